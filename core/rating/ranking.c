/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/method-private.h"

/* Effort counts 1, 3 and 9. To compare points per effort without a fraction the points are taken
 * times nine over the effort. */
static const gint64 nine_over_effort[] = {
  [POSTURE_EFFORT_LOW] = 9,
  [POSTURE_EFFORT_MEDIUM] = 3,
  [POSTURE_EFFORT_HIGH] = 1,
};

static guint
number_of (PostureQuestionnaire *questionnaire,
           const PostureFinding *finding)
{
  return posture_question_get_number (
    posture_questionnaire_find_near (questionnaire, finding->question, finding->instance));
}

/* Whether there is no score at all without it. */
static gboolean
is_required (PostureQuestionnaire *questionnaire,
             const PostureFinding *finding)
{
  return posture_question_is_required (
    posture_questionnaire_find_near (questionnaire, finding->question, finding->instance));
}

static int
compare_findings (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  const PostureFinding *x = *(const PostureFinding *const *) a;
  const PostureFinding *y = *(const PostureFinding *const *) b;
  gint64 gain_x = x->points * nine_over_effort[x->effort];
  gint64 gain_y = y->points * nine_over_effort[y->effort];

  if (is_required (data, x) != is_required (data, y))
    return is_required (data, x) ? -1 : 1;
  if (gain_x != gain_y)
    return gain_x > gain_y ? -1 : 1;
  if (x->severity != y->severity)
    return x->severity > y->severity ? -1 : 1;
  return number_of (data, x) < number_of (data, y) ? -1 : 1;
}

/* Puts findings in the order they are best put right, and numbers them: what there is no score
 * without first, then the most points per effort, then the worse, then in the questionnaire's order. */
void
posture_findings_rank (GPtrArray            *findings,
                       PostureQuestionnaire *questionnaire)
{
  g_ptr_array_sort_with_data (findings, compare_findings, questionnaire);
  for (guint i = 0; i < findings->len; i++)
    ((PostureFinding *) g_ptr_array_index (findings, i))->rank = (int) i + 1;
}
