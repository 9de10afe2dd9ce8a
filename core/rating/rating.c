/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/rating.h"

#include "model/expansion.h"
#include "model/revision.h"
#include "model/scalars.h"
#include "model/visibility.h"
#include "rating/method-private.h"

#include <glib/gi18n-lib.h>

static const PostureMethod *const methods[] = {
  &posture_method_weighted,
  &posture_method_deduction,
  &posture_method_maturity,
  &posture_method_profile,
};

G_DEFINE_QUARK (posture-rating-error-quark, posture_rating_error)

static const PostureMethod *
find_method (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i]->id, id))
      return methods[i];
  return NULL;
}

static gboolean
check_context (const PostureRatingContext *context,
               GError                    **error)
{
  if (posture_is_uuid (context->assessment) && posture_is_digest (context->revision)
      && posture_is_date_time (context->submitted))
    return TRUE;
  g_set_error_literal (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_CONTEXT,
                       _("A rating needs the id of its assessment, the digest of its revision and "
                         "the time of submission."));
  return FALSE;
}

/* How the visible questions are answered, rated or not. */
static PostureCoverage *
count_answers (const PostureRatingInput *input)
{
  PostureCoverage *coverage = posture_coverage_new_in (input->pool);

  for (guint i = 0; i < input->visible->len; i++)
    {
      PostureAnswer *answer = input->given[i];

      if (!g_array_index (input->visible, gboolean, i))
        continue;
      if (answer == NULL || posture_answer_get_kind (answer) == POSTURE_ANSWER_TARGET)
        coverage->unanswered++;
      else if (posture_answer_get_kind (answer) == POSTURE_ANSWER_UNKNOWN)
        coverage->unknown++;
      else if (posture_answer_get_kind (answer) == POSTURE_ANSWER_NOT_APPLICABLE)
        coverage->not_applicable++;
      else
        coverage->answered++;
    }
  return coverage;
}

static PostureReport *
make_report (const PostureRatingInput   *input,
             const PostureMethod        *method,
             const PostureRatingContext *context)
{
  PostureReport *report = posture_report_new_in (input->pool);
  PostureQuestionnaireVersion *questionnaire = posture_questionnaire_version_new_in (input->pool);
  g_autofree char *id = NULL;

  report->assessment = posture_type_pool_text (input->pool, context->assessment);
  report->revision = posture_type_pool_text (input->pool, context->revision);
  report->submitted = posture_type_pool_text (input->pool, context->submitted);
  questionnaire->id = posture_questionnaire_get_id (input->questionnaire);
  questionnaire->version = posture_questionnaire_get_version (input->questionnaire);
  questionnaire->digest = posture_questionnaire_get_digest (input->questionnaire);
  report->questionnaire = questionnaire;
  report->method = posture_method_version_new_in (input->pool);
  report->method->id = method->id;
  report->method->version = method->version;
  id = posture_report_digest (context->revision, questionnaire->digest, report->method,
                              NULL /* facts */);
  report->id = posture_type_pool_text (input->pool, id);
  report->coverage = count_answers (input);
  report->findings = posture_type_pool_list (input->pool);
  report->explanation = posture_type_pool_list (input->pool);
  return report;
}

/* What a report is made in; it keeps the questionnaire, whose texts the report has. Most of it is an
 * explanation, and perhaps a finding, for each question. */
static PostureTypePool *
make_pool (PostureQuestionnaire *questionnaire)
{
  gsize expected = posture_questionnaire_get_n_questions (questionnaire)
                   * (sizeof (PostureExplanation) + sizeof (PostureFinding));

  return posture_type_pool_new (expected, posture_questionnaire_ref (questionnaire),
                                (GDestroyNotify) posture_questionnaire_unref);
}

/**
 * posture_rate:
 * @questionnaire: a questionnaire; it is expanded for the instances that the
 *   answers name
 * @answers: answers to it; those to questions that it does not have, or that
 *   are hidden, make no difference
 * @context: where they come from
 * @error: return location for a #PostureRatingError
 *
 * Rates answers with the questionnaire's method. The report depends on the
 * arguments alone: the same ones give the same report, byte for byte, in any
 * language, place and year. Nothing is rounded but the scores that are shown.
 *
 * Takes time in proportion to the questionnaire; can be called in any thread.
 * The report keeps the questionnaire for as long as it lives.
 *
 * Returns: (transfer full) (nullable): the report, or %NULL on error
 */
PostureReport *
posture_rate (PostureQuestionnaire       *questionnaire,
              PostureAnswers             *answers,
              const PostureRatingContext *context,
              GError                    **error)
{
  const PostureMethod *method = find_method (posture_questionnaire_get_method (questionnaire));
  g_autoptr (PostureQuestionnaire) expanded = NULL;
  g_autoptr (GArray) visible = NULL;
  g_autoptr (PostureReport) report = NULL;
  g_autofree PostureAnswer **given = NULL;
  PostureRatingInput input = { NULL, answers, NULL, NULL, NULL };

  if (method == NULL)
    {
      g_set_error (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_METHOD,
                   _("This version of Posture does not know the rating method “%s”."),
                   posture_questionnaire_get_method (questionnaire));
      return NULL;
    }
  if (!check_context (context, error))
    return NULL;
  expanded = posture_questionnaire_expand (questionnaire, answers);
  input.questionnaire = expanded;
  visible = posture_questionnaire_find_visible (expanded, answers);
  input.visible = visible;
  input.given = given = posture_questionnaire_find_given (expanded, answers, visible);
  input.pool = make_pool (expanded);
  report = make_report (&input, method, context);
  if (!method->rate (&input, report, error))
    return NULL;
  return g_steal_pointer (&report);
}
