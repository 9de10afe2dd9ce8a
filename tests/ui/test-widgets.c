/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"
#include "ui/assessment-page.h"
#include "ui/question-view.h"
#include "ui/report-page.h"
#include "ui/work-row.h"

#include <string.h>

/* Every class of widgets is brought to the screen as a person would, and everything in it that can be pressed is
 * pressed: something that a person sees has to come of it, and it has to have one name. A class that no line of the
 * table presses is an error. */

typedef GType (*GetType) (void);

/* list-widgets.py: each class that a file in ui/ defines */
extern const GetType all_types[];

typedef struct
{
  UiFixture base;
  char *trial;
  char *shops;
  char *report;
  guint n; /* how often something was prepared */
} Fixture;

#define YEAR (G_GINT64_CONSTANT (366) * 24 * 60 * 60 * 1000)

static void
answer (Fixture    *self,
        const char *assessment,
        const char *question,
        const char *text,
        gint64      ago)
{
  PostureUserService *user = posture_platform_get_user (self->base.platform);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (operations, posture_operation_new_answer (posture_user_service_get_now (user) - ago, assessment,
                                                             question, text, /* flagged = */ FALSE));
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  ui_fixture_setup (&self->base, data);
  ui_fixture_ready (&self->base);
  ui_set_size (&self->base, 1000, 720);
  ui_add_questionnaire (&self->base, "trial");
  self->trial = ui_add_assessment (&self->base, "trial", "Branch", NULL);
  answer (self, self->trial, "pets", "true", 0);
  /* so long ago that it is to be looked at again, and badly enough for a tip */
  ui_add_questionnaire (&self->base, "shops");
  self->shops = ui_add_assessment (&self->base, "shops", "Shops", NULL);
  answer (self, self->shops, "shops", "{\"value\":[\"b\"],\"names\":{\"b\":\"Berlin\"}}", YEAR);
  answer (self, self->shops, "doors@b", "1", YEAR);
  answer (self, self->shops, "server@b", "true", YEAR);
  self->report = ui_add_report (&self->base, "essentials", "Head office", "essentials-unknown.json");
  ui_get (self->base.window, GTK_TYPE_LABEL, "Branch");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  ui_fixture_teardown (&self->base, data);
  g_free (self->trial);
  g_free (self->shops);
  g_free (self->report);
}

/* The ways to what is to be pressed. Each is gone again before each press. */

static void
show_lists (Fixture    *self,
            const char *view)
{
  gtk_widget_activate_action (GTK_WIDGET (self->base.window), "win.new-assessment", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->base.window), "win.show-view", "s", view);
  ui_get (self->base.window, GTK_TYPE_LABEL, g_str_equal (view, "reports") ? "Head office" : "Branch");
}

static void
show_question (Fixture    *self,
               const char *assessment,
               const char *question)
{
  GtkWidget *page;

  gtk_widget_activate_action (GTK_WIDGET (self->base.window), "win.show-question", "(ss)", assessment, question);
  page = ui_get (self->base.window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL);
  ui_get (page, POSTURE_TYPE_QUESTION_VIEW, NULL);
  g_assert_cmpstr (posture_assessment_page_get_question (POSTURE_ASSESSMENT_PAGE (page)), ==, question);
}

static void
show_trial (Fixture    *self,
            const char *question)
{
  show_question (self, self->trial, question);
}

static void
show_shops (Fixture    *self,
            const char *question)
{
  show_question (self, self->shops, question);
}

/* Once it is taken it is gone, so there is another one each time. */
static void
show_offer (Fixture    *self,
            const char *unused)
{
  static const char *const questions[] = { "shops", "doors@b", "server@b" };

  show_shops (self, questions[self->n++]);
}

static void
show_review (Fixture    *self,
             const char *unused)
{
  show_trial (self, "pets");
  gtk_widget_activate_action (ui_get (self->base.window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL), "question.review", NULL);
}

static void
show_reason (Fixture    *self,
             const char *question)
{
  show_trial (self, question);
  ui_click (self->base.window, "Not applicable…");
}

static void
show_sections (Fixture    *self,
               const char *unused)
{
  GtkWidget *page;

  show_trial (self, "pets");
  page = ui_get (self->base.window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL);
  gtk_menu_button_popup (GTK_MENU_BUTTON (ui_get (page, GTK_TYPE_MENU_BUTTON, NULL)));
}

static void
show_report (Fixture    *self,
             const char *action)
{
  GtkWidget *page;

  gtk_widget_activate_action (GTK_WIDGET (self->base.window), "win.show-report", "s", self->report);
  page = ui_get (self->base.window, POSTURE_TYPE_REPORT_PAGE, NULL);
  ui_get (page, GTK_TYPE_WIDGET, "What to fix first");
  if (action != NULL)
    gtk_widget_activate_action (page, action, NULL);
}

