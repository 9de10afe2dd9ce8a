/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/finder.h"

#include "pattern/matcher-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many rules are sorted by putting each in its place. */
#define MAX_INSERTED 40

struct _PostureFinder
{
  PostureMatcher *matcher;
  guint64 version;
  MatcherSnapshot *snapshot; /* NULL before the first event */
  GPtrArray *notes;          /* (element-type MatcherNotes), one for each segment */
  PatternEvent event;
  PatternList targets;
  GPtrArray *rules; /* (element-type MatcherRule): of the last event; owned by the snapshot */
};

/**
 * posture_finder_new:
 * @matcher: a matcher, which must outlive the finder
 *
 * Makes what one thread needs to match one event after another without taking
 * memory for each. Several threads have a finder each.
 *
 * Returns: (transfer full): a new finder
 */
PostureFinder *
posture_finder_new (PostureMatcher *matcher)
{
  PostureFinder *self;

  g_return_val_if_fail (matcher != NULL, NULL);

  self = g_new0 (PostureFinder, 1);
  self->matcher = matcher;
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_matcher_notes_free);
  self->rules = g_ptr_array_new ();
  return self;
}

/**
 * posture_finder_free:
 * @self: (transfer full): a finder
 *
 * Frees the finder.
 */
void
posture_finder_free (PostureFinder *self)
{
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->rules);
  g_clear_pointer (&self->snapshot, posture_matcher_snapshot_unref);
  posture_pattern_event_clear (&self->event);
  posture_pattern_list_clear (&self->targets);
  g_free (self);
}

static MatcherNotes *
steal_notes (GPtrArray      *notes,
             MatcherSegment *segment)
{
  for (guint i = 0; i < notes->len; i++)
    if (((MatcherNotes *) g_ptr_array_index (notes, i))->segment == segment)
      return g_ptr_array_steal_index (notes, i);
  return posture_matcher_notes_new (segment);
}

/* Takes the rules as they are now. What is known about segments that stay is kept. */
static void
refresh (PostureFinder *self)
{
  MatcherSnapshot *snapshot = posture_matcher_dup_snapshot (self->matcher, &self->version);
  GPtrArray *notes;

  if (snapshot == self->snapshot)
    {
      posture_matcher_snapshot_unref (snapshot);
      return;
    }
  notes = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_matcher_notes_free);
  for (guint i = 0; i < snapshot->segments->len; i++)
    g_ptr_array_add (notes, steal_notes (self->notes, g_ptr_array_index (snapshot->segments, i)));
  g_ptr_array_unref (self->notes);
  self->notes = notes;
  g_clear_pointer (&self->snapshot, posture_matcher_snapshot_unref);
  self->snapshot = snapshot;
}

/* Gets ready for an event. */
static void
begin (PostureFinder *self)
{
  guint32 last = self->event.number;

  if (self->snapshot == NULL || posture_matcher_get_version (self->matcher) != self->version)
    refresh (self);
  g_ptr_array_set_size (self->rules, 0);
  posture_pattern_event_begin (&self->event, self->snapshot->n_paths);
  /* the numbers of events begin anew now and then; notes of earlier ones would be taken for new ones */
  if (self->event.number <= last)
    for (guint i = 0; i < self->notes->len; i++)
      posture_matcher_notes_reset (g_ptr_array_index (self->notes, i));
}

static void
add_rule (MatcherRule *rule,
          gpointer     data)
{
  PostureFinder *self = data;

  if (__atomic_load_n (&rule->removed, __ATOMIC_RELAXED) > self->version)
    g_ptr_array_add (self->rules, rule);
}

/* Asks a rule that is in no segment. */
static gboolean
ask_loose (PostureFinder      *self,
           const MatcherLoose *loose)
{
  GPtrArray *alternatives = loose->rule->pattern->alternatives;
  gboolean decided = TRUE;

  for (guint i = 0; i < alternatives->len; i++)
    {
      const PatternQuestion question = { g_ptr_array_index (alternatives, i), loose->paths, NULL };

      switch (posture_pattern_ask (&self->event, &question, alternatives->len, NULL))
        {
        case PATTERN_ANSWER_YES:
          add_rule (loose->rule, self);
          return TRUE;
        case PATTERN_ANSWER_MAYBE:
          decided = FALSE;
          break;
        case PATTERN_ANSWER_NO:
          break;
        }
    }
  return decided;
}

static guint64
get_number (const PostureFinder *self,
            guint                index)
{
  return ((const MatcherRule *) g_ptr_array_index (self->rules, index))->number;
}

static void
swap (PostureFinder *self,
      guint          a,
      guint          b)
{
  gpointer kept = g_ptr_array_index (self->rules, a);

  g_ptr_array_index (self->rules, a) = g_ptr_array_index (self->rules, b);
  g_ptr_array_index (self->rules, b) = kept;
}

/* Moves what stands at @at down in the heap of the first @length rules. */
static void
sift (PostureFinder *self,
      guint          at,
      guint          length)
{
  for (guint child = 2 * at + 1; child < length; child = 2 * at + 1)
    {
      if (child + 1 < length && get_number (self, child) < get_number (self, child + 1))
        child++;
      if (get_number (self, at) >= get_number (self, child))
        return;
      swap (self, at, child);
      at = child;
    }
}

/* Sorts the rules by their numbers: few of them by putting each in its place, many as a heap. The C
 * library's function would take memory. */
static void
sort_rules (PostureFinder *self)
{
  guint length = self->rules->len;

  if (length <= MAX_INSERTED)
    {
      for (guint i = 1; i < length; i++)
        for (guint k = i; k > 0 && get_number (self, k - 1) > get_number (self, k); k--)
          swap (self, k - 1, k);
      return;
    }
  for (guint i = length / 2; i > 0; i--)
    sift (self, i - 1, length);
  for (guint i = length - 1; i > 0; i--)
    {
      swap (self, 0, i);
      sift (self, 0, i);
    }
}

