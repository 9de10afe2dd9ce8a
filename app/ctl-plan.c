/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"
#include "app/ctl-find.h"
#include "app/ctl-output.h"
#include "rating/way.h"
#include "user/plan.h"

#include <glib/gi18n.h>

static void
write_item (PostureJsonWriter     *writer,
            const PosturePlanItem *item)
{
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "assessment", item->assessment);
  posture_json_writer_member_string (writer, "question", item->question);
  posture_json_writer_member_string (writer, "owner", item->owner);
  posture_json_writer_member_string (writer, "due", item->due);
  posture_json_writer_key (writer, "done");
  posture_json_writer_boolean (writer, item->done);
  posture_json_writer_end_object (writer);
}

static void
print_item (const PosturePlanItem *item)
{
  g_autofree char *first = g_strdup_printf ("%.8s  %s  ", item->assessment, item->question);
  g_autofree char *line = g_strdup_printf (
    "%s · %s%s", item->owner != NULL ? item->owner : _("nobody yet"),
    item->due != NULL ? item->due : _("no due date"), item->done ? _(" · done") : "");

  ctl_print_wrapped (first, 4, line);
}

static CtlStatus
show (Ctl        *ctl,
      const char *assessment)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = posture_user_service_dup_plan (ctl_get_user (ctl), assessment,
                                                               &error);

  if (items == NULL)
    return ctl_fail (error);
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < items->len; i++)
    {
      write_item (writer, g_ptr_array_index (items, i));
      if (!ctl->json)
        print_item (g_ptr_array_index (items, i));
    }
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else if (items->len == 0)
    ctl_print ("%s\n", _("Nothing is planned. “posturectl plan set” plans for a finding."));
  return CTL_OK;
}

/* Opens the profile and finds the assessment of the first argument. */
static CtlStatus
open_and_find (Ctl   *ctl,
               char **ret_id)
{
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK && ctl->n_arguments > 0)
    *ret_id = ctl_find_assessment (ctl, ctl->arguments[0], &status);
  return status;
}

/* What is planned for a question now; %NULL for nothing. */
static PosturePlanItem *
find_item (Ctl        *ctl,
           const char *assessment,
           const char *question)
{
  g_autoptr (GPtrArray) items = posture_user_service_dup_plan (ctl_get_user (ctl), assessment, NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    if (g_str_equal (((PosturePlanItem *) g_ptr_array_index (items, i))->question, question))
      return g_ptr_array_steal_index (items, i);
  return NULL;
}

/**
 * ctl_plan_list:
 * @ctl: the run
 *
 * `posturectl plan list`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_plan_list (Ctl *ctl)
{
  g_autofree char *id = NULL;
  CtlStatus status = open_and_find (ctl, &id);

  return status == CTL_OK ? show (ctl, id) : status;
}

/* “-” takes a member back; one that is not given stays. */
static const char *
choose (const char *given,
        const char *old)
{
  if (given == NULL)
    return old;
  return g_str_equal (given, "-") ? NULL : given;
}

/**
 * ctl_plan_set:
 * @ctl: the run
 *
 * `posturectl plan set`: who puts a finding right, and until when.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_plan_set (Ctl *ctl)
{
  g_autoptr (PosturePlanItem) old = NULL;
  g_autofree char *id = NULL;
  CtlStatus status = open_and_find (ctl, &id);

  if (status != CTL_OK)
    return status;
  old = find_item (ctl, id, ctl->arguments[1]);
  status = ctl_apply_one (ctl, posture_operation_new_plan (
                                 ctl_get_now (ctl), id, ctl->arguments[1],
                                 choose (ctl->owner, old != NULL ? old->owner : NULL),
                                 choose (ctl->due, old != NULL ? old->due : NULL),
                                 !ctl->undo && old != NULL && old->done));
  return status == CTL_OK ? show (ctl, id) : status;
}

/* What the question is answered with once it is put right. */
static PostureAnswer *
find_remedy (Ctl        *ctl,
             const char *assessment,
             const char *key)
{
  g_autoptr (PostureAssessmentItem) item = posture_user_service_dup_assessment (ctl_get_user (ctl),
                                                                                assessment, NULL);
  g_autoptr (PostureAnswers) answers = posture_user_service_dup_answers (ctl_get_user (ctl),
                                                                         assessment, NULL);
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  PostureQuestion *question = NULL;

  if (item != NULL)
    questionnaire = posture_library_dup_by_digest (ctl->library,
                                                   posture_assessment_item_get_digest (item));
  if (questionnaire != NULL)
    question = posture_questionnaire_find_answered (questionnaire, key);
  return question != NULL && answers != NULL
           ? posture_find_remedy (questionnaire, answers, question) : NULL;
}

static void
offer_answer (Ctl           *ctl,
              const char    *assessment,
              PostureAnswer *remedy)
{
  if (ctl->json || remedy == NULL)
    return;
  ctl_print_wrapped ("", 2, _("The score changes once the answer says so. To answer that it is in "
                              "place and get a new report:"));
  ctl_print ("  posturectl plan done %.8s %s --answer\n", assessment, ctl->arguments[1]);
  ctl_print ("  posturectl assessments submit %.8s\n", assessment);
}

/**
 * ctl_plan_done:
 * @ctl: the run
 *
 * `posturectl plan done`: a finding is put right; offers to answer so.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_plan_done (Ctl *ctl)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func (
    (GDestroyNotify) posture_operation_unref);
  g_autoptr (PosturePlanItem) old = NULL;
  g_autoptr (PostureAnswer) remedy = NULL;
  g_autofree char *id = NULL;
  CtlStatus status = open_and_find (ctl, &id);

  if (status != CTL_OK)
    return status;
  old = find_item (ctl, id, ctl->arguments[1]);
  remedy = find_remedy (ctl, id, ctl->arguments[1]);
  g_ptr_array_add (operations,
                   posture_operation_new_plan (ctl_get_now (ctl), id, ctl->arguments[1],
                                               old != NULL ? old->owner : NULL,
                                               old != NULL ? old->due : NULL, /* done = */ TRUE));
  if (ctl->answer && remedy != NULL)
    g_ptr_array_add (operations, ctl_answer_operation (ctl, id, ctl->arguments[1], remedy));
  status = ctl_apply (ctl, operations);
  if (status == CTL_OK)
    status = show (ctl, id);
  if (status == CTL_OK && !ctl->answer)
    offer_answer (ctl, id, remedy);
  return status;
}
