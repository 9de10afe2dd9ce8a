/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/clock.h"

#include "manual-clock.h"

#include <string.h>

/* From RFC 9562, appendix A.6: 2022-02-22 14:22:22 at five hours behind. */
#define EXAMPLE_UUID "017F22E2-79B0-7CC3-98C4-DC0C0C07398F"
#define EXAMPLE_TIME G_GINT64_CONSTANT (0x017F22E279B0)

static void
test_uuid_form (void)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *uuid = posture_uuid_new (EXAMPLE_TIME + i);

      g_assert_true (g_uuid_string_is_valid (uuid));
      g_assert_cmpuint (strlen (uuid), ==, 36);
      g_assert_cmpint (uuid[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", uuid[19]));
      for (guint j = 0; uuid[j] != '\0'; j++)
        g_assert_false (g_ascii_isupper (uuid[j]));
    }
}

static void
test_uuid_order (void)
{
  const gint64 now = G_GINT64_CONSTANT (4000000000000);
  g_autofree char *last = posture_uuid_new (now);

  g_assert_cmpint (posture_uuid_get_time (last), ==, now);
  /* Ten thousand in one millisecond, and then the clock is set back by a day. */
  for (guint i = 0; i < 12000; i++)
    {
      char *uuid = posture_uuid_new (i < 10000 ? now : now - 86400000);

      g_assert_cmpstr (last, <, uuid);
      g_assert_cmpint (posture_uuid_get_time (uuid), >=, now);
      g_assert_cmpint (posture_uuid_get_time (uuid), <, now + 10);
      g_free (last);
      last = uuid;
    }
  {
    g_autofree char *later = posture_uuid_new (now + 1000);

    g_assert_cmpstr (last, <, later);
    g_assert_cmpint (posture_uuid_get_time (later), ==, now + 1000);
  }
}

static gpointer
uuid_thread (gpointer data)
{
  GPtrArray *uuids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 1000; i++)
    g_ptr_array_add (uuids, posture_uuid_new (1000));
  return uuids;
}

