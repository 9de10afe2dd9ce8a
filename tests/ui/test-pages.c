/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"
#include "ui/assessment-page.h"
#include "ui/question-view.h"
#include "ui/report-page.h"

/* Every page, in every state that a person can set: nothing is cut off at the width of a telephone, everything has
 * a name for a screen reader, and nothing of a page is left when the window is closed (which the fixture checks).
 * What stands alone in a window before there is anything in it is looked at with room, too. */
#define NARROW 360

typedef struct
{
  const char *name;
  const char *language;
  GtkTextDirection direction;
  double text_scale;
  int width;
  int height;
} State;

typedef struct
{
  const char *name;
  void (*show) (UiFixture *fixture);
  gboolean wide; /* with room, too */
} Page;

typedef struct
{
  const State *state;
  const Page *page;
} Case;

static void
activate (UiFixture  *fixture,
          const char *action,
          const char *target)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, target != NULL ? "s" : NULL,
                                             target));
  ui_wait_idle ();
}

static void
show_loading (UiFixture *fixture)
{
}

static void
show_failure (UiFixture *fixture)
{
  g_autoptr (GError) error = g_error_new_literal (
    G_IO_ERROR, G_IO_ERROR_FAILED, "Die Datei /home/user/.local/share/posture/profile.db wird von einem anderen Programm "
                                   "gesperrt. Bitte schließen Sie es und versuchen Sie es noch einmal.");

  posture_context_set_failed (fixture->context, error);
}

static void
show_welcome (UiFixture *fixture)
{
  ui_fixture_ready (fixture);
  activate (fixture, "win.new-assessment", NULL);
}

static void
show_empty_assessments (UiFixture *fixture)
{
  ui_fixture_ready (fixture);
  activate (fixture, "win.show-view", "assessments");
}

static void
show_empty_reports (UiFixture *fixture)
{
  ui_fixture_ready (fixture);
  activate (fixture, "win.show-view", "reports");
}

static void
show_assessments (UiFixture *fixture)
{
  g_autofree char *draft = NULL;
  g_autofree char *report = NULL;

  ui_fixture_ready (fixture);
  draft = ui_add_assessment (fixture, "owasp-samm", "Hauptverwaltung mit allen Nebenstellen", NULL);
  report = ui_add_report (fixture, "essentials", "Branch", "essentials.json");
  activate (fixture, "win.show-view", "assessments");
  ui_get (fixture->window, GTK_TYPE_LABEL, "Branch");
}

static void
show_reports (UiFixture *fixture)
{
  show_assessments (fixture);
  activate (fixture, "win.show-view", "reports");
}

static void
show_new (UiFixture *fixture)
{
  show_assessments (fixture);
  activate (fixture, "win.new-assessment", NULL);
}

static void
show_draft (UiFixture  *fixture,
            const char *questionnaire)
{
  g_autofree char *id = NULL;

  ui_fixture_ready (fixture);
  id = ui_add_assessment (fixture, questionnaire, "Hauptverwaltung mit allen Nebenstellen", NULL);
  posture_window_show_assessment (fixture->window, id);
  ui_get (fixture->window, POSTURE_TYPE_QUESTION_VIEW, NULL);
}

static void
show_question (UiFixture *fixture)
{
  show_draft (fixture, "nist-csf-2");
}

static void
show_review (UiFixture *fixture)
{
  show_draft (fixture, "essentials");
  ui_wait_painted (fixture);
  gtk_widget_activate_action (ui_get (fixture->window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL), "question.review", NULL);
}

static void
show_sections (UiFixture *fixture)
{
  show_draft (fixture, "owasp-samm");
  gtk_menu_button_popup (
    GTK_MENU_BUTTON (ui_get (ui_get (fixture->window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL), GTK_TYPE_MENU_BUTTON, NULL)));
}

static void
show_report (UiFixture *fixture)
{
  g_autofree char *report = NULL;

  ui_fixture_ready (fixture);
  report = ui_add_report (fixture, "essentials", "Branch", "essentials-unknown.json");
  posture_window_show_report (fixture->window, report);
  ui_get (fixture->window, POSTURE_TYPE_REPORT_PAGE, NULL);
}

static void
show_gone (UiFixture *fixture)
{
  ui_fixture_ready (fixture);
  posture_window_show_report (fixture->window, "00");
  ui_get (ui_get (fixture->window, POSTURE_TYPE_REPORT_PAGE, NULL), ADW_TYPE_STATUS_PAGE, NULL);
}

static const State states[] = {
  { "english", "en", GTK_TEXT_DIR_LTR, 1, NARROW, 640 },
  { "german", "de", GTK_TEXT_DIR_LTR, 1, NARROW, 640 },
  { "right-to-left", "en", GTK_TEXT_DIR_RTL, 1, NARROW, 640 },
  { "large-text", "de", GTK_TEXT_DIR_LTR, 1.5, NARROW, 640 },
  { "wide-english", "en", GTK_TEXT_DIR_LTR, 1, 1000, 720 },
  { "wide-german", "de", GTK_TEXT_DIR_LTR, 1, 1000, 720 },
};

static const Page pages[] = {
  { "loading", show_loading },
  { "failure", show_failure, TRUE },
  { "welcome", show_welcome, TRUE },
  { "empty-assessments", show_empty_assessments },
  { "empty-reports", show_empty_reports },
  { "assessments", show_assessments },
  { "reports", show_reports },
  { "new", show_new },
  { "question", show_question },
  { "review", show_review },
  { "sections", show_sections },
  { "report", show_report },
  { "gone", show_gone },
};

static void
set_text_scale (double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * scale), NULL);
}

static void
set_up (UiFixture    *fixture,
        gconstpointer data)
{
  const State *state = ((const Case *) data)->state;

  ui_set_language (state->language);
  gtk_widget_set_default_direction (state->direction);
  set_text_scale (state->text_scale);
  ui_fixture_setup (fixture, data);
}

static void
tear_down (UiFixture    *fixture,
           gconstpointer data)
{
  ui_fixture_teardown (fixture, data);
  set_text_scale (1);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  ui_set_language ("en");
}

static void
test_fits (UiFixture    *fixture,
           gconstpointer data)
{
  const Case *self = data;
  g_autofree char *name = g_strdup_printf ("%s-%s", self->page->name, self->state->name);

  self->page->show (fixture);
  ui_set_size (fixture, self->state->width, self->state->height);
  ui_assert_fits (fixture->window);
  ui_assert_named (fixture->window);
  ui_take_picture (fixture, name);
}

static void
add_tests (void)
{
  static Case cases[G_N_ELEMENTS (states) * G_N_ELEMENTS (pages)];
  guint n_cases = 0;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    for (guint j = 0; j < G_N_ELEMENTS (pages); j++)
      {
        g_autofree char *path = g_strdup_printf ("/pages/%s/%s", states[i].name, pages[j].name);

        if (states[i].width > NARROW && !pages[j].wide)
          continue;
        cases[n_cases] = (Case) { &states[i], &pages[j] };
        g_test_add (path, UiFixture, &cases[n_cases++], set_up, test_fits, tear_down);
      }
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
