/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"

G_BEGIN_DECLS

/**
 * PostureGapKind:
 * @POSTURE_GAP_REQUIRED: it must be answered, and is not
 * @POSTURE_GAP_EVIDENCE: its answer claims something, and has no note with the
 *   evidence that is asked for
 *
 * What answers lack before they are submitted. Nothing of it changes a score,
 * and nobody is kept from submitting.
 */
typedef enum
{
  POSTURE_GAP_REQUIRED,
  POSTURE_GAP_EVIDENCE,
} PostureGapKind;

/**
 * PostureGap:
 * @question: place of the question in the questionnaire as it is asked
 * @kind: what is lacking
 *
 * Something that answers lack.
 */
typedef struct
{
  guint question;
  PostureGapKind kind;
} PostureGap;

GArray *posture_questionnaire_find_gaps (PostureQuestionnaire *self,
                                         PostureAnswers       *answers,
                                         GArray               *visible);

G_END_DECLS
