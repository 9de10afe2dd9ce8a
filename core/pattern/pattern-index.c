/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-affixes-private.h"
#include "pattern/pattern-private.h"
#include "pattern/pattern-ranges-private.h"

/* A target with this bit is the index of a wildcard, of which only a part was found yet. */
#define IS_WILDCARD (1u << 31)

typedef enum
{
  TABLE_STRINGS,
  TABLE_NUMBERS,   /* by the bytes of the double */
  TABLE_SPELLINGS, /* numbers that no double prints as */
  TABLE_ADDRESSES,
  TABLE_FOLDED,
  N_TABLES,
} TableKind;

typedef enum
{
  AFFIXES_PREFIX,
  AFFIXES_SUFFIX,
  AFFIXES_FOLDED_PREFIX,
  AFFIXES_FOLDED_SUFFIX,
  N_AFFIXES,
} AffixesKind;

typedef enum
{
  LIST_NONE, /* an item of a table is new if its list is this one */
  LIST_ANY,
  LIST_ANY_STRING,
  LIST_NULL,
  LIST_FALSE,
  LIST_TRUE,
  N_FIXED_LISTS,
} FixedList;

/* Networks whose addresses are of one kind and whose masks are of one length. */
typedef struct
{
  guint length;
  guint bits;
  PatternTable table;
} Networks;

typedef struct
{
  const PatternWildcard *wildcard;
  guint32 target;
} Wildcard;

typedef struct
{
  const PatternTest *test;
  guint32 target;
} Range;

/* One place in the list of a value. */
typedef struct
{
  guint32 list;
  guint32 target;
} Entry;

/* Which of many tests a value passes. Each value that a test names, each prefix and so on has a list of
 * targets; a look-up finds the lists of a value. */
struct _PatternIndex
{
  PatternTable tables[N_TABLES];
  PatternAffixes affixes[N_AFFIXES];
  PatternPieces pieces;  /* of wildcards that begin and end with a star … */
  guint longest_piece;   /* … 0: there are none */
  GArray *networks;      /* (element-type Networks) (nullable) */
  GArray *wildcards;     /* (element-type Wildcard) (nullable) */
  PatternRanges ranges;
  guint32 first_range_list; /* of node 0; 0: there are no ranges */
  guint32 n_lists;
  guint32 *starts;  /* where the targets of each list begin, and where the last ones end */
  guint32 *targets;
  GArray *entries;      /* (element-type Entry): until it is sealed */
  GArray *range_tests;  /* (element-type Range) (nullable): until it is sealed */
};

/* What a look-up carries along. */
typedef struct
{
  const PatternIndex *index;
  PatternValue *value;
  PatternArena *arena;
  PatternList *targets; /* (nullable): then the first one is enough */
  guint8 *seen;         /* (nullable): a bit for each list that a piece led to */
} Search;

PatternIndex *
posture_pattern_index_new (void)
{
  PatternIndex *self = g_new0 (PatternIndex, 1);

  self->affixes[AFFIXES_SUFFIX].backwards = TRUE;
  self->affixes[AFFIXES_FOLDED_SUFFIX].backwards = TRUE;
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->n_lists = N_FIXED_LISTS;
  return self;
}

void
posture_pattern_index_free (PatternIndex *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    posture_pattern_table_clear (&self->tables[i]);
  for (guint i = 0; i < N_AFFIXES; i++)
    posture_pattern_affixes_clear (&self->affixes[i]);
  posture_pattern_pieces_clear (&self->pieces);
  for (guint i = 0; self->networks != NULL && i < self->networks->len; i++)
    posture_pattern_table_clear (&g_array_index (self->networks, Networks, i).table);
  g_clear_pointer (&self->networks, g_array_unref);
  g_clear_pointer (&self->wildcards, g_array_unref);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->range_tests, g_array_unref);
  posture_pattern_ranges_clear (&self->ranges);
  g_free (self->starts);
  g_free (self->targets);
  g_free (self);
}

static void
add_entry (PatternIndex *self,
           guint32       list,
           guint32       target)
{
  Entry entry = { list, target };

  g_array_append_val (self->entries, entry);
}

