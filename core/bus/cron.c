/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/schedule-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MINUTE G_GINT64_CONSTANT (60000)
#define MINUTES_OF_DAY (24 * 60)

static const char *const months[] = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", NULL };
static const char *const weekdays[] = { "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", NULL };

/* A field whose values lie between @low and @high; the first of @names is 1. */
typedef struct
{
  const char *label;
  guint low;
  guint high;
  const char *const *names;
} Field;

static gboolean
refuse (const Field *field,
        const char  *text,
        GError     **error)
{
  g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
               _("“%s” cannot stand in the field %s of a cron expression."), text, field->label);
  return FALSE;
}

static gboolean
read_value (const Field *field,
            const char  *text,
            guint       *ret_value)
{
  guint64 value;

  for (guint i = 0; field->names != NULL && field->names[i] != NULL; i++)
    if (g_ascii_strcasecmp (field->names[i], text) == 0)
      {
        *ret_value = i + 1;
        return TRUE;
      }
  if (!g_ascii_string_to_unsigned (text, 10, field->low, field->high, &value, NULL))
    return FALSE;
  *ret_value = (guint) value;
  return TRUE;
}

/* `*`, `5`, `MON-FRI`, `20-2` (over the end), `0/15`, `8-17/3` into @set, which counts from 0. */
static gboolean
read_part (const Field *field,
           const char  *part,
           guint8      *set)
{
  g_auto (GStrv) halves = g_strsplit (part, "/", 2);
  g_auto (GStrv) ends = halves[0] != NULL ? g_strsplit (halves[0], "-", 2) : NULL;
  guint first = field->low, last = field->high, span = field->high - field->low + 1, length;
  guint64 step = 1;

  if (ends == NULL || ends[0] == NULL)
    return FALSE;
  if (!g_str_equal (halves[0], "*"))
    {
      if (!read_value (field, ends[0], &first))
        return FALSE;
      last = halves[1] != NULL ? field->high : first;
      if (ends[1] != NULL && !read_value (field, ends[1], &last))
        return FALSE;
    }
  if (halves[1] != NULL && !g_ascii_string_to_unsigned (halves[1], 10, 1, span, &step, NULL))
    return FALSE;
  length = (last + span - first) % span;
  for (guint i = 0; i <= length; i += (guint) step)
    set[(first - field->low + i) % span] = TRUE;
  return TRUE;
}

static gboolean
read_set (const Field *field,
          const char  *text,
          guint8      *set,
          GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (!read_part (field, parts[i], set))
      return refuse (field, text, error);
  return parts[0] != NULL || refuse (field, text, error);
}

static gboolean
read_bits (const Field *field,
           const char  *text,
           guint64     *ret_bits,
           GError     **error)
{
  guint8 set[64] = { 0 };

  if (!read_set (field, text, set, error))
    return FALSE;
  *ret_bits = 0;
  for (guint i = field->low; i <= field->high; i++)
    if (set[i - field->low])
      *ret_bits |= G_GUINT64_CONSTANT (1) << i;
  return TRUE;
}

static gboolean
read_day (PostureCron *self,
          const char  *text,
          GError     **error)
{
  static const Field field = { "day-of-month", 1, 31, NULL };
  gsize length = strlen (text);

  if (g_str_equal (text, "?"))
    return TRUE;
  self->last_day = g_str_equal (text, "L") || g_str_equal (text, "LW");
  self->nearest = length > 1 && text[length - 1] == 'W';
  if (self->nearest && !self->last_day)
    {
      g_autofree char *number = g_strndup (text, length - 1);

      return read_value (&field, number, &self->nearest_to) || refuse (&field, text, error);
    }
  return self->last_day || read_bits (&field, text, &self->days, error);
}

static gboolean
read_weekday (PostureCron *self,
              const char  *text,
              GError     **error)
{
  static const Field field = { "day-of-week", 1, 7, weekdays };
  gsize length = strlen (text);
  g_auto (GStrv) halves = NULL;
  guint64 nth;

  if (g_str_equal (text, "?"))
    return TRUE;
  /* the last day of the week is Saturday */
  if (g_str_equal (text, "L"))
    return read_bits (&field, "7", &self->weekdays, error);
  if (length > 1 && text[length - 1] == 'L')
    {
      g_autofree char *day = g_strndup (text, length - 1);

      return read_value (&field, day, &self->last_weekday) || refuse (&field, text, error);
    }
  if (strchr (text, '#') == NULL)
    return read_bits (&field, text, &self->weekdays, error);
  halves = g_strsplit (text, "#", 2);
  if (!read_value (&field, halves[0], &self->nth_weekday) ||
      !g_ascii_string_to_unsigned (halves[1], 10, 1, 5, &nth, NULL))
    return refuse (&field, text, error);
  self->nth = (guint) nth;
  return TRUE;
}

