/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/way.h"

typedef struct
{
  PostureQuestionnaire *questionnaire;
  PostureAnswers *answers;
  gint64 goal;
} Aim;

static void
aim_free (gpointer data)
{
  Aim *aim = data;

  posture_questionnaire_unref (aim->questionnaire);
  posture_answers_unref (aim->answers);
  g_free (aim);
}

static void
find_func (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  const Aim *aim = data;
  g_autoptr (GError) error = NULL;
  PostureWay *way = posture_find_way (aim->questionnaire, aim->answers, aim->goal, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, way, (GDestroyNotify) posture_way_free);
}

/**
 * posture_find_way_async:
 * @questionnaire: a questionnaire
 * @answers: answers to it, which nobody changes meanwhile
 * @goal: the score to reach, in millionths
 * @cancellable: (nullable): with it the caller is answered at once; the search ends by itself
 * @callback: (scope async): called with the way
 * @user_data: for @callback
 *
 * As posture_find_way(), in a thread: the search can take as long as
 * %POSTURE_WAY_MAX_RATINGS ratings.
 */
void
posture_find_way_async (PostureQuestionnaire *questionnaire,
                        PostureAnswers       *answers,
                        gint64                goal,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (/* source_object = */ NULL, cancellable, callback, user_data);
  Aim *aim = g_new (Aim, 1);

  *aim = (Aim) { posture_questionnaire_ref (questionnaire), posture_answers_ref (answers), goal };
  g_task_set_source_tag (task, posture_find_way_async);
  g_task_set_task_data (task, aim, aim_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, find_func);
}

/**
 * posture_find_way_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): as posture_find_way()
 */
PostureWay *
posture_find_way_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, /* source_object = */ NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
