/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/questionnaire-private.h"

#include "json/json-digest.h"

#include <string.h>

/* One that is yet to be read, from a text of @size bytes. */
PostureQuestionnaire *
posture_questionnaire_new_partial (gsize size)
{
  PostureQuestionnaire *self = g_new0 (PostureQuestionnaire, 1);

  g_atomic_ref_count_init (&self->references);
  posture_json_arena_init (&self->arena, size);
  posture_leaves_init (&self->leaves);
  return self;
}

/* Puts together what passes need; to be called when all questions are there. */
void
posture_questionnaire_index (PostureQuestionnaire *self)
{
  self->asked = g_new (PostureAsked, self->questions->len);
  for (guint i = 0; i < self->questions->len; i++)
    {
      PostureQuestion *question = g_ptr_array_index (self->questions, i);

      self->asked[i] = (PostureAsked) { question->condition, posture_question_get_key (question),
                                        question->key_hash };
    }
}

/**
 * posture_questionnaire_new:
 * @structure: bytes of a file `<id>.json`
 * @file_name: (nullable): the file's name, for the faults
 * @faults: where to tell what is wrong
 *
 * Reads the structure of a questionnaire and checks all of it. Everything that
 * is wrong is added to @faults at once, in the order of the file, each with its
 * place, such as `questions[3].options`.
 *
 * A questionnaire cannot be changed; threads can share it. Its words are read
 * with posture_words_new().
 *
 * Returns: (transfer full) (nullable): the questionnaire, %NULL if there are
 *   faults
 */
PostureQuestionnaire *
posture_questionnaire_new (GBytes        *structure,
                           const char    *file_name,
                           PostureFaults *faults)
{
  g_autoptr (PostureJsonDocument) document = posture_check_document (structure, file_name, faults);
  g_autoptr (PostureQuestionnaire) self = NULL;
  const PostureJsonNode *root;
  PostureCheck check;
  char *text;

  if (document == NULL)
    return NULL;
  root = posture_json_document_get_root (document);
  self = posture_questionnaire_new_partial (g_bytes_get_size (structure));
  posture_check_init (&check, faults, file_name, root);
  posture_questionnaire_read (self, &check, root);
  if (!posture_check_finish (&check))
    return NULL;
  posture_questionnaire_index (self);
  text = posture_json_node_to_text (root);
  self->canonical = g_bytes_new_take (text, strlen (text));
  self->digest = posture_json_digest (self->canonical);
  return g_steal_pointer (&self);
}

/**
 * posture_questionnaire_ref:
 * @self: a questionnaire
 *
 * Returns: (transfer full): @self with one more reference
 */
PostureQuestionnaire *
posture_questionnaire_ref (PostureQuestionnaire *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_questionnaire_unref:
 * @self: (transfer full): a questionnaire
 *
 * Gives a reference back.
 */
void
posture_questionnaire_unref (PostureQuestionnaire *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->section_index, g_hash_table_unref);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_clear_pointer (&self->question_index, g_hash_table_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_free (self->asked);
  if (self->origin != NULL)
    {
      posture_questionnaire_unref (self->origin);
      g_free (self->places);
      g_free (self);
      return;
    }
  g_free (self->id);
  g_free (self->version);
  g_free (self->digest);
  g_clear_pointer (&self->canonical, g_bytes_unref);
  g_free (self->judgement);
  g_free (self->method);
  g_clear_pointer (&self->catalogues, g_ptr_array_unref);
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_clear_pointer (&self->option_sets, g_hash_table_unref);
  g_clear_pointer (&self->profiles, g_ptr_array_unref);
  posture_leaves_clear (&self->leaves);
  posture_json_arena_clear (&self->arena);
  g_free (self);
}

/**
 * posture_questionnaire_get_id:
 * @self: a questionnaire
 *
 * Returns: (transfer none): its id, which all its versions share
 */
const char *
posture_questionnaire_get_id (PostureQuestionnaire *self)
{
  return self->id;
}

/**
 * posture_questionnaire_get_version:
 * @self: a questionnaire
 *
 * Returns: (transfer none): the version of its structure, such as `1.0.0`
 */
const char *
posture_questionnaire_get_version (PostureQuestionnaire *self)
{
  return self->version;
}

/**
 * posture_questionnaire_get_digest:
 * @self: a questionnaire
 *
 * Returns: (transfer none): SHA-256 of its canonical structure, which names
 *   this very questionnaire whatever its version says
 */
const char *
posture_questionnaire_get_digest (PostureQuestionnaire *self)
{
  return self->digest;
}

/**
 * posture_questionnaire_get_canonical:
 * @self: a questionnaire
 *
 * Returns: (transfer none): its structure as canonical JSON; what to keep in
 *   order to read it again later
 */
GBytes *
posture_questionnaire_get_canonical (PostureQuestionnaire *self)
{
  return self->canonical;
}

/**
 * posture_questionnaire_get_judgement:
 * @self: a questionnaire
 *
 * Returns: (transfer none) (nullable): where its weights come from, in English
 */
const char *
posture_questionnaire_get_judgement (PostureQuestionnaire *self)
{
  return self->judgement;
}

/**
 * posture_questionnaire_get_method:
 * @self: a questionnaire
 *
 * Returns: (transfer none): id of the method that rates its answers
 */
const char *
posture_questionnaire_get_method (PostureQuestionnaire *self)
{
  return self->method;
}

/**
 * posture_questionnaire_get_start_score:
 * @self: a questionnaire
 *
 * Returns: the score from which the method deduction takes off, 0 with others
 */
int
posture_questionnaire_get_start_score (PostureQuestionnaire *self)
{
  return self->start_score;
}

/**
 * posture_questionnaire_get_minimum_score:
 * @self: a questionnaire
 *
 * Returns: the score that the method deduction leaves if nothing is in place, 0
 *   with others
 */
int
posture_questionnaire_get_minimum_score (PostureQuestionnaire *self)
{
  return self->minimum_score;
}

/**
 * posture_questionnaire_get_n_catalogues:
 * @self: a questionnaire
 *
 * Returns: how many catalogues its questions can refer to
 */
guint
posture_questionnaire_get_n_catalogues (PostureQuestionnaire *self)
{
  return self->catalogues->len;
}

/**
 * posture_questionnaire_get_catalogue:
 * @self: a questionnaire
 * @index: from 0, below the number of catalogues
 *
 * Returns: (transfer none): the catalogue there
 */
const PostureCatalogue *
posture_questionnaire_get_catalogue (PostureQuestionnaire *self,
                                     guint                 index)
{
  g_return_val_if_fail (index < self->catalogues->len, NULL);

  return g_ptr_array_index (self->catalogues, index);
}

/**
 * posture_questionnaire_get_n_levels:
 * @self: a questionnaire
 *
 * Returns: how many levels a score can fall into
 */
guint
posture_questionnaire_get_n_levels (PostureQuestionnaire *self)
{
  return self->levels->len;
}

/**
 * posture_questionnaire_get_level:
 * @self: a questionnaire
 * @index: from 0, below the number of levels
 *
 * Returns: (transfer none): the level there, the lowest first
 */
const PostureLevel *
posture_questionnaire_get_level (PostureQuestionnaire *self,
                                 guint                 index)
{
  g_return_val_if_fail (index < self->levels->len, NULL);

  return g_ptr_array_index (self->levels, index);
}

/**
 * posture_questionnaire_get_n_sections:
 * @self: a questionnaire
 *
 * Returns: how many sections there are, with those in other sections
 */
guint
posture_questionnaire_get_n_sections (PostureQuestionnaire *self)
{
  return self->sections->len;
}

/**
 * posture_questionnaire_get_section:
 * @self: a questionnaire
 * @index: from 0, below the number of sections
 *
 * Returns: (transfer none): the section there
 */
const PostureSection *
posture_questionnaire_get_section (PostureQuestionnaire *self,
                                   guint                 index)
{
  g_return_val_if_fail (index < self->sections->len, NULL);

  return g_ptr_array_index (self->sections, index);
}

/**
 * posture_questionnaire_find_section:
 * @self: a questionnaire
 * @key: a section's id, in an expanded questionnaire perhaps `id@instance`
 *
 * Returns: its place, -1 if there is no such section
 */
int
posture_questionnaire_find_section (PostureQuestionnaire *self,
                                    const char           *key)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->section_index, key)) - 1;
}

