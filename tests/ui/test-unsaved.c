/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/ui/ui-fixture.h"
#include "ui/assessment-list.h"
#include "ui/assessment-page.h"

#include "test-vfs.h"

/* What happens to answers that cannot be stored: the disk of these tests can be full. */
typedef struct
{
  UiFixture base;
  char *id;
  GtkWidget *page;
} Fixture;

#define FIRST_OPTION "Nobody is; we deal with things when they come up."
#define NOT_SAVED "Your last answers are not saved yet. There is no room left on the disk. " \
                  "Nothing was lost; make some room and try again."

/* The session, in the place of the toolkit's way to it: what keeps it from ending. */
static struct
{
  guint cookie; /* 0 for nothing */
  char *reason;
} session;

guint
gtk_application_inhibit (GtkApplication            *application,
                         GtkWindow                 *window,
                         GtkApplicationInhibitFlags flags,
                         const char                *reason)
{
  gboolean registered = FALSE;

  g_assert_cmpuint (session.cookie, ==, 0);
  g_assert_cmpuint (flags, ==, GTK_APPLICATION_INHIBIT_LOGOUT);
  g_assert_nonnull (window);
  g_object_get (application, "register-session", &registered, NULL);
  g_assert_true (registered);
  session.cookie = 7;
  g_free (session.reason);
  session.reason = g_strdup (reason);
  return session.cookie;
}

void
gtk_application_uninhibit (GtkApplication *application,
                           guint           cookie)
{
  g_assert_cmpuint (cookie, ==, session.cookie);
  session.cookie = 0;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  test_vfs_register ("ui-test", /* make_default = */ TRUE);
  test_vfs_reset ();
  ui_fixture_setup (&self->base, data);
  ui_fixture_ready (&self->base);
  self->id = ui_add_assessment (&self->base, "essentials", "Head office", NULL);
  posture_window_show_assessment (self->base.window, self->id);
  self->page = ui_get (self->base.window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL);
  ui_get (self->page, GTK_TYPE_LABEL, FIRST_OPTION);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  test_vfs_fill_disk (0, 0);
  ui_fixture_teardown (&self->base, data);
  g_free (self->id);
  /* a window that is gone holds nothing back */
  g_assert_cmpuint (session.cookie, ==, 0);
  g_clear_pointer (&session.reason, g_free);
}

static guint
count_stored (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAnswers) answers
    = posture_user_service_dup_answers (posture_platform_get_user (self->base.platform), self->id, &error);

  g_assert_no_error (error);
  return posture_answers_get_length (answers);
}

static gboolean
is_closed (gpointer data)
{
  return !gtk_widget_get_mapped (GTK_WIDGET (((UiFixture *) data)->window));
}

static gboolean
is_gone (gpointer data)
{
  g_autoptr (GObject) object = g_weak_ref_get (data);

  return object == NULL;
}

/* A window that is closed leaves nothing of itself. */
static void
end_window (Fixture *self)
{
  GWeakRef weak;

  g_weak_ref_init (&weak, self->base.window);
  g_object_unref (self->base.window);
  self->base.window = NULL;
  ui_wait (is_gone, &weak);
  g_weak_ref_clear (&weak);
}

static void
close_window (Fixture *self)
{
  gtk_window_close (GTK_WINDOW (self->base.window));
  ui_wait_idle ();
}

/* An answer that cannot be stored. */
static void
answer_in_vain (Fixture *self)
{
  test_vfs_fill_disk (0, G_MAXUINT64);
  ui_click (self->page, FIRST_OPTION);
  ui_get (self->page, GTK_TYPE_LABEL, NOT_SAVED);
}

