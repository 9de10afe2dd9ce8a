/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/answer-private.h"

#include "model/question-private.h"
#include "model/scalars.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const PostureOption *
read_option (PostureCheck          *check,
             const PostureJsonNode *node,
             PostureQuestion       *question)
{
  gboolean number = posture_json_node_get_kind (node) == POSTURE_JSON_NUMBER;
  g_autofree char *text = NULL;
  const PostureOption *option;

  /* an option whose id is a number can be given as that number */
  if (!number && !posture_check_kind (check, node, POSTURE_JSON_STRING))
    return NULL;
  text = number ? posture_json_node_to_text (node) : g_strdup (posture_json_node_get_string (node));
  option = posture_question_find_option (question, text);
  if (option == NULL)
    posture_check_fault (check, node, _("“%s” is no option of this question"), text);
  return option;
}

/* Writes the chosen options in the order of the question, so that the order they were chosen in
 * makes no difference. */
static void
write_chosen (PostureQuestion   *question,
              GHashTable        *chosen,
              PostureJsonWriter *writer)
{
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < posture_question_get_n_options (question); i++)
    {
      const PostureOption *option = posture_question_get_option (question, i);

      if (g_hash_table_contains (chosen, option))
        posture_json_writer_string (writer, option->id);
    }
  posture_json_writer_end_array (writer);
}

static void
read_choices (PostureCheck          *check,
              const PostureJsonNode *node,
              PostureQuestion       *question,
              PostureJsonWriter     *writer)
{
  g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);
  const PostureOption *alone = NULL;
  guint length = posture_json_node_get_length (node);

  if (!posture_check_kind (check, node, POSTURE_JSON_ARRAY))
    return;
  if (length == 0)
    posture_check_fault (check, node, _("needs at least one option"));
  for (guint i = 0; i < length; i++)
    {
      const PostureJsonNode *element = posture_json_node_get_element (node, i);
      gsize place = posture_check_enter_at (check, i);
      const PostureOption *option = read_option (check, element, question);

      if (option != NULL && !g_hash_table_add (chosen, (gpointer) option))
        posture_check_fault (check, element, _("is there twice"));
      if (option != NULL && option->exclusive)
        alone = option;
      posture_check_leave (check, place);
    }
  if (alone != NULL && g_hash_table_size (chosen) > 1)
    posture_check_fault (check, node, _("“%s” cannot be chosen beside another option"), alone->id);
  write_chosen (question, chosen, writer);
}

/* A number in the shortest spelling, for a message. */
static char *
spell (gint64 millionths)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_decimal (writer, millionths, POSTURE_NUMBER_PLACES);
  return posture_json_writer_finish_text (writer);
}

static void
check_bounds (PostureCheck          *check,
              const PostureJsonNode *node,
              PostureQuestion       *question,
              gint64                 number)
{
  gint64 minimum = -POSTURE_NUMBER_LIMIT * POSTURE_NUMBER_ONE;
  gint64 maximum = POSTURE_NUMBER_LIMIT * POSTURE_NUMBER_ONE;
  g_autofree char *bound = NULL;

  posture_question_get_minimum (question, &minimum);
  posture_question_get_maximum (question, &maximum);
  if (number < minimum)
    {
      bound = spell (minimum);
      posture_check_fault (check, node, _("must be at least %s"), bound);
    }
  else if (number > maximum)
    {
      bound = spell (maximum);
      posture_check_fault (check, node, _("must be at most %s"), bound);
    }
}

static void
read_number (PostureCheck          *check,
             const PostureJsonNode *node,
             PostureQuestion       *question,
             PostureJsonWriter     *writer)
{
  guint places = posture_question_get_places (question);
  gint64 number = 0, step = 1;

  for (guint i = places; i < POSTURE_NUMBER_PLACES; i++)
    step *= 10;
  if (!posture_check_kind (check, node, POSTURE_JSON_NUMBER))
    return;
  if (!posture_json_node_get_decimal (node, POSTURE_NUMBER_PLACES, &number) || number % step != 0)
    {
      if (places == 0)
        posture_check_fault (check, node, _("must be a whole number"));
      else
        posture_check_fault (check, node,
                             g_dngettext (GETTEXT_PACKAGE,
                                          "must be a number with at most %u decimal place",
                                          "must be a number with at most %u decimal places",
                                          places),
                             places);
      return;
    }
  check_bounds (check, node, question, number);
  posture_json_writer_decimal (writer, number, POSTURE_NUMBER_PLACES);
}

