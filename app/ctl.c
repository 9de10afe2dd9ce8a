/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl.h"

#include "app/ctl-output.h"
#include "model/languages.h"
#include "questionnaire-files.h"
#include "store/disk.h"
#include "store/store-error.h"

#include <glib/gi18n.h>

/* How long a run goes on for what it has begun to send, in milliseconds. */
#define LANDING 2000

/* Questionnaires of the person's own that are not there as expected. */
static void
tell_left_out (PostureFaults *faults)
{
  guint length = faults != NULL ? posture_faults_get_length (faults) : 0;

  for (guint i = 0; i < length; i++)
    {
      g_autofree char *line = g_strdup_printf (
          _("%s has faults, and its questionnaire is left out. “posturectl questionnaires check” tells them."),
          posture_faults_get (faults, i)->file);

      ctl_note (line);
    }
}

/**
 * ctl_open_library:
 * @ctl: the run
 *
 * Reads the questionnaires that the program brings, and those of the profile.
 *
 * Returns: %CTL_OK, or what to end with; the reason was printed
 */
CtlStatus
ctl_open_library (Ctl *ctl)
{
  g_autofree char *folder = posture_platform_dup_data_folder ();
  g_autoptr (GError) error = NULL;

  if (ctl->library != NULL)
    return CTL_OK;
  ctl->library = posture_platform_load_library (folder, &error);
  if (ctl->library != NULL)
    tell_left_out (posture_library_get_left_out (ctl->library));
  return error == NULL ? CTL_OK : ctl_fail (error);
}

/* Nothing is written over what the profile is made of. */
static CtlStatus
check_output (const char *output,
              const char *folder)
{
  g_autoptr (GError) error = NULL;

  return posture_disk_check_outside (output, folder, &error) ? CTL_OK : ctl_error (CTL_USAGE, "%s", error->message);
}

/**
 * ctl_open:
 * @ctl: the run
 *
 * Opens the profile. If nobody else does, this process delivers its events
 * until ctl_close(). Nothing is opened if the output would be written into the
 * profile's folder.
 *
 * Returns: %CTL_OK, or what to end with; the reason was printed
 */
CtlStatus
ctl_open (Ctl *ctl)
{
  g_autofree char *folder = posture_platform_dup_data_folder ();
  g_autoptr (GError) error = NULL;
  CtlStatus status = ctl_open_library (ctl);

  if (status != CTL_OK || ctl->platform != NULL)
    return status;
  if (ctl->output != NULL)
    status = check_output (ctl->output, folder);
  if (status != CTL_OK)
    return status;
  if (ctl->clock == NULL)
    ctl->clock = posture_clock_new ();
  ctl->platform = posture_platform_open (folder, ctl->clock, ctl->library, /* vfs = */ NULL,
                                         &error);
  if (ctl->platform == NULL && error->domain == POSTURE_STORE_ERROR)
    return ctl_error (CTL_DATA, _("The data in %s cannot be used. %s"), folder, error->message);
  return ctl->platform != NULL ? CTL_OK : ctl_fail (error);
}

/**
 * ctl_close:
 * @ctl: the run
 *
 * Closes the profile and frees what the run holds.
 */
void
ctl_close (Ctl *ctl)
{
  if (ctl->platform != NULL)
    {
      posture_bus_land (posture_platform_get_bus (ctl->platform), LANDING);
      posture_platform_close (ctl->platform);
    }
  g_clear_object (&ctl->platform);
  g_clear_object (&ctl->clock);
  g_clear_pointer (&ctl->library, posture_library_unref);
  g_clear_pointer (&ctl->arguments, g_strfreev);
  g_clear_pointer (&ctl->language, g_free);
  g_clear_pointer (&ctl->answers, g_free);
  g_clear_pointer (&ctl->subject, g_free);
  g_clear_pointer (&ctl->assessment, g_free);
  g_clear_pointer (&ctl->goal, g_free);
  g_clear_pointer (&ctl->owner, g_free);
  g_clear_pointer (&ctl->due, g_free);
  g_clear_pointer (&ctl->file, g_free);
  g_clear_pointer (&ctl->passphrase_file, g_free);
  g_clear_pointer (&ctl->sets, g_strfreev);
  g_clear_pointer (&ctl->format, g_free);
  g_clear_pointer (&ctl->output, g_free);
  g_clear_pointer (&ctl->rules, g_free);
  g_clear_pointer (&ctl->events, g_free);
  g_clear_pointer (&ctl->pattern, g_free);
  g_clear_pointer (&ctl->schedule, g_free);
  g_clear_pointer (&ctl->from, g_free);
  g_clear_pointer (&ctl->until, g_free);
  g_clear_pointer (&ctl->max_age, g_free);
  g_clear_pointer (&ctl->max_size, g_free);
}

/**
 * ctl_get_user:
 * @ctl: a run whose profile is open
 *
 * Returns: (transfer none): the user service
 */
