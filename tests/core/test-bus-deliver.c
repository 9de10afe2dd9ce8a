/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "bus/rule.h"
#include "pattern/pattern.h"

#define ALL "{\"source\":[{\"exists\":true}]}"
#define ONLY(source) "{\"source\":[\"" source "\"]}"

static void
put (BusFixture *self,
     const char *source)
{
  g_autofree char *id = bus_fixture_put (self, source, "{}");

  g_assert_nonnull (id);
}

static gint64
pending (BusFixture *self)
{
  PostureBusFigures figures;

  g_assert_true (posture_bus_get_figures (self->bus, &figures, NULL));
  return figures.pending;
}

static gint64
version (BusFixture *self)
{
  return bus_fixture_ask (self, "SELECT rules_version FROM bus_state");
}

/* An event goes to all targets of all rules that it matches, and nowhere else. */
static void
test_match (BusFixture   *self,
            gconstpointer data)
{
  bus_fixture_rule (self, "a", ONLY ("a"), "one two");
  bus_fixture_rule (self, "b", ONLY ("b"), "three");
  bus_fixture_rule (self, "deep", "{\"detail\":{\"n\":[{\"numeric\":[\">\",5]}]}}", "one");
  put (self, "c");
  g_assert_cmpint (pending (self), ==, 0);
  put (self, "a");
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery WHERE rule = 'a'"
                                          " AND target IN ('one', 'two')"), ==, 2);
  g_assert_cmpint (pending (self), ==, 2);
  g_free (bus_fixture_put (self, "b", "{\"n\":6}"));
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery WHERE rule = 'deep'"), ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery WHERE rule = 'b'"), ==, 1);
}

/* What a rule had matched before it was removed is still delivered; what comes later is not. */
static void
test_removed_rule (BusFixture   *self,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bus_fixture_add (self, "prepared", 0, 0, NULL);
  bus_fixture_rule (self, "all", ALL, "prepared");
  put (self, "before");
  g_assert_true (posture_bus_remove_rule (self->bus, "all", &error));
  g_assert_no_error (error);
  put (self, "after");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpint (pending (self), ==, 0);
}

/* A rule of the same name takes the place of the old one; the same rule again, or the removal of one that
 * is not there, changes nothing. */
static void
test_changed_rule (BusFixture   *self,
                   gconstpointer data)
{
  gint64 start = version (self);

  bus_fixture_rule (self, "r", ONLY ("a"), "one");
  g_assert_cmpint (version (self), ==, start + 1);
  bus_fixture_rule (self, "r", ONLY ("a"), "one");
  posture_bus_remove_rule (self->bus, "other", NULL);
  g_assert_cmpint (version (self), ==, start + 1);
  bus_fixture_rule (self, "r", ONLY ("a"), "one two");
  g_assert_cmpint (version (self), ==, start + 2);
  bus_fixture_rule (self, "r", ONLY ("b"), "one two");
  g_assert_cmpint (version (self), ==, start + 3);
  put (self, "a");
  g_assert_cmpint (pending (self), ==, 0);
  put (self, "b");
  g_assert_cmpint (pending (self), ==, 2);
}

/* A pattern that is none is refused, and the rule of that name stays as it was. */
static void
test_bad_rule (BusFixture   *self,
               gconstpointer data)
{
  static const char *const targets[] = { "one", NULL };
  g_autoptr (GError) error = NULL;

  bus_fixture_rule (self, "r", ONLY ("a"), "one");
  g_assert_false (posture_bus_put_rule (self->bus, "r", "{\"source\":\"a\"}", targets, &error));
  g_assert_error (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_INVALID);
  put (self, "a");
  g_assert_cmpint (pending (self), ==, 1);
}

/* Rules that another one puts into the file hold for the very next put, before anybody heard of them, and
 * they are kept: the put after that finds them known. */