static void
read_text (PostureCheck          *check,
           const PostureJsonNode *node,
           PostureQuestion       *question,
           PostureJsonWriter     *writer)
{
  const char *text = posture_json_node_get_string (node);

  if (!posture_check_kind (check, node, POSTURE_JSON_STRING))
    return;
  if (posture_question_get_kind (question) == POSTURE_QUESTION_DATE)
    {
      if (!posture_is_date (text))
        posture_check_fault (check, node, _("must be a day that exists, as YYYY-MM-DD"));
    }
  else if (*text == '\0')
    posture_check_fault (check, node, _("must not be empty"));
  else if (g_utf8_strlen (text, -1) > (glong) posture_question_get_max_length (question))
    posture_check_fault (check, node, _("must have at most %u characters"),
                         posture_question_get_max_length (question));
  posture_json_writer_string (writer, text);
}

/* Ids in the order the person gave: it is the order they are asked about in. */
static void
read_instances (PostureCheck          *check,
                const PostureJsonNode *node,
                PostureQuestion       *question,
                PostureJsonWriter     *writer)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint length = posture_json_node_get_length (node);

  if (!posture_check_kind (check, node, POSTURE_JSON_ARRAY))
    return;
  if (length == 0)
    posture_check_fault (check, node, _("needs at least one; say “not applicable” if there is none"));
  if (length > question->most)
    posture_check_fault (check, node,
                         g_dngettext (GETTEXT_PACKAGE, "must have at most %u entry",
                                      "must have at most %u entries", question->most),
                         question->most);
  for (guint i = 0; i < MIN (length, question->most); i++)
    {
      const PostureJsonNode *element = posture_json_node_get_element (node, i);
      const char *id = posture_json_node_get_string (element);
      gsize place = posture_check_enter_at (check, i);

      if (id == NULL || !posture_is_id (id))
        posture_check_fault (check, element,
                             _("must be 1 to 64 letters, digits, “.”, “_” or “-”, "
                               "a letter or digit first"));
      else if (!g_hash_table_add (seen, (gpointer) id))
        posture_check_fault (check, element, _("is there twice"));
      posture_check_leave (check, place);
    }
  posture_json_writer_node (writer, node);
}

static void
read_choice (PostureCheck          *check,
             const PostureJsonNode *node,
             PostureQuestion       *question,
             PostureJsonWriter     *writer)
{
  const PostureOption *option = read_option (check, node, question);

  if (option != NULL)
    posture_json_writer_string (writer, option->id);
}

/* Checks a value against its question, or, without one, that it can be a value at all. Writes it in
 * canonical form; with faults what is written is of no use. */
gboolean
posture_answer_read_value (PostureCheck          *check,
                           const PostureJsonNode *node,
                           PostureQuestion       *question,
                           PostureJsonWriter     *writer)
{
  PostureJsonKind kind = posture_json_node_get_kind (node);
  guint before = check->found;

  if (kind == POSTURE_JSON_NULL || kind == POSTURE_JSON_OBJECT)
    {
      posture_check_fault (check, node, _("must be a value; leave out what is not answered"));
      return FALSE;
    }
  if (question == NULL)
    {
      posture_json_writer_node (writer, node);
      return TRUE;
    }
  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_CHOICE:
      read_choice (check, node, question, writer);
      break;
    case POSTURE_QUESTION_CHOICES:
      read_choices (check, node, question, writer);
      break;
    case POSTURE_QUESTION_YES_NO:
      posture_check_kind (check, node, POSTURE_JSON_BOOLEAN);
      posture_json_writer_boolean (writer, posture_json_node_get_boolean (node));
      break;
    case POSTURE_QUESTION_LEVEL:
    case POSTURE_QUESTION_NUMBER:
      read_number (check, node, question, writer);
      break;
    case POSTURE_QUESTION_INSTANCES:
      read_instances (check, node, question, writer);
      break;
    case POSTURE_QUESTION_TEXT:
    case POSTURE_QUESTION_DATE:
    default:
      read_text (check, node, question, writer);
      break;
    }
  return check->found == before;
}
