/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-private.h"

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

PatternTest *
posture_pattern_test_new (PatternTestKind kind,
                          const char     *text)
{
  PatternTest *self = g_new0 (PatternTest, 1);

  self->kind = kind;
  self->text = is_folded (kind) ? fold (text) : g_strdup (text);
  if (kind == PATTERN_TEST_NUMBER)
    posture_pattern_number_init (&self->number, self->text);
  if (kind == PATTERN_TEST_ANYTHING_BUT)
    self->excluded = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_pattern_test_free);
  return self;
}

void
posture_pattern_test_free (PatternTest *self)
{
  g_clear_pointer (&self->wildcard, posture_pattern_wildcard_free);
  g_clear_pointer (&self->excluded, g_ptr_array_unref);
  g_free (self->text);
  g_free (self);
}

void
posture_pattern_condition_free (PatternCondition *self)
{
  g_ptr_array_unref (self->tests);
  g_free (self);
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
  PatternAddress address;

  switch (self->kind)
    {
    case PATTERN_TEST_STRING:
      return g_str_equal (text, self->text);
    case PATTERN_TEST_ADDRESS:
    case PATTERN_TEST_NETWORK:
      return posture_pattern_address_parse (&address, text) &&
             posture_pattern_address_within (&address, &self->address, self->bits);
    case PATTERN_TEST_PREFIX:
      return g_str_has_prefix (text, self->text);
    case PATTERN_TEST_SUFFIX:
      return g_str_has_suffix (text, self->text);
    case PATTERN_TEST_WILDCARD:
      return posture_pattern_wildcard_matches (self->wildcard, text);
    default:
      return is_folded (self->kind) && holds_for_folded (self, text);
    }
}

static gboolean
holds_for_number (PatternTest *self,
                  const char  *text)
{
  PatternNumber number;

  if (self->kind != PATTERN_TEST_NUMBER && self->kind != PATTERN_TEST_RANGE)
    return FALSE;
  posture_pattern_number_init (&number, text);
  if (self->kind == PATTERN_TEST_NUMBER)
    return posture_pattern_number_equal (&number, &self->number);
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
posture_pattern_condition_holds (PatternCondition      *self,
                                 const PostureJsonNode *value)
{
  for (guint i = 0; i < self->tests->len; i++)
    if (test_holds (g_ptr_array_index (self->tests, i), value))
      return TRUE;
  return FALSE;
}