static void
test_rules_from_elsewhere (BusFixture   *self,
                           gconstpointer data)
{
  BusFixture other = { .folder = self->folder, .clock = self->clock };

  bus_fixture_rule (self, "r", ONLY ("a"), "one");
  bus_fixture_open (&other);
  bus_fixture_rule (&other, "r", ONLY ("b"), "one two");
  put (self, "a");
  g_assert_cmpint (pending (self), ==, 0);
  put (self, "b");
  g_assert_cmpint (pending (self), ==, 2);
  bus_fixture_settle (self);
  put (self, "b");
  g_assert_cmpint (pending (self), ==, 4);
  g_assert_true (posture_bus_remove_rule (other.bus, "r", NULL));
  bus_fixture_close (&other);
  put (self, "b");
  g_assert_cmpint (pending (self), ==, 4);
}

/* Rules that a put found in the file are known from then on: the next put does not read them again. */
static void
test_rules_kept (BusFixture   *self,
                 gconstpointer data)
{
  BusFixture other = { .folder = self->folder, .clock = self->clock };

  bus_fixture_open (&other);
  bus_fixture_rule (&other, "r", ONLY ("a"), "one");
  put (self, "a");
  bus_fixture_run (self, "UPDATE bus_rule SET pattern = 'no pattern'");
  put (self, "a");
  g_assert_cmpint (pending (self), ==, 2);
  bus_fixture_close (&other);
}

/* A row of the table that is no rule fails the put; nothing is put unmatched. */
static void
test_damaged_rules (BusFixture   *self,
                    gconstpointer data)
{
  static const char *const damages[] = {
    "INSERT INTO bus_rule (name, pattern, targets) VALUES ('r', '{\"a\":1}', '[\"t\"]')",
    "UPDATE bus_rule SET pattern = '{\"a\":[1]}', targets = '['",
  };
  const PostureBusEntry entry = { .source = "s", .detail_type = "t", .detail = "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GError) error = NULL;

      bus_fixture_run (self, damages[i]);
      bus_fixture_run (self, "UPDATE bus_state SET rules_version = rules_version + 1");
      g_assert_null (posture_bus_put (self->bus, &entry, 1, &error));
      g_assert_nonnull (error);
    }
  bus_fixture_close (self);
  bus_fixture_open (self);
  g_assert_null (posture_bus_put (self->bus, &entry, 1, NULL));
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 0);
}

/* A direct target of a running bus has its effect in the commit that puts the event: no second one. */
static void
test_direct (BusFixture   *self,
             gconstpointer data)
{
  PostureStoreStatistics before, after;

  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_rule (self, "all", ALL, "direct");
  put (self, "stopped");
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  posture_bus_start (self->bus);
  g_assert_true (posture_bus_is_running (self->bus));
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);

  posture_store_get_statistics (self->store, &before);
  put (self, "running");
  posture_store_get_statistics (self->store, &after);
  g_assert_cmpuint (after.commits - before.commits, ==, 1);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
  g_assert_cmpint (pending (self), ==, 0);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
}

static gboolean
put_many_func (PostureTransaction *transaction,
               gpointer            data,
               GError            **error)
{
  PostureBus *bus = data;
  const PostureBusEntry entry = { .source = "many", .detail_type = "t", .detail = "{}" };

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GPtrArray) results = posture_bus_put_in (bus, transaction, &entry, 1, error);

      if (results == NULL)
        return FALSE;
    }
  return TRUE;
}

/* However many events a transaction puts, a direct target gets all of them in it. */
static void
test_direct_many (BusFixture   *self,
                  gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);

  bus_fixture_rule (self, "all", ALL, "direct");
  posture_bus_start (self->bus);
  g_assert_true (posture_store_write (self->store, put_many_func, self->bus, NULL, NULL));
  g_assert_cmpint (bus_fixture_effects (self), ==, 300);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_commits (target), ==, 300);
}