/* Finds the rules once the event's fields are there. */
static gboolean
find (PostureFinder *self,
      GError       **error)
{
  gboolean decided = TRUE;

  for (guint i = 0; i < self->notes->len; i++)
    {
      MatcherNotes *notes = g_ptr_array_index (self->notes, i);

      if (!posture_matcher_segment_ask (notes->segment, notes, &self->event, &self->targets, add_rule,
                                        self))
        decided = FALSE;
    }
  for (guint i = 0; i < self->snapshot->loose->len; i++)
    if (!ask_loose (self, &g_array_index (self->snapshot->loose, MatcherLoose, i)))
      decided = FALSE;
  sort_rules (self);
  return decided || posture_pattern_fail_undecided (error);
}

static gboolean
has_dotted_name (const PostureJsonNode *node)
{
  PostureJsonKind kind = posture_json_node_get_kind (node);

  if (kind != POSTURE_JSON_OBJECT && kind != POSTURE_JSON_ARRAY)
    return FALSE;
  for (guint i = 0; i < posture_json_node_get_length (node); i++)
    if ((kind == POSTURE_JSON_OBJECT && strchr (posture_json_node_get_key (node, i), '.') != NULL) ||
        has_dotted_name (posture_json_node_get_element (node, i)))
      return TRUE;
  return FALSE;
}

/**
 * posture_finder_check:
 * @event: (array length=length): bytes that may be an event
 * @length: how many
 * @ret_trust: (out): what is true of them
 * @error: return location for an error of [error@PatternError]
 *
 * Checks once what is then matched often.
 *
 * Returns: %TRUE if it is an event; %FALSE with %POSTURE_PATTERN_ERROR_EVENT
 */
gboolean
posture_finder_check (const char        *event,
                      gsize              length,
                      PostureEventTrust *ret_trust,
                      GError           **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (event, length);
  g_autoptr (PostureJsonDocument) document = NULL;
  PostureEventTrust trust = POSTURE_EVENT_VALID;

  if (!posture_pattern_check (event, length, error))
    return FALSE;
  /* which refuses names that stand twice */
  document = posture_json_document_new (bytes, &posture_json_limits_default, NULL);
  if (document != NULL && !has_dotted_name (posture_json_document_get_root (document)))
    trust |= POSTURE_EVENT_ONCE;
  *ret_trust = trust;
  return TRUE;
}

/**
 * posture_finder_find:
 * @self: a finder
 * @event: (array length=length): the event, a JSON object as UTF-8 text; it
 *   need not live longer than the call
 * @length: how many bytes it has
 * @trust: what is known of them. What is not true there gives wrong answers,
 *   and nothing worse
 * @error: return location for an error of [error@PatternError]
 *
 * Finds the rules whose patterns an event matches, with the rules that are
 * there when it begins.
 *
 * Returns: %TRUE if they were found; %FALSE with %POSTURE_PATTERN_ERROR_EVENT if
 *   the event is not a JSON object, or a rule cannot be decided in reasonable
 *   time. Those that could be decided are there even then
 */
gboolean
posture_finder_find (PostureFinder     *self,
                     const char        *event,
                     gsize              length,
                     PostureEventTrust  trust,
                     GError           **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  begin (self);
  if ((trust & POSTURE_EVENT_VALID) == 0 && !posture_pattern_check (event, length, error))
    return FALSE;
  if (!posture_pattern_event_read (&self->event, self->snapshot->root, event, length,
                                   (trust & POSTURE_EVENT_ONCE) != 0))
    {
      g_set_error_literal (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_EVENT,
                           _("The event is not a JSON object"));
      return FALSE;
    }
  return find (self, error);
}

/**
 * posture_finder_find_node:
 * @self: a finder
 * @event: the event
 * @error: return location for an error of [error@PatternError]
 *
 * Like posture_finder_find() with an event that was read already.
 *
 * Returns: %TRUE if the rules were found; %FALSE with
 *   %POSTURE_PATTERN_ERROR_EVENT
 */
gboolean
posture_finder_find_node (PostureFinder         *self,
                          const PostureJsonNode *event,
                          GError               **error)
{
  g_return_val_if_fail (self != NULL && event != NULL, FALSE);

  begin (self);
  if (posture_json_node_get_kind (event) != POSTURE_JSON_OBJECT)
    {
      g_set_error_literal (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_EVENT,
                           _("The event is not a JSON object"));
      return FALSE;
    }
  posture_pattern_event_walk (&self->event, self->snapshot->root, event);
  return find (self, error);
}

/**
 * posture_finder_get_length:
 * @self: a finder
 *
 * Returns: how many rules the last event matched
 */
guint
posture_finder_get_length (PostureFinder *self)
{
  return self->rules->len;
}

/**
 * posture_finder_get_name:
 * @self: a finder
 * @index: one of the rules that the last event matched, in the order of adding
 *
 * Returns: (transfer none): its name, valid until the next event
 */
const char *
posture_finder_get_name (PostureFinder *self,
                         guint          index)
{
  return ((MatcherRule *) g_ptr_array_index (self->rules, index))->name;
}

/**
 * posture_finder_get_number:
 * @self: a finder
 * @index: one of the rules that the last event matched, in the order of adding
 *
 * Returns: how many names the matcher had seen before this one came
 */
guint64
posture_finder_get_number (PostureFinder *self,
                           guint          index)
{
  return ((MatcherRule *) g_ptr_array_index (self->rules, index))->number;
}
