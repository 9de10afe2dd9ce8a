/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A piece of work that takes its time: what it is, how far it is, and a button that stops it. */
#define POSTURE_TYPE_WORK_ROW (posture_work_row_get_type ())
G_DECLARE_FINAL_TYPE (PostureWorkRow, posture_work_row, POSTURE, WORK_ROW, GtkBox)

GtkWidget    *posture_work_row_new             (const char     *text);
GCancellable *posture_work_row_get_cancellable (PostureWorkRow *self);
void          posture_work_row_set_done        (double          done,
                                                gpointer        self);
void          posture_work_row_finish          (PostureWorkRow *self);

G_END_DECLS
