/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-input.h"
#include "app/ctl-output.h"
#include "app/ctl-questionnaires.h"
#include "model/inspection.h"
#include "model/scalars.h"

#include <glib/gi18n.h>
#include <string.h>

/* A questionnaire that is checked, with all that stands beside it. */
typedef struct
{
  char *name;      /* as it is shown */
  GBytes *structure;
  GArray *words;   /* (element-type PostureInspectedWords), English first */
  PostureFaults *faults;
  PostureFaults *missing;
} Inspected;

static void
words_clear (gpointer data)
{
  PostureInspectedWords *words = data;

  g_bytes_unref (words->bytes);
  g_free ((char *) words->file_name);
}

static void
inspected_clear (Inspected *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->structure, g_bytes_unref);
  g_clear_pointer (&self->words, g_array_unref);
  g_clear_pointer (&self->faults, posture_faults_free);
  g_clear_pointer (&self->missing, posture_faults_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Inspected, inspected_clear)

/* What the files of words are named after: the id, or as long as there is none, the file. */
static char *
find_stem (GBytes     *structure,
           const char *path)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new (structure, NULL, NULL);
  g_autofree char *base = g_path_get_basename (path);
  const PostureJsonNode *root = document != NULL ? posture_json_document_get_root (document) : NULL;
  const PostureJsonNode *id = root != NULL && posture_json_node_get_kind (root) == POSTURE_JSON_OBJECT
                                ? posture_json_node_get_member (root, "id") : NULL;
  const char *text = id != NULL ? posture_json_node_get_string (id) : NULL;

  if (text != NULL && posture_is_id (text))
    return g_strdup (text);
  return g_strndup (base, strlen (base) - (g_str_has_suffix (base, ".json") ? strlen (".json") : 0));
}

/* Reads a file of words; one that cannot be read was complained about. */
static gboolean
add_words (Inspected  *self,
           const char *path)
{
  CtlStatus status = CTL_OK;
  g_autofree char *name = g_filename_display_name (path);
  GBytes *bytes = ctl_read_file (path, name, &status);
  PostureInspectedWords words = { bytes, NULL };

  if (bytes == NULL)
    return FALSE;
  words.file_name = g_steal_pointer (&name);
  g_array_append_val (self->words, words);
  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The words stand beside the structure as `<id>.<language>.json`; English first, the others by name. */
static gboolean
find_words (Inspected  *self,
            const char *path,
            const char *stem)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *english_name = g_strconcat (stem, ".en.json", NULL);
  g_autofree char *english = g_build_filename (folder, english_name, NULL);
  g_autofree char *shown = g_filename_display_name (english);
  g_autofree char *prefix = g_strconcat (stem, ".", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, /* error = */ NULL);
  const char *name;
  gboolean fine = TRUE;

  if (!g_file_test (english, G_FILE_TEST_EXISTS))
    posture_faults_add (self->faults, shown, "",
                        _("is missing; every questionnaire needs its words in English"));
  else
    fine = add_words (self, english);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".json") &&
        g_strrstr (name, ".json") > name + strlen (stem) && !g_str_equal (name, english_name))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    fine = add_words (self, g_ptr_array_index (names, i)) && fine;
  return fine;
}

/* Reads and inspects a file with its words; whether all could be read. */
static gboolean
inspect_file (Inspected  *self,
              const char *path)
{
  CtlStatus status = CTL_OK;
  g_autofree char *stem = NULL;
  gboolean fine = TRUE;

  self->name = g_filename_display_name (path);
  self->faults = posture_faults_new ();
  self->missing = posture_faults_new ();
  self->words = g_array_new (FALSE, FALSE, sizeof (PostureInspectedWords));
  g_array_set_clear_func (self->words, words_clear);
  self->structure = ctl_read_file (path, self->name, &status);
  if (self->structure == NULL)
    return FALSE;
  stem = find_stem (self->structure, path);
  fine = find_words (self, path, stem);
  posture_inspect (self->structure, self->name, (PostureInspectedWords *) (void *) self->words->data,
                   self->words->len, self->faults, self->missing);
  return fine;
}

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

/* Takes up what has no faults, for what is told of it. */
static PostureQuestionnaire *
take_up (Inspected      *self,
         PostureLibrary *library)
{
  g_autoptr (PostureFaults) none = posture_faults_new ();
  PostureQuestionnaire *questionnaire = posture_library_add (library, self->structure, self->name,
                                                             /* current = */ TRUE, none);

  for (guint i = 0; questionnaire != NULL && i < self->words->len; i++)
    {
      const PostureInspectedWords *words = &g_array_index (self->words, PostureInspectedWords, i);

      posture_library_add_words (library, questionnaire, words->bytes, words->file_name, none);
    }
  return questionnaire;
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
  g_auto (Inspected) inspected = { NULL };
  g_autoptr (PostureLibrary) library = posture_library_new ();
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  gboolean fine = inspect_file (&inspected, path)
                  && posture_faults_get_length (inspected.faults) == 0;

  if (fine)
    questionnaire = take_up (&inspected, library);
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "file", inspected.name);
  if (questionnaire != NULL)
    ctl_write_questionnaire (writer, library, questionnaire, /* words = */ NULL);
  write_faults (writer, "faults", inspected.faults);
  write_faults (writer, "missing", inspected.missing);
  posture_json_writer_end_object (writer);
  ctl_print_faults (inspected.faults);
  if (questionnaire != NULL && !ctl->json)
    print_fine (library, questionnaire);
  if (!ctl->json)
    print_missing (inspected.missing);
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
