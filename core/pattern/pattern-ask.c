/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-event-private.h"

static gboolean
any_field_holds (PatternEvent           *event,
                 const PatternCondition *condition,
                 const PatternFound     *found)
{
  for (guint32 at = found->first; at != PATTERN_NOTHING; at = event->fields[at].next)
    if (posture_pattern_condition_holds (condition, &event->fields[at].value, &event->arena))
      return TRUE;
  return FALSE;
}

/* The same, asked once in an event for all conditions that are alike. One of them is looked at for all, since
 * it is in the cache. */
static gboolean
find_out (PatternEvent        *event,
          const PatternMemory *memory,
          guint32              number,
          const PatternFound  *found)
{
  guint32 *known = &memory->known[number];

  if (*known / 2 != event->number)
    *known = event->number * 2 + (any_field_holds (event, memory->conditions[number], found) ? 1 : 0);
  return *known % 2 == 1;
}

/* Whether an event fulfils an alternative of a pattern that has @n_alternatives. Only if the fields of two
 * conditions stand in elements of arrays, these have to be looked at. @memory (nullable) goes with the numbers
 * of the question's conditions. */
PatternAnswer
posture_pattern_ask (PatternEvent          *event,
                     const PatternQuestion *question,
                     guint                  n_alternatives,
                     const PatternMemory   *memory)
{
  const PatternAlternative *alternative = question->alternative;
  gboolean doubtful = FALSE;
  guint n_in_arrays = 0;

  for (guint i = 0; i < alternative->n_terms; i++)
    {
      const PatternTerm *term = &alternative->terms[i];
      const PatternFound *found = posture_pattern_event_find (event, question->paths[term->path]);
      gboolean may_be_absent = (alternative->absent >> i & 1) != 0;
      gboolean holds;

      if (found == NULL)
        {
          if (!may_be_absent)
            return PATTERN_ANSWER_NO;
          continue;
        }
      n_in_arrays += found->in_array ? 1 : 0;
      holds = memory != NULL ? find_out (event, memory, question->conditions[i], found)
                             : any_field_holds (event, term->condition, found);
      if (holds)
        continue;
      /* in the elements that the other fields are taken from, it may be missing */
      if (!may_be_absent || !found->in_array)
        return PATTERN_ANSWER_NO;
      doubtful = TRUE;
    }
  if (n_in_arrays < 2)
    return doubtful ? PATTERN_ANSWER_NO : PATTERN_ANSWER_YES;
  return posture_pattern_search (event, question, n_alternatives);
}
