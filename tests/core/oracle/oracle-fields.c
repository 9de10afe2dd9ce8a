/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "oracle/oracle-private.h"

#include <string.h>

static OracleStep *
step_new (void)
{
  OracleStep *self = g_new0 (OracleStep, 1);

  self->path = -1;
  return self;
}

/* Makes the steps of sorted @paths: "detail.state" is the step "state" below "detail". */
OracleStep *
oracle_step_new (GPtrArray *paths)
{
  OracleStep *self = step_new ();

  for (guint i = 0; i < paths->len; i++)
    {
      g_auto (GStrv) names = g_strsplit (g_ptr_array_index (paths, i), ".", -1);
      OracleStep *step = self;

      /* the empty name is a name, too, but splitting it gives none */
      for (guint k = 0; k == 0 || names[k] != NULL; k++)
        {
          const char *name = names[k] != NULL ? names[k] : "";
          OracleStep *next;

          if (step->children == NULL)
            step->children = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                    (GDestroyNotify) oracle_step_free);
          next = g_hash_table_lookup (step->children, name);
          if (next == NULL)
            {
              next = step_new ();
              g_hash_table_insert (step->children, g_strdup (name), next);
            }
          step = next;
          if (names[k] == NULL)
            break;
        }
      step->path = (int) i;
    }
  return self;
}

void
oracle_step_free (OracleStep *self)
{
  g_clear_pointer (&self->children, g_hash_table_unref);
  g_free (self);
}

static const OracleStep *
step_down (const OracleStep *self,
           const char        *name)
{
  return self->children != NULL ? g_hash_table_lookup (self->children, name) : NULL;
}

/* Where a member's name leads: a dotted name stands for the objects in one another. */
static const OracleStep *
step_along (const OracleStep *self,
            const char        *name)
{
  g_auto (GStrv) names = NULL;

  if (strchr (name, '.') == NULL)
    return step_down (self, name);
  names = g_strsplit (name, ".", -1);
  for (guint i = 0; self != NULL && names[i] != NULL; i++)
    self = step_down (self, names[i]);
  return self;
}

static OracleField *
field_new (OracleFieldKind kind)
{
  OracleField *self = g_new0 (OracleField, 1);

  self->kind = kind;
  if (kind != ORACLE_FIELD_LEAF)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) oracle_field_free);
  return self;
}

void
oracle_field_free (OracleField *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/* Gives @child to @self, or nothing if no leaf is in it. */
static void
take_child (OracleField *self,
            OracleField *child)
{
  if (child->kind == ORACLE_FIELD_LEAF || child->children->len > 0)
    g_ptr_array_add (self->children, child);
  else
    oracle_field_free (child);
}

static OracleField *read_value (const OracleStep     *step,
                                 const PostureJsonNode *value);

/* The objects and arrays in an array exclude one another, what else is in it belongs to all. */
static OracleField *
read_array (const OracleStep     *step,
            const PostureJsonNode *array)
{
  OracleField *self = field_new (ORACLE_FIELD_ALL);
  OracleField *elements = field_new (ORACLE_FIELD_ONE);

  for (guint i = 0; i < posture_json_node_get_length (array); i++)
    {
      const PostureJsonNode *value = posture_json_node_get_element (array, i);
      PostureJsonKind kind = posture_json_node_get_kind (value);
      gboolean container = kind == POSTURE_JSON_OBJECT || kind == POSTURE_JSON_ARRAY;

      take_child (container ? elements : self, read_value (step, value));
    }
  take_child (self, elements);
  return self;
}

static OracleField *
read_object (const OracleStep     *step,
             const PostureJsonNode *object)
{
  OracleField *self = field_new (ORACLE_FIELD_ALL);

  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    {
      const OracleStep *below = step_along (step, posture_json_node_get_key (object, i));

      if (below != NULL)
        take_child (self, read_value (below, posture_json_node_get_element (object, i)));
    }
  return self;
}

static OracleField *
read_value (const OracleStep     *step,
            const PostureJsonNode *value)
{
  OracleField *leaf;

  switch (posture_json_node_get_kind (value))
    {
    case POSTURE_JSON_OBJECT:
      return read_object (step, value);
    case POSTURE_JSON_ARRAY:
      return read_array (step, value);
    default:
      if (step->path < 0)
        return field_new (ORACLE_FIELD_ALL);
      leaf = field_new (ORACLE_FIELD_LEAF);
      leaf->path = (guint) step->path;
      leaf->value = value;
      return leaf;
    }
}

/* Takes out of @event, an object, what @steps ask for. */
OracleField *
oracle_field_new (const OracleStep     *steps,
                           const PostureJsonNode *event)
{
  return read_object (steps, event);
}
