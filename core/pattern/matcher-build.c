/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/matcher-private.h"

/* So many alternatives are tried one by one; more are told apart by a further condition. */
#define MAX_TRIED 8
/* How many conditions lead to an alternative at most. */
#define MAX_DEPTH 4

/* Conditions that are spelled alike and are of one path have one number. */
typedef struct
{
  guint32 path;
  const PatternCondition *condition;
  guint32 node; /* that it leads to from the node that is being built; PATTERN_NOTHING: to none */
} BuildCondition;

typedef struct
{
  MatcherSegment *segment;
  PatternSteps *steps;
  GHashTable *by_value; /* (element-type BuildCondition guint) */
  GPtrArray *conditions; /* (element-type BuildCondition) */
  guint32 *shares; /* how many alternatives have a test; by its hash, so now and then too many */
  guint32 mask;
  guint32 way[MAX_DEPTH]; /* the conditions that lead to the node that is being built */
  guint depth;
} Build;

static guint
build_condition_hash (gconstpointer data)
{
  const BuildCondition *self = data;

  return posture_pattern_condition_hash (self->condition) * 31 + self->path;
}

static gboolean
build_condition_equal (gconstpointer a,
                       gconstpointer b)
{
  const BuildCondition *x = a;
  const BuildCondition *y = b;

  return x->path == y->path && posture_pattern_condition_equal (x->condition, y->condition);
}

static BuildCondition *
get_condition (Build  *build,
               guint32 number)
{
  return g_ptr_array_index (build->conditions, number);
}

/* Gives the number of a condition. */
static guint32
number_condition (Build                  *build,
                  guint32                 path,
                  const PatternCondition *condition)
{
  BuildCondition wanted = { path, condition, PATTERN_NOTHING };
  gpointer number;

  if (g_hash_table_lookup_extended (build->by_value, &wanted, NULL, &number))
    return GPOINTER_TO_UINT (number);
  g_hash_table_insert (build->by_value, g_memdup2 (&wanted, sizeof (wanted)),
                       GUINT_TO_POINTER (build->conditions->len));
  g_ptr_array_add (build->conditions, g_memdup2 (&wanted, sizeof (wanted)));
  return build->conditions->len - 1;
}

static gpointer
keep (Build *build,
      gsize  size)
{
  gpointer memory = g_malloc (size);

  g_ptr_array_add (build->segment->memory, memory);
  return memory;
}

static void
add_rule (Build   *build,
          guint32  number,
          PosturePattern *pattern)
{
  guint32 *paths = keep (build, pattern->paths->len * sizeof (guint32));

  for (guint i = 0; i < pattern->paths->len; i++)
    paths[i] = posture_pattern_steps_add (build->steps, g_ptr_array_index (pattern->paths, i));
  for (guint i = 0; i < pattern->alternatives->len; i++)
    {
      const PatternAlternative *alternative = g_ptr_array_index (pattern->alternatives, i);
      guint32 *conditions = keep (build, alternative->n_terms * sizeof (guint32));
      MatcherAlternative added = { number, pattern->alternatives->len,
                                   { alternative, paths, conditions } };

      for (guint k = 0; k < alternative->n_terms; k++)
        conditions[k] = number_condition (build, paths[alternative->terms[k].path],
                                          alternative->terms[k].condition);
      g_array_append_val (build->segment->alternatives, added);
    }
}

static const MatcherAlternative *
get_alternative (Build  *build,
                 guint32 number)
{
  return &g_array_index (build->segment->alternatives, MatcherAlternative, number);
}

static guint32 *
get_share (Build             *build,
           guint32            path,
           const PatternTest *test)
{
  return &build->shares[(posture_pattern_test_hash (test) * 31 + path) & build->mask];
}

static void
add_to_shares (Build   *build,
               guint32  alternative,
               gboolean add)
{
  const MatcherAlternative *self = get_alternative (build, alternative);

  for (guint i = 0; i < self->question.alternative->n_terms; i++)
    {
      const BuildCondition *condition = get_condition (build, self->question.conditions[i]);

      for (guint k = 0; k < condition->condition->tests->len; k++)
        {
          guint32 *share = get_share (build, condition->path,
                                      g_ptr_array_index (condition->condition->tests, k));

          *share = add ? *share + 1 : 0;
        }
    }
}

static gboolean
is_on_the_way (Build  *build,
               guint32 condition)
{
  for (guint i = 0; i < build->depth; i++)
    if (build->way[i] == condition)
      return TRUE;
  return FALSE;
}

