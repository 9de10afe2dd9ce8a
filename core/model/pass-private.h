/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"
#include "model/condition-private.h"

G_BEGIN_DECLS

/* One pass in the order of the questions. What a pass has gone by does not change any more, so that
 * the events made from it can be kept: mostly a leaf names one question, and many name the same. */
typedef struct
{
  PostureQuestionnaire *questionnaire;
  PostureAnswers *answers;
  GArray *visible;           /* (element-type gboolean) */
  const char *instance;      /* of what is asked at the moment */
  GHashTable *events;        /* place of a question -> PostureJsonDocument of it alone */
  PostureJsonDocument *last; /* of several questions */
} PosturePass;

void     posture_pass_init  (PosturePass          *self,
                             PostureQuestionnaire *questionnaire,
                             PostureAnswers       *answers,
                             GArray               *visible);
void     posture_pass_clear (PosturePass          *self);
gboolean posture_pass_holds (PosturePass          *self,
                             PostureCondition     *condition,
                             const char           *instance);

G_END_DECLS
