/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-find.h"
#include "app/ctl-output.h"

#include "export/export.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

/* An export under way in its thread. */
typedef struct
{
  GCancellable *cancellable;
  GAsyncResult *result;
} Wait;

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
}

static gboolean
interrupted_cb (gpointer data)
{
  Wait *wait = data;

  g_cancellable_cancel (wait->cancellable);
  return G_SOURCE_CONTINUE;
}

/* Writes the file in a thread, so that the person can stop it. */
static CtlStatus
save (PostureExport      *export,
      PostureExportFormat format,
      const char         *path)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Wait wait = { .cancellable = cancellable };
  guint on_interrupt = g_unix_signal_add (SIGINT, interrupted_cb, &wait);
  guint on_end = g_unix_signal_add (SIGTERM, interrupted_cb, &wait);
  gboolean saved;

  posture_export_save_async (export, format, path, cancellable, /* progress = */ NULL,
                             /* progress_data = */ NULL, done_cb, &wait);
  while (wait.result == NULL)
    g_main_context_iteration (NULL, /* may_block = */ TRUE);
  saved = posture_export_save_finish (wait.result, &error);
  g_object_unref (wait.result);
  g_source_remove (on_interrupt);
  g_source_remove (on_end);
  if (saved)
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
  ctl_print (_("The report is in %s.\n"), name);
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
