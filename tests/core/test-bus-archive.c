/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "bus/archive.h"
#include "pattern/pattern.h"

#include <string.h>

#define DAY (24 * G_GINT64_CONSTANT (3600000))
#define HOUR G_GINT64_CONSTANT (3600000)

static void
set_archive (BusFixture *self,
             gboolean    enabled,
             const char *pattern,
             gint64      max_age,
             gint64      max_size)
{
  g_autoptr (GError) error = NULL;

  posture_bus_set_archive (self->bus, enabled, pattern, max_age, max_size, &error);
  g_assert_no_error (error);
}

static gint64
archived (BusFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureArchive) archive = posture_bus_dup_archive (self->bus, &error);

  g_assert_no_error (error);
  return archive->events;
}

static void
put (BusFixture *self,
     const char *source)
{
  g_free (bus_fixture_put (self, source, "{}"));
}

/* It is off until somebody turns it on; then it takes what matches its pattern, and nothing from before. */
static void
test_pattern (BusFixture   *self,
              gconstpointer data)
{
  g_autoptr (PostureArchive) archive = NULL;

  put (self, "before");
  g_assert_cmpint (archived (self), ==, 0);
  set_archive (self, TRUE, "{\"source\":[\"kept\"]}", DAY, POSTURE_ARCHIVE_DEFAULT_SIZE);
  put (self, "kept");
  put (self, "other");
  archive = posture_bus_dup_archive (self->bus, NULL);
  g_assert_true (archive->enabled);
  g_assert_cmpstr (archive->pattern, ==, "{\"source\":[\"kept\"]}");
  g_assert_cmpint (archive->max_age, ==, DAY);
  g_assert_cmpint (archive->max_size, ==, POSTURE_ARCHIVE_DEFAULT_SIZE);
  g_assert_cmpint (archive->events, ==, 1);
  g_assert_cmpint (archive->oldest, ==, BUS_TEST_START);
  g_assert_cmpint (archive->size, ==,
                   bus_fixture_ask (self, "SELECT length(envelope) FROM bus_event WHERE envelope LIKE '%kept%'"));
  set_archive (self, TRUE, NULL, 0, POSTURE_ARCHIVE_DEFAULT_SIZE);
  put (self, "other");
  g_assert_cmpint (archived (self), ==, 2);
  set_archive (self, FALSE, NULL, 0, POSTURE_ARCHIVE_DEFAULT_SIZE);
  put (self, "other");
  g_assert_cmpint (archived (self), ==, 2);
}

/* The archive is no rule: nothing is delivered for it, and the rules' list does not show it. */
static void
test_no_rule (BusFixture   *self,
              gconstpointer data)
{
  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_rule (self, "all", "{\"source\":[\"kept\"]}", "direct");
  set_archive (self, TRUE, "{\"source\":[\"kept\"]}", 0, POSTURE_ARCHIVE_DEFAULT_SIZE);
  posture_bus_start (self->bus);
  put (self, "kept");
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 1);
  g_assert_cmpint (archived (self), ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_rule"), ==, 1);
}

