/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"
#include "app/ctl-find.h"
#include "app/ctl-output.h"
#include "app/ctl-report.h"
#include "model/expansion.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME 200 /* characters */

static void
write_moment (PostureJsonWriter *writer,
              const char        *key,
              gint64             time)
{
  g_autofree char *text = posture_time_to_text (time);

  posture_json_writer_member_string (writer, key, text);
}

/* The members of an assessment, inside an open object. */
static void
write_members (PostureJsonWriter     *writer,
               PostureAssessmentItem *item)
{
  posture_json_writer_member_string (writer, "id", posture_assessment_item_get_id (item));
  posture_json_writer_member_string (writer, "name", posture_assessment_item_get_name (item));
  posture_json_writer_member_string (writer, "questionnaire",
                                     posture_assessment_item_get_questionnaire (item));
  posture_json_writer_member_string (writer, "digest", posture_assessment_item_get_digest (item));
  posture_json_writer_key (writer, "archived");
  posture_json_writer_boolean (writer, posture_assessment_item_get_archived (item));
  write_moment (writer, "created", posture_assessment_item_get_created (item));
  write_moment (writer, "changed", posture_assessment_item_get_changed (item));
  posture_json_writer_member_int (writer, "answered", posture_assessment_item_get_n_answers (item));
  posture_json_writer_member_string (writer, "revision",
                                     posture_assessment_item_get_revision (item));
  posture_json_writer_member_int (writer, "revision_number",
                                  posture_assessment_item_get_revision_number (item));
  posture_json_writer_member_string (writer, "last_report",
                                     posture_assessment_item_get_last_report (item));
}

static void
print_item (PostureAssessmentItem *item)
{
  g_autofree char *moment = ctl_moment (posture_assessment_item_get_changed (item));
  guint n_answers = posture_assessment_item_get_n_answers (item);
  guint n_revisions = posture_assessment_item_get_revision_number (item);
  g_autofree char *answers = g_strdup_printf (ngettext ("%u answer", "%u answers", n_answers),
                                              n_answers);
  g_autofree char *revisions = n_revisions == 0
                                   ? g_strdup (_("not submitted"))
                                   : g_strdup_printf (ngettext ("submitted once",
                                                                "submitted %u times", n_revisions),
                                                      n_revisions);
  g_autofree char *line = g_strdup_printf (
      "%s · %s · %s · %s%s", posture_assessment_item_get_questionnaire (item), answers, revisions,
      moment, posture_assessment_item_get_archived (item) ? _(" · archived") : "");

  ctl_print_heading (posture_assessment_item_get_name (item));
  ctl_print ("  %s\n", posture_assessment_item_get_id (item));
  ctl_print_wrapped ("  ", 2, line);
}

/**
 * ctl_assessments_list:
 * @ctl: the run
 *
 * `posturectl assessments list`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assessments_list (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PostureUserList) list = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  list = posture_user_service_list_assessments (ctl_get_user (ctl), ctl->archived);
  status = ctl_load_list (G_LIST_MODEL (list));
  if (status != CTL_OK)
    return status;
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PostureAssessmentItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      posture_json_writer_begin_object (writer);
      write_members (writer, item);
      posture_json_writer_end_object (writer);
      if (!ctl->json)
        print_item (item);
    }
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    ctl_print ("%s\n", ctl->archived
                           ? _("No assessment is archived.")
                           : _("There is no assessment yet. “posturectl assess essentials” begins "
                               "one."));
  return CTL_OK;
}

/* Opens the profile and finds the assessment that the first argument means. */
static CtlStatus
open_and_find (Ctl   *ctl,
               char **ret_id)
{
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK)
    *ret_id = ctl_find_assessment (ctl, ctl->arguments[0], &status);
  return status;
}

static void
print_answers (Ctl                   *ctl,
               PostureAssessmentItem *item,
               PostureAnswers        *answers)
{
  const char *digest = posture_assessment_item_get_digest (item);
  g_autoptr (PostureQuestionnaire) questionnaire = posture_library_dup_by_digest (ctl->library,
                                                                                  digest);
  g_autoptr (PostureWords) words = ctl_dup_words (ctl, digest);
  g_autoptr (PostureQuestionnaire) asked
    = questionnaire != NULL ? posture_questionnaire_expand (questionnaire, answers) : NULL;

  for (guint i = 0; asked != NULL && i < posture_questionnaire_get_n_questions (asked); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (asked, i);
      const char *id = posture_question_get_key (question);
      PostureAnswer *answer = posture_answers_get (answers, id);
      g_autofree char *text = answer != NULL ? ctl_answer_text (question, words, answer) : NULL;
      g_autofree char *first = g_strdup_printf ("  %s  ", id);

      if (answer == NULL)
        continue;
      ctl_print_wrapped (first, 4, text);
      if (posture_answer_get_note (answer) != NULL)
        ctl_print_wrapped (_("      Note: "), 8, posture_answer_get_note (answer));
    }
}