/* What a target puts from within its commit is delivered in turn, in the same transaction. */
static void
test_direct_chain (BusFixture   *self,
                   gconstpointer data)
{
  bus_fixture_add (self, "first", BUS_TEST_DIRECT | BUS_TEST_PUTS, 0, NULL);
  bus_fixture_add (self, "second", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_rule (self, "first", ONLY ("a"), "first");
  bus_fixture_rule (self, "second", ONLY ("test.followup"), "second");
  posture_bus_start (self->bus);
  put (self, "a");
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_test_effect WHERE target = 'second'"), ==, 1);
}

/* If the clock was set back, what is put now is delivered now. */
static void
test_clock_set_back (BusFixture   *self,
                     gconstpointer data)
{
  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_add (self, "prepared", 0, 0, NULL);
  bus_fixture_rule (self, "all", ALL, "direct prepared");
  posture_bus_start (self->bus);
  bus_test_clock_set (BUS_TEST_CLOCK (self->clock), BUS_TEST_START + 86400000);
  put (self, "a");
  bus_test_clock_set (BUS_TEST_CLOCK (self->clock), BUS_TEST_START);
  put (self, "b");
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 4);
}

static void
count_cb (PostureStore *store,
          const char   *topic,
          const char   *key,
          gpointer      data)
{
  guint *count = data;

  (*count)++;
}

/* A direct target that fails does not hold the event back; it is retried later and its effect comes
 * once. Nothing says that it was delivered before it was. */
static void
test_direct_fails (BusFixture   *self,
                   gconstpointer data)
{
  const BusTestFlags flags[] = { BUS_TEST_DIRECT, BUS_TEST_DIRECT | BUS_TEST_AT_COMMIT };
  guint delivered = 0;

  g_signal_connect (self->store, "changed::bus.delivered", G_CALLBACK (count_cb), &delivered);
  posture_bus_start (self->bus);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      bus_fixture_add (self, "direct", flags[i], 1, &bus_test_policy);
      bus_fixture_rule (self, "all", ALL, "direct");
      put (self, "a");
      g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, i + 1);
      g_assert_cmpint (bus_fixture_effects (self), ==, i);
      g_assert_cmpint (bus_fixture_ask (self, "SELECT attempts FROM bus_delivery"), ==, 1);
      g_assert_cmpuint (delivered, ==, i);
      bus_fixture_settle (self);
      bus_fixture_pass_pause (self);
      g_assert_cmpint (bus_fixture_effects (self), ==, i + 1);
      g_assert_cmpint (pending (self), ==, 0);
      g_assert_cmpuint (delivered, ==, i + 1);
    }
  g_signal_handlers_disconnect_by_func (self->store, count_cb, &delivered);
}

/* Of what is put together one fails, after it has written: it is retried, what follows in its group waits for it, and
 * the rest has its effect, once. */
static void
test_together_fails (BusFixture   *self,
                     gconstpointer data)
{
  const PostureBusEntry entries[] = {
    { .source = "g1", .detail_type = "Test", .detail = "{}", .group = "g" },
    { .source = "alone", .detail_type = "Test", .detail = "{}" },
    { .source = "g2", .detail_type = "Test", .detail = "{}", .group = "g" },
  };
  g_autoptr (GPtrArray) results = NULL;

  posture_bus_start (self->bus);
  /* once with the others, and once by itself */
  bus_fixture_add (self, "direct", BUS_TEST_DIRECT | BUS_TEST_AT_COMMIT, 2, &bus_test_policy);
  bus_fixture_rule (self, "all", ALL, "direct");
  results = posture_bus_put (self->bus, entries, G_N_ELEMENTS (entries), NULL);
  g_assert_nonnull (results);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_test_effect JOIN bus_event ON event = bus_event.id"
                                          " WHERE envelope LIKE '%\"alone\"%'"),
                   ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT group_concat(attempts, '') FROM (SELECT attempts FROM bus_delivery"
                                          " ORDER BY id)"),
                   ==, 10);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  bus_fixture_advance (self, bus_fixture_ask (self, "SELECT max(due) FROM bus_delivery") - bus_fixture_now (self));
  g_assert_cmpint (bus_fixture_effects (self), ==, 3);
  g_assert_cmpint (pending (self), ==, 0);
}

/* A prepared target's effect and its acknowledgement are one transaction: when it fails after writing,
 * both are gone, and later both are there. */
