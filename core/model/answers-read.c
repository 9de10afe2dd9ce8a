/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/answers.h"

#include "model/answer-private.h"

#include <glib/gi18n-lib.h>

/* Sets of answers as files, revisions and events have them. */

/* Says what is wrong with a key that is none. */
static void
tell_stranger (PostureCheck          *check,
               const PostureJsonNode *node,
               PostureQuestionnaire  *questionnaire,
               const char            *key)
{
  g_auto (GStrv) parts = g_strsplit (key, "@", 2);
  PostureQuestion *question = posture_questionnaire_find_question (questionnaire,
                                                                   parts[0] != NULL ? parts[0] : "");

  if (question == NULL)
    posture_check_fault (check, node, _("is no question of this questionnaire"));
  else if (posture_question_is_repeated (question))
    posture_check_fault (check, node, _("is asked for each instance: “%s@” and the instance's id"),
                         posture_question_get_id (question));
  else
    posture_check_fault (check, node, _("is asked once, not for an instance"));
}

/* Finds the question that a key answers, or says what is wrong with the key. Without a questionnaire any key will do,
 * and @ret_question is %NULL. */
static gboolean
find_answered (PostureCheck          *check,
               const PostureJsonNode *node,
               PostureQuestionnaire  *questionnaire,
               const char            *key,
               PostureQuestion      **ret_question)
{
  *ret_question = questionnaire != NULL ? posture_questionnaire_find_answered (questionnaire, key) : NULL;
  if (questionnaire == NULL || *ret_question != NULL)
    return TRUE;
  tell_stranger (check, node, questionnaire, key);
  return FALSE;
}

static void
read_map (PostureAnswers        *self,
          PostureCheck          *check,
          const PostureJsonNode *object,
          PostureQuestionnaire  *questionnaire)
{
  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    {
      const char *id = posture_json_node_get_key (object, i);
      const PostureJsonNode *node = posture_json_node_get_element (object, i);
      PostureQuestion *question;
      g_autoptr (PostureAnswer) answer = NULL;
      gsize place = posture_check_enter_key (check, id);

      if (find_answered (check, node, questionnaire, id, &question))
        answer = posture_answer_read (check, node, question);
      if (answer != NULL)
        posture_answers_set (self, id, answer);
      posture_check_leave (check, place);
    }
}

static void
read_target (PostureAnswers        *self,
             PostureCheck          *check,
             const PostureJsonNode *node,
             const char            *id,
             PostureQuestionnaire  *questionnaire)
{
  PostureAnswer *old = posture_answers_get (self, id);
  PostureQuestion *question;
  g_autoptr (PostureAnswer) answer = NULL;

  if (!find_answered (check, node, questionnaire, id, &question))
    return;
  if (old != NULL && posture_answer_get_target (old) != NULL)
    {
      posture_check_fault (check, node, _("has a target among the answers already"));
      return;
    }
  answer = posture_answer_read_target (check, node, question, old);
  if (answer != NULL)
    posture_answers_set (self, id, answer);
}

/* A map of targets alone, as a file of goals has it, is the same as targets beside the answers. */
static void
read_targets (PostureAnswers        *self,
              PostureCheck          *check,
              const PostureJsonNode *object,
              PostureQuestionnaire  *questionnaire)
{
  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    {
      const char *id = posture_json_node_get_key (object, i);
      gsize place = posture_check_enter_key (check, id);

      read_target (self, check, posture_json_node_get_element (object, i), id, questionnaire);
      posture_check_leave (check, place);
    }
}

