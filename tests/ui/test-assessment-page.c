/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"
#include "ui/assessment-page.h"
#include "ui/note-editor.h"
#include "ui/option-row.h"
#include "ui/question-view.h"
#include "ui/report-page.h"

#include <string.h>

/* The page with an assessment of a questionnaire that has a question of each kind, or another. */
typedef struct
{
  UiFixture base;
  char *id;
  PostureAssessmentPage *page;
} Fixture;

static gboolean
is_ready (gpointer data)
{
  Fixture *self = data;

  return ui_find (self->page, POSTURE_TYPE_QUESTION_VIEW, NULL) != NULL || ui_has_text (self->page, "_Submit answers");
}

static void
begin (Fixture    *self,
       const char *questionnaire,
       const char *answers)
{
  ui_fixture_ready (&self->base);
  if (!g_str_equal (questionnaire, "essentials"))
    ui_add_questionnaire (&self->base, questionnaire);
  self->id = ui_add_assessment (&self->base, questionnaire, "Head office", answers);
  posture_window_show_assessment (self->base.window, self->id);
  self->page = POSTURE_ASSESSMENT_PAGE (ui_get (self->base.window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL));
  ui_wait (is_ready, self);
  ui_wait_idle ();
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  ui_fixture_setup (&self->base, data);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  ui_fixture_teardown (&self->base, data);
  g_free (self->id);
}

/* What is on disk, as JSON. */
static char *
dup_stored (Fixture    *self,
            const char *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAnswers) answers
    = posture_user_service_dup_answers (posture_platform_get_user (self->base.platform), self->id, &error);
  PostureAnswer *answer;
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  g_assert_no_error (error);
  answer = posture_answers_get (answers, question);
  if (answer == NULL)
    return g_strdup ("-");
  posture_answer_write (answer, writer, /* with_note = */ TRUE);
  return posture_json_writer_finish_text (writer);
}

typedef struct
{
  Fixture *self;
  const char *question;
  const char *expected;
} Stored;

static gboolean
is_stored (gpointer data)
{
  Stored *stored = data;
  g_autofree char *text = dup_stored (stored->self, stored->question);

  return g_str_equal (text, stored->expected);
}

static void
wait_stored (Fixture    *self,
             const char *question,
             const char *expected)
{
  Stored stored = { self, question, expected };

  ui_wait (is_stored, &stored);
}

static void
assert_question (Fixture    *self,
                 const char *question)
{
  g_assert_cmpstr (posture_assessment_page_get_question (self->page), ==, question);
}

static void
go (Fixture    *self,
    const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self->page), action, NULL);
  ui_wait_idle ();
}

static gboolean
press (Fixture        *self,
       guint           key,
       GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->page));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, modifiers, &taken);
    }
  ui_wait_idle ();
  return taken;
}

static GtkWidget *
get_entry (Fixture *self)
{
  GtkWidget *view = ui_get (self->page, POSTURE_TYPE_QUESTION_VIEW, NULL);

  return ui_get (view, ADW_TYPE_ENTRY_ROW, NULL);
}

