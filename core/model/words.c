/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/words.h"

#include "model/check-private.h"
#include "model/question-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT 1

/* The file is kept as it was read: its members are the look-up. */
struct _PostureWords
{
  gatomicrefcount references;
  PostureJsonDocument *document;
  PostureWords *fallback;
};

/* What is needed while words are checked. */
typedef struct
{
  PostureCheck check;
  PostureQuestionnaire *questionnaire;
  gboolean complete; /* whether everything must have words */
} Reading;

static const char *const title_members[] = { "title", "summary", NULL };
static const char *const question_members[] = { "question", "why", "done", "next", "options",
                                                NULL };

static gboolean
is_language (const char *text)
{
  return g_regex_match_simple ("^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", text,
                               G_REGEX_DOLLAR_ENDONLY, 0);
}

static void
check_head (Reading               *reading,
            const PostureJsonNode *root)
{
  static const char *const members[] = { "format", "questionnaire", "language", "version", "title",
                                         "summary", "levels", "sections", "questions", NULL };
  PostureCheck *check = &reading->check;
  const char *id, *language;
  gint64 format;

  posture_check_members (check, root, members);
  posture_check_int (check, root, "format", FORMAT, FORMAT, TRUE, &format);
  id = posture_check_text (check, root, "questionnaire", TRUE);
  if (id != NULL && !g_str_equal (id, posture_questionnaire_get_id (reading->questionnaire)))
    posture_check_fault_in (check, root, "questionnaire", _("must be “%s”"),
                            posture_questionnaire_get_id (reading->questionnaire));
  language = posture_check_text (check, root, "language", TRUE);
  if (language != NULL && !is_language (language))
    posture_check_fault_in (check, root, "language", _("must be a language such as en or pt-BR"));
  reading->complete = g_strcmp0 (language, "en") == 0;
  posture_check_text (check, root, "version", TRUE);
  posture_check_text (check, root, "title", reading->complete);
  posture_check_text (check, root, "summary", reading->complete);
}

/* Goes to the words of one thing, whose id is the member's name. */
static const PostureJsonNode *
enter_words (Reading               *reading,
             const PostureJsonNode *object,
             const char            *id,
             gsize                 *ret_place)
{
  const PostureJsonNode *node = posture_json_node_get_member (object, id);

  *ret_place = posture_check_enter_key (&reading->check, id);
  if (node == NULL)
    {
      if (reading->complete)
        posture_check_fault (&reading->check, object, _("is missing"));
      return NULL;
    }
  return posture_check_kind (&reading->check, node, POSTURE_JSON_OBJECT) ? node : NULL;
}

static void
check_titled (Reading               *reading,
              const PostureJsonNode *object,
              const char            *id)
{
  gsize place;
  const PostureJsonNode *node = enter_words (reading, object, id, &place);

  if (node != NULL)
    {
      posture_check_members (&reading->check, node, title_members);
      posture_check_text (&reading->check, node, "title", reading->complete);
      posture_check_text (&reading->check, node, "summary", reading->complete);
    }
  posture_check_leave (&reading->check, place);
}

/* Words for what the questionnaire does not have. */
static void
check_strangers (Reading               *reading,
                 const PostureJsonNode *object,
                 gboolean               known (Reading *, const char *, gpointer),
                 gpointer               data)
{
  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    {
      const char *id = posture_json_node_get_key (object, i);
      gsize place;

      if (known (reading, id, data))
        continue;
      place = posture_check_enter_key (&reading->check, id);
      posture_check_fault (&reading->check, posture_json_node_get_element (object, i),
                           _("is not in the questionnaire"));
      posture_check_leave (&reading->check, place);
    }
}

static gboolean
is_level (Reading    *reading,
          const char *id,
          gpointer    data)
{
  for (guint i = 0; i < posture_questionnaire_get_n_levels (reading->questionnaire); i++)
    if (g_str_equal (posture_questionnaire_get_level (reading->questionnaire, i)->id, id))
      return TRUE;
  return FALSE;
}

static gboolean
is_section (Reading    *reading,
            const char *id,
            gpointer    data)
{
  return posture_questionnaire_find_section (reading->questionnaire, id) >= 0;
}

static gboolean
is_question (Reading    *reading,
             const char *id,
             gpointer    data)
{
  return posture_questionnaire_find_question (reading->questionnaire, id) != NULL;
}

static gboolean
is_option (Reading    *reading,
           const char *id,
           gpointer    data)
{
  PostureQuestion *question = data;
  gint64 level;

  if (question->kind == POSTURE_QUESTION_LEVEL)
    return g_ascii_string_to_signed (id, 10, question->minimum / POSTURE_NUMBER_ONE,
                                     question->maximum / POSTURE_NUMBER_ONE, &level, NULL);
  return posture_question_find_option (question, id) != NULL;
}

