/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"
#include "ui/assessment-list.h"
#include "ui/assessment-page.h"
#include "ui/new-page.h"
#include "ui/report-list.h"
#include "ui/report-page.h"

#include <string.h>

/* Every action does what its name says. An action that no line of the table presses is an error. */
typedef struct
{
  UiFixture base;
  char *draft;
  char *report;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  ui_fixture_setup (&self->base, data);
  ui_fixture_ready (&self->base);
  ui_set_size (&self->base, 1000, 720);
  self->draft = ui_add_assessment (&self->base, "essentials", "Branch", NULL);
  self->report = ui_add_report (&self->base, "essentials", "Head office", "essentials.json");
  ui_get (self->base.window, GTK_TYPE_LABEL, "Branch");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  ui_fixture_teardown (&self->base, data);
  g_free (self->draft);
  g_free (self->report);
}

static GVariant *
make_target (Fixture    *self,
             const char *target)
{
  if (target == NULL)
    return NULL;
  if (g_str_equal (target, "draft"))
    return g_variant_new_string (self->draft);
  if (g_str_equal (target, "report"))
    return g_variant_new_string (self->report);
  if (g_str_equal (target, "both"))
    return g_variant_new ("(ss)", self->draft, "1.C");
  return g_variant_new_string (target);
}

/* The widget whose class has an action. */
static GtkWidget *
find_owner (GtkWidget  *widget,
            const char *action)
{
  const GVariantType *parameter;
  const char *name, *property;
  GType owner;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  for (guint i = 0;
       gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (widget), i, &owner, &name, &parameter, &property); i++)
    if (g_str_equal (name, action))
      return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_owner (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press (Fixture    *self,
       const char *action,
       const char *target)
{
  g_autoptr (GVariant) parameter = make_target (self, target);

  if (parameter != NULL)
    g_variant_ref_sink (parameter);
  g_test_message ("pressing %s", action);
  if (g_str_has_prefix (action, "app."))
    g_action_group_activate_action (G_ACTION_GROUP (self->base.application), action + strlen ("app."), parameter);
  else
    {
      GtkWidget *owner = find_owner (GTK_WIDGET (self->base.window), action);

      g_assert_nonnull (owner);
      g_assert_true (gtk_widget_activate_action_variant (owner, action, parameter));
    }
  ui_wait_idle ();
}

static gboolean
is_said (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  const char *text = data;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window) && ui_has_text (window, text))
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  const char *action;
  const char *target;
  const char *first;        /* an action that leads there, with its target */
  const char *first_target;
  const char *said;         /* what a person reads afterwards */
} Line;

static const Line lines[] = {
  { "app.about", NULL, NULL, NULL, "Posture" },
  { "app.new-assessment", NULL, "win.show-assessment", "draft", "Choose a questionnaire" },
  { "app.show-reports", NULL, NULL, NULL, "Head office" },
  { "win.new-assessment", NULL, "win.show-assessment", "draft", "Choose a questionnaire" },
  { "win.show-assessment", "draft", NULL, NULL, "Question 1 of 34" },
  { "win.close-assessment", "draft", "win.show-assessment", "draft", "Choose a questionnaire" },
  { "win.show-report", "report", NULL, NULL, "What to fix first" },
  { "win.show-question", "both", NULL, NULL, "Question 3 of 34" },
  { "win.delete-report", "report", NULL, NULL, "Delete this report?" },
  { "win.show-view", "reports", NULL, NULL, "Head office" },
  { "win.back", NULL, "win.show-assessment", "draft", "Branch" },
  { "win.step-back", NULL, "win.show-question", "both", "Question 2 of 34" },
  { "win.menu", NULL, NULL, NULL, "About Posture" },
  { "win.show-help-overlay", NULL, NULL, NULL, "Choose an option" },
  { "question.next", NULL, "win.show-assessment", "draft", "Question 2 of 34" },
  { "question.previous", NULL, "win.show-question", "both", "Question 2 of 34" },
  { "question.review", NULL, "win.show-assessment", "draft", "34 questions are open" },
  { "assessments.rename", "draft", NULL, NULL, "Rename the assessment" },
  { "assessments.duplicate", "draft", NULL, NULL, "Branch (copy)" },
  { "assessments.archive", "draft", NULL, NULL, "“Branch” is in the archive" },
  { "assessments.delete", "draft", NULL, NULL, "“Branch” deleted" },
  { "assessments.show-archive", NULL, NULL, NULL, "The archive is empty" },
};

/* Pressed where they have tests of their own: with a failure, a focus, or an archive to press them on. */
static const char *const elsewhere[] = {
  "app.quit",                   /* test-unsaved */
  "win.retry",                  /* test-window */
  "win.back-up",                /* test-backup */
  "win.restore",                /* test-backup */
  "win.verify-file",            /* test-report-doors */
  "question.retry",             /* test-unsaved */
  "assessments.restore",        /* test-assessment-list */
  "assessments.menu",           /* test-assessment-list */
  "assessments.delete-focused", /* test-assessment-list */
  "reports.delete",             /* test-report-list */
  "reports.menu",               /* test-report-list */
  "report.export",              /* test-report-export */
  "report.what-if",             /* test-report-doors */
  "report.compare",             /* test-report-doors */
  "report.verify",              /* test-report-doors */
  "report.retry",               /* test-report-page */
};

static void
test_press (Fixture      *self,
            gconstpointer data)
{
  const Line *line = data;

  if (line->first != NULL)
    {
      press (self, line->first, line->first_target);
      ui_get (ui_get (self->base.window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL), GTK_TYPE_LABEL, "Leading and agreeing");
    }
  press (self, line->action, line->target);
  ui_wait (is_said, (gpointer) line->said);
}

static void
assert_pressed (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (g_str_equal (lines[i].action, action))
      return;
  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    if (g_str_equal (elsewhere[i], action))
      return;
  g_error ("no test presses %s", action);
}

static void
test_complete (Fixture      *self,
               gconstpointer data)
{
  const GType types[] = { POSTURE_TYPE_WINDOW, POSTURE_TYPE_ASSESSMENT_LIST, POSTURE_TYPE_ASSESSMENT_PAGE,
                          POSTURE_TYPE_NEW_PAGE, POSTURE_TYPE_REPORT_LIST, POSTURE_TYPE_REPORT_PAGE };
  g_auto (GStrv) actions = g_action_group_list_actions (G_ACTION_GROUP (self->base.application));

  g_test_summary ("There is no action that no test presses");

  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("app.", actions[i], NULL);

      assert_pressed (name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (types[i]);
      const GVariantType *parameter;
      const char *name, *property;
      GType owner;

      for (guint j = 0;
           gtk_widget_class_query_action (GTK_WIDGET_CLASS (klass), j, &owner, &name, &parameter, &property); j++)
        if (owner == types[i])
          assert_pressed (name);
    }
}

static void
add_tests (void)
{
  g_test_add ("/actions/complete", Fixture, NULL, set_up, test_complete, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = g_strdup_printf ("/actions/%s", lines[i].action);

      g_test_add (path, Fixture, &lines[i], set_up, test_press, tear_down);
    }
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
