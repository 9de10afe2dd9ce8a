/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/leaf-private.h"

#include "json/json-alike.h"

/* An expression that needs more steps than this counts as not matching. PCRE2 takes the lower value
 * if the expression asks for a limit of its own; without just-in-time code the steps are counted
 * the same everywhere. */
#define EXPRESSION_LIMITS "(*LIMIT_MATCH=50000)(*LIMIT_DEPTH=1000)(*NO_JIT)"

/* What a pattern that is shared calls the answer it looks at. */
#define ANSWER "answer"

static void
leaf_free (gpointer data)
{
  PostureLeaf *self = data;

  g_clear_pointer (&self->pattern, posture_pattern_unref);
  g_clear_pointer (&self->regex, g_regex_unref);
  g_free (self);
}

void
posture_leaves_init (PostureLeaves *self)
{
  self->all = g_ptr_array_new_with_free_func (leaf_free);
  self->by_list = posture_json_table_new ();
  self->by_expression = g_hash_table_new (g_str_hash, g_str_equal);
}

/* All conditions have been read, and what they were read from may go. */
void
posture_leaves_seal (PostureLeaves *self)
{
  g_clear_pointer (&self->by_list, g_hash_table_unref);
  g_clear_pointer (&self->by_expression, g_hash_table_unref);
}

void
posture_leaves_clear (PostureLeaves *self)
{
  posture_leaves_seal (self);
  g_clear_pointer (&self->all, g_ptr_array_unref);
}

static PostureLeaf *
add_leaf (PostureLeaves *self)
{
  PostureLeaf *leaf = g_new0 (PostureLeaf, 1);

  g_ptr_array_add (self->all, leaf);
  return leaf;
}

/* What wants one answer to be in @list; %NULL if that is none, which the whole pattern can be asked about. */
const PostureLeaf *
posture_leaves_of_answer (PostureLeaves         *self,
                          const PostureJsonNode *list)
{
  PostureLeaf *leaf = g_hash_table_lookup (self->by_list, list);
  PosturePattern *pattern;

  if (leaf != NULL)
    return leaf;
  pattern = posture_pattern_new_for_member (ANSWER, list, NULL /* error */);
  if (pattern == NULL)
    return NULL;
  leaf = add_leaf (self);
  leaf->pattern = pattern;
  g_hash_table_insert (self->by_list, (gpointer) list, leaf);
  return leaf;
}

/* What wants something of several answers. Takes the pattern. */
const PostureLeaf *
posture_leaves_of_pattern (PostureLeaves  *self,
                           PosturePattern *pattern)
{
  PostureLeaf *leaf = add_leaf (self);

  leaf->pattern = pattern;
  leaf->named = TRUE;
  return leaf;
}

/* What wants one text to have something in it; %NULL if @expression is none. */
const PostureLeaf *
posture_leaves_of_regex (PostureLeaves *self,
                         const char    *expression)
{
  PostureLeaf *leaf = g_hash_table_lookup (self->by_expression, expression);
  g_autofree char *bounded = NULL;
  GRegex *regex;

  if (leaf != NULL)
    return leaf;
  bounded = g_strconcat (EXPRESSION_LIMITS, expression, NULL);
  regex = g_regex_new (bounded, 0, 0, NULL /* error */);
  if (regex == NULL)
    return NULL;
  leaf = add_leaf (self);
  leaf->regex = regex;
  g_hash_table_insert (self->by_expression, (gpointer) expression, leaf);
  return leaf;
}

/* Whether some answers are what the leaf wants, with %NULL for what is hidden or unanswered. A regular
 * expression looks at text answers alone, matches anywhere in the text unless it is anchored, and does
 * not match if it takes too many steps. */
gboolean
posture_leaf_holds (const PostureLeaf            *self,
                    const char *const            *questions,
                    const PostureJsonNode *const *answers,
                    guint                         n_questions)
{
  static const char *const alone[] = { ANSWER };

  if (self->regex == NULL)
    return posture_pattern_matches_members (self->pattern, self->named ? questions : alone, answers,
                                            n_questions);
  return answers[0] != NULL && posture_json_node_get_kind (answers[0]) == POSTURE_JSON_STRING
         && g_regex_match_full (self->regex, posture_json_node_get_string (answers[0]), -1, 0, 0,
                                NULL /* match */, NULL /* error */);
}
