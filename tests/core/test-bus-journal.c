/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "json/json-reader.h"

#include <string.h>

#define ALL "{\"source\":[{\"exists\":true}]}"
#define DAY (24 * G_GINT64_CONSTANT (3600000))
#define HOUR G_GINT64_CONSTANT (3600000)

static PostureBusFigures
figures (BusFixture *self)
{
  PostureBusFigures result;

  g_assert_true (posture_bus_get_figures (self->bus, &result, NULL));
  return result;
}

static void
put (BusFixture *self,
     const char *source)
{
  g_autofree char *id = bus_fixture_put (self, source, "{}");

  g_assert_nonnull (id);
}

/* Lists come a page at a time, in order, each event once. */
static void
test_pages (BusFixture   *self,
            gconstpointer data)
{
  gint64 after = 0;
  guint seen = 0;

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *source = g_strdup_printf ("s%u", i);

      put (self, source);
    }
  for (guint page = 0; page < 4; page++)
    {
      g_autoptr (GPtrArray) events = posture_bus_list_events (self->bus, after, 3, NULL);

      g_assert_cmpuint (events->len, ==, page < 2 ? 3 : page == 2 ? 1 : 0);
      for (guint i = 0; i < events->len; i++, seen++)
        {
          PostureJournalEntry *entry = g_ptr_array_index (events, i);
          g_autofree char *source = g_strdup_printf ("s%u", seen);

          g_assert_cmpint (entry->sequence, >, after);
          g_assert_cmpstr (posture_event_get_source (entry->event), ==, source);
          after = entry->sequence;
        }
    }
  g_assert_cmpuint (seen, ==, 7);
}

/* An event is found by its id; one that is not there is no error. */
static void
test_dup_event (BusFixture   *self,
                gconstpointer data)
{
  g_autofree char *id = bus_fixture_put (self, "a", "{\"n\":1}");
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureEvent) event = posture_bus_dup_event (self->bus, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (posture_event_get_id (event), ==, id);
  g_assert_null (posture_bus_dup_event (self->bus, "other", &error));
  g_assert_no_error (error);
}

/* The figures say how much is there, waits, failed and was given up, and since when. */
static void
test_figures (BusFixture   *self,
              gconstpointer data)
{
  PostureBusFigures now = figures (self);

  g_assert_cmpint (now.events + now.pending + now.retrying + now.dead + now.oldest_pending, ==, 0);
  bus_fixture_add (self, "dead", BUS_TEST_PERMANENT, 1, NULL);
  bus_fixture_add (self, "failing", 0, 1, &bus_test_policy);
  bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);
  bus_fixture_rule (self, "all", ALL, "dead failing held");
  posture_bus_start (self->bus);
  put (self, "a");
  bus_fixture_settle (self);
  bus_fixture_advance (self, 1000);
  put (self, "b");
  bus_fixture_settle (self);
  now = figures (self);
  g_assert_cmpint (now.events, ==, 2);
  g_assert_cmpint (now.pending, ==, 3);
  g_assert_cmpint (now.retrying, ==, 1);
  g_assert_cmpint (now.dead, ==, 1);
  g_assert_cmpint (now.oldest_pending, ==, BUS_TEST_START);
}

/* Dead letters come a page at a time, oldest first. */
static void
test_dead_letters (BusFixture   *self,
                   gconstpointer data)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;

  bus_fixture_add (self, "dead", BUS_TEST_PERMANENT, 3, NULL);
  bus_fixture_rule (self, "all", ALL, "dead");
  posture_bus_start (self->bus);
  for (guint i = 0; i < 3; i++)
    {
      put (self, "a");
      bus_fixture_settle (self);
    }
  first = posture_bus_list_dead_letters (self->bus, 0, 2, NULL);
  g_assert_cmpuint (first->len, ==, 2);
  second = posture_bus_list_dead_letters (self->bus, ((PostureDeadLetter *) g_ptr_array_index (first, 1))->id,
                                          2, NULL);
  g_assert_cmpuint (second->len, ==, 1);
}

