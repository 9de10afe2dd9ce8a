/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/library.h"

#define ENGLISH "en"

/* One version of a questionnaire with its words. */
typedef struct
{
  PostureQuestionnaire *questionnaire;
  GHashTable *words;       /* language -> PostureWords */
  GHashTable *words_bytes; /* language -> GBytes */
} Entry;

/* The questionnaires at hand. Services on several threads look into it. */
struct _PostureLibrary
{
  gatomicrefcount references;
  GMutex mutex;
  GHashTable *entries; /* digest -> Entry */
  GHashTable *current; /* id -> digest */
  PostureFaults *left_out;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  posture_questionnaire_unref (entry->questionnaire);
  g_hash_table_unref (entry->words);
  g_hash_table_unref (entry->words_bytes);
  g_free (entry);
}

/**
 * posture_library_new:
 *
 * Makes a library without questionnaires. All its functions can be called from
 * any thread.
 *
 * Returns: (transfer full): a new library
 */
PostureLibrary *
posture_library_new (void)
{
  PostureLibrary *self = g_new0 (PostureLibrary, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  self->current = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * posture_library_ref:
 * @self: a library
 *
 * Returns: (transfer full): @self with one more reference
 */
PostureLibrary *
posture_library_ref (PostureLibrary *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_library_unref:
 * @self: (transfer full): a library
 *
 * Gives a reference back.
 */
void
posture_library_unref (PostureLibrary *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->current);
  g_clear_pointer (&self->left_out, posture_faults_free);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * posture_library_set_current:
 * @self: a library
 * @questionnaire: a questionnaire of it
 *
 * From now on new assessments take this version of the questionnaire.
 */
void
posture_library_set_current (PostureLibrary       *self,
                             PostureQuestionnaire *questionnaire)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_insert (self->current, g_strdup (posture_questionnaire_get_id (questionnaire)),
                       g_strdup (posture_questionnaire_get_digest (questionnaire)));
  g_mutex_unlock (&self->mutex);
}

/**
 * posture_library_add:
 * @self: a library
 * @structure: the bytes of a structure file
 * @file_name: what to call it in faults
 * @current: whether new assessments take this version of the questionnaire
 * @faults: takes what is wrong
 *
 * Reads a questionnaire and keeps it. One that is there already (by its
 * digest) is not kept twice.
 *
 * Returns: (transfer full) (nullable): the questionnaire; %NULL if there are faults
 */
PostureQuestionnaire *
posture_library_add (PostureLibrary *self,
                     GBytes         *structure,
                     const char     *file_name,
                     gboolean        current,
                     PostureFaults  *faults)
{
  PostureQuestionnaire *questionnaire = posture_questionnaire_new (structure, file_name, faults);
  const char *digest;

  if (questionnaire == NULL)
    return NULL;
  digest = posture_questionnaire_get_digest (questionnaire);
  g_mutex_lock (&self->mutex);
  if (!g_hash_table_contains (self->entries, digest))
    {
      Entry *entry = g_new0 (Entry, 1);

      entry->questionnaire = posture_questionnaire_ref (questionnaire);
      entry->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) posture_words_unref);
      entry->words_bytes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                  (GDestroyNotify) g_bytes_unref);
      g_hash_table_insert (self->entries, g_strdup (digest), entry);
    }
  g_mutex_unlock (&self->mutex);
  if (current)
    posture_library_set_current (self, questionnaire);
  return questionnaire;
}

/**
 * posture_library_add_words:
 * @self: a library
 * @questionnaire: a questionnaire of it
 * @words: the bytes of a words file
 * @file_name: what to call it in faults
 * @faults: takes what is wrong
 *
 * Reads the words of a questionnaire in one language and keeps them, in the
 * place of those that it had in that language. English is added first: other
 * languages fall back to it.
 *
 * Returns: %FALSE if there are faults
 */
gboolean
posture_library_add_words (PostureLibrary       *self,
                           PostureQuestionnaire *questionnaire,
                           GBytes               *words,
                           const char           *file_name,
                           PostureFaults        *faults)
{
  static const char *const english[] = { ENGLISH, NULL };
  const char *digest = posture_questionnaire_get_digest (questionnaire);
  g_autoptr (PostureWords) fallback = posture_library_dup_words (self, digest, english);
  PostureWords *read = posture_words_new (questionnaire, words, file_name, fallback, faults);
  Entry *entry;

  if (read == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->entries, digest);
  if (entry != NULL)
    {
      g_hash_table_insert (entry->words_bytes, g_strdup (posture_words_get_language (read)),
                           g_bytes_ref (words));
      g_hash_table_insert (entry->words, g_strdup (posture_words_get_language (read)),
                           posture_words_ref (read));
    }
  g_mutex_unlock (&self->mutex);
  posture_words_unref (read);
  return entry != NULL;
}

/**
 * posture_library_take_left_out:
 * @self: a library that no other thread has yet
 * @faults: (transfer full): why questionnaires were not added
 *
 * Keeps what is wrong with those that somebody expects to find in the library.
 */
