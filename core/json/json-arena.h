/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory for many small things that go together. */
typedef struct
{
  gpointer *last; /* block: its first word is the block before it */
  guint n_blocks;
  char *next;
  gsize left;
  gsize block_size;
} PostureJsonArena;

void     posture_json_arena_init  (PostureJsonArena *self,
                                   gsize             expected);
void     posture_json_arena_clear (PostureJsonArena *self);
gpointer posture_json_arena_alloc (PostureJsonArena *self,
                                   gsize             size);
char    *posture_json_arena_text  (PostureJsonArena *self,
                                   const char       *text,
                                   gsize             length);
char    *posture_json_arena_dup   (PostureJsonArena *self,
                                   const char       *text);

G_END_DECLS
