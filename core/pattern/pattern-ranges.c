/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-ranges-private.h"

#include <stdlib.h>

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* Takes all bounds of all ranges, in any order and with infinities or not. */
void
posture_pattern_ranges_init (PatternRanges *self,
                             double        *bounds,
                             guint32        n_bounds)
{
  guint32 n_cells;

  qsort (bounds, n_bounds, sizeof (double), compare_doubles);
  self->bounds = bounds;
  self->n_bounds = 0;
  for (guint32 i = 0; i < n_bounds; i++)
    if (self->n_bounds == 0 || bounds[i] != bounds[self->n_bounds - 1])
      bounds[self->n_bounds++] = bounds[i];
  n_cells = 2 * self->n_bounds + 1;
  for (self->first_leaf = 1; self->first_leaf < n_cells; self->first_leaf *= 2)
    ;
}

void
posture_pattern_ranges_clear (PatternRanges *self)
{
  g_clear_pointer (&self->bounds, g_free);
  self->n_bounds = 0;
}

/* The node of the cell that @number lies in. */
guint32
posture_pattern_ranges_find_leaf (const PatternRanges *self,
                                  double               number)
{
  const double *from = self->bounds;
  guint32 count = self->n_bounds;
  guint32 below;

  /* how many bounds lie below; without a jump that the processor could guess wrong */
  while (count > 1)
    {
      guint32 half = count / 2;

      from = from[half - 1] < number ? from + half : from;
      count -= half;
    }
  below = (guint32) (from - self->bounds) + (count == 1 && *from < number ? 1 : 0);
  return self->first_leaf + 2 * below +
         (below < self->n_bounds && self->bounds[below] == number ? 1 : 0);
}

/* Tells the nodes of a range. */
void
posture_pattern_ranges_hang (const PatternRanges *self,
                             double               lower,
                             gboolean             lower_open,
                             double               upper,
                             gboolean             upper_open,
                             PatternRangeFunc     func,
                             gpointer             data)
{
  guint32 from = posture_pattern_ranges_find_leaf (self, lower) + (lower_open ? 1 : 0);
  guint32 to = posture_pattern_ranges_find_leaf (self, upper) + (upper_open ? 0 : 1);

  for (; from < to; from /= 2, to /= 2)
    {
      if (from % 2 == 1)
        func (from++, data);
      if (to % 2 == 1)
        func (--to, data);
    }
}

