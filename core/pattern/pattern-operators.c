/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-operators-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Sets the error: where the parser is, and why. Always gives %FALSE. */
gboolean
posture_pattern_fail (PatternParser *parser,
                      const char    *format,
                      ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (parser->error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_INVALID, "%s: %s",
               parser->place->len > 0 ? parser->place->str : _("pattern"), reason);
  return FALSE;
}

/* The name and value of an object's only member; what has more or none is refused. */
const char *
posture_pattern_get_only_member (PatternParser          *parser,
                                 const PostureJsonNode  *object,
                                 const PostureJsonNode **ret_value)
{
  guint length = posture_json_node_get_length (object);

  if (length == 0)
    posture_pattern_fail (parser, _("an empty object says nothing"));
  else if (length > 1)
    posture_pattern_fail (parser, _("only one operator can stand in an object"));
  if (length != 1)
    return NULL;
  *ret_value = posture_json_node_get_element (object, 0);
  return posture_json_node_get_key (object, 0);
}

/* Reads a text for a test of @kind. */
PatternTest *
posture_pattern_read_text (PatternParser         *parser,
                           const PostureJsonNode *value,
                           PatternTestKind        kind)
{
  if (posture_json_node_get_kind (value) != POSTURE_JSON_STRING)
    {
      posture_pattern_fail (parser, _("a text was expected"));
      return NULL;
    }
  return posture_pattern_test_new (kind, posture_json_node_get_string (value));
}

static PatternTest *
read_exactly (PatternParser         *parser,
              const PostureJsonNode *value)
{
  return posture_pattern_read_text (parser, value, PATTERN_TEST_STRING);
}

PatternTest *
posture_pattern_read_ignore_case (PatternParser         *parser,
                                  const PostureJsonNode *value)
{
  return posture_pattern_read_text (parser, value, PATTERN_TEST_FOLDED);
}

/* What prefix and suffix take: a text, or one whose case does not matter. */
static PatternTest *
read_affix (PatternParser         *parser,
            const PostureJsonNode *value,
            PatternTestKind        kind,
            PatternTestKind        folded_kind)
{
  const PostureJsonNode *text;
  const char *name;

  if (posture_json_node_get_kind (value) != POSTURE_JSON_OBJECT)
    return posture_pattern_read_text (parser, value, kind);
  name = posture_pattern_get_only_member (parser, value, &text);
  if (name == NULL)
    return NULL;
  g_string_append_printf (parser->place, ".%s", name);
  if (!g_str_equal (name, "equals-ignore-case"))
    {
      posture_pattern_fail (parser, _("only “equals-ignore-case” can stand here"));
      return NULL;
    }
  return posture_pattern_read_text (parser, text, folded_kind);
}

static PatternTest *
read_prefix (PatternParser         *parser,
             const PostureJsonNode *value)
{
  return read_affix (parser, value, PATTERN_TEST_PREFIX, PATTERN_TEST_FOLDED_PREFIX);
}

static PatternTest *
read_suffix (PatternParser         *parser,
             const PostureJsonNode *value)
{
  return read_affix (parser, value, PATTERN_TEST_SUFFIX, PATTERN_TEST_FOLDED_SUFFIX);
}

PatternTest *
posture_pattern_read_wildcard (PatternParser         *parser,
                               const PostureJsonNode *value)
{
  g_autoptr (PatternTest) test = posture_pattern_read_text (parser, value, PATTERN_TEST_WILDCARD);
  const char *reason;

  if (test == NULL)
    return NULL;
  test->wildcard = posture_pattern_wildcard_new (test->text, &reason);
  if (test->wildcard == NULL)
    {
      posture_pattern_fail (parser, "%s", reason);
      return NULL;
    }
  return g_steal_pointer (&test);
}

static PatternTest *
read_exists (PatternParser         *parser,
             const PostureJsonNode *value)
{
  if (posture_json_node_get_kind (value) != POSTURE_JSON_BOOLEAN)
    {
      posture_pattern_fail (parser, _("true or false was expected"));
      return NULL;
    }
  return posture_pattern_test_new (posture_json_node_get_boolean (value) ? PATTERN_TEST_EXISTS
                                                                         : PATTERN_TEST_ABSENT,
                                   NULL);
}