static void
show_what_if (Fixture    *self,
              const char *section)
{
  show_report (self, "report.what-if");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_get (ui_get_dialog (&self->base, section), ADW_TYPE_EXPANDER_ROW,
                                                           section)), TRUE);
}

static void
show_comparison (Fixture    *self,
                 const char *unused)
{
  g_autoptr (PostureReport) report
    = posture_user_service_dup_report (posture_platform_get_user (self->base.platform), self->report, NULL);

  for (; self->n < 2; self->n++)
    {
      answer (self, report->assessment, "1.A", self->n == 0 ? "\"nobody\"" : "\"informal\"", 0);
      g_free (self->report);
      self->report = ui_submit (&self->base, report->assessment);
    }
  show_report (self, "report.compare");
}

static void
show_finding (Fixture    *self,
              const char *row)
{
  GtkWidget *group, *finding;

  show_report (self, NULL);
  group = ui_get (self->base.window, ADW_TYPE_PREFERENCES_GROUP, "What to fix first");
  finding = ui_get (group, ADW_TYPE_EXPANDER_ROW, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (finding), TRUE);
  if (row != NULL)
    ui_click (finding, row);
}

static void
show_work (Fixture    *self,
           const char *unused)
{
  posture_window_add_work (self->base.window, posture_work_row_new ("Writing report.pdf"));
}

typedef struct
{
  const char *type;
  void (*show) (Fixture *self, const char *where);
  const char *where;
  gboolean only_shows; /* nothing in it can be pressed, but for what other classes have in it */
} Line;

static const Line lines[] = {
  { "PostureAssessmentList", show_lists, "assessments" },
  { "PostureAssessmentPage", show_trial, "which" },
  { "PostureAssessmentRow", show_lists, "assessments" },
  { "PostureChartView", show_report, NULL, TRUE },
  { "PostureChoiceInput", show_trial, "which", TRUE },
  { "PostureCompareView", show_comparison, NULL },
  { "PostureDayButton", show_finding, "Planned" },
  { "PostureEntryInput", show_trial, "count" },
  { "PostureFindingsList", show_finding, NULL },
  { "PostureInstancesInput", show_shops, "shops" },
  { "PostureMainView", show_trial, "pets", TRUE },
  { "PostureNewPage", show_lists, "assessments" },
  { "PostureNoteEditor", show_shops, "doors@b" },
  { "PostureOptionRow", show_trial, "which" },
  { "PostureQuestionOffer", show_offer, NULL },
  { "PostureQuestionTips", show_shops, "doors@b", TRUE },
  { "PostureQuestionView", show_trial, "pets" },
  { "PostureReportList", show_lists, "reports" },
  { "PostureReportPage", show_report, NULL },
  { "PostureReportRow", show_lists, "reports" },
  { "PostureReviewView", show_review, NULL },
  { "PostureSectionMenu", show_sections, NULL },
  { "PostureShell", show_trial, "pets" },
  { "PostureSpecialInput", show_reason, "pets" },
  { "PostureWhatIfView", show_what_if, "Leading and agreeing" },
  { "PostureWindow", show_trial, "pets", TRUE },
  { "PostureWorkRow", show_work, NULL },
};

/* What a person sees, as text. */
static void
describe (GtkWidget *widget,
          GString   *text)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;
  g_string_append_printf (text, "%s %x", G_OBJECT_TYPE_NAME (widget),
                          gtk_widget_get_state_flags (widget)
                            & (GTK_STATE_FLAG_CHECKED | GTK_STATE_FLAG_SELECTED | GTK_STATE_FLAG_INSENSITIVE));
  if (GTK_IS_LABEL (widget))
    g_string_append (text, gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_EDITABLE (widget))
    g_string_append (text, gtk_editable_get_text (GTK_EDITABLE (widget)));
  else if (GTK_IS_TEXT_VIEW (widget))
    g_string_append_printf (text, "%d", gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (
                                          GTK_TEXT_VIEW (widget))));
  g_string_append_c (text, '\n');
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    describe (child, text);
}

static char *
dup_screen (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      describe (window, text);
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_changed (gpointer data)
{
  g_autofree char *screen = dup_screen ();

  return !g_str_equal (screen, data);
}

typedef struct
{
  GType type;
  GtkWidget *found;
} Search;

static gboolean
is_on_screen (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  Search *search = data;

  search->found = NULL;
  for (guint i = 0; search->found == NULL && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window))
        search->found = ui_find (window, search->type, NULL);
    }
  return search->found != NULL && gtk_widget_get_mapped (search->found);
}

static GtkWidget *
bring (Fixture    *self,
       const Line *line)
{
  Search search = { g_type_from_name (line->type), NULL };

  ui_dismiss (&self->base);
  line->show (self, line->where);
  ui_wait (is_on_screen, &search);
  ui_wait_idle ();
  return search.found;
}

