/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/visibility.h"

#include "model/answer-private.h"
#include "model/condition-private.h"

/* The event that a condition sees. It looks at nothing but the questions it names, so these are all
 * that is put in: the work grows with the length of the conditions, not with that of the
 * questionnaire times their number. */
static PostureJsonDocument *
make_event (PostureQuestionnaire *questionnaire,
            PostureAnswers       *answers,
            GArray               *visible,
            const GPtrArray      *questions)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GBytes) bytes = NULL;

  posture_json_writer_begin_object (writer);
  for (guint i = 0; i < questions->len; i++)
    {
      const char *id = g_ptr_array_index (questions, i);
      PostureQuestion *question = posture_questionnaire_find_question (questionnaire, id);
      PostureAnswer *answer = posture_answers_get (answers, id);
      guint number = posture_question_get_number (question);

      if (answer == NULL || posture_answer_get_kind (answer) == POSTURE_ANSWER_TARGET
          || !g_array_index (visible, gboolean, number))
        continue;
      posture_json_writer_key (writer, id);
      posture_answer_write_plain (answer, writer);
    }
  posture_json_writer_end_object (writer);
  bytes = posture_json_writer_finish (writer);
  return posture_json_document_new (bytes, NULL /* limits */, NULL /* error */);
}

/**
 * posture_questionnaire_find_visible:
 * @self: a questionnaire
 * @answers: answers to it
 *
 * Finds out which questions are asked, given what was answered so far. A
 * condition names earlier questions only, so one pass in their order does; what
 * is hidden counts as unanswered for everything behind it.
 *
 * Returns: (transfer full) (element-type gboolean): for each question, in the
 *   order of the questionnaire, whether it is visible
 */
GArray *
posture_questionnaire_find_visible (PostureQuestionnaire *self,
                                    PostureAnswers       *answers)
{
  guint length = posture_questionnaire_get_n_questions (self);
  GArray *visible = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), length);

  for (guint i = 0; i < length; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (self, i);
      PostureCondition *condition = posture_question_get_condition (question);
      gboolean holds = TRUE;

      if (condition != NULL)
        {
          g_autoptr (PostureJsonDocument) event
            = make_event (self, answers, visible, posture_condition_get_questions (condition));

          holds = posture_condition_holds (condition, posture_json_document_get_root (event));
        }
      g_array_append_val (visible, holds);
    }
  return visible;
}
