/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/option-row.h"

/* The row itself is what has the focus and what a screen reader names, by its title; the mark in it only shows. */
struct _PostureOptionRow
{
  AdwActionRow parent_instance;

  GtkCheckButton *mark;
  GtkWidget *partner; /* a mark with company is drawn as a radio button */
};

G_DEFINE_FINAL_TYPE (PostureOptionRow, posture_option_row, ADW_TYPE_ACTION_ROW)

static void
posture_option_row_dispose (GObject *object)
{
  PostureOptionRow *self = POSTURE_OPTION_ROW (object);

  g_clear_object (&self->partner);
  G_OBJECT_CLASS (posture_option_row_parent_class)->dispose (object);
}

static void
posture_option_row_class_init (PostureOptionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_option_row_dispose;
}

static void
posture_option_row_init (PostureOptionRow *self)
{
  self->mark = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->mark), GTK_ALIGN_CENTER);
  gtk_widget_set_can_focus (GTK_WIDGET (self->mark), FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self->mark), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->mark), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->mark));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
}

/**
 * posture_option_row_new:
 * @title: what choosing it says
 * @several: whether others can be chosen beside it
 *
 * Returns: (transfer floating): a row that is not chosen
 */
GtkWidget *
posture_option_row_new (const char *title,
                        gboolean    several)
{
  PostureOptionRow *self = g_object_new (POSTURE_TYPE_OPTION_ROW,
                                         "accessible-role",
                                         several ? GTK_ACCESSIBLE_ROLE_CHECKBOX : GTK_ACCESSIBLE_ROLE_RADIO,
                                         NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  if (!several)
    {
      self->partner = g_object_ref_sink (gtk_check_button_new ());
      gtk_check_button_set_group (self->mark, GTK_CHECK_BUTTON (self->partner));
    }
  posture_option_row_set_chosen (self, FALSE);
  return GTK_WIDGET (self);
}

/**
 * posture_option_row_get_chosen:
 * @self: a row
 *
 * Returns: whether it is chosen
 */
gboolean
posture_option_row_get_chosen (PostureOptionRow *self)
{
  return gtk_check_button_get_active (self->mark);
}

/**
 * posture_option_row_set_chosen:
 * @self: a row
 * @chosen: whether it is chosen
 *
 * Shows whether it is chosen.
 */
void
posture_option_row_set_chosen (PostureOptionRow *self,
                               gboolean          chosen)
{
  gtk_check_button_set_active (self->mark, chosen);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}
