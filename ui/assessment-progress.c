/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-progress.h"

#include "model/expansion.h"
#include "model/visibility.h"

/* How many of the questions that are asked have an answer. Which are asked can depend on the answers: what an answer
 * hides, or what is on a list. */

/**
 * posture_progress_is_asked:
 * @asked: a questionnaire as it is asked
 * @visible: (element-type gboolean): which of its questions are visible
 * @place: a question's place
 *
 * Returns: whether the question can be answered now
 */
gboolean
posture_progress_is_asked (PostureQuestionnaire *asked,
                           GArray               *visible,
                           guint                 place)
{
  PostureQuestion *question = posture_questionnaire_get_question (asked, place);

  /* before there is a list, there is nothing to ask of what is on it */
  return g_array_index (visible, gboolean, place)
         && (!posture_question_is_repeated (question) || posture_question_get_instance (question) != NULL);
}

/**
 * posture_progress_is_answered:
 * @asked: a questionnaire as it is asked
 * @answers: answers to it
 * @place: a question's place
 *
 * Returns: whether the question has an answer; a target alone is none
 */
gboolean
posture_progress_is_answered (PostureQuestionnaire *asked,
                              PostureAnswers       *answers,
                              guint                 place)
{
  PostureAnswer *answer
    = posture_answers_get (answers, posture_question_get_key (posture_questionnaire_get_question (asked, place)));

  return answer != NULL && posture_answer_get_kind (answer) != POSTURE_ANSWER_TARGET;
}

/**
 * posture_progress_depends_on_answers:
 * @questionnaire: a questionnaire
 *
 * Returns: whether which questions are asked depends on the answers; else all are
 */
gboolean
posture_progress_depends_on_answers (PostureQuestionnaire *questionnaire)
{
  if (posture_questionnaire_is_repeated (questionnaire))
    return TRUE;
  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    if (posture_question_get_condition (posture_questionnaire_get_question (questionnaire, i)) != NULL)
      return TRUE;
  return FALSE;
}

typedef struct
{
  PostureQuestionnaire *questionnaire;
  PostureAnswers *answers; /* (nullable): until they are read */
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;

  posture_questionnaire_unref (count->questionnaire);
  g_clear_pointer (&count->answers, posture_answers_unref);
  g_free (count);
}

static void
count_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  const Count *count = data;
  g_autoptr (PostureQuestionnaire) asked = posture_questionnaire_expand (count->questionnaire, count->answers);
  g_autoptr (GArray) visible = posture_questionnaire_find_visible (asked, count->answers);
  PostureProgress *progress = g_new0 (PostureProgress, 1);

  for (guint place = 0; place < visible->len; place++)
    if (posture_progress_is_asked (asked, visible, place))
      {
        progress->n_asked++;
        progress->n_answered += posture_progress_is_answered (asked, count->answers, place);
      }
  g_task_return_pointer (task, progress, g_free);
}

static void
answers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Count *count = g_task_get_task_data (task);
  GError *error = NULL;

  count->answers = posture_user_service_load_answers_finish (POSTURE_USER_SERVICE (source), result, &error);
  if (count->answers == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, count_thread);
}

/**
 * posture_assessment_count_progress_async:
 * @user: the user service
 * @assessment: an assessment's id
 * @questionnaire: its questionnaire
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the count
 * @user_data: for @callback
 *
 * Counts how far answering is, where that takes the answers.
 */
void
posture_assessment_count_progress_async (PostureUserService   *user,
                                         const char           *assessment,
                                         PostureQuestionnaire *questionnaire,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data)
{
  GTask *task = g_task_new (user, cancellable, callback, user_data);
  Count *count = g_new0 (Count, 1);

  count->questionnaire = posture_questionnaire_ref (questionnaire);
  g_task_set_source_tag (task, posture_assessment_count_progress_async);
  g_task_set_task_data (task, count, count_free);
  posture_user_service_load_answers_async (user, assessment, cancellable, answers_cb, task);
}

/**
 * posture_assessment_count_progress_finish:
 * @result: what the callback was given
 * @ret_progress: (out): how far answering is
 * @error: return location for a #PostureUserError
 *
 * Returns: whether it could be counted
 */
gboolean
posture_assessment_count_progress_finish (GAsyncResult    *result,
                                          PostureProgress *ret_progress,
                                          GError         **error)
{
  g_autofree PostureProgress *progress = g_task_propagate_pointer (G_TASK (result), error);

  if (progress != NULL)
    *ret_progress = *progress;
  return progress != NULL;
}
