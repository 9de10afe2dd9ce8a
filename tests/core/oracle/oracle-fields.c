/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-private.h"

#include <string.h>

static PatternStep *
step_new (void)
{
  PatternStep *self = g_new0 (PatternStep, 1);

  self->path = -1;
  return self;
}

/* Makes the steps of sorted @paths: "detail.state" is the step "state" below "detail". */
PatternStep *
posture_pattern_step_new (GPtrArray *paths)
{
  PatternStep *self = step_new ();

  for (guint i = 0; i < paths->len; i++)
    {
      g_auto (GStrv) names = g_strsplit (g_ptr_array_index (paths, i), ".", -1);
      PatternStep *step = self;

      /* the empty name is a name, too, but splitting it gives none */
      for (guint k = 0; k == 0 || names[k] != NULL; k++)
        {
          const char *name = names[k] != NULL ? names[k] : "";
          PatternStep *next;

          if (step->children == NULL)
            step->children = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                    (GDestroyNotify) posture_pattern_step_free);
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
posture_pattern_step_free (PatternStep *self)
{
  g_clear_pointer (&self->children, g_hash_table_unref);
  g_free (self);
}

static const PatternStep *
step_down (const PatternStep *self,
           const char        *name)
{
  return self->children != NULL ? g_hash_table_lookup (self->children, name) : NULL;
}

/* Where a member's name leads: a dotted name stands for the objects in one another. */
static const PatternStep *
step_along (const PatternStep *self,
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

static PatternField *
field_new (PatternFieldKind kind)
{
  PatternField *self = g_new0 (PatternField, 1);

  self->kind = kind;
  if (kind != PATTERN_FIELD_LEAF)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_pattern_field_free);
  return self;
}

void
posture_pattern_field_free (PatternField *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/* Gives @child to @self, or nothing if no leaf is in it. */
static void
take_child (PatternField *self,
            PatternField *child)
{
  if (child->kind == PATTERN_FIELD_LEAF || child->children->len > 0)
    g_ptr_array_add (self->children, child);
  else
    posture_pattern_field_free (child);
}

static PatternField *read_value (const PatternStep     *step,
                                 const PostureJsonNode *value);

/* The objects and arrays in an array exclude one another, what else is in it belongs to all. */
static PatternField *
read_array (const PatternStep     *step,
            const PostureJsonNode *array)
{
  PatternField *self = field_new (PATTERN_FIELD_ALL);
  PatternField *elements = field_new (PATTERN_FIELD_ONE);

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

static PatternField *
read_object (const PatternStep     *step,
             const PostureJsonNode *object)
{
  PatternField *self = field_new (PATTERN_FIELD_ALL);

  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    {
      const PatternStep *below = step_along (step, posture_json_node_get_key (object, i));

      if (below != NULL)
        take_child (self, read_value (below, posture_json_node_get_element (object, i)));
    }
  return self;
}

static PatternField *
read_value (const PatternStep     *step,
            const PostureJsonNode *value)
{
  PatternField *leaf;

  switch (posture_json_node_get_kind (value))
    {
    case POSTURE_JSON_OBJECT:
      return read_object (step, value);
    case POSTURE_JSON_ARRAY:
      return read_array (step, value);
    default:
      if (step->path < 0)
        return field_new (PATTERN_FIELD_ALL);
      leaf = field_new (PATTERN_FIELD_LEAF);
      leaf->path = (guint) step->path;
      leaf->value = value;
      return leaf;
    }
}

/* Takes out of @event, an object, what @steps ask for. */
PatternField *
posture_pattern_field_new (const PatternStep     *steps,
                           const PostureJsonNode *event)
{
  return read_object (steps, event);
}
