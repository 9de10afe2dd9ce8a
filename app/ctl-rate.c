/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"
#include "app/ctl-output.h"
#include "app/ctl-report.h"

#include "model/revision.h"
#include "rating/rating.h"

/* What is rated here belongs to no assessment and was never submitted; constants keep the report
 * the same whenever and wherever it is made. */
#define NO_ASSESSMENT "00000000-0000-0000-0000-000000000000"
#define NO_TIME "1970-01-01T00:00:00.000Z"
#define N_FINDINGS 5

/**
 * ctl_rate:
 * @ctl: the run
 *
 * `posturectl rate`: rates a file without opening the profile.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_rate (Ctl *ctl)
{
  PostureRatingContext context = { .assessment = NO_ASSESSMENT, .submitted = NO_TIME };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureReport) report = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *revision = NULL;
  CtlStatus status = ctl_open_library (ctl);

  if (status != CTL_OK)
    return status;
  questionnaire = ctl_dup_questionnaire (ctl, ctl->arguments[0], &status);
  if (questionnaire == NULL)
    return status;
  answers = ctl_read_answers (ctl, questionnaire, &status);
  if (answers == NULL)
    return status;
  canonical = posture_answers_to_canonical (answers);
  context.revision = revision = posture_revision_digest (NO_ASSESSMENT, /* parent = */ NULL,
                                                         canonical);
  report = posture_rate (questionnaire, answers, &context, &error);
  if (report == NULL)
    return ctl_fail (error);
  ctl_print_report (ctl, report, /* name = */ NULL, answers, N_FINDINGS);
  return CTL_OK;
}
