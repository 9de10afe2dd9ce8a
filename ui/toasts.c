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

/**
 * posture_toasts_error:
 * @widget: (type Gtk.Widget): a widget of a window
 * @what: what could not be done, a sentence
 * @error: why
 *
 * Says that something could not be done, until the person has read it.
 */
void
posture_toasts_error (gpointer      widget,
                      const char   *what,
                      const GError *error)
{
  g_autofree char *text = g_strdup_printf ("%s %s", what, error->message);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  posture_toasts_add (widget, toast);
}
