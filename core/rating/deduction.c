/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/method-private.h"

#define ONE POSTURE_DECIMAL_ONE

/* What the score is made of, in whole points. The score is the start less what is deducted. */
typedef struct
{
  gint64 all;   /* what can be deducted */
  gint64 worst; /* what is deducted if everything open is not met */
  gint64 best;  /* what is deducted if everything open is met */
} Deductions;

typedef struct
{
  Deductions *sections;
  gboolean required_not_met;
  gboolean required_open;
} Rating;

/* What one question came to. */
typedef struct
{
  const char *rule;
  PostureAnswer *answer; /* if it has a value */
  gboolean open;
  int lost;              /* in whole points, if it is not open */
} Result;

/* A requirement that does not apply takes nothing off. Where the methodology itself says under which
 * condition, the rule says so. */
static const char *
not_applicable_rule (PostureQuestion *question)
{
  return posture_question_get_no_deduction_if (question) != NULL ? "no-deduction"
                                                                 : "not-applicable";
}

static gboolean
rate_status (PostureQuestion *question,
             Result          *result,
             GError         **error)
{
  static const char *const implemented[] = {
    "met", "temporary-deficiency", "enduring-exception", NULL,
  };
  const PostureJsonNode *value = posture_answer_get_value (result->answer);
  const char *status = posture_json_node_get_kind (value) == POSTURE_JSON_STRING
                         ? posture_json_node_get_string (value) : NULL;
  const PostureOption *option = posture_question_find_option (question, status);

  if (option == NULL)
    return posture_rating_misfit (question, error);
  result->rule = option->id;
  if (g_str_equal (status, "na"))
    result->rule = not_applicable_rule (question);
  else if (!g_strv_contains (implemented, status))
    result->lost = posture_question_get_deduction (question, g_str_equal (status, "partial"));
  return TRUE;
}

static gboolean
rate_question (const PostureRatingInput *input,
               PostureQuestion          *question,
               Result                   *result,
               GError                  **error)
{
  result->answer = posture_rating_find_answer (input, question, &result->rule);
  if (result->answer != NULL)
    return rate_status (question, result, error);
  result->open = !g_str_equal (result->rule, "not-applicable");
  if (!result->open)
    result->rule = not_applicable_rule (question);
  return TRUE;
}

/* The requirement without which there is no score: nothing but “met” will do, since a plan that is
 * out of date or does not apply is no plan to assess by. */
static void
take_required (const PostureRatingInput *input,
               PostureReport            *report,
               PostureQuestion          *question,
               const Result             *result,
               Rating                   *rating)
{
  if (g_str_equal (result->rule, "met"))
    return;
  if (result->open)
    rating->required_open = TRUE;
  else
    rating->required_not_met = TRUE;
  posture_rating_add_finding (input, report, question, result->open ? result->rule : "not-in-place",
                              0);
}

static void
take_result (const PostureRatingInput *input,
             PostureReport            *report,
             PostureQuestion          *question,
             const Result             *result,
             Rating                   *rating)
{
  Deductions *sum = &rating->sections[posture_question_get_section_number (question)];
  gint64 full = posture_question_get_deduction (question, FALSE /* partial */);
  gint64 worst = result->open ? full : result->lost;
  gint64 best = result->open ? 0 : result->lost;
  const PosturePoints points = { (full - worst) * ONE, (full - best) * ONE, full * ONE };

  sum->all += full;
  sum->worst += worst;
  sum->best += best;
  posture_rating_explain (input, report, question, result->rule, result->answer, &points);
  if (posture_question_is_required (question))
    take_required (input, report, question, result, rating);
  else if (worst > 0)
    posture_rating_add_finding (input, report, question,
                                result->open ? result->rule : "not-in-place",
                                worst * ONE);
}

static gboolean
rate_questions (const PostureRatingInput *input,
                PostureReport            *report,
                Rating                   *rating,
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
      take_result (input, report, question, &result, rating);
    }
  return TRUE;
}

/* The score that starts at @start. */
static PostureScore *
make_score (const PostureRatingInput *input,
            const Deductions         *sum,
            gint64                    start,
            gint64                    minimum)
{
  PostureScore *score = posture_score_new_in (input->pool);

  score->min = minimum * ONE;
  score->max = start * ONE;
  score->has_worst = score->has_best = TRUE;
  score->worst = (start - sum->worst) * ONE;
  score->best = (start - sum->best) * ONE;
  score->has_value = sum->worst == sum->best;
  score->value = score->has_value ? score->worst : 0;
  return score;
}

/* A section has no start of its own: its score is what it takes off. */
static void
make_section (const PostureRatingInput *input,
              PostureSectionScore      *section,
              guint                     index,
              gpointer                  data)
{
  const Deductions *sum = &((const Deductions *) data)[index];

  section->score = make_score (input, sum, 0, -sum->all);
}

/* Without the requirement that is not there no assessment can be completed; while it is open, only
 * the best case has a score. */
static void
withhold_score (PostureScore *score,
                const Rating *rating)
{
  if (!rating->required_not_met && !rating->required_open)
    return;
  score->has_value = score->has_worst = FALSE;
  score->value = score->worst = 0;
  score->has_best = !rating->required_not_met;
  score->best = score->has_best ? score->best : 0;
  score->reason = rating->required_not_met ? "required-not-met" : "required-open";
}

static gboolean
rate (const PostureRatingInput *input,
      PostureReport            *report,
      GError                  **error)
{
  guint n_sections = posture_questionnaire_get_n_sections (input->questionnaire);
  g_autofree Deductions *sections = g_new0 (Deductions, n_sections);
  Rating rating = { sections, FALSE, FALSE };
  Deductions all = { 0 };

  if (!rate_questions (input, report, &rating, error))
    return FALSE;
  for (guint i = n_sections; i-- > 0;)
    {
      int parent = posture_questionnaire_get_section (input->questionnaire, i)->parent;
      Deductions *sum = parent >= 0 ? &sections[parent] : &all;

      sum->all += sections[i].all;
      sum->worst += sections[i].worst;
      sum->best += sections[i].best;
    }
  report->score = make_score (input, &all,
                              posture_questionnaire_get_start_score (input->questionnaire),
                              posture_questionnaire_get_minimum_score (input->questionnaire));
  withhold_score (report->score, &rating);
  report->sections = posture_rating_make_sections (input, make_section, sections);
  posture_findings_rank (report->findings, input->questionnaire);
  return TRUE;
}

/* The NIST SP 800-171 DoD Assessment Methodology, version 1.2.1 (24 June 2020), section 5 and
 * Annex A. */
const PostureMethod posture_method_deduction = { "deduction", 1, rate };
