/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/report-maker.h"
#include "ui/chart-view.h"
#include "ui/findings-list.h"
#include "ui/report-page.h"
#include "ui/report-view.h"

#include <string.h>

/* A report to make, and what a person has to read on its page. */
typedef struct
{
  const char *name;
  const char *questionnaire;
  ReportAnswers how;
  const char *language;
  const char *says[4];
} Case;

static const Case cases[] = {
  { "essentials", "essentials", REPORT_MIXED, "en", { "What to fix first", "How the score comes about", "By section" } },
  { "essentials-range", "essentials", REPORT_OPEN, "en", { "_Answer what is open" } },
  { "essentials-best", "essentials", REPORT_BEST, "en",
    { "Nothing is left to fix. Have another look when something changes with you." } },
  { "essentials-nothing", "essentials", REPORT_NOT_APPLICABLE, "en", { "No score", "_Go to the answers" } },
  { "essentials-de", "essentials", REPORT_OPEN, "de", { "Was zuerst zu tun ist" } },
  { "deduction", "nist-800-171", REPORT_MIXED, "en",
    { "How many points each section takes off. A full bar takes off none.", "Submitted · Score −5" } },
  { "deduction-open", "nist-800-171", REPORT_OPEN, "en", { "_Answer what is open" } },
  { "deduction-none", "nist-800-171", REPORT_NOT_APPLICABLE, "en",
    { "No score", "One measure is needed before anything can be counted, and it is not in place:",
      "_Go to the question" } },
  { "deduction-de", "nist-800-171", REPORT_MIXED, "de", { "Was zuerst zu tun ist" } },
  { "maturity", "owasp-samm", REPORT_MIXED | REPORT_TARGETS, "en", { "In detail" } },
  { "maturity-open", "owasp-samm", REPORT_OPEN, "en",
    { "_Answer what is open", "Submitted · 0.84 to 1.78", "Score 1" } },
  { "profile", "nist-csf-2", REPORT_TARGETS | REPORT_OPEN, "en",
    { "This questionnaire gives no grade. It compares how things are with the targets that you set." } },
  { "profile-without-targets", "nist-csf-2", REPORT_MIXED, "en",
    { "_Set targets", "Level 1.94", "Without targets there is nothing to rank." } },
  { "profile-de", "nist-csf-2", REPORT_TARGETS, "de", { "Was zuerst zu tun ist" } },
};


static void
setup (UiFixture    *fixture,
       gconstpointer data)
{
  const Case *test = data;

  ui_set_language (test != NULL ? test->language : "en");
  ui_fixture_setup (fixture, data);
  ui_fixture_ready (fixture);
}

static void
teardown (UiFixture    *fixture,
          gconstpointer data)
{
  ui_fixture_teardown (fixture, data);
  ui_set_language ("en");
}

