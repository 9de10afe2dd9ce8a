/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "bus/archive.h"
#include "bus/bus-monitor.h"
#include "bus/replay.h"
#include "bus/rule.h"

#include <string.h>

#define ALL "{\"source\":[{\"exists\":true}]}"
#define DAY (24 * G_GINT64_CONSTANT (3600000))

static const char *const no_rules[] = { NULL };

static void
set_up (BusFixture   *self,
        gconstpointer data)
{
  bus_fixture_set_up (self, data);
  g_assert_true (posture_bus_set_archive (self->bus, TRUE, NULL, 0, POSTURE_ARCHIVE_DEFAULT_SIZE, NULL));
}

static void
put (BusFixture *self,
     const char *source)
{
  g_free (bus_fixture_put (self, source, "{}"));
}

static void
put_many (BusFixture *self,
          guint       n_events)
{
  for (guint i = 0; i < n_events; i++)
    {
      g_autofree char *source = g_strdup_printf ("s%u", i);

      put (self, source);
    }
}

static void
start (BusFixture        *self,
       const char        *name,
       const char *const *rules)
{
  g_autoptr (GError) error = NULL;

  posture_bus_start_replay (self->bus, name, 0, G_MAXINT64, rules, &error);
  g_assert_no_error (error);
}

static PostureReplay *
look_at (BusFixture *self,
         const char *name)
{
  g_autoptr (GError) error = NULL;
  PostureReplay *replay = posture_bus_dup_replay (self->bus, name, &error);

  g_assert_no_error (error);
  g_assert_nonnull (replay);
  return replay;
}

/* Every archived event comes once more, in the order of the journal, and the replay tells how far it is. */
static void
test_all (BusFixture   *self,
          gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "late", BUS_TEST_HELD, 0, NULL);
  g_autoptr (PostureReplay) before = NULL;
  g_autoptr (PostureReplay) middle = NULL;
  g_autoptr (PostureReplay) after = NULL;
  g_autofree char *order = NULL;

  put_many (self, 3);
  bus_fixture_rule (self, "all", ALL, "late");
  start (self, "again", no_rules);
  before = look_at (self, "again");
  g_assert_cmpint (before->state, ==, POSTURE_REPLAY_RUNNING);
  g_assert_cmpint (before->remaining, ==, 3);
  g_assert_cmpint (before->started, ==, BUS_TEST_START);
  put (self, "later"); /* is not replayed: it was put after the start */
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  middle = look_at (self, "again");
  g_assert_cmpint (middle->state, ==, POSTURE_REPLAY_RUNNING);
  g_assert_cmpint (middle->events, ==, 3);
  g_assert_cmpint (middle->deliveries, ==, 3);
  g_assert_cmpint (middle->pending, ==, 3);
  g_assert_cmpint (middle->remaining, ==, 0);
  while (bus_test_target_get_held (target) > 0)
    {
      bus_test_target_release (target);
      bus_fixture_settle (self);
    }
  after = look_at (self, "again");
  g_assert_cmpint (after->state, ==, POSTURE_REPLAY_COMPLETED);
  g_assert_cmpint (after->pending, ==, 0);
  g_assert_cmpint (after->ended, ==, BUS_TEST_START);
  order = bus_test_target_dup_order (target);
  g_assert_cmpstr (order, ==, "later s0 s1 s2");
  g_assert_cmpint (bus_fixture_effects (self), ==, 4);
}

/* Only what was put within the window comes, its beginning included and its end not. */
static void
test_window (BusFixture   *self,
             gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "prepared", 0, 0, NULL);
  g_autofree char *order = NULL;
  g_autoptr (PostureReplay) replay = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *source = g_strdup_printf ("s%u", i);

      bus_test_clock_set (BUS_TEST_CLOCK (self->clock), BUS_TEST_START + i * 1000);
      put (self, source);
    }
  bus_fixture_rule (self, "all", ALL, "prepared");
  g_assert_true (posture_bus_start_replay (self->bus, "part", BUS_TEST_START + 1000, BUS_TEST_START + 3000, no_rules,
                                           NULL));
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  order = bus_test_target_dup_order (target);
  g_assert_cmpstr (order, ==, "s1 s2");
  replay = look_at (self, "part");
  g_assert_cmpint (replay->begin, ==, BUS_TEST_START + 1000);
  g_assert_cmpint (replay->end, ==, BUS_TEST_START + 3000);
  g_assert_cmpint (replay->state, ==, POSTURE_REPLAY_COMPLETED);
}