static void
test_kinds (Fixture      *self,
            gconstpointer data)
{
  g_test_summary ("Each kind of question takes its answer, which is on disk at once");

  begin (self, "trial", NULL);
  ui_take_picture (&self->base, "page-yes-no");
  ui_click (self->page, "Yes");
  wait_stored (self, "pets", "true");
  ui_get (self->page, GTK_TYPE_LABEL, "Saved");
  go (self, "question.next");
  assert_question (self, "which");
  ui_click (self->page, "A cat");
  ui_click (self->page, "A dog");
  wait_stored (self, "which", "[\"cat\",\"dog\"]");
  ui_take_picture (&self->base, "page-choices");
  ui_click (self->page, "None of them");
  wait_stored (self, "which", "[\"none\"]");
  ui_click (self->page, "None of them");
  wait_stored (self, "which", "-");
  go (self, "question.next");
  ui_click (self->page, "5 – very well");
  wait_stored (self, "care", "5");
  ui_take_picture (&self->base, "page-level");
  go (self, "question.next");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (self)), "many");
  g_signal_emit_by_name (get_entry (self), "apply");
  ui_get (self->page, GTK_TYPE_LABEL, "Please type a number, such as 12 or 2.5.");
  ui_take_picture (&self->base, "page-number-problem");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (self)), "101");
  g_signal_emit_by_name (get_entry (self), "apply");
  wait_stored (self, "count", "-");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (self)), "12,5");
  g_signal_emit_by_name (get_entry (self), "apply");
  wait_stored (self, "count", "12.5");
  go (self, "question.next");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (self)), "Rex & \"Mia\"");
  go (self, "question.next");
  wait_stored (self, "words", "\"Rex & \\\"Mia\\\"\"");
  assert_question (self, "day");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (self)), "2024-02-29");
  ui_take_picture (&self->base, "page-date");
  go (self, "question.next");
  wait_stored (self, "day", "\"2024-02-29\"");
  assert_question (self, NULL);
}

static void
test_conditions (Fixture      *self,
                 gconstpointer data)
{
  g_test_summary ("What an answer hides is not asked, and it is when the answer changes");

  begin (self, "trial", NULL);
  ui_get (self->page, GTK_TYPE_LABEL, "Question 1 of 5");
  ui_click (self->page, "Yes");
  ui_get (self->page, GTK_TYPE_LABEL, "Question 1 of 6");
  ui_click (self->page, "No");
  ui_get (self->page, GTK_TYPE_LABEL, "Question 1 of 5");
  go (self, "question.next");
  assert_question (self, "care");
  go (self, "question.previous");
  assert_question (self, "pets");
}

static void
test_beside (Fixture      *self,
             gconstpointer data)
{
  GtkWidget *note, *reason;

  g_test_summary ("I don't know, not applicable with a reason, a note, a flag; and all of it taken back");

  begin (self, "trial", NULL);
  ui_click (self->page, "I don’t know");
  wait_stored (self, "pets", "{\"unknown\":true}");
  note = ui_get (self->page, POSTURE_TYPE_NOTE_EDITOR, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (note), TRUE);
  ui_wait_idle ();
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_get (note, GTK_TYPE_TEXT_VIEW, NULL))),
                            "Ask Ada", -1);
  wait_stored (self, "pets", "{\"note\":\"Ask Ada\",\"unknown\":true}");
  ui_take_picture (&self->base, "page-note");
  ui_click (self->page, "Not applicable…");
  reason = get_entry (self);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (reason)), ==, "Why does it not apply?");
  wait_stored (self, "pets", "{\"note\":\"Ask Ada\",\"unknown\":true}");
  gtk_editable_set_text (GTK_EDITABLE (reason), "No room");
  g_signal_emit_by_name (reason, "apply");
  wait_stored (self, "pets", "{\"not_applicable\":\"No room\",\"note\":\"Ask Ada\"}");
  ui_take_picture (&self->base, "page-not-applicable");
  ui_click (self->page, "Come back to this later");
  go (self, "question.review");
  ui_take_picture (&self->base, "review-flag");
  ui_get (self->page, GTK_TYPE_LABEL, "To come back to");
  ui_click (self->page, "Are there pets?");
  assert_question (self, "pets");
}

static gboolean
is_in_sight (gpointer entry)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (entry, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (entry, scroller, &bounds) && bounds.size.height > 0 && bounds.origin.y >= 0
         && bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (scroller);
}

static void
test_reason_in_sight (Fixture      *self,
                      gconstpointer data)
{
  g_test_summary ("The reason that is asked for is in sight, however small the window is");

  begin (self, "essentials", NULL);
  ui_set_size (&self->base, 360, 480);
  ui_click (self->page, "Not applicable…");
  ui_wait (is_in_sight, get_entry (self));
  ui_take_picture (&self->base, "page-reason-narrow");
}

