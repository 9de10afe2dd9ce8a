/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern.h"

G_BEGIN_DECLS

/* A number as it is compared: by its value where its spelling is exactly what the double prints
 * as, else by its spelling alone. */
typedef struct
{
  const char *text;
  double value;
  gboolean exact;
} PatternNumber;

void     posture_pattern_number_init  (PatternNumber       *self,
                                       const char          *text);
gboolean posture_pattern_number_equal (const PatternNumber *a,
                                       const PatternNumber *b);

/* An IP address: 4 or 16 bytes. */
typedef struct
{
  guint8 bytes[16];
  guint length;
} PatternAddress;

gboolean posture_pattern_address_parse  (PatternAddress       *self,
                                         const char           *text);
gboolean posture_pattern_address_within (const PatternAddress *self,
                                         const PatternAddress *network,
                                         guint                 bits);

typedef struct _PatternWildcard PatternWildcard;

PatternWildcard *posture_pattern_wildcard_new     (const char            *text,
                                                   const char           **ret_reason);
void             posture_pattern_wildcard_free    (PatternWildcard       *self);
gboolean         posture_pattern_wildcard_matches (const PatternWildcard *self,
                                                   const char            *text);

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
typedef struct
{
  PatternTestKind kind;
  PostureJsonKind literal; /* LITERAL: null or boolean … */
  gboolean truth;          /* … and which */
  char *text;              /* STRING, NUMBER, PREFIX, SUFFIX and, folded, FOLDED… */
  PatternNumber number;
  PatternAddress address; /* ADDRESS, NETWORK */
  guint bits;             /* NETWORK */
  double lower;           /* RANGE */
  double upper;
  gboolean lower_open;
  gboolean upper_open;
  PatternWildcard *wildcard;
  GPtrArray *excluded; /* (element-type PatternTest), ANYTHING_BUT */
} PatternTest;

/* What one field must be: any of the tests. */
typedef struct
{
  GPtrArray *tests; /* (element-type PatternTest) */
  gboolean absent;  /* or it may be missing */
} PatternCondition;

PatternTest *posture_pattern_test_new        (PatternTestKind        kind,
                                              const char            *text);
void         posture_pattern_test_free       (PatternTest           *self);
void         posture_pattern_condition_free  (PatternCondition      *self);
gboolean     posture_pattern_condition_holds (PatternCondition      *self,
                                              const PostureJsonNode *value);

/* Conditions that must hold together, sorted by path; a pattern is any of its alternatives. */
typedef struct
{
  guint n_paths;
  guint paths[POSTURE_PATTERN_MAX_PATHS]; /* indices into the pattern's paths */
  PatternCondition *conditions[POSTURE_PATTERN_MAX_PATHS];
  guint64 all;    /* a bit for each */
  guint64 absent; /* those whose field may be missing */
} PatternAlternative;

/* One step of the paths that a pattern names: "detail" with "state" below it. */
typedef struct
{
  int path;             /* which path ends here, -1 if none does */
  GHashTable *children; /* (element-type utf8 PatternStep) (nullable) */
} PatternStep;

struct _PosturePattern
{
  gatomicrefcount references;
  GPtrArray *conditions;   /* (element-type PatternCondition) */
  GPtrArray *paths;        /* (element-type utf8), sorted */
  GPtrArray *alternatives; /* (element-type PatternAlternative) */
  PatternStep *steps;
};

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
                                                  const PostureJsonNode *object);

/* The part of an event that a pattern asks for. */
typedef enum
{
  PATTERN_FIELD_LEAF,
  PATTERN_FIELD_ALL, /* its children stand side by side */
  PATTERN_FIELD_ONE, /* its children are the elements of one array */
} PatternFieldKind;

typedef struct
{
  PatternFieldKind kind;
  guint path; /* of a leaf */
  const PostureJsonNode *value;
  GPtrArray *children; /* (element-type PatternField) */
  guint64 can;         /* which conditions something in here fulfils */
  guint64 present;     /* whose field is in here at all */
  guint64 twice;       /* whose field is in more than one child */
} PatternField;

PatternStep  *posture_pattern_step_new     (GPtrArray             *paths);
void          posture_pattern_step_free    (PatternStep           *self);
PatternField *posture_pattern_field_new    (const PatternStep     *steps,
                                            const PostureJsonNode *event);
void          posture_pattern_field_free   (PatternField          *self);
gboolean      posture_pattern_decide       (PosturePattern        *self,
                                            const PostureJsonNode *event,
                                            gboolean              *ret_matches);
gboolean      posture_pattern_try          (PosturePattern        *self,
                                            const PostureJsonNode *event,
                                            gboolean              *ret_matches,
                                            GError               **error);

PostureJsonDocument *posture_pattern_read_event (const char *event,
                                                 gsize       length,
                                                 GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternTest, posture_pattern_test_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternCondition, posture_pattern_condition_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternWildcard, posture_pattern_wildcard_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternField, posture_pattern_field_free)

G_END_DECLS
