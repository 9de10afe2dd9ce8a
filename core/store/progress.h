/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PostureProgressFunc:
 * @done: from 0 to 1; at 1 it cannot be stopped any more
 * @data: what was handed in
 *
 * Is told how far a piece of work is.
 */
typedef void (*PostureProgressFunc) (double   done,
                                     gpointer data);

/**
 * PostureProgress:
 * @cancellable: (nullable): what stops the work
 * @func: (nullable): who is told how far it is
 * @data: for @func
 * @from: where this part of the work begins, from 0 to 1
 * @to: where it ends
 *
 * How a piece of work that takes its time is watched, or a part of it.
 */
typedef struct
{
  GCancellable *cancellable;
  PostureProgressFunc func;
  gpointer data;
  double from;
  double to;
} PostureProgress;

PostureProgress posture_progress_part (const PostureProgress *self,
                                       double                 from,
                                       double                 to);
gboolean        posture_progress_step (const PostureProgress *self,
                                       double                 done,
                                       GError               **error);
void            posture_progress_send (GTask                 *task,
                                       double                 done,
                                       PostureProgressFunc    func,
                                       gpointer               data);

G_END_DECLS