static void
assert_menu_at (Fixture    *self,
                const char *title)
{
  GtkWidget *menu = ui_get (self->page, GTK_TYPE_MENU_BUTTON, NULL);
  GtkWidget *list;
  GtkListBoxRow *row;

  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  list = ui_get (gtk_menu_button_get_popover (GTK_MENU_BUTTON (menu)), GTK_TYPE_LIST_BOX, NULL);
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (list));
  g_assert_nonnull (row);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, title);
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (row))) == GTK_WIDGET (row));
  ui_wait_painted (&self->base);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (menu));
  ui_wait_painted (&self->base);
}

static void
test_sections (Fixture      *self,
               gconstpointer data)
{
  g_test_summary ("The menu of sections begins where the person is");

  begin (self, "essentials", NULL);
  assert_menu_at (self, "Leading and agreeing");
  posture_assessment_page_show_question (self->page, self->id, "2.A");
  ui_wait_idle ();
  assert_menu_at (self, "Knowing what you have");
  go (self, "question.review");
  assert_menu_at (self, "Review and submit");
}

static void
test_clear (Fixture      *self,
            gconstpointer data)
{
  g_test_summary ("An answer can be taken back");

  begin (self, "trial", NULL);
  g_assert_null (ui_find (self->page, GTK_TYPE_BUTTON, "_Clear answer"));
  ui_click (self->page, "Yes");
  wait_stored (self, "pets", "true");
  ui_click (self->page, "_Clear answer");
  wait_stored (self, "pets", "-");
  g_assert_null (ui_find (self->page, GTK_TYPE_BUTTON, "_Clear answer"));
}

static void
test_long_note (Fixture      *self,
                gconstpointer data)
{
  g_autofree char *text = g_strnfill (8193, 'x');
  GtkWidget *note;

  g_test_summary ("A note that is too long is told, and not stored cut");

  begin (self, "trial", NULL);
  ui_click (self->page, "Yes");
  note = ui_get (self->page, POSTURE_TYPE_NOTE_EDITOR, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (note), TRUE);
  ui_wait_idle ();
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_get (note, GTK_TYPE_TEXT_VIEW, NULL))),
                            text, -1);
  go (self, "question.next");
  wait_stored (self, "pets", "true");
}

static void
test_keys (Fixture      *self,
           gconstpointer data)
{
  g_test_summary ("Digits and letters are keys, but not where somebody writes");

  begin (self, "trial", NULL);
  g_assert_true (press (self, GDK_KEY_1, 0));
  wait_stored (self, "pets", "true");
  g_assert_true (press (self, GDK_KEY_KP_2, 0));
  wait_stored (self, "pets", "false");
  g_assert_false (press (self, GDK_KEY_9, 0));
  g_assert_true (press (self, GDK_KEY_u, 0));
  wait_stored (self, "pets", "{\"unknown\":true}");
  g_assert_true (press (self, GDK_KEY_N, GDK_SHIFT_MASK));
  assert_question (self, "care");
  g_assert_true (press (self, GDK_KEY_Right, GDK_ALT_MASK));
  assert_question (self, "count");
  gtk_widget_grab_focus (get_entry (self));
  g_assert_false (press (self, GDK_KEY_u, 0));
  g_assert_false (press (self, GDK_KEY_n, 0));
  g_assert_false (press (self, GDK_KEY_1, 0));
  assert_question (self, "count");
  wait_stored (self, "count", "-");
  g_assert_false (press (self, GDK_KEY_n, GDK_CONTROL_MASK));
  g_assert_true (press (self, GDK_KEY_Right, GDK_ALT_MASK));
  assert_question (self, "words");
}

