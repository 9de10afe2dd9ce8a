/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/gaps.h"

#include "model/question-private.h"

/* Whether an answer says that something is in place, which evidence could show. “Not applicable” has
 * its reason, and “I don't know” claims nothing. */
static gboolean
claims (PostureQuestion *question,
        PostureAnswer   *answer)
{
  const PostureJsonNode *value = posture_answer_get_value (answer);
  int credit = 0;

  if (value == NULL)
    return FALSE;
  if (posture_question_has_statuses (question))
    return g_strcmp0 (posture_json_node_get_string (value), "not-met") != 0;
  return !question->rated
         || (posture_question_find_credit (question, value, &credit) && credit > 0);
}

/**
 * posture_questionnaire_find_gaps:
 * @self: a questionnaire, as it is asked
 * @answers: answers to it
 * @visible: (element-type gboolean): which questions are asked, given these
 *
 * Finds what is lacking: questions that must be answered and are not, and
 * answers that claim something without the evidence that is asked for.
 *
 * Returns: (transfer full) (element-type PostureGap): in the order of the
 *   questions
 */
GArray *
posture_questionnaire_find_gaps (PostureQuestionnaire *self,
                                 PostureAnswers       *answers,
                                 GArray               *visible)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (PostureGap));

  for (guint i = 0; i < visible->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (self, i);
      PostureAnswer *answer = posture_answers_get (answers, posture_question_get_key (question));
      gboolean answered = answer != NULL
                          && posture_answer_get_kind (answer) != POSTURE_ANSWER_TARGET;
      PostureGap gap = { i, answered ? POSTURE_GAP_EVIDENCE : POSTURE_GAP_REQUIRED };

      if (g_array_index (visible, gboolean, i)
          && (answered ? question->asks_evidence && posture_answer_get_note (answer) == NULL
                         && claims (question, answer)
                       : question->must_be_answered))
        g_array_append_val (gaps, gap);
    }
  return gaps;
}
