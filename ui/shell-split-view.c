/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/shell-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* The shell's view for libadwaita 1.4 and newer. */

#define SIDEBAR_WIDTH 300
#define NARROW_WIDTH 680

static AdwNavigationSplitView *
get_split_view (GtkWidget *view)
{
  return ADW_NAVIGATION_SPLIT_VIEW (adw_breakpoint_bin_get_child (ADW_BREAKPOINT_BIN (view)));
}

GtkWidget *
posture_shell_view_new (GCallback     collapsed,
                        GCallback     show_content,
                        PostureShell *shell)
{
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_new_length (
      ADW_BREAKPOINT_CONDITION_MAX_WIDTH, NARROW_WIDTH, ADW_LENGTH_UNIT_SP));
  GtkWidget *split_view = adw_navigation_split_view_new ();
  GtkWidget *view = adw_breakpoint_bin_new ();

  adw_navigation_split_view_set_min_sidebar_width (ADW_NAVIGATION_SPLIT_VIEW (split_view), SIDEBAR_WIDTH);
  adw_navigation_split_view_set_max_sidebar_width (ADW_NAVIGATION_SPLIT_VIEW (split_view), SIDEBAR_WIDTH);
  adw_breakpoint_add_setters (narrow, G_OBJECT (split_view), "collapsed", TRUE, NULL);
  /* A breakpoint bin has no minimum of its own. */
  gtk_widget_set_size_request (view, 360, 294);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (view), split_view);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (view), narrow);
  g_signal_connect_object (split_view, "notify::collapsed", collapsed, shell, G_CONNECT_SWAPPED);
  g_signal_connect_object (split_view, "notify::show-content", show_content, shell, G_CONNECT_SWAPPED);
  return view;
}

void
posture_shell_view_add_sidebar (GtkWidget *view,
                                GtkWidget *sidebar)
{
  adw_navigation_split_view_set_sidebar (get_split_view (view),
                                         adw_navigation_page_new (sidebar, _("Overview")));
}

void
posture_shell_view_add_content (GtkWidget *view,
                                GtkWidget *content)
{
  adw_navigation_split_view_set_content (get_split_view (view),
                                         adw_navigation_page_new (content, _("Details")));
}

gboolean
posture_shell_view_get_collapsed (GtkWidget *view)
{
  return adw_navigation_split_view_get_collapsed (get_split_view (view));
}

gboolean
posture_shell_view_get_show_content (GtkWidget               *view,
                                     const PostureShellPanes *panes)
{
  return adw_navigation_split_view_get_show_content (get_split_view (view));
}

void
posture_shell_view_set_show_content (GtkWidget               *view,
                                     const PostureShellPanes *panes,
                                     gboolean                 show_content)
{
  adw_navigation_split_view_set_show_content (get_split_view (view), show_content);
}
