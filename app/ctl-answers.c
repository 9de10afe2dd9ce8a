/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"

#include "app/ctl-input.h"
#include "app/ctl-instances.h"
#include "app/ctl-output.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * ctl_read_answers:
 * @ctl: a run with `--answers`
 * @questionnaire: what the file has to answer
 * @ret_status: what to end with if it cannot be used
 *
 * Reads and checks the answers file.
 *
 * Returns: (transfer full) (nullable): the answers; %NULL with everything that
 *   is wrong printed
 */
PostureAnswers *
ctl_read_answers (Ctl                  *ctl,
                  PostureQuestionnaire *questionnaire,
                  CtlStatus            *ret_status)
{
  g_autofree char *name = g_str_equal (ctl->answers, "-") ? g_strdup (_("standard input"))
                                                          : g_filename_display_name (ctl->answers);
  g_autoptr (GBytes) bytes = ctl_read_file (ctl->answers, name, ret_status);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  PostureAnswers *answers;
  guint n_faults;

  if (bytes == NULL)
    return NULL;
  answers = posture_answers_new_from_file_bytes (bytes, name, questionnaire, faults);
  if (answers != NULL)
    return answers;
  n_faults = posture_faults_get_length (faults);
  ctl_print_faults (faults);
  *ret_status = ctl_error (
      CTL_FAULTS,
      ngettext ("%s has %u fault. Nothing was stored; correct it and try again.",
                "%s has %u faults. Nothing was stored; correct them and try "
                "again.",
                n_faults),
      name, n_faults);
  return NULL;
}

/**
 * ctl_answer_operation:
 * @ctl: a run whose profile is open
 * @assessment: an assessment's id
 * @question: a question's key
 * @answer: (nullable): its answer; %NULL takes it back
 *
 * Returns: (transfer full): the operation that stores it
 */
PostureOperation *
ctl_answer_operation (Ctl           *ctl,
                      const char    *assessment,
                      const char    *question,
                      PostureAnswer *answer)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = NULL;

  if (answer != NULL)
    {
      posture_answer_write (answer, writer, /* with_note = */ TRUE);
      text = posture_json_writer_finish_text (writer);
    }
  return posture_operation_new_answer (ctl_get_now (ctl), assessment, question, text,
                                       /* flagged = */ FALSE);
}

/**
 * ctl_add_answers:
 * @ctl: a run whose profile is open
 * @operations: (element-type PostureOperation): takes the operations
 * @assessment: an assessment's id
 * @answers: what it is to be answered with
 *
 * Adds what it takes to store all of the answers.
 */
void
ctl_add_answers (Ctl            *ctl,
                 GPtrArray      *operations,
                 const char     *assessment,
                 PostureAnswers *answers)
{
  g_auto (GStrv) questions = posture_answers_dup_questions (answers);

  for (guint i = 0; questions[i] != NULL; i++)
    g_ptr_array_add (operations,
                     ctl_answer_operation (ctl, assessment, questions[i],
                                           posture_answers_get (answers, questions[i])));
}

/* The option that a number or an id names. */
static const PostureOption *
find_option (PostureQuestion *question,
             const char      *text)
{
  guint64 number;

  if (g_ascii_string_to_unsigned (text, 10, 1, posture_question_get_n_options (question), &number,
                                  NULL))
    return posture_question_get_option (question, (guint) number - 1);
  return posture_question_find_option (question, text);
}

/* The options that a line names; %NULL if it names one that there is not, or none. */
static GPtrArray *
find_options (PostureQuestion *question,
              const char      *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ", ;", -1);
  g_autoptr (GPtrArray) options = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const PostureOption *option = *parts[i] != '\0' ? find_option (question, parts[i]) : NULL;

      if (option != NULL)
        g_ptr_array_add (options, (gpointer) option);
      else if (*parts[i] != '\0')
        return NULL;
    }
  return options->len > 0 ? g_steal_pointer (&options) : NULL;
}