/* Only the rules that are named get it. */
static void
test_subset (BusFixture   *self,
             gconstpointer data)
{
  static const char *const only[] = { "second", NULL };
  PostureTarget *first = bus_fixture_add (self, "first", 0, 0, NULL);
  PostureTarget *second = bus_fixture_add (self, "second", 0, 0, NULL);
  g_autoptr (PostureReplay) replay = NULL;

  put_many (self, 2);
  bus_fixture_rule (self, "first", ALL, "first");
  bus_fixture_rule (self, "second", ALL, "second");
  posture_bus_start (self->bus);
  start (self, "part", only);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (first), ==, 0);
  g_assert_cmpuint (bus_test_target_get_prepared (second), ==, 2);
  replay = look_at (self, "part");
  g_assert_cmpstr (replay->rules[0], ==, "second");
  g_assert_null (replay->rules[1]);
}

/* A replayed event says so: a pattern can leave it out, and what is given up keeps the mark. */
static void
test_mark (BusFixture   *self,
           gconstpointer data)
{
  PostureTarget *never = bus_fixture_add (self, "never", 0, 0, NULL);
  g_autoptr (GPtrArray) letters = NULL;
  PostureDeadLetter *letter;

  bus_fixture_add (self, "dead", BUS_TEST_PERMANENT, 1, NULL);
  put (self, "s");
  bus_fixture_rule (self, "never", "{\"source\":[\"s\"],\"replay-name\":[{\"exists\":false}]}", "never");
  bus_fixture_rule (self, "only", "{\"replay-name\":[\"again\"]}", "dead");
  posture_bus_start (self->bus);
  start (self, "again", no_rules);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (never), ==, 0);
  letters = posture_bus_list_dead_letters (self->bus, 0, 10, NULL);
  g_assert_cmpuint (letters->len, ==, 1);
  letter = g_ptr_array_index (letters, 0);
  g_assert_cmpstr (posture_event_get_replay_name (letter->event), ==, "again");
  g_assert_nonnull (strstr (posture_event_get_text (letter->event),
                            "\"region\":\"local\",\"replay-name\":\"again\",\"resources\":[]"));
}

/* Targets of rules that the program itself needs are left out, whichever rule names them: what they do
 * inside the program is done. Such a rule cannot be asked for either. */
static void
test_own (BusFixture   *self,
          gconstpointer data)
{
  static const char *const targets[] = { "own", NULL };
  static const char *const only[] = { "own-rule", NULL };
  g_autoptr (GError) error = NULL;

  bus_fixture_add (self, "own", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_add (self, "prepared", 0, 0, NULL);
  g_assert_true (posture_bus_put_managed_rule (self->bus, "own-rule", ALL, targets, NULL));
  bus_fixture_rule (self, "other", "{\"source\":[\"x\"]}", "own prepared");
  posture_bus_start (self->bus);
  put_many (self, 2);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
  bus_fixture_rule (self, "other", ALL, "own prepared");
  start (self, "again", no_rules);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_test_effect WHERE target = 'own'"), ==, 2);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_test_effect WHERE target = 'prepared'"), ==, 2);
  g_assert_false (posture_bus_start_replay (self->bus, "more", 0, 1, only, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_MANAGED);
}

/* A replay that is ended takes back what has not arrived; what is under way has no effect. */
static void
test_cancel (BusFixture   *self,
             gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "held", BUS_TEST_HELD | BUS_TEST_DEAF, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReplay) replay = NULL;
  PostureBusMonitor *monitor = posture_bus_monitor_new (self->bus);
  gint64 pending;

  put_many (self, 100);
  bus_fixture_rule (self, "all", ALL, "held");
  posture_bus_start (self->bus);
  start (self, "again", no_rules);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_held (target), ==, 16);
  g_object_get (monitor, "pending", &pending, NULL);
  g_assert_cmpint (pending, >=, 16);
  bus_fixture_advance (self, 1000);
  g_assert_true (posture_bus_cancel_replay (self->bus, "again", NULL));
  bus_fixture_settle (self);
  g_object_get (monitor, "pending", &pending, NULL);
  g_assert_cmpint (pending, ==, 0);
  g_assert_finalize_object (monitor);
  while (bus_test_target_get_held (target) > 0)
    bus_test_target_release (target);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery"), ==, 0);
  replay = look_at (self, "again");
  g_assert_cmpint (replay->state, ==, POSTURE_REPLAY_CANCELLED);
  g_assert_cmpint (replay->ended, ==, BUS_TEST_START + 1000);
  g_assert_false (posture_bus_cancel_replay (self->bus, "again", &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND);
}

