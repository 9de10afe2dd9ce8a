/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"
#include "ui/assessment-page.h"
#include "ui/new-page.h"

#include <glib/gstdio.h>

static void
test_first_start (UiFixture    *fixture,
                  gconstpointer data)
{
  g_test_summary ("The first start says what the program is; a questionnaire and a name begin an assessment");

  ui_fixture_ready (fixture);
  ui_get (fixture->window, GTK_TYPE_LABEL, "Welcome to Posture");
  ui_set_size (fixture, 1000, 720);
  ui_take_picture (fixture, "new-wide");
  ui_set_size (fixture, 360, 640);
  ui_assert_fits (fixture->window);
  ui_take_picture (fixture, "new-narrow");
  ui_click (fixture->window, "_Begin");
  ui_get (fixture->window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL);
  ui_get (fixture->window, GTK_TYPE_LABEL, "Security essentials");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.new-assessment", NULL);
  ui_get (fixture->window, POSTURE_TYPE_NEW_PAGE, NULL);
  g_assert_false (ui_has_text (fixture->window, "Welcome to Posture"));
}

static gboolean
is_named (gpointer data)
{
  return ui_has_text (data, "Head office");
}

static void
test_own_name (UiFixture    *fixture,
               gconstpointer data)
{
  GtkWidget *name, *page;

  g_test_summary ("The name follows the questionnaire until the person writes one; without a name none is begun");

  ui_fixture_ready (fixture);
  ui_set_size (fixture, 1000, 720);
  page = ui_get (fixture->window, POSTURE_TYPE_NEW_PAGE, NULL);
  name = ui_get (page, ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Security essentials");
  ui_click (page, "Secure software development");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Secure software development");
  gtk_editable_set_text (GTK_EDITABLE (name), " ");
  g_assert_false (gtk_widget_is_sensitive (ui_get (page, GTK_TYPE_BUTTON, "_Begin")));
  gtk_editable_set_text (GTK_EDITABLE (name), "Head office");
  ui_click (page, "Security essentials");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Head office");
  g_signal_emit_by_name (name, "entry-activated");
  page = ui_get (fixture->window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL);
  ui_wait (is_named, page);
}

static void
test_left_out (UiFixture    *fixture,
               gconstpointer data)
{
  g_autofree char *own = posture_platform_dup_questionnaires_folder (fixture->folder);
  g_autofree char *file = g_build_filename (own, "<shop>.json", NULL);
  GtkWidget *page;

  g_test_summary ("Questionnaires of one's own that have faults are told");

  g_assert_cmpint (g_mkdir_with_parents (own, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "{", -1, NULL));
  ui_fixture_ready (fixture);
  page = ui_get (fixture->window, POSTURE_TYPE_NEW_PAGE, NULL);
  ui_get (page, GTK_TYPE_LABEL, "1 questionnaire of your own has faults and is left out");
  ui_get (page, GTK_TYPE_LABEL, file);
  ui_set_size (fixture, 360, 640);
  ui_assert_fits (fixture->window);
  ui_take_picture (fixture, "new-left-out");
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (g_rmdir (own), ==, 0);
}

static void
add_tests (void)
{
  g_test_add ("/new-page/first-start", UiFixture, NULL, ui_fixture_setup, test_first_start, ui_fixture_teardown);
  g_test_add ("/new-page/own-name", UiFixture, NULL, ui_fixture_setup, test_own_name, ui_fixture_teardown);
  g_test_add ("/new-page/left-out", UiFixture, NULL, ui_fixture_setup, test_left_out, ui_fixture_teardown);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
