/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-private.h"
#include "pattern/pattern-table-private.h"

#include <string.h>

/* So many tests are faster tried one by one than looked up. */
#define MAX_TRIED 8

static gboolean
is_folded (PatternTestKind kind)
{
  return kind == PATTERN_TEST_FOLDED || kind == PATTERN_TEST_FOLDED_PREFIX ||
         kind == PATTERN_TEST_FOLDED_SUFFIX;
}

/* Makes a test; @text is what it compares with, in whatever case. */
PatternTest *
posture_pattern_test_new (PatternTestKind kind,
                          const char     *text)
{
  PatternTest *self = g_new0 (PatternTest, 1);
  gsize length = text != NULL ? strlen (text) : 0;

  self->kind = kind;
  if (is_folded (kind))
    {
      self->text = g_malloc (length * 2 + 7);
      self->length = posture_pattern_fold (text, length, self->text);
      self->text[self->length] = '\0';
    }
  else if (text != NULL)
    {
      self->text = g_strdup (text);
      self->length = length;
    }
  if (kind == PATTERN_TEST_NUMBER)
    {
      self->number = posture_pattern_number_read (text, length) + 0.0; /* no negative zero */
      self->exact = posture_pattern_number_is_exact (text, length, self->number);
    }
  if (kind == PATTERN_TEST_ANYTHING_BUT)
    self->excluded = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_pattern_test_free);
  return self;
}

void
posture_pattern_test_free (PatternTest *self)
{
  g_clear_pointer (&self->wildcard, posture_pattern_wildcard_free);
  g_clear_pointer (&self->excluded, g_ptr_array_unref);
  g_clear_pointer (&self->index, posture_pattern_index_free);
  g_free (self->text);
  g_free (self);
}

void
posture_pattern_condition_free (PatternCondition *self)
{
  g_ptr_array_unref (self->tests);
  g_clear_pointer (&self->index, posture_pattern_index_free);
  g_free (self);
}

static PatternIndex *
index_new (GPtrArray *tests,
           guint      n_tests)
{
  PatternIndex *index = posture_pattern_index_new ();

  for (guint i = 0; i < n_tests; i++)
    posture_pattern_index_add (index, g_ptr_array_index (tests, i), /* target */ 0);
  posture_pattern_index_seal (index);
  return index;
}

/* Is called once all that is excluded is there. */
void
posture_pattern_test_seal (PatternTest *self)
{
  if (self->excluded->len > MAX_TRIED)
    self->index = index_new (self->excluded, self->excluded->len);
}

static int
compare_tests (gconstpointer a,
               gconstpointer b)
{
  const PatternTest *x = *(PatternTest *const *) a;
  const PatternTest *y = *(PatternTest *const *) b;

  return (x->kind == PATTERN_TEST_ANYTHING_BUT) - (y->kind == PATTERN_TEST_ANYTHING_BUT);
}

/* Is called once all tests are there. Those that an index can answer come first. */
void
posture_pattern_condition_seal (PatternCondition *self)
{
  g_ptr_array_sort (self->tests, compare_tests);
  while (self->n_indexed < self->tests->len &&
         ((PatternTest *) g_ptr_array_index (self->tests, self->n_indexed))->kind !=
           PATTERN_TEST_ANYTHING_BUT)
    self->n_indexed++;
  if (self->n_indexed > MAX_TRIED)
    self->index = index_new (self->tests, self->n_indexed);
  else
    self->n_indexed = 0;
}

static gboolean
is_excluded (const PatternTest *self,
             PatternValue      *value,
             PatternArena      *arena)
{
  if (self->index != NULL)
    return posture_pattern_index_find (self->index, value, arena, NULL);
  for (guint i = 0; i < self->excluded->len; i++)
    if (posture_pattern_test_holds (g_ptr_array_index (self->excluded, i), value, arena))
      return TRUE;
  return FALSE;
}

static gboolean
text_equals (const PatternTest *self,
             const char        *text,
             gsize              length)
{
  return length == self->length && memcmp (text, self->text, length) == 0;
}

static gboolean
text_begins (const PatternTest *self,
             const char        *text,
             gsize              length)
{
  return length >= self->length && memcmp (text, self->text, self->length) == 0;
}

static gboolean
text_ends (const PatternTest *self,
           const char        *text,
           gsize              length)
{
  return length >= self->length &&
         memcmp (text + length - self->length, self->text, self->length) == 0;
}

static gboolean
holds_for_folded (const PatternTest *self,
                  PatternText        folded)
{
  if (self->kind == PATTERN_TEST_FOLDED_PREFIX)
    return text_begins (self, folded.text, folded.length);
  if (self->kind == PATTERN_TEST_FOLDED_SUFFIX)
    return text_ends (self, folded.text, folded.length);
  return text_equals (self, folded.text, folded.length);
}

