/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-event-private.h"

#include <string.h>

/* What the first and the second half of a surrogate pair begin with. */
#define HALF_MASK 0xfc00
#define FIRST_HALF 0xd800
#define SECOND_HALF 0xdc00

/* Reads the four digits of “\uXXXX” at @at; -1 if they are none. */
static int
read_unit (const char *at,
           const char *end)
{
  int unit = 0;

  if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }
  return unit;
}

/* Writes what the escape at @at stands for, and gives where it ends. What is no escape, which no JSON
 * has, stays as it is. */
static const char *
copy_escape (const char *at,
             const char *end,
             char      **out)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *known = end - at >= 2 ? memchr (letters, at[1], strlen (letters)) : NULL;
  int unit = read_unit (at, end);
  int low;

  if (known != NULL)
    {
      *(*out)++ = meanings[known - letters];
      return at + 2;
    }
  if (unit < 0)
    {
      *(*out)++ = *at;
      return at + 1;
    }
  low = (unit & HALF_MASK) == FIRST_HALF ? read_unit (at + 6, end) : -1;
  if ((low & HALF_MASK) == SECOND_HALF)
    {
      *out += g_unichar_to_utf8 (0x10000u + (((gunichar) unit - FIRST_HALF) << 10) +
                                   ((gunichar) low - SECOND_HALF), *out);
      return at + 12;
    }
  *out += g_unichar_to_utf8 ((gunichar) unit, *out);
  return at + 6;
}

/* Gives a string without its escapes, which never makes it longer. */
char *
posture_pattern_unescape (const char   *text,
                          gsize         length,
                          PatternArena *arena,
                          gsize        *ret_length)
{
  char *unescaped = posture_pattern_arena_take (arena, length);
  const char *end = text + length;
  char *out = unescaped;

  while (text < end)
    {
      const char *escape = memchr (text, '\\', (gsize) (end - text));
      gsize plain = (gsize) ((escape != NULL ? escape : end) - text);

      memcpy (out, text, plain);
      out += plain;
      text += plain;
      if (escape != NULL)
        text = copy_escape (text, end, &out);
    }
  *ret_length = (gsize) (out - unescaped);
  return unescaped;
}
