/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/pass-private.h"

#include "model/answer-private.h"
#include "model/answers-private.h"
#include "model/questionnaire-private.h"

/* The place of the question that a condition of @asked, or of something beside it, means by a number in the
 * structure. In an expanded questionnaire it is one of the same instance, whose questions stand together, or
 * one outside. */
guint
posture_pass_resolve (PostureQuestionnaire *questionnaire,
                      PostureQuestion      *asked,
                      guint                 number)
{
  if (questionnaire->places == NULL)
    return number;
  if (questionnaire->places[number] != POSTURE_PLACE_OF_INSTANCE)
    return questionnaire->places[number];
  return number + asked->number - asked->origin->number;
}

static gboolean
find_answer (guint                   number,
             gpointer                data,
             const PostureJsonNode **ret_answer)
{
  PosturePass *self = data;
  guint place = posture_pass_resolve (self->questionnaire, self->asked, number);
  PostureAnswer *answer = NULL;

  if (g_array_index (self->visible, gboolean, place))
    answer = posture_answers_find_hashed (self->answers, self->questionnaire->asked[place].key,
                                          self->questionnaire->asked[place].key_hash);
  *ret_answer = answer != NULL ? posture_answer_get_plain (answer) : NULL;
  return TRUE;
}

/* Whether a condition of @asked, or of something beside it, holds; the questions it names have been gone by. */
gboolean
posture_pass_holds (PosturePass      *self,
                    PostureQuestion  *asked,
                    PostureCondition *condition)
{
  self->asked = asked;
  return posture_condition_holds (condition, find_answer, self);
}
