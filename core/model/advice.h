/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"

G_BEGIN_DECLS

/**
 * PostureImpact:
 * @POSTURE_IMPACT_UNSAID: the questionnaire does not say
 * @POSTURE_IMPACT_LOW: little
 * @POSTURE_IMPACT_MEDIUM: something
 * @POSTURE_IMPACT_HIGH: much
 *
 * How much a recommendation does for security.
 */
typedef enum
{
  POSTURE_IMPACT_UNSAID,
  POSTURE_IMPACT_LOW,
  POSTURE_IMPACT_MEDIUM,
  POSTURE_IMPACT_HIGH,
} PostureImpact;

/**
 * PostureAdvice:
 * @id: its id, unique among the tips or the recommendations of its question
 * @when: (nullable): when it applies, on the answers up to and with that of its
 *   question; %NULL for always
 * @has_effort: whether it has an effort of its own
 * @effort: how much work it is; of a recommendation that does not say, the
 *   question's
 * @impact: of a recommendation, what it does
 *
 * A tip that is shown while a question is answered, or a recommendation to its
 * finding. Both have their words in the files of words.
 */
typedef struct
{
  char *id;
  PostureCondition *when;
  gboolean has_effort;
  PostureEffort effort;
  PostureImpact impact;
} PostureAdvice;

const char           *posture_impact_to_string              (PostureImpact         impact);

guint                 posture_question_get_n_tips           (PostureQuestion      *self);
const PostureAdvice  *posture_question_get_tip              (PostureQuestion      *self,
                                                             guint                 index);
guint                 posture_question_get_n_recommendations (PostureQuestion     *self);
const PostureAdvice  *posture_question_get_recommendation   (PostureQuestion      *self,
                                                             guint                 index);
char                **posture_questionnaire_find_tips       (PostureQuestionnaire *self,
                                                             PostureAnswers       *answers,
                                                             GArray               *visible,
                                                             PostureQuestion      *question);
const PostureAdvice  *posture_questionnaire_find_recommendation (PostureQuestionnaire *self,
                                                             PostureAnswers       *answers,
                                                             GArray               *visible,
                                                             PostureQuestion      *question);

G_END_DECLS
