/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/input-path-private.h"

#include "bus/bus-error.h"
#include "json/json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_STEPS 64
#define ANY G_MAXUINT

/* One step: a member's name, or an element's index (or any of them). */
typedef struct
{
  char *name; /* NULL: an element */
  guint index;
} Step;

struct _PostureInputPath
{
  GArray *steps; /* (element-type Step) */
  gboolean many; /* whether it can find several */
};

static void
step_clear (gpointer data)
{
  Step *step = data;

  g_free (step->name);
}

void
posture_input_path_free (PostureInputPath *self)
{
  g_array_unref (self->steps);
  g_free (self);
}

static gboolean
is_name (char letter)
{
  return g_ascii_isalnum (letter) || letter == '_' || letter == '-' || letter == '/' || (letter & 0x80) != 0;
}

/* Reads one step at @at and goes behind it. */
static gboolean
read_step (PostureInputPath *self,
           const char      **at)
{
  const char *begin = *at + 1, *end = begin;
  Step step = { NULL, ANY };

  if (**at == '.')
    {
      while (is_name (*end))
        end++;
      if (end == begin)
        return FALSE;
      step.name = g_strndup (begin, (gsize) (end - begin));
      *at = end;
    }
  else
    {
      g_autofree char *inside = NULL;
      guint64 index;

      end = **at == '[' ? strchr (begin, ']') : NULL;
      if (end == NULL)
        return FALSE;
      inside = g_strndup (begin, (gsize) (end - begin));
      if (g_ascii_string_to_unsigned (inside, 10, 0, G_MAXINT, &index, NULL))
        step.index = (guint) index;
      else if (!g_str_equal (inside, "*"))
        return FALSE;
      self->many = self->many || step.index == ANY;
      *at = end + 1;
    }
  g_array_append_val (self->steps, step);
  return self->steps->len <= MAX_STEPS;
}

PostureInputPath *
posture_input_path_new (const char *text,
                        GError    **error)
{
  g_autoptr (PostureInputPath) self = g_new0 (PostureInputPath, 1);
  const char *at = text + 1;
  gboolean good = text[0] == '$' && strlen (text) <= 256;

  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self->steps, step_clear);
  while (good && *at != '\0')
    good = read_step (self, &at);
  if (good)
    return g_steal_pointer (&self);
  g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
               _("“%s” is no path into an event. Write $.detail.order.total, $.resources[0] or $.resources[*]."),
               text);
  return NULL;
}

/* Collects what the path finds below @node from its @at-th step on. */
static void
collect (const PostureInputPath *self,
         guint                   at,
         const PostureJsonNode  *node,
         GPtrArray              *found)
{
  const Step *step = &g_array_index (self->steps, Step, at);
  PostureJsonKind kind;

  if (at == self->steps->len)
    {
      g_ptr_array_add (found, (gpointer) node);
      return;
    }
  kind = posture_json_node_get_kind (node);
  if (step->name != NULL)
    {
      const PostureJsonNode *member = kind == POSTURE_JSON_OBJECT
                                        ? posture_json_node_get_member (node, step->name)
                                        : NULL;

      if (member != NULL)
        collect (self, at + 1, member, found);
      return;
    }
  for (guint i = 0; kind == POSTURE_JSON_ARRAY && i < posture_json_node_get_length (node); i++)
    if (step->index == ANY || step->index == i)
      collect (self, at + 1, posture_json_node_get_element (node, i), found);
}

/* What the path finds in an event, as JSON or as a bare string; NULL without an error if nothing. A
 * detail that travels beside its envelope is looked at as if it stood there. */
char *
posture_input_path_dup (const PostureInputPath *self,
                        PostureJsonDocument    *envelope,
                        PostureEvent           *event,
                        gboolean               *ret_is_string,
                        GError                **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (PostureJsonWriter) writer = NULL;
  const PostureJsonNode *root = posture_json_document_get_root (envelope);
  guint at = 0;

  *ret_is_string = FALSE;
  if (self->steps->len > 0 && g_strcmp0 (g_array_index (self->steps, Step, 0).name, "detail") == 0)
    {
      root = posture_event_get_detail (event);
      at = 1;
    }
  collect (self, at, root, found);
  if (!self->many && found->len == 0)
    return NULL;
  if (!self->many && posture_json_node_get_kind (found->pdata[0]) == POSTURE_JSON_STRING)
    {
      *ret_is_string = TRUE;
      return g_strdup (posture_json_node_get_string (found->pdata[0]));
    }
  if (!self->many)
    return posture_json_node_to_text (found->pdata[0]);
  writer = posture_json_writer_new ();
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < found->len; i++)
    posture_json_writer_node (writer, found->pdata[i]);
  posture_json_writer_end_array (writer);
  return posture_json_writer_finish_text (writer);
}
