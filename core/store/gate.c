/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/gate-private.h"

struct _PostureGate
{
  GMutex mutex; /* guards what follows */
  GCond changed_cond;
  guint inside;
  gboolean closed;
};

PostureGate *
posture_gate_new (void)
{
  PostureGate *self = g_new0 (PostureGate, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed_cond);
  return self;
}

void
posture_gate_free (PostureGate *self)
{
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed_cond);
  g_free (self);
}

/* Goes in, once the gate is open. */
void
posture_gate_enter (PostureGate *self)
{
  g_mutex_lock (&self->mutex);
  while (self->closed)
    g_cond_wait (&self->changed_cond, &self->mutex);
  self->inside++;
  g_mutex_unlock (&self->mutex);
}

void
posture_gate_leave (PostureGate *self)
{
  gboolean wakes;

  g_mutex_lock (&self->mutex);
  self->inside--;
  wakes = self->closed && self->inside == 0;
  g_mutex_unlock (&self->mutex);
  if (wakes)
    g_cond_broadcast (&self->changed_cond);
}

/* Lets nobody in any more, and waits until nobody is inside, but no longer than @patience (in microseconds). */
void
posture_gate_close (PostureGate *self,
                    gint64       patience)
{
  gint64 deadline = g_get_monotonic_time () + patience;

  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  while (self->inside > 0 && g_cond_wait_until (&self->changed_cond, &self->mutex, deadline))
    ;
  g_mutex_unlock (&self->mutex);
}

void
posture_gate_open (PostureGate *self)
{
  g_mutex_lock (&self->mutex);
  self->closed = FALSE;
  g_mutex_unlock (&self->mutex);
  g_cond_broadcast (&self->changed_cond);
}
