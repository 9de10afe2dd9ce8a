/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-json"

#include "config.h"

#include "json/json-canonical-private.h"

#include "json/json-writer.h"

#include <math.h>
#include <string.h>

/* Whole numbers up to here are exact in a double, and so are all between them. */
#define EXACT_LIMIT 9007199254740992.0

/* Raises the last digit of "d.ddde±xx" by one. No power of two, for which this is, wants to have a
 * 9 raised: the number would be one of fewer digits, which was tried already. */
static gboolean
raise_last_digit (char *buffer)
{
  char *last = strchr (buffer, 'e') - 1;

  if (*last == '9')
    return FALSE;
  (*last)++;
  return TRUE;
}

/* Writes @value with @precision digits after the first one, so that it reads back as the same.
 *
 * The nearest number of so many digits need not be the one: below a power of two doubles lie twice
 * as close as above it, so there the nearest, if it is less, may be another double's while the next
 * one up, farther away, is not. 2^-44 is such a number. */
static gboolean
try_precision (double value,
               int    precision,
               char  *buffer,
               gsize  size)
{
  char format[8];
  int exponent;

  g_snprintf (format, sizeof format, "%%.%de", precision);
  g_ascii_formatd (buffer, (int) size, format, value);
  if (g_ascii_strtod (buffer, NULL) == value)
    return TRUE;
  return frexp (value, &exponent) == 0.5 && raise_last_digit (buffer) &&
         g_ascii_strtod (buffer, NULL) == value;
}

/* The shortest digits that read back as @value, and the power of ten of the first one. */
static void
shortest_digits (double  value,
                 char   *ret_digits,
                 gsize   size,
                 int    *ret_exponent)
{
  char buffer[40];
  char *mark;
  gsize length = 0;

  for (int precision = 0; precision <= 16; precision++)
    if (try_precision (value, precision, buffer, sizeof buffer))
      break;
  mark = strchr (buffer, 'e');
  *ret_exponent = (int) g_ascii_strtoll (mark + 1, NULL, 10);
  for (const char *p = buffer; p < mark && length + 1 < size; p++)
    if (g_ascii_isdigit (*p))
      ret_digits[length++] = *p;
  ret_digits[length] = '\0';
}

/**
 * posture_json_canonical_append_number:
 * @out: where to write
 * @value: a finite number
 *
 * Appends a number as ECMAScript prints it (ECMA-262, Number::toString), which
 * is what RFC 8785 asks for: the shortest spelling that reads back as the same.
 */
void
posture_json_canonical_append_number (GString *out,
                            double   value)
{
  char digits[24];
  int exponent, length, point;

  if (fabs (value) <= EXACT_LIMIT && value == trunc (value))
    {
      g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) value);
      return;
    }
  if (value < 0)
    g_string_append_c (out, '-');
  shortest_digits (fabs (value), digits, sizeof digits, &exponent);
  length = (int) strlen (digits);
  point = exponent + 1;
  if (length <= point && point <= 21)
    {
      g_string_append (out, digits);
      for (int i = length; i < point; i++)
        g_string_append_c (out, '0');
    }
  else if (0 < point && point <= 21)
    g_string_append_printf (out, "%.*s.%s", point, digits, digits + point);
  else if (-6 < point && point <= 0)
    {
      g_string_append (out, "0.");
      for (int i = point; i < 0; i++)
        g_string_append_c (out, '0');
      g_string_append (out, digits);
    }
  else
    g_string_append_printf (out, "%c%s%se%+d", digits[0], length > 1 ? "." : "", digits + 1,
                            exponent);
}

/* Whether ECMAScript prints @units / @one, @one being a power of ten, with no more digits than it has
 * and without an exponent: it has 15 digits at most, and is no smaller than a millionth. */
gboolean
posture_json_canonical_is_plain_decimal (gint64 units,
                                         gint64 one)
{
  gint64 size = ABS (units);

  return units > G_MININT64 && size < G_GINT64_CONSTANT (1000000000000000) &&
         (size == 0 || size >= one / 1000000);
}

/* Appends @units / @one without going through a double. */
void
posture_json_canonical_append_decimal (GString *out,
                                       gint64   units,
                                       gint64   one)
{
  gint64 rest = ABS (units) % one;
  char digits[24];
  char *first = digits + sizeof digits;

  for (gint64 whole = ABS (units) / one; whole > 0 || first == digits + sizeof digits; whole /= 10)
    *--first = (char) ('0' + whole % 10);
  if (units < 0)
    *--first = '-';
  g_string_append_len (out, first, digits + sizeof digits - first);
  if (rest > 0)
    g_string_append_c (out, '.');
  for (; rest > 0; rest %= one)
    {
      one /= 10;
      g_string_append_c (out, (char) ('0' + rest / one));
    }
}

/**
 * posture_json_append_text:
 * @out: where to write
 * @text: UTF-8
 *
 * Appends a text in quotes, with no escape but those that JSON demands (RFC
 * 8785, 3.2.2.2); for who puts an object of a fixed shape together without a
 * writer.
 */
void
posture_json_append_text (GString    *out,
                          const char *text)
{
  static const char *const short_escapes[] = {
    ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f",
    ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\",
  };

  const char *start = text;

  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      guchar c = (guchar) *text;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (out, start, text - start);
      start = text + 1;
      if (short_escapes[c] != NULL)
        g_string_append (out, short_escapes[c]);
      else
        g_string_append_printf (out, "\\u%04x", c);
    }
  g_string_append_len (out, start, text - start);
  g_string_append_c (out, '"');
}

/* The next UTF-16 code unit of @text; @low is the second half of a pair that is due. */
static guint
next_unit (const char **text,
           guint       *low)
{
  gunichar c;
  guint unit = *low;

  if (unit != 0)
    {
      *low = 0;
      return unit;
    }
  c = g_utf8_get_char (*text);
  if (c == 0)
    return 0;
  *text = g_utf8_next_char (*text);
  if (c < 0x10000)
    return c;
  *low = 0xdc00 + ((c - 0x10000) & 0x3ff);
  return 0xd800 + ((c - 0x10000) >> 10);
}

/**
 * posture_json_canonical_compare_names:
 * @a: UTF-8
 * @b: UTF-8
 *
 * Compares two members' names as arrays of UTF-16 code units (RFC 8785,
 * 3.2.3), which is not the order of their code points: the surrogates of all
 * beyond U+FFFF come before U+E000.
 *
 * Returns: less than, equal to or more than 0, as strcmp() does
 */
int
posture_json_canonical_compare_names (const char *a,
                                      const char *b)
{
  guint low_a = 0, low_b = 0;
  gsize same = 0;

  while (a[same] != '\0' && a[same] == b[same])
    same++;
  if ((guchar) a[same] < 0x80 && (guchar) b[same] < 0x80)
    return a[same] - b[same];
  while (TRUE)
    {
      guint unit_a = next_unit (&a, &low_a);
      guint unit_b = next_unit (&b, &low_b);

      if (unit_a != unit_b)
        return unit_a < unit_b ? -1 : 1;
      if (unit_a == 0)
        return 0;
    }
}
