/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

/**
 * CtlWork:
 * @cancellable: what the work is to listen to; an interrupt cancels it
 * @result: what it came to; %NULL while it runs
 * @on_interrupt: the signal's source
 * @on_end: the signal's source
 * @shows: whether a terminal is there to show how far it is
 *
 * A piece of work in a thread, for whose end posturectl waits: a person sees how
 * far it is, and can stop it.
 */
typedef struct
{
  GCancellable *cancellable;
  GAsyncResult *result;
  guint on_interrupt;
  guint on_end;
  gboolean shows;
} CtlWork;

void          ctl_work_begin    (CtlWork      *self);
void          ctl_work_progress (double        done,
                                 gpointer      self);
void          ctl_work_done_cb  (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      self);
GAsyncResult *ctl_work_wait     (CtlWork      *self);
void          ctl_work_end      (CtlWork      *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlWork, ctl_work_end)

G_END_DECLS