static GtkAdjustment *
get_scroll (UiFixture *fixture)
{
  GtkWidget *findings = ui_get (fixture->window, POSTURE_TYPE_FINDINGS_LIST, NULL);
  GtkWidget *scrolled = gtk_widget_get_ancestor (findings, GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

/* The page screen by screen. */
static void
take_pictures (UiFixture  *fixture,
               const char *name,
               int         width,
               int         height)
{
  GtkAdjustment *scroll;

  ui_set_size (fixture, width, height);
  scroll = get_scroll (fixture);
  for (guint i = 0; i < 6; i++)
    {
      double top = i * (height - 100);
      g_autofree char *picture = g_strdup_printf ("report-%s-%d-%u", name, width, i);

      if (i > 0 && top > gtk_adjustment_get_upper (scroll) - gtk_adjustment_get_page_size (scroll) + height - 100)
        break;
      gtk_adjustment_set_value (scroll, top);
      ui_wait_idle ();
      ui_assert_fits (fixture->window);
      ui_take_picture (fixture, picture);
    }
  gtk_adjustment_set_value (scroll, 0);
}

static void
show (UiFixture  *fixture,
      const char *id)
{
  posture_window_show_report (fixture->window, id);
  ui_get (fixture->window, POSTURE_TYPE_FINDINGS_LIST, NULL);
  ui_wait_idle ();
}

static void
test_case (UiFixture    *fixture,
           gconstpointer data)
{
  const Case *test = data;
  g_autofree char *report = report_make (fixture, test->questionnaire, "Head office", test->how);

  g_test_summary ("Each method's page says what it has to, and fits a telephone");

  show (fixture, report);
  for (guint i = 0; i < G_N_ELEMENTS (test->says) && test->says[i] != NULL; i++)
    {
      g_test_message ("looking for “%s”", test->says[i]);
      g_assert_true (ui_has_text (fixture->window, test->says[i]));
    }
  take_pictures (fixture, test->name, 360, 640);
  take_pictures (fixture, test->name, 1000, 720);
}

static void
expand_all (GtkWidget *widget)
{
  if (ADW_IS_EXPANDER_ROW (widget))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), TRUE);
  if (GTK_IS_EXPANDER (widget))
    gtk_expander_set_expanded (GTK_EXPANDER (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    expand_all (child);
}

static const Case unfolded[] = {
  { "unfolded-essentials", "essentials", REPORT_OPEN, "en",
    { "Your answer", "What to do next", "Published sources", "Go to the question" } },
  { "unfolded-maturity", "owasp-samm", REPORT_TARGETS, "en", { "Your target" } },
  { "unfolded-profile-de", "nist-csf-2", REPORT_TARGETS | REPORT_OPEN, "de", { "Ihre Antwort" } },
  { "unfolded-deduction", "nist-800-171", REPORT_OPEN, "en", { "Your answer" } },
};

static void
test_unfolded (UiFixture    *fixture,
               gconstpointer data)
{
  const Case *test = data;
  g_autofree char *report = report_make (fixture, test->questionnaire, "Head office", test->how);
  g_autofree char *name = g_strdup (test->name);

  g_test_summary ("Everything that can be opened is told in place, and fits a telephone");

  ui_set_size (fixture, 360, 640);
  show (fixture, report);
  expand_all (GTK_WIDGET (fixture->window));
  ui_wait_idle ();
  for (guint i = 0; i < G_N_ELEMENTS (test->says) && test->says[i] != NULL; i++)
    {
      g_test_message ("looking for “%s”", test->says[i]);
      g_assert_true (ui_has_text (fixture->window, test->says[i]));
    }
  take_pictures (fixture, name, 360, 640);
}

static guint
count (GtkWidget *widget,
       GType      type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (widget), type);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);
  return n;
}

static void
test_pages (UiFixture    *fixture,
            gconstpointer data)
{
  g_autofree char *report = report_make (fixture, "nist-csf-2", "Head office", REPORT_TARGETS | REPORT_OPEN);
  GtkWidget *findings;

  g_test_summary ("A long list comes piece by piece, and to its end");

  show (fixture, report);
  findings = ui_get (fixture->window, POSTURE_TYPE_FINDINGS_LIST, NULL);
  g_assert_cmpuint (count (findings, ADW_TYPE_EXPANDER_ROW), ==, 10);
  g_assert_false (ui_has_text (findings, "Your answer"));
  for (GtkWidget *more = NULL; (more = ui_find (findings, GTK_TYPE_BUTTON, NULL)) != NULL;)
    {
      if (!gtk_button_get_use_underline (GTK_BUTTON (more)))
        break;
      g_signal_emit_by_name (more, "clicked");
    }
  g_assert_cmpuint (count (findings, ADW_TYPE_EXPANDER_ROW), >, 30);
}

static void
test_question (UiFixture    *fixture,
               gconstpointer data)
{
  g_autofree char *report = report_make (fixture, "nist-800-171", "Head office", REPORT_NOT_APPLICABLE);

  g_test_summary ("What stands in the way of a score leads to its question");

  show (fixture, report);
  ui_click (fixture->window, "_Go to the question");
  g_assert_null (ui_find (fixture->window, POSTURE_TYPE_FINDINGS_LIST, NULL));
}

static void
test_required (UiFixture    *fixture,
               gconstpointer data)
{
  PostureUserService *user = posture_platform_get_user (fixture->platform);
  g_autofree char *assessment = ui_add_assessment (fixture, "nist-800-171", "Head office", /* answers = */ NULL);
  g_autofree char *report = ui_submit (fixture, assessment);
  g_autoptr (PostureReport) made = posture_user_service_dup_report (user, report, NULL);
  g_autofree char *best = g_strdup_printf ("If it is in place, the score can be up to %d.",
                                           (int) (made->score->best / POSTURE_DECIMAL_ONE));

  g_test_summary ("A question that has to be answered before there is a score is named, with what is possible then");

  show (fixture, report);
  ui_get (fixture->window, GTK_TYPE_LABEL, "No score yet");
  ui_get (fixture->window, GTK_TYPE_LABEL, "One measure is needed before anything can be counted, and its question is "
                                           "still open:");
  g_test_message ("%s", best);
  ui_get (fixture->window, GTK_TYPE_LABEL, best);
  take_pictures (fixture, "required", 360, 640);
  ui_click (fixture->window, "_Go to the question");
  g_assert_null (ui_find (fixture->window, POSTURE_TYPE_FINDINGS_LIST, NULL));
}

