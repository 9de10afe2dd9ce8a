/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/program.h"
#include "backup/backup.h"
#include "tests/ui/report-maker.h"
#include "tests/ui/ui-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* Backing up from the window and putting the backup back, in the program as it runs. */

typedef struct
{
  UiFixture ui; /* its window and folder alone */
  AppProgram *program;
  char *outside;
  char *path;
} Fixture;

static PostureWindow *
get_window (Fixture *self)
{
  GtkApplication *application = GTK_APPLICATION (app_program_get_application (self->program));

  self->ui.window = POSTURE_WINDOW (gtk_application_get_active_window (application));
  return self->ui.window;
}

/* A profile with an assessment and its report, before the program opens it. */
static void
fill_profile (Fixture *self)
{
  UiFixture filling = { .folder = self->ui.folder };
  g_autoptr (PostureClock) clock = posture_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureLibrary) library = posture_platform_load_library (/* folder = */ NULL, &error);
  g_autofree char *report = NULL;

  g_assert_no_error (error);
  filling.platform = posture_platform_open (filling.folder, clock, library, /* vfs = */ NULL, NULL);
  g_assert_nonnull (filling.platform);
  report = report_make (&filling, "essentials", "Practice", REPORT_OPEN);
  posture_platform_close (filling.platform);
  g_object_unref (filling.platform);
}

static void
setup (Fixture      *self,
       gconstpointer data)
{
  GApplication *application;
  g_autoptr (GError) error = NULL;

  self->ui.folder = g_dir_make_tmp ("posture-ui-XXXXXX", &error);
  g_assert_no_error (error);
  self->outside = g_dir_make_tmp ("posture-backups-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->outside, "all.posture-backup", NULL);
  fill_profile (self);
  g_setenv ("POSTURE_DATA_DIR", self->ui.folder, TRUE);
  self->program = app_program_new (POSTURE_APPLICATION_ID);
  application = G_APPLICATION (app_program_get_application (self->program));
  g_application_set_flags (application, G_APPLICATION_NON_UNIQUE | G_APPLICATION_IS_SERVICE);
  g_assert_true (g_application_register (application, NULL, &error));
  g_assert_no_error (error);
  g_application_activate (application);
  ui_get (get_window (self), ADW_TYPE_VIEW_STACK, NULL);
  ui_set_size (&self->ui, 360, 640);
}

static gboolean
quit_cb (gpointer application)
{
  g_application_quit (application);
  return G_SOURCE_REMOVE;
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
teardown (Fixture      *self,
          gconstpointer data)
{
  GApplication *application = G_APPLICATION (app_program_get_application (self->program));

  g_idle_add (quit_cb, application);
  g_application_run (application, 0, NULL);
  app_program_free (self->program);
  empty_folder (self->ui.folder);
  empty_folder (self->outside);
  g_free (self->ui.folder);
  g_free (self->outside);
  g_free (self->path);
}

static void
activate (Fixture    *self,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_window (self)), action, NULL));
}

static void
enter_passphrase (Fixture    *self,
                  const char *heading,
                  const char *passphrase,
                  const char *verb)
{
  GtkWidget *dialog = ui_get_dialog (&self->ui, heading);

  gtk_editable_set_text (GTK_EDITABLE (ui_get (dialog, GTK_TYPE_PASSWORD_ENTRY, NULL)), passphrase);
  ui_click (dialog, verb);
}

static void
back_up (Fixture    *self,
         const char *passphrase)
{
  activate (self, "win.back-up");
  enter_passphrase (self, "Back up everything", passphrase, "_Choose a place");
  ui_choose_file (self->path);
  ui_get (self->ui.window, GTK_TYPE_LABEL, "Saved as all.posture-backup");
}

static int
append_row_cb (void  *data,
               int    n,
               char **values,
               char **names)
{
  for (int i = 0; i < n; i++)
    g_string_append_printf (data, "%s=%s|", names[i], values[i] != NULL ? values[i] : "");
  g_string_append_c (data, '\n');
  return 0;
}

/* Runs SQL on the profile beside the program, as another process would; gives the rows as text. */
static char *
query (Fixture    *self,
       const char *sql)
{
  g_autofree char *path = g_build_filename (self->ui.folder, "posture.db", NULL);
  GString *text = g_string_new (NULL);
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 10000);
  g_assert_cmpint (sqlite3_exec (database, sql, append_row_cb, text, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
  return g_string_free (text, FALSE);
}

/* All that a person would miss. */
static char *
dump (Fixture *self)
{
  return query (self, "SELECT * FROM user_assessment ORDER BY 1; SELECT * FROM user_answer ORDER BY 1, 2;"
                      "SELECT * FROM user_revision ORDER BY 1; SELECT * FROM user_report ORDER BY 1;"
                      "SELECT * FROM user_operation ORDER BY 1; SELECT * FROM user_change ORDER BY 1;"
                      "SELECT id, put, envelope FROM bus_event ORDER BY 1");
}

static void
test_there_and_back (Fixture      *self,
                     gconstpointer passphrase)
{
  g_autoptr (PostureBackupInfo) info = NULL;
  g_autofree char *held = dump (self), *changed = NULL, *restored = NULL;
  PostureWindow *before;
  GtkWidget *dialog;

  g_test_summary ("A backup that was made from the window is read, told about, and put in place when that is wanted; "
                  "then all is as it was when it was made");

  back_up (self, passphrase);
  g_free (query (self, "UPDATE user_assessment SET name = 'Another'; DELETE FROM user_report"));
  changed = dump (self);
  g_assert_cmpstr (changed, !=, held);
  info = posture_backup_check (self->path, *(const char *) passphrase != '\0' ? passphrase : NULL,
                               /* progress = */ NULL, NULL);
  g_assert_nonnull (info);
  before = g_object_ref (get_window (self));
  activate (self, "win.restore");
  ui_choose_file (self->path);
  if (*(const char *) passphrase != '\0')
    {
      enter_passphrase (self, "Passphrase", "another", "_Go on");
      enter_passphrase (self, "Passphrase", passphrase, "_Go on");
    }
  dialog = ui_get_dialog (&self->ui, "Put this backup in place?");
  ui_click (dialog, "_Replace");
  ui_get (get_window (self), GTK_TYPE_LABEL, "The backup is in place");
  g_assert_true (self->ui.window != before);
  ui_get (self->ui.window, ADW_TYPE_VIEW_STACK, NULL);
  restored = dump (self);
  g_assert_cmpstr (restored, ==, held);
  g_object_unref (before);
}

static void
test_damaged (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *content = NULL;
  PostureWindow *before;
  GtkWidget *dialog;
  gsize length;

  g_test_summary ("A damaged backup is refused before anything is touched");

  back_up (self, "");
  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));
  content[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (self->path, content, (gssize) length, NULL));
  before = get_window (self);
  activate (self, "win.restore");
  ui_choose_file (self->path);
  dialog = ui_get_dialog (&self->ui, "This backup cannot be used");
  ui_click (dialog, "_Close");
  g_assert_true (get_window (self) == before);
}

static void
add_tests (void)
{
  g_test_add ("/backup/plain", Fixture, "", setup, test_there_and_back, teardown);
  g_test_add ("/backup/secret", Fixture, "correct horse", setup, test_there_and_back, teardown);
  g_test_add ("/backup/damaged", Fixture, NULL, setup, test_damaged, teardown);
}

int
main (int    argc,
      char **argv)
{
  return ui_run_tests (&argc, &argv, add_tests);
}
