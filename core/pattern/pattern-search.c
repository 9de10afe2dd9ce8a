/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-event-private.h"

#include <string.h>

/* How many outcomes are compared with one another before an event counts as undecidable, and among how
 * many alternatives of one pattern that is shared out at most. Without repeated names there is one
 * outcome per array, and the largest event stays far below this. */
#define MAX_WORK (64u * 1024 * 1024)
#define MAX_SHARES 16

/* What choosing one element of each array can come to in a part of the event. Bits stand for the
 * conditions of the alternative. */
typedef struct
{
  guint64 held;    /* a field was chosen that fulfils these */
  guint64 missing; /* these are allowed to be missing and are, next to what was chosen */
  gboolean chosen; /* whether any field was chosen */
} PatternOutcome;

/* A place or an array that has some of the fields. Below a place are its arrays, below an array the
 * places that exclude one another. */
typedef struct
{
  guint32 first_child;
  guint32 next;
  guint32 owner; /* which place or array it is */
  gboolean is_array;
  guint64 own;     /* whose field stands right here … */
  guint64 own_can; /* … and fulfils the condition */
  guint64 can;     /* which conditions something in here fulfils */
  guint64 present; /* whose field is in here at all */
  guint64 twice;   /* whose field is in more than one part of it */
} PatternNode;

/* Sets of outcomes lie one behind the other. A set is what begins at some index, and can be added to
 * while it is the last one. */
typedef struct
{
  PatternEvent *event;
  GArray *nodes;
  GArray *outcomes;
  guint64 absent;
  guint work;
  guint max_work;
} Search;

static PatternNode *
get_node (Search *search,
          guint32 node)
{
  return &g_array_index (search->nodes, PatternNode, node);
}

static guint32
add_node (Search  *search,
          guint32  owner,
          gboolean is_array)
{
  PatternNode node = { PATTERN_NOTHING, PATTERN_NOTHING, owner, is_array, 0, 0, 0, 0, 0 };

  g_array_append_val (search->nodes, node);
  return search->nodes->len - 1;
}

static void
put_below (Search *search,
           guint32 child,
           guint32 parent)
{
  get_node (search, child)->next = get_node (search, parent)->first_child;
  get_node (search, parent)->first_child = child;
}

static guint32 find_array_node (Search *search,
                                guint32 number);

/* The node of a place, which is made with everything above it if it is not there. Places and arrays are
 * marked with the number of their node and 1. */
static guint32
find_node (Search *search,
           guint32 number)
{
  PatternPlace *place = &search->event->places[number];
  guint32 node;

  if (place->marked != 0)
    return place->marked - 1;
  node = add_node (search, number, FALSE);
  place->marked = node + 1;
  if (number != PATTERN_TOP)
    put_below (search, node, find_array_node (search, place->array));
  return node;
}

static guint32
find_array_node (Search *search,
                 guint32 number)
{
  PatternArray *array = &search->event->arrays[number];
  guint32 node;

  if (array->marked != 0)
    return array->marked - 1;
  node = add_node (search, number, TRUE);
  array->marked = node + 1;
  put_below (search, node, find_node (search, array->place));
  return node;
}

/* Takes the marks away again. */
static void
forget_nodes (Search *search)
{
  for (guint i = 0; i < search->nodes->len; i++)
    {
      PatternNode *node = get_node (search, i);

      if (node->is_array)
        search->event->arrays[node->owner].marked = 0;
      else
        search->event->places[node->owner].marked = 0;
    }
}

/* Makes the nodes for the fields that the alternative names. The top is node 0. */
static void
place_fields (Search                *search,
              const PatternQuestion *question)
{
  PatternEvent *event = search->event;

  find_node (search, PATTERN_TOP);
  for (guint i = 0; i < question->alternative->n_terms; i++)
    {
      const PatternTerm *term = &question->alternative->terms[i];
      const PatternFound *found = posture_pattern_event_find (event, question->paths[term->path]);
      guint64 bit = G_GUINT64_CONSTANT (1) << i;

      for (guint32 at = found != NULL ? found->first : PATTERN_NOTHING; at != PATTERN_NOTHING;
           at = event->fields[at].next)
        {
          PatternNode *node = get_node (search, find_node (search, event->fields[at].place));

          node->own |= bit;
          if ((node->own_can & bit) == 0 &&
              posture_pattern_condition_holds (term->condition, &event->fields[at].value,
                                               &event->arena))
            node->own_can |= bit;
        }
    }
}

