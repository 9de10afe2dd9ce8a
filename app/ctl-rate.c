/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"
#include "app/ctl-output.h"
#include "app/ctl-report.h"

#include "rating/what-if.h"

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
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureReport) report = NULL;
  CtlStatus status = ctl_open_library (ctl);

  if (status != CTL_OK)
    return status;
  questionnaire = ctl_dup_questionnaire (ctl, ctl->arguments[0], &status);
  if (questionnaire == NULL)
    return status;
  answers = ctl_read_answers (ctl, questionnaire, &status);
  if (answers == NULL)
    return status;
  report = posture_rate_unsubmitted (questionnaire, answers, &error);
  if (report == NULL)
    return ctl_fail (error);
  ctl_print_report (ctl, report, /* name = */ NULL, answers, N_FINDINGS);
  return CTL_OK;
}