static void
read_file (PostureAnswers        *self,
           PostureCheck          *check,
           const PostureJsonNode *root,
           PostureQuestionnaire  *questionnaire)
{
  static const char *const members[] = { "questionnaire", "answers", "targets", NULL };
  const PostureJsonNode *object;
  const char *id;
  gsize place;

  if (!posture_check_kind (check, root, POSTURE_JSON_OBJECT))
    return;
  posture_check_members (check, root, members);
  id = posture_check_id (check, root, "questionnaire");
  if (id != NULL && questionnaire != NULL
      && !g_str_equal (id, posture_questionnaire_get_id (questionnaire)))
    posture_check_fault_in (check, root, "questionnaire", _("must be “%s”"),
                            posture_questionnaire_get_id (questionnaire));
  object = posture_check_member (check, root, "answers", POSTURE_JSON_OBJECT, TRUE);
  if (object != NULL)
    {
      place = posture_check_enter (check, "answers");
      read_map (self, check, object, questionnaire);
      posture_check_leave (check, place);
    }
  object = posture_check_member (check, root, "targets", POSTURE_JSON_OBJECT, FALSE);
  if (object == NULL)
    return;
  place = posture_check_enter (check, "targets");
  read_targets (self, check, object, questionnaire);
  posture_check_leave (check, place);
}

/**
 * posture_answers_new_from_file_bytes:
 * @bytes: bytes of an answers file
 * @file_name: (nullable): the file's name, for the faults
 * @questionnaire: (nullable): what they answer; without it only the form is
 *   checked
 * @faults: where to tell what is wrong
 *
 * Reads an answers file. Everything that is wrong is added to @faults at once,
 * each with its place, such as `answers["1.A"]`.
 *
 * Returns: (transfer full) (nullable): the answers, %NULL if there are faults
 */
PostureAnswers *
posture_answers_new_from_file_bytes (GBytes               *bytes,
                                     const char           *file_name,
                                     PostureQuestionnaire *questionnaire,
                                     PostureFaults        *faults)
{
  g_autoptr (PostureJsonDocument) document = posture_check_document (bytes, file_name, faults);
  g_autoptr (PostureAnswers) self = NULL;
  PostureCheck check;

  if (document == NULL)
    return NULL;
  self = posture_answers_new ();
  posture_check_init (&check, faults, file_name, posture_json_document_get_root (document));
  read_file (self, &check, posture_json_document_get_root (document), questionnaire);
  return posture_check_finish (&check) ? g_steal_pointer (&self) : NULL;
}

/**
 * posture_answers_new_from_node:
 * @node: an object from question id to answer, as in revisions and events
 * @questionnaire: (nullable): what they answer; without it only the form is
 *   checked
 * @error: return location for a #PostureModelError
 *
 * Reads answers without a file around them. The error tells all that is wrong.
 *
 * Returns: (transfer full) (nullable): the answers, or %NULL on error
 */
PostureAnswers *
posture_answers_new_from_node (const PostureJsonNode *node,
                               PostureQuestionnaire  *questionnaire,
                               GError               **error)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureAnswers) self = posture_answers_new ();
  PostureCheck check;

  posture_check_init (&check, faults, NULL /* file */, node);
  if (posture_check_kind (&check, node, POSTURE_JSON_OBJECT))
    {
      gsize place = posture_check_enter (&check, "answers");

      read_map (self, &check, node, questionnaire);
      posture_check_leave (&check, place);
    }
  if (posture_check_finish (&check))
    return g_steal_pointer (&self);
  g_propagate_error (error, posture_faults_to_error (faults));
  return NULL;
}

/**
 * posture_answers_peek_questionnaire:
 * @bytes: bytes of an answers file
 * @error: return location for a #PostureModelError
 *
 * Finds out what an answers file answers, before that questionnaire is loaded.
 * Nothing else of the file is checked.
 *
 * Returns: (transfer full) (nullable): the questionnaire's id, or %NULL on error
 */
char *
posture_answers_peek_questionnaire (GBytes  *bytes,
                                    GError **error)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureJsonDocument) document
    = posture_check_document (bytes, NULL /* file */, faults);
  char *id = NULL;
  PostureCheck check;

  if (document != NULL)
    {
      const PostureJsonNode *root = posture_json_document_get_root (document);

      posture_check_init (&check, faults, NULL /* file */, root);
      if (posture_check_kind (&check, root, POSTURE_JSON_OBJECT))
        id = g_strdup (posture_check_id (&check, root, "questionnaire"));
      posture_check_finish (&check);
    }
  if (id == NULL)
    g_propagate_error (error, posture_faults_to_error (faults));
  return id;
}
