/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pattern/pattern-table-private.h"

G_BEGIN_DECLS

/* One step of the paths that are named: "detail" with "state" below it. */
struct _PatternStep
{
  PatternTable names; /* with the numbers of @children */
  struct _PatternStep **children;
  guint64 lengths; /* a bit for each length that one of the names has, the last for all from 63 on */
  int path; /* the number of the path that ends here, -1 if none does */
  guint edition;
};

typedef struct _PatternStep PatternStep;

/* All steps, as a tree. Those that readers may see are never changed: adding a path copies the steps to
 * it, and @replaced takes what the copies stand for. Only steps that were made in the same edition change
 * in place. Zeros make an empty tree. */
typedef struct
{
  PatternStep *root;
  GStringChunk *names;
  guint n_paths;
  guint edition;
  GPtrArray *replaced; /* (element-type PatternStep) (nullable) */
} PatternSteps;

guint posture_pattern_steps_add          (PatternSteps *self,
                                          const char   *path);
void  posture_pattern_steps_clear        (PatternSteps *self);
void  posture_pattern_step_free_replaced (PatternStep  *self);

/* Where a name leads that has no dot; %NULL: nothing below it is named. */
static inline const PatternStep *
posture_pattern_step_down (const PatternStep *self,
                           const char        *name,
                           gsize              length)
{
  const PatternItem *item;

  if ((self->lengths >> MIN (length, 63) & 1) == 0)
    return NULL;
  item = posture_pattern_table_find (&self->names, posture_pattern_hash (name, length), name, length);
  return item != NULL ? self->children[item->value] : NULL;
}

/* Where a member's name leads: a dotted name stands for the objects in one another. */
static inline const PatternStep *
posture_pattern_step_along (const PatternStep *self,
                            const char        *name,
                            gsize              length)
{
  const PatternStep *step = posture_pattern_step_down (self, name, length);
  const char *dot;

  if (step != NULL)
    return step;
  while (self != NULL && (dot = memchr (name, '.', length)) != NULL)
    {
      self = posture_pattern_step_down (self, name, (gsize) (dot - name));
      length -= (gsize) (dot + 1 - name);
      name = dot + 1;
      step = self; /* there was a dot */
    }
  return step != NULL ? posture_pattern_step_down (step, name, length) : NULL;
}

G_END_DECLS
