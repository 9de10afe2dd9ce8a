/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/progress.h"

/* A piece of news on its way to the thread of whoever waits for the task. */
typedef struct
{
  GTask *task;
  double done;
  PostureProgressFunc func;
  gpointer data;
} News;

static void
news_free (gpointer data)
{
  News *self = data;

  g_object_unref (self->task);
  g_free (self);
}

static gboolean
tell_cb (gpointer data)
{
  News *self = data;

  if (!g_task_get_completed (self->task))
    self->func (self->done, self->data);
  return G_SOURCE_REMOVE;
}

/**
 * posture_progress_part:
 * @self: (nullable): how a piece of work is watched
 * @from: where a part of it begins, from 0 to 1
 * @to: where it ends
 *
 * Returns: how the part is watched
 */
PostureProgress
posture_progress_part (const PostureProgress *self,
                       double                 from,
                       double                 to)
{
  PostureProgress part = { 0 };
  double length;

  if (self == NULL)
    return part;
  part = *self;
  length = self->to - self->from;
  part.from = self->from + from * length;
  part.to = self->from + to * length;
  return part;
}

/**
 * posture_progress_step:
 * @self: (nullable): how the work, or a part of it, is watched
 * @done: how much of it is done, from 0 to 1
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Tells how far it is, and asks whether it is to go on.
 *
 * Returns: %FALSE if somebody has stopped it
 */
gboolean
posture_progress_step (const PostureProgress *self,
                       double                 done,
                       GError               **error)
{
  if (self == NULL)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->func != NULL)
    self->func (self->from + done * (self->to - self->from), self->data);
  return TRUE;
}

/**
 * posture_progress_send:
 * @task: a task that is at work in a thread
 * @done: how far it is, from 0 to 1
 * @func: who is told
 * @data: for @func
 *
 * Tells it in the context in which the task ends, and not after that.
 */
void
posture_progress_send (GTask              *task,
                       double              done,
                       PostureProgressFunc func,
                       gpointer            data)
{
  /* g_main_context_invoke() would tell it in this thread at a moment when the other does not run its context */
  g_autoptr (GSource) source = g_idle_source_new ();
  News *news = g_new (News, 1);

  *news = (News) { g_object_ref (task), done, func, data };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, news, news_free);
  g_source_attach (source, g_task_get_context (task));
}
