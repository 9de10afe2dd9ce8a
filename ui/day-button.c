/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/day-button.h"

#include "ui/moment.h"

#include <glib/gi18n-lib.h>

struct _PostureDayButton
{
  GtkWidget parent_instance;

  char *day; /* (nullable): as 2026-11-23 */
  GtkWidget *button;
  GtkWidget *calendar;
};

G_DEFINE_FINAL_TYPE (PostureDayButton, posture_day_button, GTK_TYPE_WIDGET)

static void
set_day (PostureDayButton *self,
         const char       *day)
{
  g_autofree char *words = day != NULL ? posture_day_to_words (day) : NULL;

  g_free (self->day);
  self->day = words != NULL ? g_strdup (day) : NULL;
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), words != NULL ? words : _("No date"));
}

static void
selected_cb (PostureDayButton *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  g_autofree char *day = g_date_time_format (date, "%Y-%m-%d");

  set_day (self, day);
}

static void
clear_cb (PostureDayButton *self)
{
  set_day (self, NULL);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
posture_day_button_dispose (GObject *object)
{
  PostureDayButton *self = POSTURE_DAY_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (posture_day_button_parent_class)->dispose (object);
}

static void
posture_day_button_finalize (GObject *object)
{
  g_free (POSTURE_DAY_BUTTON (object)->day);
  G_OBJECT_CLASS (posture_day_button_parent_class)->finalize (object);
}

static void
posture_day_button_class_init (PostureDayButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_day_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_day_button_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "day");
}

static void
posture_day_button_init (PostureDayButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *clear = gtk_button_new_with_mnemonic (_("_No date"));

  self->calendar = gtk_calendar_new ();
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (clear, "clicked", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->calendar);
  gtk_box_append (GTK_BOX (box), clear);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * posture_day_button_new:
 * @day: (nullable): a day, as `2026-11-23`
 *
 * Returns: (transfer floating): a button that shows it
 */
GtkWidget *
posture_day_button_new (const char *day)
{
  PostureDayButton *self = g_object_new (POSTURE_TYPE_DAY_BUTTON, NULL);
  g_autofree char *text = day != NULL ? g_strdup_printf ("%sT00:00:00Z", day) : NULL;
  g_autoptr (GDateTime) date = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (date != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (self->calendar), date);
  set_day (self, day);
  return GTK_WIDGET (self);
}

/**
 * posture_day_button_get_day:
 * @self: a button
 *
 * Returns: (transfer none) (nullable): the day, as `2026-11-23`; %NULL for none
 */
const char *
posture_day_button_get_day (PostureDayButton *self)
{
  return self->day;
}
