/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-index-lists-private.h"

/* What a look-up carries along. */
typedef struct
{
  const PatternIndex *index;
  PatternValue *value;
  PatternArena *arena;
  PatternList *targets; /* (nullable): then the first one is enough */
  guint8 *seen;         /* (nullable): a bit for each list that a piece led to */
} Search;

/* Gives the targets of a list. Like all that follows, %TRUE means that the search is over. */
static gboolean
emit (Search *search,
      guint32 list)
{
  const PatternIndex *self = search->index;

  for (guint32 at = self->starts[list]; at < self->starts[list + 1]; at++)
    {
      guint32 target = self->targets[at];

      if ((target & IS_WILDCARD) != 0)
        {
          const Wildcard *wildcard = &g_array_index (self->wildcards, Wildcard,
                                                     target & ~IS_WILDCARD);

          if (!posture_pattern_wildcard_matches (wildcard->wildcard, search->value->text,
                                                 search->value->length))
            continue;
          target = wildcard->target;
        }
      if (search->targets == NULL)
        return TRUE;
      posture_pattern_list_add (search->targets, target);
    }
  return FALSE;
}

static gboolean
find_in_table (Search      *search,
               TableKind    kind,
               const char  *text,
               gsize        length)
{
  const PatternTable *table = &search->index->tables[kind];
  const PatternItem *item;

  if (table->n_items == 0)
    return FALSE;
  item = posture_pattern_table_find (table, posture_pattern_hash (text, length), text, length);
  return item != NULL && emit (search, item->value);
}

static gboolean
find_affixes (Search     *search,
              AffixesKind kind,
              const char *text,
              gsize       length)
{
  PatternAffixSearch affixes = { &search->index->affixes[kind], text, length };
  const PatternItem *item;

  if (affixes.affixes->n_lengths == 0)
    return FALSE;
  while ((item = posture_pattern_affixes_next (&affixes)) != NULL)
    if (emit (search, item->value))
      return TRUE;
  return FALSE;
}

/* Whether a list is met for the first time; a piece can stand at many places of a text. */
static gboolean
is_first_time (Search *search,
               guint32 list)
{
  guint8 bit = (guint8) (1u << (list % 8));

  if (search->seen == NULL)
    {
      search->seen = posture_pattern_arena_take (search->arena, search->index->n_lists / 8 + 1);
      memset (search->seen, 0, search->index->n_lists / 8 + 1);
    }
  if ((search->seen[list / 8] & bit) != 0)
    return FALSE;
  search->seen[list / 8] |= bit;
  return TRUE;
}

static gboolean
find_pieces (Search *search)
{
  const PatternIndex *self = search->index;
  const char *end = search->value->text + search->value->length;

  for (const char *at = search->value->text; at < end; at++)
    for (gsize length = 1; length <= MIN ((gsize) (end - at), self->longest_piece); length++)
      {
        const PatternItem *item = posture_pattern_pieces_find (&self->pieces, at, length);

        if (item != NULL && is_first_time (search, item->value) && emit (search, item->value))
          return TRUE;
      }
  return FALSE;
}

static gboolean
find_folded (Search *search)
{
  const PatternIndex *self = search->index;
  PatternText folded;

  if (self->tables[TABLE_FOLDED].n_items == 0 &&
      self->affixes[AFFIXES_FOLDED_PREFIX].n_lengths == 0 &&
      self->affixes[AFFIXES_FOLDED_SUFFIX].n_lengths == 0)
    return FALSE;
  folded = posture_pattern_value_get_folded (search->value, search->arena);
  return find_in_table (search, TABLE_FOLDED, folded.text, folded.length) ||
         find_affixes (search, AFFIXES_FOLDED_PREFIX, folded.text, folded.length) ||
         find_affixes (search, AFFIXES_FOLDED_SUFFIX, folded.text, folded.length);
}

