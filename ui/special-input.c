/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/special-input.h"

#include "json/json-writer.h"
#include "ui/option-row.h"

#include <glib/gi18n-lib.h>

/* So much stands free below a reason that is scrolled to, in pixels. */
#define ROOM_BELOW 12

/* The answers that every question can have: “I don't know”, and not applicable with a reason. */
struct _PostureSpecialInput
{
  AdwBin parent_instance;

  PostureOptionRow *unknown;
  PostureOptionRow *not_applicable;
  AdwEntryRow *reason;
  guint n_ticks; /* since the reason was asked for */
};

G_DEFINE_FINAL_TYPE (PostureSpecialInput, posture_special_input, ADW_TYPE_BIN)

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_reason (PostureSpecialInput *self,
             gboolean             shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->reason), shown);
}

static void
unknown_cb (PostureSpecialInput *self)
{
  show_reason (self, FALSE);
  g_signal_emit (self, signals[ANSWERED], 0, "{\"unknown\":true}");
}

/* What takes the focus is scrolled to at once, which leads nowhere before it has a place: that comes with the layout
 * after the first tick. */
static gboolean
scroll_cb (GtkWidget     *reason,
           GdkFrameClock *clock,
           gpointer       data)
{
  PostureSpecialInput *self = data;
  GtkWidget *viewport = gtk_widget_get_ancestor (reason, GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;

  if (self->n_ticks++ == 0)
    return G_SOURCE_CONTINUE;
  if (viewport != NULL && gtk_widget_get_visible (reason) && gtk_widget_compute_bounds (reason, viewport, &bounds))
    {
      GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
      double top = gtk_adjustment_get_value (place) + bounds.origin.y;

      gtk_adjustment_clamp_page (place, top, top + bounds.size.height + ROOM_BELOW);
    }
  return G_SOURCE_REMOVE;
}

static void
not_applicable_cb (PostureSpecialInput *self)
{
  show_reason (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  self->n_ticks = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (self->reason), scroll_cb, self, /* notify = */ NULL);
  posture_special_input_commit (self);
}

static void
posture_special_input_class_init (PostureSpecialInputClass *klass)
{
  /**
   * PostureSpecialInput::answered:
   * @text: the answer as JSON
   *
   * The person has answered.
   */
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
posture_special_input_init (PostureSpecialInput *self)
{
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);

  self->unknown = POSTURE_OPTION_ROW (posture_option_row_new (_("I don’t know"), /* several = */ FALSE));
  self->not_applicable = POSTURE_OPTION_ROW (posture_option_row_new (_("Not applicable…"), FALSE));
  self->reason = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason), _("Why does it not apply?"));
  adw_entry_row_set_show_apply_button (self->reason, TRUE);
  show_reason (self, FALSE);
  g_signal_connect_swapped (self->unknown, "activated", G_CALLBACK (unknown_cb), self);
  g_signal_connect_swapped (self->not_applicable, "activated", G_CALLBACK (not_applicable_cb), self);
  g_signal_connect_swapped (self->reason, "apply", G_CALLBACK (posture_special_input_commit), self);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->unknown));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->not_applicable));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->reason));
  adw_bin_set_child (ADW_BIN (self), list);
}

/**
 * posture_special_input_show:
 * @self: an input
 * @answer: (nullable): the answer of the question
 *
 * Shows whether it is one of these. A reason that is being written stays.
 */
void
posture_special_input_show (PostureSpecialInput *self,
                            PostureAnswer       *answer)
{
  gboolean unknown = answer != NULL && posture_answer_get_kind (answer) == POSTURE_ANSWER_UNKNOWN;
  gboolean not_applicable = answer != NULL && posture_answer_get_kind (answer) == POSTURE_ANSWER_NOT_APPLICABLE;

  posture_option_row_set_chosen (self->unknown, unknown);
  posture_option_row_set_chosen (self->not_applicable, not_applicable);
  if (not_applicable && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->reason)),
                                   posture_answer_get_reason (answer)) != 0
      && gtk_widget_get_focus_child (GTK_WIDGET (self->reason)) == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->reason), posture_answer_get_reason (answer));
  if (answer != NULL)
    show_reason (self, not_applicable);
}

/**
 * posture_special_input_clear:
 * @self: an input
 *
 * Forgets a reason that was written.
 */
void
posture_special_input_clear (PostureSpecialInput *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  show_reason (self, FALSE);
}

/**
 * posture_special_input_commit:
 * @self: an input
 *
 * Answers with the reason that was written, if there is one.
 */
void
posture_special_input_commit (PostureSpecialInput *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
  g_autoptr (GString) text = g_string_new ("{\"not_applicable\":");

  if (*reason == '\0' || !gtk_widget_get_visible (GTK_WIDGET (self->reason)))
    return;
  posture_json_append_text (text, reason);
  g_string_append_c (text, '}');
  g_signal_emit (self, signals[ANSWERED], 0, text->str);
}
