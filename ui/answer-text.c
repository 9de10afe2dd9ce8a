/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/answer-text.h"

#include "model/instances.h"

#include <glib/gi18n-lib.h>

static void
append (GString    *text,
        const char *part)
{
  if (text->len > 0)
    g_string_append (text, " + ");
  g_string_append (text, part);
}

static void
append_option (GString         *text,
               PostureQuestion *question,
               PostureWords    *words,
               const char      *id)
{
  const char *option = posture_words_get_option (words, posture_question_get_id (question), id);

  append (text, option != NULL ? option : id);
}

static void
append_names (GString       *text,
              PostureAnswer *answer)
{
  for (guint i = 0; i < posture_answer_get_n_instances (answer); i++)
    {
      const char *id = posture_answer_get_instance (answer, i);
      const char *name = posture_answer_get_instance_name (answer, id);

      append (text, name != NULL ? name : id);
    }
}

static void
append_value (GString         *text,
              PostureAnswer   *answer,
              PostureQuestion *question,
              PostureWords    *words)
{
  const PostureJsonNode *value = posture_answer_get_value (answer);

  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_YES_NO:
      append (text, posture_json_node_get_boolean (value) ? _("Yes") : _("No"));
      break;
    case POSTURE_QUESTION_CHOICE:
      append_option (text, question, words, posture_json_node_get_string (value));
      break;
    case POSTURE_QUESTION_CHOICES:
      for (guint i = 0; i < posture_json_node_get_length (value); i++)
        append_option (text, question, words,
                       posture_json_node_get_string (posture_json_node_get_element (value, i)));
      break;
    case POSTURE_QUESTION_LEVEL:
      append_option (text, question, words, posture_answer_get_value_text (answer));
      break;
    case POSTURE_QUESTION_NUMBER:
      append (text, posture_answer_get_value_text (answer));
      break;
    case POSTURE_QUESTION_INSTANCES:
      append_names (text, answer);
      break;
    case POSTURE_QUESTION_TEXT:
    case POSTURE_QUESTION_DATE:
    default:
      append (text, posture_json_node_get_string (value));
    }
}

/**
 * posture_answer_dup_text:
 * @answer: an answer
 * @question: the question
 * @words: the words of its questionnaire
 *
 * Returns: (transfer full): the answer as a person reads it
 */
char *
posture_answer_dup_text (PostureAnswer   *answer,
                         PostureQuestion *question,
                         PostureWords    *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  switch (posture_answer_get_kind (answer))
    {
    case POSTURE_ANSWER_UNKNOWN:
      append (text, _("I don’t know"));
      break;
    case POSTURE_ANSWER_NOT_APPLICABLE:
      g_string_append_printf (text, _("Not applicable: %s"), posture_answer_get_reason (answer));
      break;
    case POSTURE_ANSWER_VALUE:
      append_value (text, answer, question, words);
      break;
    case POSTURE_ANSWER_TARGET:
    default:
      break;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * posture_bound_dup_text:
 * @millionths: a number of a question
 *
 * Returns: (transfer full): the number without zeros at its end
 */
char *
posture_bound_dup_text (gint64 millionths)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_decimal (writer, millionths, POSTURE_NUMBER_PLACES);
  return posture_json_writer_finish_text (writer);
}