static gboolean
find_networks (Search *search)
{
  const PatternIndex *self = search->index;
  const PatternAddress *address;

  if (self->networks == NULL && self->tables[TABLE_ADDRESSES].n_items == 0)
    return FALSE;
  address = posture_pattern_value_get_address (search->value, search->arena);
  if (address == NULL)
    return FALSE;
  if (find_in_table (search, TABLE_ADDRESSES, (const char *) address->bytes, address->length))
    return TRUE;
  for (guint i = 0; self->networks != NULL && i < self->networks->len; i++)
    {
      const Networks *networks = &g_array_index (self->networks, Networks, i);
      PatternAddress masked = *address;
      const PatternItem *item;

      if (networks->length != address->length)
        continue;
      posture_pattern_address_mask (&masked, networks->bits);
      item = posture_pattern_table_find (&networks->table,
                                         posture_pattern_hash ((const char *) masked.bytes,
                                                               masked.length),
                                         (const char *) masked.bytes, masked.length);
      if (item != NULL && emit (search, item->value))
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_string (Search *search)
{
  const PatternValue *value = search->value;

  return emit (search, LIST_ANY_STRING) ||
         find_in_table (search, TABLE_STRINGS, value->text, value->length) ||
         find_affixes (search, AFFIXES_PREFIX, value->text, value->length) ||
         find_affixes (search, AFFIXES_SUFFIX, value->text, value->length) ||
         (search->index->longest_piece > 0 && find_pieces (search)) ||
         find_folded (search) || find_networks (search);
}

static gboolean
find_ranges (Search *search,
             double  number)
{
  const PatternIndex *self = search->index;
  const guint32 *starts = self->starts + self->first_range_list;
  guint32 node = posture_pattern_ranges_find_leaf (&self->ranges, number);

  for (; node > 0; node /= 2)
    if (starts[node] != starts[node + 1] &&
        (!posture_pattern_value_is_exact (search->value) ||
         emit (search, self->first_range_list + node)))
      return posture_pattern_value_is_exact (search->value);
  return FALSE;
}

/* Most numbers meet nothing; only for those that do it matters how they are spelled. */
static gboolean
find_number (Search *search)
{
  const PatternIndex *self = search->index;
  double number;

  if (self->tables[TABLE_SPELLINGS].n_items > 0 &&
      find_in_table (search, TABLE_SPELLINGS, search->value->text, search->value->length))
    return TRUE;
  if (self->tables[TABLE_NUMBERS].n_items == 0 && self->first_range_list == 0)
    return FALSE;
  number = posture_pattern_value_get_number (search->value) + 0.0; /* no negative zero */
  if (self->tables[TABLE_NUMBERS].n_items > 0)
    {
      const PatternTable *table = &self->tables[TABLE_NUMBERS];
      const char *bytes = (const char *) &number;
      const PatternItem *item =
        posture_pattern_table_find (table, posture_pattern_hash (bytes, sizeof (number)), bytes,
                                    sizeof (number));

      if (item != NULL && posture_pattern_value_is_exact (search->value) &&
          emit (search, item->value))
        return TRUE;
    }
  return self->first_range_list != 0 && find_ranges (search, number);
}

/* Finds the targets of a value, some perhaps more than once, and adds them to @ret_targets. With
 * %NULL there it stops at the first one.
 *
 * Returns: with %NULL, whether there is one */
gboolean
posture_pattern_index_find (const PatternIndex *self,
                            PatternValue       *value,
                            PatternArena       *arena,
                            PatternList        *ret_targets)
{
  Search search = { self, value, arena, ret_targets, NULL };

  if (emit (&search, LIST_ANY))
    return TRUE;
  switch (value->kind)
    {
    case POSTURE_JSON_STRING:
      return find_string (&search);
    case POSTURE_JSON_NUMBER:
      return find_number (&search);
    case POSTURE_JSON_NULL:
      return emit (&search, LIST_NULL);
    default:
      return emit (&search, value->truth ? LIST_TRUE : LIST_FALSE);
    }
}
