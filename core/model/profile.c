/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/profile-private.h"

#include "model/answer-private.h"
#include "model/answers.h"

#include <glib/gi18n-lib.h>

/* Target profiles that come with a questionnaire. */

void
posture_profile_free (gpointer data)
{
  PostureProfile *profile = data;

  g_free (profile->id);
  g_hash_table_unref (profile->targets);
  g_free (profile);
}

/* Whether a target may be right, and what it is meant for has a fault that was told. */
static gboolean
is_obscure (PostureQuestionnaire *questionnaire,
            PostureQuestion      *question)
{
  if (question == NULL)
    return (questionnaire->faulty & POSTURE_PART_QUESTIONS) != 0;
  return (question->faulty & (POSTURE_QUESTION_FORM | POSTURE_QUESTION_METHOD)) != 0;
}

static void
read_target (PostureCheck          *check,
             const PostureJsonNode *node,
             const char            *id,
             PostureQuestionnaire  *questionnaire,
             PostureProfile        *profile)
{
  PostureQuestion *question = posture_questionnaire_find_question (questionnaire, id);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  gsize place = posture_check_enter_key (check, id);

  if (question == NULL && !is_obscure (questionnaire, question))
    posture_check_fault (check, node, _("is no question of this questionnaire"));
  else if (question != NULL && !question->takes_target && !is_obscure (questionnaire, question))
    posture_check_fault (check, node, _("this question takes no target"));
  else if (question != NULL && question->takes_target && posture_answer_read_value (check, node, question, writer))
    g_hash_table_insert (profile->targets, g_strdup (id), posture_json_writer_finish_text (writer));
  posture_check_leave (check, place);
}

static void
read_targets (PostureCheck          *check,
              const PostureJsonNode *node,
              PostureQuestionnaire  *questionnaire,
              PostureProfile        *profile)
{
  const PostureJsonNode *object = posture_check_member (check, node, "targets", POSTURE_JSON_OBJECT,
                                                        TRUE);
  gsize place = posture_check_enter (check, "targets");

  if (object != NULL && posture_json_node_get_length (object) == 0)
    posture_check_fault (check, object, _("needs at least one"));
  for (guint i = 0; object != NULL && i < posture_json_node_get_length (object); i++)
    read_target (check, posture_json_node_get_element (object, i),
                 posture_json_node_get_key (object, i), questionnaire, profile);
  posture_check_leave (check, place);
}

static void
read_profile (PostureCheck          *check,
              const PostureJsonNode *node,
              PostureQuestionnaire  *questionnaire)
{
  static const char *const members[] = { "id", "targets", NULL };
  PostureProfile *profile;
  const char *id;

  if (!posture_check_kind (check, node, POSTURE_JSON_OBJECT))
    return;
  posture_check_members (check, node, members);
  id = posture_check_id (check, node, "id");
  for (guint i = 0; id != NULL && i < questionnaire->profiles->len; i++)
    if (g_strcmp0 (posture_questionnaire_get_profile (questionnaire, i)->id, id) == 0)
      posture_check_fault_in (check, node, "id", _("“%s” is there twice"), id);
  profile = g_new0 (PostureProfile, 1);
  profile->id = g_strdup (id);
  profile->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_ptr_array_add (questionnaire->profiles, profile);
  read_targets (check, node, questionnaire, profile);
}

/* Reads the target profiles; the questions are read before. */
void
posture_profiles_read (PostureCheck          *check,
                       const PostureJsonNode *root,
                       PostureQuestionnaire  *questionnaire)
{
  const PostureJsonNode *list = posture_check_member (check, root, "profiles", POSTURE_JSON_ARRAY,
                                                      FALSE);
  gsize outer = posture_check_enter (check, "profiles");

  for (guint i = 0; list != NULL && i < posture_json_node_get_length (list); i++)
    {
      gsize place = posture_check_enter_at (check, i);

      read_profile (check, posture_json_node_get_element (list, i), questionnaire);
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
}

/**
 * posture_answers_take_profile:
 * @self: answers that only one thread has
 * @questionnaire: what they answer, as it is asked
 * @profile: one of its target profiles
 *
 * Sets the targets of a profile where there is none yet.
 *
 * Returns: (transfer full): the keys of the questions whose answers have changed
 */
char **
posture_answers_take_profile (PostureAnswers       *self,
                              PostureQuestionnaire *questionnaire,
                              const PostureProfile *profile)
{
  g_autoptr (GStrvBuilder) changed = g_strv_builder_new ();

  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);
      const char *key = posture_question_get_key (question);
      const char *target = g_hash_table_lookup (profile->targets, question->id);
      PostureAnswer *old = posture_answers_get (self, key);
      g_autoptr (PostureAnswer) made = NULL;

      /* without an instance there is nothing to answer yet */
      if (target == NULL || (question->repeated && question->instance == NULL)
          || (old != NULL && posture_answer_get_target (old) != NULL))
        continue;
      made = posture_answer_new_with_target (old, target, question, NULL /* error */);
      posture_answers_set (self, key, made);
      g_strv_builder_add (changed, key);
    }
  return g_strv_builder_end (changed);
}