static void
test_same_place (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (PostureSettings) settings = posture_settings_new ();
  g_autofree char *question = NULL;

  g_test_summary ("Another window begins at the question that was shown last");

  begin (self, "trial", NULL);
  go (self, "question.next");
  go (self, "question.next");
  assert_question (self, "count");
  question = posture_settings_dup (settings, "last-question");
  g_assert_cmpstr (question, ==, "count");
  posture_window_show_new (self->base.window);
  posture_assessment_page_close (self->page);
  posture_settings_set (settings, "last-assessment", self->id);
  posture_settings_set (settings, "last-question", "count");
  posture_window_show_assessment (self->base.window, self->id);
  ui_wait (is_ready, self);
  ui_wait_idle ();
  assert_question (self, "count");
}

static void
test_elsewhere (Fixture      *self,
                gconstpointer data)
{
  PostureUserService *user;
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;

  g_test_summary ("What is answered by another program shows");

  begin (self, "trial", NULL);
  user = posture_platform_get_user (self->base.platform);
  g_ptr_array_add (operations, posture_operation_new_answer (posture_user_service_get_now (user), self->id, "pets",
                                                             "true", /* flagged = */ TRUE));
  g_assert_true (posture_user_service_apply (user, operations, &error));
  g_assert_no_error (error);
  ui_get (self->page, GTK_TYPE_LABEL, "Question 1 of 6");
  g_assert_true (posture_option_row_get_chosen (POSTURE_OPTION_ROW (ui_get (self->page, POSTURE_TYPE_OPTION_ROW,
                                                                            "Yes"))));
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (ui_get (self->page, GTK_TYPE_SWITCH, NULL))));
}

static void
test_repeated (Fixture      *self,
               gconstpointer data)
{
  g_test_summary ("A list of shops has its section asked once for each");

  begin (self, "shops", NULL);
  gtk_editable_set_text (GTK_EDITABLE (get_entry (self)), "Berlin");
  g_signal_emit_by_name (get_entry (self), "apply");
  ui_wait_idle ();
  ui_take_picture (&self->base, "page-instances");
  go (self, "question.next");
  g_assert_true (g_str_has_prefix (posture_assessment_page_get_question (self->page), "doors@"));
  ui_get (self->page, GTK_TYPE_LABEL, "Shop · Berlin");
  ui_get (self->page, GTK_TYPE_LABEL, "Where you want to get to");
  ui_click (self->page, "1 – Now and then");
  ui_get (self->page, GTK_TYPE_LABEL, "Begin by counting the keys.");
  ui_take_picture (&self->base, "page-target");
  go (self, "question.previous");
  ui_click (self->page, "Remove “Berlin”");
  ui_wait_idle ();
  ui_get (self->page, GTK_TYPE_LABEL, "Question 1 of 1");
}

static gboolean
has_report (gpointer data)
{
  return ui_find (data, POSTURE_TYPE_REPORT_PAGE, NULL) != NULL;
}

static void
test_submit (Fixture      *self,
             gconstpointer data)
{
  g_test_summary ("The review names what is open; submitting shows the report");

  begin (self, "essentials", "essentials-unknown.json");
  go (self, "question.review");
  ui_get (self->page, GTK_TYPE_LABEL, "Answered with “I don’t know”");
  ui_get (self->page, ADW_TYPE_PREFERENCES_GROUP, "By section");
  ui_click (self->page, "Keeping harm out");
  ui_get (self->page, GTK_TYPE_LABEL, "Keeping harm out");
  g_assert_nonnull (posture_assessment_page_get_question (self->page));
  go (self, "question.review");
  ui_set_size (&self->base, 1000, 720);
  ui_take_picture (&self->base, "review-wide");
  ui_set_size (&self->base, 360, 640);
  ui_assert_fits (self->base.window);
  ui_take_picture (&self->base, "review-narrow");
  ui_click (self->page, "_Submit answers");
  ui_wait (has_report, self->base.window);
}

