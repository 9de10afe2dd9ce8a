/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-scan-private.h"

#if defined (__SSE2__) && defined (__x86_64__)
#include <immintrin.h>
#endif

/* A text is passed over in blocks of 64 bytes; a bit stands for each byte. */
#define BLOCK 64

typedef struct
{
  guint64 quote;
  guint64 backslash;
  guint64 open;
  guint64 close;
} Marks;

typedef void (*MarkFunc) (const char *block,
                          char        open,
                          char        close,
                          Marks      *ret_marks);

typedef const char *(*SkipFunc) (const char *at,
                                 const char *end,
                                 char        open);

/* The bytes that a backslash stands before. @carry says whether the one before the block did, and
 * then whether its last byte does. */
static guint64
find_escaped (guint64  backslash,
              guint64 *carry)
{
  guint64 escaped = *carry;

  backslash &= ~escaped;
  *carry = 0;
  while (backslash != 0)
    {
      guint64 first = backslash & (~backslash + 1);

      if (first >> 63 != 0)
        *carry = 1;
      escaped |= first << 1;
      backslash &= ~(first | first << 1);
    }
  return escaped;
}

/* Each bit becomes the parity of those up to it: between quotes, all bits are set. */
static inline guint64
parity_up_to (guint64 bits)
{
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}

/* Which of the closing brackets of a block ends what @depth brackets have opened before it; 0: none
 * does, and @depth is what holds after it. */
static inline guint64
find_end (guint64 open,
          guint64 close,
          guint  *depth)
{
  guint n_open = (guint) __builtin_popcountll (open);
  guint n_close = (guint) __builtin_popcountll (close);
  guint closed = 0;

  if (n_close >= *depth)
    for (guint64 rest = close; rest != 0; rest &= rest - 1)
      {
        guint64 bit = rest & (~rest + 1);

        closed++;
        if (*depth + (guint) __builtin_popcountll (open & (bit - 1)) == closed)
          return bit;
      }
  *depth += n_open - n_close;
  return 0;
}

/* In JSON brackets of one kind are balanced between two of the other, so that one kind is enough. */
static inline __attribute__ ((always_inline)) const char *
skip_blocks (const char *at,
             const char *end,
             char        open,
             MarkFunc    mark)
{
  char last[BLOCK];
  char close = open == '{' ? '}' : ']';
  guint64 in_string = 0; /* all bits, or none */
  guint64 carry = 0;
  guint depth = 1;

  while (at < end)
    {
      const char *block = at;
      guint64 found;
      Marks marks;

      if (end - at < BLOCK)
        {
          memset (last, ' ', BLOCK);
          memcpy (last, at, (gsize) (end - at));
          block = last;
        }
      mark (block, open, close, &marks);
      if ((marks.backslash | carry) != 0)
        marks.quote &= ~find_escaped (marks.backslash, &carry);
      if ((marks.open | marks.close) == 0)
        in_string ^= (guint64) 0 - (guint64) __builtin_parityll (marks.quote);
      else
        {
          guint64 inside = parity_up_to (marks.quote) ^ in_string;

          in_string = (guint64) 0 - (inside >> 63);
          found = find_end (marks.open & ~inside, marks.close & ~inside, &depth);
          if (found != 0)
            return at + __builtin_ctzll (found) + 1;
        }
      at += BLOCK;
    }
  return NULL;
}

#ifdef __SSE2__

static inline __attribute__ ((always_inline)) guint64
equal_16 (const __m128i block[4],
          char          c)
{
  const __m128i wanted = _mm_set1_epi8 (c);
  guint64 bits = 0;

  for (guint i = 0; i < 4; i++)
    bits |= (guint64) (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (block[i], wanted)) << (16 * i);
  return bits;
}

static inline __attribute__ ((always_inline)) void
mark_plain (const char *text,
            char        open,
            char        close,
            Marks      *ret_marks)
{
  __m128i block[4];

  for (guint i = 0; i < 4; i++)
    block[i] = _mm_loadu_si128 ((const __m128i *) (text + 16 * i));
  *ret_marks = (Marks) { equal_16 (block, '"'), equal_16 (block, '\\'), equal_16 (block, open),
                         equal_16 (block, close) };
}

#else

static inline guint64
equal_8 (guint64 word,
         char    c)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 low = ones * 0x7f;
  guint64 other = word ^ (ones * (guchar) c);
  /* the high bit of each byte that is equal … */
  guint64 equal = ~(((other & low) + low) | other | low);

  /* … gathered in the lowest byte */
  return ((equal >> 7) * G_GUINT64_CONSTANT (0x0102040810204080)) >> 56;
}

static void
mark_plain (const char *text,
            char        open,
            char        close,
            Marks      *ret_marks)
{
  *ret_marks = (Marks) { 0 };
  for (guint i = 0; i < BLOCK / 8; i++)
    {
      guint64 word;

      memcpy (&word, text + 8 * i, 8);
      word = GUINT64_FROM_LE (word);
      ret_marks->quote |= equal_8 (word, '"') << (8 * i);
      ret_marks->backslash |= equal_8 (word, '\\') << (8 * i);
      ret_marks->open |= equal_8 (word, open) << (8 * i);
      ret_marks->close |= equal_8 (word, close) << (8 * i);
    }
}

#endif

/* The same as posture_pattern_skip_container(), on any processor. */
const char *
posture_pattern_skip_container_plain (const char *at,
                                      const char *end,
                                      char        open)
{
  return skip_blocks (at, end, open, mark_plain);
}

#if defined (__SSE2__) && defined (__x86_64__)

__attribute__ ((target ("avx2,popcnt"))) static inline guint64
equal_32 (__m256i low,
          __m256i high,
          char    c)
{
  const __m256i wanted = _mm256_set1_epi8 (c);
  guint32 a = (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (low, wanted));
  guint32 b = (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (high, wanted));

  return a | (guint64) b << 32;
}

__attribute__ ((target ("avx2,popcnt"))) static inline void
mark_wide (const char *text,
           char        open,
           char        close,
           Marks      *ret_marks)
{
  __m256i low = _mm256_loadu_si256 ((const __m256i *) text);
  __m256i high = _mm256_loadu_si256 ((const __m256i *) (text + 32));

  *ret_marks = (Marks) { equal_32 (low, high, '"'), equal_32 (low, high, '\\'),
                         equal_32 (low, high, open), equal_32 (low, high, close) };
}

__attribute__ ((target ("avx2,popcnt"))) static const char *
skip_wide (const char *at,
           const char *end,
           char        open)
{
  return skip_blocks (at, end, open, mark_wide);
}

static SkipFunc
choose_skip (void)
{
  __builtin_cpu_init ();
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("popcnt")
           ? skip_wide
           : posture_pattern_skip_container_plain;
}

#else

static SkipFunc
choose_skip (void)
{
  return posture_pattern_skip_container_plain;
}

#endif

/* Where the object or array ends that the bracket @open, one of “{[”, just before @at has opened:
 * behind its closing bracket; %NULL if there is none. */
const char *
posture_pattern_skip_container (const char *at,
                                const char *end,
                                char        open)
{
  static SkipFunc skip; /* what this processor does best; every thread finds the same */
  SkipFunc chosen = __atomic_load_n (&skip, __ATOMIC_RELAXED);

  if (G_UNLIKELY (chosen == NULL))
    {
      chosen = choose_skip ();
      __atomic_store_n (&skip, chosen, __ATOMIC_RELAXED);
    }
  return chosen (at, end, open);
}
