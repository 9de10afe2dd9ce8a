/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/visibility.h"

#include "model/pass-private.h"
#include "model/question-private.h"

/* Whether the question at @index is asked; those before it are known. */
static gboolean
find_one (PosturePass *pass,
          guint        index)
{
  PostureQuestion *question = posture_questionnaire_get_question (pass->questionnaire, index);

  return question->condition == NULL
         || posture_pass_holds (pass, question->condition, question->instance);
}

/**
 * posture_questionnaire_find_visible:
 * @self: a questionnaire
 * @answers: answers to it
 *
 * Finds out which questions are asked, given what was answered so far. A
 * condition names earlier questions only, so one pass in their order does; what
 * is hidden counts as unanswered for everything behind it.
 *
 * Returns: (transfer full) (element-type gboolean): for each question, in the
 *   order of the questionnaire, whether it is visible
 */
GArray *
posture_questionnaire_find_visible (PostureQuestionnaire *self,
                                    PostureAnswers       *answers)
{
  guint length = posture_questionnaire_get_n_questions (self);
  GArray *visible = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), length);
  PosturePass pass;

  posture_pass_init (&pass, self, answers, visible);
  for (guint i = 0; i < length; i++)
    {
      gboolean holds = find_one (&pass, i);

      g_array_append_val (visible, holds);
    }
  posture_pass_clear (&pass);
  return visible;
}

/* Which questions are asked, kept while answers change. Not for several threads at once. */
struct _PostureVisibility
{
  PostureQuestionnaire *questionnaire;
  GArray *visible;     /* (element-type gboolean) */
  GPtrArray *followers; /* (element-type GArray): of each question the places of those whose
                           condition names it, growing; %NULL for none */
};

static void
array_free (gpointer data)
{
  if (data != NULL)
    g_array_unref (data);
}

static GPtrArray *
find_followers (PostureQuestionnaire *questionnaire)
{
  guint length = posture_questionnaire_get_n_questions (questionnaire);
  GPtrArray *followers = g_ptr_array_new_full (length, array_free);

  g_ptr_array_set_size (followers, (int) length);
  for (guint i = 0; i < length; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);
      PostureCondition *condition = question->condition;
      const GPtrArray *named = condition != NULL ? posture_condition_get_questions (condition)
                                                 : NULL;

      for (guint j = 0; named != NULL && j < named->len; j++)
        {
          guint number = posture_questionnaire_find_near (questionnaire, g_ptr_array_index (named, j),
                                                          question->instance)->number;

          if (g_ptr_array_index (followers, number) == NULL)
            g_ptr_array_index (followers, number) = g_array_new (FALSE, FALSE, sizeof (guint));
          g_array_append_val ((GArray *) g_ptr_array_index (followers, number), i);
        }
    }
  return followers;
}

/**
 * posture_visibility_new:
 * @questionnaire: a questionnaire
 * @answers: answers to it
 *
 * Finds out which questions are asked, and keeps it, so that after a change of
 * one answer only what depends on it is looked at again.
 *
 * Returns: (transfer full): which questions are asked
 */
PostureVisibility *
posture_visibility_new (PostureQuestionnaire *questionnaire,
                        PostureAnswers       *answers)
{
  PostureVisibility *self = g_new0 (PostureVisibility, 1);

  self->questionnaire = posture_questionnaire_ref (questionnaire);
  self->visible = posture_questionnaire_find_visible (questionnaire, answers);
  self->followers = find_followers (questionnaire);
  return self;
}

/**
 * posture_visibility_free:
 * @self: (transfer full): which questions are asked
 *
 * Frees it.
 */
void
posture_visibility_free (PostureVisibility *self)
{
  posture_questionnaire_unref (self->questionnaire);
  g_array_unref (self->visible);
  g_ptr_array_unref (self->followers);
  g_free (self);
}

/**
 * posture_visibility_get:
 * @self: which questions are asked
 * @index: from 0, below the number of questions
 *
 * Returns: whether the question there is asked
 */
gboolean
posture_visibility_get (PostureVisibility *self,
                        guint              index)
{
  g_return_val_if_fail (index < self->visible->len, FALSE);

  return g_array_index (self->visible, gboolean, index);
}

/**
 * posture_visibility_peek:
 * @self: which questions are asked
 *
 * Returns: (transfer none) (element-type gboolean): for each question, in the
 *   order of the questionnaire, whether it is asked
 */
GArray *
posture_visibility_peek (PostureVisibility *self)
{
  return self->visible;
}

/* Marks what follows the question at @index. */
static void
mark_followers (PostureVisibility *self,
                guint              index,
                GTree             *marked)
{
  const GArray *followers = g_ptr_array_index (self->followers, index);

  for (guint i = 0; followers != NULL && i < followers->len; i++)
    g_tree_insert (marked, GUINT_TO_POINTER (g_array_index (followers, guint, i) + 1), NULL);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  guint x = GPOINTER_TO_UINT (a), y = GPOINTER_TO_UINT (b);

  return x < y ? -1 : x > y;
}

/**
 * posture_visibility_update:
 * @self: which questions are asked
 * @answers: the answers as they are now
 * @question: key of the one question whose answer has changed since; not one of
 *   the kind instances, which changes the questions themselves
 *
 * Looks again at what depends on that question, and on what is shown or hidden
 * by that. Takes time in proportion to what depends on it.
 *
 * Returns: (transfer full) (element-type guint): the places of the questions
 *   that are shown or hidden now and were not before, growing
 */
GArray *
posture_visibility_update (PostureVisibility *self,
                           PostureAnswers    *answers,
                           const char        *question)
{
  g_autoptr (GTree) marked = g_tree_new (compare_places);
  PostureQuestion *asked = posture_questionnaire_find_question (self->questionnaire, question);
  GArray *changed = g_array_new (FALSE, FALSE, sizeof (guint));
  PosturePass pass;

  posture_pass_init (&pass, self->questionnaire, answers, self->visible);
  /* what is hidden counts as unanswered, whatever its answer is now */
  if (asked != NULL && posture_visibility_get (self, posture_question_get_number (asked)))
    mark_followers (self, posture_question_get_number (asked), marked);
  while (g_tree_nnodes (marked) > 0)
    {
      /* followers stand later, so that the first one marked has nothing open before it */
      gpointer key = g_tree_node_key (g_tree_node_first (marked));
      guint place = GPOINTER_TO_UINT (key) - 1;
      gboolean holds = find_one (&pass, place);

      g_tree_remove (marked, key);
      if (holds == posture_visibility_get (self, place))
        continue;
      g_array_index (self->visible, gboolean, place) = holds;
      g_array_append_val (changed, place);
      mark_followers (self, place, marked);
    }
  posture_pass_clear (&pass);
  return changed;
}
