/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Targets that work something out about an event: in the transaction that puts it if that is quick, in
 * one of their own if not. */

#include "config.h"

#include "bus-fixture.h"

#include "store/failpoint.h"

#include <pthread.h>

#define ALL "{\"source\":[{\"exists\":true}]}"
#define LONG (60 * G_TIME_SPAN_SECOND)

#define TEST_TYPE_COMPUTER (test_computer_get_type ())
G_DECLARE_FINAL_TYPE (TestComputer, test_computer, TEST, COMPUTER, GObject)

struct _TestComputer
{
  GObject parent_instance;

  gint computed;
  gint elsewhere; /* of them not on the store thread */
  guint pause;    /* in microseconds */
  GMutex mutex; /* guards what follows */
  GCond cond;
  gboolean held;
  guint failures;

  const char *refused; /* an event of this source, as often as said */
  guint refusals;
};

static gboolean
is_store_thread (void)
{
  char name[16];

  g_assert_cmpint (pthread_getname_np (pthread_self (), name, sizeof name), ==, 0);
  return g_str_equal (name, "posture-store");
}

static gpointer
test_computer_compute (PostureTarget *target,
                       PostureEvent  *event,
                       GError       **error)
{
  TestComputer *self = TEST_COMPUTER (target);
  gboolean fails;

  g_atomic_int_inc (&self->computed);
  if (!is_store_thread ())
    g_atomic_int_inc (&self->elsewhere);
  if (self->pause > 0)
    g_usleep (self->pause);
  g_mutex_lock (&self->mutex);
  while (self->held)
    g_cond_wait (&self->cond, &self->mutex);
  fails = self->failures > 0;
  self->failures -= fails;
  g_mutex_unlock (&self->mutex);
  if (!fails)
    return g_strdup (posture_event_get_id (event));
  g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED, "not now");
  return NULL;
}

static gboolean
test_computer_commit (PostureTarget      *target,
                      PostureTransaction *transaction,
                      PostureEvent       *event,
                      gpointer            outcome,
                      GError            **error)
{
  TestComputer *self = TEST_COMPUTER (target);

  g_assert_cmpstr (outcome, ==, posture_event_get_id (event));
  if (!posture_transaction_execute (transaction, error,
                                    "INSERT INTO bus_test_effect (target, event) VALUES (?1, ?2)", "tt",
                                    "computer", outcome))
    return FALSE;
  if (self->refusals == 0 || g_strcmp0 (posture_event_get_source (event), self->refused) != 0)
    return TRUE;
  self->refusals--;
  g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED, "not now");
  return FALSE;
}

static gint freed;

static void
free_outcome (gpointer outcome)
{
  g_atomic_int_inc (&freed);
  g_free (outcome);
}

static void
test_computer_target_init (PostureTargetInterface *iface)
{
  iface->compute = test_computer_compute;
  iface->free_outcome = free_outcome;
  iface->commit = test_computer_commit;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestComputer, test_computer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET, test_computer_target_init))

static void
test_computer_class_init (TestComputerClass *klass)
{
}

static void
test_computer_init (TestComputer *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
}

static void
hold (TestComputer *self,
      gboolean      held)
{
  g_mutex_lock (&self->mutex);
  self->held = held;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static TestComputer *
start (BusFixture *self,
       gint64      patience)
{
  TestComputer *computer = g_object_new (TEST_TYPE_COMPUTER, NULL);

  posture_bus_add_target (self->bus, "computer", POSTURE_TARGET (computer), &bus_test_policy);
  bus_fixture_rule (self, "all", ALL, "computer");
  posture_bus_set_patience (self->bus, patience);
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  return computer;
}

static gint64
pending (BusFixture *self)
{
  return bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery");
}

/* What is ready in time is in the transaction of the put, and nothing is left to do. */
static void
test_in_time (BusFixture   *self,
              gconstpointer data)
{
  g_autoptr (TestComputer) computer = start (self, LONG);
  PostureStoreStatistics before, after;

  g_assert_false (posture_target_is_direct (POSTURE_TARGET (computer)));
  g_assert_true (posture_target_computes (POSTURE_TARGET (computer)));
  posture_store_get_statistics (self->store, &before);
  g_free (bus_fixture_put (self, "a", "{}"));
  posture_store_get_statistics (self->store, &after);
  g_assert_cmpuint (after.commits - before.commits, ==, 1);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpint (pending (self), ==, 0);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpint (computer->computed, ==, 1);
}

/* Puts events until one is computed on the store thread. */
static void
put_until_quick (BusFixture   *self,
                 TestComputer *computer)
{
  gint elsewhere;
  guint puts = 0;

  do
    {
      elsewhere = computer->elsewhere;
      g_free (bus_fixture_put (self, "a", "{}"));
      g_assert_cmpuint (++puts, <, 100000);
    }
  while (computer->elsewhere > elsewhere);
  g_assert_cmpint (computer->elsewhere, >, 0);
}

/* A target that has been quick computes on the store thread, which would wait for another one longer: but not what is
 * long. */
static void
test_quick (BusFixture   *self,
            gconstpointer data)
{
  g_autoptr (TestComputer) computer = start (self, LONG);
  g_autofree char *filler = g_strnfill (5000, 'x');
  g_autofree char *detail = g_strdup_printf ("{\"text\":\"%s\"}", filler);
  gint elsewhere;

  put_until_quick (self, computer);
  elsewhere = computer->elsewhere;
  g_free (bus_fixture_put (self, "a", detail));
  g_assert_cmpint (computer->elsewhere, ==, elsewhere + 1);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, computer->computed);
}

