/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/visibility.h"

#include "model/answers-private.h"
#include "model/pass-private.h"
#include "model/questionnaire-private.h"

/* Whether the question at @index is asked; those before it are known. */
static gboolean
find_one (PosturePass *pass,
          guint        index)
{
  PostureCondition *condition = pass->questionnaire->asked[index].condition;

  return condition == NULL
         || posture_pass_holds (pass, g_ptr_array_index (pass->questionnaire->questions, index), condition);
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
  PosturePass pass = { self, answers, visible, NULL };

  for (guint i = 0; i < length; i++)
    {
      gboolean holds = find_one (&pass, i);

      g_array_append_val (visible, holds);
    }
  return visible;
}

/**
 * posture_questionnaire_find_given:
 * @self: a questionnaire
 * @answers: answers to it
 * @visible: (element-type gboolean): which questions are asked, given these
 *
 * Finds the answers that count, which are those to visible questions.
 *
 * Returns: (transfer container): for each question, in the order of the
 *   questionnaire, its answer; %NULL where it is hidden or unanswered. Free it
 *   with g_free()
 */
PostureAnswer **
posture_questionnaire_find_given (PostureQuestionnaire *self,
                                  PostureAnswers       *answers,
                                  GArray               *visible)
{
  PostureAnswer **given = g_new0 (PostureAnswer *, visible->len);

  for (guint i = 0; i < visible->len; i++)
    if (g_array_index (visible, gboolean, i))
      given[i] = posture_answers_find_hashed (answers, self->asked[i].key, self->asked[i].key_hash);
  return given;
}

/* Which questions are asked, kept while answers change. Not for several threads at once. */
struct _PostureVisibility
{
  PostureQuestionnaire *questionnaire;
  GArray *visible;    /* (element-type gboolean) */
  guint32 *followers; /* places of the questions whose condition names one, growing; those of the question
                         at i stand … */
  guint32 *first;     /* … from first[i] on, up to first[i + 1] */
  guint64 *marked;    /* a bit for each question; all are 0 between two updates */
};

/* The place of a question that the condition of @question names. */
static guint
get_named (PostureQuestionnaire *questionnaire,
           PostureQuestion      *question,
           guint                 index)
{
  return posture_pass_resolve (questionnaire, question,
                               posture_condition_get_question (question->condition, index));
}

static guint
count_named (PostureQuestion *question)
{
  return question->condition != NULL ? posture_condition_get_n_questions (question->condition) : 0;
}

/* Counts the followers of each question, and then puts them side by side from the last one back. */
static void
find_followers (PostureVisibility *self)
{
  GPtrArray *questions = self->questionnaire->questions;

  self->first = g_new0 (guint32, questions->len + 1);
  for (guint i = 0; i < questions->len; i++)
    for (guint j = 0; j < count_named (questions->pdata[i]); j++)
      self->first[get_named (self->questionnaire, questions->pdata[i], j)]++;
  for (guint i = 1; i <= questions->len; i++)
    self->first[i] += self->first[i - 1];
  self->followers = g_new (guint32, self->first[questions->len]);
  for (guint i = questions->len; i-- > 0;)
    for (guint j = 0; j < count_named (questions->pdata[i]); j++)
      self->followers[--self->first[get_named (self->questionnaire, questions->pdata[i], j)]] = i;
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
  self->marked = g_new0 (guint64, self->visible->len / 64 + 1);
  find_followers (self);
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
  g_free (self->followers);
  g_free (self->first);
  g_free (self->marked);
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

/* Marks what follows the question at @index; @last is the last one marked. */
static void
mark_followers (PostureVisibility *self,
                guint              index,
                guint             *last)
{
  for (guint i = self->first[index]; i < self->first[index + 1]; i++)
    {
      guint follower = self->followers[i];

      self->marked[follower / 64] |= G_GUINT64_CONSTANT (1) << follower % 64;
      *last = MAX (*last, follower);
    }
}

/* The first one marked from @index up to @last, which loses its mark; beyond @last if there is none. */
static guint
take_marked (PostureVisibility *self,
             guint              index,
             guint              last)
{
  for (; index <= last; index++)
    {
      guint64 *marks = &self->marked[index / 64];

      if (*marks == 0)
        index |= 63; /* none of these */
      else if ((*marks >> index % 64 & 1) != 0)
        {
          *marks &= ~(G_GUINT64_CONSTANT (1) << index % 64);
          break;
        }
    }
  return index;
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
  PostureQuestion *asked = posture_questionnaire_find_question (self->questionnaire, question);
  GArray *changed = g_array_new (FALSE, FALSE, sizeof (guint));
  PosturePass pass = { self->questionnaire, answers, self->visible, NULL };
  guint last = 0;

  /* what is hidden counts as unanswered, whatever its answer is now */
  if (asked == NULL || !posture_visibility_get (self, asked->number))
    return changed;
  mark_followers (self, asked->number, &last);
  /* followers stand later, so that the first one marked has nothing open before it */
  for (guint place = take_marked (self, asked->number, last); place <= last;
       place = take_marked (self, place, last))
    {
      gboolean holds = find_one (&pass, place);

      if (holds == posture_visibility_get (self, place))
        continue;
      g_array_index (self->visible, gboolean, place) = holds;
      g_array_append_val (changed, place);
      mark_followers (self, place, &last);
    }
  return changed;
}
