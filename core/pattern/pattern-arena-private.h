/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory for one event, given back all at once. What was taken from the system is kept, so that
 * after a few events none is taken any more. Zeros make an empty arena. */
typedef struct
{
  GPtrArray *blocks; /* (element-type PatternBlock) (nullable) */
  guint current;
  gsize used;
} PatternArena;

void *posture_pattern_arena_take  (PatternArena *self,
                                   gsize         size);
void  posture_pattern_arena_reset (PatternArena *self);
void  posture_pattern_arena_clear (PatternArena *self);

/* A list that keeps its memory when it is emptied. Zeros make an empty one. */
typedef struct
{
  guint32 *items;
  guint32 length;
  guint32 size;
} PatternList;

void posture_pattern_list_grow  (PatternList *self,
                                 guint32      more);
void posture_pattern_list_clear (PatternList *self);

static inline void
posture_pattern_list_add (PatternList *self,
                          guint32      item)
{
  if (G_UNLIKELY (self->length == self->size))
    posture_pattern_list_grow (self, 1);
  self->items[self->length++] = item;
}

G_END_DECLS
