/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"

G_BEGIN_DECLS

#define POSTURE_WORKER_MAX_SIGNALS 6

/* What the parts of a running bus have in common: each lives in one main context, hands work to the store, hears of
 * its changes and wakes by the clock. A part's struct begins with this. What is under way when it is stopped comes
 * back later and finds no bus. */
typedef struct
{
  gatomicrefcount references; /* one for the bus, one for each thing under way */
  PostureBus *bus;            /* (unowned): NULL once stopped */
  PostureStore *store;
  PostureClock *clock;
  GCancellable *cancellable;

  gboolean running;           /* what it does at one time once */
  gboolean again;             /* it was wanted meanwhile */

  GDestroyNotify clear; /* (nullable): frees what is the part's own, but not the part */
  gulong signals[POSTURE_WORKER_MAX_SIGNALS];
  guint n_signals;
  guint wake_id;
  gint64 wake_time;
  void (*wake_func) (gpointer worker);
} PostureWorker;

gpointer posture_worker_new        (gsize           size,
                                    PostureBus     *bus,
                                    GDestroyNotify  clear);
gpointer posture_worker_ref        (gpointer        worker);
void     posture_worker_unref      (gpointer        worker);
void     posture_worker_stop       (gpointer        worker);
void     posture_worker_connect    (gpointer        worker,
                                    const char     *signal,
                                    GCallback       callback);
gboolean posture_worker_begin      (gpointer        worker);
gboolean posture_worker_end        (gpointer        worker);
gboolean posture_worker_is_waiting (gpointer        worker,
                                    gint64         *ret_time);
void     posture_worker_wake_after (gpointer        worker,
                                    gint64          delay,
                                    void          (*func) (gpointer worker));

G_END_DECLS
