/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What hangs on an event: it goes with it, stays with the others, is looked after, and came with an update. */

#include "config.h"

#include "bus-fixture.h"
#include "store-fixture.h"
#include "test-folder.h"

#include "bus/bus.h"

/* Every kind of row, of the events 1 to 3. */
static void
fill (BusFixture *self)
{
  static const char *const rows[] = {
    "WITH n (i) AS (VALUES (1), (2), (3)) INSERT INTO bus_event (id, put, envelope, archived, event_group)"
    " SELECT 'event-' || i, 1767225600000, '{}', 2 * (i = 2), CASE i WHEN 3 THEN 'group' END FROM n",
    "INSERT INTO bus_resource (resource, event) VALUES ('thing', 1), ('other', 2), ('thing', 3), ('other', 3)",
    "INSERT INTO bus_detail (event, body) SELECT sequence, 'body' FROM bus_event",
    "INSERT INTO bus_key (key, event, put) SELECT id, sequence, put FROM bus_event",
    "INSERT INTO bus_delivery (id, event, rule, target, attempts, due, event_group, replay, since)"
    " SELECT 10 + sequence, sequence, 'rule', 'target', sequence - 1, 7, 'group', 'replay', 5 FROM bus_event",
    "INSERT INTO bus_dead_letter (event, rule, target, attempts, reason, time, event_group, replay)"
    " SELECT sequence, 'rule', 'target', 3, 'reason', 8, 'group', 'replay' FROM bus_event",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    bus_fixture_run (self, rows[i]);
}

/* All of it as one text. */
static char *
dump (BusFixture *self)
{
  static const char *const tables[] = {
    "SELECT group_concat(id || sequence || put || envelope || archived || coalesce(event_group, '')) FROM bus_event",
    "SELECT group_concat(resource || event) FROM bus_resource",
    "SELECT group_concat(event || body) FROM bus_detail",
    "SELECT group_concat(key || event || put) FROM bus_key",
    "SELECT group_concat(id || ' ' || event || rule || target || attempts || due || event_group || replay || since)"
    " FROM bus_delivery",
    "SELECT group_concat(id || ' ' || event || rule || target || attempts || reason || time || event_group || replay)"
    " FROM bus_dead_letter",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *rows = bus_fixture_ask_text (self, tables[i]);

      g_string_append_printf (text, "%s\n", rows);
    }
  return g_string_free (text, FALSE);
}

/* The version whose tables referred to each other. */
#define WITH_REFERENCES 6

/* A profile of an earlier version keeps all its rows, and gives no number of a dead letter twice. */
static void
test_update (BusFixture   *self,
             gconstpointer data)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  PostureStoreModule older = { "bus", NULL };
  const PostureStoreModule *modules[] = { &older, NULL };
  g_autofree char *rows = NULL;
  g_autofree char *now = NULL;

  bus_fixture_close (self);
  for (guint i = 0; i < WITH_REFERENCES; i++)
    g_ptr_array_add (before, (gpointer) posture_bus_store_module.migrations[i]);
  g_ptr_array_add (before, NULL);
  older.migrations = (const char *const *) before->pdata;
  test_folder_remove (self->folder);
  self->store = posture_store_open (self->folder, modules, NULL, NULL);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM pragma_foreign_key_list('bus_delivery')"), ==, 1);
  fill (self);
  bus_fixture_run (self, "DELETE FROM bus_dead_letter WHERE id = 3");
  rows = dump (self);
  posture_store_close (self->store);
  g_clear_object (&self->store);

  bus_fixture_open (self);
  now = dump (self);
  g_assert_cmpstr (now, ==, rows);
  g_assert_nonnull (strstr (now, "13 3ruletarget27groupreplay5"));
  g_assert_nonnull (strstr (now, "event-221767225600000{}2"));
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event INDEXED BY bus_event_archived"
                                          " WHERE archived > 0"), ==, 1);
  bus_fixture_run (self, "INSERT INTO bus_dead_letter (event, rule, target, attempts, reason, time)"
                         " VALUES (1, 'rule', 'target', 1, 'reason', 9)");
  g_assert_cmpint (bus_fixture_ask (self, "SELECT max(id) FROM bus_dead_letter"), ==, 4);
}

/* Nothing is left of the events about something, and nothing is missing of the others. */
static void
test_forget (BusFixture   *self,
             gconstpointer data)
{
  static const char *const tables[] = { "bus_event", "bus_detail", "bus_key", "bus_delivery", "bus_dead_letter" };

  fill (self);
  g_assert_true (posture_store_write (self->store, bus_fixture_forget_func, self->bus, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT group_concat(%s) FROM %s", i == 0 ? "sequence" : "event", tables[i]);
      g_autofree char *events = bus_fixture_ask_text (self, sql);

      g_assert_cmpstr (events, ==, "2");
    }
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_resource WHERE event <> 2"), ==, 0);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_resource"), ==, 1);
}