/* How much would have to be tried in vain if a condition led to the alternatives that have it; 0: it
 * cannot lead to them, since it holds without any field. */
static guint64
rate (Build  *build,
      guint32 number)
{
  const BuildCondition *condition = get_condition (build, number);
  guint64 sum = 0;

  if (condition->condition->absent || is_on_the_way (build, number))
    return 0;
  for (guint i = 0; i < condition->condition->tests->len; i++)
    {
      const PatternTest *test = g_ptr_array_index (condition->condition->tests, i);

      sum += (guint64) posture_matcher_weigh (test) * *get_share (build, condition->path, test);
    }
  return sum;
}

/* Which of its conditions leads to an alternative; PATTERN_NOTHING: none. Below the root, one that
 * nearly always holds is of no use. */
static guint32
choose (Build  *build,
        guint32 alternative)
{
  const MatcherAlternative *self = get_alternative (build, alternative);
  guint64 limit = build->depth > 0 ? MATCHER_WEIGHT_ANY : G_MAXUINT64;
  guint32 best = PATTERN_NOTHING;

  for (guint i = 0; i < self->question.alternative->n_terms; i++)
    {
      guint64 rating = rate (build, self->question.conditions[i]);

      if (rating > 0 && rating < limit)
        {
          best = self->question.conditions[i];
          limit = rating;
        }
    }
  return best;
}

/* The alternatives that one condition leads to. */
typedef struct
{
  guint32 condition;
  guint32 node;
  GArray *members;
} Group;

static void
group_clear (gpointer data)
{
  g_array_unref (((Group *) data)->members);
}

static guint32
add_node (Build  *build,
          guint32 number)
{
  MatcherNode node = { .condition = number, .certain = TRUE };

  if (number != PATTERN_NOTHING)
    {
      const PatternCondition *condition = get_condition (build, number)->condition;

      for (guint i = 0; i < condition->tests->len; i++)
        if (((PatternTest *) g_ptr_array_index (condition->tests, i))->kind ==
            PATTERN_TEST_ANYTHING_BUT)
          node.certain = FALSE;
    }
  g_array_append_val (build->segment->nodes, node);
  return build->segment->nodes->len - 1;
}

/* Puts each of @members into the group of the condition that leads to it. What none leads to goes to
 * @rest. */
static GArray *
make_groups (Build  *build,
             GArray *members,
             GArray *rest)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (Group));

  g_array_set_clear_func (groups, group_clear);
  for (guint i = 0; i < members->len; i++)
    add_to_shares (build, g_array_index (members, guint32, i), TRUE);
  for (guint i = 0; i < members->len; i++)
    {
      guint32 alternative = g_array_index (members, guint32, i);
      guint32 number = choose (build, alternative);
      BuildCondition *condition;

      if (number == PATTERN_NOTHING)
        {
          g_array_append_val (rest, alternative);
          continue;
        }
      condition = get_condition (build, number);
      if (condition->node == PATTERN_NOTHING)
        {
          Group group = { number, add_node (build, number),
                          g_array_new (FALSE, FALSE, sizeof (guint32)) };

          condition->node = groups->len;
          g_array_append_val (groups, group);
        }
      g_array_append_val (g_array_index (groups, Group, condition->node).members, alternative);
    }
  for (guint i = 0; i < members->len; i++)
    add_to_shares (build, g_array_index (members, guint32, i), FALSE);
  for (guint i = 0; i < groups->len; i++)
    get_condition (build, g_array_index (groups, Group, i).condition)->node = PATTERN_NOTHING;
  return groups;
}

static int
compare_branches (gconstpointer a,
                  gconstpointer b)
{
  guint32 x = ((const MatcherBranch *) a)->path;
  guint32 y = ((const MatcherBranch *) b)->path;

  return x < y ? -1 : x > y;
}

