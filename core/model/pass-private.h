/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"
#include "model/condition-private.h"
#include "model/question-private.h"

G_BEGIN_DECLS

/* One pass in the order of the questions: what it has gone by is known to be visible or not. */
typedef struct
{
  PostureQuestionnaire *questionnaire;
  PostureAnswers *answers;
  GArray *visible;        /* (element-type gboolean) */
  PostureQuestion *asked; /* whose condition is looked at */
} PosturePass;

gboolean posture_pass_holds   (PosturePass          *self,
                               PostureQuestion      *asked,
                               PostureCondition     *condition);
guint    posture_pass_resolve (PostureQuestionnaire *questionnaire,
                               PostureQuestion      *asked,
                               guint                 number);

G_END_DECLS
