/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-json"

#include "config.h"

#include "json/json-arena.h"

#include <string.h>

#define ALIGNMENT 8
#define MIN_BLOCK 512
/* What is longer than this the allocator does not keep for the thread, but fetches from where others do: the first
 * blocks are no longer, and several of them are cheaper than one long one. (A little shorter, and the allocator would
 * not put in order what is free when it fetches them: that is quicker, but takes a tenth more memory in the long run.) */
#define SHORT_BLOCK 1008
#define MAX_SHORT 4
#define MAX_BLOCK (256 * 1024)

/* @expected is what will be needed in all, as far as that can be said. */
void
posture_json_arena_init (PostureJsonArena *self,
                         gsize             expected)
{
  self->last = NULL;
  self->n_blocks = 0;
  self->next = NULL;
  self->left = 0;
  self->block_size = CLAMP (expected, MIN_BLOCK, expected <= MAX_SHORT * SHORT_BLOCK ? SHORT_BLOCK : MAX_BLOCK);
}

void
posture_json_arena_clear (PostureJsonArena *self)
{
  while (self->last != NULL)
    {
      gpointer block = self->last;

      self->last = *self->last;
      g_free (block);
    }
}

/* Gives @size bytes that live as long as the arena; what is in them is not set. */
gpointer
posture_json_arena_alloc (PostureJsonArena *self,
                          gsize             size)
{
  gsize needed = (size + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1);
  gpointer start;

  if (needed > self->left)
    {
      gsize length = MAX (self->block_size, needed + sizeof (gpointer));
      gpointer *block = g_malloc (length);

      *block = self->last;
      self->last = block;
      self->n_blocks++;
      self->next = (char *) (block + 1);
      self->left = length - sizeof (gpointer);
      self->block_size = self->n_blocks < MAX_SHORT ? MAX (self->block_size, SHORT_BLOCK)
                                                       : MIN (self->block_size * 2, MAX_BLOCK);
    }
  start = self->next;
  self->next += needed;
  self->left -= needed;
  return start;
}

/* Keeps a copy of @text, ended by NUL. */
char *
posture_json_arena_text (PostureJsonArena *self,
                         const char       *text,
                         gsize             length)
{
  char *copy = posture_json_arena_alloc (self, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

/* Keeps a copy of a text; %NULL of %NULL. */
char *
posture_json_arena_dup (PostureJsonArena *self,
                        const char       *text)
{
  return text != NULL ? posture_json_arena_text (self, text, strlen (text)) : NULL;
}
