/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-verify.h"

#include "model/report-words.h"
#include "rating/verify.h"
#include "ui/compat-files.h"
#include "ui/compat.h"
#include "ui/saving.h"
#include "user/stored-report.h"

#include <glib/gi18n-lib.h>

#define BUNDLE "posture-report.json"

/* A report that is looked at as it is stored. */
typedef struct
{
  GtkWidget *widget;
  PostureTelling *telling;
  GBytes *bundle;
} Errand;

static Errand *
errand_new (GtkWidget      *widget,
            PostureTelling *telling)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->widget = g_object_ref (widget);
  errand->telling = posture_telling_ref (telling);
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->widget);
  posture_telling_unref (errand->telling);
  g_clear_pointer (&errand->bundle, g_bytes_unref);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

/* The window may be gone meanwhile. */
static void
tell (GtkWidget    *widget,
      const GError *error,
      const char   *confirmed)
{
  if (gtk_widget_get_root (widget) == NULL)
    return;
  if (error == NULL)
    posture_compat_tell (widget, _("The report is confirmed"), confirmed);
  else
    posture_compat_tell (widget, _("The report is not confirmed"), error->message);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureStoredReport) stored
    = posture_user_service_load_stored_report_finish (POSTURE_USER_SERVICE (source), result, &error);

  if (stored != NULL)
    posture_verify_report (posture_telling_get_questionnaire (errand->telling), stored->revision, stored->report, &error);
  tell (errand->widget, error, _("Rating the same answers again gives the same report, byte for byte."));
}

/**
 * posture_report_verify:
 * @widget: a widget of the window that says what came out
 * @context: a context that is ready
 * @telling: a report whose questionnaire is known
 *
 * Rates the answers of a report again, and says whether that gives the report as it is stored.
 */
void
posture_report_verify (GtkWidget      *widget,
                       PostureContext *context,
                       PostureTelling *telling)
{
  posture_user_service_load_stored_report_async (posture_context_get_user (context),
                                                 posture_telling_get_report (telling)->id, /* cancellable = */ NULL,
                                                 stored_cb, errand_new (widget, telling));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (PostureSaving) saving = data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  posture_saving_finish (saving, error);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Errand) errand = data;
  PostureSaving *saving = posture_saving_choose_finish (errand->widget, result, _("Writing the report"),
                                                        _("The report could not be written"));
  g_autoptr (GFile) file = NULL;

  if (saving == NULL)
    return;
  file = g_file_new_for_path (posture_saving_get_path (saving));
  g_file_replace_contents_bytes_async (file, errand->bundle, /* etag = */ NULL, /* make_backup = */ FALSE,
                                       G_FILE_CREATE_PRIVATE, posture_saving_get_cancellable (saving), written_cb,
                                       saving);
}

static void
bundled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Errand) errand = data;
  GtkWidget *widget = errand->widget;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureStoredReport) stored
    = posture_user_service_load_stored_report_finish (POSTURE_USER_SERVICE (source), result, &error);

  if (stored != NULL)
    errand->bundle = posture_bundle_new (posture_telling_get_questionnaire (errand->telling), stored->revision,
                                         stored->report, &error);
  if (errand->bundle == NULL)
    posture_saving_fail (widget, _("The report could not be written"), error);
  else
    posture_saving_choose_async (widget, _("Export the report"), BUNDLE, chosen_cb, g_steal_pointer (&errand));
}

/**
 * posture_report_bundle:
 * @widget: a widget of the window that asks and says what happened
 * @context: a context that is ready
 * @telling: a report whose questionnaire is known
 *
 * Asks where to, and writes the report there with its answers and its questionnaire, so that anybody
 * with Posture can rate it again.
 */
void
posture_report_bundle (GtkWidget      *widget,
                       PostureContext *context,
                       PostureTelling *telling)
{
  posture_user_service_load_stored_report_async (posture_context_get_user (context),
                                                 posture_telling_get_report (telling)->id, /* cancellable = */ NULL,
                                                 bundled_cb, errand_new (widget, telling));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PostureReport) report = NULL;
  g_autofree char *score = NULL;
  g_autofree char *text = NULL;
  char *content;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (source), result, &content, &length, NULL, &error))
    {
      bytes = g_bytes_new_take (content, length);
      report = posture_bundle_verify (bytes, &error);
    }
  if (report != NULL)
    {
      score = posture_score_to_words (report->score);
      /* Translators: the score of a report and the day it is of */
      text = g_strdup_printf (_("Rating its answers again gives the same report, byte for byte: %s, submitted %.10s."),
                              score, report->submitted);
    }
  tell (widget, error, text);
}

static void
file_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  GtkWidget *widget = GTK_WIDGET (source);
  g_autoptr (GFile) file = posture_compat_choose_file_finish (widget, result);

  if (file != NULL)
    g_file_load_contents_async (file, /* cancellable = */ NULL, read_cb, g_object_ref (widget));
}

/**
 * posture_report_verify_file:
 * @widget: a widget of the window that asks and says what came out
 *
 * Asks for a file that posture_report_bundle() has made anywhere, and says whether its report is what
 * rating its answers gives.
 */
void
posture_report_verify_file (GtkWidget *widget)
{
  posture_compat_choose_file_async (widget, _("Verify a report"), /* name = */ NULL, file_cb, NULL);
}