/* Reads the six fields. */
gboolean
posture_cron_read (PostureCron *self,
                   const char  *fields,
                   GError     **error)
{
  static const Field minute = { "minutes", 0, 59, NULL }, hour = { "hours", 0, 23, NULL },
                     month = { "month", 1, 12, months },
                     year = { "year", POSTURE_CRON_FIRST_YEAR, POSTURE_CRON_LAST_YEAR, NULL };
  g_auto (GStrv) words = g_strsplit_set (fields, " \t", -1);
  g_autoptr (GPtrArray) given = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_ptr_array_add (given, words[i]);
  if (given->len != 6)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                   _("A cron expression has six fields (minutes, hours, day of month, month, day of week, year), not %u."),
                   given->len);
      return FALSE;
    }
  if (g_str_equal (given->pdata[2], "?") == g_str_equal (given->pdata[4], "?"))
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                           _("One of day of month and day of week, and only one, has to be “?” in a cron expression."));
      return FALSE;
    }
  return read_bits (&minute, given->pdata[0], &self->minutes, error) &&
         read_bits (&hour, given->pdata[1], &self->hours, error) &&
         read_day (self, given->pdata[2], error) &&
         read_bits (&month, given->pdata[3], &self->months, error) &&
         read_weekday (self, given->pdata[4], error) &&
         read_set (&year, given->pdata[5], self->years, error);
}

/* 1 is Sunday. */
static guint
get_weekday (guint year,
             guint month,
             guint day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (guint) g_date_get_weekday (&date) % 7 + 1;
}

/* The weekday (Monday to Friday) that is nearest to a day and lies in the same month. */
static guint
find_nearest (guint year,
              guint month,
              guint day,
              guint length)
{
  guint weekday = get_weekday (year, month, day);

  if (weekday == 7)
    return day > 1 ? day - 1 : day + 2;
  if (weekday == 1)
    return day < length ? day + 1 : day - 2;
  return day;
}

static gboolean
matches_day (const PostureCron *self,
             guint              year,
             guint              month,
             guint              day,
             guint              length)
{
  guint weekday = get_weekday (year, month, day);

  if (self->nearest)
    {
      guint wanted = self->last_day ? length : self->nearest_to;

      return wanted <= length && day == find_nearest (year, month, wanted, length);
    }
  if (self->last_day)
    return day == length;
  if (self->last_weekday > 0)
    return weekday == self->last_weekday && day + 7 > length;
  if (self->nth > 0)
    return weekday == self->nth_weekday && (day - 1) / 7 + 1 == self->nth;
  return self->days != 0 ? (self->days >> day & 1) != 0 : (self->weekdays >> weekday & 1) != 0;
}

/* The first minute of a day that is set, not before @from; -1 if there is none. */
static int
find_minute (const PostureCron *self,
             int                from)
{
  for (int minute = from; minute < MINUTES_OF_DAY; minute++)
    if ((self->hours >> minute / 60 & 1) != 0 && (self->minutes >> minute % 60 & 1) != 0)
      return minute;
  return -1;
}

/* The first time later than @after, in milliseconds since 1970; -1 if there is none. */
gint64
posture_cron_get_next (const PostureCron *self,
                       gint64             after)
{
  gint64 first = after < 0 ? 0 : after / MINUTE + 1; /* the first minute that comes into question */
  gint64 today = first / MINUTES_OF_DAY;
  GDate date;
  guint32 epoch;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, POSTURE_CRON_FIRST_YEAR);
  epoch = g_date_get_julian (&date);
  if (today > (POSTURE_CRON_LAST_YEAR + 1 - POSTURE_CRON_FIRST_YEAR) * G_GINT64_CONSTANT (366))
    return -1;
  for (g_date_add_days (&date, (guint) today); g_date_get_year (&date) <= POSTURE_CRON_LAST_YEAR;
       g_date_add_days (&date, 1))
    {
      guint year = g_date_get_year (&date), month = (guint) g_date_get_month (&date);
      gint64 day = (gint64) g_date_get_julian (&date) - epoch;
      int minute;

      if (!self->years[year - POSTURE_CRON_FIRST_YEAR] || (self->months >> month & 1) == 0 ||
          !matches_day (self, year, month, g_date_get_day (&date),
                        g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year)))
        continue;
      minute = find_minute (self, day == today ? (int) (first % MINUTES_OF_DAY) : 0);
      if (minute >= 0)
        return (day * MINUTES_OF_DAY + minute) * MINUTE;
    }
  return -1;
}
