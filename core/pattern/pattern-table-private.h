/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Byte strings by hash, open addressing: one probe finds one or says that there is none. A string
 * is not copied and must outlive the table; @value is the caller's. Zeros make an empty table. */
typedef struct
{
  const char *text;
  guint32 length;
  guint32 hash;
  guint32 value;
} PatternItem;

typedef struct
{
  guint32 hash;
  guint32 item; /* its index and 1; 0: empty */
} PatternSlot;

typedef struct
{
  PatternSlot *slots;
  PatternItem *items;
  guint32 mask;
  guint32 n_items;
} PatternTable;

guint32 posture_pattern_table_add   (PatternTable       *self,
                                     guint32             hash,
                                     const char         *text,
                                     gsize               length);
void    posture_pattern_table_copy  (PatternTable       *self,
                                     const PatternTable *other);
void    posture_pattern_table_clear (PatternTable       *self);

static inline guint64
posture_pattern_mix (guint64 a,
                     guint64 b)
{
  guint64 product = (a ^ G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) * (b | 1);

  return product ^ (product >> 32) ^ (b << 17);
}

static inline guint64
posture_pattern_load (const char *text,
                      gsize       length)
{
  guint64 word = 0;

  memcpy (&word, text, length);
  return word;
}

/* Never reads outside of the text; eight bytes at a time, the last ones overlapping. */
static inline guint32
posture_pattern_hash (const char *text,
                      gsize       length)
{
  guint64 hash = length * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);

  if (length >= 8)
    {
      for (gsize at = 0; at + 8 < length; at += 8)
        hash = posture_pattern_mix (posture_pattern_load (text + at, 8), hash) * 31;
      hash = posture_pattern_mix (posture_pattern_load (text + length - 8, 8), hash);
    }
  else if (length >= 4)
    hash = posture_pattern_mix (posture_pattern_load (text, 4) << 32 |
                                posture_pattern_load (text + length - 4, 4), hash);
  else if (length > 0)
    hash = posture_pattern_mix ((guint64) (guchar) text[0] << 16 |
                                (guint64) (guchar) text[length / 2] << 8 |
                                (guchar) text[length - 1], hash);
  hash *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return (guint32) (hash >> 32);
}

static inline const PatternItem *
posture_pattern_table_find (const PatternTable *self,
                            guint32             hash,
                            const char         *text,
                            gsize               length)
{
  if (self->n_items == 0)
    return NULL;
  for (guint32 at = hash & self->mask; self->slots[at].item != 0; at = (at + 1) & self->mask)
    if (self->slots[at].hash == hash)
      {
        const PatternItem *item = &self->items[self->slots[at].item - 1];

        if (item->length == length && memcmp (item->text, text, length) == 0)
          return item;
      }
  return NULL;
}

G_END_DECLS
