/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Choosing files, and showing them with other programs. In a sandbox both go through its portal. */

/**
 * PostureFileChooser:
 * @parent: (nullable): the window that asks
 * @title: what for
 * @name: (nullable): a name to offer for a file to write; %NULL to choose one that is there
 * @task: (transfer full): returns a #GFile, or %NULL if none was chosen
 *
 * Has a person choose a file.
 */
typedef void (*PostureFileChooser) (GtkWindow  *parent,
                                    const char *title,
                                    const char *name,
                                    GTask      *task);

void   posture_compat_set_file_chooser   (PostureFileChooser   other);
void   posture_compat_choose_file_async  (GtkWidget           *parent,
                                          const char          *title,
                                          const char          *name,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
GFile *posture_compat_choose_file_finish (GtkWidget           *parent,
                                          GAsyncResult        *result);
void   posture_compat_open_file          (GtkWidget           *parent,
                                          GFile               *file);
void   posture_compat_show_in_folder     (GtkWidget           *parent,
                                          GFile               *file);

G_END_DECLS
