/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/report-maker.h"
#include "ui/findings-list.h"
#include "ui/main-view.h"
#include "ui/moment.h"
#include "ui/new-page.h"
#include "ui/report-list.h"
#include "ui/report-row.h"
#include "ui/seen-reports.h"

#include <string.h>

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static void
setup (UiFixture    *fixture,
       gconstpointer data)
{
  g_autoptr (PostureSettings) settings = posture_settings_new ();

  /* the settings in memory outlive a window */
  posture_settings_set (settings, "seen-report", "");
  ui_fixture_setup (fixture, data);
  ui_fixture_ready (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-view", "s", "reports");
}

static guint
count_new (UiFixture *fixture)
{
  GtkWidget *view = ui_get (fixture->window, POSTURE_TYPE_MAIN_VIEW, NULL);
  guint n_new;

  /* also where the list is behind the report */
  g_object_get (gtk_widget_get_template_child (view, POSTURE_TYPE_MAIN_VIEW, "reports"), "n-new", &n_new, NULL);
  return n_new;
}

static gboolean
has_none_new (gpointer fixture)
{
  return count_new (fixture) == 0;
}

static gboolean
has_one_new (gpointer fixture)
{
  return count_new (fixture) == 1;
}

static void
test_empty (UiFixture    *fixture,
            gconstpointer data)
{
  g_test_summary ("Without a report the list says how to get one");

  ui_get (fixture->window, ADW_TYPE_STATUS_PAGE, "No reports yet");
  ui_set_size (fixture, 360, 640);
  ui_assert_fits (fixture->window);
  ui_take_picture (fixture, "reports-empty-360");
  ui_click (fixture->window, "_New assessment");
}

static void
test_appears (UiFixture    *fixture,
              gconstpointer data)
{
  g_autofree char *report = NULL;
  GtkWidget *reports;

  g_test_summary ("A report appears by itself, marked as new until it is opened");

  reports = ui_get (fixture->window, POSTURE_TYPE_REPORT_LIST, NULL);
  report = report_make (fixture, "essentials", "Head office and workshop in the old harbour", REPORT_OPEN);
  ui_wait (has_one_new, fixture);
  ui_get (reports, GTK_TYPE_LABEL, "Head office and workshop in the old harbour");
  ui_get (reports, GTK_TYPE_IMAGE, "New");
  ui_set_size (fixture, 360, 640);
  ui_assert_fits (fixture->window);
  ui_take_picture (fixture, "reports-new-360");

  g_signal_emit_by_name (ui_get (reports, GTK_TYPE_LIST_VIEW, NULL), "activate", 0u);
  ui_wait (has_none_new, fixture);
  ui_get (fixture->window, POSTURE_TYPE_FINDINGS_LIST, NULL);
  ui_set_size (fixture, 1000, 720);
  g_assert_null (ui_find (reports, GTK_TYPE_IMAGE, "New"));
  ui_take_picture (fixture, "reports-seen-1000");
}

static gboolean
shows_report (gpointer window)
{
  return ui_find (window, POSTURE_TYPE_FINDINGS_LIST, NULL) != NULL;
}

/* A view of its own, as the next start makes it. */
static GtkWidget *
make_view (UiFixture *fixture)
{
  g_autoptr (PostureSettings) settings = posture_settings_new ();
  GtkWidget *view = posture_main_view_new (settings);
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 720);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  posture_main_view_set_context (POSTURE_MAIN_VIEW (view), fixture->context);
  return window;
}

static void
test_same_report (UiFixture    *fixture,
                  gconstpointer data)
{
  g_autofree char *report = NULL;
  GtkWidget *window;

  g_test_summary ("The next start shows the report that was shown last, and none that is gone");

  report = report_make (fixture, "essentials", "Head office", REPORT_OPEN);
  posture_window_show_report (fixture->window, report);
  window = make_view (fixture);
  ui_wait (shows_report, window);
  gtk_window_destroy (GTK_WINDOW (window));

  posture_window_show_report (fixture->window, "00");
  window = make_view (fixture);
  ui_wait_idle ();
  ui_get (window, POSTURE_TYPE_NEW_PAGE, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef struct
{
  gboolean done;
} Child;

static void
child_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error));
  g_assert_no_error (error);
  ((Child *) data)->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Child *) data)->done;
}

static void
test_other_process (UiFixture    *fixture,
                    gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *answers = g_build_filename (g_getenv ("POSTURE_EXAMPLES"), "essentials.json", NULL);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  Child state = { FALSE };
  GtkWidget *reports;

  g_test_summary ("What another process submits on the same profile appears, too");

  ui_get (fixture->window, ADW_TYPE_STATUS_PAGE, "No reports yet");
  reports = ui_get (fixture->window, POSTURE_TYPE_REPORT_LIST, NULL);
  g_subprocess_launcher_setenv (launcher, "POSTURE_DATA_DIR", fixture->folder, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  child = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("POSTURE_CTL"), "assess", "essentials", "--answers",
                                       answers, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (child, /* cancellable = */ NULL, child_cb, &state);
  ui_wait (is_done, &state);
  ui_wait (has_one_new, fixture);
  ui_get (reports, GTK_TYPE_LABEL, "Security essentials");
}

static gboolean
is_empty (gpointer fixture)
{
  return ui_find (((UiFixture *) fixture)->window, ADW_TYPE_STATUS_PAGE, "No reports yet") != NULL;
}

static void
test_delete (UiFixture    *fixture,
             gconstpointer data)
{
  g_autofree char *report = report_make (fixture, "essentials", "Head office", REPORT_MIXED);
  GtkWidget *reports = ui_get (fixture->window, POSTURE_TYPE_REPORT_LIST, NULL);
  GtkWidget *button;

  g_test_summary ("A report is deleted after a question; Cancel leaves it");

  /* the row takes part in the actions of the list once it has the focus */
  ui_get (reports, GTK_TYPE_LABEL, "Head office");
  gtk_widget_grab_focus (gtk_widget_get_parent (ui_get (reports, POSTURE_TYPE_REPORT_ROW, NULL)));
  gtk_widget_activate_action (reports, "reports.menu", NULL);
  button = ui_get (ui_get (reports, POSTURE_TYPE_REPORT_ROW, NULL), GTK_TYPE_MENU_BUTTON, NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)))));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  ui_wait_idle ();
  gtk_widget_grab_focus (gtk_widget_get_parent (ui_get (reports, POSTURE_TYPE_REPORT_ROW, NULL)));
  gtk_widget_activate_action (reports, "reports.delete", NULL);
  ui_get_question ("_Cancel");
  ui_take_picture (fixture, "reports-delete");
  ui_click (ui_get_question ("_Cancel"), "_Cancel");
  g_assert_false (is_empty (fixture));

  gtk_widget_activate_action (reports, "win.delete-report", "s", report);
  ui_click (ui_get_question ("_Delete"), "_Delete");
  ui_wait (is_empty, fixture);
  ui_get (fixture->window, GTK_TYPE_LABEL, "The report was deleted");
}