static PatternTest *
read_cidr (PatternParser         *parser,
           const PostureJsonNode *value)
{
  g_autoptr (PatternTest) test = posture_pattern_read_text (parser, value, PATTERN_TEST_NETWORK);
  g_auto (GStrv) parts = NULL;
  guint64 bits;

  if (test == NULL)
    return NULL;
  parts = g_strsplit (test->text, "/", -1);
  if (g_strv_length (parts) != 2 ||
      !posture_pattern_address_parse (&test->address, parts[0], strlen (parts[0])) ||
      (test->address.length == 4 && strchr (parts[0], ':') != NULL))
    {
      posture_pattern_fail (parser, _("an address, a slash and a number of bits were expected"));
      return NULL;
    }
  if (!g_ascii_string_to_unsigned (parts[1], 10, 0, test->address.length * 8 - 1, &bits, NULL))
    {
      posture_pattern_fail (parser, _("the number of bits must lie between 0 and %u"),
                            test->address.length * 8 - 1);
      return NULL;
    }
  test->bits = (guint) bits;
  posture_pattern_address_mask (&test->address, test->bits);
  return g_steal_pointer (&test);
}

static const PatternOperator operators[] = {
  { "anything-but", posture_pattern_read_anything_but },
  { "cidr", read_cidr },
  { "equals-ignore-case", posture_pattern_read_ignore_case },
  { "exactly", read_exactly },
  { "exists", read_exists },
  { "numeric", posture_pattern_read_numeric },
  { "prefix", read_prefix },
  { "suffix", read_suffix },
  { "wildcard", posture_pattern_read_wildcard },
};

/* Whether a member of this name can only be meant as an operator. */
gboolean
posture_pattern_is_operator (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (name, operators[i].name))
      return TRUE;
  return g_strv_contains ((const char *[]) { "=", "<", "<=", ">", ">=", NULL }, name);
}

static PatternTest *
read_operator (PatternParser         *parser,
               const PostureJsonNode *node)
{
  const PostureJsonNode *value;
  const char *name = posture_pattern_get_only_member (parser, node, &value);

  if (name == NULL)
    return NULL;
  g_string_append_printf (parser->place, ".%s", name);
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (name, operators[i].name))
      return operators[i].read (parser, value);
  posture_pattern_fail (parser, _("there is no such operator"));
  return NULL;
}

static PatternTest *
read_exact_text (const char *text)
{
  PatternTest *test = posture_pattern_test_new (PATTERN_TEST_STRING, text);

  if (posture_pattern_address_parse (&test->address, text, test->length))
    {
      test->kind = PATTERN_TEST_ADDRESS;
      test->bits = test->address.length * 8;
    }
  return test;
}

static PatternTest *
read_test (PatternParser         *parser,
           const PostureJsonNode *node)
{
  PatternTest *test;

  switch (posture_json_node_get_kind (node))
    {
    case POSTURE_JSON_OBJECT:
      return read_operator (parser, node);
    case POSTURE_JSON_ARRAY:
      posture_pattern_fail (parser, _("a list cannot stand in a list"));
      return NULL;
    case POSTURE_JSON_STRING:
      return read_exact_text (posture_json_node_get_string (node));
    case POSTURE_JSON_NUMBER:
      return posture_pattern_test_new (PATTERN_TEST_NUMBER, posture_json_node_get_string (node));
    default:
      test = posture_pattern_test_new (PATTERN_TEST_LITERAL, NULL);
      test->literal = posture_json_node_get_kind (node);
      test->truth = posture_json_node_get_boolean (node);
      return test;
    }
}

/* Reads a field's list; the parser keeps the condition. */
PatternCondition *
posture_pattern_read_condition (PatternParser         *parser,
                                const PostureJsonNode *list)
{
  PatternCondition *condition;
  gsize place = parser->place->len;

  if (posture_json_node_get_length (list) == 0)
    {
      posture_pattern_fail (parser, _("an empty list accepts nothing"));
      return NULL;
    }
  condition = g_new0 (PatternCondition, 1);
  condition->tests = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_pattern_test_free);
  g_ptr_array_add (parser->conditions, condition);
  for (guint i = 0; i < posture_json_node_get_length (list); i++)
    {
      PatternTest *test;

      g_string_append_printf (parser->place, "[%u]", i);
      test = read_test (parser, posture_json_node_get_element (list, i));
      if (test == NULL)
        return NULL;
      g_ptr_array_add (condition->tests, test);
      condition->absent = condition->absent || test->kind == PATTERN_TEST_ABSENT;
      g_string_truncate (parser->place, place);
    }
  posture_pattern_condition_seal (condition);
  return condition;
}
