/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "bus/rule.h"

#include <string.h>

#define ALL "{\"source\":[{\"exists\":true}]}"
#define MINUTE G_GINT64_CONSTANT (60000)

static const char *const one_target[] = { "target", NULL };

static PostureBusFigures
figures (BusFixture *self)
{
  PostureBusFigures result;

  g_assert_true (posture_bus_get_figures (self->bus, &result, NULL));
  return result;
}

static void
set_state (BusFixture      *self,
           const char      *rule,
           PostureRuleState state)
{
  g_autoptr (GError) error = NULL;

  posture_bus_set_rule_state (self->bus, rule, state, &error);
  g_assert_no_error (error);
}

static void
put (BusFixture *self,
     const char *source)
{
  g_autofree char *id = bus_fixture_put (self, source, "{}");

  g_assert_nonnull (id);
}

static char *
put_entry (BusFixture *self,
           const char *source,
           const char *group,
           const char *key)
{
  const PostureBusEntry entry = { .source = source, .detail_type = "Test", .detail = "{}", .group = group, .key = key };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = posture_bus_put (self->bus, &entry, 1, &error);
  const PostureBusResult *result;

  g_assert_no_error (error);
  result = g_ptr_array_index (results, 0);
  return g_strdup (result->error_code != NULL ? result->error_code : result->event_id);
}

static void
put_group (BusFixture *self,
           const char *source,
           const char *group)
{
  g_autofree char *id = put_entry (self, source, group, NULL);

  g_assert_cmpuint (strlen (id), ==, 36);
}

/* Effects of events like these came in the order in which the events were put. */
static void
assert_order (BusFixture *self,
              const char *like)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count(*) FROM (SELECT e.sequence AS now, lag(e.sequence) OVER (ORDER BY f.id) AS before"
    " FROM bus_test_effect AS f JOIN bus_event AS e ON e.id = f.event WHERE e.envelope LIKE '%s')"
    " WHERE now < before", like);

  g_assert_cmpint (bus_fixture_ask (self, sql), ==, 0);
}

/* What a rule matches while it is disabled is not delivered; what it matches while it is paused is,
 * once it is resumed, in the order in which it was put; also after a restart. */
static void
test_states (BusFixture   *self,
             gconstpointer data)
{
  const gboolean direct = GPOINTER_TO_INT (data);

  bus_fixture_add (self, "target", direct ? BUS_TEST_DIRECT : 0, 0, NULL);
  bus_fixture_rule (self, "rule", ALL, "target");
  posture_bus_start (self->bus);
  set_state (self, "rule", POSTURE_RULE_DISABLED);
  put (self, "lost");
  set_state (self, "rule", POSTURE_RULE_PAUSED);
  put (self, "first");
  put (self, "second");
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  g_assert_cmpint (figures (self).pending, ==, 2);
  bus_fixture_close (self);
  bus_fixture_open (self);
  bus_fixture_add (self, "target", direct ? BUS_TEST_DIRECT : 0, 0, NULL);
  bus_fixture_rule (self, "rule", ALL, "target"); /* as at each start; the state stays */
  posture_bus_start (self->bus);
  put (self, "third");
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  set_state (self, "rule", POSTURE_RULE_ENABLED);
  bus_fixture_settle (self);
  bus_fixture_wait_until (figures (self).pending == 0);
  g_assert_cmpint (bus_fixture_effects (self), ==, 3);
  assert_order (self, "%");
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_test_effect AS f JOIN bus_event AS e"
                                          " ON e.id = f.event WHERE envelope LIKE '%\"lost\"%'"), ==, 0);
}