static gboolean
write_options (PostureQuestion   *question,
               const char        *text,
               PostureJsonWriter *writer,
               char             **ret_complaint)
{
  g_autoptr (GPtrArray) options = find_options (question, text);
  gboolean several = posture_question_get_kind (question) == POSTURE_QUESTION_CHOICES;

  if (options == NULL || (!several && options->len > 1))
    {
      *ret_complaint = several ? g_strdup_printf (
                           _("Please type numbers from 1 to %u with commas between them."),
                           posture_question_get_n_options (question))
                               : g_strdup_printf (_("Please type one number from 1 to %u."),
                                                  posture_question_get_n_options (question));
      return FALSE;
    }
  if (several)
    posture_json_writer_begin_array (writer);
  for (guint i = 0; i < options->len; i++)
    posture_json_writer_string (writer, ((const PostureOption *) g_ptr_array_index (options, i))->id);
  if (several)
    posture_json_writer_end_array (writer);
  return TRUE;
}

/**
 * ctl_read_yes_no:
 * @text: what somebody typed
 * @ret_yes: (out): whether it means yes
 *
 * Takes “y”, “yes”, “n” and “no” in any case, and the words for it of the locale's language or their
 * first letters.
 *
 * Returns: whether it is one of them
 */
gboolean
ctl_read_yes_no (const char *text,
                 gboolean   *ret_yes)
{
  const char *const words[] = { "yes", _("yes"), "no", _("no") };
  g_autofree char *small = g_utf8_strdown (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *letter = g_utf8_substring (words[i], 0, 1);

      if (g_str_equal (small, words[i]) || g_str_equal (small, letter))
        {
          *ret_yes = i < 2;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
write_yes_no (const char        *text,
              PostureJsonWriter *writer,
              char             **ret_complaint)
{
  gboolean yes = FALSE;

  if (!ctl_read_yes_no (text, &yes))
    {
      *ret_complaint = g_strdup (_("Please type y for yes or n for no."));
      return FALSE;
    }
  posture_json_writer_boolean (writer, yes);
  return TRUE;
}

static gboolean
write_number (const char        *text,
              PostureJsonWriter *writer,
              char             **ret_complaint)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text,
                                                                             /* error = */ NULL);
  const PostureJsonNode *node = document != NULL ? posture_json_document_get_root (document) : NULL;

  if (node == NULL || posture_json_node_get_kind (node) != POSTURE_JSON_NUMBER)
    {
      *ret_complaint = g_strdup (_("Please type a number such as 12 or 2.5, with a point and "
                                   "without separators."));
      return FALSE;
    }
  posture_json_writer_node (writer, node);
  return TRUE;
}

static gboolean
write_value (PostureQuestion   *question,
             const char        *text,
             PostureJsonWriter *writer,
             char             **ret_complaint)
{
  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_CHOICE:
    case POSTURE_QUESTION_CHOICES:
      return write_options (question, text, writer, ret_complaint);
    case POSTURE_QUESTION_YES_NO:
      return write_yes_no (text, writer, ret_complaint);
    case POSTURE_QUESTION_LEVEL:
    case POSTURE_QUESTION_NUMBER:
      return write_number (text, writer, ret_complaint);
    case POSTURE_QUESTION_TEXT:
    case POSTURE_QUESTION_DATE:
    default:
      posture_json_writer_string (writer, text);
      return TRUE;
    }
}

/* Lets the model judge what was written. Its places mean nothing here: there is one answer only. */
static PostureAnswer *
finish_answer (PostureJsonWriter *writer,
               PostureQuestion   *question,
               char             **ret_complaint)
{
  g_autofree char *text = posture_json_writer_finish_text (writer);
  g_autoptr (GError) error = NULL;
  PostureAnswer *answer = posture_answer_new_from_text (text, question, &error);

  if (answer == NULL)
    *ret_complaint = g_strdup_printf (_("That answer cannot be taken: %s."), error->message);
  return answer;
}

