/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/method-private.h"

#include <glib/gi18n-lib.h>

#define MAX_SCORE 100
#define ONE POSTURE_DECIMAL_ONE
#define CREDIT_UNIT (ONE / POSTURE_CREDIT_ONE)
#define TENTHS_PER_ONE 10
#define UNITS_PER_TENTH (ONE / TENTHS_PER_ONE)

/* Sums of points in millionths. */
typedef struct
{
  gint64 worst;
  gint64 best;
  gint64 reachable;
} Points;

/* What one question came to. */
typedef struct
{
  const char *rule;
  PostureAnswer *answer; /* if it has a value */
  Points points;
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
    {
      g_set_error (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_ANSWER,
                   _("The answer to question “%s” does not fit the question."),
                   posture_question_get_id (question));
      return FALSE;
    }
  result->rule = rule_of (question);
  result->answer = answer;
  result->points.worst = (gint64) posture_question_get_weight (question) * credit * CREDIT_UNIT;
  result->points.best = result->points.worst;
  return TRUE;
}

static gboolean
rate_question (PostureQuestion *question,
               PostureAnswer   *answer,
               Result          *result,
               GError         **error)
{
  gint64 all = (gint64) posture_question_get_weight (question) * ONE;

  if (answer != NULL && posture_answer_get_kind (answer) == POSTURE_ANSWER_NOT_APPLICABLE)
    {
      result->rule = "not-applicable";
      return TRUE;
    }
  result->points.reachable = all;
  if (answer != NULL && posture_answer_get_kind (answer) == POSTURE_ANSWER_VALUE)
    return rate_value (question, answer, result, error);
  result->rule = answer != NULL ? "unknown" : "unanswered";
  result->points.best = all;
  return TRUE;
}

static void
explain (PostureQuestion *question,
         const Result    *result,
         PostureReport   *report)
{
  PostureExplanation *explanation = posture_explanation_new ();

  explanation->question = g_strdup (posture_question_get_id (question));
  explanation->section = g_strdup (posture_question_get_section (question));
  explanation->rule = g_strdup (result->rule);
  if (result->answer != NULL)
    explanation->value = g_strdup (posture_answer_get_value_text (result->answer));
  explanation->worst = result->points.worst;
  explanation->best = result->points.best;
  explanation->reachable = result->points.reachable;
  g_ptr_array_add (report->explanation, explanation);
}

static void
add_finding (PostureQuestion *question,
             const Result    *result,
             PostureReport   *report)
{
  const char *const *references = posture_question_get_references (question);
  gint64 lost = result->points.reachable - result->points.worst;
  PostureFinding *finding;

  if (lost == 0)
    return;
  finding = posture_finding_new ();
  finding->question = g_strdup (posture_question_get_id (question));
  finding->section = g_strdup (posture_question_get_section (question));
  for (guint i = 0; references[i] != NULL; i++)
    g_ptr_array_add (finding->references, g_strdup (references[i]));
  finding->severity = posture_question_get_severity (question);
  finding->points = lost;
  finding->effort = posture_question_get_effort (question);
  finding->recommendation = g_strdup (posture_question_get_id (question));
  finding->reason = g_strdup (result->answer != NULL ? "not-in-place" : result->rule);
  g_ptr_array_add (report->findings, finding);
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
make_score (const Points *points)
{
  PostureScore *score = posture_score_new ();

  score->max = MAX_SCORE * ONE;
  if (points->reachable == 0)
    {
      score->reason = g_strdup ("nothing-to-rate");
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
static char *
make_level (PostureQuestionnaire *questionnaire,
            const PostureScore   *score)
{
  const PostureLevel *worst, *best;

  if (!score->has_worst)
    return NULL;
  worst = find_level (questionnaire, score->worst);
  best = find_level (questionnaire, score->best);
  return worst == best ? g_strdup (worst->id) : NULL;
}

static void
add_points (Points       *sum,
            const Points *more)
{
  sum->worst += more->worst;
  sum->best += more->best;
  sum->reachable += more->reachable;
}

/* The sections in the range from @start up to @end, each with those in it. */
static void
make_sections (PostureQuestionnaire *questionnaire,
               const Points         *points,
               guint                 start,
               guint                 end,
               GPtrArray            *sections)
{
  for (guint i = start; i < end;)
    {
      const PostureSection *section = posture_questionnaire_get_section (questionnaire, i);
      PostureSectionScore *made = posture_section_score_new ();

      made->id = g_strdup (section->id);
      made->score = make_score (&points[i]);
      make_sections (questionnaire, points, i + 1, section->end, made->sections);
      g_ptr_array_add (sections, made);
      i = section->end;
    }
}

/* Rates the visible questions one by one and adds their points to their sections. */
static gboolean
rate_questions (const PostureRatingInput *input,
                PostureReport            *report,
                Points                   *sections,
                GError                  **error)
{
  for (guint i = 0; i < input->visible->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (input->questionnaire, i);
      const char *section = posture_question_get_section (question);
      Result result = { 0 };

      if (!posture_question_is_rated (question) || !g_array_index (input->visible, gboolean, i))
        continue;
      if (!rate_question (question,
                          posture_answers_get (input->answers, posture_question_get_id (question)),
                          &result, error))
        return FALSE;
      add_points (&sections[posture_questionnaire_find_section (input->questionnaire, section)],
                  &result.points);
      explain (question, &result, report);
      add_finding (question, &result, report);
    }
  return TRUE;
}

static gboolean
rate (const PostureRatingInput *input,
      PostureReport            *report,
      GError                  **error)
{
  guint n_sections = posture_questionnaire_get_n_sections (input->questionnaire);
  g_autofree Points *sections = g_new0 (Points, n_sections);
  Points all = { 0 };

  if (!rate_questions (input, report, sections, error))
    return FALSE;
  /* a section stands before those in it, so that from the end on each is complete when it is added
   * to the one around it */
  for (guint i = n_sections; i-- > 0;)
    {
      int parent = posture_questionnaire_get_section (input->questionnaire, i)->parent;

      add_points (parent >= 0 ? &sections[parent] : &all, &sections[i]);
    }
  report->score = make_score (&all);
  report->level = make_level (input->questionnaire, report->score);
  make_sections (input->questionnaire, sections, 0, n_sections, report->sections);
  posture_findings_rank (report->findings, input->questionnaire);
  return TRUE;
}

/* The share of the points that can be reached: a question gives its weight times the credit of its
 * answer. What is not applicable is left out of both. */
const PostureMethod posture_method_weighted = { "weighted", 1, rate };
