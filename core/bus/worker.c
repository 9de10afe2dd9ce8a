/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/worker-private.h"

#include "bus/bus-private.h"

/* A timeout is short enough for the system's clock, whatever is due when. */
#define MAX_WAIT (3600 * 1000)

/* Makes a part of a running bus, whose struct has @size bytes and begins with a PostureWorker. */
gpointer
posture_worker_new (gsize          size,
                    PostureBus    *bus,
                    GDestroyNotify clear)
{
  PostureWorker *self = g_malloc0 (size);

  g_atomic_ref_count_init (&self->references);
  self->bus = bus;
  self->store = g_object_ref (posture_bus_get_store (bus));
  self->clock = g_object_ref (posture_bus_get_clock (bus));
  self->cancellable = g_cancellable_new ();
  self->clear = clear;
  return self;
}

/* For a thing that is under way. */
gpointer
posture_worker_ref (gpointer worker)
{
  PostureWorker *self = worker;

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
posture_worker_unref (gpointer worker)
{
  PostureWorker *self = worker;

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  if (self->clear != NULL)
    self->clear (self);
  g_object_unref (self->store);
  g_object_unref (self->clock);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* Stops for good, and drops the bus's reference. */
void
posture_worker_stop (gpointer worker)
{
  PostureWorker *self = worker;

  self->bus = NULL;
  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < self->n_signals; i++)
    g_clear_signal_handler (&self->signals[i], self->store);
  if (self->wake_id != 0)
    posture_clock_remove (self->clock, self->wake_id);
  self->wake_id = 0;
  posture_worker_unref (self);
}

/* Calls @callback with the worker alone at each @signal of the store, until it is stopped. */
void
posture_worker_connect (gpointer    worker,
                        const char *signal,
                        GCallback   callback)
{
  PostureWorker *self = worker;

  g_assert (self->n_signals < POSTURE_WORKER_MAX_SIGNALS);
  self->signals[self->n_signals++] = g_signal_connect_swapped (self->store, signal, callback, self);
}

/* For what a worker does once at a time: whether it is to be begun now. If it is under way, it is wanted again. */
gboolean
posture_worker_begin (gpointer worker)
{
  PostureWorker *self = worker;

  self->again = self->running;
  if (self->running)
    return FALSE;
  self->running = TRUE;
  return TRUE;
}

/* It is done; says whether it is wanted again. */
gboolean
posture_worker_end (gpointer worker)
{
  PostureWorker *self = worker;

  self->running = FALSE;
  return self->bus != NULL && self->again;
}

static gboolean
wake_cb (gpointer data)
{
  PostureWorker *self = data;

  self->wake_id = 0;
  self->wake_func (self);
  return G_SOURCE_REMOVE;
}

/* Whether it is going to wake, and when. */
gboolean
posture_worker_is_waiting (gpointer worker,
                           gint64  *ret_time)
{
  PostureWorker *self = worker;

  *ret_time = self->wake_time;
  return self->wake_id != 0;
}

/* Wakes once after @delay, or an hour if that is longer; what was asked for before is forgotten. */
void
posture_worker_wake_after (gpointer worker,
                           gint64   delay,
                           void (*func) (gpointer worker))
{
  PostureWorker *self = worker;

  if (self->wake_id != 0)
    posture_clock_remove (self->clock, self->wake_id);
  self->wake_time = posture_clock_get_now (self->clock) + delay;
  self->wake_func = func;
  self->wake_id = posture_clock_add_timeout (self->clock, CLAMP (delay, 1, MAX_WAIT), wake_cb, self);
}
