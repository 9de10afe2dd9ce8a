/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/matcher-private.h"

#include <string.h>

MatcherRule *
posture_matcher_rule_ref (MatcherRule *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
posture_matcher_rule_unref (MatcherRule *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  posture_pattern_unref (self->pattern);
  g_free (self->name);
  g_free (self);
}

MatcherSegment *
posture_matcher_segment_ref (MatcherSegment *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
posture_matcher_segment_unref (MatcherSegment *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (guint i = 0; i < self->branches->len; i++)
    posture_pattern_index_free (g_array_index (self->branches, MatcherBranch, i).index);
  g_array_unref (self->branches);
  g_array_unref (self->members);
  g_array_unref (self->nodes);
  g_array_unref (self->alternatives);
  g_ptr_array_unref (self->memory);
  g_free (self->conditions);
  g_ptr_array_unref (self->rules);
  g_free (self->roots);
  g_free (self);
}

MatcherNotes *
posture_matcher_notes_new (MatcherSegment *segment)
{
  MatcherNotes *self = g_new0 (MatcherNotes, 1);

  self->segment = posture_matcher_segment_ref (segment);
  self->memory.known = g_new0 (guint32, segment->n_conditions);
  self->memory.conditions = segment->conditions;
  self->nodes = g_new0 (guint32, segment->nodes->len);
  self->rules = g_new0 (guint32, segment->rules->len);
  return self;
}

void
posture_matcher_notes_free (MatcherNotes *self)
{
  posture_matcher_segment_unref (self->segment);
  g_free (self->memory.known);
  g_free (self->nodes);
  g_free (self->rules);
  g_free (self);
}

/* Forgets all events. */
void
posture_matcher_notes_reset (MatcherNotes *self)
{
  memset (self->memory.known, 0, self->segment->n_conditions * sizeof (guint32));
  memset (self->nodes, 0, self->segment->nodes->len * sizeof (guint32));
  memset (self->rules, 0, self->segment->rules->len * sizeof (guint32));
}

/* One event that a segment is asked about. */
typedef struct
{
  MatcherSegment *segment;
  MatcherNotes *notes;
  PatternEvent *event;
  PatternList *targets;
  MatcherRuleFunc func;
  gpointer data;
  gboolean decided;
} Asking;

static void visit (Asking *asking,
                   guint32 number);

static void
try_alternative (Asking *asking,
                 guint32 number)
{
  const MatcherAlternative *alternative =
    &g_array_index (asking->segment->alternatives, MatcherAlternative, number);
  guint32 *matched = &asking->notes->rules[alternative->rule];
  PatternAnswer answer;

  if (*matched == asking->event->number)
    return;
  answer = posture_pattern_ask (asking->event, &alternative->question,
                                alternative->n_alternatives, &asking->notes->memory);
  if (answer == PATTERN_ANSWER_MAYBE)
    asking->decided = FALSE;
  if (answer != PATTERN_ANSWER_YES)
    return;
  *matched = asking->event->number;
  asking->func (g_ptr_array_index (asking->segment->rules, alternative->rule), asking->data);
}

/* Visits the nodes that the fields of a branch's path lead to. */
static void
follow (Asking              *asking,
        const MatcherBranch *branch,
        const PatternFound  *found)
{
  PatternList *targets = asking->targets;
  guint32 start = targets->length;

  for (guint32 at = found->first; at != PATTERN_NOTHING; at = asking->event->fields[at].next)
    {
      posture_pattern_index_find (branch->index, &asking->event->fields[at].value,
                                  &asking->event->arena, targets);
      /* a visit may use the list for itself, behind what is there now */
      for (guint32 i = start; i < targets->length; i++)
        visit (asking, targets->items[i]);
      targets->length = start;
    }
}

static void
visit (Asking *asking,
       guint32 number)
{
  MatcherSegment *segment = asking->segment;
  const MatcherNode *node = &g_array_index (segment->nodes, MatcherNode, number);
  guint32 now = asking->event->number;

  if (asking->notes->nodes[number] == now)
    return;
  asking->notes->nodes[number] = now;
  if (node->certain)
    asking->notes->memory.known[node->condition] = now * 2 + 1;
  for (guint32 i = 0; i < node->n_alternatives; i++)
    try_alternative (asking,
                     g_array_index (segment->members, guint32, node->first_alternative + i));
  for (guint32 i = 0; i < node->n_branches; i++)
    {
      const MatcherBranch *branch =
        &g_array_index (segment->branches, MatcherBranch, node->first_branch + i);
      const PatternFound *found = posture_pattern_event_find (asking->event, branch->path);

      if (found != NULL)
        follow (asking, branch, found);
    }
}

/* Tells the rules that an event matches, in no order. @targets is for use in here and empty before and
 * after. Gives whether all could be decided. */
gboolean
posture_matcher_segment_ask (MatcherSegment  *self,
                             MatcherNotes    *notes,
                             PatternEvent    *event,
                             PatternList     *targets,
                             MatcherRuleFunc  func,
                             gpointer         data)
{
  const MatcherNode *root = &g_array_index (self->nodes, MatcherNode, 0);
  Asking asking = { self, notes, event, targets, func, data, TRUE };

  for (guint32 i = 0; i < root->n_alternatives; i++)
    try_alternative (&asking, g_array_index (self->members, guint32, root->first_alternative + i));
  for (guint32 i = 0; i < event->touched.length; i++)
    {
      guint32 path = event->touched.items[i];

      if (path < self->n_paths && self->roots[path] != 0)
        follow (&asking, &g_array_index (self->branches, MatcherBranch, self->roots[path] - 1),
                &event->found[path]);
    }
  return asking.decided;
}
