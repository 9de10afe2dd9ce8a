/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/failpoint.h"

#include "store-fixture.h"

#include <signal.h>
#include <unistd.h>

#if POSTURE_FAILPOINTS

static void
assert_passes (const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (POSTURE_FAILPOINT (name, &error));
  g_assert_no_error (error);
}

static void
assert_fails (const char       *name,
              PostureStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (POSTURE_FAILPOINT (name, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, (int) code);
}

static void
test_setting (void)
{
  posture_failpoint_set_power_loss (NULL);
  posture_failpoint_arm (NULL);
  assert_passes ("a.b");
  /* Once, at the first time. */
  posture_failpoint_arm ("a.b=error");
  assert_passes ("a.c");
  assert_passes ("a");
  assert_fails ("a.b", POSTURE_STORE_ERROR_FAILED);
  assert_passes ("a.b");
  posture_failpoint_arm ("a.b=full");
  assert_fails ("a.b", POSTURE_STORE_ERROR_FULL);
  /* At the third. */
  posture_failpoint_arm ("a.b:3=full");
  assert_passes ("a.b");
  assert_passes ("a.c");
  assert_passes ("a.b");
  assert_fails ("a.b", POSTURE_STORE_ERROR_FULL);
  /* The last word counts; no word is none. */
  posture_failpoint_arm ("a.b=error");
  posture_failpoint_arm ("a.c=error");
  assert_passes ("a.b");
  posture_failpoint_arm (NULL);
  assert_passes ("a.c");
  posture_failpoint_arm ("a.b");
  assert_passes ("a.b");
}

static void
test_environment_child (void)
{
  if (!g_test_subprocess ())
    return;
  g_assert_true (POSTURE_FAILPOINT ("one", NULL));
  g_assert_false (POSTURE_FAILPOINT ("two", NULL));
  g_assert_true (POSTURE_FAILPOINT ("two", NULL));
}

static void
test_environment (void)
{
  g_autofree char *folder = g_dir_make_tmp ("posture-test-XXXXXX", NULL);
  g_autofree char *log = g_build_filename (folder, "hits", NULL);
  g_autofree char *hits = NULL;

  g_setenv ("POSTURE_FAILPOINT", "two=error", TRUE);
  g_setenv ("POSTURE_FAILPOINT_LOG", log, TRUE);
  g_test_trap_subprocess ("/failpoint/environment/child", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv ("POSTURE_FAILPOINT");
  g_unsetenv ("POSTURE_FAILPOINT_LOG");
  g_test_trap_assert_passed ();
  g_assert_true (g_file_get_contents (log, &hits, NULL, NULL));
  g_assert_cmpstr (hits, ==, "one\ntwo\ntwo\n");
  unlink (log);
  rmdir (folder);
}

/* The names of statements, as they are logged. */
static void
test_statement_names_child (void)
{
  StoreFixture fixture = { 0 };

  if (!g_test_subprocess ())
    return;
  store_fixture_set_up (&fixture, NULL);
  store_run (fixture.store, "INSERT INTO note (text) VALUES ('a')");
  store_run (fixture.store, "INSERT OR REPLACE INTO note(text) VALUES ('a')");
  store_run (fixture.store, "UPDATE note SET text = 'b'");
  store_run (fixture.store, "UPDATE OR FAIL note SET text = 'b'");
  store_run (fixture.store, "DELETE FROM note");
  g_assert_cmpint (store_number (fixture.store, "SELECT count(*) FROM note"), ==, 0);
  store_fixture_tear_down (&fixture, NULL);
}

static void
test_statement_names (void)
{
  g_autofree char *folder = g_dir_make_tmp ("posture-test-XXXXXX", NULL);
  g_autofree char *log = g_build_filename (folder, "hits", NULL);
  g_autoptr (GString) statements = g_string_new (NULL);
  g_autofree char *hits = NULL;
  g_auto (GStrv) lines = NULL;

  g_setenv ("POSTURE_FAILPOINT_LOG", log, TRUE);
  g_test_trap_subprocess ("/failpoint/statement-names/child", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv ("POSTURE_FAILPOINT_LOG");
  g_test_trap_assert_passed ();
  g_assert_true (g_file_get_contents (log, &hits, NULL, NULL));
  lines = g_strsplit (hits, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "sql."))
      g_string_append_printf (statements, "%s ", lines[i]);
  g_assert_cmpstr (statements->str, ==,
                   "sql.insert.schema sql.insert.note sql.insert.note sql.update.note sql.update "
                   "sql.delete.note ");
  unlink (log);
  rmdir (folder);
}

static void
say_power_loss (void)
{
  g_printerr ("the power goes\n");
}

static void
test_kill_child (gconstpointer setting)
{
  if (!g_test_subprocess ())
    return;
  posture_failpoint_set_power_loss (say_power_loss);
  posture_failpoint_arm (setting);
  assert_passes ("end");
  assert_passes ("end");
  g_printerr ("still alive\n");
}

static void
test_kill (void)
{
  g_test_trap_subprocess ("/failpoint/kill/child", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr_unmatched ("*still alive*");
  g_test_trap_assert_stderr_unmatched ("*the power goes*");
  g_test_trap_subprocess ("/failpoint/power-loss/child", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr_unmatched ("*still alive*");
  g_test_trap_assert_stderr ("*the power goes*");
}

#else

/* They cost nothing, and fail nothing. */
static void
test_absent (void)
{
  g_assert_true (POSTURE_FAILPOINT ("a.b", NULL));
}

#endif

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#if POSTURE_FAILPOINTS
  g_test_add_func ("/failpoint/setting", test_setting);
  g_test_add_func ("/failpoint/environment", test_environment);
  g_test_add_func ("/failpoint/environment/child", test_environment_child);
  g_test_add_func ("/failpoint/statement-names", test_statement_names);
  g_test_add_func ("/failpoint/statement-names/child", test_statement_names_child);
  g_test_add_func ("/failpoint/kill", test_kill);
  g_test_add_data_func ("/failpoint/kill/child", "end:2=kill", test_kill_child);
  g_test_add_data_func ("/failpoint/power-loss/child", "end:2=power-loss", test_kill_child);
#else
  g_test_add_func ("/failpoint/absent", test_absent);
#endif

  return g_test_run ();
}
