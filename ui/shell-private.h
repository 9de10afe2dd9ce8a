/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/shell.h"

G_BEGIN_DECLS

/* What a shell stands on: shell-leaflet.c or shell-split-view.c. */
typedef struct
{
  GtkWidget *sidebar;
  GtkWidget *content;
} PostureShellPanes;

GtkWidget *posture_shell_view_new              (GCallback                collapsed,
                                                GCallback                show_content,
                                                PostureShell            *shell);
void       posture_shell_view_add_sidebar      (GtkWidget               *view,
                                                GtkWidget               *sidebar);
void       posture_shell_view_add_content      (GtkWidget               *view,
                                                GtkWidget               *content);
gboolean   posture_shell_view_get_collapsed    (GtkWidget               *view);
gboolean   posture_shell_view_get_show_content (GtkWidget               *view,
                                                const PostureShellPanes *panes);
void       posture_shell_view_set_show_content (GtkWidget               *view,
                                                const PostureShellPanes *panes,
                                                gboolean                 show_content);

G_END_DECLS