static CtlStatus
show (Ctl        *ctl,
      const char *id,
      gboolean    with_answers)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAssessmentItem) item = posture_user_service_dup_assessment (ctl_get_user (ctl),
                                                                                id, &error);
  g_autoptr (PostureAnswers) answers = NULL;

  if (item != NULL && with_answers)
    answers = posture_user_service_dup_answers (ctl_get_user (ctl), id, &error);
  if (error != NULL)
    return ctl_fail (error);
  posture_json_writer_begin_object (writer);
  write_members (writer, item);
  if (answers != NULL)
    {
      posture_json_writer_key (writer, "answers");
      posture_answers_write (answers, writer, /* with_notes = */ TRUE);
    }
  posture_json_writer_end_object (writer);
  if (ctl->json)
    {
      ctl_print_json (writer);
      return CTL_OK;
    }
  print_item (item);
  if (answers != NULL)
    print_answers (ctl, item, answers);
  return CTL_OK;
}

/**
 * ctl_assessments_show:
 * @ctl: the run
 *
 * `posturectl assessments show`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assessments_show (Ctl *ctl)
{
  g_autofree char *id = NULL;
  CtlStatus status = open_and_find (ctl, &id);

  return id != NULL ? show (ctl, id, /* with_answers = */ TRUE) : status;
}

/**
 * ctl_assessments_rename:
 * @ctl: the run
 *
 * `posturectl assessments rename`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assessments_rename (Ctl *ctl)
{
  g_autofree char *id = NULL;
  CtlStatus status = open_and_find (ctl, &id);

  if (id == NULL)
    return status;
  status = ctl_apply_one (ctl,
                          posture_operation_new_rename (ctl_get_now (ctl), id, ctl->arguments[1]));
  return status == CTL_OK ? show (ctl, id, /* with_answers = */ FALSE) : status;
}

static char *
make_copy_name (PostureAssessmentItem *item)
{
  g_autofree char *name = g_strdup_printf (_("%s (copy)"), posture_assessment_item_get_name (item));

  return g_utf8_substring (name, 0, MIN (MAX_NAME, g_utf8_strlen (name, -1)));
}

/**
 * ctl_assessments_duplicate:
 * @ctl: the run
 *
 * `posturectl assessments duplicate`: a new assessment with the same answers.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assessments_duplicate (Ctl *ctl)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func (
      (GDestroyNotify) posture_operation_unref);
  g_autoptr (PostureAssessmentItem) item = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  PostureOperation *create;
  CtlStatus status = open_and_find (ctl, &id);

  if (id == NULL)
    return status;
  item = posture_user_service_dup_assessment (ctl_get_user (ctl), id, &error);
  if (item != NULL)
    answers = posture_user_service_dup_answers (ctl_get_user (ctl), id, &error);
  if (answers == NULL)
    return ctl_fail (error);
  name = ctl->n_arguments > 1 ? g_strdup (ctl->arguments[1]) : make_copy_name (item);
  create = posture_operation_new_create (ctl_get_now (ctl),
                                         posture_assessment_item_get_digest (item), name);
  g_ptr_array_add (operations, create);
  ctl_add_answers (ctl, operations, posture_operation_get_assessment (create), answers);
  status = ctl_apply (ctl, operations);
  return status == CTL_OK
           ? show (ctl, posture_operation_get_assessment (create), /* with_answers = */ FALSE)
           : status;
}

/**
 * ctl_assessments_archive:
 * @ctl: the run
 *
 * `posturectl assessments archive`: puts an assessment away, or takes it out
 * again.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assessments_archive (Ctl *ctl)
{
  g_autofree char *id = NULL;
  CtlStatus status = open_and_find (ctl, &id);

  if (id == NULL)
    return status;
  status = ctl_apply_one (ctl, posture_operation_new_archive (ctl_get_now (ctl), id, !ctl->undo));
  return status == CTL_OK ? show (ctl, id, /* with_answers = */ FALSE) : status;
}

/**
 * ctl_assessments_delete:
 * @ctl: the run
 *
 * `posturectl assessments delete`: deletes an assessment with all that belongs
 * to it.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assessments_delete (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *id = NULL;
  CtlStatus status = open_and_find (ctl, &id);

  if (id == NULL)
    return status;
  status = ctl_apply_one (ctl, posture_operation_new_delete (ctl_get_now (ctl), id));
  if (status != CTL_OK)
    return status;
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "deleted", id);
  posture_json_writer_end_object (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else
    ctl_print (_("The assessment %s is deleted, with its answers and reports.\n"), id);
  return CTL_OK;
}

/**
 * ctl_assessments_submit:
 * @ctl: the run
 *
 * `posturectl assessments submit`: submits the answers as they are and prints
 * the report.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assessments_submit (Ctl *ctl)
{
  g_autofree char *id = NULL;
  CtlStatus status = open_and_find (ctl, &id);

  return id != NULL ? ctl_submit (ctl, id, /* operations = */ NULL) : status;
}
