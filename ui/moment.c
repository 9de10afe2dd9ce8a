/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/moment.h"

#include <glib/gi18n-lib.h>

static GDateTime *
to_local (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

/* How many midnights lie between two moments. */
static int
count_days (GDateTime *from,
            GDateTime *to)
{
  GDate *first = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (from),
                                 (GDateMonth) g_date_time_get_month (from),
                                 (GDateYear) g_date_time_get_year (from));
  GDate *last = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (to),
                                (GDateMonth) g_date_time_get_month (to),
                                (GDateYear) g_date_time_get_year (to));
  int days = g_date_days_between (first, last);

  g_date_free (first);
  g_date_free (last);
  return days;
}

/**
 * posture_moment_to_words:
 * @time: a moment, in milliseconds since 1970
 * @now: the present moment, likewise
 *
 * Returns: (transfer full): the day in the person's language and time zone; for today and
 *   yesterday this word and the time of day
 */
char *
posture_moment_to_words (gint64 time,
                         gint64 now)
{
  g_autoptr (GDateTime) then = to_local (time);
  g_autoptr (GDateTime) present = to_local (now);
  int days;

  if (then == NULL || present == NULL)
    return g_strdup ("–");
  days = count_days (then, present);
  if (days == 0)
    /* Translators: a moment of today, as for strftime */
    return g_date_time_format (then, _("Today, %H:%M"));
  if (days == 1)
    /* Translators: a moment of yesterday, as for strftime */
    return g_date_time_format (then, _("Yesterday, %H:%M"));
  /* Translators: a day, as for strftime */
  return g_date_time_format (then, _("%-d %B %Y"));
}

/**
 * posture_day_to_words:
 * @day: a day, as `2026-11-23`
 *
 * Returns: (transfer full) (nullable): the day in the person's language; %NULL if it is none
 */
char *
posture_day_to_words (const char *day)
{
  g_autofree char *text = g_strdup_printf ("%sT00:00:00", day);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, zone);

  /* Translators: a day, as for strftime */
  return date != NULL ? g_date_time_format (date, _("%-d %B %Y")) : NULL;
}
