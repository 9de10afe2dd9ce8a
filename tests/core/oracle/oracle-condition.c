/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "oracle/oracle-private.h"

/* Each character in its simple lower case, by way of its simple upper case, so that all forms of
 * one letter meet (“ſ” and “s”, the two small sigmas). */
static char *
fold (const char *text)
{
  GString *folded = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar upper = g_unichar_toupper (g_utf8_get_char (text));

      g_string_append_unichar (folded, g_unichar_tolower (upper));
    }
  return g_string_free (folded, FALSE);
}

static gboolean
is_folded (PatternTestKind kind)
{
  return kind == PATTERN_TEST_FOLDED || kind == PATTERN_TEST_FOLDED_PREFIX ||
         kind == PATTERN_TEST_FOLDED_SUFFIX;
}

static gboolean
wildcard_holds (const PatternTest *self,
                const char        *text)
{
  OracleWildcard *wildcard = oracle_wildcard_new (self->text);
  gboolean holds = oracle_wildcard_matches (wildcard, text);

  oracle_wildcard_free (wildcard);
  return holds;
}

/* The test's text is an address, or one with a slash and the number of bits. */
static gboolean
address_holds (const PatternTest *self,
               const char        *text)
{
  g_auto (GStrv) parts = g_strsplit (self->text, "/", 2);
  OracleAddress network, address;

  return oracle_address_parse (&network, parts[0]) && oracle_address_parse (&address, text) &&
         oracle_address_within (&address, &network, self->bits);
}

static gboolean
holds_for_folded (PatternTest *self,
                  const char  *text)
{
  g_autofree char *folded = fold (text);

  if (self->kind == PATTERN_TEST_FOLDED_PREFIX)
    return g_str_has_prefix (folded, self->text);
  if (self->kind == PATTERN_TEST_FOLDED_SUFFIX)
    return g_str_has_suffix (folded, self->text);
  return g_str_equal (folded, self->text);
}

static gboolean
holds_for_string (PatternTest *self,
                  const char  *text)
{
  switch (self->kind)
    {
    case PATTERN_TEST_STRING:
      return g_str_equal (text, self->text);
    case PATTERN_TEST_ADDRESS:
    case PATTERN_TEST_NETWORK:
      return address_holds (self, text);
    case PATTERN_TEST_PREFIX:
      return g_str_has_prefix (text, self->text);
    case PATTERN_TEST_SUFFIX:
      return g_str_has_suffix (text, self->text);
    case PATTERN_TEST_WILDCARD:
      return wildcard_holds (self, text);
    default:
      return is_folded (self->kind) && holds_for_folded (self, text);
    }
}

static gboolean
holds_for_number (PatternTest *self,
                  const char  *text)
{
  OracleNumber number, other;

  if (self->kind != PATTERN_TEST_NUMBER && self->kind != PATTERN_TEST_RANGE)
    return FALSE;
  oracle_number_init (&number, text);
  if (self->kind == PATTERN_TEST_NUMBER)
    {
      oracle_number_init (&other, self->text);
      return oracle_number_equal (&number, &other);
    }
  return number.exact &&
         (self->lower_open ? number.value > self->lower : number.value >= self->lower) &&
         (self->upper_open ? number.value < self->upper : number.value <= self->upper);
}

static gboolean
test_holds (PatternTest           *self,
            const PostureJsonNode *value)
{
  PostureJsonKind kind = posture_json_node_get_kind (value);

  if (self->kind == PATTERN_TEST_EXISTS)
    return TRUE;
  if (self->kind == PATTERN_TEST_ANYTHING_BUT)
    {
      for (guint i = 0; i < self->excluded->len; i++)
        if (test_holds (g_ptr_array_index (self->excluded, i), value))
          return FALSE;
      return TRUE;
    }
  if (kind == POSTURE_JSON_STRING)
    return holds_for_string (self, posture_json_node_get_string (value));
  if (kind == POSTURE_JSON_NUMBER)
    return holds_for_number (self, posture_json_node_get_string (value));
  return self->kind == PATTERN_TEST_LITERAL && self->literal == kind &&
         self->truth == posture_json_node_get_boolean (value);
}

/* Whether @value, a string, number, boolean or null, is what the field may be. */
gboolean
oracle_condition_holds (PatternCondition      *self,
                                 const PostureJsonNode *value)
{
  for (guint i = 0; i < self->tests->len; i++)
    if (test_holds (g_ptr_array_index (self->tests, i), value))
      return TRUE;
  return FALSE;
}
