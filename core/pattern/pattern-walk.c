/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-event-private.h"

#include <string.h>

static void
add_value (PatternEvent          *event,
           const PatternStep     *step,
           const PostureJsonNode *node,
           guint32                place)
{
  const char *text;
  PatternField *field;
  PatternValue value = { .kind = (guint8) posture_json_node_get_kind (node) };

  if (step->path < 0)
    return;
  if (value.kind == POSTURE_JSON_STRING || value.kind == POSTURE_JSON_NUMBER)
    {
      text = posture_json_node_get_string (node);
      value.text = text;
      value.length = (guint32) strlen (text);
    }
  value.truth = posture_json_node_get_boolean (node) != FALSE;
  field = posture_pattern_event_add_field (event, (guint32) step->path, place);
  field->value = value;
}

static void walk_member (PatternEvent          *event,
                         const PatternStep     *step,
                         const char            *name,
                         const PostureJsonNode *value,
                         guint32                place);

static void
walk_object (PatternEvent          *event,
             const PatternStep     *step,
             const PostureJsonNode *object,
             guint32                place)
{
  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    walk_member (event, step, posture_json_node_get_key (object, i),
                 posture_json_node_get_element (object, i), place);
}

static void
walk_array (PatternEvent          *event,
            const PatternStep     *step,
            const PostureJsonNode *array,
            guint32                place)
{
  guint32 number = PATTERN_NOTHING;

  for (guint i = 0; i < posture_json_node_get_length (array); i++)
    {
      const PostureJsonNode *element = posture_json_node_get_element (array, i);
      PostureJsonKind kind = posture_json_node_get_kind (element);
      guint32 inner;

      if (kind != POSTURE_JSON_OBJECT && kind != POSTURE_JSON_ARRAY)
        {
          add_value (event, step, element, place);
          continue;
        }
      if (number == PATTERN_NOTHING)
        number = posture_pattern_event_add_array (event, place);
      inner = posture_pattern_event_add_place (event, number);
      if (kind == POSTURE_JSON_OBJECT)
        walk_object (event, step, element, inner);
      else
        walk_array (event, step, element, inner);
    }
}

static void
walk_member (PatternEvent          *event,
             const PatternStep     *step,
             const char            *name,
             const PostureJsonNode *value,
             guint32                place)
{
  const PatternStep *below = posture_pattern_step_along (step, name, strlen (name));

  if (below == NULL)
    return;
  switch (posture_json_node_get_kind (value))
    {
    case POSTURE_JSON_OBJECT:
      walk_object (event, below, value, place);
      break;
    case POSTURE_JSON_ARRAY:
      walk_array (event, below, value, place);
      break;
    default:
      add_value (event, below, value, place);
    }
}

/* Takes out of an event what @root names. How deep it nests is bounded by core/json. */
void
posture_pattern_event_walk (PatternEvent          *self,
                            const PatternStep     *root,
                            const PostureJsonNode *node)
{
  if (root != NULL)
    walk_object (self, root, node, PATTERN_TOP);
}

/* The same, of one member of an event. */
void
posture_pattern_event_walk_member (PatternEvent          *self,
                                   const PatternStep     *root,
                                   const char            *name,
                                   const PostureJsonNode *value)
{
  if (root != NULL)
    walk_member (self, root, name, value, PATTERN_TOP);
}
