/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-find.h"
#include "app/ctl-output.h"
#include "app/ctl-report.h"
#include "model/report-words.h"

#include <glib/gi18n.h>

static void
write_item (PostureJsonWriter *writer,
            PostureReportItem *item)
{
  g_autofree char *submitted = posture_time_to_text (posture_report_item_get_submitted (item));

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "id", posture_report_item_get_id (item));
  posture_json_writer_member_string (writer, "assessment",
                                     posture_report_item_get_assessment (item));
  posture_json_writer_member_string (writer, "name",
                                     posture_report_item_get_assessment_name (item));
  posture_json_writer_member_string (writer, "questionnaire",
                                     posture_report_item_get_questionnaire (item));
  posture_json_writer_member_string (writer, "revision", posture_report_item_get_revision (item));
  posture_json_writer_member_string (writer, "submitted", submitted);
  posture_json_writer_member_string (writer, "level", posture_report_item_get_level (item));
  posture_json_writer_key (writer, "score");
  posture_score_write (writer, posture_report_item_get_score (item));
  posture_json_writer_end_object (writer);
}

static void
print_item (PostureReportItem *item)
{
  g_autofree char *moment = ctl_moment (posture_report_item_get_submitted (item));
  g_autofree char *score = posture_score_to_words (posture_report_item_get_score (item));
  g_autofree char *line = g_strdup_printf (
      "%.12s · %s · %s · %s", posture_report_item_get_id (item),
      posture_report_item_get_questionnaire (item), score, moment);

  ctl_print_heading (posture_report_item_get_assessment_name (item));
  ctl_print_wrapped ("  ", 2, line);
}

/**
 * ctl_reports_list:
 * @ctl: the run
 *
 * `posturectl reports list`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_reports_list (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PostureUserList) list = NULL;
  g_autofree char *assessment = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK && ctl->assessment != NULL)
    assessment = ctl_find_assessment (ctl, ctl->assessment, &status);
  if (status != CTL_OK)
    return status;
  list = posture_user_service_list_reports (ctl_get_user (ctl), assessment);
  status = ctl_load_list (G_LIST_MODEL (list));
  if (status != CTL_OK)
    return status;
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PostureReportItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      write_item (writer, item);
      if (!ctl->json)
        print_item (item);
    }
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    ctl_print ("%s\n", _("There is no report yet. “posturectl assess essentials” leads to one."));
  return CTL_OK;
}

static CtlStatus
open_and_find (Ctl   *ctl,
               char **ret_id)
{
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK)
    *ret_id = ctl_find_report (ctl, ctl->arguments[0], &status);
  return status;
}

/**
 * ctl_reports_show:
 * @ctl: the run
 *
 * `posturectl reports show`: a report with all its findings.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_reports_show (Ctl *ctl)
{
  g_autofree char *id = NULL;
  CtlStatus status = open_and_find (ctl, &id);

  return id != NULL ? ctl_show_report (ctl, id, G_MAXUINT) : status;
}

/**
 * ctl_reports_delete:
 * @ctl: the run
 *
 * `posturectl reports delete`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_reports_delete (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *id = NULL;
  CtlStatus status = open_and_find (ctl, &id);

  if (id == NULL)
    return status;
  status = ctl_apply_one (ctl, posture_operation_new_delete_report (ctl_get_now (ctl), id));
  if (status != CTL_OK)
    return status;
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "deleted", id);
  posture_json_writer_end_object (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else
    ctl_print (_("The report %s is deleted.\n"), id);
  return CTL_OK;
}