static gboolean
is_editable (GtkWidget *widget)
{
  /* a text alone is part of a field */
  return (GTK_IS_EDITABLE (widget) && !GTK_IS_TEXT (widget) && gtk_editable_get_editable (GTK_EDITABLE (widget)))
         || (GTK_IS_TEXT_VIEW (widget) && gtk_text_view_get_editable (GTK_TEXT_VIEW (widget)));
}

/* What is on already stays as it is. */
static gboolean
is_on (GtkWidget *widget)
{
  return (GTK_IS_TOGGLE_BUTTON (widget) && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widget)))
         || (GTK_IS_CHECK_BUTTON (widget) && gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)));
}

static gboolean
can_press (GtkWidget *widget)
{
  if (!gtk_widget_is_sensitive (widget) || !gtk_widget_get_can_target (widget) || is_on (widget))
    return FALSE;
  if (GTK_IS_LIST_BOX_ROW (widget))
    return is_editable (widget)
           || (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)) && !ADW_IS_EXPANDER_ROW (widget));
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget)
         || GTK_IS_EXPANDER (widget) || GTK_IS_LIST_VIEW (widget) || is_editable (widget);
}

/* The widgets in one of a class of ours that can be pressed, but not those in others of ours in it. */
static void
collect (GtkWidget *widget,
         GtkWidget *owner,
         GPtrArray *found)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget)
      || (widget != owner && g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Posture")))
    return;
  if (can_press (widget))
    g_ptr_array_add (found, widget);
  /* what is in them is their own; and what ends the window ends the test */
  if (GTK_IS_MENU_BUTTON (widget) || GTK_IS_WINDOW_CONTROLS (widget)
      || (GTK_IS_EDITABLE (widget) && !ADW_IS_ENTRY_ROW (widget)))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, owner, found);
}

static void
press (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
  else if (GTK_IS_EDITABLE (widget))
    {
      gtk_editable_set_text (GTK_EDITABLE (widget), "12");
      if (ADW_IS_ENTRY_ROW (widget))
        g_signal_emit_by_name (widget, "apply");
    }
  else if (GTK_IS_TEXT_VIEW (widget))
    gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), "Ask Ada", -1);
  else if (GTK_IS_LIST_VIEW (widget))
    g_signal_emit_by_name (widget, "activate", 0);
  else if (GTK_IS_BUTTON (widget))
    /* activating a button would press it for a quarter of a second first */
    g_signal_emit_by_name (widget, "clicked");
  else
    g_assert_true (gtk_widget_activate (widget));
}

/* What a widget is among all that there are, whatever comes and goes beside it. */
static char *
dup_key (GtkWidget *widget)
{
  const char *text = ui_get_text (widget);

  return g_strdup_printf ("%s “%s”", G_OBJECT_TYPE_NAME (widget), text != NULL ? text : "");
}

/* The first that was not pressed yet. */
static GtkWidget *
find_next (GPtrArray  *found,
           GHashTable *pressed)
{
  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *key = dup_key (found->pdata[i]);

      if (g_hash_table_contains (pressed, key))
        continue;
      g_test_message ("pressing %s", key);
      g_hash_table_add (pressed, g_steal_pointer (&key));
      return found->pdata[i];
    }
  return NULL;
}

static gboolean
press_next (Fixture    *self,
            const Line *line,
            GHashTable *pressed)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *screen = NULL;
  GtkWidget *owner = bring (self, line), *widget;

  ui_assert_named (owner);
  collect (owner, owner, found);
  widget = find_next (found, pressed);
  if (widget == NULL)
    return FALSE;
  screen = dup_screen ();
  press (widget);
  ui_wait (is_changed, screen);
  ui_wait_idle ();
  return TRUE;
}

static void
test_press (Fixture      *self,
            gconstpointer data)
{
  const Line *line = data;
  g_autoptr (GHashTable) pressed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (press_next (self, line, pressed))
    continue;
  g_assert_true ((g_hash_table_size (pressed) == 0) == line->only_shows);
}

static gboolean
has_line (GType type)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (g_str_equal (lines[i].type, g_type_name (type)))
      return TRUE;
  return FALSE;
}

static void
test_complete (void)
{
  guint n = 0;

  g_test_summary ("There is no class of widgets that no test presses");

  for (guint i = 0; all_types[i] != NULL; i++)
    {
      GType type = all_types[i] ();

      if (!g_type_is_a (type, GTK_TYPE_WIDGET) || G_TYPE_IS_ABSTRACT (type))
        continue;
      if (!has_line (type))
        g_error ("no test presses a %s", g_type_name (type));
      n++;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (lines));
}

static void
add_tests (void)
{
  g_test_add_func ("/widgets/complete", test_complete);
  for (guint i = 0; all_types[i] != NULL; i++)
    all_types[i] (); /* so that it has its name */
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = g_strdup_printf ("/widgets/%s", lines[i].type);

      g_test_add (path, Fixture, &lines[i], set_up, test_press, tear_down);
    }
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
