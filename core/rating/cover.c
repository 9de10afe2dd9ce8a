/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/cover-private.h"

#define N_COSTS 3

static const int costs[N_COSTS] = { 1, 3, 9 };

/* The items of one cost, the largest gain first, and what the first n of them give together. */
typedef struct
{
  GPtrArray *items;
  GArray *sums; /* (element-type gint64), one more than the items */
} Class;

static int
compare_gains (gconstpointer a,
               gconstpointer b)
{
  const PostureCoverItem *x = *(const PostureCoverItem *const *) a;
  const PostureCoverItem *y = *(const PostureCoverItem *const *) b;

  if (x->gain != y->gain)
    return x->gain > y->gain ? -1 : 1;
  return x < y ? -1 : 1;
}

static void
class_init (Class            *class,
            PostureCoverItem *items,
            guint             length,
            int               cost)
{
  gint64 sum = 0;

  class->items = g_ptr_array_new ();
  class->sums = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < length; i++)
    if (items[i].cost == cost && !items[i].needed && items[i].gain > 0)
      g_ptr_array_add (class->items, &items[i]);
  g_ptr_array_sort (class->items, compare_gains);
  g_array_append_val (class->sums, sum);
  for (guint i = 0; i < class->items->len; i++)
    {
      sum += ((const PostureCoverItem *) g_ptr_array_index (class->items, i))->gain;
      g_array_append_val (class->sums, sum);
    }
}

static void
class_clear (Class *class)
{
  g_ptr_array_unref (class->items);
  g_array_unref (class->sums);
}

static gint64
sum_of (const Class *class,
        guint        length)
{
  return g_array_index (class->sums, gint64, length);
}

/* How many of each class are taken. */
typedef struct
{
  guint length[N_COSTS];
  gint64 cost; /* -1: nothing was found */
} Choice;

/* With @length of the dearest class: the more of the middle one are left out, the more of the
 * cheapest are needed, so one walk over both does. */
static void
try_dearest (const Class classes[N_COSTS],
             guint       length,
             gint64      missing,
             Choice     *best)
{
  guint low = 0;

  missing -= sum_of (&classes[2], length);
  for (guint middle = classes[1].items->len + 1; middle-- > 0;)
    {
      gint64 rest = missing - sum_of (&classes[1], middle);
      gint64 cost;

      while (low < classes[0].items->len && sum_of (&classes[0], low) < rest)
        low++;
      if (sum_of (&classes[0], low) < rest)
        return;
      cost = (gint64) low * costs[0] + (gint64) middle * costs[1] + (gint64) length * costs[2];
      if (best->cost < 0 || cost < best->cost)
        *best = (Choice) { { low, middle, length }, cost };
    }
}

/* Takes items that give @missing points together, at the least cost; those that are needed in any
 * case. There are three costs only, and of one cost the largest gains are always best: so it is enough
 * to try how many of each. Time grows with the number of the dearest times that of the others.
 *
 * Returns whether there are any. */
gboolean
posture_cover (PostureCoverItem *items,
               guint             length,
               gint64            missing)
{
  Class classes[N_COSTS];
  Choice best = { { 0 }, -1 };

  for (guint i = 0; i < length; i++)
    {
      items[i].taken = items[i].needed;
      missing -= items[i].needed ? items[i].gain : 0;
    }
  for (guint i = 0; i < N_COSTS; i++)
    class_init (&classes[i], items, length, costs[i]);
  for (guint i = 0; i <= classes[2].items->len; i++)
    try_dearest (classes, i, missing, &best);
  for (guint i = 0; i < N_COSTS; i++)
    {
      for (guint j = 0; best.cost >= 0 && j < best.length[i]; j++)
        ((PostureCoverItem *) g_ptr_array_index (classes[i].items, j))->taken = TRUE;
      class_clear (&classes[i]);
    }
  return best.cost >= 0;
}
