/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "oracle/oracle-private.h"

#include "oracle/oracle.h"

/* How many outcomes are compared with one another before an event counts as undecidable. Without
 * repeated names there is one outcome per array, and the largest event stays far below this. */
#define MAX_WORK (4 * 1024 * 1024)

/* What choosing one element of each array can come to in a part of the event. Bits stand for the
 * conditions of the alternative. */
typedef struct
{
  guint64 held;    /* a field was chosen that fulfils these */
  guint64 missing; /* these are allowed to be missing and are, next to what was chosen */
  gboolean chosen; /* whether any field was chosen */
} Outcome;

typedef struct
{
  const PatternAlternative *alternative;
  guint work;
} Search;

static int
find_bit (const PatternAlternative *alternative,
          guint                     path)
{
  guint from = 0;
  guint to = alternative->n_terms;

  while (from < to)
    {
      guint middle = (from + to) / 2;

      if (alternative->terms[middle].path == path)
        return (int) middle;
      if (alternative->terms[middle].path < path)
        from = middle + 1;
      else
        to = middle;
    }
  return -1;
}

/* Finds out, from the leaves upwards, what is where. */
static void
survey (const PatternAlternative *alternative,
        OracleField             *field)
{
  field->can = field->present = field->twice = 0;
  if (field->kind == ORACLE_FIELD_LEAF)
    {
      int bit = find_bit (alternative, field->path);

      if (bit < 0)
        return;
      field->present = G_GUINT64_CONSTANT (1) << bit;
      if (oracle_condition_holds (alternative->terms[bit].condition, field->value))
        field->can = field->present;
      return;
    }
  for (guint i = 0; i < field->children->len; i++)
    {
      OracleField *child = g_ptr_array_index (field->children, i);

      survey (alternative, child);
      field->twice |= field->present & child->present;
      field->present |= child->present;
      field->can |= child->can;
    }
}

/* Whether @b is at least as good as @a. While conditions on missing fields are about, one field
 * is chosen for each condition and no more, so that having more is not always better. */
static gboolean
is_as_good (Search        *search,
            const Outcome *a,
            const Outcome *b)
{
  search->work++;
  return (search->alternative->absent != 0 ? a->held == b->held : (a->held & ~b->held) == 0) &&
         (a->missing & ~b->missing) == 0 && (!a->chosen || b->chosen);
}

/* Adds an outcome if it is possible and no other is as good. What @scope names is found nowhere
 * else and so is settled here; how no longer matters. */
static void
add_outcome (Search  *search,
             GArray  *outcomes,
             guint64  scope,
             Outcome  outcome)
{
  if ((scope & ~(outcome.held | outcome.missing)) != 0)
    return;
  outcome.held |= scope;
  outcome.missing |= scope & search->alternative->absent;
  for (guint i = 0; i < outcomes->len; i++)
    if (is_as_good (search, &outcome, &g_array_index (outcomes, Outcome, i)))
      return;
  for (guint i = outcomes->len; i > 0; i--)
    if (is_as_good (search, &g_array_index (outcomes, Outcome, i - 1), &outcome))
      g_array_remove_index_fast (outcomes, i - 1);
  g_array_append_val (outcomes, outcome);
}

static GArray *explore (Search       *search,
                        OracleField *field,
                        guint64       scope);

static void
explore_leaf (Search       *search,
              OracleField *field,
              guint64       scope,
              GArray       *outcomes)
{
  guint64 missing = search->alternative->absent & ~field->present;

  if (field->can != 0)
    add_outcome (search, outcomes, scope, (Outcome) { field->can, missing, TRUE });
  add_outcome (search, outcomes, scope, (Outcome) { 0, missing, FALSE });
}

