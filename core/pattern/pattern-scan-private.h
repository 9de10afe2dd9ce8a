/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

/* How bytes of JSON are passed over. Nothing here looks outside of the text, whatever is in it; what
 * it gives for a text that is no JSON means nothing. */

const char *posture_pattern_skip_container       (const char *at,
                                                  const char *end,
                                                  char        open);
const char *posture_pattern_skip_container_plain (const char *at,
                                                  const char *end,
                                                  char        open);

/* The first quote or backslash at or after @at; @end if there is none. */
static inline const char *
posture_pattern_scan_text (const char *at,
                           const char *end)
{
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8 ('"');
  const __m128i backslash = _mm_set1_epi8 ('\\');

  for (; end - at >= 16; at += 16)
    {
      __m128i block = _mm_loadu_si128 ((const __m128i *) at);
      int found = _mm_movemask_epi8 (_mm_or_si128 (_mm_cmpeq_epi8 (block, quote),
                                                   _mm_cmpeq_epi8 (block, backslash)));

      if (found != 0)
        return at + __builtin_ctz ((unsigned int) found);
    }
#else
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);

  for (; end - at >= 8; at += 8)
    {
      guint64 word, quote, backslash;

      memcpy (&word, at, 8);
      quote = word ^ (ones * '"');
      backslash = word ^ (ones * '\\');
      if ((((quote - ones) & ~quote) | ((backslash - ones) & ~backslash)) & (ones << 7))
        break;
    }
#endif
  while (at < end && *at != '"' && *at != '\\')
    at++;
  return at;
}

/* Where the string that begins just before @at ends: its closing quote; %NULL without one. */
static inline const char *
posture_pattern_skip_string (const char *at,
                             const char *end)
{
  for (at = posture_pattern_scan_text (at, end); at < end && *at == '\\';)
    at = end - at >= 2 ? posture_pattern_scan_text (at + 2, end) : end;
  return at < end ? at : NULL;
}

static inline const char *
posture_pattern_skip_space (const char *at,
                            const char *end)
{
  while (at < end && (guchar) *at <= ' ')
    at++;
  return at;
}

/* Where a number or a word such as "true" ends. */
static inline const char *
posture_pattern_skip_word (const char *at,
                           const char *end)
{
  while (at < end && (guchar) *at > ' ' && *at != ',' && *at != ']' && *at != '}')
    at++;
  return at;
}

G_END_DECLS