/**
 * posture_questionnaire_get_n_questions:
 * @self: a questionnaire
 *
 * Returns: how many questions there are
 */
guint
posture_questionnaire_get_n_questions (PostureQuestionnaire *self)
{
  return self->questions->len;
}

/**
 * posture_questionnaire_get_question:
 * @self: a questionnaire
 * @index: from 0, below the number of questions
 *
 * Returns: (transfer none): the question there, in the order they are asked
 */
PostureQuestion *
posture_questionnaire_get_question (PostureQuestionnaire *self,
                                    guint                 index)
{
  g_return_val_if_fail (index < self->questions->len, NULL);

  return g_ptr_array_index (self->questions, index);
}

/**
 * posture_questionnaire_find_question:
 * @self: a questionnaire
 * @key: a question's id, in an expanded questionnaire perhaps `id@instance`
 *
 * Returns: (transfer none) (nullable): that question, %NULL if there is none
 */
PostureQuestion *
posture_questionnaire_find_question (PostureQuestionnaire *self,
                                     const char           *key)
{
  return g_hash_table_lookup (self->question_index, key);
}

/**
 * posture_questionnaire_is_repeated:
 * @self: a questionnaire
 *
 * Returns: whether it has repeated sections; then posture_questionnaire_expand()
 *   gives the questions that some answers lead to
 */
gboolean
posture_questionnaire_is_repeated (PostureQuestionnaire *self)
{
  return self->repeats;
}

/**
 * posture_questionnaire_get_review:
 * @self: a questionnaire
 * @question: a question of it
 * @ret_interval: (out): after how long its answer is to be looked at again
 *
 * The interval is the question's own, or else that of the questionnaire, or
 * else %POSTURE_REVIEW_DEFAULT_MONTHS.
 *
 * Returns: whether the questionnaire says so
 */
gboolean
posture_questionnaire_get_review (PostureQuestionnaire *self,
                                  PostureQuestion      *question,
                                  PostureInterval      *ret_interval)
{
  gboolean own = question->review.months + question->review.days > 0;

  *ret_interval = own ? question->review : self->review;
  if (ret_interval->months + ret_interval->days > 0)
    return TRUE;
  ret_interval->months = POSTURE_REVIEW_DEFAULT_MONTHS;
  return FALSE;
}

/**
 * posture_questionnaire_get_n_profiles:
 * @self: a questionnaire
 *
 * Returns: how many target profiles come with it
 */
guint
posture_questionnaire_get_n_profiles (PostureQuestionnaire *self)
{
  return self->profiles->len;
}

/**
 * posture_questionnaire_get_profile:
 * @self: a questionnaire
 * @index: from 0, below the number of profiles
 *
 * Returns: (transfer none): the target profile there
 */
const PostureProfile *
posture_questionnaire_get_profile (PostureQuestionnaire *self,
                                   guint                 index)
{
  g_return_val_if_fail (index < self->profiles->len, NULL);

  return g_ptr_array_index (self->profiles, index);
}
