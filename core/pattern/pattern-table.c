/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-table-private.h"

#define MIN_SLOTS 4

static void
insert_slot (PatternTable *self,
             guint32       hash,
             guint32       item)
{
  guint32 at = hash & self->mask;

  while (self->slots[at].item != 0)
    at = (at + 1) & self->mask;
  self->slots[at] = (PatternSlot) { hash, item + 1 };
}

/* Twice as many slots as items may be there, so that a search that fails ends soon. */
static void
grow (PatternTable *self)
{
  guint32 n_slots = self->slots != NULL ? (self->mask + 1) * 2 : MIN_SLOTS;

  g_free (self->slots);
  self->slots = g_new0 (PatternSlot, n_slots);
  self->items = g_renew (PatternItem, self->items, n_slots / 2);
  self->mask = n_slots - 1;
  for (guint32 i = 0; i < self->n_items; i++)
    insert_slot (self, self->items[i].hash, i);
}

/* Gives the index of the item for a text; a new one has the value 0. */
guint32
posture_pattern_table_add (PatternTable *self,
                           guint32       hash,
                           const char   *text,
                           gsize         length)
{
  const PatternItem *item = posture_pattern_table_find (self, hash, text, length);

  if (item != NULL)
    return (guint32) (item - self->items);
  if (self->slots == NULL || self->n_items == (self->mask + 1) / 2)
    grow (self);
  self->items[self->n_items] = (PatternItem) { text, (guint32) length, hash, 0 };
  insert_slot (self, hash, self->n_items);
  return self->n_items++;
}

/* Makes @self, which holds nothing, like @other. */
void
posture_pattern_table_copy (PatternTable       *self,
                            const PatternTable *other)
{
  *self = *other;
  if (other->slots == NULL)
    return;
  self->slots = g_memdup2 (other->slots, (other->mask + 1) * sizeof (PatternSlot));
  self->items = g_memdup2 (other->items, (other->mask + 1) / 2 * sizeof (PatternItem));
}

void
posture_pattern_table_clear (PatternTable *self)
{
  g_free (self->slots);
  g_free (self->items);
  *self = (PatternTable) { NULL };
}
