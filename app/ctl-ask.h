/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

/**
 * CtlDraft:
 * @questionnaire: what is answered
 * @asked: (nullable): the same, expanded for the instances that are named
 * @words: its words
 * @name: what the assessment is called
 * @assessment: (nullable): its id; %NULL as long as there is no answer to store
 * @answers: the answers so far
 *
 * An assessment that is being answered.
 */
typedef struct
{
  PostureQuestionnaire *questionnaire;
  PostureQuestionnaire *asked;
  PostureWords *words;
  char *name;
  char *assessment;
  PostureAnswers *answers;
} CtlDraft;

CtlStatus ctl_ask (Ctl      *ctl,
                   CtlDraft *draft,
                   gboolean *ret_submit);

G_END_DECLS
