/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"

G_BEGIN_DECLS

/* Questionnaires of all four methods, and random answers to them. */

#define N_SAMPLE_QUESTIONNAIRES 6

PostureQuestionnaire *sample_questionnaire (guint                 index);
char                 *draw_body            (GRand                *rand,
                                            PostureQuestion      *question);
char                 *draw_target          (GRand                *rand,
                                            PostureQuestion      *question);
void                  append_answer        (GString              *map,
                                            PostureQuestion      *question,
                                            const char           *body,
                                            const char           *target);
PostureAnswers       *draw_answers         (GRand                *rand,
                                            PostureQuestionnaire *questionnaire);

G_END_DECLS