/* A replay goes on where it was when the program starts again: each event comes once. */
static void
test_restart (BusFixture   *self,
              gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);
  g_autoptr (PostureReplay) replay = NULL;

  put_many (self, 150);
  bus_fixture_rule (self, "all", ALL, "held");
  posture_bus_start (self->bus);
  start (self, "again", no_rules);
  bus_fixture_settle (self);
  for (guint i = 0; i < 7; i++)
    bus_test_target_release (target);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 7);
  bus_fixture_close (self);
  bus_fixture_open (self);
  bus_fixture_add (self, "held", 0, 0, NULL);
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(DISTINCT event) FROM bus_test_effect"), ==, 150);
  g_assert_cmpint (bus_fixture_effects (self), ==, 150);
  replay = look_at (self, "again");
  g_assert_cmpint (replay->state, ==, POSTURE_REPLAY_COMPLETED);
  g_assert_cmpint (replay->events, ==, 150);
}

/* An archive that is long comes piece by piece: what is put meanwhile does not wait for all of it. */
static void
test_pace (BusFixture   *self,
           gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);
  g_autoptr (PostureReplay) replay = NULL;

  put_many (self, 500);
  bus_fixture_rule (self, "all", ALL, "held");
  posture_bus_start (self->bus);
  start (self, "again", no_rules);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_held (target), ==, 16);
  replay = look_at (self, "again");
  g_assert_cmpint (replay->pending, <, 100);
  g_assert_cmpint (replay->remaining, ==, 500 - replay->events);
}

/* What fails in a replay is as old as the replay, not as its event. */
static void
test_age (BusFixture   *self,
          gconstpointer data)
{
  bus_fixture_add (self, "failing", 0, 1, &posture_retry_policy_default);
  put (self, "s");
  bus_fixture_rule (self, "all", ALL, "failing");
  bus_test_clock_set (BUS_TEST_CLOCK (self->clock), BUS_TEST_START + 3 * DAY);
  posture_bus_start (self->bus);
  start (self, "again", no_rules);
  bus_fixture_settle (self);
  bus_fixture_advance (self, 2000);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_dead_letter"), ==, 0);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
}

/* Events of a group keep their order in a replay, and do not hold up those that are put. */
static void
test_group (BusFixture   *self,
            gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);
  PostureBusEntry entry = { .source = "a", .detail_type = "t", .detail = "{}", .group = "g" };
  g_autofree char *order = NULL;

  g_ptr_array_unref (posture_bus_put (self->bus, &entry, 1, NULL));
  entry.source = "b";
  g_ptr_array_unref (posture_bus_put (self->bus, &entry, 1, NULL));
  bus_fixture_rule (self, "all", ALL, "held");
  posture_bus_start (self->bus);
  start (self, "again", no_rules);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_held (target), ==, 1);
  entry.source = "new";
  g_ptr_array_unref (posture_bus_put (self->bus, &entry, 1, NULL));
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_held (target), ==, 2);
  bus_test_target_release (target);
  bus_fixture_settle (self);
  order = bus_test_target_dup_order (target);
  g_assert_cmpstr (order, ==, "a new b");
}

/* What the archive does not hold any more is left out, and a replay of nothing ends at once. */
static void
test_gone (BusFixture   *self,
           gconstpointer data)
{
  g_autoptr (PostureReplay) replay = NULL;

  bus_fixture_add (self, "prepared", 0, 0, NULL);
  put_many (self, 3);
  g_assert_true (posture_bus_set_archive (self->bus, FALSE, NULL, 0, 0, NULL));
  bus_fixture_rule (self, "all", ALL, "prepared");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  start (self, "again", no_rules);
  bus_fixture_settle (self);
  replay = look_at (self, "again");
  g_assert_cmpint (replay->state, ==, POSTURE_REPLAY_COMPLETED);
  g_assert_cmpint (replay->events, ==, 0);
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
}

