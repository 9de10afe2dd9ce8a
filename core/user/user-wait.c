/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-service-private.h"

#include <glib/gi18n-lib.h>

/* Somebody who waits for the report of a revision. */
typedef struct
{
  char *revision;
  gulong changed_id;
  gulong elsewhere_id;
  gulong cancelled_id;
  gboolean looking;
  gboolean look_again;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_free (wait->revision);
  g_free (wait);
}

typedef struct
{
  char *revision;
  char *report;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->revision);
  g_free (look->report);
  g_free (look);
}

static gboolean
look_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Look *look = data;
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_report_of_revision, "t",
                                                                look->revision);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_ROW)
    look->report = g_strdup (posture_statement_get_text (row, 0));
  else if (step == POSTURE_STEP_DONE)
    {
      g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND,
                   _("There is no submission %.12s."), look->revision);
      return FALSE;
    }
  return step != POSTURE_STEP_ERROR;
}

static void
stop_waiting (GTask *task)
{
  PostureUserService *self = g_task_get_source_object (task);
  Wait *wait = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_ptr_array_remove_fast (self->waiting, task);
  g_clear_signal_handler (&wait->changed_id, self->store);
  g_clear_signal_handler (&wait->elsewhere_id, self->store);
  if (cancellable != NULL)
    g_clear_signal_handler (&wait->cancelled_id, cancellable);
}

static void look_for_report (GTask *task);

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Wait *wait = g_task_get_task_data (task);
  GError *error = NULL;
  Look *look = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  wait->looking = FALSE;
  if (error == NULL && look->report == NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      if (wait->look_again)
        look_for_report (task);
      return;
    }
  stop_waiting (task);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (look->report == NULL)
    g_task_return_error_if_cancelled (task);
  else
    g_task_return_pointer (task, g_strdup (look->report), g_free);
  g_object_unref (task); /* the one that waiting held */
}

static void
look_for_report (GTask *task)
{
  PostureUserService *self = g_task_get_source_object (task);
  Wait *wait = g_task_get_task_data (task);
  Look *look;

  wait->look_again = wait->looking;
  if (wait->looking)
    return;
  wait->looking = TRUE;
  look = g_new0 (Look, 1);
  look->revision = g_strdup (wait->revision);
  posture_store_read_async (self->store, look_func, look, look_free, /* cancellable = */ NULL, looked_cb,
                            g_object_ref (task));
}

/**
 * posture_user_service_wait_report_async:
 * @self: a user service
 * @revision: a revision that was submitted
 * @cancellable: (nullable): stops waiting
 * @callback: (scope async): called once its report is there, whoever rated it
 * @user_data: for @callback
 *
 * Waits for the report of a revision, as long as the service is not stopped.
 * Cancelling must happen in the thread of the caller.
 */
void
posture_user_service_wait_report_async (PostureUserService *self,
                                        const char         *revision,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data); /* held until the answer */
  Wait *wait = g_new0 (Wait, 1);

  g_task_set_source_tag (task, posture_user_service_wait_report_async);
  wait->revision = g_strdup (revision);
  g_task_set_task_data (task, wait, wait_free);
  g_ptr_array_add (self->waiting, task);
  wait->changed_id = g_signal_connect_swapped (self->store, "changed::" POSTURE_USER_TOPIC_REPORT,
                                               G_CALLBACK (look_for_report), task);
  wait->elsewhere_id = g_signal_connect_swapped (self->store, "changed-elsewhere",
                                                 G_CALLBACK (look_for_report), task);
  if (cancellable != NULL)
    wait->cancelled_id = g_signal_connect_swapped (cancellable, "cancelled", G_CALLBACK (look_for_report),
                                                   task);
  look_for_report (task);
}

/**
 * posture_user_service_wait_report_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there
 *   is no such revision (any more), %POSTURE_STORE_ERROR_CLOSED if the profile
 *   was closed
 *
 * Returns: (transfer full) (nullable): the id of the report
 */
char *
posture_user_service_wait_report_finish (PostureUserService *self,
                                         GAsyncResult       *result,
                                         GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * posture_user_service_stop:
 * @self: a user service whose store is closed
 *
 * Tells everybody who waits for a report that none will come.
 */
void
posture_user_service_stop (PostureUserService *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    look_for_report (g_ptr_array_index (self->waiting, i));
}