static void
check_options (Reading               *reading,
               const PostureJsonNode *node,
               PostureQuestion       *question)
{
  PostureCheck *check = &reading->check;
  guint n_options = posture_question_get_n_options (question);
  const PostureJsonNode *options
    = posture_check_member (check, node, "options", POSTURE_JSON_OBJECT,
                            reading->complete && n_options > 0);
  gsize outer;

  if (options == NULL)
    return;
  outer = posture_check_enter (check, "options");
  for (guint i = 0; i < posture_json_node_get_length (options); i++)
    {
      gsize place = posture_check_enter_key (check, posture_json_node_get_key (options, i));

      posture_check_kind (check, posture_json_node_get_element (options, i), POSTURE_JSON_STRING);
      posture_check_leave (check, place);
    }
  for (guint i = 0; i < n_options && reading->complete; i++)
    {
      const char *id = posture_question_get_option (question, i)->id;
      gsize place = posture_check_enter_key (check, id);

      if (posture_json_node_get_member (options, id) == NULL)
        posture_check_fault (check, options, _("is missing"));
      posture_check_leave (check, place);
    }
  check_strangers (reading, options, is_option, question);
  posture_check_leave (check, outer);
}

static void
check_question (Reading               *reading,
                const PostureJsonNode *object,
                PostureQuestion       *question)
{
  gsize place;
  const PostureJsonNode *node = enter_words (reading, object, question->id, &place);

  if (node != NULL)
    {
      posture_check_members (&reading->check, node, question_members);
      posture_check_text (&reading->check, node, "question", reading->complete);
      /* what loses no points needs no reason and no advice */
      for (guint i = POSTURE_WORDS_WHY; i <= POSTURE_WORDS_NEXT; i++)
        posture_check_text (&reading->check, node, question_members[i],
                            reading->complete && posture_question_is_rated (question));
      check_options (reading, node, question);
    }
  posture_check_leave (&reading->check, place);
}

static void
check_questions (Reading               *reading,
                 const PostureJsonNode *root)
{
  const PostureJsonNode *object = posture_check_member (&reading->check, root, "questions",
                                                        POSTURE_JSON_OBJECT, reading->complete);
  gsize outer = posture_check_enter (&reading->check, "questions");

  if (object != NULL)
    {
      for (guint i = 0; i < posture_questionnaire_get_n_questions (reading->questionnaire); i++)
        check_question (reading, object,
                        posture_questionnaire_get_question (reading->questionnaire, i));
      check_strangers (reading, object, is_question, NULL);
    }
  posture_check_leave (&reading->check, outer);
}

static void
check_levels (Reading               *reading,
              const PostureJsonNode *root)
{
  const PostureJsonNode *object = posture_check_member (&reading->check, root, "levels",
                                                        POSTURE_JSON_OBJECT, reading->complete);
  gsize outer = posture_check_enter (&reading->check, "levels");

  if (object != NULL)
    {
      for (guint i = 0; i < posture_questionnaire_get_n_levels (reading->questionnaire); i++)
        check_titled (reading, object,
                      posture_questionnaire_get_level (reading->questionnaire, i)->id);
      check_strangers (reading, object, is_level, NULL);
    }
  posture_check_leave (&reading->check, outer);
}

static void
check_sections (Reading               *reading,
                const PostureJsonNode *root)
{
  const PostureJsonNode *object = posture_check_member (&reading->check, root, "sections",
                                                        POSTURE_JSON_OBJECT, reading->complete);
  gsize outer = posture_check_enter (&reading->check, "sections");

  if (object != NULL)
    {
      for (guint i = 0; i < posture_questionnaire_get_n_sections (reading->questionnaire); i++)
        check_titled (reading, object,
                      posture_questionnaire_get_section (reading->questionnaire, i)->id);
      check_strangers (reading, object, is_section, NULL);
    }
  posture_check_leave (&reading->check, outer);
}

/**
 * posture_words_new:
 * @questionnaire: the questionnaire they belong to
 * @bytes: bytes of a file `<id>.<language>.json`
 * @file_name: (nullable): the file's name, for the faults
 * @fallback: (nullable): words in a language that is used where these have
 *   none, at the end of the chain those in English
 * @faults: where to tell what is wrong
 *
 * Reads the words of a questionnaire in one language. English words must be
 * complete, others may have gaps. Words for ids that the questionnaire does not
 * have are faults in any language.
 *
 * Words cannot be changed; threads can share them.
 *
 * Returns: (transfer full) (nullable): the words, %NULL if there are faults
 */