PostureUserService *
ctl_get_user (Ctl *ctl)
{
  return posture_platform_get_user (ctl->platform);
}

/**
 * ctl_get_now:
 * @ctl: a run whose profile is open
 *
 * Returns: the time, in milliseconds since 1970
 */
gint64
ctl_get_now (Ctl *ctl)
{
  return posture_clock_get_now (ctl->clock);
}

/**
 * ctl_dup_words:
 * @ctl: a run with a library
 * @digest: the digest of a questionnaire
 *
 * Returns: (transfer full) (nullable): its words in the language that was
 *   asked for, else the person's, else English
 */
PostureWords *
ctl_dup_words (Ctl        *ctl,
               const char *digest)
{
  g_auto (GStrv) languages = posture_languages_dup (ctl->language);
  PostureWords *words = posture_library_dup_words (ctl->library, digest,
                                                   (const char *const *) languages);

  if (words != NULL && ctl->language != NULL && !ctl->language_missed &&
      !g_strv_contains ((const char *const *) languages, posture_words_get_language (words)))
    {
      ctl->language_missed = TRUE;
      ctl_note (
          _("There are no words in the language that was asked for; they are shown in English."));
    }
  return words;
}

/* A questionnaire that is nowhere but in its files. */
static PostureQuestionnaire *
read_files (Ctl        *ctl,
            const char *path,
            CtlStatus  *ret_status)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureQuestionnaireFiles) files = posture_questionnaire_files_read (path, faults);
  PostureQuestionnaire *questionnaire = NULL;

  if (files != NULL)
    questionnaire = posture_questionnaire_files_add_to (files, ctl->library, faults);
  if (posture_faults_get_length (faults) == 0)
    return questionnaire;
  g_clear_pointer (&questionnaire, posture_questionnaire_unref);
  *ret_status = ctl_print_faults (faults);
  return NULL;
}

/**
 * ctl_dup_questionnaire:
 * @ctl: a run with a library
 * @id: a questionnaire's id, or a file that ends in `.json`
 * @ret_status: what to end with if there is none
 *
 * Finds the version that new assessments take; a file is read with the words
 * beside it, and taken in this run.
 *
 * Returns: (transfer full) (nullable): the questionnaire; %NULL if there is
 *   none, and that was printed
 */
PostureQuestionnaire *
ctl_dup_questionnaire (Ctl        *ctl,
                       const char *id,
                       CtlStatus  *ret_status)
{
  PostureQuestionnaire *questionnaire = NULL;

  if (g_str_has_suffix (id, ".json"))
    return read_files (ctl, id, ret_status);
  questionnaire = posture_library_dup_current (ctl->library, id);
  if (questionnaire == NULL)
    *ret_status = ctl_error (CTL_NOT_FOUND,
                             _("There is no questionnaire “%s”. “posturectl questionnaires list” "
                               "names those there are; the name of a file ends in “.json”."),
                             id);
  return questionnaire;
}

/**
 * ctl_apply:
 * @ctl: a run whose profile is open
 * @operations: (element-type PostureOperation): what is to become true
 *
 * Applies all operations or none, and waits until they are on disk.
 *
 * Returns: %CTL_OK, or what to end with; the reason was printed
 */
CtlStatus
ctl_apply (Ctl       *ctl,
           GPtrArray *operations)
{
  g_autoptr (GError) error = NULL;

  return posture_user_service_apply (ctl_get_user (ctl), operations, &error) ? CTL_OK
                                                                             : ctl_fail (error);
}

/**
 * ctl_apply_one:
 * @ctl: a run whose profile is open
 * @operation: (transfer full): what is to become true
 *
 * The same for one operation.
 *
 * Returns: %CTL_OK, or what to end with; the reason was printed
 */
CtlStatus
ctl_apply_one (Ctl              *ctl,
               PostureOperation *operation)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func (
      (GDestroyNotify) posture_operation_unref);

  g_ptr_array_add (operations, operation);
  return ctl_apply (ctl, operations);
}

/**
 * ctl_load_list:
 * @list: a list of assessments or reports
 *
 * Waits until all of a list is there.
 *
 * Returns: %CTL_OK, or what to end with; the reason was printed
 */
CtlStatus
ctl_load_list (GListModel *list)
{
  PostureUserList *self = POSTURE_USER_LIST (list);

  while (!posture_paged_list_is_complete (POSTURE_PAGED_LIST (self)))
    {
      guint before = g_list_model_get_n_items (list);

      posture_paged_list_load_more (POSTURE_PAGED_LIST (self));
      while (posture_paged_list_is_loading (POSTURE_PAGED_LIST (self)))
        g_main_context_iteration (NULL, /* may_block = */ TRUE);
      if (!posture_paged_list_is_complete (POSTURE_PAGED_LIST (self)) && g_list_model_get_n_items (list) == before)
        return ctl_error (
            CTL_DATA, _("The list could not be read. “posturectl doctor” looks for the reason."));
    }
  return CTL_OK;
}
