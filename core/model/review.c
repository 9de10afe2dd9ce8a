/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/review.h"

#include "model/visibility.h"

#define MS_PER_SECOND 1000
#define MS_PER_DAY (G_GINT64_CONSTANT (24) * 60 * 60 * MS_PER_SECOND)

/**
 * posture_interval_add:
 * @interval: a time to wait
 * @time: milliseconds since 1970
 *
 * Days are 24 hours, months those of the calendar in UTC: a month after the last
 * of January is the last of February.
 *
 * Returns: the moment that much later, in milliseconds since 1970
 */
gint64
posture_interval_add (const PostureInterval *interval,
                      gint64                 time)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (time / MS_PER_SECOND);
  g_autoptr (GDateTime) end = start != NULL ? g_date_time_add_months (start, interval->months) : NULL;

  /* a time that no calendar has is never due */
  if (end == NULL)
    return G_MAXINT64;
  return g_date_time_to_unix (end) * MS_PER_SECOND + time % MS_PER_SECOND
         + interval->days * MS_PER_DAY;
}

static int
compare_due (gconstpointer a,
             gconstpointer b)
{
  const PostureDue *x = a, *y = b;

  if (x->due != y->due)
    return x->due < y->due ? -1 : 1;
  return x->question < y->question ? -1 : x->question > y->question;
}

/**
 * posture_questionnaire_find_due:
 * @self: a questionnaire, as it is asked
 * @answers: answers to it
 * @times: (element-type utf8 gint64): from key to a pointer to when that answer
 *   was given or last confirmed
 * @now: milliseconds since 1970
 *
 * Finds the answers that are to be looked at again. Hidden questions and what is
 * not answered are never due; “I don't know” and “not applicable” are, since both
 * can change.
 *
 * Returns: (transfer full) (element-type PostureDue): those that are due at @now,
 *   the longest overdue first
 */
GArray *
posture_questionnaire_find_due (PostureQuestionnaire *self,
                                PostureAnswers       *answers,
                                GHashTable           *times,
                                gint64                now)
{
  g_autoptr (GArray) visible = posture_questionnaire_find_visible (self, answers);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (PostureDue));

  for (guint i = 0; i < visible->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (self, i);
      const char *key = posture_question_get_key (question);
      PostureAnswer *answer = posture_answers_get (answers, key);
      const gint64 *time = g_hash_table_lookup (times, key);
      PostureInterval interval;
      PostureDue due = { i, 0, 0 };

      if (!g_array_index (visible, gboolean, i) || answer == NULL || time == NULL
          || posture_answer_get_kind (answer) == POSTURE_ANSWER_TARGET)
        continue;
      posture_questionnaire_get_review (self, question, &interval);
      due.confirmed = *time;
      due.due = posture_interval_add (&interval, *time);
      if (due.due <= now)
        g_array_append_val (found, due);
    }
  g_array_sort (found, compare_due);
  return found;
}
