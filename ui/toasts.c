/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/toasts.h"

/**
 * posture_toasts_add:
 * @widget: (type Gtk.Widget): a widget of a window
 * @toast: (transfer full): what to say
 *
 * Says in passing what has happened.
 */
void
posture_toasts_add (gpointer  widget,
                    AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast); /* the window is gone */
}