/**
 * ctl_parse_answer:
 * @question: a question
 * @text: what a person typed
 * @ret_complaint: (out) (transfer full): why it is no answer
 *
 * Returns: (transfer full) (nullable): the answer that it means
 */
PostureAnswer *
ctl_parse_answer (PostureQuestion *question,
                  const char      *text,
                  char           **ret_complaint)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "value");
  if (!write_value (question, text, writer, ret_complaint))
    return NULL;
  posture_json_writer_end_object (writer);
  return finish_answer (writer, question, ret_complaint);
}

/**
 * ctl_parse_special:
 * @question: a question
 * @reason: (nullable): why it does not apply; %NULL for “I don't know”
 * @ret_complaint: (out) (transfer full): why it is no answer
 *
 * Returns: (transfer full) (nullable): the answer
 */
PostureAnswer *
ctl_parse_special (PostureQuestion *question,
                   const char      *reason,
                   char           **ret_complaint)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, reason != NULL ? "not_applicable" : "unknown");
  if (reason != NULL)
    posture_json_writer_string (writer, reason);
  else
    posture_json_writer_boolean (writer, TRUE);
  posture_json_writer_end_object (writer);
  return finish_answer (writer, question, ret_complaint);
}

static void
append_option (GString               *text,
               PostureQuestion       *question,
               PostureWords          *words,
               const PostureJsonNode *node)
{
  const char *id = posture_json_node_get_string (node);
  const char *option = words != NULL
                         ? posture_words_get_option (words, posture_question_get_id (question), id)
                         : NULL;

  if (text->len > 0)
    g_string_append (text, " + ");
  g_string_append (text, option != NULL ? option : id);
}

/* A level, and what it means where that is said. */
static char *
level_text (PostureQuestion *question,
            PostureWords    *words,
            const char      *level)
{
  const char *meaning = words != NULL
                          ? posture_words_get_option (words, posture_question_get_id (question), level)
                          : NULL;

  return meaning != NULL ? g_strdup_printf ("%s: %s", level, meaning) : g_strdup (level);
}

/**
 * ctl_answer_text:
 * @question: a question
 * @words: (nullable): the words of its questionnaire
 * @answer: its answer
 *
 * Returns: (transfer full): the answer in words
 */
char *
ctl_answer_text (PostureQuestion *question,
                 PostureWords    *words,
                 PostureAnswer   *answer)
{
  const PostureJsonNode *value = posture_answer_get_value (answer);
  g_autoptr (GString) text = g_string_new (NULL);

  if (posture_answer_get_kind (answer) == POSTURE_ANSWER_UNKNOWN)
    return g_strdup (_("I don’t know"));
  if (posture_answer_get_kind (answer) == POSTURE_ANSWER_NOT_APPLICABLE)
    return g_strdup_printf (_("not applicable: %s"), posture_answer_get_reason (answer));
  if (value == NULL)
    return g_strdup_printf (_("target %s, not answered"), posture_answer_get_target_text (answer));
  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_YES_NO:
      return g_strdup (posture_json_node_get_boolean (value) ? _("yes") : _("no"));
    case POSTURE_QUESTION_CHOICE:
      append_option (text, question, words, value);
      break;
    case POSTURE_QUESTION_CHOICES:
      for (guint i = 0; i < posture_json_node_get_length (value); i++)
        append_option (text, question, words, posture_json_node_get_element (value, i));
      break;
    case POSTURE_QUESTION_LEVEL:
      return level_text (question, words, posture_answer_get_value_text (answer));
    case POSTURE_QUESTION_NUMBER:
      return g_strdup (posture_answer_get_value_text (answer));
    case POSTURE_QUESTION_INSTANCES:
      return ctl_instances_text (answer);
    case POSTURE_QUESTION_TEXT:
    case POSTURE_QUESTION_DATE:
    default:
      return g_strdup (posture_json_node_get_string (value));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
