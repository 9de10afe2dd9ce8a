/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-find.h"
#include "app/ctl-output.h"
#include "app/ctl-work.h"

#include "export/export.h"

#include <glib/gi18n.h>

/* Writes the file in a thread, so that the person sees how far it is and can stop it. */
static CtlStatus
save (PostureExport      *export,
      PostureExportFormat format,
      const char         *path)
{
  g_auto (CtlWork) work = { 0 };
  g_autoptr (GError) error = NULL;

  ctl_work_begin (&work);
  posture_export_save_async (export, format, path, work.cancellable, ctl_work_progress, &work,
                             ctl_work_done_cb, &work);
  if (posture_export_save_finish (ctl_work_wait (&work), &error))
    return CTL_OK;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return ctl_error (CTL_INTERRUPTED, _("Stopped; nothing was written."));
  return ctl_fail (error);
}

/* All that the report needs to be read elsewhere. */
static PostureExport *
load (Ctl        *ctl,
      const char *id,
      CtlStatus  *ret_status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) report = posture_user_service_dup_report (ctl_get_user (ctl), id, &error);
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureWords) words = NULL;
  PostureExport *export;

  if (report == NULL)
    {
      *ret_status = ctl_fail (error);
      return NULL;
    }
  questionnaire = posture_library_dup_by_digest (ctl->library, report->questionnaire->digest);
  words = ctl_dup_words (ctl, report->questionnaire->digest);
  if (questionnaire == NULL || words == NULL)
    {
      *ret_status = ctl_error (CTL_NOT_FOUND,
                               _("This version of Posture does not have the questionnaire of the report."));
      return NULL;
    }
  export = posture_export_load (ctl_get_user (ctl), report, questionnaire, words, &error);
  if (export == NULL)
    *ret_status = ctl_fail (error);
  return export;
}

static void
print_done (Ctl                *ctl,
            const char         *id,
            PostureExportFormat format)
{
  g_autofree char *name = g_filename_display_name (ctl->output);
  g_autofree char *shown = NULL;

  if (ctl->json)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "file", name);
      posture_json_writer_member_string (writer, "format", posture_export_format_to_string (format));
      posture_json_writer_member_string (writer, "report", id);
      posture_json_writer_end_object (writer);
      ctl_print_json (writer);
      return;
    }
  shown = ctl_harmless (name);
  ctl_print (_("The report is in %s.\n"), shown);
}

/**
 * ctl_reports_export:
 * @ctl: the run
 *
 * `posturectl reports export`: writes a report to a file in another form.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_reports_export (Ctl *ctl)
{
  g_autoptr (PostureExport) export = NULL;
  g_autofree char *id = NULL;
  PostureExportFormat format;
  CtlStatus status;

  if (!posture_export_format_from_string (ctl->format, &format))
    return ctl_error (CTL_USAGE, _("There is no format “%s”. There are html, pdf, csv, json and oscal."),
                      ctl->format);
  status = ctl_open (ctl);
  if (status == CTL_OK)
    id = ctl_find_report (ctl, ctl->arguments[0], &status);
  if (id == NULL)
    return status;
  export = load (ctl, id, &status);
  if (export != NULL)
    status = save (export, format, ctl->output);
  if (export != NULL && status == CTL_OK)
    print_done (ctl, id, format);
  return status;
}