static void
test_bar (Fixture      *self,
          gconstpointer data)
{
  g_test_summary ("A bar says that answers are not saved, and why, until trying again helps");

  answer_in_vain (self);
  g_assert_false (ui_has_text (self->page, "Saved"));
  ui_set_size (&self->base, 360, 640);
  ui_assert_fits (self->base.window);
  ui_take_picture (&self->base, "unsaved-bar");
  ui_click (self->page, "_Try again");
  ui_get (self->page, GTK_TYPE_LABEL, NOT_SAVED);
  g_assert_cmpuint (count_stored (self), ==, 0);
  test_vfs_fill_disk (0, 0);
  ui_click (self->page, "_Try again");
  ui_get (self->page, GTK_TYPE_LABEL, "Saved");
  g_assert_cmpuint (count_stored (self), ==, 1);
}

static void
test_session (Fixture      *self,
              gconstpointer data)
{
  g_test_summary ("The session does not end without a word while answers are not saved");

  answer_in_vain (self);
  g_assert_cmpuint (session.cookie, !=, 0);
  g_assert_cmpstr (session.reason, ==, "Your last answers are not saved");
  test_vfs_fill_disk (0, 0);
  ui_click (self->page, "_Try again");
  ui_get (self->page, GTK_TYPE_LABEL, "Saved");
  g_assert_cmpuint (session.cookie, ==, 0);
}

static void
test_closing_saved (Fixture      *self,
                    gconstpointer data)
{
  g_test_summary ("A window closes without a question when all is on disk, or on its way there");

  g_object_ref (self->base.window);
  ui_click (self->page, FIRST_OPTION);
  close_window (self);
  ui_wait (is_closed, &self->base);
  g_assert_cmpuint (count_stored (self), ==, 1);
  end_window (self);
}

static void
test_session_ends (Fixture      *self,
                   gconstpointer data)
{
  g_test_summary ("What was typed last is stored when the session is about to end");

  ui_click (self->page, "Not applicable…");
  gtk_editable_set_text (GTK_EDITABLE (ui_get (self->page, ADW_TYPE_ENTRY_ROW, NULL)), "Nobody works here");
  ui_wait_idle ();
  g_assert_cmpuint (count_stored (self), ==, 0);
  g_signal_emit_by_name (self->base.application, "query-end");
  ui_get (self->page, GTK_TYPE_LABEL, "Saved");
  g_assert_cmpuint (count_stored (self), ==, 1);
}

static gboolean
is_hidden (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static void
test_closing_retry (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (GtkWidget) again = NULL;
  GtkWidget *question;

  g_test_summary ("Before answers are lost with the window a person is asked, and can try again");

  g_object_ref (self->base.window);
  answer_in_vain (self);
  close_window (self);
  question = ui_get_question ("Close _without saving");
  g_assert_true (ui_has_text (question, "Your last answers are not saved"));
  g_assert_true (ui_has_text (question, "1 answer in “Head office” could not be saved.\nThere is no room left on "
                                        "the disk. Nothing was lost; make some room and try again.\n\nIf you close "
                                        "the window now, this is lost."));
  ui_click (question, "_Cancel");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (self->base.window)));
  g_assert_null (ui_find_question ("Close _without saving"));

  /* as long as the disk is full, one is asked again */
  g_action_group_activate_action (G_ACTION_GROUP (self->base.application), "quit", NULL);
  question = ui_get_question ("Close _without saving");
  again = g_object_ref (ui_get (question, GTK_TYPE_BUTTON, "_Try again"));
  ui_click (question, "_Try again");
  ui_wait (is_hidden, again);
  question = ui_get_question ("Close _without saving");
  test_vfs_fill_disk (0, 0);
  ui_click (question, "_Try again");
  ui_wait (is_closed, &self->base);
  g_assert_cmpuint (count_stored (self), ==, 1);
  g_clear_object (&again);
  end_window (self);
}

static void
test_closing_discard (Fixture      *self,
                      gconstpointer data)
{
  g_test_summary ("A person can close a window without what could not be saved");

  g_object_ref (self->base.window);
  answer_in_vain (self);
  close_window (self);
  ui_click (ui_get_question ("Close _without saving"), "Close _without saving");
  ui_wait (is_closed, &self->base);
  test_vfs_fill_disk (0, 0);
  g_assert_cmpuint (count_stored (self), ==, 0);
  end_window (self);
}