/* Finds out, from the inside outwards, what is where. */
static void
survey (Search *search,
        guint32 number)
{
  PatternNode *node = get_node (search, number);

  node->present = node->own;
  node->can = node->own_can;
  for (guint32 at = node->first_child; at != PATTERN_NOTHING; at = get_node (search, at)->next)
    {
      const PatternNode *child = get_node (search, at);

      survey (search, at);
      node->twice |= node->present & child->present;
      node->present |= child->present;
      node->can |= child->can;
    }
}

static PatternOutcome
get_outcome (Search *search,
             guint   at)
{
  return g_array_index (search->outcomes, PatternOutcome, at);
}

/* Whether @b is at least as good as @a. While conditions on missing fields are about, one field
 * is chosen for each condition and no more, so that having more is not always better. */
static gboolean
is_as_good (Search               *search,
            const PatternOutcome *a,
            const PatternOutcome *b)
{
  search->work++;
  return (search->absent != 0 ? a->held == b->held : (a->held & ~b->held) == 0) &&
         (a->missing & ~b->missing) == 0 && (!a->chosen || b->chosen);
}

/* Adds an outcome to the last set, from @start on, if it is possible and no other is as good. What @scope
 * names is found nowhere else and so is settled here; how no longer matters. */
static void
add_outcome (Search        *search,
             guint          start,
             guint64        scope,
             PatternOutcome outcome)
{
  GArray *set = search->outcomes;

  if ((scope & ~(outcome.held | outcome.missing)) != 0)
    return;
  outcome.held |= scope;
  outcome.missing |= scope & search->absent;
  for (guint i = start; i < set->len; i++)
    if (is_as_good (search, &outcome, &g_array_index (set, PatternOutcome, i)))
      return;
  for (guint i = set->len; i > start; i--)
    if (is_as_good (search, &g_array_index (set, PatternOutcome, i - 1), &outcome))
      g_array_remove_index_fast (set, i - 1);
  g_array_append_val (set, outcome);
}

/* Moves the last set, which begins at @from, to where others begin that are no longer needed. */
static void
move_set (Search *search,
          guint   from,
          guint   to)
{
  GArray *sets = search->outcomes;
  guint length = sets->len - from;

  if (length > 0)
    memmove (&g_array_index (sets, PatternOutcome, to),
             &g_array_index (sets, PatternOutcome, from), length * sizeof (PatternOutcome));
  g_array_set_size (sets, to + length);
}

static void explore (Search *search,
                     guint32 number,
                     guint64 scope);

/* Fields right in a place: one is chosen or none. */
static void
explore_own (Search *search,
             guint64 bit,
             gboolean can,
             guint64 scope)
{
  guint start = search->outcomes->len;
  guint64 missing = search->absent & ~bit;

  if (can)
    add_outcome (search, start, scope, (PatternOutcome) { bit, missing, TRUE });
  add_outcome (search, start, scope, (PatternOutcome) { 0, missing, FALSE });
}

/* Puts every outcome of the set at @start with every one of the last set, which begins at @more, and
 * both sets are replaced by what comes out. */
static void
combine (Search *search,
         guint   start,
         guint   more,
         guint64 below)
{
  guint end = search->outcomes->len;

  for (guint a = start; a < more && search->work < search->max_work; a++)
    for (guint b = more; b < end; b++)
      {
        PatternOutcome x = get_outcome (search, a);
        PatternOutcome y = get_outcome (search, b);

        if (search->absent == 0 || (x.held & y.held & ~below) == 0)
          add_outcome (search, end, 0,
                       (PatternOutcome) { x.held | y.held, x.missing & y.missing,
                                          x.chosen || y.chosen });
      }
  move_set (search, end, start);
}

