/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-input.h"
#include "app/ctl-output.h"
#include "app/ctl-questionnaires.h"

#include <glib/gi18n.h>
#include <string.h>

static void
write_languages (PostureJsonWriter *writer,
                 char             **languages)
{
  posture_json_writer_key (writer, "languages");
  posture_json_writer_begin_array (writer);
  for (guint i = 0; languages[i] != NULL; i++)
    posture_json_writer_string (writer, languages[i]);
  posture_json_writer_end_array (writer);
}

/* What a list tells of a questionnaire, inside an open object. */
void
ctl_write_questionnaire (PostureJsonWriter    *writer,
            PostureLibrary       *library,
            PostureQuestionnaire *questionnaire,
            PostureWords         *words)
{
  const char *digest = posture_questionnaire_get_digest (questionnaire);
  g_auto (GStrv) languages = posture_library_dup_languages (library, digest);

  posture_json_writer_member_string (writer, "id", posture_questionnaire_get_id (questionnaire));
  posture_json_writer_member_string (writer, "version",
                                     posture_questionnaire_get_version (questionnaire));
  posture_json_writer_member_string (writer, "digest", digest);
  posture_json_writer_member_string (writer, "title",
                                     words != NULL ? posture_words_get_title (words) : NULL);
  posture_json_writer_member_int (writer, "questions",
                                  posture_questionnaire_get_n_questions (questionnaire));
  write_languages (writer, languages);
}

void
ctl_print_questionnaire (PostureLibrary       *library,
            PostureQuestionnaire *questionnaire,
            PostureWords         *words)
{
  const char *id = posture_questionnaire_get_id (questionnaire);
  g_auto (GStrv) languages = posture_library_dup_languages (
      library, posture_questionnaire_get_digest (questionnaire));
  g_autofree char *joined = g_strjoinv (", ", languages);
  guint n_questions = posture_questionnaire_get_n_questions (questionnaire);
  const char *title = words != NULL ? posture_words_get_title (words) : NULL;
  g_autofree char *head = g_strdup_printf ("%s · %s", id, title != NULL ? title : id);
  g_autofree char *line = g_strdup_printf (
      ngettext ("%u question · version %s · languages: %s",
                "%u questions · version %s · languages: %s", n_questions),
      n_questions, posture_questionnaire_get_version (questionnaire), joined);

  ctl_print_heading (head);
  ctl_print_wrapped ("  ", 2, line);
}

/**
 * ctl_questionnaires_list:
 * @ctl: the run
 *
 * `posturectl questionnaires list`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_questionnaires_list (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_auto (GStrv) ids = NULL;
  CtlStatus status = ctl_open_library (ctl);

  if (status != CTL_OK)
    return status;
  ids = posture_library_dup_ids (ctl->library);
  posture_json_writer_begin_array (writer);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (PostureQuestionnaire) questionnaire = posture_library_dup_current (ctl->library,
                                                                                    ids[i]);
      g_autoptr (PostureWords) words = ctl_dup_words (
          ctl, posture_questionnaire_get_digest (questionnaire));

      posture_json_writer_begin_object (writer);
      ctl_write_questionnaire (writer, ctl->library, questionnaire, words);
      posture_json_writer_end_object (writer);
      if (!ctl->json)
        ctl_print_questionnaire (ctl->library, questionnaire, words);
    }
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  return CTL_OK;
}

static void
write_bytes (PostureJsonWriter *writer,
             GBytes            *bytes)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new (bytes, /* limits = */ NULL,
                                                                        /* error = */ NULL);

  if (document != NULL)
    posture_json_writer_node (writer, posture_json_document_get_root (document));
  else
    posture_json_writer_null (writer);
}

static void
print_whole_json (Ctl                  *ctl,
                  PostureQuestionnaire *questionnaire,
                  PostureWords         *words)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GBytes) bytes = NULL;

  if (words != NULL)
    bytes = posture_library_dup_words_bytes (ctl->library,
                                             posture_questionnaire_get_digest (questionnaire),
                                             posture_words_get_language (words));
  posture_json_writer_begin_object (writer);
  ctl_write_questionnaire (writer, ctl->library, questionnaire, words);
  posture_json_writer_key (writer, "structure");
  write_bytes (writer, posture_questionnaire_get_canonical (questionnaire));
  posture_json_writer_key (writer, "words");
  if (bytes != NULL)
    write_bytes (writer, bytes);
  else
    posture_json_writer_null (writer);
  posture_json_writer_end_object (writer);
  ctl_print_json (writer);
}

static void
print_question (PostureQuestion *question,
                PostureWords    *words)
{
  const char *id = posture_question_get_id (question);
  const char *text = words != NULL ? posture_words_get_question (words, id, POSTURE_WORDS_QUESTION)
                                   : NULL;
  g_autofree char *first = g_strdup_printf ("  %s  ", id);

  ctl_print_wrapped (first, 4, text);
  for (guint i = 0; i < posture_question_get_n_options (question); i++)
    {
      const char *option = posture_question_get_option (question, i)->id;
      g_autofree char *start = g_strdup_printf ("      %s: ", option);

      ctl_print_wrapped (start, 8,
                         words != NULL ? posture_words_get_option (words, id, option) : NULL);
    }
  if (posture_question_get_n_options (question) == 0)
    ctl_print ("      (%s)\n",
               posture_question_kind_to_string (posture_question_get_kind (question)));
}

/**
 * ctl_questionnaires_show:
 * @ctl: the run
 *
 * `posturectl questionnaires show`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_questionnaires_show (Ctl *ctl)
{
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureWords) words = NULL;
  CtlStatus status = ctl_open_library (ctl);

  if (status != CTL_OK)
    return status;
  questionnaire = ctl_dup_questionnaire (ctl, ctl->arguments[0], &status);
  if (questionnaire == NULL)
    return status;
  words = ctl_dup_words (ctl, posture_questionnaire_get_digest (questionnaire));
  if (ctl->json)
    {
      print_whole_json (ctl, questionnaire, words);
      return CTL_OK;
    }
  ctl_print_questionnaire (ctl->library, questionnaire, words);
  ctl_print_wrapped ("  ", 2, words != NULL ? posture_words_get_summary (words) : NULL);
  if (posture_questionnaire_get_judgement (questionnaire) != NULL)
    ctl_print_wrapped ("  ", 2, posture_questionnaire_get_judgement (questionnaire));
  ctl_print ("\n");
  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    print_question (posture_questionnaire_get_question (questionnaire, i), words);
  return CTL_OK;
}
