/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "store/failpoint.h"
#include "store/store-error.h"

#define ALL "{\"source\":[{\"exists\":true}]}"
#define DAY (24 * G_GINT64_CONSTANT (3600000))

static void
put (BusFixture *self)
{
  g_autofree char *id = bus_fixture_put (self, "a", "{}");

  g_assert_nonnull (id);
}

/* A bus that runs, with one target and a rule for everything. */
static PostureTarget *
set_up (BusFixture               *self,
        BusTestFlags              flags,
        guint                     failures,
        const PostureRetryPolicy *policy)
{
  PostureTarget *target = bus_fixture_add (self, "target", flags, failures, policy);

  bus_fixture_rule (self, "rule", ALL, "target");
  posture_bus_start (self->bus);
  return target;
}

static PostureBusFigures
figures (BusFixture *self)
{
  PostureBusFigures result;

  g_assert_true (posture_bus_get_figures (self->bus, &result, NULL));
  return result;
}

static gint64
attempts (BusFixture *self)
{
  return bus_fixture_ask (self, "SELECT sum(attempts) FROM bus_delivery");
}

/* What is due earlier than all that was known moves the one timeout there is; none is left at the end. */
static void
test_earlier (BusFixture   *self,
              gconstpointer data)
{
  g_autofree char *sooner = g_strdup_printf ("UPDATE bus_delivery SET due = %" G_GINT64_FORMAT,
                                             bus_fixture_now (self) + 1);

  set_up (self, 0, 2, &bus_test_policy);
  put (self);
  bus_fixture_settle (self);
  g_assert_cmpint (figures (self).retrying, ==, 1);
  bus_fixture_run (self, sooner);
  put (self);
  bus_fixture_settle (self);
  g_assert_cmpint (figures (self).retrying, ==, 2);
}

/* The n-th pause is drawn from 0 to base · 2^(n-1), at most the longest; nothing is tried before it is
 * over, and not all pauses are the same. */
static void
test_pauses (BusFixture   *self,
             gconstpointer data)
{
  const PostureRetryPolicy policy = { .max_attempts = 1000, .max_age = 10 * DAY, .base_delay = 1000,
                                      .max_delay = 64000 };
  PostureTarget *target = set_up (self, 0, 25, &policy);
  gint64 longest = 0, first_long = 0;
  gboolean differ = FALSE;

  put (self);
  bus_fixture_settle (self);
  while (figures (self).pending > 0)
    {
      guint tried = bus_test_target_get_prepared (target);
      gint64 limit = MIN (G_GINT64_CONSTANT (1000) << MIN (attempts (self) - 1, 20), 64000);
      gint64 pause = bus_fixture_ask (self, "SELECT due FROM bus_delivery") - bus_fixture_now (self);

      g_assert_cmpint (attempts (self), ==, tried);
      g_assert_cmpint (figures (self).retrying, ==, 1);
      g_assert_cmpint (pause, >=, 0);
      g_assert_cmpint (pause, <=, limit);
      if (limit == 64000)
        {
          differ = differ || (first_long > 0 && pause != first_long);
          first_long = pause;
        }
      longest = MAX (longest, pause);
      bus_fixture_advance (self, pause - 1);
      g_assert_cmpuint (bus_test_target_get_prepared (target), ==, tried);
      bus_fixture_advance (self, 1);
      g_assert_cmpuint (bus_test_target_get_prepared (target), >, tried);
    }
  g_assert_true (differ);
  g_assert_cmpint (longest, >, 1000);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 26);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
}

/* A delivery is tried as often as the policy says, also across a restart; then it is a dead letter that
 * tells event, rule, target, attempts and the last reason. */
