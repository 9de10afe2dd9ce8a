/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How deep a path may lead; events are not read deeper than 64 levels. */
#define MAX_NAMES 128
/* How long a path may be, in bytes. Everything below a long one would be a copy of it. */
#define MAX_PATH_LENGTH 1024

/* What an object says: conditions by path, and lists of alternatives that each are to be
 * multiplied with them. */
typedef struct
{
  GHashTable *conditions; /* (element-type utf8 PatternCondition) */
  GPtrArray *choices;     /* (element-type GPtrArray(GHashTable)) */
} Content;

static gboolean expand_object (PatternParser         *parser,
                               const PostureJsonNode *object,
                               const char            *prefix,
                               GPtrArray             *alternatives);

static GHashTable *
conditions_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static GPtrArray *
alternatives_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
}

/* Puts all of @from into @into, where it replaces what has the same path. */
static void
put_all (GHashTable *into,
         GHashTable *from)
{
  GHashTableIter iter;
  gpointer path, condition;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &path, &condition))
    g_hash_table_insert (into, g_strdup (path), condition);
}

/* Only a list of two or more objects that name no operator is a choice; for the service anything
 * else called "$or" is a field of that name. */
static gboolean
is_choice (const char            *name,
           const PostureJsonNode *value)
{
  if (!g_str_equal (name, "$or") || posture_json_node_get_kind (value) != POSTURE_JSON_ARRAY ||
      posture_json_node_get_length (value) < 2)
    return FALSE;
  for (guint i = 0; i < posture_json_node_get_length (value); i++)
    {
      const PostureJsonNode *branch = posture_json_node_get_element (value, i);

      if (posture_json_node_get_kind (branch) != POSTURE_JSON_OBJECT)
        return FALSE;
      for (guint k = 0; k < posture_json_node_get_length (branch); k++)
        if (posture_pattern_is_operator (posture_json_node_get_key (branch, k)))
          return FALSE;
    }
  return TRUE;
}

static gboolean
is_branch (const PostureJsonNode *node)
{
  if (posture_json_node_get_kind (node) != POSTURE_JSON_OBJECT)
    return FALSE;
  for (guint i = 0; i < posture_json_node_get_length (node); i++)
    if (!posture_pattern_is_operator (posture_json_node_get_key (node, i)))
      return TRUE;
  return FALSE;
}

/* Refuses one of the elements of a list that was meant as a choice, if it is why the list is none. */
static gboolean
check_branch (PatternParser         *parser,
              const PostureJsonNode *node)
{
  if (posture_json_node_get_kind (node) != POSTURE_JSON_OBJECT)
    return posture_pattern_fail (parser, _("each alternative of $or must be an object"));
  for (guint i = 0; i < posture_json_node_get_length (node); i++)
    {
      const char *name = posture_json_node_get_key (node, i);

      if (!posture_pattern_is_operator (name))
        continue;
      g_string_append_printf (parser->place, ".%s", name);
      return posture_pattern_fail (parser, _("no field in an alternative of $or can be called like an operator"));
    }
  return TRUE;
}

/* What is no choice is a field called "$or". If it has an element that could only be an alternative, it is
 * none of a field either: then this tells what keeps it from being a choice, since that was meant. */
static gboolean
check_failed_choice (PatternParser         *parser,
                     const char            *name,
                     const PostureJsonNode *list)
{
  guint length = posture_json_node_get_length (list);
  gboolean meant = FALSE;
  gsize place = parser->place->len;

  if (!g_str_equal (name, "$or"))
    return TRUE;
  for (guint i = 0; i < length; i++)
    meant = meant || is_branch (posture_json_node_get_element (list, i));
  if (!meant)
    return TRUE;
  if (length < 2)
    return posture_pattern_fail (parser, _("$or needs at least two alternatives"));
  for (guint i = 0; i < length; i++)
    {
      g_string_append_printf (parser->place, "[%u]", i);
      if (!check_branch (parser, posture_json_node_get_element (list, i)))
        return FALSE;
      g_string_truncate (parser->place, place);
    }
  return TRUE;
}

/* Checked before anything is copied, so that a small text cannot ask for a lot of memory. */
static gboolean
check_n_fields (PatternParser *parser,
                GHashTable    *conditions)
{
  return g_hash_table_size (conditions) <= POSTURE_PATTERN_MAX_PATHS ||
         posture_pattern_fail (parser, _("more than %d fields must hold together"), POSTURE_PATTERN_MAX_PATHS);
}

static gboolean
check_length (PatternParser *parser,
              const char    *prefix,
              const char    *name)
{
  return strlen (prefix) + strlen (name) <= MAX_PATH_LENGTH ||
         posture_pattern_fail (parser, _("a path of more than %d bytes"), MAX_PATH_LENGTH);
}

static gboolean
check_path (PatternParser *parser,
            const char    *path)
{
  guint names = 1;

  for (const char *at = path; *at != '\0'; at++)
    if (*at == '.')
      names++;
  return names <= MAX_NAMES ||
         posture_pattern_fail (parser, _("more than %d names in one path"), MAX_NAMES);
}

/* Reads the conditions of a field. */
static gboolean
read_field (PatternParser         *parser,
            const char            *name,
            const PostureJsonNode *list,
            const char            *path,
            Content               *content)
{
  PatternCondition *condition;

  if (!check_failed_choice (parser, name, list))
    return FALSE;
  condition = posture_pattern_read_condition (parser, list);
  if (condition == NULL || !check_path (parser, path))
    return FALSE;
  g_hash_table_insert (content->conditions, g_strdup (path), condition);
  return check_n_fields (parser, content->conditions);
}

