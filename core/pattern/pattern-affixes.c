/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-affixes-private.h"

#define BLOCK 8

/* The @length bytes behind the first @at, counted from the end that the set looks at. */
static inline const char *
get_bytes (const PatternAffixes *self,
           const char           *text,
           gsize                 text_length,
           gsize                 at,
           gsize                 length)
{
  return self->backwards ? text + text_length - at - length : text + at;
}

static inline guint64
hash_block (guint64     hash,
            const char *block)
{
  return posture_pattern_mix (posture_pattern_load (block, BLOCK), hash) * 31;
}

/* Whole blocks are hashed one after another, so that a longer text goes on from a shorter one; what is
 * behind the last of them is hashed apart. */
static inline guint32
hash_end (guint64     hash,
          const char *rest,
          gsize       length)
{
  return posture_pattern_hash (rest, length) ^ (guint32) (hash >> 29);
}

static guint32
hash_all (const PatternAffixes *self,
          const char           *text,
          gsize                 length)
{
  guint64 hash = 0;
  gsize at = 0;

  for (; length - at >= BLOCK; at += BLOCK)
    hash = hash_block (hash, get_bytes (self, text, length, at, BLOCK));
  return hash_end (hash, get_bytes (self, text, length, at, length - at), length - at);
}

static void
add_length (PatternAffixes *self,
            guint32         length)
{
  guint32 at = 0;

  while (at < self->n_lengths && self->lengths[at] < length)
    at++;
  if (at < self->n_lengths && self->lengths[at] == length)
    return;
  self->lengths = g_renew (guint32, self->lengths, self->n_lengths + 1);
  memmove (self->lengths + at + 1, self->lengths + at,
           (self->n_lengths - at) * sizeof (guint32));
  self->lengths[at] = length;
  self->n_lengths++;
}

/* Gives the item of a text, which must outlive the set; it is valid until the next one is added. */
PatternItem *
posture_pattern_affixes_add (PatternAffixes *self,
                             const char     *text,
                             gsize           length)
{
  guint32 item = posture_pattern_table_add (&self->table, hash_all (self, text, length), text,
                                            length);

  add_length (self, (guint32) length);
  return &self->table.items[item];
}

void
posture_pattern_affixes_clear (PatternAffixes *self)
{
  posture_pattern_table_clear (&self->table);
  g_clear_pointer (&self->lengths, g_free);
  self->n_lengths = 0;
}

/* Gives the next item that the text begins (or ends) with; NULL: there is none any more. */
const PatternItem *
posture_pattern_affixes_next (PatternAffixSearch *search)
{
  const PatternAffixes *self = search->affixes;

  while (search->next < self->n_lengths && self->lengths[search->next] <= search->length)
    {
      gsize wanted = self->lengths[search->next++];
      const PatternItem *item;
      gsize rest;

      for (; wanted - search->at >= BLOCK; search->at += BLOCK)
        search->hash = hash_block (search->hash, get_bytes (self, search->text, search->length,
                                                            search->at, BLOCK));
      rest = wanted - search->at;
      item = posture_pattern_table_find (
        &self->table,
        hash_end (search->hash, get_bytes (self, search->text, search->length, search->at, rest), rest),
        get_bytes (self, search->text, search->length, 0, wanted), wanted);
      if (item != NULL)
        return item;
    }
  return NULL;
}

/* Gives the item for a text that is not empty; those with the same first bytes share one. */
PatternItem *
posture_pattern_pieces_add (PatternPieces *self,
                            const char    *text,
                            gsize          length)
{
  gsize first = MIN (length, PATTERN_MAX_PIECE);
  PatternTable *table = &self->tables[first - 1];
  guint32 item = posture_pattern_table_add (table, posture_pattern_hash (text, first), text, first);

  return &table->items[item];
}

void
posture_pattern_pieces_clear (PatternPieces *self)
{
  for (guint i = 0; i < PATTERN_MAX_PIECE; i++)
    posture_pattern_table_clear (&self->tables[i]);
}
