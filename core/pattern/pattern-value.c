/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-value-private.h"

#include <string.h>

/* Writes one folded character; bytes that are no UTF-8 stay as they are. */
static gsize
fold_character (const char *text,
                gsize       length,
                char       *ret_folded,
                gsize      *ret_read)
{
  gunichar c = g_utf8_get_char_validated (text, (gssize) length);

  if (c == (gunichar) -1 || c == (gunichar) -2)
    {
      *ret_read = 1;
      ret_folded[0] = text[0];
      return 1;
    }
  *ret_read = (gsize) (g_utf8_next_char (text) - text);
  return (gsize) g_unichar_to_utf8 (g_unichar_tolower (g_unichar_toupper (c)), ret_folded);
}

/* Turns each character into its simple lower case, by way of its simple upper case, so that all
 * forms of one letter meet (“ſ” and “s”, the two small sigmas). @ret_folded has room for twice
 * @length and six bytes. Gives how many were written. */
gsize
posture_pattern_fold (const char *text,
                      gsize       length,
                      char       *ret_folded)
{
  gsize written = 0;
  gsize read;

  for (gsize at = 0; at < length; at += read)
    if ((guchar) text[at] < 0x80)
      {
        char c = text[at];

        ret_folded[written++] = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
        read = 1;
      }
    else
      written += fold_character (text + at, length - at, ret_folded + written, &read);
  return written;
}

void
posture_pattern_value_find_number (PatternValue *self)
{
  self->number = posture_pattern_number_read (self->text, self->length);
  self->known |= PATTERN_KNOWN_NUMBER;
}

void
posture_pattern_value_find_exact (PatternValue *self)
{
  self->exact = posture_pattern_number_is_exact (self->text, self->length,
                                                 posture_pattern_value_get_number (self)) != FALSE;
  self->known |= PATTERN_KNOWN_EXACT;
}

void
posture_pattern_value_find_folded (PatternValue *self,
                                   PatternArena *arena)
{
  PatternText *folded = posture_pattern_arena_take (arena, sizeof (PatternText));
  char *text = posture_pattern_arena_take (arena, (gsize) self->length * 2 + 6);

  folded->length = posture_pattern_fold (self->text, self->length, text);
  folded->text = text;
  self->folded = folded;
  self->known |= PATTERN_KNOWN_FOLDED;
}

void
posture_pattern_value_find_address (PatternValue *self,
                                    PatternArena *arena)
{
  PatternAddress address;

  self->address = NULL;
  if (posture_pattern_address_parse (&address, self->text, self->length))
    {
      PatternAddress *copy = posture_pattern_arena_take (arena, sizeof (PatternAddress));

      *copy = address;
      self->address = copy;
    }
  self->known |= PATTERN_KNOWN_ADDRESS;
}
