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

/* What a toast has beside its title: margins, and the button that closes it. */
#define BESIDE 132
#define MIN_WIDTH 160
#define MAX_WIDTH 440

/* The title of a toast is cut to one line; why something failed is read to its end. A toast takes the width that it
 * would like to have, whether there is room or not, so the width is given. */
static GtkWidget *
make_whole_title (const char *text,
                  GtkWidget  *overlay)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_size_request (label, CLAMP (gtk_widget_get_width (overlay) - BESIDE, MIN_WIDTH, MAX_WIDTH), -1);
  return label;
}

/**
 * posture_toasts_error:
 * @widget: (type Gtk.Widget): a widget of a window
 * @what: what could not be done, a sentence
 * @error: why
 *
 * Says that something could not be done, in as many lines as that takes, until the
 * person has read it.
 */
void
posture_toasts_error (gpointer      widget,
                      const char   *what,
                      const GError *error)
{
  g_autofree char *text = g_strdup_printf ("%s %s", what, error->message);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  if (overlay == NULL)
    return; /* the window is gone */
  toast = adw_toast_new ("");
  adw_toast_set_custom_title (toast, make_whole_title (text, overlay));
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}
