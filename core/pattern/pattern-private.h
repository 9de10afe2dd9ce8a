/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern-index-private.h"
#include "pattern/pattern.h"

G_BEGIN_DECLS

typedef struct _PatternWildcard PatternWildcard;
typedef struct _PatternAlone PatternAlone;

PatternWildcard *posture_pattern_wildcard_new     (const char            *text,
                                                   const char           **ret_reason);
void             posture_pattern_wildcard_free    (PatternWildcard       *self);
gboolean         posture_pattern_wildcard_matches (const PatternWildcard *self,
                                                   const char            *text,
                                                   gsize                  length);
guint            posture_pattern_wildcard_get_texts (const PatternWildcard *self,
                                                     const PatternText    **ret_texts);

typedef enum
{
  PATTERN_TEST_LITERAL, /* true, false, null */
  PATTERN_TEST_STRING,
  PATTERN_TEST_NUMBER,
  PATTERN_TEST_ADDRESS,
  PATTERN_TEST_NETWORK,
  PATTERN_TEST_RANGE,
  PATTERN_TEST_PREFIX,
  PATTERN_TEST_SUFFIX,
  PATTERN_TEST_FOLDED,
  PATTERN_TEST_FOLDED_PREFIX,
  PATTERN_TEST_FOLDED_SUFFIX,
  PATTERN_TEST_WILDCARD,
  PATTERN_TEST_ANYTHING_BUT,
  PATTERN_TEST_EXISTS,
  PATTERN_TEST_ABSENT,
} PatternTestKind;

/* One entry of a field's list. */
struct _PatternTest
{
  PatternTestKind kind;
  PostureJsonKind literal; /* LITERAL: null or boolean … */
  gboolean truth;          /* … and which */
  char *text;              /* STRING, NUMBER, PREFIX, SUFFIX and, folded, FOLDED… */
  gsize length;
  double number; /* NUMBER; never the negative zero */
  gboolean exact;
  PatternAddress address; /* ADDRESS, NETWORK; what is behind the mask is zero */
  guint bits;             /* NETWORK */
  double lower;           /* RANGE */
  double upper;
  gboolean lower_open;
  gboolean upper_open;
  PatternWildcard *wildcard;
  GPtrArray *excluded;  /* (element-type PatternTest), ANYTHING_BUT */
  PatternIndex *index;  /* (nullable): of what is excluded, if that is much */
};

/* What one field must be: any of the tests. */
typedef struct
{
  GPtrArray *tests;    /* (element-type PatternTest) */
  gboolean absent;     /* or it may be missing */
  PatternIndex *index; /* (nullable): of the tests, if they are many … */
  guint n_indexed;     /* … and how many, from the first on, it knows */
} PatternCondition;

PatternTest *posture_pattern_test_new         (PatternTestKind         kind,
                                               const char             *text);
void         posture_pattern_test_free        (PatternTest            *self);
gboolean     posture_pattern_test_holds       (const PatternTest      *self,
                                               PatternValue           *value,
                                               PatternArena           *arena);
void         posture_pattern_test_seal        (PatternTest            *self);
guint        posture_pattern_test_hash        (const PatternTest      *self);
void         posture_pattern_condition_free   (PatternCondition       *self);
void         posture_pattern_condition_seal   (PatternCondition       *self);
gboolean     posture_pattern_condition_holds  (const PatternCondition *self,
                                               PatternValue           *value,
                                               PatternArena           *arena);
guint        posture_pattern_condition_hash   (const PatternCondition *self);
gboolean     posture_pattern_condition_equal  (const PatternCondition *a,
                                               const PatternCondition *b);

typedef struct
{
  guint path; /* index into the pattern's paths */
  PatternCondition *condition;
} PatternTerm;

/* Conditions that must hold together, sorted by path; a pattern is any of its alternatives. */
typedef struct
{
  guint n_terms;
  guint64 absent; /* a bit for each whose field may be missing */
  PatternTerm terms[];
} PatternAlternative;

struct _PosturePattern
{
  gatomicrefcount references;
  GPtrArray *conditions;   /* (element-type PatternCondition) */
  GPtrArray *paths;        /* (element-type utf8), sorted */
  GPtrArray *alternatives; /* (element-type PatternAlternative) */
  PatternAlone *alone;     /* what it takes to match it alone; made when first needed */
};

void posture_pattern_alone_free (PatternAlone *self);


/* What is kept while a pattern is read. */
typedef struct
{
  GString *place;
  GPtrArray *conditions; /* (element-type PatternCondition), owned by the pattern */
  GError **error;
} PatternParser;

gboolean          posture_pattern_fail           (PatternParser         *parser,
                                                  const char            *format,
                                                  ...) G_GNUC_PRINTF (2, 3);
PatternCondition *posture_pattern_read_condition (PatternParser         *parser,
                                                  const PostureJsonNode *list);
gboolean          posture_pattern_is_operator    (const char            *name);
GPtrArray        *posture_pattern_expand         (PatternParser         *parser,
                                                  const char            *name,
                                                  const PostureJsonNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternTest, posture_pattern_test_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternCondition, posture_pattern_condition_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternWildcard, posture_pattern_wildcard_free)

G_END_DECLS
