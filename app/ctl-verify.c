/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-find.h"
#include "app/ctl-input.h"
#include "app/ctl-output.h"
#include "app/ctl-report.h"
#include "export/export.h"
#include "model/report-words.h"

#include "rating/verify.h"
#include "user/stored-report.h"

#include <glib/gi18n.h>

#define PAGE 200

/* How many reports were looked at, and what is to be said of them. */
typedef struct
{
  Ctl *ctl;
  PostureJsonWriter *writer;
  guint n_same;
  guint n_different;
} Verdict;

static gboolean
verify (Ctl                       *ctl,
        const PostureStoredReport *stored,
        GError                   **error)
{
  g_autoptr (PostureQuestionnaire) questionnaire = posture_library_dup_by_digest (
    ctl->library, stored->revision->digest);

  if (questionnaire != NULL)
    return posture_verify_report (questionnaire, stored->revision, stored->report, error);
  g_set_error (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_QUESTIONNAIRE,
               _("The questionnaire %s %s (%.12s) is not here."), stored->revision->questionnaire,
               stored->revision->version, stored->revision->digest);
  return FALSE;
}

static void
judge (Verdict                   *verdict,
       const PostureStoredReport *stored)
{
  g_autoptr (GError) error = NULL;
  gboolean same = verify (verdict->ctl, stored, &error);

  verdict->n_same += same;
  verdict->n_different += !same;
  posture_json_writer_begin_object (verdict->writer);
  posture_json_writer_member_string (verdict->writer, "id", stored->id);
  posture_json_writer_member_string (verdict->writer, "reason", same ? NULL : error->message);
  posture_json_writer_key (verdict->writer, "same");
  posture_json_writer_boolean (verdict->writer, same);
  posture_json_writer_end_object (verdict->writer);
  if (!same && !verdict->ctl->json)
    ctl_print ("%.12s: %s\n", stored->id, error->message);
}

static CtlStatus
judge_all (Verdict *verdict)
{
  gint64 after = 0;
  guint length;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = posture_user_service_dup_stored_reports (
        ctl_get_user (verdict->ctl), after, PAGE, &error);

      if (page == NULL)
        return ctl_fail (error);
      length = page->len;
      for (guint i = 0; i < length; i++)
        {
          const PostureStoredReport *stored = g_ptr_array_index (page, i);

          judge (verdict, stored);
          after = stored->number;
        }
    }
  while (length == PAGE);
  return CTL_OK;
}

static PostureStoredReport *
find_stored (Ctl        *ctl,
             const char *text,
             CtlStatus  *ret_status)
{
  g_autofree char *id = ctl_find_report (ctl, text, ret_status);
  g_autoptr (GError) error = NULL;
  PostureStoredReport *stored = NULL;

  if (id != NULL)
    stored = posture_user_service_dup_stored_report (ctl_get_user (ctl), id, &error);
  if (error != NULL)
    *ret_status = ctl_fail (error);
  return stored;
}

static CtlStatus
finish (const Verdict *verdict)
{
  posture_json_writer_end_array (verdict->writer);
  if (verdict->ctl->json)
    ctl_print_json (verdict->writer);
  else
    ctl_print (ngettext ("%u report is what rating its answers again gives, byte for byte.\n",
                         "%u reports are what rating their answers again gives, byte for byte.\n",
                         verdict->n_same),
               verdict->n_same);
  return verdict->n_different == 0 ? CTL_OK : CTL_FAILED;
}

static CtlStatus
verify_stored (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  Verdict verdict = { ctl, writer, 0, 0 };
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  posture_json_writer_begin_array (writer);
  if (ctl->n_arguments > 0)
    {
      g_autoptr (PostureStoredReport) stored = find_stored (ctl, ctl->arguments[0], &status);

      if (stored != NULL)
        judge (&verdict, stored);
    }
  else
    status = judge_all (&verdict);
  return status == CTL_OK ? finish (&verdict) : status;
}

static CtlStatus
verify_file (Ctl *ctl)
{
  g_autofree char *name = g_filename_display_name (ctl->file);
  CtlStatus status = ctl->n_arguments == 0 ? CTL_OK
                     : ctl_error (CTL_USAGE, _("With --file there is no ID."));
  g_autoptr (GBytes) bytes = status == CTL_OK ? ctl_read_file (ctl->file, name, &status) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) report = NULL;
  g_autofree char *score = NULL;
  g_autofree char *shown = NULL;

  if (bytes == NULL)
    return status;
  report = posture_bundle_verify (bytes, &error);
  if (report == NULL)
    return ctl_error (CTL_FAULTS, "%s: %s", name, error->message);
  if (ctl->json)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_report_write (writer, report);
      ctl_print_json (writer);
      return CTL_OK;
    }
  score = posture_score_to_words (report->score);
  shown = ctl_harmless (name);
  ctl_print (_("%s: the report is what rating its answers gives, byte for byte.\n"), shown);
  ctl_print (_("Report %.12s, submitted %s: %s\n"), report->id, report->submitted, score);
  return CTL_OK;
}

/**
 * ctl_reports_verify:
 * @ctl: the run
 *
 * `posturectl reports verify`: recomputes reports and compares them.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_reports_verify (Ctl *ctl)
{
  return ctl->file != NULL ? verify_file (ctl) : verify_stored (ctl);
}

/**
 * ctl_reports_bundle:
 * @ctl: the run
 *
 * `posturectl reports bundle`: a report with all it was made of, in one file.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_reports_bundle (Ctl *ctl)
{
  g_autoptr (PostureStoredReport) stored = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (GBytes) bundle = NULL;
  g_autoptr (GError) error = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK)
    stored = find_stored (ctl, ctl->arguments[0], &status);
  if (stored == NULL)
    return status;
  questionnaire = posture_library_dup_by_digest (ctl->library, stored->revision->digest);
  if (questionnaire == NULL)
    return ctl_error (CTL_FAILED, _("The questionnaire of the report is not here."));
  bundle = posture_bundle_new (questionnaire, stored->revision, stored->report, &error);
  if (bundle != NULL)
    posture_export_write_file (ctl->output, bundle, &error);
  if (error != NULL)
    return ctl_fail (error);
  name = g_filename_display_name (ctl->output);
  shown = ctl_harmless (name);
  if (!ctl->json)
    ctl_print (_("%s holds the report, its answers and the questionnaire. “posturectl reports verify "
                 "--file” verifies it, on any machine.\n"),
               shown);
  return CTL_OK;
}
