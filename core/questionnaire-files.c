/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-platform"

#include "config.h"

#include "questionnaire-files.h"

#include "json/json-document.h"
#include "model/scalars.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".json"
/* More are no questionnaires of one person, and the program starts without waiting for them. */
#define MAX_FILES 200

static void
set_errno (GError **error,
           int      number)
{
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (number), g_strerror (number));
}

/* Reads up to the limit and one byte more. */
static GBytes *
read_bounded (int      fd,
              GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[64 * 1024];
  gssize length;

  do
    {
      length = read (fd, buffer, sizeof buffer);
      if (length > 0)
        g_byte_array_append (bytes, buffer, (guint) length);
    }
  while ((length > 0 && bytes->len <= POSTURE_INPUT_MAX) || (length < 0 && errno == EINTR));
  if (length < 0)
    {
      set_errno (error, errno);
      return NULL;
    }
  if (bytes->len > POSTURE_INPUT_MAX)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                           _("is larger than 16 MiB, which no such file needs to be."));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Files only, so that nothing is waited for; a pipe only where the person named stdin. */
static const char *
find_objection (int      fd,
                gboolean pipe)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return g_strerror (errno);
  if (S_ISDIR (status.st_mode))
    return _("is a folder, not a file.");
  if (!S_ISREG (status.st_mode) && !(pipe && (S_ISFIFO (status.st_mode) || S_ISSOCK (status.st_mode))))
    return _("is not a regular file. Use “-” to read what another program writes.");
  if (S_ISREG (status.st_mode) && status.st_size > POSTURE_INPUT_MAX)
    return _("is larger than 16 MiB, which no such file needs to be.");
  return NULL;
}

/**
 * posture_input_read_stream:
 * @fd: what to read; it is not closed
 * @pipe: whether it can be a pipe or a socket, which are waited for
 * @error: return location for a #GError, whose message has no file name
 *
 * Reads at most 16 MiB.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL on error
 */
GBytes *
posture_input_read_stream (int       fd,
                           gboolean  pipe,
                           GError  **error)
{
  const char *objection = find_objection (fd, pipe);

  if (objection == NULL)
    return read_bounded (fd, error);
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, objection);
  return NULL;
}

/**
 * posture_input_read:
 * @path: (type filename): a file
 * @error: return location for a #GError, whose message has no file name
 *
 * Reads a file of at most 16 MiB that somebody hands in. Anything that could
 * keep the program waiting is refused.
 *
 * Returns: (transfer full) (nullable): its bytes, or %NULL on error
 */
GBytes *
posture_input_read (const char *path,
                    GError    **error)
{
  int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0);
  GBytes *bytes;

  if (fd < 0)
    {
      set_errno (error, errno);
      return NULL;
    }
  bytes = posture_input_read_stream (fd, /* pipe = */ FALSE, error);
  close (fd);
  return bytes;
}

/* What the files of words are named after: the id, or as long as there is none, the file; %NULL if this is
 * none that has words: those and answers name their questionnaire. */
static char *
find_stem (GBytes     *structure,
           const char *path)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new (structure, /* limits = */ NULL,
                                                                        /* error = */ NULL);
  g_autofree char *base = g_path_get_basename (path);
  const PostureJsonNode *root = document != NULL ? posture_json_document_get_root (document) : NULL;
  const char *text = posture_json_node_get_string (posture_json_node_get_member (root, "id"));

  if (posture_json_node_get_member (root, "questionnaire") != NULL)
    return NULL;
  if (text != NULL && posture_is_id (text))
    return g_strdup (text);
  return g_strndup (base, strlen (base) - (g_str_has_suffix (base, SUFFIX) ? strlen (SUFFIX) : 0));
}

/* Whether a file is a structure, whatever it is called: an id can have points, so that one is called like words of
 * another. */
