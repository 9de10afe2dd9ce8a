/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-work.h"

#include <glib-unix.h>
#include <unistd.h>

static gboolean
interrupted_cb (gpointer data)
{
  CtlWork *self = data;

  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

/**
 * ctl_work_begin:
 * @self: (out caller-allocates): a piece of work that is about to begin
 *
 * From now on an interrupt stops the work, not the program.
 */
void
ctl_work_begin (CtlWork *self)
{
  *self = (CtlWork) { .cancellable = g_cancellable_new (), .shows = isatty (STDERR_FILENO) };
  self->on_interrupt = g_unix_signal_add (SIGINT, interrupted_cb, self);
  self->on_end = g_unix_signal_add (SIGTERM, interrupted_cb, self);
}

/**
 * ctl_work_progress:
 * @done: how far the work is, from 0 to 1
 * @self: (type CtlWork): the work
 *
 * Shows it on the terminal, over what stood there before. The order of the
 * arguments is that of functions that are told of progress.
 */
void
ctl_work_progress (double   done,
                   gpointer self)
{
  if (((CtlWork *) self)->shows)
    g_printerr ("\r%3d %%", (int) (CLAMP (done, 0, 1) * 100));
}

/**
 * ctl_work_done_cb:
 * @source: (nullable): whose work it is
 * @result: what it came to
 * @self: (type CtlWork): the work
 *
 * To be called when the work is done.
 */
void
ctl_work_done_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      self)
{
  ((CtlWork *) self)->result = g_object_ref (result);
}

/**
 * ctl_work_wait:
 * @self: the work, which has begun
 *
 * Waits for its end, and takes off the terminal how far it was.
 *
 * Returns: (transfer none): what it came to
 */
GAsyncResult *
ctl_work_wait (CtlWork *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, /* may_block = */ TRUE);
  if (self->shows)
    g_printerr ("\r     \r");
  return self->result;
}

/**
 * ctl_work_end:
 * @self: the work, which is done
 *
 * Frees what it holds; an interrupt ends the program again.
 */
void
ctl_work_end (CtlWork *self)
{
  if (self->cancellable == NULL)
    return;
  g_source_remove (self->on_interrupt);
  g_source_remove (self->on_end);
  g_clear_object (&self->result);
  g_clear_object (&self->cancellable);
}
