/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-private.h"

#include <stdlib.h>
#include <string.h>

/* The default limits, but a name that stands twice is no error here. */
#define LIMITS \
  { .max_size = posture_json_limits_default.max_size, \
    .max_depth = posture_json_limits_default.max_depth, \
    .allow_duplicates = TRUE }

G_DEFINE_QUARK (posture-pattern-error-quark, posture_pattern_error)

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Collects the paths of all @tables, each once and in order. */
static GPtrArray *
collect_paths (GPtrArray *tables)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < tables->len; i++)
    {
      GHashTableIter iter;
      gpointer path;

      g_hash_table_iter_init (&iter, g_ptr_array_index (tables, i));
      while (g_hash_table_iter_next (&iter, &path, /* value */ NULL))
        if (g_hash_table_add (seen, path))
          g_ptr_array_add (paths, g_strdup (path));
    }
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}

static int
compare_terms (gconstpointer a,
               gconstpointer b)
{
  guint x = ((const PatternTerm *) a)->path;
  guint y = ((const PatternTerm *) b)->path;

  return x < y ? -1 : x > y;
}

/* Turns a table of conditions into an alternative. @indices gives the place of each path. */
static PatternAlternative *
alternative_new (GHashTable *table,
                 GHashTable *indices)
{
  PatternAlternative *self =
    g_malloc0 (sizeof (PatternAlternative) + g_hash_table_size (table) * sizeof (PatternTerm));
  GHashTableIter iter;
  gpointer path, condition;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &path, &condition))
    self->terms[self->n_terms++] = (PatternTerm) {
      GPOINTER_TO_UINT (g_hash_table_lookup (indices, path)), condition
    };
  qsort (self->terms, self->n_terms, sizeof (PatternTerm), compare_terms);
  for (guint i = 0; i < self->n_terms; i++)
    if (self->terms[i].condition->absent)
      self->absent |= G_GUINT64_CONSTANT (1) << i;
  return self;
}

static gboolean
compile (PosturePattern *self,
         PatternParser  *parser,
         GPtrArray      *tables)
{
  g_autoptr (GHashTable) indices = g_hash_table_new (g_str_hash, g_str_equal);

  self->paths = collect_paths (tables);
  for (guint i = 0; i < self->paths->len; i++)
    g_hash_table_insert (indices, g_ptr_array_index (self->paths, i), GUINT_TO_POINTER (i));
  for (guint i = 0; i < tables->len; i++)
    {
      GHashTable *table = g_ptr_array_index (tables, i);

      g_ptr_array_add (self->alternatives, alternative_new (table, indices));
    }
  return TRUE;
}

static PosturePattern *
read_pattern (const char            *name,
              const PostureJsonNode *node,
              GError               **error)
{
  g_autoptr (PosturePattern) self = g_new0 (PosturePattern, 1);
  g_autoptr (GString) place = g_string_new (NULL);
  g_autoptr (GPtrArray) tables = NULL;
  PatternParser parser;

  g_atomic_ref_count_init (&self->references);
  self->conditions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) posture_pattern_condition_free);
  self->alternatives = g_ptr_array_new_with_free_func (g_free);
  parser = (PatternParser) { place, self->conditions, error };
  tables = posture_pattern_expand (&parser, name, node);
  if (tables == NULL || !compile (self, &parser, tables))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * posture_pattern_new_from_node:
 * @node: what may be a pattern; it need not live longer than the call
 * @error: return location for an error of [error@PatternError]
 *
 * Reads an event pattern in the language of Amazon EventBridge; the
 * [published grammar](https://docs.aws.amazon.com/eventbridge/latest/userguide/) and
 * README.md beside this file say what it accepts.
 *
 * Returns: (transfer full) (nullable): the pattern; %NULL with
 *   %POSTURE_PATTERN_ERROR_INVALID if it is none, or too large
 */
PosturePattern *
posture_pattern_new_from_node (const PostureJsonNode *node,
                               GError               **error)
{
  g_return_val_if_fail (node != NULL, NULL);

  return read_pattern (NULL /* name */, node, error);
}

/**
 * posture_pattern_new_for_member:
 * @name: a member's name
 * @node: what an event's member of that name is to be; it need not live longer
 *   than the call
 * @error: return location for an error of [error@PatternError]
 *
 * Like posture_pattern_new_from_node() with an object of which @node is the only
 * member. So what is asked of one field can be read once, whatever the field is
 * called: posture_pattern_matches_members() gives it the name again.
 *
 * Returns: (transfer full) (nullable): the pattern; %NULL with
 *   %POSTURE_PATTERN_ERROR_INVALID if it is none, or too large
 */
PosturePattern *
posture_pattern_new_for_member (const char            *name,
                                const PostureJsonNode *node,
                                GError               **error)
{
  g_return_val_if_fail (name != NULL && node != NULL, NULL);

  return read_pattern (name, node, error);
}

/**
 * posture_pattern_new:
 * @text: (array length=length): bytes that may be a pattern
 * @length: how many
 * @error: return location for an error of [error@PatternError]
 *
 * Like posture_pattern_new_from_node(), from a text. Of members with the same
 * name the last one counts.
 *
 * Returns: (transfer full) (nullable): the pattern; %NULL with
 *   %POSTURE_PATTERN_ERROR_INVALID if it is none, or too large
 */
PosturePattern *
posture_pattern_new (const char *text,
                     gsize       length,
                     GError    **error)
{
  const PostureJsonLimits limits = LIMITS;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autoptr (GError) reason = NULL;

  document = posture_json_document_new (bytes, &limits, &reason);
  if (document == NULL)
    {
      g_set_error_literal (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_INVALID,
                           reason->message);
      return NULL;
    }
  return posture_pattern_new_from_node (posture_json_document_get_root (document), error);
}

/**
 * posture_pattern_ref:
 * @self: a pattern
 *
 * Patterns do not change and can be shared between threads.
 *
 * Returns: (transfer full): @self with one more reference
 */
PosturePattern *
posture_pattern_ref (PosturePattern *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_pattern_unref:
 * @self: (transfer full): a pattern
 *
 * Gives a reference back; with the last one the pattern goes.
 */
void
posture_pattern_unref (PosturePattern *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  if (self->alone != NULL)
    posture_pattern_alone_free (self->alone);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_ptr_array_unref (self->alternatives);
  g_ptr_array_unref (self->conditions);
  g_free (self);
}

/**
 * posture_pattern_dup_paths:
 * @self: a pattern
 *
 * Says which fields the pattern names: what else is in an event cannot change
 * whether it matches.
 *
 * Returns: (transfer full) (array zero-terminated=1): dotted paths such as
 *   `detail.state`, sorted by bytes, each once
 */
char **
posture_pattern_dup_paths (PosturePattern *self)
{
  char **paths = g_new0 (char *, self->paths->len + 1);

  for (guint i = 0; i < self->paths->len; i++)
    paths[i] = g_strdup (g_ptr_array_index (self->paths, i));
  return paths;
}
