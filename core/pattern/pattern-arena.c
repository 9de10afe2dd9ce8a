/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-arena-private.h"

#define BLOCK_SIZE (16 * 1024)
#define ALIGNMENT 16

typedef struct
{
  gsize size;
  _Alignas (ALIGNMENT) char bytes[];
} PatternBlock;

static PatternBlock *
add_block (PatternArena *self,
           gsize         size)
{
  PatternBlock *block = g_malloc (sizeof (PatternBlock) + MAX (size, BLOCK_SIZE));

  block->size = MAX (size, BLOCK_SIZE);
  if (self->blocks == NULL)
    self->blocks = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->blocks, block);
  return block;
}

/* Gives @size bytes, aligned for anything, that are there until the arena is emptied. */
void *
posture_pattern_arena_take (PatternArena *self,
                            gsize         size)
{
  gsize rounded = (size + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1);
  PatternBlock *block;
  void *memory;

  while (self->blocks != NULL && self->current < self->blocks->len)
    {
      block = g_ptr_array_index (self->blocks, self->current);
      if (block->size - self->used >= rounded)
        {
          memory = block->bytes + self->used;
          self->used += rounded;
          return memory;
        }
      self->current++;
      self->used = 0;
    }
  block = add_block (self, rounded);
  self->used = rounded;
  return block->bytes;
}

/* Empties the arena. */
void
posture_pattern_arena_reset (PatternArena *self)
{
  self->current = 0;
  self->used = 0;
}

void
posture_pattern_arena_clear (PatternArena *self)
{
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  posture_pattern_arena_reset (self);
}

/* Makes room for @more items. */
void
posture_pattern_list_grow (PatternList *self,
                           guint32      more)
{
  if (self->size - self->length >= more)
    return;
  self->size = MAX (self->length + more, MAX (self->size * 2, 16));
  self->items = g_renew (guint32, self->items, self->size);
}

void
posture_pattern_list_clear (PatternList *self)
{
  g_free (self->items);
  *self = (PatternList) { NULL };
}