/* A rule that the program needs can be paused and nothing else; one that is not there is told. */
static void
test_managed (BusFixture   *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  g_autoptr (PostureRule) rule = NULL;

  g_assert_true (posture_bus_put_managed_rule (self->bus, "needed", ALL, one_target, NULL));
  g_assert_false (posture_bus_put_rule (self->bus, "needed", ALL, one_target, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_MANAGED);
  g_clear_error (&error);
  g_assert_false (posture_bus_remove_rule (self->bus, "needed", &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_MANAGED);
  g_clear_error (&error);
  g_assert_false (posture_bus_set_rule_state (self->bus, "needed", POSTURE_RULE_DISABLED, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_MANAGED);
  g_clear_error (&error);
  set_state (self, "needed", POSTURE_RULE_PAUSED);
  set_state (self, "needed", POSTURE_RULE_ENABLED);
  g_assert_false (posture_bus_set_rule_state (self->bus, "other", POSTURE_RULE_PAUSED, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (posture_bus_put_rule (self->bus, "no name", ALL, one_target, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION);
  g_clear_error (&error);
  g_assert_false (posture_bus_put_schedule (self->bus, "s", "rate(0 days)", one_target, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION);
  g_clear_error (&error);
  bus_fixture_rule (self, "a", ALL, "target");
  rules = posture_bus_list_rules (self->bus, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rules->len, ==, 2);
  rule = posture_bus_dup_rule (self->bus, "needed", &error);
  g_assert_true (rule->managed);
  g_assert_cmpstr (rule->pattern, ==, ALL);
  g_assert_cmpstr (rule->targets[0], ==, "target");
  g_assert_null (rule->schedule);
}

/* A schedule puts its event each time it is due, for its own targets alone, exactly once. */
static void
test_schedule (BusFixture   *self,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  PostureEvent *event;

  bus_fixture_add (self, "target", 0, 0, NULL);
  bus_fixture_add (self, "other", 0, 0, NULL);
  bus_fixture_rule (self, "everything", ALL, "other");
  g_assert_true (posture_bus_put_schedule (self->bus, "tick", "rate(5 minutes)", one_target, &error));
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  bus_fixture_advance (self, 5 * MINUTE - 1);
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  bus_fixture_advance (self, 1);
  bus_fixture_wait_until (bus_fixture_effects (self) == 1);
  bus_fixture_advance (self, 5 * MINUTE);
  bus_fixture_wait_until (bus_fixture_effects (self) == 2);
  events = posture_bus_list_events (self->bus, 0, 10, &error);
  g_assert_cmpuint (events->len, ==, 2);
  event = ((PostureJournalEntry *) g_ptr_array_index (events, 0))->event;
  g_assert_cmpstr (posture_event_get_source (event), ==, "aws.events");
  g_assert_cmpstr (posture_event_get_detail_type (event), ==, "Scheduled Event");
  g_assert_cmpstr (posture_event_get_resources (event)[0], ==, "arn:posture:events:local::rule/tick");
  g_assert_cmpint (posture_event_get_time (event), ==, BUS_TEST_START + 5 * MINUTE);
}

/* What was missed while nothing ran, or while the rule was paused, is caught up once; what was missed
 * while it was disabled is not. */
static void
test_catch_up (BusFixture   *self,
               gconstpointer data)
{
  bus_fixture_add (self, "target", 0, 0, NULL);
  g_assert_true (posture_bus_put_schedule (self->bus, "tick", "rate(1 hour)", one_target, NULL));
  bus_fixture_close (self);
  bus_fixture_open (self);
  bus_fixture_add (self, "target", 0, 0, NULL);
  bus_fixture_advance (self, 100 * 60 * MINUTE + 1);
  posture_bus_start (self->bus);
  bus_fixture_wait_until (bus_fixture_effects (self) == 1);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT next FROM bus_rule"), ==, BUS_TEST_START + 101 * 60 * MINUTE);
  set_state (self, "tick", POSTURE_RULE_PAUSED);
  bus_fixture_advance (self, 3 * 60 * MINUTE);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  set_state (self, "tick", POSTURE_RULE_ENABLED);
  bus_fixture_wait_until (bus_fixture_effects (self) == 2);
  set_state (self, "tick", POSTURE_RULE_DISABLED);
  bus_fixture_advance (self, 3 * 60 * MINUTE);
  set_state (self, "tick", POSTURE_RULE_ENABLED);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
  bus_fixture_advance (self, 60 * MINUTE);
  bus_fixture_wait_until (bus_fixture_effects (self) == 3);
}

/* The clock is set while nothing runs. */
static void
reopen (BusFixture *self,
        gint64      passed)
{
  bus_fixture_close (self);
  bus_fixture_open (self);
  bus_fixture_add (self, "target", 0, 0, NULL);
  bus_fixture_advance (self, passed);
  posture_bus_start (self->bus);
}

/* A rule that ran, or was made, while the clock was years ahead goes on in its rhythm once that is put right; a clock
 * that is put back a little makes nothing run twice. */
static void
test_clock_ahead (BusFixture   *self,
                  gconstpointer data)
{
  const gint64 hour = 60 * MINUTE, years = 2 * 365 * 24 * hour;

  bus_fixture_add (self, "target", 0, 0, NULL);
  g_assert_true (posture_bus_put_schedule (self->bus, "tick", "rate(1 hour)", one_target, NULL));
  posture_bus_start (self->bus);
  bus_fixture_advance (self, hour + 1);
  bus_fixture_wait_until (bus_fixture_effects (self) == 1);
  bus_fixture_settle (self);
  reopen (self, -2);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT next FROM bus_rule"), ==, BUS_TEST_START + 2 * hour);
  reopen (self, years);
  bus_fixture_wait_until (bus_fixture_effects (self) == 2);
  g_assert_true (posture_bus_put_schedule (self->bus, "later", "cron(0 8 * * ? *)", one_target, NULL));
  g_assert_true (posture_bus_put_schedule (self->bus, "latest", "rate(2 hours)", one_target, NULL));
  bus_fixture_settle (self);
  reopen (self, -years);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT next FROM bus_rule WHERE name = 'tick'"), ==,
                   BUS_TEST_START + hour);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT next FROM bus_rule WHERE name = 'latest'"), ==,
                   BUS_TEST_START + 3 * hour - 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT max(next) FROM bus_rule"), <, BUS_TEST_START + 26 * hour);
  bus_fixture_advance (self, hour);
  bus_fixture_wait_until (bus_fixture_effects (self) >= 3);
}

/* Within a group the order is kept although the first one fails; other groups, and what has none, go on. */
static void
test_groups (BusFixture   *self,
             gconstpointer data)
{
  const PostureRetryPolicy policy = { .max_attempts = 100, .max_age = 10000 * MINUTE, .base_delay = MINUTE,
                                      .max_delay = MINUTE };
  const BusTestFlags flags = GPOINTER_TO_INT (data) ? BUS_TEST_DIRECT : 0;
  PostureTarget *target = bus_fixture_add (self, "target", flags, 3, &policy);

  bus_fixture_rule (self, "rule", ALL, "target");
  posture_bus_start (self->bus);
  put_group (self, "a1", "a");
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT min(attempts) FROM bus_delivery"), >=, 1);
  bus_test_target_set_failures (target, 0);
  put_group (self, "a2", "a");
  put_group (self, "b1", "b");
  put_group (self, "c1", NULL);
  put_group (self, "a3", "a");
  bus_fixture_settle (self);
  bus_fixture_wait_until (bus_fixture_effects (self) >= 2);
  bus_fixture_settle (self);
  /* the pause of a1 may be over already when it is drawn short */
  if (figures (self).retrying == 1)
    g_assert_cmpint (bus_fixture_effects (self), ==, 2);
  while (figures (self).pending > 0)
    bus_fixture_advance (self, MINUTE);
  g_assert_cmpint (bus_fixture_effects (self), ==, 5);
  assert_order (self, "%\"source\":\"a_\"%");
}

/* What was given up holds nothing up. */
static void
test_group_after_dead_letter (BusFixture   *self,
                              gconstpointer data)
{
  bus_fixture_add (self, "target", BUS_TEST_PERMANENT, 1, NULL);
  bus_fixture_rule (self, "rule", ALL, "target");
  put_group (self, "a1", "a");
  put_group (self, "a2", "a");
  posture_bus_start (self->bus);
  bus_fixture_wait_until (bus_fixture_effects (self) == 1);
  g_assert_cmpint (figures (self).dead, ==, 1);
}

/* The same key within five minutes is the same event; later it is another one. Forgotten is forgotten. */
static void
test_keys (BusFixture   *self,
           gconstpointer data)
{
  g_autofree char *first = put_entry (self, "s", NULL, "k");
  g_autofree char *again = put_entry (self, "t", NULL, "k");
  g_autofree char *other = put_entry (self, "s", NULL, "l");
  g_autofree char *name = g_strnfill (129, 'x');
  g_autofree char *refused = put_entry (self, "s", NULL, name);
  g_autofree char *refused_group = put_entry (self, "s", name, NULL);
  g_autofree char *empty = put_entry (self, "s", "", NULL);
  g_autofree char *in_time = NULL, *late = NULL;
  const PostureBusEntry twice[] = {
    { .source = "s", .detail_type = "t", .detail = "{}", .key = "m" },
    { .source = "s", .detail_type = "t", .detail = "{}", .key = "m" },
  };
  g_autoptr (GPtrArray) results = NULL;

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpstr (refused, ==, "InvalidArgument");
  g_assert_cmpstr (refused_group, ==, "InvalidArgument");
  g_assert_cmpstr (empty, ==, "InvalidArgument");
  g_assert_cmpint (figures (self).events, ==, 2);
  bus_fixture_advance (self, 5 * MINUTE - 1);
  in_time = put_entry (self, "s", NULL, "k");
  g_assert_cmpstr (first, ==, in_time);
  bus_fixture_advance (self, 1);
  late = put_entry (self, "s", NULL, "k");
  g_assert_cmpstr (first, !=, late);
  results = posture_bus_put (self->bus, twice, 2, NULL);
  g_assert_cmpstr (((PostureBusResult *) results->pdata[0])->event_id, ==,
                   ((PostureBusResult *) results->pdata[1])->event_id);
  g_assert_cmpint (figures (self).events, ==, 4);
}

/* Dead letters are tried again, one or all, or purged. */
static void
test_dead_letters (BusFixture   *self,
                   gconstpointer data)
{
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  bus_fixture_add (self, "target", BUS_TEST_PERMANENT, 4, NULL);
  bus_fixture_rule (self, "rule", ALL, "target");
  posture_bus_start (self->bus);
  for (guint i = 0; i < 4; i++)
    put (self, "a");
  bus_fixture_wait_until (figures (self).dead == 4);
  letters = posture_bus_list_dead_letters (self->bus, 0, 10, &error);
  g_assert_true (posture_bus_retry_dead_letter (self->bus, ((PostureDeadLetter *) letters->pdata[1])->id, &count, &error));
  g_assert_cmpint (count, ==, 1);
  bus_fixture_wait_until (bus_fixture_effects (self) == 1);
  g_assert_cmpint (figures (self).dead, ==, 3);
  g_assert_false (posture_bus_retry_dead_letter (self->bus, 12345, NULL, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (posture_bus_purge_dead_letter (self->bus, ((PostureDeadLetter *) letters->pdata[0])->id, &count, &error));
  g_assert_cmpint (figures (self).dead, ==, 2);
  g_assert_true (posture_bus_retry_dead_letter (self->bus, 0, &count, &error));
  g_assert_cmpint (count, ==, 2);
  bus_fixture_wait_until (bus_fixture_effects (self) == 3);
  g_assert_true (posture_bus_purge_dead_letter (self->bus, 0, &count, &error));
  g_assert_cmpint (count, ==, 0);
  g_assert_cmpint (figures (self).dead, ==, 0);
}

/* A dead letter of a rule that is paused, one with a schedule, too, waits for it when it is tried again. */
static void
test_dead_letter_paused (BusFixture   *self,
                         gconstpointer scheduled)
{
  bus_fixture_add (self, "target", BUS_TEST_DIRECT | BUS_TEST_PERMANENT, 1, NULL);
  if (scheduled != NULL)
    g_assert_true (posture_bus_put_schedule (self->bus, "rule", "rate(5 minutes)", one_target, NULL));
  else
    bus_fixture_rule (self, "rule", ALL, "target");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  if (scheduled != NULL)
    bus_fixture_advance (self, 5 * MINUTE);
  else
    put (self, "a");
  bus_fixture_wait_until (figures (self).dead == 1);
  g_assert_true (posture_bus_set_rule_state (self->bus, "rule", POSTURE_RULE_PAUSED, NULL));
  g_assert_true (posture_bus_retry_dead_letter (self->bus, 0, NULL, NULL));
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  g_assert_cmpint (figures (self).dead, ==, 0);
  g_assert_true (posture_bus_set_rule_state (self->bus, "rule", POSTURE_RULE_ENABLED, NULL));
  bus_fixture_wait_until (bus_fixture_effects (self) == 1);
}

#define add(path, data, func) \
  g_test_add (path, BusFixture, data, bus_fixture_set_up, func, bus_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/bus-rules/states", GINT_TO_POINTER (FALSE), test_states);
  add ("/bus-rules/states-direct", GINT_TO_POINTER (TRUE), test_states);
  add ("/bus-rules/managed", NULL, test_managed);
  add ("/bus-rules/schedule", NULL, test_schedule);
  add ("/bus-rules/clock-ahead", NULL, test_clock_ahead);
  add ("/bus-rules/catch-up", NULL, test_catch_up);
  add ("/bus-rules/groups", GINT_TO_POINTER (FALSE), test_groups);
  add ("/bus-rules/groups-direct", GINT_TO_POINTER (TRUE), test_groups);
  add ("/bus-rules/group-after-dead-letter", NULL, test_group_after_dead_letter);
  add ("/bus-rules/keys", NULL, test_keys);
  add ("/bus-rules/dead-letters", NULL, test_dead_letters);
  add ("/bus-rules/dead-letter-paused", NULL, test_dead_letter_paused);
  add ("/bus-rules/dead-letter-paused-schedule", "schedule", test_dead_letter_paused);
  return g_test_run ();
}