static void
test_max_attempts (BusFixture   *self,
                   gconstpointer data)
{
  const PostureRetryPolicy policy = { .max_attempts = 4, .max_age = DAY, .base_delay = 1000,
                                      .max_delay = 1000 };
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (GError) error = NULL;
  PostureTarget *target = set_up (self, 0, 100, &policy);
  PostureDeadLetter *letter;

  id = bus_fixture_put (self, "a", "{\"n\":1}");
  bus_fixture_settle (self);
  while (attempts (self) < 2)
    bus_fixture_pass_pause (self);
  bus_fixture_close (self);
  bus_fixture_open (self);
  target = set_up (self, 0, 100, &policy);
  bus_fixture_settle (self);
  while (figures (self).pending > 0)
    bus_fixture_pass_pause (self);
  g_assert_cmpuint (bus_test_target_get_prepared (target), <=, 2);
  g_assert_cmpint (figures (self).dead, ==, 1);
  letters = posture_bus_list_dead_letters (self->bus, 0, 10, &error);
  g_assert_no_error (error);
  letter = g_ptr_array_index (letters, 0);
  g_assert_cmpstr (posture_event_get_id (letter->event), ==, id);
  g_assert_cmpstr (letter->rule, ==, "rule");
  g_assert_cmpstr (letter->target, ==, "target");
  g_assert_cmpuint (letter->attempts, ==, 4);
  g_assert_cmpstr (letter->reason, ==, "target cannot");
  g_assert_cmpint (letter->time, ==, bus_fixture_now (self));
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
}

/* Nothing is tried later than the policy allows after the event was put. */
static void
test_max_age (BusFixture   *self,
              gconstpointer data)
{
  const PostureRetryPolicy policy = { .max_attempts = 100000, .max_age = 5000, .base_delay = 2000,
                                      .max_delay = 2000 };
  g_autoptr (GPtrArray) letters = NULL;
  PostureDeadLetter *letter;

  set_up (self, 0, 100000, &policy);
  put (self);
  bus_fixture_settle (self);
  while (figures (self).pending > 0)
    bus_fixture_pass_pause (self);
  letters = posture_bus_list_dead_letters (self->bus, 0, 10, NULL);
  g_assert_cmpuint (letters->len, ==, 1);
  letter = g_ptr_array_index (letters, 0);
  g_assert_cmpint (letter->time, <=, BUS_TEST_START + 5000);
  g_assert_cmpint (letter->time, >, BUS_TEST_START);
  g_assert_cmpuint (letter->attempts, >, 1);
}

static void
dead_cb (PostureStore *store,
         const char   *topic,
         const char   *key,
         gpointer      data)
{
  g_assert_cmpstr (key, ==, "target");
  (*(guint *) data)++;
}

/* A refusal that is permanent is not tried again, be the target direct or not. */
static void
test_permanent (BusFixture   *self,
                gconstpointer data)
{
  const BusTestFlags flags[] = { BUS_TEST_PERMANENT, BUS_TEST_PERMANENT | BUS_TEST_DIRECT };
  guint told = 0;

  g_signal_connect (self->store, "changed::bus.dead", G_CALLBACK (dead_cb), &told);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (GPtrArray) letters = NULL;

      set_up (self, flags[i], 1, NULL);
      put (self);
      bus_fixture_settle (self);
      letters = posture_bus_list_dead_letters (self->bus, 0, 10, NULL);
      g_assert_cmpuint (letters->len, ==, i + 1);
      g_assert_cmpuint (((PostureDeadLetter *) g_ptr_array_index (letters, i))->attempts, ==, 1);
      g_assert_cmpint (figures (self).pending, ==, 0);
      g_assert_cmpuint (told, ==, i + 1);
    }
  g_signal_handlers_disconnect_by_func (self->store, dead_cb, &told);
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
}

/* A target that nobody has added may come later. */
static void
test_unknown_target (BusFixture   *self,
                     gconstpointer data)
{
  bus_fixture_rule (self, "rule", ALL, "late");
  posture_bus_start (self->bus);
  put (self);
  bus_fixture_settle (self);
  g_assert_cmpint (attempts (self), >=, 1);
  bus_fixture_add (self, "late", 0, 0, NULL);
  while (figures (self).pending > 0)
    bus_fixture_pass_pause (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
}

/* A row that contradicts its table is the target's own fault: it is counted and given up. */
static void
test_constraint (BusFixture   *self,
                 gconstpointer data)
{
  const PostureRetryPolicy policy = { .max_attempts = 2, .max_age = DAY, .base_delay = 1000,
                                      .max_delay = 1000 };
  const BusTestFlags flags[] = { BUS_TEST_CONSTRAINT, BUS_TEST_CONSTRAINT | BUS_TEST_DIRECT };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      set_up (self, flags[i], 0, &policy);
      put (self);
      bus_fixture_settle (self);
      while (figures (self).pending > 0)
        bus_fixture_pass_pause (self);
      g_assert_cmpint (figures (self).dead, ==, i + 1);
    }
}

