/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern-table-private.h"

G_BEGIN_DECLS

/* Texts that another text may begin or end with. The other text is hashed from that end on, once
 * for all lengths, and looked up at each length that one of the texts has. Zeros make an empty set. */
typedef struct
{
  PatternTable table;
  gboolean backwards; /* from the end */
  guint32 *lengths;   /* sorted, each once */
  guint32 n_lengths;
} PatternAffixes;

/* One search: the items come from the shortest to the longest. */
typedef struct
{
  const PatternAffixes *affixes;
  const char *text;
  gsize length;
  gsize at; /* how many bytes are in @hash */
  guint32 next;
  guint64 hash;
} PatternAffixSearch;

PatternItem       *posture_pattern_affixes_add   (PatternAffixes       *self,
                                                  const char           *text,
                                                  gsize                 length);
void               posture_pattern_affixes_clear (PatternAffixes       *self);
const PatternItem *posture_pattern_affixes_next  (PatternAffixSearch   *search);

/* Texts that may stand anywhere in another one, told by their first bytes. Zeros make an empty
 * set. */
#define PATTERN_MAX_PIECE 4

typedef struct
{
  PatternTable tables[PATTERN_MAX_PIECE]; /* by length, from 1 */
} PatternPieces;

PatternItem       *posture_pattern_pieces_add    (PatternPieces        *self,
                                                  const char           *text,
                                                  gsize                 length);
void               posture_pattern_pieces_clear  (PatternPieces        *self);

static inline const PatternItem *
posture_pattern_pieces_find (const PatternPieces *self,
                             const char          *text,
                             gsize                length)
{
  return posture_pattern_table_find (&self->tables[length - 1],
                                     posture_pattern_hash (text, length), text, length);
}

G_END_DECLS
