/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An event bus that deletes what is beyond its bounds: old events with all that hangs on them, old dead letters, an
 * ended replay, keys, what leaves the archive; and that goes on where it was when it crashed. What is put last has
 * to stay. Each line that is printed tells of something that was acknowledged.
 *
 * Usage: retention-driver FOLDER */

#include "config.h"

#include "bus-acts.h"

#include "bus/archive.h"
#include "bus/replay.h"
#include "bus/rule.h"

#include <string.h>

#define DAY (24 * G_GINT64_CONSTANT (3600000))
/* Longer than anything is kept that can be. */
#define LONG (91 * DAY)
#define N_EVENTS 4
#define STEP 1000
#define OLD \
  "SELECT (SELECT count(*) FROM bus_event WHERE envelope LIKE '%\"old-%') + (SELECT count(*) FROM bus_dead_letter)" \
  " + (SELECT count(*) FROM bus_replay)"

static void
set_up (BusFixture *self)
{
  static const char *const never[] = { "never", NULL };
  static const char *const kept[] = { "kept", NULL };
  GError *error = NULL;

  bus_fixture_add (self, "never", BUS_TEST_PERMANENT, G_MAXINT, &bus_test_policy);
  bus_fixture_add (self, "kept", BUS_TEST_DIRECT, 0, &bus_test_policy);
  do
    posture_bus_put_rule (self->bus, "never", "{\"source\":[\"old\"]}", never, &error);
  while (bus_acts_make_room (&error));
  do
    posture_bus_put_rule (self->bus, "kept", "{\"source\":[\"kept\"]}", kept, &error);
  while (bus_acts_make_room (&error));
  do
    posture_bus_set_archive (self->bus, TRUE, NULL, DAY, POSTURE_ARCHIVE_DEFAULT_SIZE, &error);
  while (bus_acts_make_room (&error));
}

/* The numbers that the journal has given: “number SEQUENCE ID”. */
static gboolean
say_numbers (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error,
                                                                 "SELECT sequence || ' ' || id FROM bus_event", NULL);

  while (rows != NULL && posture_statement_step (rows, error) == POSTURE_STEP_ROW)
    bus_acts_say ("number", posture_statement_get_text (rows, 0));
  return rows != NULL;
}

/* Puts an event that has everything that can hang on one: a detail of its own, a resource, a key. */
static void
put (BusFixture *self,
     const char *source,
     guint       number)
{
  static const char *const resources[] = { "something", NULL };
  g_autofree char *filling = g_strnfill (250 * 1024, 'x');
  g_autofree char *detail = g_strdup_printf ("{\"text\":\"%s\"}", number == 0 ? filling : "");
  g_autofree char *key = g_strdup_printf ("%s-%u", source, number);
  PostureBusEntry entry = { .source = source, .detail_type = key, .detail = detail, .resources = resources,
                            .by_digest = TRUE, .key = key };
  GError *error = NULL;
  g_autoptr (GPtrArray) results = NULL;

  do
    results = posture_bus_put (self->bus, &entry, 1, &error);
  while (bus_acts_make_room (&error));
  bus_acts_say (source, ((PostureBusResult *) g_ptr_array_index (results, 0))->event_id);
  g_assert_true (posture_store_read (self->store, say_numbers, NULL, NULL, NULL));
}

/* Lets time pass until a question has the answer 0. */
static void
drain (BusFixture *self,
       gint64      step,
       const char *question)
{
  while (bus_fixture_ask (self, question) > 0)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      bus_fixture_tick ();
      bus_test_clock_advance (BUS_TEST_CLOCK (self->clock), step);
    }
}

static void
make_old (BusFixture *self)
{
  static const char *const no_rules[] = { NULL };
  GError *error = NULL;

  for (guint i = 0; i < N_EVENTS; i++)
    put (self, "old", i);
  drain (self, STEP, "SELECT count(*) FROM bus_delivery");
  if (bus_fixture_ask (self, "SELECT count(*) FROM bus_replay") == 0)
    do
      posture_bus_start_replay (self->bus, "old", 0, G_MAXINT64, no_rules, &error);
    while (bus_acts_make_room (&error));
  drain (self, STEP, "SELECT count(*) FROM bus_replay WHERE state = 'running'");
}

/* What is there from before the crash is not put again: keys are forgotten, too. */
static void
make_kept (BusFixture *self)
{
  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *question =
        g_strdup_printf ("SELECT count(*) FROM bus_event WHERE envelope LIKE '%%\"kept-%u\"%%'", i);

      if (bus_fixture_ask (self, question) == 0)
        put (self, "kept", i);
    }
}

int
main (int    argc,
      char **argv)
{
  BusFixture self = { .folder = NULL };
  gint64 last;

  bus_acts_begin (&self, argc > 1 ? argv[1] : "");
  /* the clock goes on where it was */
  last = bus_fixture_ask (&self, "SELECT coalesce(max(put), 0) FROM bus_event");
  bus_test_clock_set (BUS_TEST_CLOCK (self.clock), MAX (last, BUS_TEST_START));
  set_up (&self);
  posture_bus_start (self.bus);
  if (last < BUS_TEST_START + LONG)
    {
      make_old (&self);
      posture_bus_stop (self.bus);
      bus_test_clock_set (BUS_TEST_CLOCK (self.clock), BUS_TEST_START + LONG);
      posture_bus_start (self.bus);
    }
  /* the journal is empty then, and goes on all the same */
  drain (&self, DAY / 24, OLD);
  make_kept (&self);
  drain (&self, DAY / 24, OLD " + (SELECT count(*) FROM bus_delivery) + (SELECT count(*) FROM bus_key)");
  return bus_acts_end (&self);
}
