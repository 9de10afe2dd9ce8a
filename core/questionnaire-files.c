/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-platform"

#include "config.h"

#include "questionnaire-files.h"

#include "input-file.h"
#include "json/json-document.h"
#include "model/scalars.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SUFFIX ".json"
/* More are no questionnaires of one person, and the program starts without waiting for them. */
#define MAX_FILES 200

/* A file that was looked into because of its name. */
typedef struct
{
  gboolean structure;
  GBytes *bytes; /* until they are taken */
} Content;

/* A folder of questionnaires, each file of which is read once. */
typedef struct
{
  const char *path;     /* to put before names */
  GPtrArray *names;     /* (element-type filename): in alphabetical order */
  GHashTable *contents; /* name -> Content */
} Folder;

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

static void
content_free (gpointer data)
{
  Content *content = data;

  g_clear_pointer (&content->bytes, g_bytes_unref);
  g_free (content);
}

static void
folder_open (Folder     *self,
             const char *path)
{
  self->path = path;
  self->names = list_names (path);
  self->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, content_free);
}

static void
folder_close (Folder *self)
{
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->contents);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_close)

/* The bytes of a file, which are kept no longer. */
static GBytes *
take_bytes (Folder     *self,
            const char *name,
            GError    **error)
{
  Content *content = g_hash_table_lookup (self->contents, name);
  g_autofree char *path = g_build_filename (self->path, name, NULL);

  if (content != NULL && content->bytes != NULL)
    return g_steal_pointer (&content->bytes);
  return posture_input_read (path, error);
}

/* What a file holds; %NULL if it cannot be read. */
static const Content *
look_into (Folder     *self,
           const char *name,
           GError    **error)
{
  Content *content = g_hash_table_lookup (self->contents, name);
  GBytes *bytes = content == NULL ? take_bytes (self, name, error) : NULL;

  if (bytes != NULL)
    {
      content = g_new (Content, 1);
      *content = (Content) { is_structure (bytes), bytes };
      g_hash_table_insert (self->contents, g_strdup (name), content);
    }
  return content;
}

static void
add_words (PostureQuestionnaireFiles *self,
           Folder                    *folder,
           const char                *name,
           PostureFaults             *faults)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GError) error = NULL;
  const Content *content = look_into (folder, name, &error);
  PostureInspectedWords words = { NULL, NULL };

  if (content != NULL && content->structure)
    return;
  if (content != NULL)
    words.bytes = take_bytes (folder, name, &error);
  if (words.bytes == NULL)
    {
      posture_faults_add (faults, shown, "", "%s", error->message);
      return;
    }
  words.file_name = g_steal_pointer (&shown);
  g_array_append_val (self->words, words);
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
            Folder                    *folder,
            PostureFaults             *faults)
{
  g_autofree char *english = g_strconcat (self->stem, ".en" SUFFIX, NULL);
  g_autofree char *path = g_build_filename (folder->path, english, NULL);
  g_autofree char *shown = g_filename_display_name (path);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    posture_faults_add (faults, shown, "",
                        _("is missing; every questionnaire needs its words in English"));
  else
    add_words (self, folder, english, faults);
  for (guint i = 0; i < folder->names->len; i++)
    {
      const char *name = g_ptr_array_index (folder->names, i);

      if (has_stem (folder->names, name, self->stem) && !g_str_equal (name, english))
        add_words (self, folder, name, faults);
    }
}

static void
words_clear (gpointer data)
{
  PostureInspectedWords *words = data;

  g_bytes_unref (words->bytes);
  g_free ((char *) words->file_name);
}

/* The files of @structure, which is taken; with %NULL @error says why it could not be read. */
static PostureQuestionnaireFiles *
find_files (Folder        *folder,
            const char    *path,
            GBytes        *structure,
            const GError  *error,
            PostureFaults *faults)
{
  g_autoptr (PostureQuestionnaireFiles) self = g_new0 (PostureQuestionnaireFiles, 1);

  self->name = g_filename_display_name (path);
  self->words = g_array_new (FALSE, FALSE, sizeof (PostureInspectedWords));
  g_array_set_clear_func (self->words, words_clear);
  self->structure = structure;
  if (self->structure == NULL)
    {
      posture_faults_add (faults, self->name, "", "%s", error->message);
      return NULL;
    }
  self->stem = find_stem (self->structure, path);
  if (self->stem != NULL)
    find_words (self, folder, faults);
  return g_steal_pointer (&self);
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
  g_autofree char *folder_path = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  GBytes *structure = posture_input_read (path, &error);
  g_auto (Folder) folder = { NULL };

  folder_open (&folder, folder_path);
  /* files beside one that is named without a folder are told without one, too */
  if (strchr (path, G_DIR_SEPARATOR) == NULL)
    folder.path = "";
  return find_files (&folder, path, structure, error, faults);
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
  g_free (self->stem);
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
  if (!fine)
    return NULL;
  posture_library_set_current (library, read);
  return g_steal_pointer (&read);
}

/* Whether a file is one of words: what comes before the last part of its name is there, and it is no structure. */
static gboolean
is_words (Folder     *folder,
          const char *name)
{
  const Content *content = has_outer (folder->names, name) ? look_into (folder, name, /* error = */ NULL) : NULL;

  return has_outer (folder->names, name) && (content == NULL || !content->structure);
}

static void
add_questionnaire (Folder         *folder,
                   const char     *name,
                   PostureLibrary *library,
                   PostureFaults  *faults)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  g_autoptr (PostureFaults) own = posture_faults_new ();
  g_autoptr (GError) error = NULL;
  GBytes *structure = take_bytes (folder, name, &error);
  g_autoptr (PostureQuestionnaireFiles) files = find_files (folder, path, structure, error, own);
  const char *stem = files != NULL ? files->stem : NULL;
  g_autoptr (PostureQuestionnaire) there = stem != NULL ? posture_library_dup_current (library, stem) : NULL;
  g_autoptr (PostureQuestionnaire) added = NULL;

  if (there != NULL)
    posture_faults_add (own, files->name, "id", _("“%s” is the id of a questionnaire that is there already"),
                        stem);
  else if (files != NULL && posture_faults_get_length (own) == 0)
    added = posture_questionnaire_files_add_to (files, library, own);
  if (posture_faults_get_length (own) > 0)
    {
      g_autofree char *shown = g_filename_display_name (path);
      g_autofree char *text = posture_faults_to_text (own);

      posture_faults_add (faults, shown, "", "%s", text);
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
  g_auto (Folder) opened = { NULL };

  folder_open (&opened, folder);
  for (guint i = 0; i < MIN (opened.names->len, MAX_FILES); i++)
    {
      const char *name = g_ptr_array_index (opened.names, i);

      if (!is_words (&opened, name))
        add_questionnaire (&opened, name, library, faults);
    }
}
