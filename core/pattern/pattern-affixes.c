/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-affixes-private.h"

#define FIRST_HASH G_GUINT64_CONSTANT (0xcbf29ce484222325)

static inline guint64
hash_byte (guint64 hash,
           char    byte)
{
  return (hash ^ (guchar) byte) * G_GUINT64_CONSTANT (0x100000001b3);
}

static inline guint32
hash_end (guint64 hash)
{
  return (guint32) (hash ^ hash >> 29);
}

static guint32
hash_all (const PatternAffixes *self,
          const char           *text,
          gsize                 length)
{
  guint64 hash = FIRST_HASH;

  for (gsize i = 0; i < length; i++)
    hash = hash_byte (hash, self->backwards ? text[length - 1 - i] : text[i]);
  return hash_end (hash);
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

  if (search->at == 0)
    search->hash = FIRST_HASH;
  while (search->next < self->n_lengths && self->lengths[search->next] <= search->length)
    {
      gsize wanted = self->lengths[search->next++];
      const char *end = search->text + search->length;
      const PatternItem *item;

      for (; search->at < wanted; search->at++)
        search->hash = hash_byte (search->hash, self->backwards ? *(end - 1 - search->at)
                                                                : search->text[search->at]);
      item = posture_pattern_table_find (&self->table, hash_end (search->hash),
                                         self->backwards ? end - wanted : search->text, wanted);
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