/* What is in a place stands side by side: each part of it goes with every other one. */
static void
explore_place (Search            *search,
               const PatternNode *node,
               guint64            scope)
{
  guint start = search->outcomes->len;
  guint end;

  add_outcome (search, start, 0, (PatternOutcome) { 0, search->absent, FALSE });
  for (guint64 rest = node->own; rest != 0; rest &= rest - 1)
    {
      guint64 bit = rest & (~rest + 1);
      guint64 elsewhere = (node->present & ~bit) | (node->twice & bit);
      guint64 below = scope & ~elsewhere;
      guint more = search->outcomes->len;

      explore_own (search, bit, (node->own_can & bit) != 0, below);
      combine (search, start, more, below);
    }
  for (guint32 at = node->first_child; at != PATTERN_NOTHING; at = get_node (search, at)->next)
    {
      guint64 present = get_node (search, at)->present;
      guint64 elsewhere = (node->present & ~present) | (node->twice & present);
      guint64 below = scope & ~elsewhere;
      guint more = search->outcomes->len;

      explore (search, at, below);
      combine (search, start, more, below);
    }
  end = search->outcomes->len;
  for (guint i = start; i < end; i++)
    add_outcome (search, end, scope, get_outcome (search, i));
  move_set (search, end, start);
}

/* Adds to the set at @start what @more, the last set, offers with a field chosen, and gives whether it
 * offers anything. @more goes. */
static gboolean
offer (Search *search,
       guint   start,
       guint   more,
       guint64 scope)
{
  guint end = search->outcomes->len;
  gboolean offered = FALSE;

  for (guint i = start; i < more; i++)
    {
      PatternOutcome outcome = get_outcome (search, i);

      g_array_append_val (search->outcomes, outcome);
    }
  for (guint i = more; i < end; i++)
    if (get_outcome (search, i).chosen)
      {
        add_outcome (search, end, scope, get_outcome (search, i));
        offered = TRUE;
      }
  move_set (search, end, start);
  return offered;
}

/* Elements of an array: fields of one of them are chosen, or of none; then all count as there. */
static void
explore_array (Search            *search,
               const PatternNode *node,
               guint64            scope)
{
  guint start = search->outcomes->len;

  add_outcome (search, start, scope, (PatternOutcome) { 0, search->absent & ~node->present, FALSE });
  for (guint32 at = node->first_child; at != PATTERN_NOTHING && search->work < search->max_work;
       at = get_node (search, at)->next)
    {
      guint more = search->outcomes->len;

      if (get_node (search, at)->can == 0)
        continue;
      explore (search, at, scope);
      /* once everything in here is settled, another element can do no more */
      if (offer (search, start, more, scope) && (node->present & ~scope) == 0)
        return;
    }
}

/* Adds the set of all outcomes that settle @scope, and of those only the best. */
static void
explore (Search *search,
         guint32 number,
         guint64 scope)
{
  const PatternNode *node = get_node (search, number);

  if ((scope & ~search->absent & ~node->can) != 0)
    return;
  if (node->is_array)
    explore_array (search, node, scope);
  else
    explore_place (search, node, scope);
}

static GArray *
empty_array (GArray **array,
             gsize    size)
{
  if (*array == NULL)
    *array = g_array_new (FALSE, FALSE, (guint) size);
  g_array_set_size (*array, 0);
  return *array;
}

/* Whether one element of each array can be chosen so that an alternative holds, of a pattern that has
 * @n_alternatives. */
PatternAnswer
posture_pattern_search (PatternEvent          *event,
                        const PatternQuestion *question,
                        guint                  n_alternatives)
{
  const PatternAlternative *alternative = question->alternative;
  Search search = {
    .event = event,
    .nodes = empty_array (&event->nodes, sizeof (PatternNode)),
    .outcomes = empty_array (&event->outcomes, sizeof (PatternOutcome)),
    .absent = alternative->absent,
    .max_work = MAX_WORK / MIN (n_alternatives, MAX_SHARES),
  };

  place_fields (&search, question);
  survey (&search, 0);
  explore (&search, 0, G_MAXUINT64 >> (64 - alternative->n_terms));
  forget_nodes (&search);
  if (search.outcomes->len > 0)
    return PATTERN_ANSWER_YES;
  return search.work < search.max_work ? PATTERN_ANSWER_NO : PATTERN_ANSWER_MAYBE;
}
