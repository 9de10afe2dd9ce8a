/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/note-editor.h"

#include "model/answer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* After how many milliseconds without a key a note is stored. */
#define PAUSE 600

struct _PostureNoteEditor
{
  AdwExpanderRow parent_instance;

  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkLabel *problem;
  char *note; /* as it is known outside */
  guint pause_id;
};

G_DEFINE_FINAL_TYPE (PostureNoteEditor, posture_note_editor, ADW_TYPE_EXPANDER_ROW)

enum
{
  WRITTEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_text (PostureNoteEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, /* include_hidden_chars = */ TRUE);
}

static void
show_subtitle (PostureNoteEditor *self)
{
  g_autofree char *line = g_strndup (self->note, strcspn (self->note, "\n"));

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), line);
}

static gboolean
pause_cb (gpointer data)
{
  PostureNoteEditor *self = data;

  self->pause_id = 0;
  posture_note_editor_commit (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (PostureNoteEditor *self)
{
  g_autofree char *text = dup_text (self);
  gboolean fits = strlen (text) <= POSTURE_ANSWER_MAX_NOTE;

  gtk_widget_set_visible (GTK_WIDGET (self->problem), !fits);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (fits && !g_str_equal (text, self->note))
    self->pause_id = g_timeout_add (PAUSE, pause_cb, self);
}

static void
posture_note_editor_dispose (GObject *object)
{
  g_clear_handle_id (&POSTURE_NOTE_EDITOR (object)->pause_id, g_source_remove);
  G_OBJECT_CLASS (posture_note_editor_parent_class)->dispose (object);
}

static void
posture_note_editor_finalize (GObject *object)
{
  g_free (POSTURE_NOTE_EDITOR (object)->note);
  G_OBJECT_CLASS (posture_note_editor_parent_class)->finalize (object);
}

static void
posture_note_editor_class_init (PostureNoteEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = posture_note_editor_dispose;
  object_class->finalize = posture_note_editor_finalize;

  /**
   * PostureNoteEditor::written:
   * @note: the note as it is now, perhaps empty
   *
   * The person has paused, or gone on.
   */
  signals[WRITTEN] = g_signal_new ("written", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
posture_note_editor_init (PostureNoteEditor *self)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *problem = g_strdup_printf (_("A note has at most %d bytes. Please shorten it; until then it "
                                                "is not stored."),
                                              POSTURE_ANSWER_MAX_NOTE);

  self->note = g_strdup ("");
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_top_margin (self->view, 12);
  gtk_text_view_set_bottom_margin (self->view, 12);
  gtk_text_view_set_left_margin (self->view, 12);
  gtk_text_view_set_right_margin (self->view, 12);
  gtk_widget_set_size_request (GTK_WIDGET (self->view), -1, 96);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "inline");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"), -1);
  self->problem = GTK_LABEL (gtk_label_new (problem));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_set_margin_start (GTK_WIDGET (self->problem), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->problem), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->problem), 12);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Note"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * posture_note_editor_new:
 *
 * Returns: (transfer floating): an editor with no note
 */
GtkWidget *
posture_note_editor_new (void)
{
  return g_object_new (POSTURE_TYPE_NOTE_EDITOR, NULL);
}

/**
 * posture_note_editor_set_note:
 * @self: an editor
 * @note: (nullable): the note as it is stored
 *
 * Shows a note. One that is being written is left alone.
 */
void
posture_note_editor_set_note (PostureNoteEditor *self,
                              const char        *note)
{
  g_autofree char *text = dup_text (self);
  gboolean written = !g_str_equal (text, self->note);

  if (note == NULL)
    note = "";
  if (g_str_equal (note, self->note))
    return;
  g_free (self->note);
  self->note = g_strdup (note);
  if (!written)
    gtk_text_buffer_set_text (self->buffer, note, -1);
  show_subtitle (self);
}

/**
 * posture_note_editor_commit:
 * @self: an editor
 *
 * Hands out what was written and not handed out yet.
 */
void
posture_note_editor_commit (PostureNoteEditor *self)
{
  g_autofree char *text = dup_text (self);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (g_str_equal (text, self->note) || strlen (text) > POSTURE_ANSWER_MAX_NOTE)
    return;
  g_free (self->note);
  self->note = g_strdup (text);
  show_subtitle (self);
  g_signal_emit (self, signals[WRITTEN], 0, text);
}