static void
delete_report (UiFixture  *fixture,
               const char *report)
{
  PostureUserService *user = posture_platform_get_user (fixture->platform);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (operations, posture_operation_new_delete_report (posture_user_service_get_now (user), report));
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
}

static void
test_gone (UiFixture    *fixture,
           gconstpointer data)
{
  g_autofree char *report = report_make (fixture, "essentials", "Head office", REPORT_MIXED);

  g_test_summary ("A report that is deleted while it is shown is told to be gone, with a way on");

  ui_set_size (fixture, 360, 640);
  show (fixture, report);
  delete_report (fixture, report);
  ui_get (fixture->window, ADW_TYPE_STATUS_PAGE, "This report was deleted");
  ui_take_picture (fixture, "report-gone-360");
  ui_click (fixture->window, "_Show all reports");
}

static void
test_damaged (UiFixture    *fixture,
              gconstpointer data)
{
  g_autofree char *report = report_make (fixture, "essentials", "Head office", REPORT_MIXED);
  GtkWidget *page;

  g_test_summary ("A report that cannot be read is told to be so, with the reason, and read once trying again helps");

  ui_set_size (fixture, 360, 640);
  ui_damage_report (fixture, report, TRUE);
  posture_window_show_report (fixture->window, report);
  page = ui_get (fixture->window, POSTURE_TYPE_REPORT_PAGE, NULL);
  ui_get (page, ADW_TYPE_STATUS_PAGE, "The report cannot be read");
  ui_assert_fits (fixture->window);
  ui_take_picture (fixture, "report-damaged-360");
  ui_click (page, "_Try again");
  ui_get (page, ADW_TYPE_STATUS_PAGE, "The report cannot be read");
  ui_damage_report (fixture, report, FALSE);
  ui_click (page, "_Try again");
  ui_get (page, POSTURE_TYPE_FINDINGS_LIST, NULL);
}

typedef struct
{
  PostureReport *report;
  gboolean done;
} Load;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Load *load = data;

  load->report = posture_user_service_load_report_finish (POSTURE_USER_SERVICE (source), result, NULL);
  load->done = TRUE;
}

static gboolean
is_loaded (gpointer data)
{
  return ((Load *) data)->done;
}

static void
test_unknown (UiFixture    *fixture,
              gconstpointer data)
{
  g_autofree char *id = report_make (fixture, "essentials", "Head office", REPORT_OPEN);
  g_autoptr (PostureTelling) telling = NULL;
  GtkWidget *window = gtk_window_new ();
  Load load = { NULL };

  g_test_summary ("A report whose questionnaire is not known shows its numbers, and says why there are no words");

  posture_user_service_load_report_async (posture_platform_get_user (fixture->platform), id,
                                          /* cancellable = */ NULL, loaded_cb, &load);
  ui_wait (is_loaded, &load);
  telling = posture_telling_new (load.report, NULL, NULL, NULL);
  gtk_window_set_child (GTK_WINDOW (window), posture_report_view_new (telling));
  gtk_window_present (GTK_WINDOW (window));
  expand_all (window);
  ui_wait_idle ();
  ui_get (window, POSTURE_TYPE_CHART_VIEW, NULL);
  g_assert_true (ui_has_text (window, "This version of Posture does not know the version of the questionnaire that "
                                      "this report was made with. So it can show the numbers, but neither questions "
                                      "nor advice."));
  gtk_window_destroy (GTK_WINDOW (window));
  posture_report_unref (load.report);
}

static void
add_tests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/report-page/%s", cases[i].name);

      g_test_add (path, UiFixture, &cases[i], setup, test_case, teardown);
    }
  for (guint i = 0; i < G_N_ELEMENTS (unfolded); i++)
    {
      g_autofree char *path = g_strdup_printf ("/report-page/%s", unfolded[i].name);

      g_test_add (path, UiFixture, &unfolded[i], setup, test_unfolded, teardown);
    }
  g_test_add ("/report-page/pages", UiFixture, NULL, setup, test_pages, teardown);
  g_test_add ("/report-page/question", UiFixture, NULL, setup, test_question, teardown);
  g_test_add ("/report-page/required", UiFixture, NULL, setup, test_required, teardown);
  g_test_add ("/report-page/gone", UiFixture, NULL, setup, test_gone, teardown);
  g_test_add ("/report-page/damaged", UiFixture, NULL, setup, test_damaged, teardown);
  g_test_add ("/report-page/unknown", UiFixture, NULL, setup, test_unknown, teardown);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
