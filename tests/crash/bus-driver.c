/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An event bus that puts, retries, gives up, runs by schedule, archives, replays, cancels a replay, removes and
 * forgets, and that goes on where it was when it crashed. Each line that is printed tells of something that was acknowledged.
 *
 * Usage: bus-driver FOLDER */

#include "config.h"

#include "bus-acts.h"

#include "bus/archive.h"
#include "bus/replay.h"
#include "bus/rule.h"
#include "bus/target-settings.h"
#include "targets/file-target.h"

#define N_EVENTS 6
#define N_PLAIN 3
/* What belongs to no group and is not in the archive, as most events are, takes shorter ways. */
#define MATCHED "{\"source\":[\"child\",\"plain\"]}"
#define ARCHIVED "{\"source\":[\"child\",\"bad\"]}"
#define STEP 1000

static const PostureRetryPolicy policy = { .max_attempts = 185, .max_age = 1000 * 86400 * G_GINT64_CONSTANT (1000),
                                           .base_delay = 1000, .max_delay = 2000 };

static void
set_state (BusFixture      *self,
           const char      *rule,
           PostureRuleState state)
{
  GError *error = NULL;

  do
    posture_bus_set_rule_state (self->bus, rule, state, &error);
  while (bus_acts_make_room (&error));
}

/* Takes back a replay of a paused rule, of which nothing has arrived. */
static void
cancel_replay (BusFixture *self)
{
  GError *error = NULL;

  if (bus_fixture_ask (self, "SELECT count(*) FROM bus_replay WHERE name = 'dropped' AND state = 'running'") > 0)
    do
      posture_bus_cancel_replay (self->bus, "dropped", &error);
    while (bus_acts_make_room (&error));
  set_state (self, "flaky", POSTURE_RULE_ENABLED);
}

/* “log” writes into a file, which no crash takes back: what is in it has left the program. */
static void
add_log (BusFixture *self)
{
  static const char *const log[] = { "log", NULL };
  g_autofree char *path = g_build_filename (self->folder, "log.jsonl", NULL);
  g_autoptr (PostureTarget) target = posture_file_target_new (path, G_MAXINT32, /* copies = */ 1);
  GError *error = NULL;

  posture_bus_add_target (self->bus, "log", target, &policy);
  do
    posture_bus_put_rule (self->bus, "log", MATCHED, log, &error);
  while (bus_acts_make_room (&error));
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
    posture_bus_put_managed_rule (self->bus, "own", MATCHED, own, &error);
  while (bus_acts_make_room (&error));
  do
    posture_bus_put_rule (self->bus, "flaky", MATCHED, flaky, &error);
  while (bus_acts_make_room (&error));
  do
    posture_bus_put_rule (self->bus, "dead", "{\"source\":[\"bad\"]}", dead, &error);
  while (bus_acts_make_room (&error));
  do
    posture_bus_put_schedule (self->bus, "tick", "rate(1 minute)", more, &error);
  while (bus_acts_make_room (&error));
  add_log (self);
  cancel_replay (self);
  do
    posture_bus_set_archive (self->bus, TRUE, ARCHIVED, 0, POSTURE_ARCHIVE_DEFAULT_SIZE, &error);
  while (bus_acts_make_room (&error));
}

/* A target that a person sets up and changes; nobody calls it. */
static void
set_target (BusFixture *self,
            const char *settings)
{
  GError *error = NULL;

  do
    posture_bus_put_target_settings (self->bus, "chat", settings, &error);
  while (bus_acts_make_room (&error));
  bus_acts_say ("target", settings);
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
  while (bus_acts_make_room (&error));
  bus_acts_say ("put", ((PostureBusResult *) g_ptr_array_index (results, 0))->event_id);
}

/* Some events at once, without keys: either all of them are there after a crash or none. Others are delivered
 * meanwhile. */
