/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-operators-private.h"

#include <glib/gi18n-lib.h>

/* What anything-but takes by itself: a text or a number. */
static PatternTest *
read_plain (PatternParser         *parser,
            const PostureJsonNode *value)
{
  if (posture_json_node_get_kind (value) == POSTURE_JSON_STRING)
    return posture_pattern_test_new (PATTERN_TEST_STRING, posture_json_node_get_string (value));
  if (posture_json_node_get_kind (value) == POSTURE_JSON_NUMBER)
    return posture_pattern_test_new (PATTERN_TEST_NUMBER, posture_json_node_get_string (value));
  posture_pattern_fail (parser, _("a text or a number was expected"));
  return NULL;
}

static PatternTest *
read_excluded_affix (PatternParser         *parser,
                     const PostureJsonNode *value,
                     PatternTestKind        kind)
{
  g_autoptr (PatternTest) test = posture_pattern_read_text (parser, value, kind);

  if (test == NULL)
    return NULL;
  if (test->text[0] == '\0')
    {
      posture_pattern_fail (parser, _("an empty text would exclude every text"));
      return NULL;
    }
  return g_steal_pointer (&test);
}

static PatternTest *
read_excluded_prefix (PatternParser         *parser,
                      const PostureJsonNode *value)
{
  return read_excluded_affix (parser, value, PATTERN_TEST_PREFIX);
}

static PatternTest *
read_excluded_suffix (PatternParser         *parser,
                      const PostureJsonNode *value)
{
  return read_excluded_affix (parser, value, PATTERN_TEST_SUFFIX);
}

static const PatternOperator excluded_operators[] = {
  { "prefix", read_excluded_prefix },
  { "suffix", read_excluded_suffix },
  { "equals-ignore-case", posture_pattern_read_ignore_case },
  { "wildcard", posture_pattern_read_wildcard },
};

/* Reads @value, or each element of it, into what @test excludes. */
static gboolean
read_excluded (PatternParser         *parser,
               const PostureJsonNode *value,
               PatternReadFunc        read,
               PatternTest           *test)
{
  gboolean list = posture_json_node_get_kind (value) == POSTURE_JSON_ARRAY;
  guint length = list ? posture_json_node_get_length (value) : 1;
  gsize place = parser->place->len;

  if (length == 0)
    return posture_pattern_fail (parser, _("an empty list excludes nothing"));
  for (guint i = 0; i < length; i++)
    {
      const PostureJsonNode *node = list ? posture_json_node_get_element (value, i) : value;
      PatternTest *excluded;

      if (list)
        g_string_append_printf (parser->place, "[%u]", i);
      excluded = read (parser, node);
      if (excluded == NULL)
        return FALSE;
      g_ptr_array_add (test->excluded, excluded);
      if (excluded->kind != ((PatternTest *) g_ptr_array_index (test->excluded, 0))->kind)
        return posture_pattern_fail (parser, _("texts and numbers cannot stand in one list"));
      g_string_truncate (parser->place, place);
    }
  posture_pattern_test_seal (test);
  return TRUE;
}

PatternTest *
posture_pattern_read_anything_but (PatternParser         *parser,
                                   const PostureJsonNode *value)
{
  g_autoptr (PatternTest) test = posture_pattern_test_new (PATTERN_TEST_ANYTHING_BUT, NULL);
  const char *name;

  if (posture_json_node_get_kind (value) != POSTURE_JSON_OBJECT)
    return read_excluded (parser, value, read_plain, test) ? g_steal_pointer (&test) : NULL;
  name = posture_pattern_get_only_member (parser, value, &value);
  if (name == NULL)
    return NULL;
  g_string_append_printf (parser->place, ".%s", name);
  for (guint i = 0; i < G_N_ELEMENTS (excluded_operators); i++)
    if (g_str_equal (name, excluded_operators[i].name))
      return read_excluded (parser, value, excluded_operators[i].read, test)
               ? g_steal_pointer (&test)
               : NULL;
  posture_pattern_fail (parser, _("this operator cannot stand in anything-but"));
  return NULL;
}