/* Children side by side: every outcome of one goes with every outcome of the others. */
static void
explore_all (Search       *search,
             OracleField *field,
             guint64       scope,
             GArray       *outcomes)
{
  g_autoptr (GArray) so_far = g_array_new (FALSE, FALSE, sizeof (Outcome));
  Outcome none = { 0, search->alternative->absent, FALSE };

  g_array_append_val (so_far, none);
  for (guint i = 0; i < field->children->len; i++)
    {
      OracleField *child = g_ptr_array_index (field->children, i);
      guint64 elsewhere = (field->present & ~child->present) | (field->twice & child->present);
      guint64 below = scope & ~elsewhere;
      g_autoptr (GArray) more = explore (search, child, below);
      g_autoptr (GArray) both = g_array_new (FALSE, FALSE, sizeof (Outcome));

      for (guint a = 0; a < so_far->len && search->work < MAX_WORK; a++)
        for (guint b = 0; b < more->len; b++)
          {
            Outcome *x = &g_array_index (so_far, Outcome, a);
            Outcome *y = &g_array_index (more, Outcome, b);

            if (search->alternative->absent == 0 || (x->held & y->held & ~below) == 0)
              add_outcome (search, both, 0,
                           (Outcome) { x->held | y->held, x->missing & y->missing,
                                       x->chosen || y->chosen });
          }
      g_clear_pointer (&so_far, g_array_unref);
      so_far = g_steal_pointer (&both);
    }
  for (guint i = 0; i < so_far->len; i++)
    add_outcome (search, outcomes, scope, g_array_index (so_far, Outcome, i));
}

/* Elements of an array: fields of one of them are chosen, or of none; then all count as there. */
static void
explore_one (Search       *search,
             OracleField *field,
             guint64       scope,
             GArray       *outcomes)
{
  guint64 absent = search->alternative->absent;

  add_outcome (search, outcomes, scope, (Outcome) { 0, absent & ~field->present, FALSE });
  for (guint i = 0; i < field->children->len && search->work < MAX_WORK; i++)
    {
      OracleField *child = g_ptr_array_index (field->children, i);
      g_autoptr (GArray) more = NULL;

      if (child->can == 0)
        continue;
      more = explore (search, child, scope);
      for (guint k = 0; k < more->len; k++)
        if (g_array_index (more, Outcome, k).chosen)
          {
            add_outcome (search, outcomes, scope, g_array_index (more, Outcome, k));
            if ((field->present & ~scope) == 0)
              return; /* everything in here is settled; another element can do no more */
          }
    }
}

/* Gives all outcomes of @field that settle @scope, and of those only the best. */
static GArray *
explore (Search       *search,
         OracleField *field,
         guint64       scope)
{
  GArray *outcomes = g_array_new (FALSE, FALSE, sizeof (Outcome));

  if ((scope & ~search->alternative->absent & ~field->can) != 0)
    return outcomes;
  if (field->kind == ORACLE_FIELD_LEAF)
    explore_leaf (search, field, scope, outcomes);
  else if (field->kind == ORACLE_FIELD_ALL)
    explore_all (search, field, scope, outcomes);
  else
    explore_one (search, field, scope, outcomes);
  return outcomes;
}

/* Whether @event, an object, matches. Gives %FALSE if that could not be found out. */
gboolean
pattern_oracle_matches (PosturePattern        *self,
                        const PostureJsonNode *event,
                        gboolean              *ret_matches)
{
  OracleStep *steps = oracle_step_new (self->paths);
  OracleField *root = oracle_field_new (steps, event);
  Search search = { .work = 0 };

  *ret_matches = FALSE;
  for (guint i = 0; i < self->alternatives->len && search.work < MAX_WORK && !*ret_matches; i++)
    {
      g_autoptr (GArray) outcomes = NULL;
      const PatternAlternative *alternative = g_ptr_array_index (self->alternatives, i);

      search.alternative = alternative;
      survey (alternative, root);
      outcomes = explore (&search, root, G_MAXUINT64 >> (64 - alternative->n_terms));
      *ret_matches = outcomes->len > 0;
    }
  oracle_field_free (root);
  oracle_step_free (steps);
  return *ret_matches || search.work < MAX_WORK;
}
