/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/report-maker.h"
#include "ui/day-button.h"
#include "ui/explanation-list.h"
#include "ui/finding-row.h"
#include "ui/findings-list.h"
#include "user/plan.h"
#include "user/user-error.h"

#include <string.h>

/* What is planned for findings, and where the points of a report come from. */

static void
setup (ReportFixture *self,
       gconstpointer  language)
{
  report_fixture_setup (self, language);
  report_fixture_show (self);
}

/* Opens the first finding and gives its row. */
static GtkWidget *
open_first (ReportFixture *self)
{
  GtkWidget *findings = ui_get (self->ui.window, POSTURE_TYPE_FINDINGS_LIST, NULL);
  GtkWidget *row = ui_get (findings, ADW_TYPE_EXPANDER_ROW, NULL);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_wait_idle ();
  return row;
}

static void
take_picture (ReportFixture *self,
              GtkWidget     *widget,
              const char    *name)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  double y = 0;

  ui_wait_painted (&self->ui);
  gtk_widget_translate_coordinates (widget, scrolled, 0, 0, NULL, &y);
  gtk_adjustment_set_value (scroll, gtk_adjustment_get_value (scroll) + y - 12);
  ui_wait_painted (&self->ui);
  ui_assert_fits (self->ui.window);
  ui_take_picture (&self->ui, name);
}

/* What is stored for the one finding that has a plan. */
static GPtrArray *
read_plan (ReportFixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = posture_user_service_dup_plan (posture_platform_get_user (self->ui.platform), self->assessment,
                                                    &error);

  g_assert_no_error (error);
  return items;
}

static gboolean
has_owner (gpointer data)
{
  g_autoptr (GPtrArray) items = read_plan (data);

  return items->len == 1 && g_strcmp0 (((PosturePlanItem *) g_ptr_array_index (items, 0))->owner, "Kim") == 0;
}

static gboolean
is_done (gpointer data)
{
  g_autoptr (GPtrArray) items = read_plan (data);

  return items->len == 1 && ((PosturePlanItem *) g_ptr_array_index (items, 0))->done;
}

static void
plan_for (ReportFixture *self,
          GtkWidget     *row)
{
  GtkWidget *dialog;

  ui_click (row, "Planned");
  dialog = ui_get_dialog (&self->ui, "Who puts it right");
  gtk_editable_set_text (GTK_EDITABLE (ui_get (dialog, GTK_TYPE_ENTRY, NULL)), "Kim");
  ui_get (dialog, POSTURE_TYPE_DAY_BUTTON, NULL);
  ui_click (dialog, "_Save");
  ui_wait (has_owner, self);
}

static void
test_plan (ReportFixture *self,
           gconstpointer  data)
{
  GtkWidget *row = open_first (self);

  g_test_summary ("Who puts a finding right is stored, shown, and there when the report is opened again");

  g_assert_true (ui_has_text (row, "Planned"));
  g_assert_true (ui_has_text (row, "Nobody yet, no date"));
  plan_for (self, row);
  ui_get (row, GTK_TYPE_LABEL, "Kim");
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "\nKim"));
  take_picture (self, row, "plan-360");
}

static void
test_again (ReportFixture *self,
            gconstpointer  data)
{
  g_test_summary ("After planning, the report can be shown again, and nothing of what was shown before stays behind");

  plan_for (self, open_first (self));
  posture_window_show_report (self->ui.window, self->report);
  ui_wait_idle ();
  ui_get (open_first (self), GTK_TYPE_LABEL, "Kim");
}

static void
test_planned (ReportFixture *self,
              gconstpointer  data)
{
  PostureUserService *user = posture_platform_get_user (self->ui.platform);
  g_autoptr (PostureReport) report = posture_user_service_dup_report (user, self->report, NULL);
  const PostureFinding *first = g_ptr_array_index (report->findings, 0);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;

  g_test_summary ("What was planned before is there when the report is opened, with its day in words");

  g_ptr_array_add (operations, posture_operation_new_plan (posture_user_service_get_now (user), self->assessment,
                                                           first->question, "Kim", "2026-12-24", /* done = */ FALSE));
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
  posture_window_show_report (self->ui.window, self->report);
  ui_wait_idle ();
  ui_get (open_first (self), GTK_TYPE_LABEL, "Kim · due 24 December 2026");
}

typedef struct
{
  ReportFixture *self;
  char *answers;
} Change;

static gboolean
is_changed (gpointer data)
{
  const Change *change = data;
  g_autofree char *answers = ui_dup_answers (&change->self->ui, change->self->assessment);

  return !g_str_equal (answers, change->answers);
}

static void
test_done (ReportFixture *self,
           gconstpointer  data)
{
  GtkWidget *row = open_first (self);
  g_autofree char *before = ui_dup_answers (&self->ui, self->assessment);
  g_autofree char *meanwhile = NULL;
  Change change = { self, before };

  g_test_summary ("Done is stored and leaves the answer alone; to update the answer is offered, and done when asked");

  g_assert_null (ui_find (row, GTK_TYPE_BUTTON, "_Update"));
  gtk_switch_set_active (GTK_SWITCH (ui_get (row, GTK_TYPE_SWITCH, NULL)), TRUE);
  ui_wait (is_done, self);
  meanwhile = ui_dup_answers (&self->ui, self->assessment);
  g_assert_cmpstr (before, ==, meanwhile);
  ui_get (row, GTK_TYPE_BUTTON, "_Update");
  take_picture (self, row, "plan-done-360");
  ui_click (row, "_Update");
  ui_wait (is_changed, &change);
  ui_get (self->ui.window, GTK_TYPE_LABEL, "The next report counts it");
  g_assert_null (ui_find (row, GTK_TYPE_BUTTON, "_Update"));
  ui_click (self->ui.window, "_Answers");
  g_assert_null (ui_find (self->ui.window, POSTURE_TYPE_FINDINGS_LIST, NULL));
}

