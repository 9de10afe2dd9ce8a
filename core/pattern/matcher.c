/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/matcher.h"

#include "pattern/pattern-private.h"

typedef struct
{
  char *name;
  PosturePattern *pattern;
} Rule;

struct _PostureMatcher
{
  GRWLock lock;
  GPtrArray *rules;   /* (element-type Rule), in the order of adding */
  GHashTable *by_name; /* (element-type utf8 Rule) */
};

static void
rule_free (Rule *self)
{
  posture_pattern_unref (self->pattern);
  g_free (self->name);
  g_free (self);
}

/**
 * posture_matcher_new:
 *
 * Makes a matcher of many rules, without any yet. It may be used by several
 * threads at once.
 *
 * Returns: (transfer full): a new matcher
 */
PostureMatcher *
posture_matcher_new (void)
{
  PostureMatcher *self = g_new0 (PostureMatcher, 1);

  g_rw_lock_init (&self->lock);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * posture_matcher_free:
 * @self: (transfer full): a matcher that no thread uses any longer
 *
 * Frees the matcher and gives its patterns back.
 */
void
posture_matcher_free (PostureMatcher *self)
{
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->rules);
  g_rw_lock_clear (&self->lock);
  g_free (self);
}

/**
 * posture_matcher_add:
 * @self: a matcher
 * @name: the rule's name
 * @pattern: what its events look like; the matcher takes a reference
 *
 * Adds a rule. One that is there under the name gets the new pattern and keeps
 * its place in the order.
 *
 * Returns: %TRUE if the name is new, %FALSE if its pattern was replaced
 */
gboolean
posture_matcher_add (PostureMatcher *self,
                     const char     *name,
                     PosturePattern *pattern)
{
  Rule *rule;
  gboolean added;

  g_return_val_if_fail (name != NULL && pattern != NULL, FALSE);

  g_rw_lock_writer_lock (&self->lock);
  rule = g_hash_table_lookup (self->by_name, name);
  added = rule == NULL;
  if (added)
    {
      rule = g_new0 (Rule, 1);
      rule->name = g_strdup (name);
      g_ptr_array_add (self->rules, rule);
      g_hash_table_insert (self->by_name, rule->name, rule);
    }
  else
    posture_pattern_unref (rule->pattern);
  rule->pattern = posture_pattern_ref (pattern);
  g_rw_lock_writer_unlock (&self->lock);
  return added;
}

/**
 * posture_matcher_remove:
 * @self: a matcher
 * @name: a rule's name
 *
 * Removes a rule.
 *
 * Returns: whether there was one of that name
 */
gboolean
posture_matcher_remove (PostureMatcher *self,
                        const char     *name)
{
  Rule *rule;

  g_rw_lock_writer_lock (&self->lock);
  rule = g_hash_table_lookup (self->by_name, name);
  if (rule != NULL)
    {
      g_hash_table_remove (self->by_name, name);
      g_ptr_array_remove (self->rules, rule);
    }
  g_rw_lock_writer_unlock (&self->lock);
  return rule != NULL;
}

static char **
match (PostureMatcher        *self,
       const PostureJsonNode *event,
       GError               **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean decided = TRUE;

  g_rw_lock_reader_lock (&self->lock);
  for (guint i = 0; i < self->rules->len && decided; i++)
    {
      Rule *rule = g_ptr_array_index (self->rules, i);
      gboolean matches = FALSE;

      decided = posture_pattern_try (rule->pattern, event, &matches, error) || error == NULL;
      if (matches)
        g_ptr_array_add (names, g_strdup (rule->name));
    }
  g_rw_lock_reader_unlock (&self->lock);
  if (!decided)
    return NULL;
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * posture_matcher_match:
 * @self: a matcher
 * @event: (array length=length): the event, a JSON object as UTF-8 text
 * @length: how many bytes it has
 * @error: return location for an error of [error@PatternError]
 *
 * Finds the rules whose patterns an event matches.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): their names in
 *   the order of adding; %NULL with %POSTURE_PATTERN_ERROR_EVENT if the event is
 *   not a JSON object, or a rule cannot be decided in reasonable time
 */
char **
posture_matcher_match (PostureMatcher *self,
                       const char     *event,
                       gsize           length,
                       GError        **error)
{
  g_autoptr (PostureJsonDocument) document = posture_pattern_read_event (event, length, error);
  g_autoptr (GError) reason = NULL;
  char **names;

  if (document == NULL)
    return NULL;
  names = match (self, posture_json_document_get_root (document), &reason);
  if (names == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return names;
}

/**
 * posture_matcher_match_node:
 * @self: a matcher
 * @event: the event
 *
 * Like posture_matcher_match() with an event that was read already. A rule that
 * cannot be decided is left out.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the rules
 *   that match, in the order of adding
 */
char **
posture_matcher_match_node (PostureMatcher        *self,
                            const PostureJsonNode *event)
{
  g_return_val_if_fail (event != NULL, NULL);

  return match (self, event, NULL);
}
