/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-value-private.h"

#include "json/json-writer.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* More digits than this no double prints. */
#define MAX_DIGITS 17
/* So many always survive the way through a double. */
#define SAFE_DIGITS 15

/* Numbers of up to 19 digits and without exponent, which is nearly all, are read and judged with
 * whole numbers of 128 bits, without the C library. */
__extension__ typedef unsigned __int128 Wide;

static const guint64 powers[20] = {
  G_GUINT64_CONSTANT (1),
  G_GUINT64_CONSTANT (10),
  G_GUINT64_CONSTANT (100),
  G_GUINT64_CONSTANT (1000),
  G_GUINT64_CONSTANT (10000),
  G_GUINT64_CONSTANT (100000),
  G_GUINT64_CONSTANT (1000000),
  G_GUINT64_CONSTANT (10000000),
  G_GUINT64_CONSTANT (100000000),
  G_GUINT64_CONSTANT (1000000000),
  G_GUINT64_CONSTANT (10000000000),
  G_GUINT64_CONSTANT (100000000000),
  G_GUINT64_CONSTANT (1000000000000),
  G_GUINT64_CONSTANT (10000000000000),
  G_GUINT64_CONSTANT (100000000000000),
  G_GUINT64_CONSTANT (1000000000000000),
  G_GUINT64_CONSTANT (10000000000000000),
  G_GUINT64_CONSTANT (100000000000000000),
  G_GUINT64_CONSTANT (1000000000000000000),
  G_GUINT64_CONSTANT (10000000000000000000),
};

/* A number without exponent: digits / 10^places. */
typedef struct
{
  guint64 digits;
  guint places;
  gboolean negative;
} Simple;

#if G_BYTE_ORDER == G_LITTLE_ENDIAN

/* Whether eight bytes are all digits, and what number they are: two digits become one, three times. */
static inline gboolean
read_eight (const char *at,
            guint64    *ret_number)
{
  guint64 word;

  memcpy (&word, at, 8);
  if (((word & G_GUINT64_CONSTANT (0xf0f0f0f0f0f0f0f0)) |
       (((word + G_GUINT64_CONSTANT (0x0606060606060606)) &
         G_GUINT64_CONSTANT (0xf0f0f0f0f0f0f0f0)) >> 4)) != G_GUINT64_CONSTANT (0x3333333333333333))
    return FALSE;
  word -= G_GUINT64_CONSTANT (0x3030303030303030);
  word = word * 10 + (word >> 8);
  *ret_number = (((word & G_GUINT64_CONSTANT (0x000000ff000000ff)) *
                  G_GUINT64_CONSTANT (0x000f424000000064)) +
                 (((word >> 16) & G_GUINT64_CONSTANT (0x000000ff000000ff)) *
                  G_GUINT64_CONSTANT (0x0000271000000001))) >> 32;
  return TRUE;
}

#else

static inline gboolean
read_eight (const char *at,
            guint64    *ret_number)
{
  return FALSE;
}

#endif

/* Reads digits as far as they go; @n_digits counts those that a leading zero does not make worthless. */
static inline const char *
add_digits (Simple     *self,
            const char *at,
            const char *end,
            guint      *n_digits)
{
  guint64 eight;

  while (self->digits != 0 && *n_digits <= 8 && end - at >= 8 && read_eight (at, &eight))
    {
      self->digits = self->digits * 100000000 + eight;
      *n_digits += 8;
      at += 8;
    }
  for (; at < end && g_ascii_isdigit (*at); at++)
    {
      *n_digits += self->digits != 0 || *at != '0' ? 1 : 0;
      if (*n_digits > 19)
        return NULL;
      self->digits = self->digits * 10 + (guint64) (*at - '0');
    }
  return at;
}