static void
test_left (Fixture      *self,
           gconstpointer data)
{
  g_autofree char *other = ui_add_assessment (&self->base, "essentials", "Branch", NULL);

  g_test_summary ("What could not be saved outlives the page that it was given on");

  answer_in_vain (self);
  posture_window_show_assessment (self->base.window, other);
  ui_get (self->page, GTK_TYPE_LABEL, "Branch");
  g_assert_false (ui_has_text (self->page, NOT_SAVED));
  close_window (self);
  ui_click (ui_get_question ("Close _without saving"), "_Try again");
  ui_click (ui_get_question ("Close _without saving"), "_Cancel");
  ui_click (self->base.window, "_Show");
  ui_get (self->page, GTK_TYPE_LABEL, "Head office");
  ui_get (self->page, GTK_TYPE_LABEL, NOT_SAVED);
  g_assert_cmpuint (count_stored (self), ==, 0);
  test_vfs_fill_disk (0, 0);
  ui_click (self->page, "_Try again");
  ui_get (self->page, GTK_TYPE_LABEL, "Saved");
  g_assert_cmpuint (count_stored (self), ==, 1);
}

static void
test_rename (Fixture      *self,
             gconstpointer data)
{
  GtkWidget *question, *dialog;

  g_test_summary ("Why something could not be done is told so that it can be read to its end on a telephone");

  ui_set_size (&self->base, 360, 640);
  gtk_widget_activate_action (GTK_WIDGET (self->base.window), "win.back", NULL);
  g_assert_true (gtk_widget_activate_action (ui_get (self->base.window, POSTURE_TYPE_ASSESSMENT_LIST, NULL),
                                             "assessments.rename", "s", self->id));
  question = ui_get_question ("_Rename");
  gtk_editable_set_text (GTK_EDITABLE (ui_get (question, GTK_TYPE_ENTRY, NULL)), "Main office");
  test_vfs_fill_disk (0, G_MAXUINT64);
  ui_click (question, "_Rename");
  dialog = ui_get_dialog (&self->base, "The name could not be changed");
  ui_get (dialog, GTK_TYPE_LABEL, "There is no room left on the disk. Nothing was lost; make some room and try again.");
  ui_assert_fits (dialog);
  ui_take_window_picture (gtk_widget_get_root (dialog), "unsaved-rename");
  ui_click (dialog, "_Close");
  ui_get (self->base.window, GTK_TYPE_LABEL, "Head office");
}

static void
test_deleted (Fixture      *self,
              gconstpointer data)
{
  PostureUserService *user = posture_platform_get_user (self->base.platform);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;

  g_test_summary ("What could not be saved is given up with an assessment that another program deletes");

  g_object_ref (self->base.window);
  answer_in_vain (self);
  test_vfs_fill_disk (0, 0);
  g_ptr_array_add (operations, posture_operation_new_delete (posture_user_service_get_now (user), self->id));
  g_assert_true (posture_user_service_apply (user, operations, &error));
  g_assert_no_error (error);
  ui_click (self->page, "_Try again");
  ui_get (self->base.window, GTK_TYPE_LABEL, "The assessment was deleted");
  close_window (self);
  g_assert_null (ui_find_question ("Close _without saving"));
  end_window (self);
}

static void
add_tests (void)
{
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/unsaved/bar", test_bar);
  ADD ("/unsaved/session", test_session);
  ADD ("/unsaved/closing-saved", test_closing_saved);
  ADD ("/unsaved/session-ends", test_session_ends);
  ADD ("/unsaved/closing-retry", test_closing_retry);
  ADD ("/unsaved/closing-discard", test_closing_discard);
  ADD ("/unsaved/left", test_left);
  ADD ("/unsaved/deleted", test_deleted);
  ADD ("/unsaved/rename", test_rename);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