static void
assert_refused (BusFixture        *self,
                const char        *name,
                gint64             begin,
                gint64             end,
                const char *const *rules,
                PostureBusError    code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (posture_bus_start_replay (self->bus, name, begin, end, rules, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, (int) code);
}

/* A name is given once, a window is not empty, rules are there and have a pattern, and ten run at most. */
static void
test_refused (BusFixture   *self,
              gconstpointer data)
{
  static const char *const missing[] = { "missing", NULL };
  static const char *const timed[] = { "timed", NULL };
  static const char *const targets[] = { "t", NULL };

  g_assert_true (posture_bus_put_schedule (self->bus, "timed", "rate(1 hour)", targets, NULL));
  start (self, "r0", no_rules);
  assert_refused (self, "r0", 0, 1, no_rules, POSTURE_BUS_ERROR_EXISTS);
  assert_refused (self, "no name", 0, 1, no_rules, POSTURE_BUS_ERROR_VALIDATION);
  assert_refused (self, "r1", 1, 1, no_rules, POSTURE_BUS_ERROR_VALIDATION);
  assert_refused (self, "r1", 0, 1, missing, POSTURE_BUS_ERROR_NOT_FOUND);
  assert_refused (self, "r1", 0, 1, timed, POSTURE_BUS_ERROR_VALIDATION);
  for (guint i = 1; i < POSTURE_REPLAY_MAX_RUNNING; i++)
    {
      g_autofree char *name = g_strdup_printf ("r%u", i);

      start (self, name, no_rules);
    }
  assert_refused (self, "more", 0, 1, no_rules, POSTURE_BUS_ERROR_VALIDATION);
}

/* Replays are listed newest first; 90 days after their end they are forgotten. */
static void
test_list (BusFixture   *self,
           gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) later = NULL;

  posture_bus_start (self->bus);
  start (self, "first", no_rules);
  bus_fixture_advance (self, 1000);
  start (self, "second", no_rules);
  bus_fixture_settle (self);
  list = posture_bus_list_replays (self->bus, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((PostureReplay *) g_ptr_array_index (list, 0))->name, ==, "second");
  bus_test_clock_set (BUS_TEST_CLOCK (self->clock), BUS_TEST_START + 91 * DAY);
  posture_bus_stop (self->bus);
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  later = posture_bus_list_replays (self->bus, NULL);
  g_assert_cmpuint (later->len, ==, 0);
}

/* An event that cannot be read any more does not stop a replay. */
static void
test_damaged (BusFixture   *self,
              gconstpointer data)
{
  g_autoptr (PostureReplay) replay = NULL;

  bus_fixture_add (self, "prepared", 0, 0, NULL);
  put_many (self, 2);
  bus_fixture_run (self, "UPDATE bus_event SET envelope = '{' WHERE sequence = 1");
  bus_fixture_rule (self, "all", ALL, "prepared");
  posture_bus_start (self->bus);
  start (self, "again", no_rules);
  bus_fixture_settle (self);
  replay = look_at (self, "again");
  g_assert_cmpint (replay->state, ==, POSTURE_REPLAY_COMPLETED);
  g_assert_cmpint (replay->events, ==, 2);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
}

/* What waits for a paused rule does not end the replay, and comes when the rule goes on. */
static void
test_paused (BusFixture   *self,
             gconstpointer data)
{
  g_autoptr (PostureReplay) waiting = NULL;
  g_autoptr (PostureReplay) done = NULL;

  bus_fixture_add (self, "prepared", 0, 0, NULL);
  put_many (self, 100);
  bus_fixture_rule (self, "all", ALL, "prepared");
  g_assert_true (posture_bus_set_rule_state (self->bus, "all", POSTURE_RULE_PAUSED, NULL));
  posture_bus_start (self->bus);
  start (self, "again", no_rules);
  bus_fixture_settle (self);
  waiting = look_at (self, "again");
  g_assert_cmpint (waiting->state, ==, POSTURE_REPLAY_RUNNING);
  g_assert_cmpint (waiting->pending, ==, 100);
  g_assert_true (posture_bus_set_rule_state (self->bus, "all", POSTURE_RULE_ENABLED, NULL));
  bus_fixture_settle (self);
  done = look_at (self, "again");
  g_assert_cmpint (done->state, ==, POSTURE_REPLAY_COMPLETED);
  g_assert_cmpint (bus_fixture_effects (self), ==, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/bus/replay/" name, BusFixture, NULL, set_up, func, bus_fixture_tear_down)
  ADD ("all", test_all);
  ADD ("window", test_window);
  ADD ("subset", test_subset);
  ADD ("mark", test_mark);
  ADD ("own", test_own);
  ADD ("cancel", test_cancel);
  ADD ("restart", test_restart);
  ADD ("pace", test_pace);
  ADD ("age", test_age);
  ADD ("group", test_group);
  ADD ("gone", test_gone);
  ADD ("refused", test_refused);
  ADD ("list", test_list);
  ADD ("damaged", test_damaged);
  ADD ("paused", test_paused);
  return g_test_run ();
}
