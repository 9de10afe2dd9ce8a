/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-output.h"
#include "app/ctl-questionnaires.h"
#include "questionnaire-files.h"

#include <glib/gi18n.h>

static void
write_faults (PostureJsonWriter *writer,
              const char        *member,
              PostureFaults     *faults)
{
  posture_json_writer_key (writer, member);
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
}

static void
print_missing (PostureFaults *missing)
{
  guint length = posture_faults_get_length (missing);
  g_autofree char *head = g_strdup_printf (
      ngettext ("%u text is not translated yet; English is shown there:",
                "%u texts are not translated yet; English is shown there:", length),
      length);

  if (length == 0)
    return;
  ctl_print_wrapped ("  ", 2, head);
  for (guint i = 0; i < length; i++)
    {
      const PostureFault *fault = posture_faults_get (missing, i);
      g_autofree char *line = g_strdup_printf ("%s: %s: %s", fault->file, fault->place, fault->reason);

      ctl_print ("  %s\n", line);
    }
}

static void
print_fine (PostureLibrary       *library,
            PostureQuestionnaire *questionnaire)
{
  static const char *const english[] = { "en", NULL };
  g_autoptr (PostureWords) words = posture_library_dup_words (
      library, posture_questionnaire_get_digest (questionnaire), english);

  ctl_print_questionnaire (library, questionnaire, words);
  ctl_print ("  %s\n", _("No faults."));
}

static CtlStatus
check_one (Ctl               *ctl,
           const char        *path,
           PostureJsonWriter *writer)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureFaults) missing = posture_faults_new ();
  g_autoptr (PostureQuestionnaireFiles) files = posture_questionnaire_files_read (path, faults);
  g_autoptr (PostureLibrary) library = posture_library_new ();
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autofree char *name = g_filename_display_name (path);

  if (files != NULL)
    posture_inspect (files->structure, files->name,
                     (PostureInspectedWords *) (void *) files->words->data, files->words->len, faults,
                     missing);
  if (files != NULL && posture_faults_get_length (faults) == 0)
    questionnaire = posture_questionnaire_files_add_to (files, library, faults);
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "file", name);
  if (questionnaire != NULL)
    ctl_write_questionnaire (writer, library, questionnaire, /* words = */ NULL);
  write_faults (writer, "faults", faults);
  write_faults (writer, "missing", missing);
  posture_json_writer_end_object (writer);
  ctl_print_faults (faults);
  if (questionnaire != NULL && !ctl->json)
    print_fine (library, questionnaire);
  if (!ctl->json)
    print_missing (missing);
  return questionnaire != NULL ? CTL_OK : CTL_FAULTS;
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
    if (check_one (ctl, ctl->arguments[i], writer) != CTL_OK)
      status = CTL_FAULTS;
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  return status;
}
