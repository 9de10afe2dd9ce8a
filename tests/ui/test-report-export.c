/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store/failpoint.h"
#include "tests/ui/report-maker.h"
#include "ui/compat-files.h"
#include "ui/findings-list.h"
#include "ui/report-page.h"
#include "ui/work-row.h"

#include <glib/gstdio.h>
#include <string.h>

/* Exporting from the window: each form, told and offered; nothing half done. */

typedef struct
{
  UiFixture ui;
  char *outside; /* where exports go */
  char *report;
} Fixture;

static void
setup (Fixture      *self,
       gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ui_set_language (data != NULL ? data : "en");
  ui_fixture_setup (&self->ui, data);
  ui_fixture_ready (&self->ui);
  self->outside = g_dir_make_tmp ("posture-exports-XXXXXX", &error);
  g_assert_no_error (error);
  self->report = report_make (&self->ui, "essentials", "Head office", REPORT_OPEN);
  ui_set_size (&self->ui, 360, 640);
  posture_window_show_report (self->ui.window, self->report);
  ui_get (self->ui.window, POSTURE_TYPE_FINDINGS_LIST, NULL);
  ui_wait_idle ();
}

static void
teardown (Fixture      *self,
          gconstpointer data)
{
  ui_fixture_teardown (&self->ui, data);
  g_assert_cmpint (g_rmdir (self->outside), ==, 0); /* nothing is left half done */
  g_free (self->outside);
  g_free (self->report);
  ui_set_language ("en");
}

static void
export (Fixture    *self,
        const char *format)
{
  GtkWidget *page = ui_get (self->ui.window, POSTURE_TYPE_REPORT_PAGE, NULL);

  g_assert_true (gtk_widget_activate_action (page, "report.export", "s", format));
}

static void
test_form (Fixture    *self,
           const char *format,
           const char *beginning,
           const char *offer)
{
  g_autofree char *name = g_strdup_printf ("report.%s", format);
  g_autofree char *path = g_build_filename (self->outside, name, NULL);
  g_autofree char *said = g_strdup_printf ("Saved as %s", name);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  export (self, format);
  ui_choose_file (path);
  ui_get (self->ui.window, GTK_TYPE_LABEL, said);
  ui_get (self->ui.window, GTK_TYPE_BUTTON, offer);
  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (content, beginning));
  g_unlink (path);
}

static void
test_forms (Fixture      *self,
            gconstpointer data)
{
  g_test_summary ("Each form is written where the person wants it, and can be opened or found from there");

  test_form (self, "pdf", "%PDF-", "_Open");
  test_form (self, "html", "<!DOCTYPE html>", "_Open");
  test_form (self, "csv", "\xef\xbb\xbf", "_Open");
  test_form (self, "json", "{", "_Show in folder");
  test_form (self, "oscal", "{", "_Show in folder");
  ui_take_picture (&self->ui, "report-export-360");
}

/* All else answers in its place. */
static void
test_chooser (Fixture      *self,
              gconstpointer data)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the chooser of GTK keeps memory until the program ends");
#else
  g_autofree char *path = g_build_filename (self->outside, "chosen.csv", NULL);
  g_autofree char *here = g_get_current_dir ();

  g_test_summary ("A file is written where the chooser of the desktop says");

  posture_compat_set_file_chooser (NULL);
  /* where the chooser begins: its path bar (GTK 4.18) cannot go elsewhere while it reads the first folder */
  g_assert_cmpint (g_chdir (self->outside), ==, 0);
  export (self, "csv");
  ui_save_in_chooser (path);
  g_assert_cmpint (g_chdir (here), ==, 0);
  posture_compat_set_file_chooser (ui_present_chooser);
  ui_get (self->ui.window, GTK_TYPE_LABEL, "Saved as chosen.csv");
  g_assert_cmpint (g_unlink (path), ==, 0);
#endif
}