static void
test_prepared (BusFixture   *self,
               gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "prepared", BUS_TEST_AT_COMMIT, 1, &bus_test_policy);

  bus_fixture_rule (self, "all", ALL, "prepared");
  posture_bus_start (self->bus);
  put (self, "a");
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_commits (target), ==, 1);
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  g_assert_cmpint (pending (self), ==, 1);
  bus_fixture_pass_pause (self);
  g_assert_cmpuint (bus_test_target_get_commits (target), ==, 2);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpint (pending (self), ==, 0);
}

/* Stopping cancels what is under way; it is delivered once somebody starts again, once, also if the
 * target did not listen and finishes late. */
static void
test_stop (BusFixture   *self,
           gconstpointer data)
{
  const BusTestFlags flags[] = { BUS_TEST_HELD, BUS_TEST_HELD | BUS_TEST_DEAF };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      PostureTarget *target = bus_fixture_add (self, "held", flags[i], 0, NULL);
      gboolean deaf = (flags[i] & BUS_TEST_DEAF) != 0;

      bus_fixture_rule (self, "all", ALL, "held");
      posture_bus_start (self->bus);
      posture_bus_start (self->bus);
      put (self, "a");
      bus_fixture_wait_until (bus_test_target_get_held (target) == 1);
      posture_bus_stop (self->bus);
      g_assert_false (posture_bus_is_running (self->bus));
      bus_fixture_settle (self);
      g_assert_cmpuint (bus_test_target_get_held (target), ==, deaf ? 1 : 0);
      g_assert_cmpint (pending (self), ==, 1);
      g_assert_cmpint (bus_fixture_ask (self, "SELECT attempts FROM bus_delivery"), ==, 0);
      posture_bus_start (self->bus);
      bus_fixture_settle (self);
      while (bus_test_target_get_held (target) > 0)
        bus_test_target_release (target);
      bus_fixture_settle (self);
      g_assert_cmpint (bus_fixture_effects (self), ==, i + 1);
      g_assert_cmpint (pending (self), ==, 0);
      posture_bus_stop (self->bus);
      posture_bus_stop (self->bus);
    }
}

static gboolean
release_cb (gpointer target)
{
  bus_test_target_release (target);
  return G_SOURCE_REMOVE;
}

/* Before it stops, a bus can let land what is under way; nothing else is begun, and it does not wait for ever. */
static void
test_land (BusFixture   *self,
           gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);

  bus_fixture_rule (self, "all", ALL, "held");
  posture_bus_land (self->bus, G_MAXUINT);
  posture_bus_start (self->bus);
  put (self, "a");
  bus_fixture_wait_until (bus_test_target_get_held (target) == 1);
  g_idle_add (release_cb, target);
  posture_bus_land (self->bus, G_MAXUINT);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  put (self, "b");
  bus_fixture_settle (self);
  posture_bus_stop (self->bus);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 1);
  posture_bus_start (self->bus);
  bus_fixture_wait_until (bus_test_target_get_held (target) == 1);
  posture_bus_land (self->bus, 1);
  posture_bus_stop (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpint (pending (self), ==, 1);
}

/* At most 16 deliveries are under way; each that ends makes room for the next. */
static void
test_at_most (BusFixture   *self,
              gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);

  bus_fixture_rule (self, "all", ALL, "held");
  posture_bus_start (self->bus);
  for (guint i = 0; i < 20; i++)
    put (self, "a");
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_held (target), ==, 16);
  for (guint i = 0; i < 20; i++)
    {
      bus_test_target_release (target);
      bus_fixture_settle (self);
      g_assert_cmpuint (bus_test_target_get_held (target), ==, MIN (16, 19 - i));
    }
  g_assert_cmpuint (bus_test_target_get_most (target), ==, 16);
  g_assert_cmpint (bus_fixture_effects (self), ==, 20);
}

/* Deliveries begin in the order in which their events were put. */
static void
test_order (BusFixture   *self,
            gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "prepared", 0, 0, NULL);
  g_autofree char *order = NULL;

  bus_fixture_rule (self, "all", ALL, "prepared");
  put (self, "a");
  put (self, "b");
  put (self, "c");
  posture_bus_start (self->bus);
  put (self, "d");
  bus_fixture_settle (self);
  put (self, "e");
  bus_fixture_settle (self);
  order = bus_test_target_dup_order (target);
  g_assert_cmpstr (order, ==, "a b c d e");
}