static void
put_plain (BusFixture *self)
{
  const PostureBusEntry entry = { .source = "plain", .detail_type = "Test", .detail = "{}" };
  const PostureBusEntry entries[N_PLAIN] = { entry, entry, entry };
  GError *error = NULL;
  g_autoptr (GPtrArray) results = NULL;

  if (bus_fixture_ask (self, "SELECT count(*) FROM bus_event WHERE envelope LIKE '%plain%'") > 0)
    return;
  do
    results = bus_fixture_put_async (self, entries, N_PLAIN, /* cancellable = */ NULL, &error);
  while (bus_acts_make_room (&error));
  for (guint i = 0; i < N_PLAIN; i++)
    bus_acts_say ("put", ((PostureBusResult *) g_ptr_array_index (results, i))->event_id);
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
  while (bus_acts_make_room (&error));
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
replay (BusFixture *self)
{
  static const char *const no_rules[] = { NULL };
  GError *error = NULL;

  if (bus_fixture_ask (self, "SELECT count(*) FROM bus_replay") == 0)
    do
      posture_bus_start_replay (self->bus, "again", 0, G_MAXINT64, no_rules, &error);
    while (bus_acts_make_room (&error));
  bus_acts_say ("replay", "again");
}

/* Waits until all that the rule would get waits for it, which is paused, and cancels. */
static void
drop_replay (BusFixture *self)
{
  static const char *const only[] = { "flaky", NULL };
  GError *error = NULL;

  set_state (self, "flaky", POSTURE_RULE_PAUSED);
  if (bus_fixture_ask (self, "SELECT count(*) FROM bus_replay WHERE name = 'dropped'") == 0)
    do
      posture_bus_start_replay (self->bus, "dropped", 0, G_MAXINT64, only, &error);
    while (bus_acts_make_room (&error));
  while (bus_fixture_ask (self, "SELECT count(*) FROM bus_replay WHERE name = 'dropped' AND state = 'running'"
                                " AND deliveries < " G_STRINGIFY (N_EVENTS)) > 0)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      bus_fixture_tick ();
      bus_test_clock_advance (BUS_TEST_CLOCK (self->clock), STEP);
    }
  cancel_replay (self);
  bus_acts_say ("cancelled", "dropped");
}

static gboolean
forget_func (PostureTransaction *transaction,
             gpointer            bus,
             GError            **error)
{
  return posture_bus_forget_in (bus, transaction, "somebody", error);
}

/* A rule and a target that are put and removed, and an event that is put and forgotten. */
static void
remove_again (BusFixture *self)
{
  static const char *const targets[] = { "gone", NULL };
  static const char *const resources[] = { "somebody", NULL };
  const PostureBusEntry entry = { .source = "gone", .detail_type = "Test", .detail = "{}", .resources = resources };
  GError *error = NULL;
  GPtrArray *results;

  do
    posture_bus_put_target_settings (self->bus, "gone", "{\"file\":\"/gone\"}", &error);
  while (bus_acts_make_room (&error));
  do
    posture_bus_put_rule (self->bus, "gone", "{\"source\":[\"gone\"]}", targets, &error);
  while (bus_acts_make_room (&error));
  do
    results = posture_bus_put (self->bus, &entry, 1, &error);
  while (bus_acts_make_room (&error));
  g_ptr_array_unref (results);
  do
    posture_bus_remove_rule (self->bus, "gone", &error);
  while (bus_acts_make_room (&error));
  do
    posture_bus_remove_target_settings (self->bus, "gone", &error);
  while (bus_acts_make_room (&error));
  do
    posture_store_write (self->store, forget_func, self->bus, NULL, &error);
  while (bus_acts_make_room (&error));
}

int
main (int    argc,
      char **argv)
{
  BusFixture self = { .folder = NULL };

  bus_acts_begin (&self, argc > 1 ? argv[1] : "");
  set_up (&self);
  set_target (&self, "{\"file\":\"/first\"}");
  posture_bus_start (self.bus);
  remove_again (&self);
  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%u", i);

      put (&self, "child", key);
    }
  put (&self, "bad", "bad");
  put_plain (&self);
  drain (&self);
  set_state (&self, "tick", POSTURE_RULE_DISABLED);
  set_target (&self, "{\"file\":\"/second\"}");
  replay (&self);
  drain (&self);
  drop_replay (&self);
  return bus_acts_end (&self);
}