/* One that takes long once may do so again: it does not compute there for a long time, however quick it is. */
static void
test_seldom_slow (BusFixture   *self,
                  gconstpointer data)
{
  g_autoptr (TestComputer) computer = start (self, LONG);
  gint elsewhere;

  put_until_quick (self, computer);
  computer->pause = 20000;
  g_free (bus_fixture_put (self, "a", "{}"));
  computer->pause = 0;
  elsewhere = computer->elsewhere;
  for (guint i = 0; i < 200; i++)
    g_free (bus_fixture_put (self, "a", "{}"));
  g_assert_cmpint (computer->elsewhere, ==, elsewhere + 200);
  put_until_quick (self, computer);
}

/* What takes longer holds nobody up; it is worked out once all the same, and has its effect once. */
static void
test_late (BusFixture   *self,
           gconstpointer data)
{
  g_autoptr (TestComputer) computer = start (self, 0);

  freed = 0;
  hold (computer, TRUE);
  g_free (bus_fixture_put (self, "a", "{}"));
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  g_assert_cmpint (pending (self), ==, 1);
  g_free (bus_fixture_put (self, "b", "{}"));
  g_assert_cmpint (pending (self), ==, 2);
  hold (computer, FALSE);
  while (bus_fixture_effects (self) < 2)
    g_main_context_iteration (NULL, FALSE);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
  g_assert_cmpint (pending (self), ==, 0);
  g_assert_cmpint (computer->computed, ==, 2);
  /* nothing of it is kept */
  bus_fixture_wait_until (g_atomic_int_get (&freed) == 2);
}

/* A failure counts as an attempt; the next one works it out anew. */
static void
test_fails (BusFixture   *self,
            gconstpointer data)
{
  g_autoptr (TestComputer) computer = start (self, LONG);

  computer->failures = 1;
  g_free (bus_fixture_put (self, "a", "{}"));
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT attempts FROM bus_delivery"), ==, 1);
  bus_fixture_settle (self);
  bus_fixture_pass_pause (self);
  while (bus_fixture_effects (self) < 1)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (pending (self), ==, 0);
  g_assert_cmpint (computer->computed, ==, 2);
}

/* An event that is forgotten while it is being worked on has no effect. */
static void
test_forgotten (BusFixture   *self,
                gconstpointer data)
{
  const char *resources[] = { "thing", NULL };
  PostureBusEntry entry = { .source = "a", .detail_type = "Test", .detail = "{}", .resources = resources };
  g_autoptr (TestComputer) computer = start (self, 0);
  g_autoptr (GPtrArray) results = NULL;

  hold (computer, TRUE);
  results = posture_bus_put (self->bus, &entry, 1, NULL);
  g_assert_cmpint (pending (self), ==, 1);
  g_assert_true (posture_store_write (self->store, bus_fixture_forget_func, self->bus, NULL, NULL));
  hold (computer, FALSE);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 0);
}

static gboolean
put_and_fail_func (PostureTransaction *transaction,
                   gpointer            data,
                   GError            **error)
{
  PostureBusEntry entry = { .source = "lost", .detail_type = "Test", .detail = "{}" };
  g_autoptr (GPtrArray) results = posture_bus_put_in (data, transaction, &entry, 1, error);

  g_assert_nonnull (results);
  g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED, "taken back");
  return FALSE;
}