/* What cannot be a setting is refused and changes nothing. */
static void
test_refused (BusFixture   *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (posture_bus_set_archive (self->bus, TRUE, "{", 0, 1024, &error));
  g_assert_true (error->domain == POSTURE_PATTERN_ERROR || error->domain == POSTURE_JSON_ERROR);
  g_clear_error (&error);
  g_assert_false (posture_bus_set_archive (self->bus, TRUE, NULL, -1, 1024, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION);
  g_clear_error (&error);
  g_assert_false (posture_bus_set_archive (self->bus, TRUE, NULL, 0, POSTURE_ARCHIVE_MAX_SIZE + 1, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION);
  put (self, "a");
  g_assert_cmpint (archived (self), ==, 0);
}

/* What is in the archive outlives the journal's 30 days, up to its own age; turned off, it keeps what it has. */
static void
test_age (BusFixture   *self,
          gconstpointer data)
{
  set_archive (self, TRUE, "{\"source\":[\"kept\"]}", 60 * DAY, POSTURE_ARCHIVE_DEFAULT_SIZE);
  posture_bus_start (self->bus);
  put (self, "kept");
  put (self, "other");
  set_archive (self, FALSE, NULL, 60 * DAY, POSTURE_ARCHIVE_DEFAULT_SIZE);
  bus_fixture_advance (self, 31 * DAY);
  g_assert_cmpint (archived (self), ==, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 1);
  bus_fixture_advance (self, 29 * DAY);
  g_assert_cmpint (archived (self), ==, 1);
  bus_fixture_advance (self, HOUR);
  g_assert_cmpint (archived (self), ==, 0);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 0);
}

/* Beyond its size the oldest ones leave it, as soon as the size is set; they stay in the journal as long as
 * all others. Size 0 empties it. */
static void
test_size (BusFixture   *self,
           gconstpointer data)
{
  gint64 size;

  set_archive (self, TRUE, NULL, 0, POSTURE_ARCHIVE_DEFAULT_SIZE);
  posture_bus_start (self->bus);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *source = g_strdup_printf ("s%u", i);

      put (self, source);
    }
  size = bus_fixture_ask (self, "SELECT max(archived) FROM bus_event");
  set_archive (self, TRUE, NULL, 0, 3 * size + 1);
  bus_fixture_settle (self);
  g_assert_cmpint (archived (self), ==, 3);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT floor FROM bus_archive"), ==, 2);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 5);
  set_archive (self, TRUE, NULL, 0, 0);
  bus_fixture_settle (self);
  g_assert_cmpint (archived (self), ==, 0);
  bus_fixture_advance (self, 31 * DAY);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 0);
}

/* What it takes of an event whose detail travels by its digest counts the detail. */
static void
test_digest (BusFixture   *self,
             gconstpointer data)
{
  g_autofree char *filling = g_strnfill (POSTURE_BUS_MAX_INLINE_SIZE, 'x');
  g_autofree char *detail = g_strdup_printf ("{\"a\":\"%s\"}", filling);
  PostureBusEntry entry = { .source = "s", .detail_type = "t", .detail = detail, .by_digest = TRUE };
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (PostureArchive) archive = NULL;

  set_archive (self, TRUE, NULL, 0, POSTURE_ARCHIVE_DEFAULT_SIZE);
  results = posture_bus_put (self->bus, &entry, 1, NULL);
  g_assert_nonnull (results);
  archive = posture_bus_dup_archive (self->bus, NULL);
  g_assert_cmpint (archive->size, >, (gint64) strlen (detail));
}

static void
fill_journal (BusFixture *self)
{
  bus_fixture_run (self, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 256)"
                         " INSERT INTO bus_event (id, put, envelope)"
                         " SELECT 'e' || i, 1767225600000, hex(zeroblob(131072)) FROM n");
}

/* The journal keeps at most 64 MiB: what is older goes although there are few events. */
static void
test_journal_size (BusFixture   *self,
                   gconstpointer data)
{
  fill_journal (self);
  put (self, "one-more");
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT min(sequence) FROM bus_event"), ==, 2);
}

/* The journal is looked at before the hour is over if much is put. */
static void
test_often (BusFixture   *self,
            gconstpointer data)
{
  g_autofree char *filling = g_strnfill (240 * 1024, 'x');
  g_autofree char *detail = g_strdup_printf ("{\"a\":\"%s\"}", filling);

  fill_journal (self);
  posture_bus_start (self->bus);
  bus_fixture_settle (self);
  for (guint i = 0; i < 80; i++)
    {
      g_free (bus_fixture_put (self, "s", detail));
      if (i % 8 == 7)
        bus_fixture_settle (self);
    }
  g_assert_cmpint (bus_fixture_ask (self, "SELECT min(sequence) FROM bus_event"), >, 1);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT max(sequence) FROM bus_event"), ==, 256 + 80);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/bus/archive/" name, BusFixture, NULL, bus_fixture_set_up, func, bus_fixture_tear_down)
  ADD ("pattern", test_pattern);
  ADD ("no-rule", test_no_rule);
  ADD ("refused", test_refused);
  ADD ("age", test_age);
  ADD ("size", test_size);
  ADD ("digest", test_digest);
  ADD ("journal-size", test_journal_size);
  ADD ("often", test_often);
  return g_test_run ();
}
