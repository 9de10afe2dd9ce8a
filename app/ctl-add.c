/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-output.h"
#include "app/ctl-questionnaires.h"
#include "json/json-document.h"
#include "model/languages.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Where questionnaires are added, and what was. */
typedef struct
{
  PostureLibrary *brought; /* what the program has without the profile */
  PostureLibrary *added;
  char *folder;
  PostureJsonWriter *writer;
} Adding;

static gboolean
write_file (const char *folder,
            const char *name,
            GBytes     *bytes,
            GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_file_set_contents_full (path, data, (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

static gboolean
has_file (PostureQuestionnaireFiles *files,
          const char                *name)
{
  gboolean found = FALSE;

  for (guint i = 0; !found && i < files->words->len; i++)
    {
      g_autofree char *other = g_path_get_basename (
          g_array_index (files->words, PostureInspectedWords, i).file_name);

      found = g_str_equal (name, other);
    }
  return found;
}

/* An id can have points, so that another structure can be called as words are. */
static gboolean
are_words_of (GBytes     *bytes,
              const char *id)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new (bytes, /* limits = */ NULL,
                                                                        /* error = */ NULL);
  const PostureJsonNode *node = document != NULL
                                  ? posture_json_node_get_member (posture_json_document_get_root (document),
                                                                  "questionnaire")
                                  : NULL;

  return node != NULL && g_strcmp0 (posture_json_node_get_string (node), id) == 0;
}

/* Words from before in a language that there is no more: where they speak of what is gone they are faults. */
static gboolean
remove_old_words (const Adding              *self,
                  PostureQuestionnaireFiles *files,
                  const char                *structure,
                  const char                *id,
                  GError                   **error)
{
  g_autofree char *path = g_build_filename (self->folder, structure, NULL);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureQuestionnaireFiles) there = posture_questionnaire_files_read (path, faults);

  for (guint i = 0; there != NULL && i < there->words->len; i++)
    {
      const PostureInspectedWords *words = &g_array_index (there->words, PostureInspectedWords, i);
      g_autofree char *name = g_path_get_basename (words->file_name);
      g_autofree char *old = g_build_filename (self->folder, name, NULL);

      if (has_file (files, name) || !are_words_of (words->bytes, id) || g_unlink (old) == 0)
        continue;
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

/* The structure comes after its words: until then what was there is as it was, but for them. */
static gboolean
write_files (const Adding              *self,
             PostureQuestionnaireFiles *files,
             const char                *id,
             GError                   **error)
{
  g_autofree char *structure = g_strconcat (id, ".json", NULL);

  for (guint i = 0; i < files->words->len; i++)
    {
      const PostureInspectedWords *words = &g_array_index (files->words, PostureInspectedWords, i);
      g_autofree char *name = g_path_get_basename (words->file_name);

      if (!write_file (self->folder, name, words->bytes, error))
        return FALSE;
    }
  return write_file (self->folder, structure, files->structure, error)
         && remove_old_words (self, files, structure, id, error);
}

static void
tell_added (Ctl                  *ctl,
            const Adding         *self,
            PostureQuestionnaire *questionnaire)
{
  g_auto (GStrv) languages = posture_languages_dup (ctl->language);
  g_autoptr (PostureWords) words = posture_library_dup_words (
      self->added, posture_questionnaire_get_digest (questionnaire), (const char *const *) languages);
  const char *id = posture_questionnaire_get_id (questionnaire);
  g_autofree char *line = g_strdup_printf (
      _("“posturectl assess %s” asks it. The window lists it when Posture is started the next time."), id);

  ctl_print_questionnaire (self->added, questionnaire, words);
  ctl_print_wrapped ("  ", 2, line);
}

static CtlStatus
add_one (Ctl          *ctl,
         const Adding *self,
         const char   *path)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureFaults) missing = posture_faults_new ();
  g_autoptr (PostureQuestionnaireFiles) files = posture_questionnaire_files_read (path, faults);
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureQuestionnaire) brought = NULL;
  g_autoptr (GError) error = NULL;
  CtlStatus status;
  const char *id;

  if (files != NULL)
    posture_inspect (files->structure, files->name, (PostureInspectedWords *) (void *) files->words->data,
                     files->words->len, faults, missing);
  if (files != NULL && posture_faults_get_length (faults) == 0)
    questionnaire = posture_questionnaire_files_add_to (files, self->added, faults);
  if (questionnaire == NULL)
    return ctl_print_faults (faults);
  id = posture_questionnaire_get_id (questionnaire);
  brought = posture_library_dup_current (self->brought, id);
  if (brought != NULL)
    return ctl_error (CTL_FAULTS, _("%s: “%s” is the id of a questionnaire that Posture brings. Please take another."),
                      files->name, id);
  if (!ctl->replace)
    {
      status = ctl_check_stored (self->folder, files, id);
      if (status != CTL_OK)
        return status;
    }
  if (!write_files (self, files, id, &error))
    return ctl_error (CTL_DATA, _("The questionnaire could not be put into %s: %s"), self->folder,
                      error->message);
  posture_json_writer_begin_object (self->writer);
  ctl_write_questionnaire (self->writer, self->added, questionnaire, /* words = */ NULL);
  posture_json_writer_end_object (self->writer);
  if (!ctl->json)
    tell_added (ctl, self, questionnaire);
  return CTL_OK;
}

/**
 * ctl_questionnaires_add:
 * @ctl: the run
 *
 * `posturectl questionnaires add`: puts questionnaires without faults into the
 * profile's folder of them. What is there is not replaced by what is older, or
 * calls itself the same and is not, unless that is asked for.
 *
 * Returns: what to end with; nothing of a questionnaire with faults is written
 */
CtlStatus
ctl_questionnaires_add (Ctl *ctl)
{
  g_autofree char *profile = posture_platform_dup_data_folder ();
  g_autofree char *folder = posture_platform_dup_questionnaires_folder (profile);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PostureLibrary) added = posture_library_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureLibrary) brought = posture_platform_load_library (/* folder = */ NULL, &error);
  const Adding self = { brought, added, folder, writer };
  CtlStatus status = CTL_OK;

  if (brought == NULL)
    return ctl_fail (error);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return ctl_error (CTL_DATA, _("The folder %s could not be made."), folder);
  posture_json_writer_begin_array (writer);
  for (guint i = 0; status == CTL_OK && i < ctl->n_arguments; i++)
    status = add_one (ctl, &self, ctl->arguments[i]);
  posture_json_writer_end_array (writer);
  if (ctl->json && status == CTL_OK)
    ctl_print_json (writer);
  return status;
}
