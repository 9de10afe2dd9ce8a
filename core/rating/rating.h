/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"
#include "model/posture-types.h"
#include "model/questionnaire.h"

G_BEGIN_DECLS

/**
 * PostureRatingError:
 * @POSTURE_RATING_ERROR_CONTEXT: assessment, revision or time are not what they
 *   should be
 * @POSTURE_RATING_ERROR_METHOD: the questionnaire asks for a method that this
 *   version does not have
 * @POSTURE_RATING_ERROR_ANSWER: an answer does not fit its question; it was
 *   checked against another questionnaire, or not at all
 *
 * Why there is no report.
 */
typedef enum
{
  POSTURE_RATING_ERROR_CONTEXT,
  POSTURE_RATING_ERROR_METHOD,
  POSTURE_RATING_ERROR_ANSWER,
} PostureRatingError;

#define POSTURE_RATING_ERROR (posture_rating_error_quark ())
GQuark posture_rating_error_quark (void);

/**
 * PostureRatingContext:
 * @assessment: the assessment's UUID
 * @revision: the revision's digest
 * @submitted: when the revision was submitted, as `2026-11-23T21:46:44.000Z`
 *
 * What a report says about where its answers come from.
 */
typedef struct
{
  const char *assessment;
  const char *revision;
  const char *submitted;
} PostureRatingContext;

PostureReport *posture_rate (PostureQuestionnaire       *questionnaire,
                             PostureAnswers             *answers,
                             const PostureRatingContext *context,
                             GError                    **error);

G_END_DECLS