void
posture_library_take_left_out (PostureLibrary *self,
                               PostureFaults  *faults)
{
  g_clear_pointer (&self->left_out, posture_faults_free);
  self->left_out = faults;
}

/**
 * posture_library_get_left_out:
 * @self: a library
 *
 * Returns: (transfer none) (nullable): what posture_library_take_left_out() was
 *   given
 */
PostureFaults *
posture_library_get_left_out (PostureLibrary *self)
{
  return self->left_out;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static char **
dup_sorted_keys (GHashTable *table)
{
  guint length = 0;
  g_autofree gpointer *keys = table != NULL ? g_hash_table_get_keys_as_array (table, &length) : NULL;
  char **copy = g_new0 (char *, length + 1);

  for (guint i = 0; i < length; i++)
    copy[i] = g_strdup (keys[i]);
  qsort (copy, length, sizeof *copy, compare_texts);
  return copy;
}

/**
 * posture_library_dup_ids:
 * @self: a library
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids of the
 *   questionnaires that new assessments can take, in alphabetical order
 */
char **
posture_library_dup_ids (PostureLibrary *self)
{
  char **ids;

  g_mutex_lock (&self->mutex);
  ids = dup_sorted_keys (self->current);
  g_mutex_unlock (&self->mutex);
  return ids;
}

static PostureQuestionnaire *
dup_entry (PostureLibrary *self,
           const char     *digest)
{
  Entry *entry = digest != NULL ? g_hash_table_lookup (self->entries, digest) : NULL;

  return entry != NULL ? posture_questionnaire_ref (entry->questionnaire) : NULL;
}

/**
 * posture_library_dup_current:
 * @self: a library
 * @id: a questionnaire's id
 *
 * Returns: (transfer full) (nullable): the version that new assessments take
 */
PostureQuestionnaire *
posture_library_dup_current (PostureLibrary *self,
                             const char     *id)
{
  PostureQuestionnaire *questionnaire;

  g_mutex_lock (&self->mutex);
  questionnaire = dup_entry (self, g_hash_table_lookup (self->current, id));
  g_mutex_unlock (&self->mutex);
  return questionnaire;
}

/**
 * posture_library_dup_by_digest:
 * @self: a library
 * @digest: the digest of a questionnaire's structure
 *
 * Returns: (transfer full) (nullable): that version
 */
PostureQuestionnaire *
posture_library_dup_by_digest (PostureLibrary *self,
                               const char     *digest)
{
  PostureQuestionnaire *questionnaire;

  g_mutex_lock (&self->mutex);
  questionnaire = dup_entry (self, digest);
  g_mutex_unlock (&self->mutex);
  return questionnaire;
}

/**
 * posture_library_dup_languages:
 * @self: a library
 * @digest: the digest of a questionnaire's structure
 *
 * Returns: (transfer full) (array zero-terminated=1): the languages that there
 *   are words in, in alphabetical order
 */
char **
posture_library_dup_languages (PostureLibrary *self,
                               const char     *digest)
{
  Entry *entry;
  char **languages;

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->entries, digest);
  languages = dup_sorted_keys (entry != NULL ? entry->words : NULL);
  g_mutex_unlock (&self->mutex);
  return languages;
}

/**
 * posture_library_dup_words:
 * @self: a library
 * @digest: the digest of a questionnaire's structure
 * @languages: (array zero-terminated=1): what a person reads, best first, as
 *   g_get_language_names() gives it
 *
 * Returns: (transfer full) (nullable): the words in the best language that
 *   there is, English if none fits; %NULL if there are no words at all
 */
PostureWords *
posture_library_dup_words (PostureLibrary    *self,
                           const char        *digest,
                           const char *const *languages)
{
  PostureWords *words = NULL;
  Entry *entry;

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->entries, digest);
  for (guint i = 0; entry != NULL && words == NULL && languages[i] != NULL; i++)
    words = g_hash_table_lookup (entry->words, languages[i]);
  if (entry != NULL && words == NULL)
    words = g_hash_table_lookup (entry->words, ENGLISH);
  if (words != NULL)
    posture_words_ref (words);
  g_mutex_unlock (&self->mutex);
  return words;
}

/**
 * posture_library_dup_words_bytes:
 * @self: a library
 * @digest: the digest of a questionnaire's structure
 * @language: a language
 *
 * Returns: (transfer full) (nullable): the words file in that language, as it was read
 */
GBytes *
posture_library_dup_words_bytes (PostureLibrary *self,
                                 const char     *digest,
                                 const char     *language)
{
  GBytes *bytes = NULL;
  Entry *entry;

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->entries, digest);
  if (entry != NULL)
    bytes = g_hash_table_lookup (entry->words_bytes, language);
  if (bytes != NULL)
    g_bytes_ref (bytes);
  g_mutex_unlock (&self->mutex);
  return bytes;
}