static gboolean
holds_for_string (const PatternTest *self,
                  PatternValue      *value,
                  PatternArena      *arena)
{
  const PatternAddress *address;

  switch (self->kind)
    {
    case PATTERN_TEST_STRING:
      return text_equals (self, value->text, value->length);
    case PATTERN_TEST_ADDRESS:
    case PATTERN_TEST_NETWORK:
      address = posture_pattern_value_get_address (value, arena);
      return address != NULL && posture_pattern_address_within (address, &self->address, self->bits);
    case PATTERN_TEST_PREFIX:
      return text_begins (self, value->text, value->length);
    case PATTERN_TEST_SUFFIX:
      return text_ends (self, value->text, value->length);
    case PATTERN_TEST_WILDCARD:
      return posture_pattern_wildcard_matches (self->wildcard, value->text, value->length);
    default:
      return is_folded (self->kind) &&
             holds_for_folded (self, posture_pattern_value_get_folded (value, arena));
    }
}

static gboolean
holds_for_number (const PatternTest *self,
                  PatternValue      *value)
{
  double number;

  if (self->kind == PATTERN_TEST_NUMBER && !self->exact)
    return text_equals (self, value->text, value->length);
  if (self->kind != PATTERN_TEST_NUMBER && self->kind != PATTERN_TEST_RANGE)
    return FALSE;
  number = posture_pattern_value_get_number (value);
  if (self->kind == PATTERN_TEST_NUMBER)
    return number == self->number && posture_pattern_value_is_exact (value);
  return (self->lower_open ? number > self->lower : number >= self->lower) &&
         (self->upper_open ? number < self->upper : number <= self->upper) &&
         posture_pattern_value_is_exact (value);
}

/* Whether a value passes a test. */
gboolean
posture_pattern_test_holds (const PatternTest *self,
                            PatternValue      *value,
                            PatternArena      *arena)
{
  if (self->kind == PATTERN_TEST_EXISTS)
    return TRUE;
  if (self->kind == PATTERN_TEST_ANYTHING_BUT)
    return !is_excluded (self, value, arena);
  if (value->kind == POSTURE_JSON_STRING)
    return holds_for_string (self, value, arena);
  if (value->kind == POSTURE_JSON_NUMBER)
    return holds_for_number (self, value);
  return self->kind == PATTERN_TEST_LITERAL && self->literal == (PostureJsonKind) value->kind &&
         self->truth == value->truth;
}

/* Whether a value is what the field may be. */
gboolean
posture_pattern_condition_holds (const PatternCondition *self,
                                 PatternValue           *value,
                                 PatternArena           *arena)
{
  if (self->index != NULL && posture_pattern_index_find (self->index, value, arena, NULL))
    return TRUE;
  for (guint i = self->n_indexed; i < self->tests->len; i++)
    if (posture_pattern_test_holds (g_ptr_array_index (self->tests, i), value, arena))
      return TRUE;
  return FALSE;
}

guint
posture_pattern_test_hash (const PatternTest *self)
{
  guint hash = (guint) self->kind * 31 + (guint) self->literal * 7 + (guint) self->truth;

  if (self->text != NULL)
    hash = hash * 33 + posture_pattern_hash (self->text, self->length);
  if (self->kind == PATTERN_TEST_RANGE)
    hash = hash * 33 + g_double_hash (&self->lower) + 5 * g_double_hash (&self->upper);
  for (guint i = 0; self->excluded != NULL && i < self->excluded->len; i++)
    hash = hash * 33 + posture_pattern_test_hash (g_ptr_array_index (self->excluded, i));
  return hash;
}

static gboolean tests_equal (GPtrArray *a,
                             GPtrArray *b);

static gboolean
test_equal (const PatternTest *a,
            const PatternTest *b)
{
  if (a->kind != b->kind || a->literal != b->literal || a->truth != b->truth ||
      a->length != b->length || (a->text != NULL && memcmp (a->text, b->text, a->length) != 0))
    return FALSE;
  if (a->kind == PATTERN_TEST_RANGE)
    return a->lower == b->lower && a->upper == b->upper && a->lower_open == b->lower_open &&
           a->upper_open == b->upper_open;
  return a->excluded == NULL || tests_equal (a->excluded, b->excluded);
}

static gboolean
tests_equal (GPtrArray *a,
             GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!test_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

guint
posture_pattern_condition_hash (const PatternCondition *self)
{
  guint hash = 0;

  for (guint i = 0; i < self->tests->len; i++)
    hash = hash * 33 + posture_pattern_test_hash (g_ptr_array_index (self->tests, i));
  return hash;
}

/* Whether two conditions are spelled alike, so that one stands for both. */
gboolean
posture_pattern_condition_equal (const PatternCondition *a,
                                 const PatternCondition *b)
{
  return tests_equal (a->tests, b->tests);
}