/* The list of an item, which gets one if it is new. */
static guint32
list_of (PatternIndex *self,
         PatternItem  *item)
{
  if (item->value == LIST_NONE)
    item->value = self->n_lists++;
  return item->value;
}

static void
add_to_table (PatternIndex *self,
              PatternTable *table,
              const char   *text,
              gsize         length,
              guint32       target)
{
  guint32 item = posture_pattern_table_add (table, posture_pattern_hash (text, length), text, length);

  add_entry (self, list_of (self, &table->items[item]), target);
}

static void
add_affix (PatternIndex      *self,
           AffixesKind        kind,
           const PatternText *text,
           guint32            target)
{
  add_entry (self,
             list_of (self, posture_pattern_affixes_add (&self->affixes[kind], text->text,
                                                         text->length)),
             target);
}

static void
add_network (PatternIndex      *self,
             const PatternTest *test,
             guint32            target)
{
  const PatternAddress *address = &test->address;
  Networks added = { .length = address->length, .bits = test->bits };
  guint at = 0;

  if (self->networks == NULL)
    self->networks = g_array_new (FALSE, FALSE, sizeof (Networks));
  while (at < self->networks->len &&
         (g_array_index (self->networks, Networks, at).length != added.length ||
          g_array_index (self->networks, Networks, at).bits != added.bits))
    at++;
  if (at == self->networks->len)
    g_array_append_val (self->networks, added);
  add_to_table (self, &g_array_index (self->networks, Networks, at).table,
                (const char *) address->bytes, address->length, target);
}

/* A wildcard is found by the longer of its ends; if a star is at both, by its longest inner text. */
static void
add_wildcard (PatternIndex      *self,
              const PatternTest *test,
              guint32            target)
{
  const PatternText *texts;
  guint n_texts = posture_pattern_wildcard_get_texts (test->wildcard, &texts);
  const PatternText *first = &texts[0];
  const PatternText *last = &texts[n_texts - 1];
  const PatternText *inner = first;
  Wildcard wildcard = { test->wildcard, target };

  if (n_texts == 1)
    {
      add_to_table (self, &self->tables[TABLE_STRINGS], first->text, first->length, target);
      return;
    }
  for (guint i = 1; i + 1 < n_texts; i++)
    if (texts[i].length > inner->length)
      inner = &texts[i];
  if (first->length + last->length + inner->length == 0)
    {
      add_entry (self, LIST_ANY_STRING, target);
      return;
    }
  if (self->wildcards == NULL)
    self->wildcards = g_array_new (FALSE, FALSE, sizeof (Wildcard));
  target = self->wildcards->len | IS_WILDCARD;
  g_array_append_val (self->wildcards, wildcard);
  if (first->length + last->length > 0)
    add_affix (self, first->length >= last->length ? AFFIXES_PREFIX : AFFIXES_SUFFIX,
               first->length >= last->length ? first : last, target);
  else
    {
      PatternItem *item = posture_pattern_pieces_add (&self->pieces, inner->text, inner->length);

      self->longest_piece = MAX (self->longest_piece, item->length);
      add_entry (self, list_of (self, item), target);
    }
}

static void
add_range (PatternIndex      *self,
           const PatternTest *test,
           guint32            target)
{
  Range range = { test, target };

  if (self->range_tests == NULL)
    self->range_tests = g_array_new (FALSE, FALSE, sizeof (Range));
  g_array_append_val (self->range_tests, range);
}

/* Adds a test, which must outlive the index. Values that pass it lead to @target, a number below
 * 2^31. What “anything-but” excludes is not looked at: every value leads to the target. */
