/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/scalars.h"

#include <string.h>

#define MAX_ID_LENGTH 64

/* Whether @text is spelled as @form: '0' stands for a digit, 'x' for a lower-case hexadecimal
 * digit, anything else for itself. */
static gboolean
has_form (const char *text,
          const char *form)
{
  if (text == NULL || strlen (text) != strlen (form))
    return FALSE;
  for (; *form != '\0'; form++, text++)
    {
      gboolean fits;

      if (*form == '0')
        fits = g_ascii_isdigit (*text);
      else if (*form == 'x')
        fits = g_ascii_isdigit (*text) || (*text >= 'a' && *text <= 'f');
      else
        fits = *text == *form;
      if (!fits)
        return FALSE;
    }
  return TRUE;
}

static guint
number_at (const char *text,
           guint       start,
           guint       length)
{
  guint number = 0;

  for (guint i = start; i < start + length; i++)
    number = number * 10 + (guint) g_ascii_digit_value (text[i]);
  return number;
}

/**
 * posture_is_id:
 * @text: (nullable): a text
 *
 * Whether a text can be the id of a questionnaire, section, question, option or
 * level: 1 to 64 of `A-Z a-z 0-9 . _ -`, beginning with a letter or digit.
 *
 * Returns: %TRUE if it can
 */
gboolean
posture_is_id (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > MAX_ID_LENGTH || !g_ascii_isalnum (text[0]))
    return FALSE;
  for (gsize i = 1; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("._-", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * posture_is_uuid:
 * @text: (nullable): a text
 *
 * Returns: whether it is a UUID in the lower-case form of
 *   [RFC 9562](https://www.rfc-editor.org/rfc/rfc9562), of any version
 */
gboolean
posture_is_uuid (const char *text)
{
  return has_form (text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
}

/**
 * posture_is_digest:
 * @text: (nullable): a text
 *
 * Returns: whether it is spelled as posture_json_digest() does: 64 lower-case
 *   hexadecimal digits
 */
gboolean
posture_is_digest (const char *text)
{
  return has_form (text, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
}

/**
 * posture_is_date:
 * @text: (nullable): a text
 *
 * Returns: whether it is a day that exists, as `YYYY-MM-DD` in the Gregorian
 *   calendar, year 1 to 9999
 */
gboolean
posture_is_date (const char *text)
{
  guint month;

  if (!has_form (text, "0000-00-00"))
    return FALSE;
  month = number_at (text, 5, 2);
  return month >= 1 && month <= 12
         && g_date_valid_dmy ((GDateDay) number_at (text, 8, 2), (GDateMonth) month,
                              (GDateYear) number_at (text, 0, 4));
}

/**
 * posture_is_date_time:
 * @text: (nullable): a text
 *
 * Returns: whether it is a moment in UTC with milliseconds, as
 *   `2026-11-23T21:46:44.000Z` ([RFC 3339](https://www.rfc-editor.org/rfc/rfc3339)
 *   with exactly this precision and no leap second)
 */
gboolean
posture_is_date_time (const char *text)
{
  g_autofree char *date = NULL;

  if (!has_form (text, "0000-00-00T00:00:00.000Z"))
    return FALSE;
  date = g_strndup (text, 10);
  return posture_is_date (date) && number_at (text, 11, 2) < 24 && number_at (text, 14, 2) < 60
         && number_at (text, 17, 2) < 60;
}
