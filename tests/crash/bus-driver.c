/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An event bus that puts, retries, gives up, runs by schedule, archives and replays, and that goes on where it
 * was when it crashed. Each line that is printed tells of something that was acknowledged.
 *
 * Usage: bus-driver FOLDER
 *
 * CRASH_SEED: by what a loss of power decides what is lost
 * CRASH_FULL=N: the disk is full from the N-th write on, until it was noticed */

#include "config.h"

#include "bus-fixture.h"
#include "bus/archive.h"
#include "bus/replay.h"
#include "bus/rule.h"
#include "store/failpoint.h"
#include "store/store-error.h"
#include "test-vfs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define N_EVENTS 6
#define STEP 1000

static const PostureRetryPolicy policy = { .max_attempts = 185, .max_age = 1000 * 86400 * G_GINT64_CONSTANT (1000),
                                           .base_delay = 1000, .max_delay = 2000 };

static void
say (const char *what,
     const char *which)
{
  g_autofree char *line = g_strdup_printf ("%s %s\n", what, which);

  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    exit (1);
}

/* A full disk is told; the person makes room and goes on. Anything else is a failure of the test. */
static gboolean
make_room (GError **error)
{
  if (*error == NULL)
    return FALSE;
  if (!g_error_matches (*error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL))
    {
      say ("error", (*error)->message);
      exit (1);
    }
  say ("full", (*error)->message);
  g_clear_error (error);
  test_vfs_fill_disk (0, 0);
  return TRUE;
}

/* “own” belongs to the program, “flaky” fails twice before it works, “dead” refuses its first event. */
static void
set_up (BusFixture *self)
{
  static const char *const own[] = { "own", NULL };
  static const char *const flaky[] = { "flaky", NULL };
  static const char *const dead[] = { "dead", NULL };
  static const char *const more[] = { "own", "flaky", NULL };
  GError *error = NULL;

  bus_fixture_add (self, "own", BUS_TEST_DIRECT, 0, &policy);
  bus_fixture_add (self, "flaky", 0, 2, &policy);
  bus_fixture_add (self, "dead", BUS_TEST_PERMANENT, 1, &policy);
  do
    posture_bus_put_managed_rule (self->bus, "own", "{\"source\":[\"child\"]}", own, &error);
  while (make_room (&error));
  do
    posture_bus_put_rule (self->bus, "flaky", "{\"source\":[\"child\"]}", flaky, &error);
  while (make_room (&error));
  do
    posture_bus_put_rule (self->bus, "dead", "{\"source\":[\"bad\"]}", dead, &error);
  while (make_room (&error));
  do
    posture_bus_put_schedule (self->bus, "tick", "rate(1 minute)", more, &error);
  while (make_room (&error));
  do
    posture_bus_set_archive (self->bus, TRUE, NULL, 0, POSTURE_ARCHIVE_DEFAULT_SIZE, &error);
  while (make_room (&error));
}

/* What was put before the crash has the same key, and is not put again. */
static void
put (BusFixture *self,
     const char *source,
     const char *key)
{
  PostureBusEntry entry = { .source = source, .detail_type = "Test", .detail = "{}", .key = key, .group = "group" };
  GError *error = NULL;
  g_autoptr (GPtrArray) results = NULL;

  do
    results = posture_bus_put (self->bus, &entry, 1, &error);
  while (make_room (&error));
  say ("put", ((PostureBusResult *) g_ptr_array_index (results, 0))->event_id);
}

static gint64
count_open (BusFixture *self)
{
  return bus_fixture_ask (self, "SELECT (SELECT count(*) FROM bus_delivery) + (SELECT count(*) FROM bus_dead_letter)"
                                " + (SELECT count(*) FROM bus_replay WHERE state = 'running')"
                                " + NOT EXISTS (SELECT 1 FROM bus_event WHERE envelope LIKE '%aws.events%')");
}

static void
retry_dead_letters (BusFixture *self)
{
  GError *error = NULL;

  do
    posture_bus_retry_dead_letter (self->bus, 0, NULL, &error);
  while (make_room (&error));
}

/* Lets time, which is the driver's own, pass until nothing waits any more and the schedule has run: slowly
 * enough that keys still hold when it is started again. */
static void
drain (BusFixture *self)
{
  BusTestClock *clock = BUS_TEST_CLOCK (self->clock);

  while (count_open (self) > 0)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      if (bus_fixture_ask (self, "SELECT count(*) FROM bus_dead_letter") > 0)
        retry_dead_letters (self);
      bus_fixture_tick ();
      bus_test_clock_advance (clock, STEP);
    }
}

static void
end_schedule (BusFixture *self)
{
  GError *error = NULL;

  do
    posture_bus_set_rule_state (self->bus, "tick", POSTURE_RULE_DISABLED, &error);
  while (make_room (&error));
}

static void
replay (BusFixture *self)
{
  static const char *const no_rules[] = { NULL };
  GError *error = NULL;

  if (bus_fixture_ask (self, "SELECT count(*) FROM bus_replay") == 0)
    do
      posture_bus_start_replay (self->bus, "again", 0, G_MAXINT64, no_rules, &error);
    while (make_room (&error));
  say ("replay", "again");
}

int
main (int    argc,
      char **argv)
{
  BusFixture self = { .folder = g_strdup (argc > 1 ? argv[1] : "") };
  const char *full = g_getenv ("CRASH_FULL");
  const char *seed = g_getenv ("CRASH_SEED");
  g_autofree char *figures = NULL;
  TestVfsCounts counts;

  test_vfs_register ("crash", /* make_default = */ TRUE);
  posture_failpoint_set_power_loss (test_vfs_lose_power);
  test_vfs_set_seed (seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 1);
  bus_fixture_open (&self);
  test_vfs_reset ();
  if (full != NULL)
    test_vfs_fill_disk (g_ascii_strtoull (full, NULL, 10), 6);
  set_up (&self);
  posture_bus_start (self.bus);
  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%u", i);

      put (&self, "child", key);
    }
  put (&self, "bad", "bad");
  drain (&self);
  end_schedule (&self);
  replay (&self);
  drain (&self);
  test_vfs_get_counts (&counts);
  figures = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                             counts.database_writes + counts.log_writes, counts.database_syncs + counts.log_syncs,
                             counts.refused);
  test_vfs_fill_disk (0, 0);
  bus_fixture_close (&self);
  g_assert_finalize_object (self.clock);
  g_free (self.folder);
  say ("done", figures);
  return 0;
}
