/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/telling-load.h"

#include "user/stored-report.h"

/* A report, and what is read beside it, all at a time. */
typedef struct
{
  PostureReport *report;
  PostureAssessmentItem *assessment;
  PostureAnswers *answers;
  PostureAnswers *submitted;
  GHashTable *times;
  GPtrArray *plan;
  GError *error; /* why there is no assessment; an old report can do without the rest */
  guint pending;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->report, posture_report_unref);
  g_clear_object (&load->assessment);
  g_clear_pointer (&load->answers, posture_answers_unref);
  g_clear_pointer (&load->submitted, posture_answers_unref);
  g_clear_pointer (&load->times, g_hash_table_unref);
  g_clear_pointer (&load->plan, g_ptr_array_unref);
  g_clear_error (&load->error);
  g_free (load);
}

static PostureTelling *
make_telling (PostureContext *context,
              Load           *load)
{
  const char *digest = load->report->questionnaire->digest;
  g_autoptr (PostureQuestionnaire) questionnaire
    = posture_library_dup_by_digest (posture_context_get_library (context), digest);
  g_autoptr (PostureWords) words = posture_context_dup_words (context, digest);
  g_autoptr (PostureReportPlan) plan = posture_report_plan_new (context, load->report->assessment, load->plan);
  PostureTelling *telling = posture_telling_new (load->report, questionnaire, words, load->answers);

  posture_telling_set_background (telling, posture_assessment_item_get_name (load->assessment), load->submitted,
                                  load->times, posture_context_get_now (context), plan);
  return telling;
}

/* One of the parts is there, or is not to be had. */
static void
finish_part (GTask *task)
{
  PostureContext *context = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);

  if (--load->pending == 0 && !g_task_return_error_if_cancelled (task))
    {
      if (load->error != NULL || posture_context_get_user (context) == NULL)
        g_task_return_error (task, load->error != NULL
                                     ? g_steal_pointer (&load->error)
                                     : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The profile is closed"));
      else
        g_task_return_pointer (task, make_telling (context, load), (GDestroyNotify) posture_telling_unref);
    }
  g_object_unref (task);
}

static void
assessment_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      task)
{
  Load *load = g_task_get_task_data (task);

  load->assessment = posture_user_service_load_assessment_finish (POSTURE_USER_SERVICE (source), result, &load->error);
  finish_part (task);
}

static void
answers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      task)
{
  Load *load = g_task_get_task_data (task);

  load->answers = posture_user_service_load_answers_finish (POSTURE_USER_SERVICE (source), result, NULL);
  finish_part (task);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      task)
{
  Load *load = g_task_get_task_data (task);

  load->submitted = posture_user_service_load_submitted_answers_finish (POSTURE_USER_SERVICE (source), result, NULL);
  finish_part (task);
}

static void
times_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      task)
{
  Load *load = g_task_get_task_data (task);

  load->times = posture_user_service_load_answer_times_finish (POSTURE_USER_SERVICE (source), result, NULL);
  finish_part (task);
}

static void
plan_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      task)
{
  Load *load = g_task_get_task_data (task);

  load->plan = posture_user_service_load_plan_finish (POSTURE_USER_SERVICE (source), result, NULL);
  finish_part (task);
}

/* For a part that is going to be read. */
static GTask *
begin_part (GTask *task)
{
  ((Load *) g_task_get_task_data (task))->pending++;
  return g_object_ref (task);
}

static void
report_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  PostureUserService *user = POSTURE_USER_SERVICE (source);
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  const char *assessment;
  gint64 until = G_MAXINT64;

  load->report = posture_user_service_load_report_finish (user, result, &error);
  if (load->report == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  assessment = load->report->assessment;
  posture_time_from_text (load->report->submitted, &until);
  posture_user_service_load_assessment_async (user, assessment, cancellable, assessment_cb, begin_part (task));
  posture_user_service_load_answers_async (user, assessment, cancellable, answers_cb, begin_part (task));
  posture_user_service_load_submitted_answers_async (user, load->report->revision, cancellable, submitted_cb,
                                                     begin_part (task));
  posture_user_service_load_answer_times_async (user, assessment, until, cancellable, times_cb, begin_part (task));
  posture_user_service_load_plan_async (user, assessment, cancellable, plan_cb, begin_part (task));
}

/**
 * posture_telling_load_async:
 * @context: a context that is ready
 * @id: a report's id
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the report
 * @user_data: for @callback
 *
 * Reads a report and all it takes to tell it.
 */
void
posture_telling_load_async (PostureContext     *context,
                            const char         *id,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);

  g_task_set_source_tag (task, posture_telling_load_async);
  g_task_set_task_data (task, g_new0 (Load, 1), load_free);
  posture_user_service_load_report_async (posture_context_get_user (context), id, cancellable, report_cb, task);
}

/**
 * posture_telling_load_finish:
 * @context: the context
 * @result: what the callback was given
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is no such report
 *
 * Returns: (transfer full) (nullable): the report with its words
 */
PostureTelling *
posture_telling_load_finish (PostureContext *context,
                             GAsyncResult   *result,
                             GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
