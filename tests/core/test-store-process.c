/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several processes at one profile. */

#include "config.h"

#include "helper-process.h"
#include "store-fixture.h"

static void
open_here (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = posture_store_open (fixture->folder, note_modules, NULL, &error);
  g_assert_no_error (error);
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_changed_elsewhere (StoreFixture *fixture,
                        gconstpointer data)
{
  g_autoptr (HelperProcess) other = NULL;
  guint elsewhere = 0;
  guint here = 0;

  open_here (fixture);
  g_signal_connect_swapped (fixture->store, "changed-elsewhere", G_CALLBACK (count_cb), &elsewhere);
  g_signal_connect_swapped (fixture->store, "changed", G_CALLBACK (count_cb), &here);
  other = helper_process_new (fixture->folder, "write", "theirs", NULL);
  while (elsewhere == 0)
    g_main_context_iteration (NULL, TRUE);
  helper_process_expect (other, "written");
  g_assert_cmpuint (here, ==, 0);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note WHERE text = 'theirs'"),
                   ==, 1);
}

/* What this process writes has not happened elsewhere, however often it looks. */
static void
test_own_writes (StoreFixture *fixture,
                 gconstpointer data)
{
  guint elsewhere = 0;

  open_here (fixture);
  g_signal_connect_swapped (fixture->store, "changed-elsewhere", G_CALLBACK (count_cb), &elsewhere);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO note (text) VALUES ('%u')", i);

      store_run (fixture->store, sql);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (elsewhere, ==, 0);
}

static void
done_cb (GFileMonitor     *monitor,
         GFile            *file,
         GFile            *other,
         GFileMonitorEvent event,
         gboolean         *done)
{
  if (event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT)
    *done = TRUE;
}

/* The log is written and synced before the commit is to be seen. A look in between finds nothing,
 * and must not be the last one. */
static void
test_slow_commit (StoreFixture *fixture,
                  gconstpointer data)
{
  g_autoptr (GFile) log = g_file_new_for_path (fixture->log);
  g_autoptr (GFileMonitor) monitor = NULL;
  g_autoptr (HelperProcess) other = NULL;
  guint elsewhere = 0;
  gboolean done = FALSE;

  open_here (fixture);
  monitor = g_file_monitor_file (log, G_FILE_MONITOR_NONE, NULL, NULL);
  g_signal_connect (monitor, "changed", G_CALLBACK (done_cb), &done);
  g_signal_connect_swapped (fixture->store, "changed-elsewhere", G_CALLBACK (count_cb), &elsewhere);
  other = helper_process_new (fixture->folder, "slow", "theirs", NULL);
  helper_process_expect (other, "synced");
  /* The store has then been told that something is coming, and has looked. */
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (elsewhere, ==, 0);
  helper_process_go_on (other);
  while (elsewhere == 0)
    g_main_context_iteration (NULL, TRUE);
  helper_process_expect (other, "written");
}