static void
test_dismissed (Fixture      *self,
                gconstpointer data)
{
  g_test_summary ("Without a place nothing is written, and nothing is said");

  export (self, "pdf");
  ui_choose_file (NULL);
  g_assert_null (ui_find (self->ui.window, POSTURE_TYPE_WORK_ROW, NULL));
  g_assert_false (ui_has_text (self->ui.window, "_Open"));
}

static void
test_language (Fixture      *self,
               gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->outside, "bericht.html", NULL);
  g_autofree char *content = NULL;

  g_test_summary ("What is exported speaks the language of the window");

  export (self, "html");
  ui_choose_file (path);
  ui_get (self->ui.window, GTK_TYPE_LABEL, "Gespeichert als bericht.html");
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "<html lang=\"de\""));
  g_unlink (path);
}

static void
test_refused (Fixture      *self,
              gconstpointer data)
{
#if POSTURE_FAILPOINTS
  g_autofree char *path = g_build_filename (self->outside, "report.pdf", NULL);
  GtkWidget *dialog;

  g_test_summary ("What cannot be written is told, with the reason, and nothing is left");

  posture_failpoint_arm ("export.sync=error");
  export (self, "pdf");
  ui_choose_file (path);
  dialog = ui_get_dialog (&self->ui, "The report could not be written");
  g_assert_true (ui_has_text (dialog, "failed at export.sync"));
  ui_click (dialog, "_Close");
  posture_failpoint_arm (NULL);
#else
  g_test_skip ("built without failpoints");
#endif
}

static void
test_own_folder (Fixture      *self,
                 gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->ui.folder, "posture.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before, n_after;

  g_test_summary ("What the profile is made of is not replaced by a report");

  posture_context_set_folder (self->ui.context, self->ui.folder);
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  export (self, "csv");
  ui_choose_file (path);
  ui_click (ui_get_dialog (&self->ui, "The report could not be written"), "_Close");
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static gboolean
is_shown (gpointer row)
{
  return gtk_widget_get_width (row) > 0;
}

static void
test_work (Fixture      *self,
           gconstpointer data)
{
  GtkWidget *row = posture_work_row_new ("Writing the report");
  GCancellable *cancellable = g_object_ref (posture_work_row_get_cancellable (POSTURE_WORK_ROW (row)));

  g_test_summary ("Work that takes its time is shown at the bottom, and can be stopped");

  posture_window_add_work (self->ui.window, row);
  posture_work_row_set_done (0.4, row);
  ui_wait (is_shown, row);
  ui_assert_fits (self->ui.window);
  ui_take_picture (&self->ui, "work-360");
  g_assert_false (g_cancellable_is_cancelled (cancellable));
  ui_click (row, "_Cancel");
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  posture_work_row_finish (POSTURE_WORK_ROW (row));
  g_assert_null (ui_find (self->ui.window, POSTURE_TYPE_WORK_ROW, NULL));
  g_object_unref (cancellable);
}

static void
test_closed (Fixture      *self,
             gconstpointer data)
{
  GtkWidget *row = posture_work_row_new ("Writing the report");
  GCancellable *cancellable = g_object_ref (posture_work_row_get_cancellable (POSTURE_WORK_ROW (row)));

  g_test_summary ("Work stops with its window");

  posture_window_add_work (self->ui.window, row);
  posture_work_row_finish (POSTURE_WORK_ROW (row));
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_object_unref (cancellable);
}

static void
add_tests (void)
{
#define add(name, data, func) g_test_add ("/report-export/" name, Fixture, data, setup, func, teardown)
  add ("forms", NULL, test_forms);
  add ("chooser", NULL, test_chooser);
  add ("dismissed", NULL, test_dismissed);
  add ("language", "de", test_language);
  add ("refused", NULL, test_refused);
  add ("own-folder", NULL, test_own_folder);
  add ("work", NULL, test_work);
  add ("closed", NULL, test_closed);
#undef add
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