static gboolean
is_structure (GBytes *bytes)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new (bytes, /* limits = */ NULL,
                                                                        /* error = */ NULL);
  const PostureJsonNode *root = document != NULL ? posture_json_document_get_root (document) : NULL;

  return posture_json_node_get_member (root, "id") != NULL
         && posture_json_node_get_member (root, "questionnaire") == NULL;
}

static void
add_words (PostureQuestionnaireFiles *self,
           const char                *path,
           PostureFaults             *faults)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GError) error = NULL;
  PostureInspectedWords words = { posture_input_read (path, &error), NULL };

  if (words.bytes == NULL)
    {
      posture_faults_add (faults, name, "", "%s", error->message);
      return;
    }
  if (is_structure (words.bytes))
    {
      g_bytes_unref (words.bytes);
      return;
    }
  words.file_name = g_steal_pointer (&name);
  g_array_append_val (self->words, words);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names in a folder that end as our files do, in alphabetical order. */
static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, /* error = */ NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX) && name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* Whether what stands before the last part of a name is there as a file of its own. */
static gboolean
has_outer (GPtrArray  *names,
           const char *name)
{
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (SUFFIX));
  char *point = strrchr (stem, '.');
  g_autofree char *structure = NULL;

  if (point == NULL)
    return FALSE;
  *point = '\0';
  structure = g_strconcat (stem, SUFFIX, NULL);
  return g_ptr_array_find_with_equal_func (names, structure, g_str_equal, NULL);
}

/* Whether a file is called `<stem>.<something>.json`, and not after a longer stem that is there, too. */
static gboolean
has_stem (GPtrArray  *names,
          const char *name,
          const char *stem)
{
  const char *end = name + strlen (name) - strlen (SUFFIX);
  const char *rest = name + strlen (stem) + 1;

  return g_str_has_prefix (name, stem) && name[strlen (stem)] == '.' && rest < end
         && (memchr (rest, '.', (gsize) (end - rest)) == NULL || !has_outer (names, name));
}

/* The words stand beside the structure as `<id>.<language>.json`; English first, the others by name. */
static void
find_words (PostureQuestionnaireFiles *self,
            const char                *path,
            const char                *stem,
            PostureFaults             *faults)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *english_name = g_strconcat (stem, ".en" SUFFIX, NULL);
  g_autofree char *english = g_build_filename (folder, english_name, NULL);
  g_autofree char *shown = g_filename_display_name (english);
  g_autoptr (GPtrArray) names = list_names (folder);

  if (!g_file_test (english, G_FILE_TEST_EXISTS))
    posture_faults_add (faults, shown, "",
                        _("is missing; every questionnaire needs its words in English"));
  else
    add_words (self, english, faults);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *file = g_build_filename (folder, name, NULL);

      if (has_stem (names, name, stem) && !g_str_equal (name, english_name))
        add_words (self, file, faults);
    }
}

static void
words_clear (gpointer data)
{
  PostureInspectedWords *words = data;

  g_bytes_unref (words->bytes);
  g_free ((char *) words->file_name);
}

/**
 * posture_questionnaire_files_read:
 * @path: (type filename): the file of a structure
 * @faults: takes what cannot be read, and that English is missing
 *
 * Reads a questionnaire's structure and the words beside it. What is called like words and is a
 * structure of its own is left out; nothing else is judged.
 *
 * Returns: (transfer full) (nullable): the files; %NULL if the structure cannot
 *   be read
 */