#if POSTURE_FAILPOINTS
static gboolean
over_cb (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
iterate_for (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
#endif

/* Who is killed when its commit is done, and could not say so, has said before that it was coming. */
static void
test_killed_after_commit (StoreFixture *fixture,
                          gconstpointer data)
{
#if !POSTURE_FAILPOINTS
  g_test_skip ("This build has no failpoints");
#else
  const char *const environment[] = { "POSTURE_FAILPOINT", "store.answer.before=kill", NULL };
  const char *const arguments[] = { "increment", "1", NULL };
  g_autoptr (HelperProcess) other = NULL;
  guint elsewhere = 0;

  open_here (fixture);
  store_run (fixture->store, "CREATE TABLE counter (value INTEGER)");
  store_run (fixture->store, "INSERT INTO counter VALUES (0)");
  other = helper_process_new_with (fixture->folder, environment, arguments);
  helper_process_expect (other, "ready");
  /* long enough that the store does not look any more because the other has come */
  iterate_for (1500);
  g_signal_connect_swapped (fixture->store, "changed-elsewhere", G_CALLBACK (count_cb), &elsewhere);
  helper_process_go_on (other);
  while (elsewhere == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (helper_process_wait (other), !=, 0);
  g_assert_cmpint (store_number (fixture->store, "SELECT value FROM counter"), ==, 1);
#endif
}

/* Each reads and writes one more: nobody writes over what the other has written. */
static void
test_no_lost_update (StoreFixture *fixture,
                     gconstpointer data)
{
  g_autoptr (HelperProcess) first = NULL;
  g_autoptr (HelperProcess) second = NULL;

  open_here (fixture);
  store_run (fixture->store, "CREATE TABLE counter (value INTEGER)");
  store_run (fixture->store, "INSERT INTO counter VALUES (0)");
  first = helper_process_new (fixture->folder, "increment", "500", NULL);
  second = helper_process_new (fixture->folder, "increment", "500", NULL);
  helper_process_expect (first, "ready");
  helper_process_expect (second, "ready");
  helper_process_go_on (first);
  helper_process_go_on (second);
  g_assert_cmpint (helper_process_wait (first), ==, 0);
  g_assert_cmpint (helper_process_wait (second), ==, 0);
  g_assert_cmpint (store_number (fixture->store, "SELECT value FROM counter"), ==, 1000);
}

/* A new profile that several make at once. */
static void
test_make_together (StoreFixture *fixture,
                    gconstpointer data)
{
  for (guint round = 0; round < 5; round++)
    {
      g_autofree char *name = g_strdup_printf ("profile %u", round);
      g_autofree char *folder = g_build_filename (fixture->folder, name, NULL);
      HelperProcess *others[6];

      for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        others[i] = helper_process_new (folder, "open", NULL);
      for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        {
          g_autofree char *line = helper_process_read (others[i]);

          g_assert_cmpstr (line, ==, NULL);
          g_assert_cmpint (helper_process_wait (others[i]), ==, 0);
          helper_process_free (others[i]);
        }
    }
}

static void
test_unclean (StoreFixture *fixture,
              gconstpointer data)
{
  HelperProcess *first = helper_process_new (fixture->folder, "write", "first", NULL);
  g_autoptr (HelperProcess) second = NULL;

  /* Somebody has it open and is well. */
  helper_process_expect (first, "written");
  open_here (fixture);
  g_assert_false (posture_store_was_unclean (fixture->store));
  store_fixture_close (fixture);

  /* It ended in order. */
  helper_process_go_on (first);
  g_assert_cmpint (helper_process_wait (first), ==, 0);
  helper_process_free (first);
  open_here (fixture);
  g_assert_false (posture_store_was_unclean (fixture->store));
  store_fixture_close (fixture);

  /* It did not. */
  second = helper_process_new (fixture->folder, "write", "second", NULL);
  helper_process_expect (second, "written");
  helper_process_kill (second);
  open_here (fixture);
  g_assert_true (posture_store_was_unclean (fixture->store));
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 2);
  store_fixture_close (fixture);
  open_here (fixture);
  g_assert_false (posture_store_was_unclean (fixture->store));
}

/* Two stores of one process at one file: to open the second must not take the locks of the first
 * away, or another process that ends believes to be the last and takes the log with it. */
static void
test_two_in_one (StoreFixture *fixture,
                 gconstpointer data)
{
  g_autoptr (HelperProcess) other = NULL;
  PostureStore *second;

  open_here (fixture);
  second = posture_store_open (fixture->folder, note_modules, NULL, NULL);
  g_assert_nonnull (second);
  store_run (second, "INSERT INTO note (text) VALUES ('a')");
  posture_store_close (second);
  g_object_unref (second);
  second = posture_store_open (fixture->folder, note_modules, NULL, NULL);

  other = helper_process_new (fixture->folder, "open", NULL);
  g_assert_cmpint (helper_process_wait (other), ==, 0);
  g_assert_true (g_file_test (fixture->log, G_FILE_TEST_EXISTS));
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('b')");
  g_assert_cmpint (store_number (second, "SELECT count(*) FROM note"), ==, 2);
  posture_store_close (second);
  g_object_unref (second);
  store_fixture_close (fixture);
  open_here (fixture);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 2);
}

#define FIXTURE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up_folder, func, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/store/process/changed-elsewhere", test_changed_elsewhere);
  FIXTURE_TEST ("/store/process/own-writes", test_own_writes);
  FIXTURE_TEST ("/store/process/slow-commit", test_slow_commit);
  FIXTURE_TEST ("/store/process/killed-after-commit", test_killed_after_commit);
  FIXTURE_TEST ("/store/process/no-lost-update", test_no_lost_update);
  FIXTURE_TEST ("/store/process/make-together", test_make_together);
  FIXTURE_TEST ("/store/process/unclean", test_unclean);
  FIXTURE_TEST ("/store/process/two-in-one", test_two_in_one);

  return g_test_run ();
}
