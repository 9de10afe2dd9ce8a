/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/work-private.h"

#include "store/connection-private.h"
#include "store/store-error.h"

#include <glib/gi18n-lib.h>

PostureWork *
posture_work_new (PostureStoreFunc func,
                  gpointer         data,
                  GDestroyNotify   destroy,
                  GCancellable    *cancellable)
{
  PostureWork *self = g_new0 (PostureWork, 1);

  self->func = func;
  self->data = data;
  self->destroy = destroy;
  g_set_object (&self->cancellable, cancellable);
  return self;
}

void
posture_work_free (PostureWork *self)
{
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->batch, posture_batch_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* Runs @func; @guarded: in a savepoint, so that all of its rows stay or none. Sets an error in any case if
 * it fails, and forgets what it said and kept. */
gboolean
posture_work_run (PostureTransaction *transaction,
                  gboolean            guarded,
                  PostureStoreFunc    func,
                  gpointer            data,
                  GError            **error)
{
  guint said = transaction->notices->len;
  guint kept = transaction->kept->len;
  gboolean scrub = transaction->scrub;
  g_autoptr (GError) failure = NULL;

  transaction->writes = FALSE;
  if (guarded && !posture_transaction_save (transaction, error))
    return FALSE;
  if (func (transaction, data, &failure) &&
      (!guarded || posture_transaction_keep (transaction, &failure)))
    return TRUE;
  if (guarded)
    posture_transaction_take_back (transaction);
  g_ptr_array_set_size (transaction->notices, (int) said);
  g_array_set_size (transaction->kept, kept);
  transaction->scrub = scrub;
  if (failure == NULL)
    g_set_error_literal (&failure, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FAILED,
                         _("The data could not be written."));
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
answer_cb (gpointer data)
{
  GTask *task = data;
  PostureWork *self = g_task_get_task_data (task);

  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task, self->data, /* result_destroy = */ NULL);
  return G_SOURCE_REMOVE;
}

/* Hands the task over to its main context, with our reference to it: if a thread of the store dropped
 * the last one, it would end the store, and so wait for itself. Who is answered may have no more use for
 * the context, while the source still needs it to let go. */
static void
send_answer (GTask *task)
{
  g_autoptr (GMainContext) context = g_main_context_ref (g_task_get_context (task));
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, answer_cb, task, g_object_unref);
  g_source_attach (source, context);
}

/* Answers those who handed the works in: tasks in their main contexts, and threads that wait. Afterwards
 * the works belong to them again. */
void
posture_batch_answer (PostureBatch *self)
{
  gboolean wakes;

  for (guint i = 0; i < self->works->len; i++)
    {
      PostureWork *work = g_ptr_array_index (self->works, i);

      if (work->task != NULL)
        send_answer (g_steal_pointer (&work->task));
    }
  g_mutex_lock (&self->mutex);
  self->answered = TRUE;
  wakes = self->waits;
  g_mutex_unlock (&self->mutex);
  if (wakes)
    g_cond_broadcast (&self->answered_cond);
}

/* Waits for the answer. */
gboolean
posture_work_wait (PostureWork *self,
                   GError     **error)
{
  PostureBatch *batch = self->batch;

  g_mutex_lock (&batch->mutex);
  batch->waits = TRUE;
  while (!batch->answered)
    g_cond_wait (&batch->answered_cond, &batch->mutex);
  g_mutex_unlock (&batch->mutex);
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}