static void
test_nothing_to_submit (Fixture      *self,
                        gconstpointer data)
{
  g_test_summary ("Without an answer there is nothing to submit; each open question can be gone to");

  begin (self, "trial", NULL);
  go (self, "question.review");
  g_assert_false (gtk_widget_is_sensitive (ui_get (self->page, GTK_TYPE_BUTTON, "_Submit answers")));
  ui_click (self->page, "How many?");
  assert_question (self, "count");
}

static void
test_german (Fixture      *self,
             gconstpointer data)
{
  g_test_summary ("Every question fits 360 pixels in German, with all that opens");

  begin (self, "essentials", NULL);
  ui_set_size (&self->base, 360, 640);
  ui_get (self->page, GTK_TYPE_LABEL, "Frage 1 von 34");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_get (self->page, ADW_TYPE_EXPANDER_ROW,
                                                           "Warum das wichtig ist")), TRUE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_get (self->page, ADW_TYPE_EXPANDER_ROW,
                                                           "Was als erledigt gilt")), TRUE);
  ui_click (self->page, "Nicht zutreffend…");
  ui_take_picture (&self->base, "page-german");
  while (posture_assessment_page_get_question (self->page) != NULL)
    {
      ui_assert_fits (self->base.window);
      go (self, "question.next");
    }
  ui_assert_fits (self->base.window);
  ui_take_picture (&self->base, "review-german");
  gtk_widget_activate_action (GTK_WIDGET (self->base.window), "win.new-assessment", NULL);
  ui_assert_fits (self->base.window);
  ui_take_picture (&self->base, "new-german");
}

static void
set_up_german (Fixture      *self,
               gconstpointer data)
{
  ui_set_language ("de");
  set_up (self, data);
}

static void
tear_down_german (Fixture      *self,
                  gconstpointer data)
{
  tear_down (self, data);
  ui_set_language ("en");
}

static void
test_fits (Fixture      *self,
           gconstpointer data)
{
  guint n_questions = 0;

  g_test_summary ("Every question of Essentials fits 360 pixels");

  begin (self, "essentials", NULL);
  ui_set_size (&self->base, 1000, 720);
  ui_take_picture (&self->base, "page-wide");
  ui_set_size (&self->base, 360, 640);
  ui_take_picture (&self->base, "page-narrow");
  while (posture_assessment_page_get_question (self->page) != NULL)
    {
      ui_assert_fits (self->base.window);
      go (self, "question.next");
      n_questions++;
    }
  g_assert_cmpuint (n_questions, ==, 34);
  gtk_menu_button_popup (GTK_MENU_BUTTON (ui_get (self->page, GTK_TYPE_MENU_BUTTON, "Sections")));
  ui_wait_idle ();
  ui_get (self->page, ADW_TYPE_ACTION_ROW, "Review and submit");
  ui_click (self->page, "Keeping harm out");
  g_assert_nonnull (posture_assessment_page_get_question (self->page));
}

static void
add_tests (void)
{
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/assessment-page/kinds", test_kinds);
  ADD ("/assessment-page/conditions", test_conditions);
  ADD ("/assessment-page/beside", test_beside);
  ADD ("/assessment-page/reason-in-sight", test_reason_in_sight);
  ADD ("/assessment-page/sections", test_sections);
  ADD ("/assessment-page/clear", test_clear);
  ADD ("/assessment-page/long-note", test_long_note);
  ADD ("/assessment-page/keys", test_keys);
  ADD ("/assessment-page/same-place", test_same_place);
  ADD ("/assessment-page/elsewhere", test_elsewhere);
  ADD ("/assessment-page/repeated", test_repeated);
  ADD ("/assessment-page/submit", test_submit);
  ADD ("/assessment-page/nothing-to-submit", test_nothing_to_submit);
  ADD ("/assessment-page/fits", test_fits);
  g_test_add ("/assessment-page/german", Fixture, NULL, set_up_german, test_german, tear_down_german);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