static gboolean
read_simple (Simple     *self,
             const char *text,
             gsize       length)
{
  const char *at = text;
  const char *end = text + length;
  const char *point;
  guint n_digits = 0;

  *self = (Simple) { 0 };
  if (at < end && *at == '-')
    {
      self->negative = TRUE;
      at++;
    }
  at = add_digits (self, at, end, &n_digits);
  if (at == NULL || at == end)
    return at != NULL;
  if (*at++ != '.')
    return FALSE;
  point = at;
  if (add_digits (self, at, end, &n_digits) != end || end - point > 19)
    return FALSE;
  self->places = (guint) (end - point);
  return TRUE;
}

static double
power_of_two (int exponent)
{
  guint64 bits = (guint64) (exponent + 1023) << 52;
  double value;

  memcpy (&value, &bits, sizeof (value));
  return value;
}

/* Divides to 63 or 64 bits and what is left over, so that the one rounding is the right one. */
static double
divide (guint64 digits,
        guint64 power)
{
  int digits_zeros = __builtin_clzll (digits);
  int power_zeros = __builtin_clzll (power);
  Wide dividend = (Wide) (digits << digits_zeros) << 63;
  guint64 divisor = power << power_zeros;
  guint64 quotient = (guint64) (dividend / divisor);

  if ((Wide) quotient * divisor != dividend)
    quotient |= 1;
  return (double) quotient * power_of_two (power_zeros - digits_zeros - 63);
}

static double
simple_to_double (const Simple *self)
{
  double value;

  if (self->places == 0 || self->digits == 0)
    value = (double) self->digits;
  else if (self->digits <= G_GUINT64_CONSTANT (1) << 53)
    value = (double) self->digits / (double) powers[self->places];
  else
    value = divide (self->digits, powers[self->places]);
  return self->negative ? -value : value;
}

/* Reads a number that JSON allows; what is none has some value. */
double
posture_pattern_number_read (const char *text,
                             gsize       length)
{
  char terminated[512];
  g_autofree char *copy = NULL;
  Simple simple;

  if (read_simple (&simple, text, length))
    return simple_to_double (&simple);
  if (length < sizeof (terminated))
    {
      memcpy (terminated, text, length);
      terminated[length] = '\0';
      return g_ascii_strtod (terminated, NULL);
    }
  copy = g_strndup (text, length);
  return g_ascii_strtod (copy, NULL);
}

/* A decimal number taken apart: its digits without zeros at either end, and where the point is. */
typedef struct
{
  char digits[MAX_DIGITS];
  guint n_digits;
  guint n_zeros; /* behind the digits; they count once another digit follows */
  gboolean too_long;
  gint64 exponent; /* the value is 0.digits * 10^exponent */
} Decimal;

static void
add_digit (Decimal *self,
           char     digit)
{
  if (digit == '0')
    {
      self->n_zeros += self->n_digits > 0 && self->n_zeros <= MAX_DIGITS ? 1 : 0;
      return;
    }
  if (self->n_digits + self->n_zeros + 1 > MAX_DIGITS)
    {
      self->too_long = TRUE;
      return;
    }
  for (; self->n_zeros > 0; self->n_zeros--)
    self->digits[self->n_digits++] = '0';
  self->digits[self->n_digits++] = digit;
}

static gint64
read_exponent (const char *at,
               const char *end)
{
  gboolean negative = at < end && *at == '-';
  gint64 exponent = 0;

  at += at < end && (*at == '-' || *at == '+') ? 1 : 0;
  for (; at < end && g_ascii_isdigit (*at); at++)
    exponent = MIN (exponent * 10 + (*at - '0'), G_MAXINT32);
  return negative ? -exponent : exponent;
}

static void
decimal_read (Decimal    *self,
              const char *text,
              gsize       length)
{
  const char *end = text + length;
  gboolean fraction = FALSE;

  *self = (Decimal) { .n_digits = 0 };
  for (; text < end && *text != 'e' && *text != 'E'; text++)
    {
      gboolean leading = self->n_digits == 0 && !self->too_long && *text == '0';

      if (*text == '.')
        fraction = TRUE;
      else if (g_ascii_isdigit (*text))
        {
          add_digit (self, *text);
          if (!fraction && !leading)
            self->exponent++;
          else if (fraction && leading)
            self->exponent--;
        }
    }
  if (text < end)
    self->exponent += read_exponent (text + 1, end);
}