void
posture_pattern_index_add (PatternIndex      *self,
                           const PatternTest *test,
                           guint32            target)
{
  const PatternText text = { test->text, test->length };

  switch (test->kind)
    {
    case PATTERN_TEST_LITERAL:
      add_entry (self,
                 test->literal == POSTURE_JSON_NULL ? LIST_NULL
                 : test->truth                      ? LIST_TRUE
                                                    : LIST_FALSE,
                 target);
      break;
    case PATTERN_TEST_STRING:
      add_to_table (self, &self->tables[TABLE_STRINGS], test->text, test->length, target);
      break;
    case PATTERN_TEST_NUMBER:
      if (test->exact)
        add_to_table (self, &self->tables[TABLE_NUMBERS], (const char *) &test->number,
                      sizeof (double), target);
      else
        add_to_table (self, &self->tables[TABLE_SPELLINGS], test->text, test->length, target);
      break;
    case PATTERN_TEST_ADDRESS:
      add_to_table (self, &self->tables[TABLE_ADDRESSES], (const char *) test->address.bytes,
                    test->address.length, target);
      break;
    case PATTERN_TEST_NETWORK:
      add_network (self, test, target);
      break;
    case PATTERN_TEST_RANGE:
      add_range (self, test, target);
      break;
    case PATTERN_TEST_PREFIX:
      add_affix (self, AFFIXES_PREFIX, &text, target);
      break;
    case PATTERN_TEST_SUFFIX:
      add_affix (self, AFFIXES_SUFFIX, &text, target);
      break;
    case PATTERN_TEST_FOLDED:
      add_to_table (self, &self->tables[TABLE_FOLDED], test->text, test->length, target);
      break;
    case PATTERN_TEST_FOLDED_PREFIX:
      add_affix (self, AFFIXES_FOLDED_PREFIX, &text, target);
      break;
    case PATTERN_TEST_FOLDED_SUFFIX:
      add_affix (self, AFFIXES_FOLDED_SUFFIX, &text, target);
      break;
    case PATTERN_TEST_WILDCARD:
      add_wildcard (self, test, target);
      break;
    case PATTERN_TEST_ANYTHING_BUT:
    case PATTERN_TEST_EXISTS:
      add_entry (self, LIST_ANY, target);
      break;
    case PATTERN_TEST_ABSENT:
      break;
    }
}

typedef struct
{
  PatternIndex *index;
  guint32 target;
} Hanging;

static void
hang_cb (guint32  node,
         gpointer data)
{
  const Hanging *hanging = data;

  add_entry (hanging->index, hanging->index->first_range_list + node, hanging->target);
}

static void
seal_ranges (PatternIndex *self)
{
  guint32 n_tests = self->range_tests->len;
  double *bounds = g_new (double, 2 * (gsize) n_tests);

  for (guint32 i = 0; i < n_tests; i++)
    {
      const PatternTest *test = g_array_index (self->range_tests, Range, i).test;

      bounds[2 * i] = test->lower;
      bounds[2 * i + 1] = test->upper;
    }
  posture_pattern_ranges_init (&self->ranges, bounds, 2 * n_tests);
  self->first_range_list = self->n_lists;
  self->n_lists += 2 * self->ranges.first_leaf;
  for (guint32 i = 0; i < n_tests; i++)
    {
      const Range *range = &g_array_index (self->range_tests, Range, i);
      Hanging hanging = { self, range->target };

      posture_pattern_ranges_hang (&self->ranges, range->test->lower, range->test->lower_open,
                                   range->test->upper, range->test->upper_open, hang_cb, &hanging);
    }
  g_clear_pointer (&self->range_tests, g_array_unref);
}

/* Makes the index ready for look-ups; nothing can be added any more. */
void
posture_pattern_index_seal (PatternIndex *self)
{
  if (self->range_tests != NULL)
    seal_ranges (self);
  self->starts = g_new0 (guint32, self->n_lists + 2);
  self->targets = g_new (guint32, self->entries->len);
  /* counted, then put in place: starts[list + 1] runs from where the list begins to where it ends */
  for (guint i = 0; i < self->entries->len; i++)
    self->starts[g_array_index (self->entries, Entry, i).list + 2]++;
  for (guint32 list = 2; list < self->n_lists + 2; list++)
    self->starts[list] += self->starts[list - 1];
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      self->targets[self->starts[entry->list + 1]++] = entry->target;
    }
  g_clear_pointer (&self->entries, g_array_unref);
}

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
