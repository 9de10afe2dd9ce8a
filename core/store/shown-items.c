/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/shown-items.h"

/**
 * posture_shown_items_splice:
 * @self: the items of a list model
 * @position: where
 * @removed: how many go there
 * @more: (element-type GObject): where others come from
 * @first: the first of them
 * @added: how many
 *
 * Puts items in the place of others, and tells it.
 */
void
posture_shown_items_splice (const PostureShownItems *self,
                            guint                    position,
                            guint                    removed,
                            GPtrArray               *more,
                            guint                    first,
                            guint                    added)
{
  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->items, (int) (position + i), g_object_ref (g_ptr_array_index (more, first + i)));
  if (removed > 0 || added > 0)
    g_list_model_items_changed (self->model, position, removed, added);
}

/* Goes along what is shown and what is, and counts how far the two differ. */
static void
measure_difference (const PostureShownItems *self,
                    guint                    position,
                    GPtrArray               *now,
                    guint                   *ret_removed,
                    guint                   *ret_added)
{
  guint old = position, new = position;

  while (old < self->items->len || new < now->len)
    {
      gpointer a = old < self->items->len ? g_ptr_array_index (self->items, old) : NULL;
      gpointer b = new < now->len ? g_ptr_array_index (now, new) : NULL;
      int order = a == NULL ? 1 : b == NULL ? -1 : self->compare (self->data, a, b);

      if (order == 0 && self->equal (self->data, a, b))
        break;
      old += order <= 0;
      new += order >= 0;
    }
  *ret_removed = old - position;
  *ret_added = new - position;
}

/**
 * posture_shown_items_replace:
 * @self: the items of a list model
 * @now: (element-type GObject): what is to be shown
 *
 * Makes what is shown what is, with one change for each stretch that differs.
 */
void
posture_shown_items_replace (const PostureShownItems *self,
                             GPtrArray               *now)
{
  guint position = 0;

  while (position < self->items->len || position < now->len)
    {
      guint removed, added;

      measure_difference (self, position, now, &removed, &added);
      posture_shown_items_splice (self, position, removed, now, position, added);
      position += added + 1;
    }
}
