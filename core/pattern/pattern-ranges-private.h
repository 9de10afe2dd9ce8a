/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ranges of numbers, found by a number that lies in them. Their bounds cut the numbers into cells: each
 * bound is one, and what lies between two. The cells are the leaves of a binary tree, and a range hangs on
 * the fewest of its nodes that have just the range's cells below them, at most two on each level. So a
 * number finds its ranges on the way from its cell up to the root, and n ranges take n log n
 * places. Node 1 is the root, 2n and 2n + 1 are below n. */
typedef struct
{
  double *bounds; /* sorted, each once */
  guint32 n_bounds;
  guint32 first_leaf; /* the node of the first cell; a power of two */
} PatternRanges;

/* Is told the nodes that a range hangs on. */
typedef void (*PatternRangeFunc) (guint32  node,
                                  gpointer data);

void    posture_pattern_ranges_init      (PatternRanges       *self,
                                          double              *bounds,
                                          guint32              n_bounds);
void    posture_pattern_ranges_clear     (PatternRanges       *self);
void    posture_pattern_ranges_hang      (const PatternRanges *self,
                                          double               lower,
                                          gboolean             lower_open,
                                          double               upper,
                                          gboolean             upper_open,
                                          PatternRangeFunc     func,
                                          gpointer             data);
guint32 posture_pattern_ranges_find_leaf (const PatternRanges *self,
                                          double               number);

G_END_DECLS