#define BACKLOG 1000

/* Puts ten events at once of each of @n sources. */
static void
pile_up (BusFixture *self,
         const char *prefix,
         guint       n,
         GString    *expected)
{
  for (guint i = 0; i < n; i++)
    {
      PostureBusEntry entries[POSTURE_BUS_MAX_ENTRIES];
      g_autofree char *source = g_strdup_printf ("%s%u", prefix, i);
      g_autoptr (GPtrArray) results = NULL;

      for (guint e = 0; e < POSTURE_BUS_MAX_ENTRIES; e++)
        {
          entries[e] = (PostureBusEntry) { .source = source, .detail_type = "t", .detail = "{}" };
          g_string_append_printf (expected, "%s%s", expected->len > 0 ? " " : "", source);
        }
      results = posture_bus_put (self->bus, entries, POSTURE_BUS_MAX_ENTRIES, NULL);
      g_assert_nonnull (results);
    }
}

/* What has piled up is delivered by itself, in order, and nothing is prepared twice. */
static void
test_backlog (BusFixture   *self,
              gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "prepared", 0, 0, NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *order = NULL;

  bus_fixture_rule (self, "all", ALL, "prepared");
  pile_up (self, "s", BACKLOG / POSTURE_BUS_MAX_ENTRIES, expected);
  posture_bus_start (self->bus);
  bus_fixture_wait_until (bus_fixture_effects (self) >= BACKLOG);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, BACKLOG);
  g_assert_cmpint (pending (self), ==, 0);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, BACKLOG);
  order = bus_test_target_dup_order (target);
  g_assert_cmpstr (order, ==, expected->str);
}

/* More than is looked at in order. */
#define WAITING 3000

/* However much waits for its next attempt, another target gets what was put behind it at once, in order; and what
 * waited is tried when it is due. */
static void
test_behind (BusFixture   *self,
             gconstpointer data)
{
  PostureTarget *waiting = bus_fixture_add (self, "waiting", 0, 0, NULL);
  PostureTarget *target = bus_fixture_add (self, "prepared", 0, 0, NULL);
  g_autoptr (GString) waits = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *failed = g_strdup_printf ("UPDATE bus_delivery SET attempts = 1, due = %" G_GINT64_FORMAT,
                                             bus_fixture_now (self) + 1000);
  g_autofree char *order = NULL;

  bus_fixture_rule (self, "waits", "{\"source\":[{\"prefix\":\"w\"}]}", "waiting");
  bus_fixture_rule (self, "others", "{\"source\":[{\"prefix\":\"s\"}]}", "prepared");
  pile_up (self, "w", WAITING / POSTURE_BUS_MAX_ENTRIES, waits);
  bus_fixture_run (self, failed);
  pile_up (self, "s", 10, expected);
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  order = bus_test_target_dup_order (target);
  g_assert_cmpstr (order, ==, expected->str);
  g_assert_cmpuint (bus_test_target_get_prepared (waiting), ==, 0);
  bus_fixture_advance (self, 1000);
  bus_fixture_wait_until (pending (self) == 0);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (waiting), ==, WAITING);
}

/* The same behind what waits for a rule that is paused: one that was tried and failed goes on, too, at its time. */
static void
test_behind_paused (BusFixture   *self,
                    gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "prepared", 0, 0, NULL);
  g_autoptr (GString) waits = g_string_new (NULL);
  g_autofree char *failed = g_strdup_printf ("UPDATE bus_delivery SET attempts = 1, due = %" G_GINT64_FORMAT
                                             " WHERE rule = 'others'", bus_fixture_now (self) + 1000);

  bus_fixture_rule (self, "paused", "{\"source\":[{\"prefix\":\"w\"}]}", "prepared");
  bus_fixture_rule (self, "others", "{\"source\":[\"s\"]}", "prepared");
  g_assert_true (posture_bus_set_rule_state (self->bus, "paused", POSTURE_RULE_PAUSED, NULL));
  pile_up (self, "w", WAITING / POSTURE_BUS_MAX_ENTRIES, waits);
  put (self, "s");
  bus_fixture_run (self, failed);
  put (self, "s");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 1);
  bus_fixture_advance (self, 1000);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 2);
  g_assert_true (posture_bus_set_rule_state (self->bus, "paused", POSTURE_RULE_ENABLED, NULL));
  bus_fixture_wait_until (pending (self) == 0);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, WAITING + 2);
}

