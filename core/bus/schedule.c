/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/schedule.h"

#include "bus/schedule-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MINUTE G_GINT64_CONSTANT (60000)
/* More than anybody waits for, and far from what a time can hold. */
#define MAX_VALUE 1000000

struct _PostureSchedule
{
  gint64 period; /* of a rate, in milliseconds; 0: cron */
  PostureCron cron;
};

static gboolean
refuse (const char *text,
        GError    **error)
{
  g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
               _("“%s” is no schedule. Write rate(5 minutes), rate(1 hour), or cron(0 8 ? * MON-FRI *)."),
               text);
  return FALSE;
}

/* What stands between @prefix and the closing parenthesis, or NULL. */
static char *
dup_inside (const char *text,
            const char *prefix)
{
  gsize length = strlen (text), skip = strlen (prefix);

  if (!g_str_has_prefix (text, prefix) || length < skip + 1 || text[length - 1] != ')')
    return NULL;
  return g_strndup (text + skip, length - skip - 1);
}

/* One of anything has a unit in the singular, more of it in the plural. */
static gboolean
read_rate (PostureSchedule *self,
           const char      *inside)
{
  static const struct
  {
    const char *one;
    const char *many;
    gint64 length;
  } units[] = {
    { "minute", "minutes", MINUTE },
    { "hour", "hours", 60 * MINUTE },
    { "day", "days", 24 * 60 * MINUTE },
  };
  g_autofree char *copy = g_strstrip (g_strdup (inside));
  char *unit = copy + strcspn (copy, " \t");
  guint64 value;

  if (*unit == '\0')
    return FALSE;
  *unit++ = '\0';
  if (!g_ascii_string_to_unsigned (copy, 10, 1, MAX_VALUE, &value, NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (g_strstrip (unit), value == 1 ? units[i].one : units[i].many))
      self->period = (gint64) value * units[i].length;
  return self->period > 0;
}

/**
 * posture_schedule_new:
 * @text: `rate(VALUE UNIT)` or `cron(MINUTES HOURS DAY-OF-MONTH MONTH
 *   DAY-OF-WEEK YEAR)`, as Amazon EventBridge has them; times are in UTC
 * @error: return location for a #GError of %POSTURE_BUS_ERROR_VALIDATION
 *
 * Reads a schedule expression.
 *
 * Returns: (transfer full) (nullable): the schedule, or %NULL on error
 */
PostureSchedule *
posture_schedule_new (const char *text,
                      GError    **error)
{
  g_autoptr (PostureSchedule) self = g_new0 (PostureSchedule, 1);
  g_autofree char *rate = dup_inside (text, "rate(");
  g_autofree char *cron = dup_inside (text, "cron(");

  if (cron != NULL)
    return posture_cron_read (&self->cron, cron, error) ? g_steal_pointer (&self) : NULL;
  if (rate != NULL && read_rate (self, rate))
    return g_steal_pointer (&self);
  refuse (text, error);
  return NULL;
}

/**
 * posture_schedule_free:
 * @self: (transfer full): a schedule
 *
 * Frees a schedule.
 */
void
posture_schedule_free (PostureSchedule *self)
{
  g_free (self);
}

/**
 * posture_schedule_get_next:
 * @self: a schedule
 * @begin: when the rule was made; a rate counts from here
 * @after: a time. All times are in milliseconds since 1970.
 *
 * Returns: the first time later than @after at which the schedule runs; -1 if
 *   it never does again
 */
gint64
posture_schedule_get_next (const PostureSchedule *self,
                           gint64                 begin,
                           gint64                 after)
{
  if (self->period == 0)
    return posture_cron_get_next (&self->cron, after);
  if (after < begin)
    return begin + self->period;
  return begin + ((after - begin) / self->period + 1) * self->period;
}