/* No number is given twice, although the newest events have gone. */
static void
test_numbers (BusFixture   *self,
              gconstpointer data)
{
  fill (self);
  g_assert_true (posture_store_write (self->store, bus_fixture_forget_func, self->bus, NULL, NULL));
  g_free (bus_fixture_put (self, "source", "{}"));
  g_assert_cmpint (bus_fixture_ask (self, "SELECT max(sequence) FROM bus_event"), ==, 4);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  *(char ***) data = posture_store_check_finish (POSTURE_STORE (source), result, NULL);
}

/* The check of the file tells of what hangs on nothing, in each table. */
static void
test_check (BusFixture   *self,
            gconstpointer data)
{
  g_auto (GStrv) sound = NULL;
  g_auto (GStrv) faults = NULL;
  g_autofree char *text = NULL;

  fill (self);
  posture_store_check_async (self->store, TRUE, NULL, checked_cb, &sound);
  bus_fixture_wait_until (sound != NULL);
  g_assert_cmpuint (g_strv_length (sound), ==, 0);
  bus_fixture_run (self, "DELETE FROM bus_event WHERE sequence = 2");
  posture_store_check_async (self->store, FALSE, NULL, checked_cb, &faults);
  bus_fixture_wait_until (faults != NULL);
  text = g_strjoinv ("\n", faults);
  g_assert_cmpstr (text, ==,
                   "row 2 of bus_resource names a row of bus_event that is gone\n"
                   "row 2 of bus_detail names a row of bus_event that is gone\n"
                   "row 2 of bus_key names a row of bus_event that is gone\n"
                   "row 12 of bus_delivery names a row of bus_event that is gone\n"
                   "row 2 of bus_dead_letter names a row of bus_event that is gone");
}

/* Deliveries and dead letters without their event go when dispatching starts, and are not in the way of others, be they
 * as many as are looked at together. */
static void
test_orphans (BusFixture   *self,
              gconstpointer data)
{
  PostureTarget *target = bus_fixture_add (self, "target", 0, 0, NULL);

  bus_fixture_rule (self, "all", "{\"source\":[{\"exists\":true}]}", "target");
  bus_fixture_run (self, "INSERT INTO bus_dead_letter (event, rule, target, attempts, reason, time)"
                         " VALUES (100, 'all', 'target', 1, 'reason', 9)");
  bus_fixture_run (self, "WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
                         " INSERT INTO bus_delivery (id, event, rule, target) SELECT i, i, 'all', 'target' FROM n");
  g_free (bus_fixture_put (self, "source", "{}"));
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpuint (bus_test_target_get_prepared (target), ==, 1);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery"), ==, 0);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_dead_letter"), ==, 0);
}

/* Takes its time, and then has something wait for the third event. */
static gboolean
late_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  return gate_work (transaction, data, error) &&
         posture_transaction_execute (transaction, error,
                                      "INSERT INTO bus_delivery (id, event, rule, target) VALUES (1, 3, 'r', 't')", NULL);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_assert_nonnull (posture_store_work_finish (POSTURE_STORE (source), result, NULL));
}

/* What is found to go is looked at again: something may wait for it by then. */
static void
test_prune_late (BusFixture   *self,
                 gconstpointer data)
{
  Gate gate = { 0 };
  gint64 deadline;

  bus_fixture_run (self, "WITH n (i) AS (VALUES (1), (2), (3), (4), (5)) INSERT INTO bus_event (id, put, envelope)"
                         " SELECT 'event-' || i, 1000, '{}' FROM n");
  posture_store_write_async (self->store, late_func, &gate, NULL, NULL, ended_cb, NULL);
  gate_wait (&gate);
  posture_bus_start (self->bus);
  /* until what can go was found and waits behind that; if this were too short, it would only prove less */
  deadline = g_get_monotonic_time () + 200 * G_TIME_SPAN_MILLISECOND;
  while (g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  gate_open (&gate);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT sequence FROM bus_event"), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, func) \
  g_test_add ("/bus/spans/" path, BusFixture, NULL, bus_fixture_set_up, func, bus_fixture_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("update", test_update);
  ADD ("forget", test_forget);
  ADD ("numbers", test_numbers);
  ADD ("check", test_check);
  ADD ("orphans", test_orphans);
  ADD ("prune-late", test_prune_late);
#undef ADD
  return g_test_run ();
}