PostureQuestionnaireFiles *
posture_questionnaire_files_read (const char    *path,
                                  PostureFaults *faults)
{
  g_autoptr (PostureQuestionnaireFiles) self = g_new0 (PostureQuestionnaireFiles, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *stem = NULL;

  self->name = g_filename_display_name (path);
  self->words = g_array_new (FALSE, FALSE, sizeof (PostureInspectedWords));
  g_array_set_clear_func (self->words, words_clear);
  self->structure = posture_input_read (path, &error);
  if (self->structure == NULL)
    {
      posture_faults_add (faults, self->name, "", "%s", error->message);
      return NULL;
    }
  stem = find_stem (self->structure, path);
  if (stem != NULL)
    find_words (self, path, stem, faults);
  return g_steal_pointer (&self);
}

/**
 * posture_questionnaire_files_free:
 * @self: (transfer full): files
 *
 * Frees them.
 */
void
posture_questionnaire_files_free (PostureQuestionnaireFiles *self)
{
  g_free (self->name);
  g_clear_pointer (&self->structure, g_bytes_unref);
  g_array_unref (self->words);
  g_free (self);
}

/**
 * posture_questionnaire_files_add_to:
 * @self: files
 * @library: where to add the questionnaire, as the one that new assessments take
 * @faults: takes what is wrong in the files
 *
 * Returns: (transfer full) (nullable): the questionnaire; %NULL if there are
 *   faults, and then new assessments do not take it
 */
PostureQuestionnaire *
posture_questionnaire_files_add_to (PostureQuestionnaireFiles *self,
                                    PostureLibrary            *library,
                                    PostureFaults             *faults)
{
  g_autoptr (PostureQuestionnaire) read = posture_library_add (library, self->structure, self->name,
                                                               /* current = */ FALSE, faults);
  gboolean fine = read != NULL;

  for (guint i = 0; read != NULL && i < self->words->len; i++)
    {
      const PostureInspectedWords *words = &g_array_index (self->words, PostureInspectedWords, i);

      fine = posture_library_add_words (library, read, words->bytes, words->file_name, faults) && fine;
    }
  return fine ? posture_library_add (library, self->structure, self->name, /* current = */ TRUE, faults)
              : NULL;
}

/* Whether a file is one of words: what comes before the last part of its name is there, and it is no structure. */
static gboolean
is_words (GPtrArray  *names,
          const char *name,
          const char *path)
{
  g_autoptr (GBytes) bytes = NULL;

  if (!has_outer (names, name))
    return FALSE;
  bytes = posture_input_read (path, /* error = */ NULL);
  return bytes == NULL || !is_structure (bytes);
}

static void
add_file (const char     *path,
          PostureLibrary *library,
          PostureFaults  *faults)
{
  g_autoptr (PostureFaults) own = posture_faults_new ();
  g_autoptr (PostureQuestionnaireFiles) files = posture_questionnaire_files_read (path, own);
  g_autofree char *stem = files != NULL ? find_stem (files->structure, path) : NULL;
  g_autoptr (PostureQuestionnaire) there = stem != NULL ? posture_library_dup_current (library, stem) : NULL;
  g_autoptr (PostureQuestionnaire) added = NULL;

  if (there != NULL)
    posture_faults_add (own, files->name, "id", _("“%s” is the id of a questionnaire that is there already"),
                        stem);
  else if (files != NULL && posture_faults_get_length (own) == 0)
    added = posture_questionnaire_files_add_to (files, library, own);
  if (posture_faults_get_length (own) > 0)
    {
      g_autofree char *name = g_filename_display_name (path);
      g_autofree char *text = posture_faults_to_text (own);

      posture_faults_add (faults, name, "", "%s", text);
    }
}

/**
 * posture_questionnaire_folder_add_to:
 * @folder: (type filename): a folder of questionnaires, which need not be there
 * @library: where to add them
 * @faults: takes one for each questionnaire that is left out, with all that is
 *   wrong in its files as the reason
 *
 * Adds all questionnaires in a folder that have no faults, and whose ids are
 * not taken: what a program brings is not replaced.
 */
void
posture_questionnaire_folder_add_to (const char     *folder,
                                     PostureLibrary *library,
                                     PostureFaults  *faults)
{
  g_autoptr (GPtrArray) names = list_names (folder);

  for (guint i = 0; i < MIN (names->len, MAX_FILES); i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!is_words (names, name, path))
        add_file (path, library, faults);
    }
}
