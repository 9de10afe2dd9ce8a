/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"
#include "ui/assessment-list.h"
#include "ui/assessment-page.h"
#include "ui/assessment-row.h"

/* The window comes in the size that the last one had. */
static void
make_ready (UiFixture *fixture)
{
  ui_fixture_ready (fixture);
  ui_set_size (fixture, 1000, 720);
}

static GtkWidget *
get_list (UiFixture *fixture)
{
  return ui_get (fixture->window, POSTURE_TYPE_ASSESSMENT_LIST, NULL);
}

static void
act (UiFixture  *fixture,
     const char *action,
     const char *id)
{
  g_autofree char *name = g_strconcat ("assessments.", action, NULL);

  g_assert_true (gtk_widget_activate_action (get_list (fixture), name, "s", id));
  ui_wait_idle ();
}

typedef struct
{
  gpointer root;
  const char *text;
} Absence;

static gboolean
is_absent (gpointer data)
{
  Absence *absence = data;

  return !ui_has_text (absence->root, absence->text);
}

static void
wait_absent (gpointer    root,
             const char *text)
{
  Absence absence = { root, text };

  ui_wait (is_absent, &absence);
}

static gboolean
fills_window (gpointer list)
{
  return gtk_widget_get_width (list) == 360;
}

static void
test_rows (UiFixture    *fixture,
           gconstpointer data)
{
  g_autofree char *draft = NULL;
  g_autofree char *report = NULL;
  GtkWidget *list;

  g_test_summary ("A row says how far answering is, and what the last report gave");

  make_ready (fixture);
  list = get_list (fixture);
  ui_get (list, ADW_TYPE_STATUS_PAGE, "No assessments yet");
  draft = ui_add_assessment (fixture, "essentials", "A draft with a name that is too long for the sidebar", NULL);
  report = ui_add_report (fixture, "essentials", "Head office", "essentials.json");
  ui_wait_idle ();
  ui_take_picture (fixture, "list-rows");
  ui_get (list, GTK_TYPE_LABEL, "Draft · 0 of 34 answered");
  ui_get (list, GTK_TYPE_LABEL, "Submitted · 51.5 · Basics in place");
  ui_set_size (fixture, 1000, 720);
  ui_take_picture (fixture, "list-wide");
  ui_set_size (fixture, 360, 640);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL);
  ui_wait (fills_window, list);
  ui_wait_idle ();
  ui_assert_fits (fixture->window);
  ui_take_picture (fixture, "list-narrow");
}

static void
answer (UiFixture  *fixture,
        const char *assessment,
        const char *question,
        const char *text)
{
  PostureUserService *user = posture_platform_get_user (fixture->platform);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (operations, posture_operation_new_answer (posture_user_service_get_now (user), assessment, question,
                                                             text, /* flagged = */ FALSE));
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
}

static void
test_progress (UiFixture    *fixture,
               gconstpointer data)
{
  g_autofree char *trial = NULL;
  g_autofree char *shops = NULL;
  GtkWidget *list;

  g_test_summary ("A row counts the questions that are asked: not what an answer hides, and each of what is on a list");

  make_ready (fixture);
  ui_add_questionnaire (fixture, "trial");
  ui_add_questionnaire (fixture, "shops");
  list = get_list (fixture);
  trial = ui_add_assessment (fixture, "trial", "Head office", NULL);
  ui_get (list, GTK_TYPE_LABEL, "Draft · 0 of 5 answered");
  answer (fixture, trial, "pets", "true");
  ui_get (list, GTK_TYPE_LABEL, "Draft · 1 of 6 answered");
  answer (fixture, trial, "which", "[\"cat\"]");
  ui_get (list, GTK_TYPE_LABEL, "Draft · 2 of 6 answered");
  answer (fixture, trial, "pets", "false");
  ui_get (list, GTK_TYPE_LABEL, "Draft · 1 of 5 answered");
  shops = ui_add_assessment (fixture, "shops", "Shops", NULL);
  ui_get (list, GTK_TYPE_LABEL, "Draft · 0 of 1 answered");
  answer (fixture, shops, "shops", "[\"berlin\",\"bonn\"]");
  ui_get (list, GTK_TYPE_LABEL, "Draft · 1 of 5 answered");
}