/* A cancellation that nobody asked for is a failure like any other. */
static void
test_cancels_itself (BusFixture   *self,
                     gconstpointer data)
{
  PostureTarget *target = set_up (self, BUS_TEST_SELF_CANCEL, 1, &bus_test_policy);

  put (self);
  bus_fixture_settle (self);
  g_assert_cmpint (attempts (self), ==, 1);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 1);
  bus_fixture_pass_pause (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
}

#if POSTURE_FAILPOINTS
/* No room on the disk, wherever it shows, costs no attempt; when there is room it goes on, after pauses
 * that grow from a second to a minute. */
static void
test_full (BusFixture   *self,
           gconstpointer data)
{
  static const char *const failpoints[] = {
    "sql.delete.bus_delivery=full", "sql.insert.bus_test_effect=full", "sql.insert.bus_test_effect=error",
  };

  set_up (self, 0, 0, NULL);
  bus_fixture_settle (self); /* what is done in the beginning runs into no failpoint */
  for (guint i = 0; i < G_N_ELEMENTS (failpoints); i++)
    {
      gint64 expected = 1000, passed = 0;

      for (guint round = 0; round < 8; round++)
        {
          posture_failpoint_arm (failpoints[i]);
          if (round == 0)
            put (self);
          bus_fixture_advance (self, passed);
          g_assert_cmpint (bus_test_clock_next (BUS_TEST_CLOCK (self->clock)) - bus_fixture_now (self), ==,
                           expected);
          g_assert_cmpint (figures (self).pending, ==, 1);
          g_assert_cmpint (attempts (self), ==, 0);
          passed = expected;
          expected = MIN (expected * 2, 60000);
        }
      posture_failpoint_arm (NULL);
      bus_fixture_advance (self, 60000);
      g_assert_cmpint (bus_fixture_effects (self), ==, i + 1);
    }
}

/* When a failure cannot be noted, it is not: the attempt is made again. */
static void
test_full_on_failure (BusFixture   *self,
                      gconstpointer data)
{
  PostureRetryPolicy policy = bus_test_policy;
  PostureTarget *target;

  policy.max_attempts = 2;
  target = set_up (self, 0, 2, &policy);
  posture_failpoint_arm ("sql.update.bus_delivery=full");
  put (self);
  bus_fixture_settle (self);
  g_assert_cmpint (attempts (self), ==, 0);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 1);
  bus_fixture_advance (self, 1000);
  g_assert_cmpint (attempts (self), ==, 1);
  bus_fixture_pass_pause (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);

  bus_test_target_set_failures (target, 2);
  put (self);
  bus_fixture_settle (self);
  posture_failpoint_arm ("sql.insert.bus_dead_letter=full");
  bus_fixture_pass_pause (self);
  g_assert_cmpint (attempts (self), ==, 1);
  g_assert_cmpint (figures (self).dead, ==, 0);
  bus_fixture_advance (self, 1000);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
}

/* A direct target whose transaction cannot hold it is left to the dispatcher, at no cost. */
static void
test_full_direct (BusFixture   *self,
                  gconstpointer data)
{
  static const char *const failpoints[] = {
    "sql.insert.bus_test_effect=full", "sql.insert.bus_test_effect=error",
  };

  set_up (self, BUS_TEST_DIRECT, 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (failpoints); i++)
    {
      posture_failpoint_arm (failpoints[i]);
      put (self);
      g_assert_cmpint (bus_fixture_effects (self), ==, i);
      g_assert_cmpint (attempts (self), ==, 0);
      bus_fixture_settle (self);
      g_assert_cmpint (bus_fixture_effects (self), ==, i + 1);
    }
}

/* When the store fails at one of several that come in one put, those before it have no effect yet either: each has it
 * once, later. */
static void
test_full_direct_second (BusFixture   *self,
                         gconstpointer data)
{
  static const char *const failpoints[] = { "sql.insert.bus_test_effect:1=full", "sql.insert.bus_test_effect:1=error" };
  const PostureBusEntry entries[] = { { .source = "s", .detail_type = "t", .detail = "{}" },
                                      { .source = "s", .detail_type = "t", .detail = "{}" } };

  set_up (self, BUS_TEST_DIRECT, 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (failpoints); i++)
    {
      posture_failpoint_arm (failpoints[i]);
      g_ptr_array_unref (posture_bus_put (self->bus, entries, 2, NULL));
      g_assert_cmpint (bus_fixture_effects (self), ==, 2 * i);
      g_assert_cmpint (figures (self).pending, ==, 2);
      bus_fixture_settle (self);
      g_assert_cmpint (bus_fixture_effects (self), ==, 2 * i + 2);
    }
}

