/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/advice-private.h"

#include "model/pass-private.h"
#include "model/type-info-private.h"

#include <glib/gi18n-lib.h>

#define MAX_ADVICE 20

static const char *const impacts[] = { "low", "medium", "high", NULL };
static const char *const efforts[] = { "low", "medium", "high", NULL };

/* A member that is one of some words; -1 if it is not there. */
static int
read_word (PostureCheck          *check,
           const PostureJsonNode *node,
           const char            *name,
           const char *const     *words)
{
  const char *text = posture_check_text (check, node, name, FALSE);
  int value = posture_type_find_value (words, text);

  if (text != NULL && value < 0)
    {
      g_autofree char *names = g_strjoinv (", ", (char **) words);

      posture_check_fault_in (check, node, name, _("must be one of %s"), names);
    }
  return value;
}

static gboolean
has_id (const PostureAdviceList *list,
        const char              *id)
{
  for (guint i = 0; i < list->length; i++)
    if (g_strcmp0 (list->items[i].id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
read_advice_id (PostureCheck            *check,
                const PostureJsonNode   *node,
                const PostureQuestion   *question,
                const PostureAdviceList *list,
                PostureJsonArena        *arena,
                PostureAdvice           *advice)
{
  const char *id = posture_check_id (check, node, "id");

  if (id != NULL && has_id (list, id))
    posture_check_fault_in (check, node, "id", _("“%s” is there twice"), id);
  else if (id != NULL && g_strcmp0 (id, question->id) == 0)
    posture_check_fault_in (check, node, "id", _("must be another than the question's"));
  advice->id = posture_json_arena_dup (arena, id);
}

static void
read_one (PostureCheck                  *check,
          const PostureJsonNode         *node,
          const PostureConditionSetting *setting,
          const PostureQuestion         *question,
          gboolean                       recommends,
          PostureAdviceList             *list)
{
  static const char *const members[] = { "id", "when", "effort", "impact", NULL };
  static const char *const tip_members[] = { "id", "when", NULL };
  const PostureJsonNode *when = posture_json_node_get_member (node, "when");
  PostureAdvice *advice;
  int effort;

  if (!posture_check_kind (check, node, POSTURE_JSON_OBJECT))
    return;
  posture_check_members (check, node, recommends ? members : tip_members);
  advice = &list->items[list->length];
  *advice = (PostureAdvice) { NULL };
  read_advice_id (check, node, question, list, setting->arena, advice);
  if (when != NULL)
    {
      gsize place = posture_check_enter (check, "when");

      advice->when = posture_condition_read (check, when, setting);
      posture_check_leave (check, place);
    }
  if (recommends)
    {
      effort = read_word (check, node, "effort", efforts);
      advice->has_effort = effort >= 0;
      advice->effort = (PostureEffort) MAX (effort, 0);
      advice->impact = (PostureImpact) (read_word (check, node, "impact", impacts) + 1);
    }
  list->length++;
}

/* The first one that applies is taken, so that what stands behind one that always does is idle. */
static void
check_reach (PostureCheck            *check,
             const PostureJsonNode   *list,
             const PostureAdviceList *read)
{
  for (guint i = 0; i + 1 < read->length; i++)
    if (read->items[i].when == NULL)
      {
        gsize place = posture_check_enter_at (check, i + 1);

        posture_check_fault (check, posture_json_node_get_element (list, i + 1),
                             _("is never reached: the one before it always applies"));
        posture_check_leave (check, place);
        return;
      }
}

static void
read_list (PostureCheck                  *check,
           const PostureJsonNode         *node,
           const char                    *name,
           const PostureConditionSetting *setting,
           PostureQuestion               *question,
           PostureAdviceList             *read)
{
  const PostureJsonNode *list = posture_check_member (check, node, name, POSTURE_JSON_ARRAY, FALSE);
  guint length = list != NULL ? posture_json_node_get_length (list) : 0;
  gboolean recommends = read == &question->recommendations;
  guint before = check->found;
  gsize outer = posture_check_enter (check, name);

  if (list != NULL && length == 0)
    posture_check_fault (check, list, _("needs at least one"));
  else if (length > MAX_ADVICE)
    posture_check_fault (check, list, _("must have at most %d entries"), MAX_ADVICE);
  read->items = posture_json_arena_alloc (setting->arena, MIN (length, MAX_ADVICE)
                                                            * sizeof (PostureAdvice));
  for (guint i = 0; i < MIN (length, MAX_ADVICE); i++)
    {
      gsize place = posture_check_enter_at (check, i);

      read_one (check, posture_json_node_get_element (list, i), setting, question, recommends, read);
      posture_check_leave (check, place);
    }
  if (recommends && check->found == before)
    check_reach (check, list, read);
  posture_check_leave (check, outer);
}

/* Reads the tips and recommendations of a question. What they depend on may be the question's own
 * answer, too. */
void
posture_advice_read (PostureCheck                  *check,
                     const PostureJsonNode         *node,
                     const PostureConditionSetting *setting,
                     PostureQuestion               *question)
{
  GHashTable *earlier = setting->earlier;
  gboolean added = question->id != NULL && !g_hash_table_contains (earlier, question->id);

  if (added)
    g_hash_table_insert (earlier, question->id, question);
  read_list (check, node, "tips", setting, question, &question->tips);
  read_list (check, node, "recommendations", setting, question, &question->recommendations);
  if (added)
    g_hash_table_remove (earlier, question->id);
  if (!question->rated && question->recommendations.length > 0)
    posture_check_fault_in (check, node, "recommendations", _("belongs to rated questions only"));
}

/**
 * posture_impact_to_string:
 * @impact: an impact
 *
 * Returns: (transfer none) (nullable): its name, %NULL if it is unsaid
 */
const char *
posture_impact_to_string (PostureImpact impact)
{
  return impact == POSTURE_IMPACT_UNSAID ? NULL : impacts[impact - 1];
}

/**
 * posture_question_get_n_tips:
 * @self: a question
 *
 * Returns: how many tips it has
 */
guint
posture_question_get_n_tips (PostureQuestion *self)
{
  return self->tips.length;
}

/**
 * posture_question_get_tip:
 * @self: a question
 * @index: from 0, below the number of its tips
 *
 * Returns: (transfer none): the tip there
 */
const PostureAdvice *
posture_question_get_tip (PostureQuestion *self,
                          guint            index)
{
  g_return_val_if_fail (index < self->tips.length, NULL);

  return &self->tips.items[index];
}

/**
 * posture_question_get_n_recommendations:
 * @self: a question
 *
 * Returns: how many recommendations it has besides its next step
 */
guint
posture_question_get_n_recommendations (PostureQuestion *self)
{
  return self->recommendations.length;
}

/**
 * posture_question_get_recommendation:
 * @self: a question
 * @index: from 0, below the number of its recommendations
 *
 * Returns: (transfer none): the recommendation there
 */
const PostureAdvice *
posture_question_get_recommendation (PostureQuestion *self,
                                     guint            index)
{
  g_return_val_if_fail (index < self->recommendations.length, NULL);

  return &self->recommendations.items[index];
}

static gboolean
applies (PosturePass         *pass,
         const PostureAdvice *advice,
         PostureQuestion     *question)
{
  return advice->when == NULL || posture_pass_holds (pass, question, advice->when);
}

/**
 * posture_questionnaire_find_tips:
 * @self: a questionnaire, as it is asked
 * @answers: answers to it
 * @visible: (element-type gboolean): which questions are asked, given these
 * @question: one that is
 *
 * Returns: (transfer full): the ids of the tips to show beside the question now;
 *   their words are posture_words_get_tip()
 */
char **
posture_questionnaire_find_tips (PostureQuestionnaire *self,
                                 PostureAnswers       *answers,
                                 GArray               *visible,
                                 PostureQuestion      *question)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  PosturePass pass = { self, answers, visible, NULL };

  for (guint i = 0; i < question->tips.length; i++)
    {
      const PostureAdvice *tip = posture_question_get_tip (question, i);

      if (applies (&pass, tip, question))
        g_strv_builder_add (builder, tip->id);
    }
  return g_strv_builder_end (builder);
}

/**
 * posture_questionnaire_find_recommendation:
 * @self: a questionnaire, as it is asked
 * @answers: answers to it
 * @visible: (element-type gboolean): which questions are asked, given these
 * @question: one that loses points
 *
 * Returns: (transfer none) (nullable): the first of its recommendations that
 *   applies; %NULL if none does, so that its next step is the recommendation
 */
const PostureAdvice *
posture_questionnaire_find_recommendation (PostureQuestionnaire *self,
                                           PostureAnswers       *answers,
                                           GArray               *visible,
                                           PostureQuestion      *question)
{
  const PostureAdvice *found = NULL;
  PosturePass pass = { self, answers, visible, NULL };

  for (guint i = 0; found == NULL && i < question->recommendations.length; i++)
    {
      const PostureAdvice *advice = posture_question_get_recommendation (question, i);

      if (applies (&pass, advice, question))
        found = advice;
    }
  return found;
}