static void
test_plan_german (ReportFixture *self,
                  gconstpointer  data)
{
  GtkWidget *row = open_first (self);

  g_test_summary ("The same in German, on a telephone");

  gtk_switch_set_active (GTK_SWITCH (ui_get (row, GTK_TYPE_SWITCH, NULL)), TRUE);
  ui_get (row, GTK_TYPE_LABEL, "Erledigt");
  ui_wait (is_done, self);
  ui_wait_idle ();
  take_picture (self, row, "plan-done-de-360");
}

static void
expand (GtkWidget *widget)
{
  if (ADW_IS_EXPANDER_ROW (widget))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    expand (child);
}

static guint
count_rows (GtkWidget  *widget,
            const char *part)
{
  guint n = ADW_IS_ACTION_ROW (widget) && adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)) != NULL
            && strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)), part) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child, part);
  return n;
}

typedef struct
{
  const char *questionnaire;
  const char *language;
  const char *sum;    /* how the sum over all begins */
  const char *source; /* in every row that says by which rule something counts */
} Story;

static const Story stories[] = {
  { "essentials", "en", "100 × ", "\nRule: " },
  { "nist-800-171", "en", "−203 with nothing in place", "NIST SP 800-171 DoD Assessment Methodology 1.2.1, 5(b)" },
  { "owasp-samm", "en", "The parts bring ", "OWASP SAMM 2" },
  { "nist-csf-2", "en", NULL, "NIST CSWP 29 (CSF 2.0), 3.1" },
  { "essentials", "de", "100 × ", "\nRegel: " },
  { "owasp-samm", "de", "Die Teile bringen ", "OWASP SAMM 2" },
};

static gboolean
has_sum (GtkWidget  *widget,
         const char *sum)
{
  if (ADW_IS_ACTION_ROW (widget)
      && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), sum))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_sum (child, sum))
      return TRUE;
  return FALSE;
}

static void
test_story (UiFixture    *fixture,
            gconstpointer data)
{
  const Story *story = data;
  g_autofree char *id = report_make (fixture, story->questionnaire, "Head office", REPORT_MIXED);
  g_autoptr (PostureReport) report = posture_user_service_dup_report (posture_platform_get_user (fixture->platform), id,
                                                                      NULL);
  g_autofree char *today = g_strdup (g_str_equal (story->language, "de") ? "\nHeute, " : "\nToday, ");
  GtkWidget *list, *scrolled;

  g_test_summary ("Every rated question is found below its sections, with its answer, date and rule");

  ui_set_size (fixture, 360, 640);
  posture_window_show_report (fixture->window, id);
  list = ui_get (fixture->window, ADW_TYPE_PREFERENCES_GROUP,
                 g_str_equal (story->language, "de")
                   ? (story->sum == NULL ? "Wie das Bild zustande kommt" : "Wie das Ergebnis zustande kommt")
                   : (story->sum == NULL ? "How the picture comes about" : "How the score comes about"));
  for (guint i = 0; i < 4; i++)
    expand (list);
  ui_wait_idle ();
  g_assert_cmpuint (count_rows (list, g_str_equal (story->language, "de") ? "\nRegel: " : "\nRule: "), ==,
                    report->explanation->len);
  g_assert_cmpuint (count_rows (list, today), ==, report->explanation->len);
  g_assert_cmpuint (count_rows (list, story->source), >, 5);
  if (story->sum != NULL)
    g_assert_true (has_sum (list, story->sum));
  scrolled = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("story-%s-%s-%u", story->questionnaire, story->language, i);
      double y = 0;

      ui_wait_painted (fixture);
      gtk_widget_translate_coordinates (list, scrolled, 0, 0, NULL, &y);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                                gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (
                                  GTK_SCROLLED_WINDOW (scrolled))) + y + 560 * i);
      ui_wait_painted (fixture);
      ui_assert_fits (fixture->window);
      ui_take_picture (fixture, name);
    }
}

static void
setup_story (UiFixture    *fixture,
             gconstpointer data)
{
  ui_set_language (((const Story *) data)->language);
  ui_fixture_setup (fixture, data);
  ui_fixture_ready (fixture);
}

static void
teardown_story (UiFixture    *fixture,
                gconstpointer data)
{
  ui_fixture_teardown (fixture, data);
  ui_set_language ("en");
}

static void
add_tests (void)
{
  g_test_add ("/report-plan/plan", ReportFixture, NULL, setup, test_plan, report_fixture_teardown);
  g_test_add ("/report-plan/again", ReportFixture, NULL, setup, test_again, report_fixture_teardown);
  g_test_add ("/report-plan/planned", ReportFixture, NULL, setup, test_planned, report_fixture_teardown);
  g_test_add ("/report-plan/done", ReportFixture, NULL, setup, test_done, report_fixture_teardown);
  g_test_add ("/report-plan/german", ReportFixture, "de", setup, test_plan_german, report_fixture_teardown);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *path = g_strdup_printf ("/report-plan/story/%s-%s", stories[i].questionnaire,
                                               stories[i].language);

      g_test_add (path, UiFixture, &stories[i], setup_story, test_story, teardown_story);
    }
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