static void
test_languages (UiFixture    *fixture,
                gconstpointer data)
{
  static const char *const questionnaires[] = { "essentials", "nist-800-171", "owasp-samm", "nist-csf-2" };

  g_test_summary ("Rows of every method fit a telephone in both languages");

  for (guint i = 0; i < G_N_ELEMENTS (questionnaires); i++)
    {
      g_autofree char *report = report_make (fixture, questionnaires[i], "Zentrale mit Werkstatt und Lager",
                                             i % 2 == 0 ? REPORT_OPEN : REPORT_MIXED);
    }
  ui_get (fixture->window, GTK_TYPE_LABEL, "Zentrale mit Werkstatt und Lager");
  ui_set_size (fixture, 360, 640);
  ui_assert_fits (fixture->window);
  ui_take_picture (fixture, "reports-list-360");
}

static void
german_setup (UiFixture    *fixture,
              gconstpointer data)
{
  ui_set_language ("de");
  setup (fixture, data);
}

static void
test_german (UiFixture    *fixture,
             gconstpointer data)
{
  test_languages (fixture, data);
  ui_take_picture (fixture, "reports-list-de-360");
  ui_set_language ("en");
}

static void
test_seen (void)
{
  g_autoptr (PostureSettings) settings = posture_settings_new ();
  g_autoptr (PostureSeenReports) seen = NULL;
  g_autoptr (PostureSeenReports) again = NULL;
  const char *first = "0123456789abcdef0123", *second = "fedcba98765432100123";
  gint64 now = 100 * DAY;

  g_test_summary ("A report is new until it was opened, for 30 days at most; that outlives the window");

  posture_settings_set (settings, "seen-report", "nonsense 12:x :");
  seen = posture_seen_reports_new (settings);
  g_assert_true (posture_seen_reports_is_new (seen, first, now - DAY, now));
  g_assert_false (posture_seen_reports_is_new (seen, first, now - 31 * DAY, now));
  posture_seen_reports_add (seen, first, now - DAY, now);
  again = posture_seen_reports_new (settings);
  g_assert_false (posture_seen_reports_is_new (again, first, now - DAY, now));
  g_assert_true (posture_seen_reports_is_new (again, second, now - DAY, now));
  /* what is too old to be new is not remembered any more */
  posture_seen_reports_add (again, second, now + 59 * DAY, now + 60 * DAY);
  {
    g_autofree char *text = posture_settings_dup (settings, "seen-report");

    g_assert_null (strstr (text, "0123456789abcdef"));
    g_assert_nonnull (strstr (text, "fedcba9876543210"));
  }
}

static void
assert_moment (gint64      time,
               gint64      now,
               const char *expected)
{
  g_autofree char *words = posture_moment_to_words (time, now);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_moments (void)
{
  g_test_summary ("Today and yesterday are told as such, by midnights and not by hours");

  /* 1970-01-10, in the time zone of the tests, UTC */
  assert_moment (9 * DAY + 60000, 9 * DAY + 120000, "Today, 00:01");
  assert_moment (9 * DAY - 60000, 9 * DAY + 60000, "Yesterday, 23:59");
  assert_moment (8 * DAY - 60000, 9 * DAY + 60000, "8 January 1970");
  /* a clock that goes ahead elsewhere */
  assert_moment (11 * DAY, 9 * DAY, "12 January 1970");
}

static void
add_tests (void)
{
  g_test_add ("/report-list/empty", UiFixture, NULL, setup, test_empty, ui_fixture_teardown);
  g_test_add ("/report-list/appears", UiFixture, NULL, setup, test_appears, ui_fixture_teardown);
  g_test_add ("/report-list/same-report", UiFixture, NULL, setup, test_same_report, ui_fixture_teardown);
  g_test_add ("/report-list/other-process", UiFixture, NULL, setup, test_other_process, ui_fixture_teardown);
  g_test_add ("/report-list/delete", UiFixture, NULL, setup, test_delete, ui_fixture_teardown);
  g_test_add ("/report-list/languages", UiFixture, NULL, setup, test_languages, ui_fixture_teardown);
  g_test_add ("/report-list/german", UiFixture, NULL, german_setup, test_german, ui_fixture_teardown);
  g_test_add_func ("/report-list/seen", test_seen);
  g_test_add_func ("/report-list/moments", test_moments);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
