/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern-affixes-private.h"
#include "pattern/pattern-private.h"
#include "pattern/pattern-ranges-private.h"

G_BEGIN_DECLS

/* What an index consists of, for pattern-index, which makes it, and pattern-index-find, which looks values up. */

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

G_END_DECLS