/* A row that is no event is an error to whoever reads it, and leads to nothing worse. */
static void
test_damaged (BusFixture   *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bus_fixture_add (self, "prepared", 0, 0, NULL);
  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_rule (self, "all", ALL, "direct");
  bus_fixture_run (self, "INSERT INTO bus_event (id, put, envelope) VALUES ('x', 0, '{')");
  bus_fixture_run (self, "INSERT INTO bus_delivery (event, rule, target) VALUES (1, 'all', 'prepared')");
  bus_fixture_run (self, "INSERT INTO bus_delivery (event, rule, target) VALUES (1, 'all', 'direct')");
  bus_fixture_run (self, "INSERT INTO bus_dead_letter (event, rule, target, attempts, reason, time)"
                         " VALUES (1, 'all', 'gone', 1, 'reason', 0)");
  g_assert_null (posture_bus_list_events (self->bus, 0, 10, &error));
  g_assert_error (error, POSTURE_JSON_ERROR, POSTURE_JSON_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (posture_bus_list_dead_letters (self->bus, 0, 10, &error));
  g_assert_error (error, POSTURE_JSON_ERROR, POSTURE_JSON_ERROR_SYNTAX);
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  put (self, "a");
  bus_fixture_settle (self);
  g_assert_cmpint (figures (self).pending, ==, 3);
  /* what names an event that is gone does not hold up the others */
  bus_fixture_run (self, "DELETE FROM bus_event WHERE id = 'x'");
  bus_fixture_advance (self, 60000);
  g_assert_cmpint (figures (self).pending, ==, 2);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
}

/* Events go after 30 days, an hourly look at a time; what is pending or a dead letter keeps its event. */
static void
test_prune_age (BusFixture   *self,
                gconstpointer data)
{
  bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);
  bus_fixture_rule (self, "held", "{\"source\":[\"pending\"]}", "held");
  posture_bus_start (self->bus);
  put (self, "plain");
  put (self, "pending");
  put (self, "dead");
  bus_fixture_settle (self);
  bus_fixture_run (self, "INSERT INTO bus_dead_letter (event, rule, target, attempts, reason, time)"
                         " VALUES (3, 'r', 't', 1, 'reason', 1767225600000 + 20 * 86400000)");
  bus_fixture_advance (self, 30 * DAY);
  g_assert_cmpint (figures (self).events, ==, 3);
  bus_fixture_advance (self, HOUR);
  g_assert_cmpint (figures (self).events, ==, 2);
  g_assert_cmpint (figures (self).pending, ==, 1);
  g_assert_cmpint (figures (self).dead, ==, 1);
  bus_fixture_advance (self, 4 * DAY);
  g_assert_cmpint (figures (self).dead, ==, 0);
  g_assert_cmpint (figures (self).events, ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT sequence FROM bus_event"), ==, 2);
}

/* When dispatching starts, all that is beyond the bounds goes, piece by piece: of events the newest
 * 100,000 stay, of dead letters the newest 10,000. */
static void
test_prune_length (BusFixture   *self,
                   gconstpointer data)
{
  bus_fixture_run (self, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 101300)"
                         " INSERT INTO bus_event (id, put, envelope)"
                         " SELECT 'e' || i, 1767225600000, '' FROM n");
  bus_fixture_run (self, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10700)"
                         " INSERT INTO bus_dead_letter (event, rule, target, attempts, reason, time)"
                         " SELECT 2, 'r', 't', 1, 'reason', 1767225600000 FROM n");
  bus_fixture_run (self, "INSERT INTO bus_delivery (event, rule, target) VALUES (1, 'r', 't')");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpint (figures (self).dead, ==, 10000);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT min(id) FROM bus_dead_letter"), ==, 701);
  g_assert_cmpint (figures (self).events, ==, 100002);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT min(sequence) FROM bus_event WHERE sequence > 2"), ==, 1301);
}

typedef struct
{
  PostureBus *bus;
  const char *resource;
} Forget;

static gboolean
forget_func (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  Forget *forget = data;

  return posture_bus_forget_in (forget->bus, transaction, forget->resource, error);
}