static void
test_menu (UiFixture    *fixture,
           gconstpointer data)
{
  g_autofree char *id = NULL;
  GtkWidget *list, *row, *button;

  g_test_summary ("The menu key opens the menu of the row that has the focus, the delete key deletes it");

  make_ready (fixture);
  list = get_list (fixture);
  id = ui_add_assessment (fixture, "essentials", "Head office", NULL);
  row = ui_get (list, POSTURE_TYPE_ASSESSMENT_ROW, NULL);
  ui_wait_idle ();
  gtk_widget_grab_focus (gtk_widget_get_parent (row));
  button = ui_get (row, GTK_TYPE_MENU_BUTTON, NULL);
  g_assert_true (gtk_widget_activate_action (list, "assessments.menu", NULL));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)))));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  ui_wait_idle ();
  gtk_widget_grab_focus (gtk_widget_get_parent (row));
  g_assert_true (gtk_widget_activate_action (list, "assessments.delete-focused", NULL));
  ui_get (fixture->window, GTK_TYPE_LABEL, "“Head office” deleted");
}

static void
test_open (UiFixture    *fixture,
           gconstpointer data)
{
  g_autofree char *id = NULL;
  GtkWidget *view;

  g_test_summary ("Activating a row shows the assessment");

  make_ready (fixture);
  id = ui_add_assessment (fixture, "essentials", "Head office", NULL);
  ui_get (get_list (fixture), POSTURE_TYPE_ASSESSMENT_ROW, NULL);
  view = ui_get (get_list (fixture), GTK_TYPE_LIST_VIEW, NULL);
  g_signal_emit_by_name (view, "activate", 0);
  ui_get (fixture->window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL);
  ui_get (ui_get (fixture->window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL), GTK_TYPE_LABEL, "Head office");
}

static guint
find_selected (GtkWidget *list)
{
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (ui_get (list, GTK_TYPE_LIST_VIEW, NULL)));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    if (gtk_selection_model_is_selected (model, i))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static gboolean
is_narrow (gpointer list)
{
  return find_selected (list) == GTK_INVALID_LIST_POSITION;
}

static void
test_shown (UiFixture    *fixture,
            gconstpointer data)
{
  g_autofree char *shop = NULL;
  g_autofree char *office = NULL;
  GtkSelectionModel *model;
  GtkWidget *list;

  g_test_summary ("The assessment beside the list is highlighted, and nothing else ever is");

  make_ready (fixture);
  list = get_list (fixture);
  shop = ui_add_assessment (fixture, "essentials", "Shop", NULL);
  posture_window_show_assessment (fixture->window, shop);
  ui_get (list, GTK_TYPE_LABEL, "Shop");
  g_assert_cmpuint (find_selected (list), ==, 0);
  office = ui_add_assessment (fixture, "essentials", "Office", NULL);
  ui_get (list, GTK_TYPE_LABEL, "Office");
  ui_take_picture (fixture, "list-shown");
  g_assert_cmpuint (find_selected (list), ==, 1);

  model = gtk_list_view_get_model (GTK_LIST_VIEW (ui_get (list, GTK_TYPE_LIST_VIEW, NULL)));
  gtk_selection_model_select_item (model, 0, /* unselect_rest = */ TRUE); /* as the pointer does that comes over a row */
  g_assert_cmpuint (find_selected (list), ==, 1);
  posture_window_show_assessment (fixture->window, office);
  g_assert_cmpuint (find_selected (list), ==, 0);

  ui_set_size (fixture, 360, 640);
  ui_wait (is_narrow, list);
  ui_set_size (fixture, 1000, 720);
  g_assert_cmpuint (find_selected (list), ==, 0);
  posture_window_show_new (fixture->window);
  g_assert_cmpuint (find_selected (list), ==, GTK_INVALID_LIST_POSITION);
}