/* What was taken back is delivered to nobody, though the next event gets its numbers. */
static void
test_taken_back (BusFixture   *self,
                 gconstpointer data)
{
  g_autoptr (TestComputer) computer = start (self, LONG);
  g_autofree char *id = NULL;
  g_autofree char *sql = NULL;

  g_assert_false (posture_store_write (self->store, put_and_fail_func, self->bus, NULL, NULL));
  id = bus_fixture_put (self, "a", "{}");
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  sql = g_strdup_printf ("SELECT count(*) FROM bus_test_effect WHERE event = '%s'", id);
  g_assert_cmpint (bus_fixture_ask (self, sql), ==, 1);
}

/* Of what is put together one is refused when another has written already, and again when it comes alone. The other
 * has its effect, once; what follows in the group waits. */
static void
test_one_refused (BusFixture   *self,
                  gconstpointer data)
{
  const PostureBusEntry entries[] = {
    { .source = "alone", .detail_type = "Test", .detail = "{}" },
    { .source = "first", .detail_type = "Test", .detail = "{}", .group = "g" },
    { .source = "second", .detail_type = "Test", .detail = "{}", .group = "g" },
  };
  g_autoptr (TestComputer) computer = start (self, LONG);
  g_autoptr (GPtrArray) results = NULL;

  computer->refused = "first";
  computer->refusals = 2;
  results = posture_bus_put (self->bus, entries, G_N_ELEMENTS (entries), NULL);
  g_assert_nonnull (results);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT group_concat(attempts, '') FROM (SELECT attempts FROM bus_delivery"
                                          " ORDER BY id)"),
                   ==, 10);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  bus_fixture_advance (self, bus_fixture_ask (self, "SELECT max(due) FROM bus_delivery") - bus_fixture_now (self));
  while (bus_fixture_effects (self) < 3)
    g_main_context_iteration (NULL, FALSE);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 3);
  g_assert_cmpint (pending (self), ==, 0);
}

/* More than are remembered, in number and in length, and such as are too long to be: all arrive, and every outcome is
 * freed. */
static void
test_many (BusFixture   *self,
           gconstpointer data)
{
  const guint n = 340;
  g_autoptr (TestComputer) computer = start (self, 0);
  g_autofree char *filler = g_strnfill (40 * 1024, 'x');
  g_autofree char *too_long = g_strdup_printf ("{\"text\":\"%s\"}", filler);
  g_autofree char *detail = g_strdup_printf ("{\"text\":\"%s\"}", filler + 10 * 1024);

  freed = 0;
  hold (computer, TRUE);
  for (guint i = 0; i < n; i++)
    g_free (bus_fixture_put (self, "a", i % 50 == 0 ? too_long : i < 40 ? detail : "{}"));
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  hold (computer, FALSE);
  while (bus_fixture_effects (self) < n)
    g_main_context_iteration (NULL, FALSE);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, n);
  bus_fixture_close (self);
  g_assert_cmpint (freed, ==, computer->computed);
}

#if POSTURE_FAILPOINTS
/* What is not ready becomes a row in the transaction of the put. If it cannot, there is no put, and nothing is
 * forgotten when that is tried again. */
static void
test_no_room (BusFixture   *self,
              gconstpointer data)
{
  PostureBusEntry entry = { .source = "a", .detail_type = "Test", .detail = "{}" };
  g_autoptr (TestComputer) computer = start (self, 0);
  g_autoptr (GPtrArray) results = NULL;

  hold (computer, TRUE);
  posture_failpoint_arm ("sql.insert.bus_delivery=full");
  results = posture_bus_put (self->bus, &entry, 1, NULL);
  g_assert_nonnull (results);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 1);
  g_assert_cmpint (pending (self), ==, 1);
  hold (computer, FALSE);
  while (bus_fixture_effects (self) < 1)
    g_main_context_iteration (NULL, FALSE);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpint (pending (self), ==, 0);
}
#endif

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/bus/computed/" name, BusFixture, NULL, bus_fixture_set_up, func, bus_fixture_tear_down)
  ADD ("in-time", test_in_time);
  ADD ("quick", test_quick);
  ADD ("seldom-slow", test_seldom_slow);
  ADD ("late", test_late);
  ADD ("fails", test_fails);
  ADD ("forgotten", test_forgotten);
  ADD ("taken-back", test_taken_back);
  ADD ("many", test_many);
  ADD ("one-refused", test_one_refused);
#if POSTURE_FAILPOINTS
  ADD ("no-room", test_no_room);
#endif
  return g_test_run ();
}