/* Two buses on one profile that both deliver, which nobody should do: no effect comes twice. */
static void
test_two (BusFixture   *self,
          gconstpointer data)
{
  BusFixture other = { .folder = self->folder, .clock = self->clock };
  PostureTarget *mine = bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);
  PostureTarget *theirs;

  bus_fixture_rule (self, "all", ALL, "held");
  posture_bus_start (self->bus);
  put (self, "a");
  bus_fixture_settle (self);
  bus_fixture_open (&other);
  theirs = bus_fixture_add (&other, "held", BUS_TEST_HELD, 0, NULL);
  posture_bus_start (other.bus);
  bus_fixture_settle (&other);
  g_assert_cmpuint (bus_test_target_get_held (mine), ==, 1);
  g_assert_cmpuint (bus_test_target_get_held (theirs), ==, 1);
  bus_test_target_release (theirs);
  bus_fixture_settle (&other);
  bus_test_target_release (mine);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  bus_fixture_close (&other);
}

/* What another one puts is delivered here: the store says that the file has changed. */
static void
test_put_elsewhere (BusFixture   *self,
                    gconstpointer data)
{
  BusFixture other = { .folder = self->folder, .clock = self->clock };

  bus_fixture_add (self, "prepared", 0, 0, NULL);
  bus_fixture_rule (self, "all", ALL, "prepared");
  posture_bus_start (self->bus);
  bus_fixture_open (&other);
  put (&other, "a");
  bus_fixture_wait_until (bus_fixture_effects (self) == 1);
  bus_fixture_close (&other);
}

/* What is put while something older is on its way to a direct target does not overtake it. */
static void
test_direct_behind (BusFixture   *self,
                    gconstpointer data)
{
  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_rule (self, "all", ALL, "direct");
  put (self, "older");
  posture_bus_start (self->bus);
  put (self, "newer");
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);
  g_assert_cmpint (pending (self), ==, 2);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_test_effect AS f JOIN bus_event AS e ON e.id = f.event"
                                          " WHERE f.id = e.sequence"), ==, 2);
}

static gboolean
put_and_forget_func (PostureTransaction *transaction,
                     gpointer            data,
                     GError            **error)
{
  static const char *const resources[] = { "thing", NULL };
  const PostureBusEntry entries[] = {
    { .source = "s", .detail_type = "t", .detail = "{}", .resources = resources },
    { .source = "s", .detail_type = "t", .detail = "{}" },
  };
  g_autoptr (GPtrArray) results = posture_bus_put_in (data, transaction, entries, 2, error);

  return results != NULL && posture_bus_forget_in (data, transaction, "thing", error);
}

/* An event that is put and forgotten in one transaction reaches nobody; another one of the same put does. */
static void
test_direct_forgotten (BusFixture   *self,
                       gconstpointer data)
{
  PostureBusFigures figures;

  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_rule (self, "all", ALL, "direct");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_true (posture_store_write (self->store, put_and_forget_func, self->bus, NULL, NULL));
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_true (posture_bus_get_figures (self->bus, &figures, NULL));
  g_assert_cmpint (figures.events, ==, 1);
  g_assert_cmpint (figures.matched, ==, 2);
  g_assert_cmpint (figures.delivered, ==, 1);
  g_assert_cmpint (figures.pending, ==, 0);
}

/* What waits in the file of a program that wrote a row of each delivery arrives, once, and no number is given
 * twice. */
