/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-event-private.h"

#include <glib/gi18n-lib.h>

/* The steps of one pattern's paths, which have the same numbers as in the pattern. */
struct _PatternAlone
{
  PatternSteps steps;
  guint32 numbers[];
};

/* Each thread keeps what an event needs for the next one. */
static void
event_free (gpointer data)
{
  PatternEvent *event = data;

  posture_pattern_event_clear (event);
  g_free (event);
}

static GPrivate events = G_PRIVATE_INIT (event_free);

static PatternEvent *
get_event (void)
{
  PatternEvent *event = g_private_get (&events);

  if (event == NULL)
    {
      event = g_new0 (PatternEvent, 1);
      g_private_set (&events, event);
    }
  return event;
}

static PatternAlone *
alone_new (GPtrArray *paths)
{
  PatternAlone *self = g_malloc0 (sizeof (PatternAlone) + paths->len * sizeof (guint32));

  for (guint i = 0; i < paths->len; i++)
    self->numbers[i] = posture_pattern_steps_add (&self->steps, g_ptr_array_index (paths, i));
  return self;
}

void
posture_pattern_alone_free (PatternAlone *self)
{
  posture_pattern_steps_clear (&self->steps);
  g_free (self);
}

static PatternAlone *
get_alone (PosturePattern *pattern)
{
  if (g_once_init_enter (&pattern->alone))
    g_once_init_leave (&pattern->alone, alone_new (pattern->paths));
  return pattern->alone;
}

static PatternAnswer
ask (PosturePattern     *pattern,
     const PatternAlone *alone,
     PatternEvent       *event)
{
  PatternAnswer answer = PATTERN_ANSWER_NO;

  for (guint i = 0; i < pattern->alternatives->len && answer != PATTERN_ANSWER_YES; i++)
    {
      const PatternQuestion question = { g_ptr_array_index (pattern->alternatives, i),
                                         alone->numbers, NULL };
      PatternAnswer next = posture_pattern_ask (event, &question, pattern->alternatives->len, NULL);

      answer = next == PATTERN_ANSWER_NO ? answer : next;
    }
  return answer;
}

gboolean
posture_pattern_fail_undecided (GError **error)
{
  g_set_error_literal (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_EVENT,
                       _("The event repeats the same fields too often to be decided"));
  return FALSE;
}

/* Checks that bytes are an event; a name may stand twice. */
gboolean
posture_pattern_check (const char *event,
                       gsize       length,
                       GError    **error)
{
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (event, length, NULL);
  g_autoptr (GError) reason = NULL;
  PostureJsonToken token = posture_json_reader_next (reader, &reason);
  gboolean object = token == POSTURE_JSON_TOKEN_BEGIN_OBJECT;

  while (token != POSTURE_JSON_TOKEN_END && token != POSTURE_JSON_TOKEN_ERROR)
    token = posture_json_reader_next (reader, &reason);
  if (token == POSTURE_JSON_TOKEN_ERROR)
    g_set_error (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_EVENT,
                 _("The event is not a JSON object: %s"), reason->message);
  else if (!object)
    g_set_error_literal (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_EVENT,
                         _("The event is not a JSON object"));
  return object && token == POSTURE_JSON_TOKEN_END;
}

/**
 * posture_pattern_matches:
 * @self: a pattern
 * @event: (array length=length): the event, a JSON object as UTF-8 text
 * @length: how many bytes it has
 * @ret_matches: (out): whether the event matches; set on success only
 * @error: return location for an error of [error@PatternError]
 *
 * Compares an event with the pattern.
 *
 * Returns: %TRUE if it could be compared; %FALSE with
 *   %POSTURE_PATTERN_ERROR_EVENT if the event is not a JSON object, or repeats
 *   its fields in a way that cannot be decided in reasonable time
 */
gboolean
posture_pattern_matches (PosturePattern *self,
                         const char     *event,
                         gsize           length,
                         gboolean       *ret_matches,
                         GError        **error)
{
  const PatternAlone *alone;
  PatternEvent *fields;
  PatternAnswer answer;

  g_return_val_if_fail (self != NULL && ret_matches != NULL, FALSE);

  if (!posture_pattern_check (event, length, error))
    return FALSE;
  alone = get_alone (self);
  fields = get_event ();
  posture_pattern_event_begin (fields, self->paths->len);
  posture_pattern_event_read (fields, alone->steps.root, event, length, /* once */ FALSE);
  answer = ask (self, alone, fields);
  if (answer == PATTERN_ANSWER_MAYBE)
    return posture_pattern_fail_undecided (error);
  *ret_matches = answer == PATTERN_ANSWER_YES;
  return TRUE;
}

/**
 * posture_pattern_matches_node:
 * @self: a pattern
 * @event: the event
 *
 * Compares an event that was read already with the pattern.
 *
 * Returns: whether it matches; %FALSE also where posture_pattern_matches()
 *   gives an error
 */
gboolean
posture_pattern_matches_node (PosturePattern        *self,
                              const PostureJsonNode *event)
{
  const PatternAlone *alone;
  PatternEvent *fields;

  g_return_val_if_fail (self != NULL && event != NULL, FALSE);

  if (posture_json_node_get_kind (event) != POSTURE_JSON_OBJECT)
    return FALSE;
  alone = get_alone (self);
  fields = get_event ();
  posture_pattern_event_begin (fields, self->paths->len);
  posture_pattern_event_walk (fields, alone->steps.root, event);
  return ask (self, alone, fields) == PATTERN_ANSWER_YES;
}

/**
 * posture_pattern_matches_members:
 * @self: a pattern
 * @names: (array length=n_members): names, each once
 * @values: (array length=n_members) (element-type PostureJsonNode): for each its
 *   value, or %NULL where the event has no such member
 * @n_members: how many there are
 *
 * Compares an event that is given by its members, wherever they stand. Members
 * that the pattern does not name can be left out.
 *
 * Returns: what posture_pattern_matches_node() returns for an object of these
 */
gboolean
posture_pattern_matches_members (PosturePattern               *self,
                                 const char *const            *names,
                                 const PostureJsonNode *const *values,
                                 guint                         n_members)
{
  const PatternAlone *alone;
  PatternEvent *fields;

  g_return_val_if_fail (self != NULL, FALSE);

  alone = get_alone (self);
  fields = get_event ();
  posture_pattern_event_begin (fields, self->paths->len);
  for (guint i = 0; i < n_members; i++)
    if (values[i] != NULL)
      posture_pattern_event_walk_member (fields, alone->steps.root, names[i], values[i]);
  return ask (self, alone, fields) == PATTERN_ANSWER_YES;
}
