/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Choosing files, and showing them with other programs. In a sandbox both go through its portal. */

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
