/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"
#include "app/ctl-compare.h"
#include "app/ctl-find.h"
#include "app/ctl-output.h"

#include "rating/what-if.h"

#include <glib/gi18n.h>
#include <string.h>

/* As in an answers file, as the id of an option, or as a person types it when asked. */
static PostureAnswer *
parse_value (PostureQuestion *question,
             const char      *text,
             char           **ret_complaint)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *word = NULL;
  PostureAnswer *answer;

  if (g_str_equal (text, "?"))
    return ctl_parse_special (question, NULL /* reason */, ret_complaint);
  answer = posture_answer_new_from_text (text, question, NULL);
  if (answer != NULL)
    return answer;
  posture_json_writer_string (writer, text);
  word = posture_json_writer_finish_text (writer);
  answer = posture_answer_new_from_text (word, question, NULL);
  return answer != NULL ? answer : ctl_parse_answer (question, text, ret_complaint);
}

static CtlStatus
take_set (const char           *set,
          PostureQuestionnaire *questionnaire,
          PostureAnswers       *fixed)
{
  const char *equals = strchr (set, '=');
  g_autofree char *key = equals != NULL ? g_strndup (set, (gsize) (equals - set)) : NULL;
  PostureQuestion *question = key != NULL
                                ? posture_questionnaire_find_answered (questionnaire, key) : NULL;
  g_autofree char *complaint = NULL;
  g_autoptr (PostureAnswer) answer = NULL;

  if (equals == NULL)
    return ctl_error (CTL_USAGE, _("--set takes KEY=VALUE, not “%s”."), set);
  if (question == NULL)
    return ctl_error (CTL_FAULTS, _("“%s” is no question of this questionnaire."), key);
  answer = parse_value (question, equals + 1, &complaint);
  if (answer == NULL)
    return ctl_error (CTL_FAULTS, "%s: %s", key, complaint);
  posture_answers_set (fixed, key, answer);
  return CTL_OK;
}

static void
print (Ctl            *ctl,
       PostureReport  *now,
       PostureReport  *then,
       PostureAnswers *answers)
{
  g_autoptr (PostureComparison) comparison = posture_reports_compare (now, then);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  if (!ctl->json)
    {
      ctl_print_comparison (ctl, comparison, answers);
      return;
    }
  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "change");
  posture_comparison_write (comparison, writer);
  posture_json_writer_key (writer, "report");
  posture_report_write (writer, then);
  posture_json_writer_end_object (writer);
  ctl_print_json (writer);
}

static CtlStatus
rate_both (Ctl                  *ctl,
           PostureQuestionnaire *questionnaire,
           PostureAnswers       *answers)
{
  g_autoptr (PostureAnswers) fixed = posture_answers_new ();
  g_autoptr (PostureReport) now = NULL;
  g_autoptr (PostureReport) then = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; ctl->sets[i] != NULL; i++)
    {
      CtlStatus status = take_set (ctl->sets[i], questionnaire, fixed);

      if (status != CTL_OK)
        return status;
    }
  now = posture_rate_unsubmitted (questionnaire, answers, &error);
  if (now != NULL)
    then = posture_what_if (questionnaire, answers, fixed, &error);
  if (then == NULL)
    return ctl_fail (error);
  print (ctl, now, then, answers);
  return CTL_OK;
}

/**
 * ctl_what_if:
 * @ctl: the run
 *
 * `posturectl what-if`: what the report would be with other answers.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_what_if (Ctl *ctl)
{
  g_autoptr (PostureAssessmentItem) item = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK)
    id = ctl_find_assessment (ctl, ctl->arguments[0], &status);
  if (id == NULL)
    return status;
  item = posture_user_service_dup_assessment (ctl_get_user (ctl), id, &error);
  if (item != NULL)
    answers = posture_user_service_dup_answers (ctl_get_user (ctl), id, &error);
  if (answers == NULL)
    return ctl_fail (error);
  questionnaire = posture_library_dup_by_digest (ctl->library,
                                                 posture_assessment_item_get_digest (item));
  return rate_both (ctl, questionnaire, answers);
}
