/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-index-lists-private.h"

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

static guint32
get_literal_list (const PatternTest *test)
{
  if (test->literal == POSTURE_JSON_NULL)
    return LIST_NULL;
  return test->truth ? LIST_TRUE : LIST_FALSE;
}

static void
add_number (PatternIndex      *self,
            const PatternTest *test,
            guint32            target)
{
  if (test->exact)
    add_to_table (self, &self->tables[TABLE_NUMBERS], (const char *) &test->number,
                  sizeof (double), target);
  else
    add_to_table (self, &self->tables[TABLE_SPELLINGS], test->text, test->length, target);
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
      add_entry (self, get_literal_list (test), target);
      break;
    case PATTERN_TEST_STRING:
      add_to_table (self, &self->tables[TABLE_STRINGS], test->text, test->length, target);
      break;
    case PATTERN_TEST_NUMBER:
      add_number (self, test, target);
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