/* Whether the shortest decimal that reads back as @value is @decimal. Few numbers come here: the writer knows where the
 * shortest one is not the nearest (2^-44), so that what it writes is always taken for what it is. */
static gboolean
prints_as (double         value,
           const Decimal *decimal)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = NULL;
  Decimal printed;

  posture_json_writer_double (writer, value);
  text = posture_json_writer_finish_text (writer);
  decimal_read (&printed, text, strlen (text));
  return printed.exponent == decimal->exponent && printed.n_digits == decimal->n_digits &&
         memcmp (printed.digits, decimal->digits, printed.n_digits) == 0;
}

typedef enum
{
  VERDICT_NO,
  VERDICT_YES,
  VERDICT_UNSURE,
} Verdict;

/* The same for a number of 16 or 17 digits, with whole numbers: @value is what its digits must be
 * nearest to, and no decimal with one digit less may read back as it. Both are compared after they
 * were multiplied by 10^places and by the power of two that makes @value whole. */
static Verdict
judge_digits (const Simple *simple,
              double        value)
{
  const guint64 hidden = G_GUINT64_CONSTANT (1) << (DBL_MANT_DIG - 1);
  guint64 bits, fraction;
  Wide unit, spelled, meant, distance;
  int shift; /* @value is fraction / 2^shift */

  memcpy (&bits, &value, sizeof (bits));
  fraction = (bits & (hidden - 1)) | hidden;
  shift = 1075 - (int) (bits >> 52 & 0x7ff);
  if (shift < 1 || shift > 69 || fraction == hidden)
    return VERDICT_UNSURE;
  unit = (Wide) 1 << shift;
  spelled = (Wide) simple->digits << shift;
  meant = (Wide) fraction * powers[simple->places];
  distance = spelled > meant ? spelled - meant : meant - spelled;
  if (distance * 2 >= unit)
    return distance * 2 == unit ? VERDICT_UNSURE : VERDICT_NO;
  for (guint side = 0; side < 2; side++)
    {
      Wide shorter = (Wide) (simple->digits - simple->digits % 10 + 10 * side) << shift;

      distance = shorter > meant ? shorter - meant : meant - shorter;
      if (distance * 2 <= powers[simple->places])
        return distance * 2 == powers[simple->places] ? VERDICT_UNSURE : VERDICT_NO;
    }
  return VERDICT_YES;
}

static Verdict
judge_simple (Simple simple,
              double value)
{
  while (simple.places > 0 && simple.digits % 10 == 0)
    {
      simple.digits /= 10;
      simple.places--;
    }
  if (simple.digits < powers[SAFE_DIGITS])
    return VERDICT_YES;
  if (simple.digits % 10 == 0)
    return VERDICT_UNSURE;
  if (simple.digits >= powers[MAX_DIGITS])
    return VERDICT_NO;
  return judge_digits (&simple, value);
}

/* Whether a number is spelled as the decimal that its double, @value, prints as. */
gboolean
posture_pattern_number_is_exact (const char *text,
                                 gsize       length,
                                 double      value)
{
  Verdict verdict = VERDICT_UNSURE;
  Decimal decimal;
  Simple simple;

  if (read_simple (&simple, text, length))
    verdict = judge_simple (simple, value);
  if (verdict != VERDICT_UNSURE)
    return verdict == VERDICT_YES;
  decimal_read (&decimal, text, length);
  if (decimal.n_digits == 0 && !decimal.too_long)
    return TRUE;
  if (decimal.too_long || !isfinite (value))
    return FALSE;
  if (decimal.n_digits <= SAFE_DIGITS && fabs (value) > 1e-290 && fabs (value) < 1e290)
    return TRUE;
  return prints_as (value, &decimal);
}
