/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/words.h"

#include "model/words-private.h"

/* The file is kept as it was read: its members are the look-up. */
struct _PostureWords
{
  gatomicrefcount references;
  PostureJsonDocument *document;
  PostureQuestionnaire *questionnaire;
  PostureWords *fallback;
};

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
  PostureCheck check;
  const PostureJsonNode *root;
  PostureWords *self;

  if (document == NULL)
    return NULL;
  root = posture_json_document_get_root (document);
  posture_check_init (&check, faults, file_name, root);
  posture_words_check (&check, root, questionnaire);
  if (!posture_check_finish (&check))
    return NULL;
  self = g_new0 (PostureWords, 1);
  g_atomic_ref_count_init (&self->references);
  self->document = g_steal_pointer (&document);
  self->questionnaire = posture_questionnaire_ref (questionnaire);
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
  posture_questionnaire_unref (self->questionnaire);
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
  return look_up (self, "questions", question, posture_words_parts[part], NULL);
}

/**
 * posture_words_get_option:
 * @self: words
 * @question: a question's id
 * @option: an option's id, or a level's number as text
 *
 * The question's own words, in any language of the chain, come before those of
 * the set that its options are taken from.
 *
 * Returns: (transfer none) (nullable): the option's words; a level can have none
 */
const char *
posture_words_get_option (PostureWords *self,
                          const char   *question,
                          const char   *option)
{
  const char *own = look_up (self, "questions", question, "options", option);
  PostureQuestion *asked = posture_questionnaire_find_question (self->questionnaire, question);
  const char *set = asked != NULL ? posture_question_get_option_set (asked) : NULL;

  return own == NULL && set != NULL ? look_up (self, "option_sets", set, option, NULL) : own;
}

/**
 * posture_words_get_tip:
 * @self: words
 * @question: a question's id
 * @tip: id of one of its tips
 *
 * Returns: (transfer none) (nullable): the tip
 */
const char *
posture_words_get_tip (PostureWords *self,
                       const char   *question,
                       const char   *tip)
{
  return look_up (self, "questions", question, "tips", tip);
}

/**
 * posture_words_get_recommendation:
 * @self: words
 * @question: a question's id
 * @recommendation: what a finding names: the id of one of its recommendations,
 *   or the question's own id for its next step
 *
 * Returns: (transfer none) (nullable): what to do
 */
const char *
posture_words_get_recommendation (PostureWords *self,
                                  const char   *question,
                                  const char   *recommendation)
{
  return g_str_equal (question, recommendation)
           ? posture_words_get_question (self, question, POSTURE_WORDS_NEXT)
           : look_up (self, "questions", question, "recommendations", recommendation);
}

/**
 * posture_words_get_profile_title:
 * @self: words
 * @profile: id of a target profile
 *
 * Returns: (transfer none) (nullable): the profile's title
 */
const char *
posture_words_get_profile_title (PostureWords *self,
                                 const char   *profile)
{
  return look_up (self, "profiles", profile, "title", NULL);
}

/**
 * posture_words_get_profile_summary:
 * @self: words
 * @profile: id of a target profile
 *
 * Returns: (transfer none) (nullable): who it is meant for
 */
const char *
posture_words_get_profile_summary (PostureWords *self,
                                   const char   *profile)
{
  return look_up (self, "profiles", profile, "summary", NULL);
}
