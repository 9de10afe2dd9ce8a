/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/matcher.h"
#include "pattern/pattern-event-private.h"

G_BEGIN_DECLS

/* A rule; what is replaced is another rule with the same number. */
typedef struct
{
  gatomicrefcount references;
  char *name;
  guint64 number;  /* in the order of adding */
  guint64 removed; /* the matcher's version from which on it is gone; atomic */
  guint place;     /* among the matcher's new rules, counted from 1; 0: in a segment; of the matcher's lock */
  PosturePattern *pattern;
} MatcherRule;

MatcherRule *posture_matcher_rule_ref   (MatcherRule *self);
void         posture_matcher_rule_unref (MatcherRule *self);

/* One of a rule's alternatives, with the numbers of the matcher's paths. */
typedef struct
{
  guint32 rule;
  guint32 n_alternatives; /* that the rule has; here so that a rule that does not match need not be read */
  PatternQuestion question;
} MatcherAlternative;

/* The indices of a node: a field of @path that passes the test of an index leads to another node. */
typedef struct
{
  guint32 path;
  PatternIndex *index;
} MatcherBranch;

/* Where one condition leads: alternatives that need it and nothing else that could tell them apart,
 * and branches to nodes of further conditions for the rest. */
typedef struct
{
  guint32 condition; /* that leads here; PATTERN_NOTHING for the root */
  gboolean certain;  /* whether it holds if an index leads here */
  guint32 first_alternative;
  guint32 n_alternatives;
  guint32 first_branch;
  guint32 n_branches;
} MatcherNode;

/* Many rules, compiled together. It does not change. */
typedef struct
{
  gatomicrefcount references;
  GPtrArray *rules;    /* (element-type MatcherRule) */
  GArray *alternatives; /* (element-type MatcherAlternative) */
  GPtrArray *memory;   /* what the alternatives point to */
  GArray *nodes;       /* (element-type MatcherNode); the first is the root */
  GArray *members;     /* (element-type guint32): alternatives of the nodes */
  GArray *branches;    /* (element-type MatcherBranch) */
  guint32 *roots;      /* by path: the branch of the root and 1; 0: there is none */
  guint32 n_paths;
  const PatternCondition **conditions; /* by number; owned by the rules */
  guint32 n_conditions;
} MatcherSegment;

/* What one who asks keeps about a segment; each number is of the event in which it was written. */
typedef struct
{
  MatcherSegment *segment;
  PatternMemory memory; /* owns what is known */
  guint32 *nodes;      /* was here */
  guint32 *rules;      /* matches */
} MatcherNotes;

/* What stands for any value; see posture_matcher_weigh(). */
#define MATCHER_WEIGHT_ANY (1u << 20)

guint           posture_matcher_weigh         (const PatternTest *test);
MatcherSegment *posture_matcher_segment_new   (GPtrArray      *rules,
                                               PatternSteps   *steps);
MatcherSegment *posture_matcher_segment_ref   (MatcherSegment *self);
void            posture_matcher_segment_unref (MatcherSegment *self);

/* Is told the rules that match, each once. */
typedef void (*MatcherRuleFunc) (MatcherRule *rule,
                                 gpointer     data);

MatcherNotes *posture_matcher_notes_new   (MatcherSegment  *segment);
void          posture_matcher_notes_free  (MatcherNotes    *self);
void          posture_matcher_notes_reset (MatcherNotes    *self);
gboolean      posture_matcher_segment_ask (MatcherSegment  *self,
                                           MatcherNotes    *notes,
                                           PatternEvent    *event,
                                           PatternList     *targets,
                                           MatcherRuleFunc  func,
                                           gpointer         data);

/* A rule that is in no segment yet, because it is new. */
typedef struct
{
  MatcherRule *rule;
  guint32 *paths;
} MatcherLoose;

/* What snapshots up to some version may still look at. A snapshot holds the waste of its version, and each
 * waste holds the next one, so that nothing goes before all earlier snapshots have gone. */
typedef struct _MatcherWaste MatcherWaste;

struct _MatcherWaste
{
  gatomicrefcount references;
  MatcherWaste *next; /* (nullable) */
  GPtrArray *steps;   /* (element-type PatternStep) (nullable) */
  PatternSteps tree;
};

/* All that is matched with, at one moment. It does not change. */
typedef struct
{
  gatomicrefcount references;
  GPtrArray *segments; /* (element-type MatcherSegment) */
  GArray *loose;       /* (element-type MatcherLoose) */
  const PatternStep *root;
  guint32 n_paths;
  MatcherWaste *waste;
} MatcherSnapshot;

MatcherWaste    *posture_matcher_waste_new      (void);
void             posture_matcher_waste_unref    (MatcherWaste    *self);
MatcherSnapshot *posture_matcher_snapshot_new   (void);
MatcherSnapshot *posture_matcher_snapshot_ref   (MatcherSnapshot *self);
void             posture_matcher_snapshot_unref (MatcherSnapshot *self);

guint64          posture_matcher_get_version    (PostureMatcher  *self);
MatcherSnapshot *posture_matcher_dup_snapshot   (PostureMatcher  *self,
                                                 guint64         *ret_version);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatcherSnapshot, posture_matcher_snapshot_unref)

G_END_DECLS
