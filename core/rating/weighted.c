/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/method-private.h"

#define MAX_SCORE 100
#define ONE POSTURE_DECIMAL_ONE
#define CREDIT_UNIT (ONE / POSTURE_CREDIT_ONE)
#define TENTHS_PER_ONE 10
#define UNITS_PER_TENTH (ONE / TENTHS_PER_ONE)

/* What one question came to. */
typedef struct
{
  const char *rule;
  PostureAnswer *answer; /* if it has a value */
  PosturePoints points;
} Result;

static const char *
rule_of (PostureQuestion *question)
{
  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_YES_NO:
      return "yes-no";
    case POSTURE_QUESTION_LEVEL:
      return "level";
    case POSTURE_QUESTION_NUMBER:
      return "bands";
    default:
      return "option";
    }
}

static gboolean
rate_value (PostureQuestion *question,
            PostureAnswer   *answer,
            Result          *result,
            GError         **error)
{
  int credit;

  if (!posture_question_find_credit (question, posture_answer_get_value (answer), &credit))
    return posture_rating_misfit (question, error);
  result->rule = rule_of (question);
  result->answer = answer;
  result->points.worst = (gint64) posture_question_get_weight (question) * credit * CREDIT_UNIT;
  result->points.best = result->points.worst;
  return TRUE;
}

static gboolean
rate_question (const PostureRatingInput *input,
               PostureQuestion          *question,
               Result                   *result,
               GError                  **error)
{
  gint64 all = (gint64) posture_question_get_weight (question) * ONE;
  PostureAnswer *answer = posture_rating_find_answer (input, question, &result->rule);

  if (answer == NULL && g_str_equal (result->rule, "not-applicable"))
    return TRUE;
  result->points.reachable = all;
  if (answer != NULL)
    return rate_value (question, answer, result, error);
  result->points.best = all;
  return TRUE;
}

/* 100 × @gained / @reachable, rounded half up to one decimal, in millionths. Worked out in
 * whole tenths: floor (x + 1/2) with x = 1000 × gained / reachable. */
static gint64
score_of (gint64 gained,
          gint64 reachable)
{
  gint64 tenths = (2 * MAX_SCORE * TENTHS_PER_ONE * gained + reachable) / (2 * reachable);

  return tenths * UNITS_PER_TENTH;
}

static PostureScore *
make_score (const PostureRatingInput *input,
            const PosturePoints      *points)
{
  PostureScore *score = posture_score_new_in (input->pool);

  score->max = MAX_SCORE * ONE;
  if (points->reachable == 0)
    {
      score->reason = "nothing-to-rate";
      return score;
    }
  score->has_worst = score->has_best = TRUE;
  score->worst = score_of (points->worst, points->reachable);
  score->best = score_of (points->best, points->reachable);
  /* the exact sums decide: a small range that rounding hides is still one */
  score->has_value = points->worst == points->best;
  score->value = score->has_value ? score->worst : 0;
  return score;
}

static const PostureLevel *
find_level (PostureQuestionnaire *questionnaire,
            gint64                score)
{
  const PostureLevel *found = NULL;

  for (guint i = 0; i < posture_questionnaire_get_n_levels (questionnaire); i++)
    {
      const PostureLevel *level = posture_questionnaire_get_level (questionnaire, i);

      if (level->from <= score)
        found = level;
    }
  return found;
}

/* The level of the scores as shown, so that number and level never contradict each other. */
static const char *
choose_level (PostureQuestionnaire *questionnaire,
              const PostureScore   *score)
{
  const PostureLevel *worst, *best;

  if (!score->has_worst)
    return NULL;
  worst = find_level (questionnaire, score->worst);
  best = find_level (questionnaire, score->best);
  return worst == best ? worst->id : NULL;
}

/* Rates the visible questions one by one and adds their points to their sections. */
static gboolean
rate_questions (const PostureRatingInput *input,
                PostureReport            *report,
                PosturePoints            *sections,
                GError                  **error)
{
  for (guint i = 0; i < input->visible->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (input->questionnaire, i);
      Result result = { 0 };

      if (!posture_question_is_rated (question) || !g_array_index (input->visible, gboolean, i))
        continue;
      if (!rate_question (input, question, &result, error))
        return FALSE;
      posture_points_add (&sections[posture_question_get_section_number (question)],
                          &result.points);
      posture_rating_explain (input, report, question, result.rule, result.answer,
                              &result.points);
      if (result.points.worst < result.points.reachable)
        posture_rating_add_finding (input, report, question,
                                    result.answer != NULL ? "not-in-place" : result.rule,
                                    result.points.reachable - result.points.worst);
    }
  return TRUE;
}

static void
make_section (const PostureRatingInput *input,
              PostureSectionScore      *section,
              guint                     index,
              gpointer                  data)
{
  const PosturePoints *points = data;

  section->score = make_score (input, &points[index]);
}

static gboolean
rate (const PostureRatingInput *input,
      PostureReport            *report,
      GError                  **error)
{
  guint n_sections = posture_questionnaire_get_n_sections (input->questionnaire);
  g_autofree PosturePoints *sections = g_new0 (PosturePoints, n_sections);
  PosturePoints all = { 0 };

  if (!rate_questions (input, report, sections, error))
    return FALSE;
  /* a section stands before those in it, so that from the end on each is complete when it is added
   * to the one around it */
  for (guint i = n_sections; i-- > 0;)
    {
      int parent = posture_questionnaire_get_section (input->questionnaire, i)->parent;

      posture_points_add (parent >= 0 ? &sections[parent] : &all, &sections[i]);
    }
  report->score = make_score (input, &all);
  report->level = choose_level (input->questionnaire, report->score);
  report->sections = posture_rating_make_sections (input, make_section, sections);
  posture_findings_rank (report->findings, input->questionnaire);
  return TRUE;
}

/* The share of the points that can be reached: a question gives its weight times the credit of its
 * answer. What is not applicable is left out of both. */
const PostureMethod posture_method_weighted = { "weighted", 1, rate };
