/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/method-private.h"

#include "model/advice.h"

#include <glib/gi18n-lib.h>

/* The answer to a question if it is a value; otherwise @ret_rule says what there is instead. */
PostureAnswer *
posture_rating_find_answer (const PostureRatingInput *input,
                            PostureQuestion          *question,
                            const char              **ret_rule)
{
  PostureAnswer *answer = input->given[posture_question_get_number (question)];
  PostureAnswerKind kind = answer != NULL ? posture_answer_get_kind (answer)
                                          : POSTURE_ANSWER_TARGET;

  switch (kind)
    {
    case POSTURE_ANSWER_VALUE:
      return answer;
    case POSTURE_ANSWER_UNKNOWN:
      *ret_rule = "unknown";
      break;
    case POSTURE_ANSWER_NOT_APPLICABLE:
      *ret_rule = "not-applicable";
      break;
    case POSTURE_ANSWER_TARGET:
    default:
      *ret_rule = "unanswered";
      break;
    }
  return NULL;
}

/* Says that a value is none of its question; %FALSE, for the caller to return. */
gboolean
posture_rating_misfit (PostureQuestion *question,
                       GError         **error)
{
  g_set_error (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_ANSWER,
               _("The answer to question “%s” does not fit the question."),
               posture_question_get_id (question));
  return FALSE;
}

void
posture_points_add (PosturePoints       *sum,
                    const PosturePoints *more)
{
  sum->worst += more->worst;
  sum->best += more->best;
  sum->reachable += more->reachable;
}

/* Adds to @report how a question came by its points; what is returned belongs to the report. @rule is a
 * constant, or the id of an option. */
PostureExplanation *
posture_rating_explain (const PostureRatingInput *input,
                        PostureReport            *report,
                        PostureQuestion          *question,
                        const char               *rule,
                        PostureAnswer            *answer,
                        const PosturePoints      *points)
{
  PostureExplanation *explanation = posture_explanation_new_in (input->pool);

  explanation->question = posture_question_get_id (question);
  explanation->instance = posture_question_get_instance (question);
  explanation->section = posture_question_get_section (question);
  explanation->rule = rule;
  if (answer != NULL)
    explanation->value = posture_type_pool_text (input->pool, posture_answer_get_value_text (answer));
  explanation->worst = points->worst;
  explanation->best = points->best;
  explanation->reachable = points->reachable;
  g_ptr_array_add (report->explanation, explanation);
  return explanation;
}

static void
take_advice (PostureFinding      *finding,
             const PostureAdvice *advice)
{
  finding->recommendation = advice->id;
  finding->impact = posture_impact_to_string (advice->impact);
  if (advice->has_effort)
    finding->effort = advice->effort;
}

void
posture_rating_add_finding (const PostureRatingInput *input,
                            PostureReport            *report,
                            PostureQuestion          *question,
                            const char               *reason,
                            gint64                    points)
{
  const PostureAdvice *advice = posture_questionnaire_find_recommendation (
    input->questionnaire, input->answers, input->visible, question);
  const char *const *references = posture_question_get_references (question);
  PostureFinding *finding = posture_finding_new_in (input->pool);

  finding->question = posture_question_get_id (question);
  finding->instance = posture_question_get_instance (question);
  finding->section = posture_question_get_section (question);
  if (references[0] != NULL)
    finding->references = posture_type_pool_list (input->pool);
  for (guint i = 0; references[i] != NULL; i++)
    g_ptr_array_add (finding->references, (gpointer) references[i]);
  finding->severity = posture_question_get_severity (question);
  finding->points = points;
  finding->effort = posture_question_get_effort (question);
  finding->recommendation = posture_question_get_id (question);
  if (advice != NULL)
    take_advice (finding, advice);
  finding->reason = reason;
  g_ptr_array_add (report->findings, finding);
}

/* The sections in the range from @start up to @end, each with those in it. */
static GPtrArray *
make_range (const PostureRatingInput *input,
            guint                     start,
            guint                     end,
            PostureSectionMaker       make,
            gpointer                  data)
{
  GPtrArray *sections = posture_type_pool_list (input->pool);

  for (guint i = start; i < end;)
    {
      const PostureSection *section = posture_questionnaire_get_section (input->questionnaire, i);
      PostureSectionScore *made = posture_section_score_new_in (input->pool);

      made->id = section->id;
      made->instance = section->instance;
      make (input, made, i, data);
      made->sections = make_range (input, i + 1, section->end, make, data);
      g_ptr_array_add (sections, made);
      i = section->end;
    }
  return sections;
}

/* The tree of the questionnaire's sections. */
GPtrArray *
posture_rating_make_sections (const PostureRatingInput *input,
                              PostureSectionMaker       make,
                              gpointer                  data)
{
  return make_range (input, 0, posture_questionnaire_get_n_sections (input->questionnaire), make, data);
}
