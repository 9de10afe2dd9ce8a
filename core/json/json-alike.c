/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-json"

#include "config.h"

#include "json/json-alike.h"

/* A prime beyond what a character can be, so that the order counts. */
#define FACTOR 257

/* A number that is the same for nodes that are alike. */
static guint
hash_node (gconstpointer data)
{
  const PostureJsonNode *self = data;
  PostureJsonKind kind = posture_json_node_get_kind (self);
  const char *text = posture_json_node_get_string (self);
  guint hash = (guint) kind * 2 + (posture_json_node_get_boolean (self) ? 1 : 0);

  if (text != NULL)
    hash = hash * FACTOR + g_str_hash (text);
  for (guint i = 0; i < posture_json_node_get_length (self); i++)
    {
      if (kind == POSTURE_JSON_OBJECT)
        hash = hash * FACTOR + g_str_hash (posture_json_node_get_key (self, i));
      hash = hash * FACTOR + hash_node (posture_json_node_get_element (self, i));
    }
  return hash;
}

static gboolean
is_key_alike (const PostureJsonNode *self,
              const PostureJsonNode *other,
              guint                  index)
{
  return posture_json_node_get_kind (self) != POSTURE_JSON_OBJECT
         || g_str_equal (posture_json_node_get_key (self, index),
                         posture_json_node_get_key (other, index));
}

/* Nesting is bounded by the reader, and so is the recursion. */
static gboolean
is_alike (gconstpointer a,
          gconstpointer b)
{
  const PostureJsonNode *self = a, *other = b;
  guint length = posture_json_node_get_length (self);

  if (posture_json_node_get_kind (self) != posture_json_node_get_kind (other)
      || length != posture_json_node_get_length (other)
      || posture_json_node_get_boolean (self) != posture_json_node_get_boolean (other)
      || g_strcmp0 (posture_json_node_get_string (self), posture_json_node_get_string (other)) != 0)
    return FALSE;
  for (guint i = 0; i < length; i++)
    if (!is_key_alike (self, other, i)
        || !is_alike (posture_json_node_get_element (self, i), posture_json_node_get_element (other, i)))
      return FALSE;
  return TRUE;
}

/**
 * posture_json_table_new:
 *
 * Makes a table whose keys are nodes, which stay their document's. They are compared by their spelling, not by what
 * it means: 1 is not like 1.0, and members are to stand in the same order. What is alike reads alike, whoever reads it.
 *
 * Returns: (transfer full): an empty table
 */
GHashTable *
posture_json_table_new (void)
{
  return g_hash_table_new (hash_node, is_alike);
}
