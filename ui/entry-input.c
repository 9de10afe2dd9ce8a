/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/entry-input.h"

#include "ui/answer-text.h"

#include <glib/gi18n-lib.h>

struct _PostureEntryInput
{
  PostureAnswerInput parent_instance;

  GtkListBox *list;
  AdwEntryRow *entry;
  GtkMenuButton *calendar_button;
  GtkCalendar *calendar;
  char *taken; /* what was typed when it was taken, or shown */
};

G_DEFINE_FINAL_TYPE (PostureEntryInput, posture_entry_input, POSTURE_TYPE_ANSWER_INPUT)

static PostureQuestionKind
get_kind (PostureEntryInput *self)
{
  return posture_question_get_kind (posture_answer_input_get_question (POSTURE_ANSWER_INPUT (self)));
}

/* A number may be typed with a comma. What is none is left to be refused with the reason. */
static char *
write_number (const char *typed)
{
  g_autofree char *text = g_strdelimit (g_strdup (typed), ",", '.');
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, /* error = */ NULL);

  if (document == NULL
      || posture_json_node_get_kind (posture_json_document_get_root (document)) != POSTURE_JSON_NUMBER)
    return NULL;
  return g_steal_pointer (&text);
}

static char *
write_value (PostureEntryInput *self,
             const char        *typed)
{
  GString *text;

  if (get_kind (self) == POSTURE_QUESTION_NUMBER || get_kind (self) == POSTURE_QUESTION_LEVEL)
    return write_number (typed);
  text = g_string_new (NULL);
  posture_json_append_text (text, typed);
  return g_string_free (text, FALSE);
}

static void
take (PostureEntryInput *self)
{
  PostureAnswerInput *input = POSTURE_ANSWER_INPUT (self);
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autofree char *value = NULL;
  g_autofree char *answer = NULL;

  if (g_strcmp0 (typed, self->taken) == 0)
    return;
  g_free (self->taken);
  self->taken = g_strdup (typed);
  posture_answer_input_set_problem (input, NULL);
  if (*typed == '\0')
    {
      posture_answer_input_answered (input, NULL);
      return;
    }
  value = write_value (self, typed);
  if (value == NULL)
    {
      posture_answer_input_set_problem (input, _("Please type a number, such as 12 or 2.5."));
      return;
    }
  answer = g_strdup_printf ("{\"value\":%s}", value);
  posture_answer_input_answered (input, answer);
}

static void
focus_left_cb (PostureEntryInput *self)
{
  take (self);
}

static void
day_selected_cb (PostureEntryInput *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_menu_button_popdown (self->calendar_button);
  take (self);
}

static void
add_calendar (PostureEntryInput *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));
  self->calendar_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->calendar_button, "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (self->calendar_button, popover);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->calendar_button), _("Choose a day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choose a day"), -1);
  gtk_widget_set_valign (GTK_WIDGET (self->calendar_button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->calendar_button), "flat");
  adw_entry_row_add_suffix (self->entry, GTK_WIDGET (self->calendar_button));
}

static char *
make_number_title (PostureQuestion *question)
{
  gint64 bound;
  g_autofree char *minimum = NULL;
  g_autofree char *maximum = NULL;

  if (posture_question_get_minimum (question, &bound))
    minimum = posture_bound_dup_text (bound);
  if (posture_question_get_maximum (question, &bound))
    maximum = posture_bound_dup_text (bound);
  if (minimum != NULL && maximum != NULL)
    return g_strdup_printf (_("A number from %s to %s"), minimum, maximum);
  if (minimum != NULL)
    return g_strdup_printf (_("A number from %s on"), minimum);
  if (maximum != NULL)
    return g_strdup_printf (_("A number up to %s"), maximum);
  return g_strdup (_("A number"));
}

static void
set_up (PostureEntryInput *self)
{
  PostureQuestion *question = posture_answer_input_get_question (POSTURE_ANSWER_INPUT (self));
  g_autofree char *title = NULL;

  switch (get_kind (self))
    {
    case POSTURE_QUESTION_NUMBER:
    case POSTURE_QUESTION_LEVEL:
      title = make_number_title (question);
      break;
    case POSTURE_QUESTION_DATE:
      title = g_strdup (_("A day, as year-month-day"));
      add_calendar (self);
      break;
    default:
      title = g_strdup (_("Your answer"));
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), title);
}

static void
posture_entry_input_show (PostureAnswerInput *input,
                          PostureAnswer      *answer)
{
  PostureEntryInput *self = POSTURE_ENTRY_INPUT (input);
  const PostureJsonNode *value = answer != NULL ? posture_answer_get_value (answer) : NULL;
  g_autofree char *text = NULL;

  if (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->entry))[0] == '\0')
    set_up (self);
  if (value != NULL)
    text = posture_json_node_get_kind (value) == POSTURE_JSON_STRING
             ? g_strdup (posture_json_node_get_string (value))
             : posture_json_node_to_text (value);
  else
    text = g_strdup ("");
  /* what is being typed is not taken away by what another process writes */
  if (g_strcmp0 (text, self->taken) == 0)
    return;
  g_free (self->taken);
  self->taken = g_strdup (text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static void
posture_entry_input_commit (PostureAnswerInput *input)
{
  take (POSTURE_ENTRY_INPUT (input));
}

static void
posture_entry_input_finalize (GObject *object)
{
  g_free (POSTURE_ENTRY_INPUT (object)->taken);
  G_OBJECT_CLASS (posture_entry_input_parent_class)->finalize (object);
}

static void
posture_entry_input_class_init (PostureEntryInputClass *klass)
{
  PostureAnswerInputClass *input_class = POSTURE_ANSWER_INPUT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = posture_entry_input_finalize;
  input_class->show = posture_entry_input_show;
  input_class->commit = posture_entry_input_commit;
}

static void
posture_entry_input_init (PostureEntryInput *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  self->entry = ADW_ENTRY_ROW (adw_entry_row_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_entry_row_set_show_apply_button (self->entry, TRUE);
  g_signal_connect_swapped (self->entry, "apply", G_CALLBACK (take), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  gtk_list_box_append (self->list, GTK_WIDGET (self->entry));
  posture_answer_input_set_content (POSTURE_ANSWER_INPUT (self), GTK_WIDGET (self->list));
}