static guint
count_labels (GtkWidget  *widget,
              const char *text)
{
  guint n = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;
  if (GTK_IS_LABEL (widget))
    return g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_labels (child, text);
  return n;
}

static void
test_keyboard (UiFixture    *fixture,
               gconstpointer data)
{
  g_autofree char *id = NULL;
  GtkWidget *list;

  g_test_summary ("Who goes to a list by a key has the keyboard in it");

  make_ready (fixture);
  list = get_list (fixture);
  id = ui_add_assessment (fixture, "essentials", "Office", NULL);
  ui_get (list, GTK_TYPE_LABEL, "Office");
  posture_window_show_new (fixture->window);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-view", "s", "assessments");
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)),
                                         ui_get (list, GTK_TYPE_LIST_VIEW, NULL)));
}

static void
test_questionnaire (UiFixture    *fixture,
                    gconstpointer data)
{
  g_autofree char *plain = NULL;
  g_autofree char *named = NULL;
  GtkWidget *list;

  g_test_summary ("An assessment that is called as its questionnaire says that once");

  make_ready (fixture);
  list = get_list (fixture);
  plain = ui_add_assessment (fixture, "essentials", "Security essentials", NULL);
  ui_get (list, GTK_TYPE_LABEL, "Draft · 0 of 34 answered");
  g_assert_nonnull (ui_find (list, GTK_TYPE_LABEL, "Security essentials"));
  named = ui_add_assessment (fixture, "owasp-samm", "Shop", NULL);
  ui_get (list, GTK_TYPE_LABEL, "Secure software development");
  g_assert_cmpuint (count_labels (list, "Security essentials"), ==, 1);
}

static void
test_archive (UiFixture    *fixture,
              gconstpointer data)
{
  g_autofree char *id = NULL;
  GtkWidget *list;

  g_test_summary ("What is archived is out of the list, can be reached, and taken out again");

  make_ready (fixture);
  list = get_list (fixture);
  id = ui_add_assessment (fixture, "essentials", "Head office", NULL);
  ui_get (list, GTK_TYPE_LABEL, "Head office");
  act (fixture, "archive", id);
  wait_absent (list, "Head office");
  ui_get (fixture->window, GTK_TYPE_BUTTON, "_Undo");
  gtk_widget_activate_action (list, "assessments.show-archive", NULL);
  ui_get (list, GTK_TYPE_LABEL, "Head office");
  ui_take_picture (fixture, "list-archive");
  act (fixture, "restore", id);
  ui_click (list, "_Back to the assessments");
  ui_get (list, GTK_TYPE_LABEL, "Head office");
}

static void
test_duplicate (UiFixture    *fixture,
                gconstpointer data)
{
  g_autofree char *id = NULL;
  GtkWidget *list;

  g_test_summary ("A copy has the same answers and is shown");

  make_ready (fixture);
  list = get_list (fixture);
  id = ui_add_assessment (fixture, "essentials", "Head office", "essentials.json");
  ui_get (list, GTK_TYPE_LABEL, "Head office");
  act (fixture, "duplicate", id);
  ui_get (list, GTK_TYPE_LABEL, "Head office (copy)");
  ui_get (ui_get (fixture->window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL), GTK_TYPE_LABEL, "Head office (copy)");
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window) && ui_has_text (window, "Rename the assessment"))
        return window;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return find_dialog () != NULL;
}

