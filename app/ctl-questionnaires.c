/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-input.h"
#include "app/ctl-output.h"

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
static void
write_head (PostureJsonWriter    *writer,
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

static void
print_head (PostureLibrary       *library,
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
      write_head (writer, ctl->library, questionnaire, words);
      posture_json_writer_end_object (writer);
      if (!ctl->json)
        print_head (ctl->library, questionnaire, words);
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
  write_head (writer, ctl->library, questionnaire, words);
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
  print_head (ctl->library, questionnaire, words);
  ctl_print_wrapped ("  ", 2, words != NULL ? posture_words_get_summary (words) : NULL);
  if (posture_questionnaire_get_judgement (questionnaire) != NULL)
    ctl_print_wrapped ("  ", 2, posture_questionnaire_get_judgement (questionnaire));
  ctl_print ("\n");
  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    print_question (posture_questionnaire_get_question (questionnaire, i), words);
  return CTL_OK;
}

static void
print_fine (PostureLibrary       *library,
            PostureQuestionnaire *questionnaire)
{
  static const char *const english[] = { "en", NULL };
  g_autoptr (PostureWords) words = posture_library_dup_words (
      library, posture_questionnaire_get_digest (questionnaire), english);

  print_head (library, questionnaire, words);
  ctl_print ("  %s\n", _("No faults."));
}

/* Reads a file into the check of a questionnaire; one that cannot be read was complained about. */
static gboolean
check_words (PostureLibrary       *library,
             PostureQuestionnaire *questionnaire,
             const char           *path,
             PostureFaults        *faults)
{
  g_autofree char *name = g_filename_display_name (path);
  CtlStatus status = CTL_OK;
  g_autoptr (GBytes) bytes = ctl_read_file (path, name, &status);

  return bytes != NULL && posture_library_add_words (library, questionnaire, bytes, name, faults);
}

/* The words stand beside the structure as `<id>.<language>.json`, English first. */
static gboolean
check_all_words (PostureLibrary       *library,
                 PostureQuestionnaire *questionnaire,
                 const char           *structure,
                 PostureFaults        *faults)
{
  const char *id = posture_questionnaire_get_id (questionnaire);
  g_autofree char *folder = g_path_get_dirname (structure);
  g_autofree char *english_name = g_strconcat (id, ".en.json", NULL);
  g_autofree char *english = g_build_filename (folder, english_name, NULL);
  g_autofree char *shown = g_filename_display_name (english);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, /* error = */ NULL);
  const char *name;
  gboolean fine = g_file_test (english, G_FILE_TEST_EXISTS);

  if (!fine)
    posture_faults_add (faults, shown, "",
                        _("is missing; every questionnaire needs its words in English"));
  else
    fine = check_words (library, questionnaire, english, faults);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *prefix = g_strconcat (id, ".", NULL);

      if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".json") &&
          g_strrstr (name, ".json") > name + strlen (id) && !g_str_equal (name, english_name))
        fine = check_words (library, questionnaire, path, faults) && fine;
    }
  return fine;
}

static gboolean
check_file (PostureLibrary        *library,
            const char            *path,
            PostureFaults         *faults,
            PostureQuestionnaire **ret_questionnaire)
{
  g_autofree char *name = g_filename_display_name (path);
  CtlStatus status = CTL_OK;
  g_autoptr (GBytes) bytes = ctl_read_file (path, name, &status);

  *ret_questionnaire = NULL;
  if (bytes == NULL)
    return FALSE;
  *ret_questionnaire = posture_library_add (library, bytes, name, /* current = */ TRUE, faults);
  return *ret_questionnaire != NULL && check_all_words (library, *ret_questionnaire, path, faults);
}

static void
write_check (PostureJsonWriter    *writer,
             PostureLibrary       *library,
             const char           *path,
             PostureQuestionnaire *questionnaire,
             PostureFaults        *faults)
{
  g_autofree char *name = g_filename_display_name (path);

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "file", name);
  if (questionnaire != NULL)
    write_head (writer, library, questionnaire, /* words = */ NULL);
  posture_json_writer_key (writer, "faults");
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < posture_faults_get_length (faults); i++)
    {
      const PostureFault *fault = posture_faults_get (faults, i);

      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "file", fault->file);
      posture_json_writer_member_string (writer, "place", fault->place);
      posture_json_writer_member_string (writer, "reason", fault->reason);
      posture_json_writer_end_object (writer);
    }
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
}

/**
 * ctl_questionnaires_check:
 * @ctl: the run
 *
 * `posturectl questionnaires check`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_questionnaires_check (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  CtlStatus status = CTL_OK;

  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < ctl->n_arguments; i++)
    {
      g_autoptr (PostureLibrary) library = posture_library_new ();
      g_autoptr (PostureFaults) faults = posture_faults_new ();
      g_autoptr (PostureQuestionnaire) questionnaire = NULL;
      gboolean fine = check_file (library, ctl->arguments[i], faults, &questionnaire);

      write_check (writer, library, ctl->arguments[i], questionnaire, faults);
      ctl_print_faults (faults);
      if (!fine)
        status = CTL_FAULTS;
      else if (!ctl->json)
        print_fine (library, questionnaire);
    }
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  return status;
}
