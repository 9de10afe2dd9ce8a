/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern-private.h"
#include "pattern/pattern-steps-private.h"

G_BEGIN_DECLS

#define PATTERN_NOTHING G_MAXUINT32

/* The place that is not within an element of any array. */
#define PATTERN_TOP 0

/* A named field as it stands in the event. */
typedef struct
{
  PatternValue value;
  guint32 place;
  guint32 next; /* with the same path, in the order of the event; PATTERN_NOTHING: the last */
} PatternField;

/* An object or array that is an element of an array. */
typedef struct
{
  guint32 array;
  guint32 marked; /* what the search keeps about it; see there */
} PatternPlace;

typedef struct
{
  guint32 place; /* where it stands */
  guint32 marked;
} PatternArray;

/* What there is of a path. */
typedef struct
{
  guint32 event; /* in which event that was */
  guint32 first;
  guint32 last;
  gboolean in_array; /* whether one of them is within an element of an array */
} PatternFound;

/* What one event has of the fields that are named, and everything else that is needed while it is matched.
 * It is used for one event after another and keeps its memory. */
typedef struct
{
  guint32 number; /* of the event; tells what is left from earlier ones */
  PatternField *fields;
  guint32 n_fields;
  guint32 size_fields;
  PatternPlace *places;
  guint32 n_places;
  guint32 size_places;
  PatternArray *arrays;
  guint32 n_arrays;
  guint32 size_arrays;
  PatternFound *found; /* by the path's number */
  guint32 n_paths;
  PatternList touched; /* the paths of which there is something */
  PatternArena arena;
  GArray *nodes;       /* (element-type PatternNode) (nullable): of the search in arrays … */
  GArray *outcomes;    /* … (element-type PatternOutcome) (nullable) */
} PatternEvent;

void          posture_pattern_event_clear     (PatternEvent          *self);
void          posture_pattern_event_begin     (PatternEvent          *self,
                                               guint32                n_paths);
void          posture_pattern_event_grow      (PatternEvent          *self);
guint32       posture_pattern_event_add_array (PatternEvent          *self,
                                               guint32                place);
guint32       posture_pattern_event_add_place (PatternEvent          *self,
                                               guint32                array);
gboolean      posture_pattern_event_read      (PatternEvent          *self,
                                               const PatternStep     *root,
                                               const char            *text,
                                               gsize                  length,
                                               gboolean               once);
void          posture_pattern_event_walk      (PatternEvent          *self,
                                               const PatternStep     *root,
                                               const PostureJsonNode *node);
void          posture_pattern_event_walk_member (PatternEvent        *self,
                                               const PatternStep     *root,
                                               const char            *name,
                                               const PostureJsonNode *value);

char         *posture_pattern_unescape        (const char            *text,
                                               gsize                  length,
                                               PatternArena          *arena,
                                               gsize                 *ret_length);

/* What an event has of a path; %NULL: nothing. */
static inline const PatternFound *
posture_pattern_event_find (const PatternEvent *self,
                            guint32             path)
{
  return self->found[path].event == self->number ? &self->found[path] : NULL;
}

/* Adds a field, whose value the caller fills in at once. */
static inline PatternField *
posture_pattern_event_add_field (PatternEvent *self,
                                 guint32       path,
                                 guint32       place)
{
  PatternFound *found = &self->found[path];
  PatternField *field;

  if (G_UNLIKELY (self->n_fields == self->size_fields))
    posture_pattern_event_grow (self);
  if (found->event != self->number)
    {
      *found = (PatternFound) { self->number, self->n_fields, self->n_fields, FALSE };
      posture_pattern_list_add (&self->touched, path);
    }
  else
    {
      self->fields[found->last].next = self->n_fields;
      found->last = self->n_fields;
    }
  found->in_array |= place != PATTERN_TOP;
  field = &self->fields[self->n_fields++];
  field->place = place;
  field->next = PATTERN_NOTHING;
  return field;
}

/* Conditions that must hold together, with the numbers that their paths have in the event. */
typedef struct
{
  const PatternAlternative *alternative;
  const guint32 *paths;      /* by the pattern's own numbers */
  const guint32 *conditions; /* (nullable): numbers of the conditions, alike ones have the same */
} PatternQuestion;

/* What those who ask about many alternatives keep of an event, by the numbers of the conditions. */
typedef struct
{
  guint32 *known; /* the number of the event in which it was found out, doubled, and 1 if it holds */
  const PatternCondition *const *conditions; /* one of those that are alike */
} PatternMemory;

typedef enum
{
  PATTERN_ANSWER_NO,
  PATTERN_ANSWER_YES,
  PATTERN_ANSWER_MAYBE, /* too much work to find out */
} PatternAnswer;

gboolean      posture_pattern_check          (const char *event,
                                              gsize       length,
                                              GError    **error);
gboolean      posture_pattern_fail_undecided (GError    **error);
PatternAnswer posture_pattern_ask    (PatternEvent          *event,
                                      const PatternQuestion *question,
                                      guint                  n_alternatives,
                                      const PatternMemory   *memory);
PatternAnswer posture_pattern_search (PatternEvent          *event,
                                      const PatternQuestion *question,
                                      guint                  n_alternatives);

G_END_DECLS
