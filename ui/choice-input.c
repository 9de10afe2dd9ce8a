/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/choice-input.h"

#include "ui/answer-text.h"
#include "ui/option-row.h"

#include <glib/gi18n-lib.h>

/* One row: what it stands for, as JSON. */
typedef struct
{
  PostureOptionRow *row;
  char *value;
  gboolean exclusive;
} Option;

struct _PostureChoiceInput
{
  PostureAnswerInput parent_instance;

  GtkListBox *list;
  GArray *options;
  gboolean several;
};

G_DEFINE_FINAL_TYPE (PostureChoiceInput, posture_choice_input, POSTURE_TYPE_ANSWER_INPUT)

static void
clear_option (gpointer data)
{
  Option *option = data;

  g_free (option->value);
}

static Option *
get_option (PostureChoiceInput *self,
            guint               place)
{
  return &g_array_index (self->options, Option, place);
}

static char *
write_chosen (PostureChoiceInput *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_chosen = 0;

  for (guint i = 0; i < self->options->len; i++)
    if (posture_option_row_get_chosen (get_option (self, i)->row))
      {
        g_string_append_printf (text, "%s%s", n_chosen > 0 ? "," : "", get_option (self, i)->value);
        n_chosen++;
      }
  if (n_chosen == 0)
    return NULL;
  return g_strdup_printf (self->several ? "{\"value\":[%s]}" : "{\"value\":%s}", text->str);
}

/* An option that stands alone takes the others back, and they take it back. */
static void
choose (PostureChoiceInput *self,
        guint               place)
{
  Option *chosen = get_option (self, place);
  gboolean on = !self->several || !posture_option_row_get_chosen (chosen->row);
  g_autofree char *answer = NULL;

  for (guint i = 0; i < self->options->len; i++)
    if (!self->several || (on && (chosen->exclusive || get_option (self, i)->exclusive)))
      posture_option_row_set_chosen (get_option (self, i)->row, FALSE);
  posture_option_row_set_chosen (chosen->row, on);
  answer = write_chosen (self);
  posture_answer_input_answered (POSTURE_ANSWER_INPUT (self), answer);
}

static void
row_activated_cb (PostureChoiceInput *self,
                  GtkListBoxRow      *row)
{
  choose (self, (guint) gtk_list_box_row_get_index (row));
}

static void
add_option (PostureChoiceInput *self,
            char               *value,
            const char         *title,
            gboolean            exclusive)
{
  GtkWidget *row = posture_option_row_new (title, self->several);
  Option option = { POSTURE_OPTION_ROW (row), value, exclusive };

  gtk_list_box_append (self->list, row);
  g_array_append_val (self->options, option);
}

static void
add_choices (PostureChoiceInput *self,
             PostureQuestion    *question,
             PostureWords       *words)
{
  for (guint i = 0; i < posture_question_get_n_options (question); i++)
    {
      const PostureOption *option = posture_question_get_option (question, i);
      const char *title = posture_words_get_option (words, posture_question_get_id (question), option->id);

      add_option (self, g_strdup_printf ("\"%s\"", option->id), title != NULL ? title : option->id,
                  option->exclusive);
    }
}

static void
add_levels (PostureChoiceInput *self,
            PostureQuestion    *question,
            PostureWords       *words)
{
  gint64 minimum = 0, maximum = 0;

  posture_question_get_minimum (question, &minimum);
  posture_question_get_maximum (question, &maximum);
  for (gint64 level = minimum; level <= maximum; level += POSTURE_LEVEL_ONE)
    {
      g_autofree char *number = posture_bound_dup_text (level);
      const char *words_of = posture_words_get_option (words, posture_question_get_id (question), number);
      /* Translators: a level, and what it means. */
      g_autofree char *title = words_of != NULL ? g_strdup_printf (_("%s – %s"), number, words_of)
                                                : g_strdup (number);

      add_option (self, g_strdup (number), title, /* exclusive = */ FALSE);
    }
}

static void
fill (PostureChoiceInput *self)
{
  PostureQuestion *question = posture_answer_input_get_question (POSTURE_ANSWER_INPUT (self));
  PostureWords *words = posture_answer_input_get_words (POSTURE_ANSWER_INPUT (self));

  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_YES_NO:
      add_option (self, g_strdup ("true"), _("Yes"), /* exclusive = */ FALSE);
      add_option (self, g_strdup ("false"), _("No"), /* exclusive = */ FALSE);
      break;
    case POSTURE_QUESTION_LEVEL:
      add_levels (self, question, words);
      break;
    default:
      self->several = posture_question_get_kind (question) == POSTURE_QUESTION_CHOICES;
      add_choices (self, question, words);
    }
}

static gboolean
is_chosen (const Option          *option,
           const PostureJsonNode *value)
{
  g_autofree char *text = NULL;

  if (value == NULL)
    return FALSE;
  if (posture_json_node_get_kind (value) == POSTURE_JSON_ARRAY)
    {
      for (guint i = 0; i < posture_json_node_get_length (value); i++)
        if (is_chosen (option, posture_json_node_get_element (value, i)))
          return TRUE;
      return FALSE;
    }
  text = posture_json_node_to_text (value);
  return g_str_equal (text, option->value);
}

static void
posture_choice_input_show (PostureAnswerInput *input,
                           PostureAnswer      *answer)
{
  PostureChoiceInput *self = POSTURE_CHOICE_INPUT (input);
  const PostureJsonNode *value = answer != NULL ? posture_answer_get_value (answer) : NULL;

  if (self->options->len == 0)
    fill (self);
  for (guint i = 0; i < self->options->len; i++)
    posture_option_row_set_chosen (get_option (self, i)->row, is_chosen (get_option (self, i), value));
}

static gboolean
posture_choice_input_pick (PostureAnswerInput *input,
                           guint               place)
{
  PostureChoiceInput *self = POSTURE_CHOICE_INPUT (input);

  if (place >= self->options->len)
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (get_option (self, place)->row));
  choose (self, place);
  return TRUE;
}

static void
posture_choice_input_finalize (GObject *object)
{
  g_array_unref (POSTURE_CHOICE_INPUT (object)->options);
  G_OBJECT_CLASS (posture_choice_input_parent_class)->finalize (object);
}

static void
posture_choice_input_class_init (PostureChoiceInputClass *klass)
{
  PostureAnswerInputClass *input_class = POSTURE_ANSWER_INPUT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = posture_choice_input_finalize;
  input_class->show = posture_choice_input_show;
  input_class->pick = posture_choice_input_pick;
}

static void
posture_choice_input_init (PostureChoiceInput *self)
{
  self->options = g_array_new (FALSE, FALSE, sizeof (Option));
  g_array_set_clear_func (self->options, clear_option);
  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  posture_answer_input_set_content (POSTURE_ANSWER_INPUT (self), GTK_WIDGET (self->list));
}
