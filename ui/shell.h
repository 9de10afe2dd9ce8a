/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A sidebar beside the content; in a narrow window one of them at a time. There are two
 * implementations, one of which is built: shell-leaflet.c and shell-split-view.c. */
#define POSTURE_TYPE_SHELL (posture_shell_get_type ())
G_DECLARE_FINAL_TYPE (PostureShell, posture_shell, POSTURE, SHELL, GtkWidget)

gboolean posture_shell_get_collapsed    (PostureShell *self);
gboolean posture_shell_get_show_content (PostureShell *self);
void     posture_shell_set_show_content (PostureShell *self,
                                         gboolean      show_content);

G_END_DECLS
