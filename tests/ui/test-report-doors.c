/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/report-maker.h"
#include "ui/compare-view.h"
#include "ui/report-page.h"
#include "ui/what-if-view.h"

#include <glib/gstdio.h>
#include <string.h>

/* What a report can be asked besides: what if, what changed, the next level, and whether it is right. */

static GtkWidget *
show (ReportFixture *self)
{
  report_fixture_show (self);
  return ui_get (self->ui.window, POSTURE_TYPE_REPORT_PAGE, NULL);
}

/* Opens a sheet, as narrow as a telephone. */
static GtkWidget *
open_sheet (ReportFixture *self,
            const char    *action,
            const char    *text)
{
  GtkWidget *sheet;

  g_assert_true (gtk_widget_activate_action (show (self), action, NULL));
  sheet = ui_get_dialog (&self->ui, text);
  return sheet;
}

static void
close_sheet (GtkWidget *sheet)
{
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (sheet)));
  ui_wait_idle ();
}

static const char *
get_result (GtkWidget *view)
{
  return gtk_label_get_text (GTK_LABEL (ui_get (view, GTK_TYPE_LABEL, NULL)));
}

static void
test_what_if (ReportFixture *self,
              gconstpointer  data)
{
  GtkWidget *sheet = open_sheet (self, "report.what-if", "Leading and agreeing");
  GtkWidget *view = ui_get (sheet, POSTURE_TYPE_WHAT_IF_VIEW, NULL);
  g_autofree char *before = ui_dup_answers (&self->ui, self->assessment);
  g_autofree char *after = NULL;
  g_autofree char *first = g_strdup (get_result (view));
  GtkWidget *row;

  g_test_summary ("Another answer changes the number above and nothing else; taken back it is as it was");

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_get (view, ADW_TYPE_EXPANDER_ROW, NULL)), TRUE);
  row = ui_get (view, ADW_TYPE_COMBO_ROW, NULL);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  if (g_strcmp0 (get_result (view), first) == 0)
    adw_combo_row_set_selected (ADW_COMBO_ROW (row), 2);
  g_assert_cmpstr (get_result (view), !=, first);
  ui_take_window_picture (gtk_widget_get_root (sheet), "what-if");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  g_assert_cmpstr (get_result (view), ==, first);
  after = ui_dup_answers (&self->ui, self->assessment);
  g_assert_cmpstr (before, ==, after);
  close_sheet (sheet);
}

static void
test_next_level (ReportFixture *self,
                 gconstpointer  data)
{
  GtkWidget *group, *row, *sheet, *view;

  g_test_summary ("The cheapest way to the next level is found, and can be tried out: it leads there");

  show (self);
  group = ui_get (self->ui.window, ADW_TYPE_PREFERENCES_GROUP, "The next level");
  row = ui_get (group, ADW_TYPE_EXPANDER_ROW, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_get (row, GTK_TYPE_WIDGET, "Try it out");
  ui_wait_painted (&self->ui);
  ui_assert_fits (self->ui.window);
  ui_click (row, "Try it out");
  sheet = ui_get_dialog (&self->ui, "Leading and agreeing");
  view = ui_get (sheet, POSTURE_TYPE_WHAT_IF_VIEW, NULL);
  {
    g_auto (GStrv) title = g_strsplit (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ", from ", 2);

    g_test_message ("%s: %s", title[0], get_result (view));
    g_assert_nonnull (strstr (get_result (view), title[0]));
  }
  close_sheet (sheet);
}

static void
change_answer (ReportFixture *self)
{
  PostureUserService *user = posture_platform_get_user (self->ui.platform);
  g_autoptr (PostureReport) report = posture_user_service_dup_report (user, self->report, NULL);
  const PostureFinding *first = g_ptr_array_index (report->findings, 0);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (operations, posture_operation_new_answer (posture_user_service_get_now (user), self->assessment,
                                                             first->question, "{\"unknown\":true}", FALSE));
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
  g_free (self->report);
  self->report = ui_submit (&self->ui, self->assessment);
}

static void
test_compare (ReportFixture *self,
              gconstpointer  data)
{
  GtkWidget *sheet;

  g_test_summary ("What changed since the report before is told; without one before that is told");

  sheet = open_sheet (self, "report.compare", "There is no earlier report on this questionnaire yet.");
  close_sheet (sheet);
  change_answer (self);
  sheet = open_sheet (self, "report.compare", "Answers");
  g_assert_true (ui_has_text (sheet, "Result"));
  ui_take_window_picture (gtk_widget_get_root (sheet), "compare");
  close_sheet (sheet);
}

static void
test_verify (ReportFixture *self,
             gconstpointer  data)
{
  GtkWidget *dialog;

  g_test_summary ("A report is rated again, and the person told that it is the same");

  dialog = open_sheet (self, "report.verify", "The report is confirmed");
  ui_click (dialog, "_Close");
}

static void
test_bundle (ReportFixture *self,
             gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("posture-bundle-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "report.json", NULL);
  g_autofree char *content = NULL;
  GtkWidget *page = show (self), *dialog;
  gsize length;

  g_test_summary ("A report that was written to be verified elsewhere is confirmed, and not once it was changed");

  g_assert_true (gtk_widget_activate_action (page, "report.export", "s", "bundle"));
  ui_choose_file (path);
  ui_get (self->ui.window, GTK_TYPE_LABEL, "Saved as report.json");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->ui.window), "win.verify-file", NULL));
  ui_choose_file (path);
  dialog = ui_get_dialog (&self->ui, "The report is confirmed");
  ui_click (dialog, "_Close");
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  content[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->ui.window), "win.verify-file", NULL));
  ui_choose_file (path);
  dialog = ui_get_dialog (&self->ui, "The report is not confirmed");
  ui_click (dialog, "_Close");
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_german (ReportFixture *self,
             gconstpointer  data)
{
  GtkWidget *sheet;

  g_test_summary ("What can be asked fits a telephone in German, too");

  change_answer (self);
  show (self);
  ui_get (self->ui.window, ADW_TYPE_PREFERENCES_GROUP, "Weiter fragen");
  ui_wait_painted (&self->ui);
  ui_assert_fits (self->ui.window);
  sheet = open_sheet (self, "report.compare", "Antworten");
  ui_take_window_picture (gtk_widget_get_root (sheet), "compare-de");
  close_sheet (sheet);
}

static void
add_tests (void)
{
#define add(name, data, func) \
  g_test_add ("/report-doors/" name, ReportFixture, data, report_fixture_setup, func, report_fixture_teardown)
  add ("what-if", NULL, test_what_if);
  add ("next-level", NULL, test_next_level);
  add ("compare", NULL, test_compare);
  add ("verify", NULL, test_verify);
  add ("bundle", NULL, test_bundle);
  add ("german", "de", test_german);
#undef add
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