/* One failure of the store among many deliveries does not leave the rest waiting. */
static void
test_full_once (BusFixture   *self,
                gconstpointer data)
{
  bus_fixture_add (self, "target", 0, 1000, NULL);
  bus_fixture_rule (self, "rule", ALL, "target");
  for (guint i = 0; i < 40; i++)
    put (self);
  posture_failpoint_arm ("sql.update.bus_delivery=full");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpint (figures (self).retrying, ==, 40);
}

/* A put for which there is no room puts nothing and says so. */
static void
test_full_put (BusFixture   *self,
               gconstpointer data)
{
  static const char *const failpoints[] = {
    "sql.insert.bus_event=full", "sql.insert.bus_resource=full", "sql.insert.bus_delivery=full",
  };
  static const char *const resources[] = { "r", NULL };
  const PostureBusEntry entry = { .source = "s", .detail_type = "t", .detail = "{}", .resources = resources };

  set_up (self, 0, 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (failpoints); i++)
    {
      g_autoptr (GError) error = NULL;

      posture_failpoint_arm (failpoints[i]);
      g_assert_null (posture_bus_put (self->bus, &entry, 1, &error));
      g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL);
      g_assert_cmpint (figures (self).events, ==, 0);
      g_assert_cmpint (figures (self).pending, ==, 0);
    }
}
#endif

static gboolean
limit_func (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  gint64 pages;

  return posture_transaction_query_int (transaction, &pages, error, "PRAGMA max_page_count = 1", NULL);
}

static gboolean
fill_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  return posture_transaction_execute (transaction, error,
                                      "INSERT INTO bus_test_effect (target, event) VALUES ('fill', '"
                                      "01234567-0123-0123-0123-012345678901')", NULL);
}

static gboolean
widen_func (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  gint64 pages;

  return posture_transaction_query_int (transaction, &pages, error, "PRAGMA max_page_count = 1000000", NULL);
}

/* With a file that really cannot grow, many deliveries fail together: they make one pause, not many, and
 * all go on when there is room. */
static void
test_full_for_real (BusFixture   *self,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 fill;

  bus_fixture_add (self, "target", 0, 0, NULL);
  bus_fixture_rule (self, "rule", ALL, "target");
  for (guint i = 0; i < 20; i++)
    put (self);
  g_assert_true (posture_store_write (self->store, limit_func, NULL, NULL, NULL));
  while (posture_store_write (self->store, fill_func, NULL, NULL, &error))
    ;
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL);
  fill = bus_fixture_effects (self);
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, fill);
  g_assert_cmpint (figures (self).pending, ==, 20);
  g_assert_cmpint (figures (self).retrying, ==, 0);
  g_assert_cmpint (bus_test_clock_next (BUS_TEST_CLOCK (self->clock)) - bus_fixture_now (self), ==, 1000);
  bus_fixture_advance (self, 1000);
  g_assert_cmpint (bus_test_clock_next (BUS_TEST_CLOCK (self->clock)) - bus_fixture_now (self), ==, 2000);
  g_assert_true (posture_store_write (self->store, widen_func, NULL, NULL, NULL));
  bus_fixture_advance (self, 2000);
  g_assert_cmpint (bus_fixture_effects (self), ==, fill + 20);
  g_assert_cmpint (figures (self).pending, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/bus/retry/" name, BusFixture, NULL, bus_fixture_set_up, func, bus_fixture_tear_down)
  ADD ("earlier", test_earlier);
  ADD ("pauses", test_pauses);
  ADD ("max-attempts", test_max_attempts);
  ADD ("max-age", test_max_age);
  ADD ("permanent", test_permanent);
  ADD ("unknown-target", test_unknown_target);
  ADD ("constraint", test_constraint);
  ADD ("cancels-itself", test_cancels_itself);
  ADD ("full-for-real", test_full_for_real);
#if POSTURE_FAILPOINTS
  ADD ("full", test_full);
  ADD ("full-on-failure", test_full_on_failure);
  ADD ("full-direct", test_full_direct);
  ADD ("full-direct-second", test_full_direct_second);
  ADD ("full-once", test_full_once);
  ADD ("full-put", test_full_put);
#endif
  return g_test_run ();
}
