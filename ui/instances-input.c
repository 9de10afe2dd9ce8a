/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/instances-input.h"

#include "model/instances.h"

#include <glib/gi18n-lib.h>

struct _PostureInstancesInput
{
  PostureAnswerInput parent_instance;

  GtkListBox *list;
  AdwEntryRow *adder;
  PostureAnswer *answer; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (PostureInstancesInput, posture_instances_input, POSTURE_TYPE_ANSWER_INPUT)

/* Takes the answer. */
static void
give (PostureInstancesInput *self,
      PostureAnswer         *answer,
      const GError          *error)
{
  PostureAnswerInput *input = POSTURE_ANSWER_INPUT (self);
  g_autoptr (PostureAnswer) taken = answer;
  g_autofree char *text = NULL;

  posture_answer_input_set_problem (input, error != NULL ? error->message : NULL);
  if (error != NULL)
    return;
  if (taken != NULL)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_answer_write (taken, writer, /* with_note = */ TRUE);
      text = posture_json_writer_finish_text (writer);
    }
  posture_answer_input_answered (input, text);
}

static char *
get_typed (gpointer entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
add_cb (PostureInstancesInput *self)
{
  g_autofree char *name = get_typed (self->adder);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  PostureAnswer *answer;

  if (*name == '\0')
    return;
  answer = posture_answer_add_instance (self->answer,
                                        posture_answer_input_get_question (POSTURE_ANSWER_INPUT (self)), name,
                                        &id, &error);
  if (error == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->adder), "");
  give (self, answer, error);
}

static void
rename_cb (PostureInstancesInput *self,
           AdwEntryRow           *row)
{
  const char *id = gtk_widget_get_name (GTK_WIDGET (row));
  g_autofree char *name = get_typed (row);
  g_autoptr (GError) error = NULL;

  if (*name != '\0' && self->answer != NULL)
    give (self, posture_answer_rename_instance (self->answer, id, name, &error), error);
}

static void
remove_cb (PostureInstancesInput *self,
           GtkButton             *button)
{
  const char *id = gtk_widget_get_name (GTK_WIDGET (button));

  if (self->answer != NULL)
    give (self,
          posture_answer_remove_instance (self->answer,
                                          posture_answer_input_get_question (POSTURE_ANSWER_INPUT (self)), id),
          /* error = */ NULL);
}

static GtkWidget *
make_row (PostureInstancesInput *self,
          const char            *id)
{
  const char *name = posture_answer_get_instance_name (self->answer, id);
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_("Remove “%s”"), name != NULL ? name : id);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Name"));
  gtk_editable_set_text (GTK_EDITABLE (row), name != NULL ? name : id);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_widget_set_name (row, id);
  gtk_widget_set_name (button, id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  g_signal_connect_object (row, "apply", G_CALLBACK (rename_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
posture_instances_input_show (PostureAnswerInput *input,
                              PostureAnswer      *answer)
{
  PostureInstancesInput *self = POSTURE_INSTANCES_INPUT (input);
  GtkListBoxRow *row;

  if (answer != NULL && posture_answer_equal (self->answer, answer))
    return;
  g_clear_pointer (&self->answer, posture_answer_unref);
  if (answer != NULL && posture_answer_get_kind (answer) == POSTURE_ANSWER_VALUE)
    self->answer = posture_answer_ref (answer);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != GTK_LIST_BOX_ROW (self->adder))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  if (self->answer == NULL)
    return;
  for (guint i = 0; i < posture_answer_get_n_instances (self->answer); i++)
    gtk_list_box_insert (self->list, make_row (self, posture_answer_get_instance (self->answer, i)), (int) i);
}

static void
posture_instances_input_commit (PostureAnswerInput *input)
{
  add_cb (POSTURE_INSTANCES_INPUT (input));
}

static void
posture_instances_input_finalize (GObject *object)
{
  g_clear_pointer (&POSTURE_INSTANCES_INPUT (object)->answer, posture_answer_unref);
  G_OBJECT_CLASS (posture_instances_input_parent_class)->finalize (object);
}

static void
posture_instances_input_class_init (PostureInstancesInputClass *klass)
{
  PostureAnswerInputClass *input_class = POSTURE_ANSWER_INPUT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = posture_instances_input_finalize;
  input_class->show = posture_instances_input_show;
  input_class->commit = posture_instances_input_commit;
}

static void
posture_instances_input_init (PostureInstancesInput *self)
{
  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  self->adder = ADW_ENTRY_ROW (adw_entry_row_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->adder), _("Add one more"));
  adw_entry_row_set_show_apply_button (self->adder, TRUE);
  g_signal_connect_swapped (self->adder, "apply", G_CALLBACK (add_cb), self);
  gtk_list_box_append (self->list, GTK_WIDGET (self->adder));
  posture_answer_input_set_content (POSTURE_ANSWER_INPUT (self), GTK_WIDGET (self->list));
}
