/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/method-private.h"

#include <stdlib.h>

/* Effort counts 1, 3 and 9. To compare points per effort without a fraction the points are taken
 * times nine over the effort. */
static const gint64 nine_over_effort[] = {
  [POSTURE_EFFORT_LOW] = 9,
  [POSTURE_EFFORT_MEDIUM] = 3,
  [POSTURE_EFFORT_HIGH] = 1,
};

/* What the order of a finding depends on, small and apart from it: sorting does not go back to findings. */
typedef struct
{
  gint64 gain;
  guint number;     /* in the order of the questions */
  guint8 required;  /* whether there is no score at all without it */
  guint8 severity;
} Place;

/* What there is no score without takes no points off. */
static gboolean
is_required (PostureFinding       *finding,
             PostureQuestionnaire *questionnaire)
{
  return finding->points == 0
         && posture_question_is_required (posture_questionnaire_find_near (
              questionnaire, finding->question, finding->instance));
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *x = a, *y = b;
  int order = y->required - x->required;

  if (order == 0)
    order = (x->gain < y->gain) - (x->gain > y->gain);
  if (order == 0)
    order = y->severity - x->severity;
  return order != 0 ? order : (int) x->number - (int) y->number;
}

/* Puts findings, which stand in the order of the questions, in the order they are best put right, and numbers
 * them: what there is no score without first, then the most points per effort, then the worse, then in the
 * questionnaire's order. */
void
posture_findings_rank (GPtrArray            *findings,
                       PostureQuestionnaire *questionnaire)
{
  g_autofree Place *places = g_new (Place, findings->len);
  g_autofree gpointer *unranked = g_memdup2 (findings->pdata, findings->len * sizeof (gpointer));

  for (guint i = 0; i < findings->len; i++)
    {
      PostureFinding *finding = unranked[i];

      places[i] = (Place) { finding->points * nine_over_effort[finding->effort], i,
                            (guint8) is_required (finding, questionnaire),
                            (guint8) finding->severity };
    }
  if (findings->len > 1)
    qsort (places, findings->len, sizeof (Place), compare_places);
  for (guint i = 0; i < findings->len; i++)
    {
      PostureFinding *finding = unranked[places[i].number];

      g_ptr_array_index (findings, i) = finding;
      finding->rank = (int) i + 1;
    }
}
