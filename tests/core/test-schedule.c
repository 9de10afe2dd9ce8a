/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus/schedule.h"
#include "store/clock.h"

static gint64
time_of (const char *text)
{
  gint64 time;

  g_assert_true (posture_time_from_text (text, &time));
  return time;
}

static void
assert_next (const char *schedule,
             const char *after,
             const char *next)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureSchedule) self = posture_schedule_new (schedule, &error);
  g_autofree char *found = NULL;
  gint64 time;

  g_assert_no_error (error);
  time = posture_schedule_get_next (self, time_of ("2026-01-01T00:00:00Z"), time_of (after));
  found = time >= 0 ? posture_time_to_text (time) : g_strdup ("never");
  g_assert_cmpstr (found, ==, next);
}

/* The examples of the EventBridge user guide, “Creating an Amazon EventBridge rule that runs on a
 * schedule”: each says what it means; the times follow from that. 2026-01-01 is a Thursday. */
static void
test_published (void)
{
  static const struct
  {
    const char *schedule;
    const char *after;
    const char *next;
  } cases[] = {
    { "cron(0 10 * * ? *)", "2026-01-01T00:00:00Z", "2026-01-01T10:00:00.000Z" },
    { "cron(0 10 * * ? *)", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00.000Z" },
    { "cron(15 12 * * ? *)", "2026-12-31T12:15:00Z", "2027-01-01T12:15:00.000Z" },
    { "cron(0 18 ? * MON-FRI *)", "2026-01-02T18:00:00Z", "2026-01-05T18:00:00.000Z" },
    { "cron(0 8 1 * ? *)", "2026-01-01T08:00:00Z", "2026-02-01T08:00:00.000Z" },
    { "cron(0/15 * * * ? *)", "2026-01-01T00:00:00Z", "2026-01-01T00:15:00.000Z" },
    { "cron(0/15 * * * ? *)", "2026-01-01T00:45:00Z", "2026-01-01T01:00:00.000Z" },
    { "cron(0/10 * ? * MON-FRI *)", "2026-01-02T23:50:00Z", "2026-01-05T00:00:00.000Z" },
    { "cron(0/5 8-17 ? * MON-FRI *)", "2026-01-01T17:55:00Z", "2026-01-02T08:00:00.000Z" },
    { "cron(0/30 20-2 ? * MON-FRI *)", "2026-01-01T02:30:00Z", "2026-01-01T20:00:00.000Z" },
    { "cron(0/30 20-2 ? * MON-FRI *)", "2026-01-01T23:30:00Z", "2026-01-02T00:00:00.000Z" },
    { "cron(0 12 * * ? *)", "2026-01-01T12:00:00Z", "2026-01-02T12:00:00.000Z" },
    { "cron(5,35 14 * * ? *)", "2026-01-01T14:05:00Z", "2026-01-01T14:35:00.000Z" },
    { "cron(15 10 ? * 6L 2019-2022)", "2019-01-01T00:00:00Z", "2019-01-25T10:15:00.000Z" },
    { "cron(15 10 ? * 6L 2019-2022)", "2022-12-30T10:15:00Z", "never" },
    { "rate(1 minute)", "2026-01-01T00:00:00Z", "2026-01-01T00:01:00.000Z" },
    { "rate(5 minutes)", "2026-01-01T00:05:00Z", "2026-01-01T00:10:00.000Z" },
    { "rate(1 hour)", "2026-01-01T00:59:59.999Z", "2026-01-01T01:00:00.000Z" },
    { "rate(1 day)", "2026-01-08T00:00:00Z", "2026-01-09T00:00:00.000Z" },
    /* “1/10”: the 11th, 21st and 31st minute; “3#2”: the second Tuesday; “3W”: the weekday closest to the 3rd */
    { "cron(1/10 * * * ? *)", "2026-01-01T00:01:00Z", "2026-01-01T00:11:00.000Z" },
    { "cron(0 0 ? * 3#2 *)", "2026-01-01T00:00:00Z", "2026-01-13T00:00:00.000Z" },
    { "cron(0 0 3W * ? *)", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00.000Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_next (cases[i].schedule, cases[i].after, cases[i].next);
}

/* Each wildcard of the guide's table, in each field that takes it, also with names, lists and several years. */
static void
test_wildcards (void)
{
  static const struct
  {
    const char *schedule;
    const char *after;
    const char *next;
  } cases[] = {
    /* , and - */
    { "cron(0 0 1 JAN,FEB,MAR ? *)", "2026-03-01T00:00:00Z", "2027-01-01T00:00:00.000Z" },
    { "cron(0 0 1-15 * ? *)", "2026-01-15T00:00:00Z", "2026-02-01T00:00:00.000Z" },
    { "cron(0 0 1,15,20-22 * ? *)", "2026-01-15T00:00:00Z", "2026-01-20T00:00:00.000Z" },
    { "cron(0 0 1 NOV-FEB ? *)", "2026-02-01T00:00:00Z", "2026-11-01T00:00:00.000Z" },
    { "cron(0 0 ? * MON,WED,FRI *)", "2026-01-02T00:00:00Z", "2026-01-05T00:00:00.000Z" },
    { "cron(0 0 ? * mon,Wed *)", "2026-01-05T00:00:00Z", "2026-01-07T00:00:00.000Z" },
    { "cron(0 0 ? * FRI-MON *)", "2026-01-05T00:00:00Z", "2026-01-09T00:00:00.000Z" },
    { "cron(0 0 ? * 2-6 *)", "2026-01-02T00:00:00Z", "2026-01-05T00:00:00.000Z" },
    { "cron(0 0 ? * 1,7 *)", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00.000Z" },
    /* / */
    { "cron(0 0/6 * * ? *)", "2026-01-01T06:00:00Z", "2026-01-01T12:00:00.000Z" },
    { "cron(0 0 1/10 * ? *)", "2026-01-21T00:00:00Z", "2026-01-31T00:00:00.000Z" },
    { "cron(0 0 1 1/3 ? *)", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00.000Z" },
    { "cron(0 0 1 FEB/6 ? *)", "2026-02-01T00:00:00Z", "2026-08-01T00:00:00.000Z" },
    /* years */
    { "cron(0 0 1 1 ? 2026)", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00.000Z" },
    { "cron(0 0 1 1 ? 2026)", "2026-01-01T00:00:00Z", "never" },
    { "cron(0 0 1 1 ? 2027,2031)", "2027-01-01T00:00:00Z", "2031-01-01T00:00:00.000Z" },
    { "cron(0 0 1 1 ? 2026/5)", "2026-01-01T00:00:00Z", "2031-01-01T00:00:00.000Z" },
    { "cron(0 0 1 1 ? 2020-2030/4)", "2025-01-01T00:00:00Z", "2028-01-01T00:00:00.000Z" },
    /* L: the last day of a month, of a week, and the last such day of a month */
    { "cron(0 0 L 2,4 ? *)", "2026-02-28T00:00:00Z", "2026-04-30T00:00:00.000Z" },
    { "cron(0 0 ? * L *)", "2026-01-03T00:00:00Z", "2026-01-10T00:00:00.000Z" },
    { "cron(0 0 ? * 6L *)", "2026-01-01T00:00:00Z", "2026-01-30T00:00:00.000Z" },
    { "cron(0 0 ? * FRIL *)", "2026-01-30T00:00:00Z", "2026-02-27T00:00:00.000Z" },
    { "cron(0 0 ? * 1L *)", "2026-01-01T00:00:00Z", "2026-01-25T00:00:00.000Z" },
    /* W: never across the end of a month; 1 March 2026 is a Sunday, 31 January 2026 a Saturday */
    { "cron(0 0 15W 1 ? *)", "2026-01-01T00:00:00Z", "2026-01-15T00:00:00.000Z" },
    { "cron(0 0 1W 3 ? *)", "2026-01-01T00:00:00Z", "2026-03-02T00:00:00.000Z" },
    { "cron(0 0 31W 1 ? *)", "2026-01-01T00:00:00Z", "2026-01-30T00:00:00.000Z" },
    { "cron(0 0 LW 1 ? *)", "2026-01-01T00:00:00Z", "2026-01-30T00:00:00.000Z" },
    /* # */
    { "cron(0 0 ? * 3#1 *)", "2026-01-01T00:00:00Z", "2026-01-06T00:00:00.000Z" },
    { "cron(0 0 ? * TUE#2 *)", "2026-01-13T00:00:00Z", "2026-02-10T00:00:00.000Z" },
    { "cron(0 0 ? 2 5#5 *)", "2026-01-01T00:00:00Z", "2052-02-29T00:00:00.000Z" },
    /* fields are separated by any white space */
    { "cron(0  10   * *\t? *)", "2026-01-01T00:00:00Z", "2026-01-01T10:00:00.000Z" },
    /* rate, in each unit */
    { "rate(2 minutes)", "2026-01-01T00:01:00Z", "2026-01-01T00:02:00.000Z" },
    { "rate(36 hours)", "2026-01-01T00:00:00Z", "2026-01-02T12:00:00.000Z" },
    { "rate(7 days)", "2026-01-01T00:00:00Z", "2026-01-08T00:00:00.000Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].schedule);
      assert_next (cases[i].schedule, cases[i].after, cases[i].next);
    }
}

/* Ends of months and years, leap years, days that do not exist. */
static void
test_calendar (void)
{
  assert_next ("cron(0 0 L * ? *)", "2027-02-01T00:00:00Z", "2027-02-28T00:00:00.000Z");
  assert_next ("cron(0 0 L * ? *)", "2028-02-01T00:00:00Z", "2028-02-29T00:00:00.000Z");
  assert_next ("cron(0 0 29 2 ? *)", "2097-01-01T00:00:00Z", "2104-02-29T00:00:00.000Z");
  assert_next ("cron(0 0 31 * ? *)", "2026-01-31T00:00:00Z", "2026-03-31T00:00:00.000Z");
  assert_next ("cron(0 0 30 2 ? *)", "2026-01-01T00:00:00Z", "never");
  /* 1 August 2026 is a Saturday, 31 May 2026 a Sunday: the nearest weekday stays in the month */
  assert_next ("cron(0 0 1W 8 ? *)", "2026-01-01T00:00:00Z", "2026-08-03T00:00:00.000Z");
  assert_next ("cron(0 0 LW 5 ? *)", "2026-01-01T00:00:00Z", "2026-05-29T00:00:00.000Z");
  assert_next ("cron(0 0 31W * ? *)", "2026-02-01T00:00:00Z", "2026-03-31T00:00:00.000Z");
  assert_next ("cron(0 0 ? * L *)", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00.000Z");
  assert_next ("cron(0 0 ? * SUN#5 *)", "2026-01-01T00:00:00Z", "2026-03-29T00:00:00.000Z");
  assert_next ("cron(0 0 ? JAN,jul 2 *)", "2026-02-01T00:00:00Z", "2026-07-06T00:00:00.000Z");
  assert_next ("cron(59 23 31 12 ? 2199)", "2026-01-01T00:00:00Z", "2199-12-31T23:59:00.000Z");
  assert_next ("cron(59 23 31 12 ? 2199)", "2199-12-31T23:59:00Z", "never");
  assert_next ("cron(* * * * ? *)", "9999-01-01T00:00:00Z", "never");
  assert_next ("cron(*/20 8-17/3 * * ? *)", "2026-01-01T08:40:00Z", "2026-01-01T11:00:00.000Z");
  /* within a minute the next one is meant */
  assert_next ("cron(* * * * ? *)", "2026-01-01T00:00:59.999Z", "2026-01-01T00:01:00.000Z");
  assert_next ("rate(5 minutes)", "2025-06-01T00:00:00Z", "2026-01-01T00:05:00.000Z");
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "", "rate", "rate()", "rate(5)", "rate(1 minutes)", "rate(1 hours)", "rate(5 hour)", "rate(0 minutes)",
    "rate(-1 minutes)", "rate(5 weeks)", "rate(5 minutes", "rate(1.5 hours)", "rate(99999999999999999999 days)",
    "cron()", "cron(* * * * *)", "cron(0 0 * * ? * *)", "cron(0 0 * * * *)", "cron(0 0 ? * ? *)",
    "cron(0 0 1 * 1 *)", "cron(60 0 * * ? *)", "cron(0 24 * * ? *)", "cron(0 0 0 * ? *)", "cron(0 0 32 * ? *)",
    "cron(0 0 * 13 ? *)", "cron(0 0 ? * 8 *)", "cron(0 0 ? * 0 *)", "cron(0 0 * * ? 1969)", "cron(0 0 * * ? 2200)",
    "cron(0 0 ? * 3#6 *)", "cron(0 0 ? * 3#1,6#3 *)", "cron(0 0 W * ? *)", "cron(0/0 0 * * ? *)", "cron(1- 0 * * ? *)",
    "cron(0 0 ? * ? *)", "cron(? 0 * * ? *)", "cron(0 ? * * ? *)", "cron(0 0 1 ? * *)", "cron(0 0 1 * ? ?)",
    "cron(L 0 * * ? *)", "cron(0 0 1 L ? *)", "cron(0 0 1 * ? L)", "cron(0 0 ? * 2W *)", "cron(0 0 2#1 * ? *)",
    "cron(0 0 ? * 3#0 *)", "cron(0 0 ? * 8#1 *)", "cron(0 0 ? * 8L *)", "cron(0 0 * * ? 1970-2200)", "rate(1 minute )x",
    "cron(, 0 * * ? *)", "cron(0 0 * FOO ? *)", "cron(0 0 32W * ? *)", "cron(0/100 0 * * ? *)", "at(2026-01-01T00:00:00)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PostureSchedule) self = posture_schedule_new (bad[i], &error);

      if (self != NULL)
        g_test_message ("taken: %s", bad[i]);
      g_assert_null (self);
      g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION);
      g_assert_cmpstr (error->message, !=, "");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/published", test_published);
  g_test_add_func ("/schedule/wildcards", test_wildcards);
  g_test_add_func ("/schedule/calendar", test_calendar);
  g_test_add_func ("/schedule/refused", test_refused);
  return g_test_run ();
}
