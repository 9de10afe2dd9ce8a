/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-export.h"

#include "export/export.h"
#include "ui/saving.h"

#include <glib/gi18n-lib.h>

/* The forms a report can leave in, the one most people want first. */
static const struct
{
  const char *format;
  const char *label;
} forms[] = {
  { "pdf", N_("_PDF document…") },
  { "html", N_("_Web page…") },
  { "csv", N_("_Table for spreadsheets (CSV)…") },
  { "json", N_("Data for programs (_JSON)…") },
  { "oscal", N_("Data for auditors (_OSCAL)…") },
  { "bundle", N_("To _verify elsewhere…") },
};

/* An export on its way through the chooser to the disk. */
typedef struct
{
  GtkWidget *widget;
  PostureExportFormat format;
  PostureExport *export;
} Errand;

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->widget);
  g_clear_pointer (&errand->export, posture_export_unref);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (PostureSaving) saving = data;
  g_autoptr (GError) error = NULL;

  posture_export_save_finish (result, &error);
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

  if (saving == NULL)
    return;
  /* what people read they want to see; the rest they hand on */
  posture_saving_set_opens (saving, errand->format == POSTURE_EXPORT_PDF || errand->format == POSTURE_EXPORT_HTML
                                      || errand->format == POSTURE_EXPORT_CSV);
  posture_export_save_async (errand->export, errand->format, posture_saving_get_path (saving),
                             posture_saving_get_cancellable (saving), posture_saving_set_done, saving, saved_cb,
                             saving);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Errand) errand = data;
  GtkWidget *widget = errand->widget;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  errand->export = posture_export_load_finish (POSTURE_USER_SERVICE (source), result, &error);
  if (errand->export == NULL)
    {
      posture_saving_fail (widget, _("The report could not be written"), error);
      return;
    }
  name = posture_export_dup_file_name (errand->export, errand->format);
  posture_saving_choose_async (widget, _("Export the report"), name, chosen_cb, g_steal_pointer (&errand));
}

/**
 * posture_report_export_make_menu:
 *
 * Returns: (transfer full): the forms a report can be exported in, with the action `report.export`
 */
GMenuModel *
posture_report_export_make_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (g_dgettext (GETTEXT_PACKAGE, forms[i].label), NULL);

      g_menu_item_set_action_and_target (item, "report.export", "s", forms[i].format);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/**
 * posture_report_export:
 * @widget: a widget of the window that asks and says what happened
 * @context: a context that is ready
 * @telling: a report whose questionnaire is known, with the words that the file is to speak
 * @format: the name of a #PostureExportFormat
 *
 * Asks where to, and writes the report there while the window stays usable.
 */
void
posture_report_export (GtkWidget      *widget,
                       PostureContext *context,
                       PostureTelling *telling,
                       const char     *format)
{
  Errand *errand;
  PostureExportFormat known;

  if (!posture_export_format_from_string (format, &known))
    g_return_if_reached ();
  errand = g_new0 (Errand, 1);
  errand->widget = g_object_ref (widget);
  errand->format = known;
  posture_export_load_async (posture_context_get_user (context), posture_telling_get_report (telling),
                             posture_telling_get_questionnaire (telling), posture_telling_get_words (telling),
                             /* cancellable = */ NULL, loaded_cb, errand);
}