static gboolean
is_in_files (BusFixture *self,
             const char *text)
{
  static const char *const names[] = { "posture.db", "posture.db-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);
      g_autofree char *content = NULL;
      gsize length = 0;

      if (g_file_get_contents (path, &content, &length, NULL) &&
          memmem (content, length, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
put_about (BusFixture *self,
           const char *detail,
           const char *first,
           const char *second)
{
  const char *resources[] = { first, second, NULL };
  const PostureBusEntry entry = { .source = "s", .detail_type = "t", .detail = detail,
                                  .resources = resources };
  g_autoptr (GPtrArray) results = posture_bus_put (self->bus, &entry, 1, NULL);

  g_assert_nonnull (((PostureBusResult *) g_ptr_array_index (results, 0))->event_id);
}

/* Forgetting a resource takes every event about it with its deliveries and dead letters, and its bytes
 * from the files; what is about something else stays. A delivery under way then has no effect. */
static void
test_forget (BusFixture   *self,
             gconstpointer data)
{
  Forget forget = { self->bus, "answer/1" };
  PostureTarget *held = bus_fixture_add (self, "held", BUS_TEST_HELD, 0, NULL);
  PostureTarget *failing = bus_fixture_add (self, "failing", BUS_TEST_HELD, 0, NULL);

  bus_fixture_add (self, "dead", BUS_TEST_PERMANENT, 2, NULL);
  bus_fixture_rule (self, "all", ALL, "held dead failing");
  posture_bus_start (self->bus);
  put_about (self, "{\"a\":\"forget-this-secret\"}", "answer/1", "answer/2");
  put_about (self, "{\"a\":\"keep-this-word\"}", "answer/2", "answer/10");
  bus_fixture_settle (self);
  g_assert_true (is_in_files (self, "forget-this-secret"));
  g_assert_cmpint (figures (self).pending, ==, 4);
  g_assert_cmpint (figures (self).dead, ==, 2);

  g_assert_true (posture_store_write (self->store, forget_func, &forget, NULL, NULL));
  bus_fixture_settle (self);
  g_assert_cmpint (figures (self).events, ==, 1);
  g_assert_cmpint (figures (self).pending, ==, 2);
  g_assert_cmpint (figures (self).dead, ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_resource"), ==, 2);
  g_assert_false (is_in_files (self, "forget-this-secret"));
  g_assert_false (is_in_files (self, "answer/1\""));
  g_assert_true (is_in_files (self, "keep-this-word"));

  bus_test_target_set_failures (failing, 2);
  while (bus_test_target_get_held (failing) > 0)
    bus_test_target_release (failing);
  bus_fixture_settle (self);
  bus_test_target_set_failures (failing, 0);
  while (bus_test_target_get_held (held) > 0)
    bus_test_target_release (held);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpint (figures (self).dead, ==, 1);
  g_assert_cmpint (figures (self).retrying, ==, 1);
}

static gint64
last_sequence (BusFixture *self)
{
  return bus_fixture_ask (self, "SELECT max(sequence) FROM bus_event");
}

/* A sequence number is not given twice, even if the last events were forgotten or are too old: whoever
 * reads on from where it was misses nothing. */
static void
test_sequence (BusFixture   *self,
               gconstpointer data)
{
  Forget forget = { self->bus, "answer/1" };

  put (self, "a");
  put_about (self, "{}", "answer/1", "answer/2");
  g_assert_cmpint (last_sequence (self), ==, 2);
  g_assert_true (posture_store_write (self->store, forget_func, &forget, NULL, NULL));
  put (self, "b");
  g_assert_cmpint (last_sequence (self), ==, 3);
  bus_test_clock_set (BUS_TEST_CLOCK (self->clock), BUS_TEST_START + 31 * DAY);
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpint (figures (self).events, ==, 0);
  put (self, "c");
  g_assert_cmpint (last_sequence (self), ==, 4);
}

/* The default policy is that of Amazon EventBridge. */
static void
test_default_policy (BusFixture   *self,
                     gconstpointer data)
{
  g_assert_cmpuint (posture_retry_policy_default.max_attempts, ==, 185);
  g_assert_cmpint (posture_retry_policy_default.max_age, ==, DAY);
}

/* A store that is closed gives its error to whoever reads. */
static void
test_closed (BusFixture   *self,
             gconstpointer data)
{
  PostureBusFigures result;

  posture_store_close (self->store);
  g_assert_null (posture_bus_list_events (self->bus, 0, 10, NULL));
  g_assert_null (posture_bus_list_dead_letters (self->bus, 0, 10, NULL));
  g_assert_null (posture_bus_dup_event (self->bus, "x", NULL));
  g_assert_false (posture_bus_get_figures (self->bus, &result, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/bus/journal/" name, BusFixture, NULL, bus_fixture_set_up, func, bus_fixture_tear_down)
  ADD ("pages", test_pages);
  ADD ("dup-event", test_dup_event);
  ADD ("figures", test_figures);
  ADD ("dead-letters", test_dead_letters);
  ADD ("damaged", test_damaged);
  ADD ("prune-age", test_prune_age);
  ADD ("prune-length", test_prune_length);
  ADD ("forget", test_forget);
  ADD ("sequence", test_sequence);
  ADD ("default-policy", test_default_policy);
  ADD ("closed", test_closed);
  return g_test_run ();
}
