/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Bounds of ranges lie within this, as the service has it. */
#define MAX_BOUND 5e9

typedef PatternTest *(*ReadFunc) (PatternParser         *parser,
                                  const PostureJsonNode *value);

typedef struct
{
  const char *name;
  ReadFunc read;
} Operator;

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

static gboolean
is_string (const PostureJsonNode *node)
{
  return posture_json_node_get_kind (node) == POSTURE_JSON_STRING;
}

static gboolean
is_number (const PostureJsonNode *node)
{
  return posture_json_node_get_kind (node) == POSTURE_JSON_NUMBER;
}

/* The name and value of an object's only member; what has more or none is refused. */
static const char *
get_only_member (PatternParser          *parser,
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

static PatternTest *
read_text (PatternParser         *parser,
           const PostureJsonNode *value,
           PatternTestKind        kind)
{
  if (!is_string (value))
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
  return read_text (parser, value, PATTERN_TEST_STRING);
}

static PatternTest *
read_ignore_case (PatternParser         *parser,
                  const PostureJsonNode *value)
{
  return read_text (parser, value, PATTERN_TEST_FOLDED);
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
    return read_text (parser, value, kind);
  name = get_only_member (parser, value, &text);
  if (name == NULL)
    return NULL;
  g_string_append_printf (parser->place, ".%s", name);
  if (!g_str_equal (name, "equals-ignore-case"))
    {
      posture_pattern_fail (parser, _("only “equals-ignore-case” can stand here"));
      return NULL;
    }
  return read_text (parser, text, folded_kind);
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

static PatternTest *
read_wildcard (PatternParser         *parser,
               const PostureJsonNode *value)
{
  g_autoptr (PatternTest) test = read_text (parser, value, PATTERN_TEST_WILDCARD);
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
  g_autoptr (PatternTest) test = read_text (parser, value, PATTERN_TEST_NETWORK);
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

static gboolean
read_bound (PatternParser         *parser,
            const PostureJsonNode *value,
            double                *ret_bound)
{
  const char *text = posture_json_node_get_string (value);
  double number;

  if (!is_number (value))
    return posture_pattern_fail (parser, _("a number must follow each comparison"));
  number = posture_pattern_number_read (text, strlen (text));
  if (!posture_pattern_number_is_exact (text, strlen (text), number))
    return posture_pattern_fail (parser, _("%s has more digits than can be compared"), text);
  if (fabs (number) > MAX_BOUND)
    return posture_pattern_fail (parser, _("a bound must lie between -5e9 and 5e9"));
  *ret_bound = number;
  return TRUE;
}

/* Reads the comparison at @at of @list with the number after it. */
static gboolean
read_comparison (PatternParser         *parser,
                 const PostureJsonNode *list,
                 guint                  at,
                 const char           **ret_comparison,
                 double                *ret_bound)
{
  const PostureJsonNode *node = posture_json_node_get_element (list, at);
  const char *comparison = is_string (node) ? posture_json_node_get_string (node) : "";

  if (!g_strv_contains ((const char *[]) { "=", "<", "<=", ">", ">=", NULL }, comparison))
    return posture_pattern_fail (parser, _("one of =, <, <=, > and >= was expected"));
  *ret_comparison = comparison;
  return read_bound (parser, posture_json_node_get_element (list, at + 1), ret_bound);
}

static void
set_bound (PatternTest *test,
           const char  *comparison,
           double       bound)
{
  if (comparison[0] != '<')
    {
      test->lower = bound;
      test->lower_open = g_str_equal (comparison, ">");
    }
  if (comparison[0] != '>')
    {
      test->upper = bound;
      test->upper_open = g_str_equal (comparison, "<");
    }
}

/* A range is written from its lower to its upper bound, and there is something between them. */
static gboolean
check_range (PatternParser *parser,
             const char    *first,
             double         lower,
             const char    *second,
             double         upper)
{
  if (first[0] != '>' || second[0] != '<')
    return posture_pattern_fail (parser, _("a range is written > or >= first, then < or <="));
  if (lower == upper)
    return posture_pattern_fail (parser, _("the bounds are equal; use = instead"));
  if (lower > upper)
    return posture_pattern_fail (parser, _("the lower bound lies above the upper one"));
  return TRUE;
}

static PatternTest *
read_numeric (PatternParser         *parser,
              const PostureJsonNode *value)
{
  g_autoptr (PatternTest) test = posture_pattern_test_new (PATTERN_TEST_RANGE, NULL);
  guint length = posture_json_node_get_length (value);
  const char *first, *second;
  double bound, upper;

  if (posture_json_node_get_kind (value) != POSTURE_JSON_ARRAY || (length != 2 && length != 4))
    {
      posture_pattern_fail (parser, _("a list of one or two comparisons was expected, each "
                                      "followed by its number"));
      return NULL;
    }
  test->lower = -HUGE_VAL;
  test->upper = HUGE_VAL;
  if (!read_comparison (parser, value, 0, &first, &bound))
    return NULL;
  set_bound (test, first, bound);
  if (length == 4)
    {
      if (!read_comparison (parser, value, 2, &second, &upper) ||
          !check_range (parser, first, bound, second, upper))
        return NULL;
      set_bound (test, second, upper);
    }
  return g_steal_pointer (&test);
}

/* What anything-but takes by itself: a text or a number. */
static PatternTest *
read_plain (PatternParser         *parser,
            const PostureJsonNode *value)
{
  if (is_string (value))
    return posture_pattern_test_new (PATTERN_TEST_STRING, posture_json_node_get_string (value));
  if (is_number (value))
    return posture_pattern_test_new (PATTERN_TEST_NUMBER, posture_json_node_get_string (value));
  posture_pattern_fail (parser, _("a text or a number was expected"));
  return NULL;
}

static PatternTest *
read_excluded_affix (PatternParser         *parser,
                     const PostureJsonNode *value,
                     PatternTestKind        kind)
{
  g_autoptr (PatternTest) test = read_text (parser, value, kind);

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

static const Operator excluded_operators[] = {
  { "prefix", read_excluded_prefix },
  { "suffix", read_excluded_suffix },
  { "equals-ignore-case", read_ignore_case },
  { "wildcard", read_wildcard },
};

/* Reads @value, or each element of it, into what @test excludes. */
static gboolean
read_excluded (PatternParser         *parser,
               const PostureJsonNode *value,
               ReadFunc               read,
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

static PatternTest *
read_anything_but (PatternParser         *parser,
                   const PostureJsonNode *value)
{
  g_autoptr (PatternTest) test = posture_pattern_test_new (PATTERN_TEST_ANYTHING_BUT, NULL);
  const char *name;

  if (posture_json_node_get_kind (value) != POSTURE_JSON_OBJECT)
    return read_excluded (parser, value, read_plain, test) ? g_steal_pointer (&test) : NULL;
  name = get_only_member (parser, value, &value);
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

static const Operator operators[] = {
  { "anything-but", read_anything_but },
  { "cidr", read_cidr },
  { "equals-ignore-case", read_ignore_case },
  { "exactly", read_exactly },
  { "exists", read_exists },
  { "numeric", read_numeric },
  { "prefix", read_prefix },
  { "suffix", read_suffix },
  { "wildcard", read_wildcard },
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
  const char *name = get_only_member (parser, node, &value);

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
