/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A process that loses power, or is killed, at a named place: what it had acknowledged is there. */

#include "store/failpoint.h"

#include "helper-process.h"
#include "store-fixture.h"

#include <signal.h>

#define SEEDS 24
#define ROWS 30

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  char ***faults = data;
  g_autoptr (GError) error = NULL;

  *faults = posture_store_check_finish (POSTURE_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* All acknowledged rows are there in whole; one more may be. */
static void
check_rows (StoreFixture *fixture,
            gint64        acknowledged)
{
  g_auto (GStrv) faults = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rows;

  fixture->store = posture_store_open (fixture->folder, note_modules, NULL, &error);
  g_assert_no_error (error);
  posture_store_check_async (fixture->store, /* full = */ TRUE, NULL, checked_cb, &faults);
  while (faults == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_strv_length (faults), ==, 0);

  rows = store_number (fixture->store, "SELECT count(*) FROM note");
  g_assert_cmpint (rows, >=, acknowledged);
  g_assert_cmpint (rows, <=, acknowledged + 1);
  /* The text says the number of the row and its length; the data is of one letter. */
  g_assert_cmpint (
      store_number (fixture->store,
                    "SELECT count(*) FROM note WHERE text = (id - 1) || ' ' || length (data) "
                    "AND length (replace (CAST (data AS TEXT), "
                    "  char (unicode ('a') + (id - 1) % 26), '')) = 0"),
      ==, rows);
}

/* Gives how many rows were acknowledged before the end. */
static gint64
run_to_the_end (StoreFixture *fixture,
                const char   *setting,
                guint         seed)
{
  const char *const environment[] = { "POSTURE_FAILPOINT", setting, NULL };
  g_autofree char *seed_text = g_strdup_printf ("%u", seed);
  g_autofree char *rows_text = g_strdup_printf ("%u", ROWS);
  const char *const arguments[] = { "append", seed_text, rows_text, NULL };
  g_autoptr (HelperProcess) process
      = helper_process_new_with (fixture->folder, environment, arguments);
  gint64 acknowledged = 0;
  char *line;

  while ((line = helper_process_read (process)) != NULL)
    {
      g_assert_cmpint (g_ascii_strtoll (line, NULL, 10), ==, acknowledged);
      acknowledged++;
      g_free (line);
    }
  g_assert_cmpint (helper_process_wait (process), ==, -SIGKILL);
  return acknowledged;
}

static void
test_power_loss (gconstpointer data)
{
  const char *place = data;

#if !POSTURE_FAILPOINTS
  g_test_skip ("This build has no failpoints");
  return;
#endif
  for (guint seed = 0; seed < SEEDS; seed++)
    {
      /* Of all times that the place is reached, the first is one, and the log is then short. */
      guint n = 1 + seed * 5 % (g_str_equal (place, "store.checkpoint.before") ? 4 : 29);
      g_autofree char *setting = g_strdup_printf ("%s:%u=power-loss", place, n);
      StoreFixture fixture = { 0 };
      gint64 acknowledged;

      store_fixture_set_up_folder (&fixture, NULL);
      acknowledged = run_to_the_end (&fixture, setting, seed);
      g_test_message ("%s, seed %u: %" G_GINT64_FORMAT " acknowledged", setting, seed,
                      acknowledged);
      if (!g_str_has_prefix (place, "store.checkpoint"))
        g_assert_cmpint (acknowledged, ==, n - 1);
      check_rows (&fixture, acknowledged);
      store_fixture_tear_down (&fixture, NULL);
    }
}

/* The same without loss of power, and once more on what was left: nothing adds up wrongly. */
static void
test_killed (gconstpointer data)
{
  StoreFixture fixture = { 0 };

#if !POSTURE_FAILPOINTS
  g_test_skip ("This build has no failpoints");
  return;
#endif
  store_fixture_set_up_folder (&fixture, NULL);
  g_assert_cmpint (run_to_the_end (&fixture, "store.answer.before:13=kill", 5), ==, 12);
  check_rows (&fixture, 12);
  g_assert_true (posture_store_was_unclean (fixture.store));
  store_fixture_tear_down (&fixture, NULL);
}

/* Killed while the tables of a new profile are made: the next one makes them. */
static void
test_killed_at_birth (gconstpointer data)
{
  static const char *const settings[] = {
    "store.migrate.step=power-loss",
    "store.migrate.commit=power-loss",
    "sql.insert.schema=power-loss",
  };

#if !POSTURE_FAILPOINTS
  g_test_skip ("This build has no failpoints");
  return;
#endif
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    for (guint seed = 0; seed < 8; seed++)
      {
        StoreFixture fixture = { 0 };

        store_fixture_set_up_folder (&fixture, NULL);
        g_assert_cmpint (run_to_the_end (&fixture, settings[i], seed), ==, 0);
        check_rows (&fixture, 0);
        store_fixture_tear_down (&fixture, NULL);
      }
}

int
main (int    argc,
      char **argv)
{
  static const char *const places[] = {
    "store.batch.begin", "sql.insert.note", "store.commit.before", "store.answer.before",
    "store.checkpoint.before",
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat ("/store/crash/power-loss/", places[i], NULL);

      g_test_add_data_func (path, places[i], test_power_loss);
    }
  g_test_add_data_func ("/store/crash/killed", NULL, test_killed);
  g_test_add_data_func ("/store/crash/killed-at-birth", NULL, test_killed_at_birth);

  return g_test_run ();
}
