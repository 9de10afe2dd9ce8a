/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/matcher-private.h"

/* How many values pass a text of some length, if it is only a part of them. */
static guint
weigh_length (gsize length)
{
  return length >= 4 ? 2 : 32u >> (2 * length);
}

static guint
weigh_wildcard (const PatternTest *test)
{
  const PatternText *texts;
  guint n_texts = posture_pattern_wildcard_get_texts (test->wildcard, &texts);
  gsize length = 0;

  for (guint i = 0; i < n_texts; i++)
    length += texts[i].length;
  return 2 * weigh_length (length);
}

/* How likely a value passes a test, roughly, as a share of what passes one for a given text. */
guint
posture_matcher_weigh (const PatternTest *test)
{
  switch (test->kind)
    {
    case PATTERN_TEST_STRING:
    case PATTERN_TEST_NUMBER:
    case PATTERN_TEST_ADDRESS:
    case PATTERN_TEST_FOLDED:
      return 1;
    case PATTERN_TEST_NETWORK:
      return 1 + 64 / (1 + test->bits);
    case PATTERN_TEST_PREFIX:
    case PATTERN_TEST_SUFFIX:
    case PATTERN_TEST_FOLDED_PREFIX:
    case PATTERN_TEST_FOLDED_SUFFIX:
      return weigh_length (test->length);
    case PATTERN_TEST_WILDCARD:
      return weigh_wildcard (test);
    case PATTERN_TEST_RANGE:
    case PATTERN_TEST_LITERAL:
      return 64;
    case PATTERN_TEST_ABSENT:
      return 0;
    default:
      return MATCHER_WEIGHT_ANY;
    }
}
