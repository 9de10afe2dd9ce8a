/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A file that is being written where a person wants it: asked for, shown while it takes, told about. */
typedef struct _PostureSaving PostureSaving;

void           posture_saving_choose_async    (GtkWidget           *widget,
                                               const char          *title,
                                               const char          *name,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
PostureSaving *posture_saving_choose_finish   (GtkWidget           *widget,
                                               GAsyncResult        *result,
                                               const char          *text,
                                               const char          *failure);
const char    *posture_saving_get_path        (PostureSaving       *self);
GCancellable  *posture_saving_get_cancellable (PostureSaving       *self);
void           posture_saving_set_opens       (PostureSaving       *self,
                                               gboolean             opens);
void           posture_saving_set_done        (double               done,
                                               gpointer             self);
void           posture_saving_finish          (PostureSaving       *self,
                                               const GError        *error);
void           posture_saving_free            (PostureSaving       *self);
void           posture_saving_fail            (GtkWidget           *widget,
                                               const char          *failure,
                                               const GError        *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureSaving, posture_saving_free)

G_END_DECLS