static void
test_uuid_threads (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *made[4];
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("uuids", uuid_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      made[i] = g_thread_join (threads[i]);
      for (guint j = 0; j < made[i]->len; j++)
        g_assert_true (g_hash_table_add (seen, made[i]->pdata[j]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_ptr_array_unref (made[i]);
}

static void
test_uuid_time (void)
{
  static const char *const wrong[] = {
    NULL,
    "",
    "x",
    "017F22E2-79B0-4CC3-98C4-DC0C0C07398F", /* version 4 */
    "017F22E2-79B0-7CC3-18C4-DC0C0C07398F", /* another variant */
    "017F22E2-79B0-7CC3-C8C4-DC0C0C07398F",
    "017F22E279B07CC398C4DC0C0C07398F",
    "017F22E2-79B0-7CC3-98C4-DC0C0C07398",
    "017F22E2-79B0-7CC3-98C4-DC0C0C07398FF",
    "017G22E2-79B0-7CC3-98C4-DC0C0C07398F",
    "{017F22E2-79B0-7CC3-98C4-DC0C0C07398F}",
  };

  g_assert_cmpint (posture_uuid_get_time (EXAMPLE_UUID), ==, EXAMPLE_TIME);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (posture_uuid_get_time (wrong[i]), ==, -1);
}

static void
test_time_to_text (void)
{
  static const struct
  {
    gint64 time;
    const char *text;
  } cases[] = {
    { 0, "1970-01-01T00:00:00.000Z" },
    { 1, "1970-01-01T00:00:00.001Z" },
    { -1, "1969-12-31T23:59:59.999Z" },
    { -1000, "1969-12-31T23:59:59.000Z" },
    { -1001, "1969-12-31T23:59:58.999Z" },
    { G_GINT64_CONSTANT (951782400000), "2000-02-29T00:00:00.000Z" },
    { G_GINT64_CONSTANT (1709164800000), "2024-02-29T00:00:00.000Z" },
    { G_GINT64_CONSTANT (-2203977600000), "1900-02-28T00:00:00.000Z" },
    { G_GINT64_CONSTANT (-2203891200000), "1900-03-01T00:00:00.000Z" },
    { EXAMPLE_TIME, "2022-02-22T19:22:22.000Z" },
    { G_GINT64_CONSTANT (253402300799999), "9999-12-31T23:59:59.999Z" },
    { G_GINT64_CONSTANT (-62135596800000), "0001-01-01T00:00:00.000Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = posture_time_to_text (cases[i].time);
      gint64 time = 0;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (posture_time_from_text (text, &time));
      g_assert_cmpint (time, ==, cases[i].time);
    }
}

/* Every eleventh day of all years is what GLib's calendar says. */
static void
test_calendar (void)
{
  const gint64 day = 24 * 60 * 60;

  for (gint64 seconds = -62135596800; seconds < 253402300800; seconds += 11 * day + 3601)
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *expected = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.042Z", g_date_time_get_year (date),
                                                   g_date_time_get_month (date),
                                                   g_date_time_get_day_of_month (date),
                                                   g_date_time_get_hour (date), g_date_time_get_minute (date),
                                                   g_date_time_get_second (date));
      g_autofree char *text = posture_time_to_text (seconds * 1000 + 42);

      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_time_from_text (void)
{
  static const struct
  {
    const char *text;
    gint64 time;
  } right[] = {
    { "2022-02-22T19:22:22Z", EXAMPLE_TIME },
    { "2022-02-22T14:22:22-05:00", EXAMPLE_TIME },
    { "2022-02-23T00:52:22.000+05:30", EXAMPLE_TIME },
    { "2022-02-22T19:22:22-00:00", EXAMPLE_TIME },
    { "2022-02-22T19:22:22.5Z", EXAMPLE_TIME + 500 },
    { "2022-02-22T19:22:22.123456Z", EXAMPLE_TIME + 123 },
    { "1969-12-31T23:59:59.5Z", -500 },
    { "2016-12-31T23:59:60Z", G_GINT64_CONSTANT (1483228799000) }, /* a leap second */
    { "2022-02-22T19:22:22+23:59", EXAMPLE_TIME - 86340000 },
  };
  static const char *const wrong[] = {
    "",
    "2022-02-22",
    "2022-02-22T19:22:22",         /* no zone */
    "2022-02-22T19:22:22.000",
    "2022-02-22T19:22Z",
    "20220222T192222.0000Z",
    "2022-W08-2T19:22:22Z",        /* a week */
    "2022-053T19:22:22.00Z",       /* the day of the year */
    "2022-02-22 19:22:22Z",
    "2022-02-22t19:22:22z",
    "2022-02-22T19:22:22,5Z",
    "2022-02-22T19:22:22.Z",
    "2022-02-22T19:22:22+05",
    "2022-02-22T19:22:22+0500",
    "2022-02-22T19:22:22+05:00Z",
    "2022-02-22T19:22:22+24:00",
    "2022-02-22T19:22:22-05:60",
    "2022-02-22T19:22:22+",
    "2022-02-22T19:22:22x",
    "2022-02-22T19:22:22Z ",
    " 2022-02-22T19:22:22Z",
    "2022-02-30T19:22:22Z",
    "2023-02-29T19:22:22Z",
    "1900-02-29T00:00:00Z",
    "2022-13-01T19:22:22Z",
    "2022-00-01T19:22:22Z",
    "2022-02-22T24:22:22Z",
    "2022-02-22T19:60:22Z",
    "2022-02-22T19:22:61Z",
    "0000-01-01T00:00:00Z",
    "+2022-02-22T19:22:22Z",
    "2022-02-22T19:22:22\xc3\xa4",
    "yesterday, at five o'clock",
  };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      gint64 time = 0;

      g_assert_true (posture_time_from_text (right[i].text, &time));
      g_assert_cmpint (time, ==, right[i].time);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gint64 time = 17;

      g_test_message ("%s", wrong[i]);
      g_assert_false (posture_time_from_text (wrong[i], &time));
      g_assert_cmpint (time, ==, 17);
    }
}

static void
test_now (void)
{
  g_autoptr (PostureClock) clock = posture_clock_new ();
  gint64 before = g_get_real_time () / 1000;
  gint64 now = posture_clock_get_now (clock);

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time () / 1000);
}

static gboolean
count_to_three (gpointer data)
{
  guint *count = data;

  return ++*count < 3;
}

static gboolean
never (gpointer data)
{
  g_assert_not_reached ();
}

/* In the context of the thread, not in the one of everybody. */
static void
test_timeouts (void)
{
  g_autoptr (PostureClock) clock = posture_clock_new ();
  g_autoptr (GMainContext) context = g_main_context_new ();
  guint count = 0;
  guint id;

  g_main_context_push_thread_default (context);
  id = posture_clock_add_timeout (clock, 1, never, NULL);
  g_assert_cmpuint (id, >, 0);
  posture_clock_remove (clock, id);
  posture_clock_remove (clock, id);
  g_assert_cmpuint (posture_clock_add_timeout (clock, 3, count_to_three, &count), >, 0);
  while (count < 3)
    {
      g_main_context_iteration (context, TRUE);
      g_main_context_iteration (NULL, FALSE);
    }
  /* Before now is at once. */
  posture_clock_add_timeout (clock, -5, count_to_three, &count);
  g_main_context_iteration (context, TRUE);
  g_assert_cmpuint (count, ==, 4);
  g_main_context_pop_thread_default (context);

  /* Very long is not at once. */
  id = posture_clock_add_timeout (clock, G_MAXINT64, never, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  posture_clock_remove (clock, id);
}

typedef struct
{
  ManualClock *clock;
  GString *log;
  const char *name;
  guint times;
  guint id;
} Alarm;

static gboolean
alarm_cb (gpointer data)
{
  Alarm *alarm = data;

  g_string_append_printf (alarm->log, "%s%" G_GINT64_FORMAT " ", alarm->name,
                          posture_clock_get_now (POSTURE_CLOCK (alarm->clock)));
  return --alarm->times > 0;
}

static gboolean
snooze_cb (gpointer data)
{
  Alarm *alarm = data;

  posture_clock_remove (POSTURE_CLOCK (alarm->clock), alarm->id);
  alarm->id = posture_clock_add_timeout (POSTURE_CLOCK (alarm->clock), 5, alarm_cb, alarm);
  return G_SOURCE_CONTINUE;
}

static void
test_manual (void)
{
  ManualClock *clock = manual_clock_new (1000);
  PostureClock *base = POSTURE_CLOCK (clock);
  g_autoptr (GString) log = g_string_new (NULL);
  Alarm a = { clock, log, "a", 2 };
  Alarm b = { clock, log, "b", 1 };
  Alarm c = { clock, log, "c", 1 };
  guint id;

  g_assert_cmpint (posture_clock_get_now (base), ==, 1000);
  g_assert_cmpint (manual_clock_get_delay (clock), ==, -1);
  g_assert_false (manual_clock_run_next (clock));
  posture_clock_add_timeout (base, 30, alarm_cb, &a);
  posture_clock_add_timeout (base, 10, alarm_cb, &b);
  posture_clock_add_timeout (base, 30, alarm_cb, &c);
  id = posture_clock_add_timeout (base, 20, never, NULL);
  posture_clock_remove (base, id);
  posture_clock_remove (base, id);
  g_assert_cmpuint (manual_clock_count (clock), ==, 3);
  g_assert_cmpint (manual_clock_get_delay (clock), ==, 10);
  manual_clock_advance (clock, 9);
  g_assert_cmpstr (log->str, ==, "");
  /* In the order of their times, each at its own, and again after it. */
  manual_clock_advance (clock, 51);
  g_assert_cmpstr (log->str, ==, "b1010 a1030 c1030 a1060 ");
  g_assert_cmpint (posture_clock_get_now (base), ==, 1060);
  g_assert_cmpuint (manual_clock_count (clock), ==, 0);

  /* Setting the clock back moves no timeout. */
  g_string_truncate (log, 0);
  c.times = 1;
  posture_clock_add_timeout (base, 100, alarm_cb, &c);
  manual_clock_set (clock, 500);
  g_assert_cmpint (manual_clock_get_delay (clock), ==, 100);
  g_assert_true (manual_clock_run_next (clock));
  g_assert_cmpstr (log->str, ==, "c600 ");

  /* One that replaces itself on the way takes part. */
  g_string_truncate (log, 0);
  a.times = 1;
  a.id = posture_clock_add_timeout (base, 10, snooze_cb, &a);
  manual_clock_advance (clock, 100);
  g_assert_cmpstr (log->str, ==, "a615 ");
  g_assert_cmpint (posture_clock_get_now (base), ==, 700);
  id = posture_clock_add_timeout (base, 0, never, NULL);
  posture_clock_remove (base, id);
  g_assert_finalize_object (clock);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/uuid/form", test_uuid_form);
  g_test_add_func ("/clock/uuid/order", test_uuid_order);
  g_test_add_func ("/clock/uuid/threads", test_uuid_threads);
  g_test_add_func ("/clock/uuid/time", test_uuid_time);
  g_test_add_func ("/clock/time/to-text", test_time_to_text);
  g_test_add_func ("/clock/time/calendar", test_calendar);
  g_test_add_func ("/clock/time/from-text", test_time_from_text);
  g_test_add_func ("/clock/now", test_now);
  g_test_add_func ("/clock/timeouts", test_timeouts);
  g_test_add_func ("/clock/manual", test_manual);

  return g_test_run ();
}
