/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/computation-private.h"

struct _PostureComputation
{
  gatomicrefcount references;
  PostureTarget *target;
  PostureEvent *event;

  GMutex mutex; /* guards what follows, until it is done */
  GCond done_cond;
  gboolean done;
  gboolean waits; /* some thread does */
  gboolean late; /* somebody has waited in vain */
  gpointer outcome;
  GError *error;
  GPtrArray *waiting; /* (element-type GTask) */
};

PostureComputation *
posture_computation_new (PostureTarget *target,
                         PostureEvent  *event)
{
  PostureComputation *self = g_new0 (PostureComputation, 1);

  g_atomic_ref_count_init (&self->references);
  self->target = g_object_ref (target);
  self->event = posture_event_ref (event);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->done_cond);
  return self;
}

PostureComputation *
posture_computation_ref (PostureComputation *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
posture_computation_unref (PostureComputation *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  if (self->outcome != NULL)
    posture_target_free_outcome (self->target, self->outcome);
  g_clear_error (&self->error);
  g_object_unref (self->target);
  posture_event_unref (self->event);
  g_ptr_array_unref (self->waiting);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->done_cond);
  g_free (self);
}

PostureTarget *
posture_computation_get_target (PostureComputation *self)
{
  return self->target;
}

PostureEvent *
posture_computation_get_event (PostureComputation *self)
{
  return self->event;
}

/* Does the work; called once. */
void
posture_computation_run (PostureComputation *self)
{
  GError *error = NULL;
  gpointer outcome = posture_target_compute (self->target, self->event, &error);
  gboolean waits;

  g_mutex_lock (&self->mutex);
  self->outcome = outcome;
  self->error = error;
  self->done = TRUE;
  for (guint i = 0; i < self->waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (self->waiting, i), TRUE);
  g_ptr_array_set_size (self->waiting, 0);
  waits = self->waits;
  g_mutex_unlock (&self->mutex);
  if (waits)
    g_cond_broadcast (&self->done_cond);
}

/* Waits until a moment of the monotonic clock, and says whether it is done. What was not ready the first time is not
 * waited for again. */
gboolean
posture_computation_wait (PostureComputation *self,
                          gint64              deadline)
{
  gboolean done;

  g_mutex_lock (&self->mutex);
  self->waits = TRUE;
  while (!self->done && !self->late && g_cond_wait_until (&self->done_cond, &self->mutex, deadline))
    ;
  done = self->done;
  self->late = !done;
  g_mutex_unlock (&self->mutex);
  return done;
}

/* Whether it is done, and in vain. */
gboolean
posture_computation_has_failed (PostureComputation *self)
{
  gboolean failed;

  g_mutex_lock (&self->mutex);
  failed = self->done && self->outcome == NULL;
  g_mutex_unlock (&self->mutex);
  return failed;
}

/* Calls back in the caller's main context when it is done. */
void
posture_computation_wait_async (PostureComputation *self,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self->target, /* cancellable = */ NULL, callback, user_data);

  g_task_set_source_tag (task, posture_computation_wait_async);
  g_mutex_lock (&self->mutex);
  if (self->done)
    g_task_return_boolean (task, TRUE);
  else
    g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  g_mutex_unlock (&self->mutex);
}

/* What came out, once it is done. The outcome lives as long as @self. */
gboolean
posture_computation_get (PostureComputation *self,
                         gpointer           *ret_outcome,
                         GError            **error)
{
  *ret_outcome = self->outcome;
  if (self->outcome == NULL && error != NULL)
    *error = g_error_copy (self->error);
  return self->outcome != NULL;
}
