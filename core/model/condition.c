/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/condition-private.h"

/* So many answers to one leaf need no memory of their own. */
#define FEW 8

/* Whether it is one pattern and nothing else. */
gboolean
posture_condition_is_pattern (PostureCondition *self)
{
  return self->steps->kind == POSTURE_STEP_LEAF && self->steps->leaf->regex == NULL;
}

/* How many questions it names. */
guint
posture_condition_get_n_questions (PostureCondition *self)
{
  return self->n_questions;
}

/* The number of one of them in the structure. */
guint
posture_condition_get_question (PostureCondition *self,
                                guint             index)
{
  return self->named[self->questions[index]];
}

/* %MAYBE if one of the questions is open. */
static PostureTruth
judge_leaf (const PostureCondition *self,
            const PostureStep      *step,
            PostureConditionAnswers find_answer,
            gpointer                data)
{
  const PostureJsonNode *few[FEW];
  g_autofree const PostureJsonNode **many = NULL;
  const PostureJsonNode **answers = few;

  if (step->n_named > FEW)
    answers = many = g_new (const PostureJsonNode *, step->n_named);
  for (guint i = 0; i < step->n_named; i++)
    if (!find_answer (self->named[step->first + i], data, &answers[i]))
      return POSTURE_TRUTH_MAYBE;
  return posture_leaf_holds (step->leaf, &self->names[step->first], answers, step->n_named)
           ? POSTURE_TRUTH_YES : POSTURE_TRUTH_NO;
}

static gboolean
step_holds (const PostureCondition *self,
            const PostureStep      *step,
            PostureConditionAnswers find_answer,
            gpointer                data)
{
  if (step->kind == POSTURE_STEP_LEAF)
    return judge_leaf (self, step, find_answer, data) == POSTURE_TRUTH_YES;
  if (step->kind == POSTURE_STEP_NOT)
    return !step_holds (self, step + 1, find_answer, data);
  for (const PostureStep *inner = step + 1; inner < step + step->length; inner += inner->length)
    if (step_holds (self, inner, find_answer, data) == (step->kind == POSTURE_STEP_OR))
      return step->kind == POSTURE_STEP_OR;
  return step->kind == POSTURE_STEP_AND;
}

/* Whether the condition holds for answers none of which is open. */
gboolean
posture_condition_holds (PostureCondition       *self,
                         PostureConditionAnswers find_answer,
                         gpointer                data)
{
  return step_holds (self, self->steps, find_answer, data);
}

static PostureTruth
judge_step (const PostureCondition *self,
            const PostureStep      *step,
            PostureConditionAnswers find_answer,
            gpointer                data)
{
  PostureTruth found;

  if (step->kind == POSTURE_STEP_LEAF)
    return judge_leaf (self, step, find_answer, data);
  if (step->kind == POSTURE_STEP_NOT)
    return POSTURE_TRUTH_YES - judge_step (self, step + 1, find_answer, data);
  found = step->kind == POSTURE_STEP_AND ? POSTURE_TRUTH_YES : POSTURE_TRUTH_NO;
  for (const PostureStep *inner = step + 1; inner < step + step->length; inner += inner->length)
    {
      PostureTruth truth = judge_step (self, inner, find_answer, data);

      found = step->kind == POSTURE_STEP_AND ? MIN (found, truth) : MAX (found, truth);
    }
  return found;
}

/* What can be said of the condition while some answers are open. */
PostureTruth
posture_condition_judge (PostureCondition       *self,
                         PostureConditionAnswers find_answer,
                         gpointer                data)
{
  return judge_step (self, self->steps, find_answer, data);
}

/* Which of the numbers @named from @start up to @end are there for the first time, as places in @named; there is
 * room for all of them in @first. Returns how many. */
guint
posture_condition_find_first (const guint32 *named,
                              guint32        start,
                              guint32        end,
                              guint32       *first)
{
  guint length = 0;

  for (guint32 i = start; i < end; i++)
    {
      gboolean seen = FALSE;

      for (guint j = 0; !seen && j < length; j++)
        seen = named[first[j]] == named[i];
      if (!seen)
        first[length++] = i;
    }
  return length;
}

static void
visit_parts (const PostureCondition *self,
             const PostureStep      *step,
             PostureCheck           *check,
             const PostureJsonNode  *json,
             PostureConditionVisit   visit,
             gpointer                data)
{
  const PostureJsonNode *inner_json = posture_json_node_get_element (json, 0);
  gsize place = posture_check_enter (check, posture_json_node_get_key (json, 0));
  const PostureStep *last = step + step->length - 1;
  guint32 end = last->first + last->n_named;
  g_autofree guint32 *questions = g_new (guint32, end - step->first);
  PostureCondition part = { step, self->named, self->names, questions,
                            posture_condition_find_first (self->named, step->first, end, questions),
                            NULL, 0, FALSE };
  guint before = check->found, i = 0;

  if (step->kind == POSTURE_STEP_NOT)
    visit_parts (self, step + 1, check, inner_json, visit, data);
  else
    for (const PostureStep *inner = step + 1; inner < step + step->length; inner += inner->length)
      {
        gsize inner_place = posture_check_enter_at (check, i);

        visit_parts (self, inner, check, posture_json_node_get_element (inner_json, i++), visit, data);
        posture_check_leave (check, inner_place);
      }
  /* what cannot hold together is told where no part of it has something of its own */
  if (posture_condition_is_pattern (&part))
    visit (&part, inner_json, inner_json, data);
  else if (step->kind == POSTURE_STEP_AND && step != self->steps && check->found == before)
    visit (&part, inner_json, NULL, data);
  posture_check_leave (check, place);
}

/* Shows the leaves of a condition that are patterns, and what is inside of it and has to hold together. @json,
 * which stands at the present place, is what the condition was read from. */
void
posture_condition_visit_parts (PostureCondition      *self,
                               PostureCheck          *check,
                               const PostureJsonNode *json,
                               PostureConditionVisit  visit,
                               gpointer               data)
{
  visit_parts (self, self->steps, check, json, visit, data);
}

/**
 * posture_condition_dup_questions:
 * @self: a condition
 *
 * Returns: (transfer full): the ids of the questions it names, each once
 */
char **
posture_condition_dup_questions (PostureCondition *self)
{
  char **questions = g_new0 (char *, self->n_questions + 1);

  for (guint i = 0; i < self->n_questions; i++)
    questions[i] = g_strdup (self->names[self->questions[i]]);
  return questions;
}