static void
test_migrated (BusFixture   *self,
               gconstpointer data)
{
  static const char *const before[] = {
    "DROP TABLE bus_delivery",
    "ALTER TABLE bus_state DROP COLUMN last_delivery",
    "CREATE TABLE bus_delivery (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " event INTEGER NOT NULL REFERENCES bus_event (sequence) ON DELETE CASCADE, rule TEXT NOT NULL, target TEXT NOT NULL,"
    " attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0, event_group TEXT, replay TEXT,"
    " since INTEGER) STRICT",
    "INSERT INTO bus_delivery (id, event, rule, target) VALUES (900, 1, 'gone', 'gone')",
    "DELETE FROM bus_delivery",
    "INSERT INTO bus_delivery (id, event, rule, target, event_group) VALUES (7, 1, 'all', 'direct', 'g')",
    "INSERT INTO bus_delivery (id, event, rule, target, attempts, due, replay, since)"
    " VALUES (8, 1, 'all', 'prepared', 2, 5, 'again', 4)",
    "CREATE INDEX bus_delivery_new ON bus_delivery (target) WHERE attempts = 0",
    "CREATE INDEX bus_delivery_retry ON bus_delivery (target, due) WHERE attempts > 0",
    "CREATE INDEX bus_delivery_event ON bus_delivery (event)",
    "CREATE INDEX bus_delivery_group ON bus_delivery (event_group, target) WHERE event_group IS NOT NULL",
    "CREATE INDEX bus_delivery_replay ON bus_delivery (replay) WHERE replay IS NOT NULL",
    "UPDATE schema SET version = 5 WHERE module = 'bus'",
  };
  PostureBusFigures figures;

  put (self, "a");
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    bus_fixture_run (self, before[i]);
  bus_fixture_close (self);
  bus_fixture_open (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery WHERE (id, event, rule, target, attempts, due,"
                                          " event_group) = (7, 1, 'all', 'direct', 0, 0, 'g') OR (id, event, rule, target,"
                                          " attempts, due, replay, since) = (8, 1, 'all', 'prepared', 2, 5, 'again', 4)"),
                   ==, 2);
  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_add (self, "prepared", 0, 0, NULL);
  bus_fixture_rule (self, "all", ALL, "prepared");
  put (self, "b");
  g_assert_cmpint (bus_fixture_ask (self, "SELECT max(id) FROM bus_delivery"), ==, 901);
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 3);
  g_assert_true (posture_bus_get_figures (self->bus, &figures, NULL));
  g_assert_cmpint (figures.matched, ==, 901);
  g_assert_cmpint (figures.pending, ==, 0);
  put (self, "c");
  g_assert_cmpint (bus_fixture_ask (self, "SELECT last_delivery FROM bus_state"), ==, 902);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/bus/deliver/" name, BusFixture, NULL, bus_fixture_set_up, func, bus_fixture_tear_down)
  ADD ("match", test_match);
  ADD ("removed-rule", test_removed_rule);
  ADD ("changed-rule", test_changed_rule);
  ADD ("bad-rule", test_bad_rule);
  ADD ("rules-from-elsewhere", test_rules_from_elsewhere);
  ADD ("rules-kept", test_rules_kept);
  ADD ("damaged-rules", test_damaged_rules);
  ADD ("direct", test_direct);
  ADD ("direct-many", test_direct_many);
  ADD ("direct-chain", test_direct_chain);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("direct-fails", test_direct_fails);
  ADD ("together-fails", test_together_fails);
  ADD ("prepared", test_prepared);
  ADD ("stop", test_stop);
  ADD ("land", test_land);
  ADD ("at-most", test_at_most);
  ADD ("order", test_order);
  ADD ("backlog", test_backlog);
  ADD ("behind", test_behind);
  ADD ("behind-paused", test_behind_paused);
  ADD ("two", test_two);
  ADD ("put-elsewhere", test_put_elsewhere);
  ADD ("direct-behind", test_direct_behind);
  ADD ("direct-forgotten", test_direct_forgotten);
  ADD ("migrated", test_migrated);
  return g_test_run ();
}
