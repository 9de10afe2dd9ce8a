/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/clock.h"

#include <string.h>

#define DAY (24 * G_GINT64_CONSTANT (3600000))
/* What has a four-digit year: 0001-01-01 to 9999-12-31. */
#define MIN_TIME (-62135596800 * G_GINT64_CONSTANT (1000))
#define MAX_TIME (253402300800 * G_GINT64_CONSTANT (1000) - 1)

G_DEFINE_TYPE (PostureClock, posture_clock, G_TYPE_OBJECT)

static gint64
posture_clock_real_get_now (PostureClock *self)
{
  return g_get_real_time () / 1000;
}

static guint
posture_clock_real_add_timeout (PostureClock *self,
                                gint64        delay,
                                GSourceFunc   function,
                                gpointer      data)
{
  g_autoptr (GSource) source = g_timeout_source_new ((guint) CLAMP (delay, 0, G_MAXINT));

  g_source_set_callback (source, function, data, /* notify = */ NULL);
  return g_source_attach (source, g_main_context_get_thread_default ());
}

static void
posture_clock_real_remove (PostureClock *self,
                           guint         id)
{
  GSource *source = g_main_context_find_source_by_id (g_main_context_get_thread_default (), id);

  if (source != NULL)
    g_source_destroy (source);
}

static void
posture_clock_class_init (PostureClockClass *klass)
{
  klass->get_now = posture_clock_real_get_now;
  klass->add_timeout = posture_clock_real_add_timeout;
  klass->remove = posture_clock_real_remove;
}

static void
posture_clock_init (PostureClock *self)
{
}

/**
 * posture_clock_new:
 *
 * Returns: (transfer full): the system's clock
 */
PostureClock *
posture_clock_new (void)
{
  return g_object_new (POSTURE_TYPE_CLOCK, NULL);
}

/**
 * posture_clock_get_now:
 * @self: a clock
 *
 * Can be called from any thread.
 *
 * Returns: milliseconds since 1970-01-01 00:00 UTC
 */
gint64
posture_clock_get_now (PostureClock *self)
{
  return POSTURE_CLOCK_GET_CLASS (self)->get_now (self);
}

/**
 * posture_clock_add_timeout:
 * @self: a clock
 * @delay: in milliseconds
 * @function: (scope notified): called in the caller's main context
 * @data: for @function
 *
 * Calls @function when the time has come, again and again until it returns
 * %G_SOURCE_REMOVE.
 *
 * Returns: an id for posture_clock_remove(), above 0
 */
guint
posture_clock_add_timeout (PostureClock *self,
                           gint64        delay,
                           GSourceFunc   function,
                           gpointer      data)
{
  return POSTURE_CLOCK_GET_CLASS (self)->add_timeout (self, delay, function, data);
}

/**
 * posture_clock_remove:
 * @self: a clock
 * @id: what posture_clock_add_timeout() returned, in the same main context
 *
 * Takes a timeout back.
 */
void
posture_clock_remove (PostureClock *self,
                      guint         id)
{
  POSTURE_CLOCK_GET_CLASS (self)->remove (self, id);
}

/* Writes the last @digits digits of @value in hexadecimal and gives the place after them. Each event that
 * is put needs an id, and printf takes more time than all the rest of it. */
static char *
write_hex (char   *at,
           guint64 value,
           guint   digits)
{
  for (guint i = digits; i > 0; i--, value >>= 4)
    at[i - 1] = "0123456789abcdef"[value & 0xf];
  return at + digits;
}

/* The same in decimal. */
static char *
write_decimal (char *at,
               guint value,
               guint digits)
{
  for (guint i = digits; i > 0; i--, value /= 10)
    at[i - 1] = (char) ('0' + value % 10);
  return at + digits;
}

static char *
write_char (char *at,
            char  c)
{
  *at = c;
  return at + 1;
}

static char *
write_uuid (gint64  time,
            guint   count,
            guint32 random_high,
            guint32 random_low)
{
  char *uuid = g_malloc (sizeof "00000000-0000-7000-8000-000000000000");
  char *at = write_hex (uuid, (guint64) time >> 16, 8);

  at = write_hex (write_char (at, '-'), (guint64) time, 4);
  at = write_hex (write_char (at, '-'), 0x7000 | count, 4);
  at = write_hex (write_char (at, '-'), 0x8000 | (random_high >> 18), 4);
  at = write_hex (write_char (at, '-'), random_high, 4);
  at = write_hex (at, random_low, 8);
  *at = '\0';
  return uuid;
}

/**
 * posture_uuid_new:
 * @now: milliseconds since 1970, not negative
 *
 * Makes a UUID of version 7 after [RFC 9562](https://www.rfc-editor.org/rfc/rfc9562).
 * Those made by one process sort in the order in which they were made, also
 * within a millisecond and when the clock was set back: the 12 bits after
 * the time count, as method 1 of its section 6.2 has it.
 *
 * Returns: (transfer full): 36 lower-case characters
 */
char *
posture_uuid_new (gint64 now)
{
  static GMutex mutex;
  static gint64 last;
  static guint counter;
  gint64 time;
  guint count;

  g_return_val_if_fail (now >= 0, NULL);

  g_mutex_lock (&mutex);
  if (now > last)
    {
      last = now;
      counter = g_random_int () & 0x3ff;
    }
  else if (++counter > 0xfff)
    {
      last++;
      counter = 0;
    }
  time = last;
  count = counter;
  g_mutex_unlock (&mutex);

  return write_uuid (time, count, g_random_int (), g_random_int ());
}

