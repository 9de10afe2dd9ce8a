/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/work-row.h"

#include <glib/gi18n-lib.h>

/* What is over sooner does not flicker past. */
#define DELAY 300 /* milliseconds */

struct _PostureWorkRow
{
  GtkBox parent_instance;

  GCancellable *cancellable;
  guint show_id;

  GtkWidget *label;
  GtkWidget *bar;
  GtkWidget *cancel;
};

G_DEFINE_FINAL_TYPE (PostureWorkRow, posture_work_row, GTK_TYPE_BOX)

static gboolean
show_cb (gpointer data)
{
  PostureWorkRow *self = data;

  self->show_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return G_SOURCE_REMOVE;
}

static void
cancel_cb (PostureWorkRow *self)
{
  gtk_widget_set_sensitive (self->cancel, FALSE);
  g_cancellable_cancel (self->cancellable);
}

/* Without its window nobody waits for the work any more. */
static void
posture_work_row_dispose (GObject *object)
{
  PostureWorkRow *self = POSTURE_WORK_ROW (object);

  g_clear_handle_id (&self->show_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (posture_work_row_parent_class)->dispose (object);
}

static void
posture_work_row_finalize (GObject *object)
{
  g_object_unref (POSTURE_WORK_ROW (object)->cancellable);
  G_OBJECT_CLASS (posture_work_row_parent_class)->finalize (object);
}

static void
posture_work_row_class_init (PostureWorkRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_work_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_work_row_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "work");
}

static void
posture_work_row_init (PostureWorkRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->cancellable = g_cancellable_new ();
  self->label = gtk_label_new (NULL);
  self->bar = gtk_progress_bar_new ();
  gtk_widget_set_visible (self->bar, FALSE); /* until it is known how far the work is */
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->cancel, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel_cb), self);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (self), box);
  gtk_box_append (GTK_BOX (self), self->cancel);
  gtk_widget_add_css_class (GTK_WIDGET (self), "toolbar");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->show_id = g_timeout_add (DELAY, show_cb, self);
}

/**
 * posture_work_row_new:
 * @text: what is being done
 *
 * A row that comes into sight if the work is not over soon.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
posture_work_row_new (const char *text)
{
  PostureWorkRow *self = g_object_new (POSTURE_TYPE_WORK_ROW, NULL);

  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->label,
                                  NULL, -1);
  return GTK_WIDGET (self);
}

/**
 * posture_work_row_get_cancellable:
 * @self: a row
 *
 * Returns: (transfer none): what the work is to listen to; it is cancelled by the row's button, and
 *   when the row's window goes
 */
GCancellable *
posture_work_row_get_cancellable (PostureWorkRow *self)
{
  return self->cancellable;
}

/**
 * posture_work_row_set_done:
 * @done: how far the work is, from 0 to 1; at 1 it can be stopped no more
 * @self: (type PostureWorkRow): a row
 *
 * Shows it. The order of the arguments is that of functions that are told of progress.
 */
void
posture_work_row_set_done (double   done,
                           gpointer self)
{
  GtkWidget *bar = POSTURE_WORK_ROW (self)->bar;

  if (done >= 1)
    gtk_widget_set_sensitive (POSTURE_WORK_ROW (self)->cancel, FALSE);
  gtk_widget_set_visible (bar, TRUE);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), CLAMP (done, 0, 1));
}

/**
 * posture_work_row_finish:
 * @self: a row
 *
 * The work is over: takes the row out of its window.
 */
void
posture_work_row_finish (PostureWorkRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  g_clear_handle_id (&self->show_id, g_source_remove);
  if (parent != NULL)
    gtk_box_remove (GTK_BOX (parent), GTK_WIDGET (self));
}
