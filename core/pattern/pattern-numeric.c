/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-operators-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Bounds of ranges lie within this, as the service has it. */
#define MAX_BOUND 5e9

static gboolean
read_bound (PatternParser         *parser,
            const PostureJsonNode *value,
            double                *ret_bound)
{
  const char *text = posture_json_node_get_string (value);
  double number;

  if (posture_json_node_get_kind (value) != POSTURE_JSON_NUMBER)
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
  const char *comparison = "";

  if (posture_json_node_get_kind (node) == POSTURE_JSON_STRING)
    comparison = posture_json_node_get_string (node);
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

PatternTest *
posture_pattern_read_numeric (PatternParser         *parser,
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