static void
test_rename (UiFixture    *fixture,
             gconstpointer data)
{
  g_autofree char *id = NULL;
  GtkWidget *list, *dialog;

  g_test_summary ("A name can be changed");

  make_ready (fixture);
  list = get_list (fixture);
  id = ui_add_assessment (fixture, "essentials", "Head office", NULL);
  ui_get (list, GTK_TYPE_LABEL, "Head office");
  act (fixture, "rename", id);
  ui_wait (has_dialog, NULL);
  dialog = find_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (ui_get (dialog, GTK_TYPE_ENTRY, NULL)), "Branch");
  ui_click (dialog, "_Rename");
  ui_get (list, GTK_TYPE_LABEL, "Branch");
}

static gboolean
is_gone (gpointer data)
{
  UiFixture *fixture = data;
  g_autoptr (PostureUserList) list
    = posture_user_service_list_assessments (posture_platform_get_user (fixture->platform), FALSE);

  while (!posture_paged_list_is_complete (POSTURE_PAGED_LIST (list)))
    g_main_context_iteration (NULL, /* may_block = */ TRUE);
  return g_list_model_get_n_items (G_LIST_MODEL (list)) == 0;
}

static void
test_delete (UiFixture    *fixture,
             gconstpointer data)
{
  g_autofree char *id = NULL;
  GtkWidget *list;

  g_test_summary ("A deleted row goes at once and comes back by undo; it is deleted when the offer is gone");

  make_ready (fixture);
  list = get_list (fixture);
  id = ui_add_assessment (fixture, "essentials", "Head office", NULL);
  ui_get (list, GTK_TYPE_LABEL, "Head office");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-assessment", "s", id);
  act (fixture, "delete", id);
  g_assert_false (ui_has_text (list, "Head office"));
  g_assert_null (ui_find (fixture->window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL));
  g_assert_false (is_gone (fixture));
  ui_take_picture (fixture, "list-deleted");
  ui_click (fixture->window, "_Undo");
  ui_get (list, GTK_TYPE_LABEL, "Head office");
  wait_absent (fixture->window, "_Undo");
  g_assert_false (is_gone (fixture));
  act (fixture, "delete", id);
  ui_wait (is_gone, fixture);
}

typedef struct
{
  UiFixture *fixture;
  const char *id;
} Deletion;

static gboolean
is_deleted (gpointer data)
{
  const Deletion *deletion = data;
  g_autoptr (PostureAnswers) answers
    = posture_user_service_dup_answers (posture_platform_get_user (deletion->fixture->platform), deletion->id, NULL);

  return answers == NULL;
}

static void
test_close (UiFixture    *fixture,
            gconstpointer data)
{
  g_autofree char *id = NULL;
  Deletion deletion = { fixture };

  g_test_summary ("What was deleted is deleted when the window goes while undoing is still offered");

  make_ready (fixture);
  id = ui_add_assessment (fixture, "essentials", "Head office", NULL);
  deletion.id = id;
  ui_get (get_list (fixture), GTK_TYPE_LABEL, "Head office");
  act (fixture, "delete", id);
  ui_get (fixture->window, GTK_TYPE_WIDGET, "_Undo");
  g_assert_false (is_deleted (&deletion));
  gtk_window_close (GTK_WINDOW (fixture->window));
  fixture->window = NULL;
  ui_wait (is_deleted, &deletion);
}

static void
add_tests (void)
{
#define ADD(name, func) g_test_add (name, UiFixture, NULL, ui_fixture_setup, func, ui_fixture_teardown)
  ADD ("/assessment-list/rows", test_rows);
  ADD ("/assessment-list/progress", test_progress);
  ADD ("/assessment-list/menu", test_menu);
  ADD ("/assessment-list/open", test_open);
  ADD ("/assessment-list/shown", test_shown);
  ADD ("/assessment-list/questionnaire", test_questionnaire);
  ADD ("/assessment-list/keyboard", test_keyboard);
  ADD ("/assessment-list/archive", test_archive);
  ADD ("/assessment-list/duplicate", test_duplicate);
  ADD ("/assessment-list/rename", test_rename);
  ADD ("/assessment-list/delete", test_delete);
  ADD ("/assessment-list/close", test_close);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