PostureWords *
posture_words_new (PostureQuestionnaire *questionnaire,
                   GBytes               *bytes,
                   const char           *file_name,
                   PostureWords         *fallback,
                   PostureFaults        *faults)
{
  g_autoptr (PostureJsonDocument) document = posture_check_document (bytes, file_name, faults);
  Reading reading = { .questionnaire = questionnaire };
  const PostureJsonNode *root;
  PostureWords *self;

  if (document == NULL)
    return NULL;
  root = posture_json_document_get_root (document);
  posture_check_init (&reading.check, faults, file_name, root);
  if (posture_check_kind (&reading.check, root, POSTURE_JSON_OBJECT))
    {
      check_head (&reading, root);
      check_levels (&reading, root);
      check_sections (&reading, root);
      check_questions (&reading, root);
    }
  if (!posture_check_finish (&reading.check))
    return NULL;
  self = g_new0 (PostureWords, 1);
  g_atomic_ref_count_init (&self->references);
  self->document = g_steal_pointer (&document);
  self->fallback = fallback != NULL ? posture_words_ref (fallback) : NULL;
  return self;
}

/**
 * posture_words_ref:
 * @self: words
 *
 * Returns: (transfer full): @self with one more reference
 */
PostureWords *
posture_words_ref (PostureWords *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_words_unref:
 * @self: (transfer full): words
 *
 * Gives a reference back.
 */
void
posture_words_unref (PostureWords *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  posture_json_document_unref (self->document);
  g_clear_pointer (&self->fallback, posture_words_unref);
  g_free (self);
}

/* Follows up to four names from the root, then the chain of languages. */
static const char *
look_up (PostureWords *self,
         const char   *first,
         const char   *second,
         const char   *third,
         const char   *fourth)
{
  const char *const names[] = { first, second, third, fourth };

  for (; self != NULL; self = self->fallback)
    {
      const PostureJsonNode *node = posture_json_document_get_root (self->document);

      for (guint i = 0; i < G_N_ELEMENTS (names) && names[i] != NULL; i++)
        node = posture_json_node_get_member (node, names[i]);
      if (node != NULL)
        return posture_json_node_get_string (node);
    }
  return NULL;
}

/**
 * posture_words_get_language:
 * @self: words
 *
 * Returns: (transfer none): their language, such as `en` or `pt-BR`
 */
const char *
posture_words_get_language (PostureWords *self)
{
  return look_up (self, "language", NULL, NULL, NULL);
}

/**
 * posture_words_get_version:
 * @self: words
 *
 * Returns: (transfer none): their version, which is not the questionnaire's
 */
const char *
posture_words_get_version (PostureWords *self)
{
  return look_up (self, "version", NULL, NULL, NULL);
}

/**
 * posture_words_get_title:
 * @self: words
 *
 * Returns: (transfer none) (nullable): the questionnaire's title, %NULL if no
 *   language in the chain has one
 */
const char *
posture_words_get_title (PostureWords *self)
{
  return look_up (self, "title", NULL, NULL, NULL);
}

/**
 * posture_words_get_summary:
 * @self: words
 *
 * Returns: (transfer none) (nullable): what the questionnaire is about
 */
const char *
posture_words_get_summary (PostureWords *self)
{
  return look_up (self, "summary", NULL, NULL, NULL);
}

/**
 * posture_words_get_level_title:
 * @self: words
 * @level: a level's id
 *
 * Returns: (transfer none) (nullable): the level's title
 */
const char *
posture_words_get_level_title (PostureWords *self,
                               const char   *level)
{
  return look_up (self, "levels", level, "title", NULL);
}

/**
 * posture_words_get_level_summary:
 * @self: words
 * @level: a level's id
 *
 * Returns: (transfer none) (nullable): what the level means
 */
const char *
posture_words_get_level_summary (PostureWords *self,
                                 const char   *level)
{
  return look_up (self, "levels", level, "summary", NULL);
}

/**
 * posture_words_get_section_title:
 * @self: words
 * @section: a section's id
 *
 * Returns: (transfer none) (nullable): the section's title
 */
const char *
posture_words_get_section_title (PostureWords *self,
                                 const char   *section)
{
  return look_up (self, "sections", section, "title", NULL);
}

/**
 * posture_words_get_section_summary:
 * @self: words
 * @section: a section's id
 *
 * Returns: (transfer none) (nullable): what the section is about
 */
const char *
posture_words_get_section_summary (PostureWords *self,
                                   const char   *section)
{
  return look_up (self, "sections", section, "summary", NULL);
}

/**
 * posture_words_get_question:
 * @self: words
 * @question: a question's id
 * @part: what to say about it
 *
 * Returns: (transfer none) (nullable): those words; with English at the end of
 *   the chain there always are some for a rated question, and
 *   %POSTURE_WORDS_QUESTION for any
 */
const char *
posture_words_get_question (PostureWords     *self,
                            const char       *question,
                            PostureWordsPart  part)
{
  return look_up (self, "questions", question, question_members[part], NULL);
}

/**
 * posture_words_get_option:
 * @self: words
 * @question: a question's id
 * @option: an option's id, or a level's number as text
 *
 * Returns: (transfer none) (nullable): the option's words; a level can have none
 */
const char *
posture_words_get_option (PostureWords *self,
                          const char   *question,
                          const char   *option)
{
  return look_up (self, "questions", question, "options", option);
}
