/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/shell-private.h"

#include <adwaita.h>

/* The shell's view for libadwaita below 1.4. */

GtkWidget *
posture_shell_view_new (GCallback     collapsed,
                        GCallback     show_content,
                        PostureShell *shell)
{
  GtkWidget *view = adw_leaflet_new ();

  adw_leaflet_set_can_navigate_back (ADW_LEAFLET (view), TRUE);
  g_signal_connect_object (view, "notify::folded", collapsed, shell, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::visible-child", show_content, shell, G_CONNECT_SWAPPED);
  return view;
}

void
posture_shell_view_add_sidebar (GtkWidget *view,
                                GtkWidget *sidebar)
{
  AdwLeaflet *leaflet = ADW_LEAFLET (view);
  AdwLeafletPage *separator;

  gtk_widget_set_size_request (sidebar, 300, -1);
  adw_leaflet_prepend (leaflet, sidebar);
  separator = adw_leaflet_insert_child_after (leaflet, gtk_separator_new (GTK_ORIENTATION_VERTICAL), sidebar);
  adw_leaflet_page_set_navigatable (separator, FALSE);
}

void
posture_shell_view_add_content (GtkWidget *view,
                                GtkWidget *content)
{
  gtk_widget_set_hexpand (content, TRUE);
  adw_leaflet_append (ADW_LEAFLET (view), content);
}

gboolean
posture_shell_view_get_collapsed (GtkWidget *view)
{
  return adw_leaflet_get_folded (ADW_LEAFLET (view));
}

gboolean
posture_shell_view_get_show_content (GtkWidget               *view,
                                     const PostureShellPanes *panes)
{
  return panes->content != NULL && adw_leaflet_get_visible_child (ADW_LEAFLET (view)) == panes->content;
}

void
posture_shell_view_set_show_content (GtkWidget               *view,
                                     const PostureShellPanes *panes,
                                     gboolean                 show_content)
{
  adw_leaflet_set_visible_child (ADW_LEAFLET (view), show_content ? panes->content : panes->sidebar);
}
