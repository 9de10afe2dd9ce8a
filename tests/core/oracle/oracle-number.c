/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "oracle/oracle-private.h"

#include <math.h>
#include <string.h>

/* A decimal number taken apart: its digits without zeros at either end, and where the point is. */
typedef struct
{
  GString *digits;
  gint64 exponent; /* the value is 0.digits * 10^exponent */
} Decimal;

static void
decimal_read (Decimal    *self,
              const char *text)
{
  gboolean fraction = FALSE;

  self->digits = g_string_new (NULL);
  self->exponent = 0;
  for (; *text != '\0' && *text != 'e' && *text != 'E'; text++)
    {
      if (*text == '.')
        fraction = TRUE;
      else if (g_ascii_isdigit (*text))
        {
          gboolean leading = self->digits->len == 0 && *text == '0';

          if (!leading)
            g_string_append_c (self->digits, *text);
          if (!fraction && !leading)
            self->exponent++;
          else if (fraction && leading)
            self->exponent--;
        }
    }
  if (*text != '\0')
    self->exponent += CLAMP (g_ascii_strtoll (text + 1, NULL, 10), -G_MAXINT32, G_MAXINT32);
  while (self->digits->len > 0 && self->digits->str[self->digits->len - 1] == '0')
    g_string_truncate (self->digits, self->digits->len - 1);
}

static void
decimal_clear (Decimal *self)
{
  g_string_free (self->digits, TRUE);
}

/* Writes the decimal of so many digits after the first one that is nearest to @value of those that read back as it.
 * Where doubles lie closer below than above, that may be the neighbour of the nearest one of all. */
static gboolean
try_digits (double value,
            int    digits,
            char  *buffer,
            gsize  size)
{
  static const int steps[] = { 0, 1, -1 };
  char nearest[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  char *mark;
  gint64 whole = 0;
  int exponent;

  g_snprintf (format, sizeof (format), "%%.%de", digits);
  g_ascii_formatd (nearest, sizeof (nearest), format, fabs (value));
  mark = strchr (nearest, 'e');
  exponent = (int) g_ascii_strtoll (mark + 1, NULL, 10);
  for (const char *p = nearest; p < mark; p++)
    whole = g_ascii_isdigit (*p) ? whole * 10 + (*p - '0') : whole;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_snprintf (buffer, size, "%s%" G_GINT64_FORMAT "e%d", value < 0 ? "-" : "", whole + steps[i], exponent - digits);
      if (g_ascii_strtod (buffer, NULL) == value)
        return TRUE;
    }
  return FALSE;
}

/* Whether the shortest decimal that reads back as @value is @decimal. */
static gboolean
prints_as (double         value,
           const Decimal *decimal)
{
  char buffer[2 * G_ASCII_DTOSTR_BUF_SIZE];
  Decimal printed;
  gboolean same, found = FALSE;

  for (int digits = 0; digits <= 16 && !found; digits++)
    found = try_digits (value, digits, buffer, sizeof buffer);
  decimal_read (&printed, buffer);
  same = printed.exponent == decimal->exponent && g_string_equal (printed.digits, decimal->digits);
  decimal_clear (&printed);
  return same;
}

/* Reads a number that passed the JSON reader; @text must outlive @self. */
void
oracle_number_init (OracleNumber *self,
                             const char    *text)
{
  Decimal decimal;

  self->text = text;
  self->value = g_ascii_strtod (text, NULL);
  decimal_read (&decimal, text);
  if (decimal.digits->len == 0 || !isfinite (self->value))
    self->exact = decimal.digits->len == 0;
  else if (decimal.digits->len <= 15 && fabs (self->value) > 1e-290 && fabs (self->value) < 1e290)
    self->exact = TRUE; /* fifteen digits always survive the way through a double */
  else
    self->exact = prints_as (self->value, &decimal);
  decimal_clear (&decimal);
}

gboolean
oracle_number_equal (const OracleNumber *a,
                              const OracleNumber *b)
{
  return a->exact && b->exact ? a->value == b->value : g_str_equal (a->text, b->text);
}