/**
 * posture_uuid_get_time:
 * @uuid: (nullable): a text
 *
 * Returns: the milliseconds since 1970 that a UUID of version 7 carries, -1 if
 *   @uuid is none
 */
gint64
posture_uuid_get_time (const char *uuid)
{
  g_autofree char *digits = NULL;

  if (uuid == NULL || !g_uuid_string_is_valid (uuid) || uuid[14] != '7' ||
      strchr ("89abAB", uuid[19]) == NULL)
    return -1;
  digits = g_strdup_printf ("%.8s%.4s", uuid, uuid + 9);
  return (gint64) g_ascii_strtoull (digits, NULL, 16);
}

static gint64
floor_divide (gint64 value,
              gint64 divisor)
{
  return value / divisor - (value % divisor < 0);
}

/* The date in the Gregorian calendar of a day counted from 1970-01-01. Years are counted from March on, so
 * that the leap day is the last of its year, in periods of 400 years: those are all alike. */
static void
day_to_date (gint64 day,
             guint *ret_year,
             guint *ret_month,
             guint *ret_month_day)
{
  const gint64 from_march_0000 = day + 719468;
  gint64 period = floor_divide (from_march_0000, 146097);
  guint of_period = (guint) (from_march_0000 - period * 146097);
  /* without the leap days before it, each year has 365 days */
  guint year = (of_period - of_period / 1460 + of_period / 36524 - of_period / 146096) / 365;
  guint of_year = of_period - (365 * year + year / 4 - year / 100);
  /* from March on, months have 31, 30, 31, 30, 31 days, and again: 153 days in five */
  guint month = (5 * of_year + 2) / 153;

  *ret_month_day = of_year - (153 * month + 2) / 5 + 1;
  *ret_month = month < 10 ? month + 3 : month - 9;
  *ret_year = (guint) (period * 400) + year + (*ret_month <= 2);
}

/**
 * posture_time_to_text:
 * @time: milliseconds since 1970, in the years 1 to 9999
 *
 * Returns: (transfer full): the time after RFC 3339 in UTC with milliseconds,
 *   such as `2026-02-28T12:00:00.000Z`, in any time zone and language
 */
char *
posture_time_to_text (gint64 time)
{
  gint64 day = floor_divide (time, DAY);
  guint rest = (guint) (time - day * DAY);
  guint year, month, month_day;
  char *text, *at;

  g_return_val_if_fail (time >= MIN_TIME && time <= MAX_TIME, NULL);

  day_to_date (day, &year, &month, &month_day);
  text = g_malloc (sizeof "0000-00-00T00:00:00.000Z");
  at = write_decimal (text, year, 4);
  at = write_decimal (write_char (at, '-'), month, 2);
  at = write_decimal (write_char (at, '-'), month_day, 2);
  at = write_decimal (write_char (at, 'T'), rest / 3600000, 2);
  at = write_decimal (write_char (at, ':'), rest / 60000 % 60, 2);
  at = write_decimal (write_char (at, ':'), rest / 1000 % 60, 2);
  at = write_decimal (write_char (at, '.'), rest % 1000, 3);
  at = write_char (at, 'Z');
  *at = '\0';
  return text;
}

/* Whether @text looks like @form, where 0 stands for any digit; gives what comes after it. */
static const char *
skip_form (const char *text,
           const char *form)
{
  for (; *form != '\0'; form++, text++)
    if (*form == '0' ? !g_ascii_isdigit (*text) : *form != *text)
      return NULL;
  return text;
}

/* The reader of GLib takes many more forms of ISO 8601: weeks, days of the year, no zone, a comma, a zone
 * of 24 hours; and a minute of 62 seconds. */
static gboolean
is_time (const char *text)
{
  const char *rest = skip_form (text, "0000-00-00T00:00:00");
  const char *zone;

  if (rest != NULL && *rest == '.')
    {
      rest = skip_form (rest, ".0");
      while (rest != NULL && g_ascii_isdigit (*rest))
        rest++;
    }
  if (rest == NULL || strncmp (text + strlen ("0000-00-00T00:00:"), "60", 2) > 0)
    return FALSE;
  if (g_str_equal (rest, "Z"))
    return TRUE;
  zone = *rest == '+' ? skip_form (rest, "+00:00") : skip_form (rest, "-00:00");
  return zone != NULL && *zone == '\0' && strncmp (rest + 1, "24", 2) < 0;
}

/**
 * posture_time_from_text:
 * @text: a time after [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339), with capital T and Z
 * @ret_time: (out): milliseconds since 1970
 *
 * Returns: %TRUE if @text is a time with date and zone
 */
gboolean
posture_time_from_text (const char *text,
                        gint64     *ret_time)
{
  g_autoptr (GTimeZone) nowhere = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (!is_time (text))
    return FALSE;
  nowhere = g_time_zone_new_utc ();
  date = g_date_time_new_from_iso8601 (text, nowhere);
  if (date == NULL)
    return FALSE;
  *ret_time = g_date_time_to_unix (date) * 1000 + g_date_time_get_microsecond (date) / 1000;
  return TRUE;
}
