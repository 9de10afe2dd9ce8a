/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/program.h"
#include "tests/ui/ui-fixture.h"
#include "ui/assessment-list.h"
#include "ui/assessment-page.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* What was begun is brought to its end when the last window goes, and the program with it. */

/* What an update has set aside, with all that was in the profile. */
#define COPY "posture.db.before-update"

/* How long another process writes, in milliseconds: long after the loop of a program without windows has ended. */
#define WRITING 500

typedef struct
{
  UiFixture ui; /* its folder, and the window of the program */
  AppProgram *program;
  char *id; /* of an assessment */
  sqlite3 *other; /* what another process has open */
} Fixture;

static PosturePlatform *
open_profile (Fixture *self)
{
  g_autoptr (PostureClock) clock = posture_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureLibrary) library = posture_platform_load_library (/* folder = */ NULL, &error);
  PosturePlatform *platform = posture_platform_open (self->ui.folder, clock, library, /* vfs = */ NULL, &error);

  g_assert_no_error (error);
  return platform;
}

static void
setup (Fixture      *self,
       gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = NULL;

  self->ui.folder = g_dir_make_tmp ("posture-ui-XXXXXX", &error);
  g_assert_no_error (error);
  self->ui.platform = open_profile (self);
  self->id = ui_add_assessment (&self->ui, "essentials", "Head office", /* answers = */ NULL);
  posture_platform_close (self->ui.platform);
  g_clear_object (&self->ui.platform);
  copy = g_build_filename (self->ui.folder, COPY, NULL);
  g_assert_true (g_file_set_contents (copy, "Head office", -1, NULL));
  g_setenv ("POSTURE_DATA_DIR", self->ui.folder, TRUE);
  self->program = app_program_new (POSTURE_APPLICATION_ID);
  g_application_set_flags (G_APPLICATION (app_program_get_application (self->program)), G_APPLICATION_NON_UNIQUE);
}

static void
teardown (Fixture      *self,
          gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->ui.folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->ui.folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (self->ui.folder), ==, 0);
  g_free (self->ui.folder);
  g_free (self->id);
}

static gboolean
end_writing_cb (gpointer data)
{
  Fixture *self = data;

  g_assert_cmpint (sqlite3_exec (self->other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (g_steal_pointer (&self->other));
  return G_SOURCE_REMOVE;
}

/* Until another process has written what it has to, nothing else is. */
static void
begin_writing (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->ui.folder, "posture.db", NULL);

  g_assert_cmpint (sqlite3_open (path, &self->other), ==, SQLITE_OK);
  sqlite3_busy_timeout (self->other, 10000);
  g_assert_cmpint (sqlite3_exec (self->other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_timeout_add (WRITING, end_writing_cb, self);
}

/* A person deletes an assessment, and closes the window while undoing is still offered. */
static gboolean
delete_and_close_cb (gpointer data)
{
  Fixture *self = data;
  GtkApplication *application = GTK_APPLICATION (app_program_get_application (self->program));
  GtkWidget *window = GTK_WIDGET (gtk_application_get_active_window (application));
  GtkWidget *list = ui_get (window, POSTURE_TYPE_ASSESSMENT_LIST, NULL);

  ui_get (list, GTK_TYPE_LABEL, "Head office");
  g_assert_true (gtk_widget_activate_action (list, "assessments.delete", "s", self->id));
  ui_get (window, GTK_TYPE_WIDGET, "_Undo");
  begin_writing (self);
  gtk_window_close (GTK_WINDOW (window));
  return G_SOURCE_REMOVE;
}

static void
test_deleted (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *copy = g_build_filename (self->ui.folder, COPY, NULL);
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("What was deleted is gone when the program ends, also from what an update has set aside");

  g_idle_add (delete_and_close_cb, self);
  g_assert_cmpint (g_application_run (G_APPLICATION (app_program_get_application (self->program)), 0, NULL), ==, 0);
  app_program_free (self->program);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  self->ui.platform = open_profile (self);
  answers = posture_user_service_dup_answers (posture_platform_get_user (self->ui.platform), self->id, &error);
  g_assert_null (answers);
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
  posture_platform_close (self->ui.platform);
  g_object_unref (self->ui.platform);
}

/* A person types a reason, and the system is shut down before it is applied. */
static gboolean
type_and_end_cb (gpointer data)
{
  Fixture *self = data;
  GtkApplication *application = GTK_APPLICATION (app_program_get_application (self->program));
  GtkWidget *window = GTK_WIDGET (gtk_application_get_active_window (application));
  GtkWidget *page;

  ui_get (ui_get (window, POSTURE_TYPE_ASSESSMENT_LIST, NULL), GTK_TYPE_LABEL, "Head office");
  posture_window_show_assessment (POSTURE_WINDOW (window), self->id);
  page = ui_get (window, POSTURE_TYPE_ASSESSMENT_PAGE, NULL);
  ui_click (page, "Not applicable…");
  gtk_editable_set_text (GTK_EDITABLE (ui_get (page, ADW_TYPE_ENTRY_ROW, NULL)), "Nobody works here");
  g_assert_cmpint (kill (getpid (), SIGTERM), ==, 0);
  return G_SOURCE_REMOVE;
}

static void
test_ended (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *answers = NULL;

  g_test_summary ("What was typed last is stored when the program is told to end");

  g_idle_add (type_and_end_cb, self);
  g_assert_cmpint (g_application_run (G_APPLICATION (app_program_get_application (self->program)), 0, NULL), ==, 0);
  app_program_free (self->program);
  self->ui.platform = open_profile (self);
  answers = ui_dup_answers (&self->ui, self->id);
  g_assert_nonnull (strstr (answers, "Nobody works here"));
  posture_platform_close (self->ui.platform);
  g_object_unref (self->ui.platform);
}

static void
add_tests (void)
{
  g_test_add ("/last-window/ended", Fixture, NULL, setup, test_ended, teardown);
  g_test_add ("/last-window/deleted", Fixture, NULL, setup, test_deleted, teardown);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