/* Makes one index for each path that has groups. They come one behind the other, sorted by path. */
static void
add_branches (Build       *build,
              MatcherNode *node,
              GArray      *groups)
{
  g_autoptr (GHashTable) by_path = g_hash_table_new (NULL, NULL);
  GArray *branches = build->segment->branches;

  node->first_branch = branches->len;
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = &g_array_index (groups, Group, i);
      const BuildCondition *condition = get_condition (build, group->condition);
      PatternIndex *index = g_hash_table_lookup (by_path, GUINT_TO_POINTER (condition->path));

      if (index == NULL)
        {
          MatcherBranch branch = { condition->path, posture_pattern_index_new () };

          index = branch.index;
          g_hash_table_insert (by_path, GUINT_TO_POINTER (condition->path), index);
          g_array_append_val (branches, branch);
        }
      for (guint k = 0; k < condition->condition->tests->len; k++)
        posture_pattern_index_add (index, g_ptr_array_index (condition->condition->tests, k),
                                   group->node);
    }
  node->n_branches = branches->len - node->first_branch;
  for (guint i = node->first_branch; i < branches->len; i++)
    posture_pattern_index_seal (g_array_index (branches, MatcherBranch, i).index);
  if (node->n_branches > 0)
    qsort (&g_array_index (branches, MatcherBranch, node->first_branch), node->n_branches,
           sizeof (MatcherBranch), compare_branches);
}

/* Fills the node at @number, which its condition leads to, with @members. */
static void
build_node (Build  *build,
            guint32 number,
            GArray *members)
{
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) groups = NULL;
  gboolean is_root = build->depth == 0;
  MatcherNode node = g_array_index (build->segment->nodes, MatcherNode, number);

  if (is_root || (members->len > MAX_TRIED && build->depth < MAX_DEPTH))
    {
      groups = make_groups (build, members, rest);
      add_branches (build, &node, groups);
      members = rest;
    }
  node.first_alternative = build->segment->members->len;
  node.n_alternatives = members->len;
  g_array_append_vals (build->segment->members, members->data, members->len);
  g_array_index (build->segment->nodes, MatcherNode, number) = node;
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      const Group *group = &g_array_index (groups, Group, i);

      build->way[build->depth++] = group->condition;
      build_node (build, group->node, group->members);
      build->depth--;
    }
}

static void
build_root (Build *build)
{
  MatcherSegment *segment = build->segment;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint32));
  const MatcherNode *root;

  for (guint32 i = 0; i < segment->alternatives->len; i++)
    g_array_append_val (all, i);
  build_node (build, add_node (build, PATTERN_NOTHING), all);
  root = &g_array_index (segment->nodes, MatcherNode, 0);
  segment->n_paths = build->steps->n_paths;
  segment->roots = g_new0 (guint32, segment->n_paths);
  for (guint32 i = root->first_branch; i < root->first_branch + root->n_branches; i++)
    segment->roots[g_array_index (segment->branches, MatcherBranch, i).path] = i + 1;
}

static void
make_shares (Build *build)
{
  gsize n_tests = 0;

  for (guint i = 0; i < build->conditions->len; i++)
    n_tests += get_condition (build, i)->condition->tests->len;
  for (build->mask = 64; build->mask < 2 * n_tests && build->mask < 1u << 24; build->mask *= 2)
    ;
  build->shares = g_new0 (guint32, build->mask);
  build->mask--;
}

/* Compiles @rules together. Their paths are added to @steps, if they are not there. */
MatcherSegment *
posture_matcher_segment_new (GPtrArray    *rules,
                             PatternSteps *steps)
{
  MatcherSegment *self = g_new0 (MatcherSegment, 1);
  Build build = { .segment = self, .steps = steps };

  g_atomic_ref_count_init (&self->references);
  self->rules = g_ptr_array_new_full (rules->len, (GDestroyNotify) posture_matcher_rule_unref);
  self->alternatives = g_array_new (FALSE, FALSE, sizeof (MatcherAlternative));
  self->memory = g_ptr_array_new_with_free_func (g_free);
  self->nodes = g_array_new (FALSE, FALSE, sizeof (MatcherNode));
  self->members = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->branches = g_array_new (FALSE, FALSE, sizeof (MatcherBranch));
  build.by_value = g_hash_table_new_full (build_condition_hash, build_condition_equal, g_free, NULL);
  build.conditions = g_ptr_array_new_with_free_func (g_free);
  for (guint32 i = 0; i < rules->len; i++)
    {
      MatcherRule *rule = g_ptr_array_index (rules, i);

      g_ptr_array_add (self->rules, posture_matcher_rule_ref (rule));
      add_rule (&build, i, rule->pattern);
    }
  make_shares (&build);
  build_root (&build);
  self->n_conditions = build.conditions->len;
  self->conditions = g_new (const PatternCondition *, self->n_conditions);
  for (guint32 i = 0; i < self->n_conditions; i++)
    self->conditions[i] = get_condition (&build, i)->condition;
  g_hash_table_unref (build.by_value);
  g_ptr_array_unref (build.conditions);
  g_free (build.shares);
  return self;
}
