/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/writer-private.h"

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
  g_mutex_init (&self->mutex);
  g_cond_init (&self->answered_cond);
  return self;
}

void
posture_work_free (PostureWork *self)
{
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->answered_cond);
  g_free (self);
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
 * the last one, it would end the store, and so wait for itself. */
static void
send_answer (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, answer_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

/* Answers who handed the work in: a task in its main context, or a thread that waits. Afterwards the
 * work belongs to them again. */
void
posture_work_answer (PostureWork *self)
{
  GTask *task = g_steal_pointer (&self->task);

  if (task != NULL)
    {
      send_answer (task);
      return;
    }
  g_mutex_lock (&self->mutex);
  self->answered = TRUE;
  g_cond_signal (&self->answered_cond);
  g_mutex_unlock (&self->mutex);
}

/* Answers a batch. Waking a thread costs the system a call; so that the store thread can go on with
 * the next batch, the threads that wait wake each other, each two more. */
void
posture_works_answer (PostureWork *const *works,
                      guint               n_works)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  for (guint i = 0; i < n_works; i++)
    if (works[i]->task != NULL)
      posture_work_answer (works[i]);
    else
      g_ptr_array_add (waiting, works[i]);
  for (guint i = 0; i < waiting->len; i++)
    {
      PostureWork *work = g_ptr_array_index (waiting, i);

      for (guint w = 0; w < G_N_ELEMENTS (work->wakes); w++)
        work->wakes[w] = 2 * i + w + 1 < waiting->len ? g_ptr_array_index (waiting, 2 * i + w + 1) : NULL;
    }
  if (waiting->len > 0)
    posture_work_answer (g_ptr_array_index (waiting, 0));
}

/* Waits for the answer. */
gboolean
posture_work_wait (PostureWork *self,
                   GError     **error)
{
  g_mutex_lock (&self->mutex);
  while (!self->answered)
    g_cond_wait (&self->answered_cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  for (guint w = 0; w < G_N_ELEMENTS (self->wakes); w++)
    if (self->wakes[w] != NULL)
      posture_work_answer (self->wakes[w]);
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}