static gboolean
read_choice (PatternParser         *parser,
             const PostureJsonNode *list,
             const char            *prefix,
             Content               *content)
{
  GPtrArray *alternatives = alternatives_new ();
  gsize place = parser->place->len;

  g_ptr_array_add (content->choices, alternatives);
  for (guint i = 0; i < posture_json_node_get_length (list); i++)
    {
      g_string_append_printf (parser->place, "[%u]", i);
      if (!expand_object (parser, posture_json_node_get_element (list, i), prefix, alternatives))
        return FALSE;
      g_string_truncate (parser->place, place);
    }
  return TRUE;
}

static gboolean read_object (PatternParser         *parser,
                             const PostureJsonNode *object,
                             const char            *prefix,
                             Content               *content);

/* Reads one member of an object into @content. */
static gboolean
read_member (PatternParser         *parser,
             const char            *name,
             const PostureJsonNode *value,
             const char            *prefix,
             Content               *content)
{
  gsize place = parser->place->len;
  g_autofree char *path = NULL;
  g_autofree char *below = NULL;

  if (!check_length (parser, prefix, name))
    return FALSE;
  path = g_strconcat (prefix, name, NULL);
  g_string_append_printf (parser->place, "%s%s", place > 0 ? "." : "", name);
  if (is_choice (name, value))
    {
      if (!read_choice (parser, value, prefix, content))
        return FALSE;
    }
  else if (posture_json_node_get_kind (value) == POSTURE_JSON_OBJECT)
    {
      below = g_strconcat (path, ".", NULL);
      if (!read_object (parser, value, below, content))
        return FALSE;
    }
  else if (posture_json_node_get_kind (value) == POSTURE_JSON_ARRAY)
    {
      if (!read_field (parser, name, value, path, content))
        return FALSE;
    }
  else
    return posture_pattern_fail (parser, _("a list or an object was expected"));
  g_string_truncate (parser->place, place);
  return TRUE;
}

/* Reads the members of @object into @content. The paths of all of them begin with @prefix. */
static gboolean
read_object (PatternParser         *parser,
             const PostureJsonNode *object,
             const char            *prefix,
             Content               *content)
{
  if (posture_json_node_get_length (object) == 0)
    return posture_pattern_fail (parser, _("an empty object says nothing"));
  for (guint i = 0; i < posture_json_node_get_length (object); i++)
    if (!read_member (parser, posture_json_node_get_key (object, i),
                      posture_json_node_get_element (object, i), prefix, content))
      return FALSE;
  return TRUE;
}

/* Multiplies what @content says and adds the outcome to @alternatives. What a choice says goes
 * before what stands outside of it, and a later choice before an earlier one. */
static gboolean
multiply (PatternParser *parser,
          Content       *content,
          GPtrArray     *alternatives)
{
  g_autoptr (GPtrArray) so_far = alternatives_new ();

  g_ptr_array_add (so_far, g_hash_table_ref (content->conditions));
  for (guint i = 0; i < content->choices->len; i++)
    {
      GPtrArray *choice = g_ptr_array_index (content->choices, i);
      g_autoptr (GPtrArray) product = alternatives_new ();

      if (so_far->len * choice->len > POSTURE_PATTERN_MAX_ALTERNATIVES)
        return posture_pattern_fail (parser, _("more than %d combinations of $or"),
                                     POSTURE_PATTERN_MAX_ALTERNATIVES);
      for (guint a = 0; a < so_far->len; a++)
        for (guint b = 0; b < choice->len; b++)
          {
            GHashTable *both = conditions_new ();

            put_all (both, g_ptr_array_index (so_far, a));
            put_all (both, g_ptr_array_index (choice, b));
            g_ptr_array_add (product, both);
            if (!check_n_fields (parser, both))
              return FALSE;
          }
      g_clear_pointer (&so_far, g_ptr_array_unref);
      so_far = g_steal_pointer (&product);
    }
  if (alternatives->len + so_far->len > POSTURE_PATTERN_MAX_ALTERNATIVES)
    return posture_pattern_fail (parser, _("more than %d combinations of $or"),
                                 POSTURE_PATTERN_MAX_ALTERNATIVES);
  g_ptr_array_extend_and_steal (alternatives, g_steal_pointer (&so_far));
  return TRUE;
}

/* Expands an object, or, with a @name, an object of which @value is the only member. */
static gboolean
expand (PatternParser         *parser,
        const char            *name,
        const PostureJsonNode *value,
        const char            *prefix,
        GPtrArray             *alternatives)
{
  Content content = {
    .conditions = conditions_new (),
    .choices = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref),
  };
  gboolean done = (name != NULL ? read_member (parser, name, value, prefix, &content)
                                : read_object (parser, value, prefix, &content)) &&
                  multiply (parser, &content, alternatives);

  g_hash_table_unref (content.conditions);
  g_ptr_array_unref (content.choices);
  return done;
}

static gboolean
expand_object (PatternParser         *parser,
               const PostureJsonNode *object,
               const char            *prefix,
               GPtrArray             *alternatives)
{
  return expand (parser, NULL /* name */, object, prefix, alternatives);
}

/* Reads a pattern into its alternatives, each a table of conditions by path. With a @name the pattern is
 * an object of which @node is the only member. */
GPtrArray *
posture_pattern_expand (PatternParser         *parser,
                        const char            *name,
                        const PostureJsonNode *node)
{
  g_autoptr (GPtrArray) alternatives = alternatives_new ();

  if (name == NULL && posture_json_node_get_kind (node) != POSTURE_JSON_OBJECT)
    {
      posture_pattern_fail (parser, _("an object was expected"));
      return NULL;
    }
  return expand (parser, name, node, "", alternatives) ? g_steal_pointer (&alternatives) : NULL;
}
