/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rating/rating.h"

G_BEGIN_DECLS

/**
 * PostureVerifyError:
 * @POSTURE_VERIFY_ERROR_REVISION: the revision is not what its digest says
 * @POSTURE_VERIFY_ERROR_QUESTIONNAIRE: the questionnaire is not the one that was
 *   answered
 * @POSTURE_VERIFY_ERROR_METHOD: another version of the rating method was used,
 *   which this program does not have
 * @POSTURE_VERIFY_ERROR_DIFFERENT: rating the revision gives another report
 * @POSTURE_VERIFY_ERROR_FORM: a bundle is cut off, changed, or none at all
 *
 * Why a report is not confirmed.
 */
typedef enum
{
  POSTURE_VERIFY_ERROR_REVISION,
  POSTURE_VERIFY_ERROR_QUESTIONNAIRE,
  POSTURE_VERIFY_ERROR_METHOD,
  POSTURE_VERIFY_ERROR_DIFFERENT,
  POSTURE_VERIFY_ERROR_FORM,
} PostureVerifyError;

#define POSTURE_VERIFY_ERROR (posture_verify_error_quark ())
GQuark posture_verify_error_quark (void);

gboolean       posture_verify_report (PostureQuestionnaire      *questionnaire,
                                      const PostureAnswerRecord *revision,
                                      const char                *report,
                                      GError                   **error);
GBytes        *posture_bundle_new    (PostureQuestionnaire      *questionnaire,
                                      const PostureAnswerRecord *revision,
                                      const char                *report,
                                      GError                   **error);
PostureReport *posture_bundle_verify (GBytes                    *bundle,
                                      GError                   **error);

G_END_DECLS
