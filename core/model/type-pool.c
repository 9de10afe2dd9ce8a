/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/type-pool-private.h"

#include "json/json-arena.h"

#include <string.h>

struct _PostureTypePool
{
  gatomicrefcount references;
  PostureJsonArena arena;
  GPtrArray *lists; /* (element-type GPtrArray) */
  GPtrArray *empty; /* the list of all values that have nothing in theirs */
  gpointer owner;
  GDestroyNotify release;
};

/**
 * posture_type_pool_new:
 * @expected: how many bytes will be needed, as far as that can be said
 * @owner: (nullable) (transfer full): whom the texts belong to that the values
 *   point to without a copy
 * @release: (nullable): gives @owner back
 *
 * Makes an empty pool. A value in it is made with a function such as
 * posture_report_new_in(). Its texts lie in the pool, belong to @owner or are
 * constants; its lists are posture_type_pool_list(); the values in it are of the
 * same pool.
 *
 * Returns: (transfer full): a new pool
 */
PostureTypePool *
posture_type_pool_new (gsize          expected,
                       gpointer       owner,
                       GDestroyNotify release)
{
  PostureTypePool *self = g_new0 (PostureTypePool, 1);

  g_atomic_ref_count_init (&self->references);
  posture_json_arena_init (&self->arena, expected);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->empty = posture_type_pool_list (self);
  self->owner = owner;
  self->release = release;
  return self;
}

/**
 * posture_type_pool_ref:
 * @self: a pool
 *
 * Returns: (transfer full): @self with one more reference
 */
PostureTypePool *
posture_type_pool_ref (PostureTypePool *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_type_pool_unref:
 * @self: (transfer full): a pool
 *
 * Gives a reference back.
 */
void
posture_type_pool_unref (PostureTypePool *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->lists);
  posture_json_arena_clear (&self->arena);
  if (self->release != NULL)
    self->release (self->owner);
  g_free (self);
}

/**
 * posture_type_pool_text:
 * @self: a pool
 * @text: (nullable): a text
 *
 * Returns: (transfer none) (nullable): a copy that lives as long as the pool;
 *   %NULL of %NULL
 */
const char *
posture_type_pool_text (PostureTypePool *self,
                        const char      *text)
{
  return posture_json_arena_dup (&self->arena, text);
}

/**
 * posture_type_pool_list:
 * @self: a pool
 *
 * Makes a list that can be filled. A new value has an empty one, the same as all
 * others, wherever it has a list.
 *
 * Returns: (transfer none): a list that lives as long as the pool
 */
GPtrArray *
posture_type_pool_list (PostureTypePool *self)
{
  GPtrArray *list = g_ptr_array_new ();

  g_ptr_array_add (self->lists, list);
  return list;
}

/* The list for values that have nothing in theirs; it stays empty. */
GPtrArray *
posture_type_pool_get_empty (PostureTypePool *self)
{
  return self->empty;
}

/* @size bytes, all 0. */
gpointer
posture_type_pool_alloc (PostureTypePool *self,
                         gsize            size)
{
  return memset (posture_json_arena_alloc (&self->arena, size), 0, size);
}
