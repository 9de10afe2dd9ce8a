/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"

#include "pattern/finder.h"

#include <string.h>

static const char *const patterns[] = {
  "{\"a\": [\"x\", 1, true, null, {\"exists\": false}]}",
  "{\"a\": {\"b\": [{\"prefix\": \"p\"}, {\"numeric\": [\">\", 0.3, \"<=\", 100]}]}, \"c\": [{\"exists\": true}]}",
  "{\"a\": {\"b\": [{\"anything-but\": [\"x\", \"y\"]}]}, \"d\": {\"e\": [{\"suffix\": \"z\"}], \"f\": [1]}}",
  "{\"c\": [{\"wildcard\": \"*ab*c\"}, {\"equals-ignore-case\": \"\xc5\xbfS\"}, {\"cidr\": \"10.0.0.0/8\"}]}",
  "{\"\": [{\"exists\": true}], \"c\": [\"10.0.0.1\"]}",
  "{\"$or\": [{\"d\": {\"e\": [1.5]}}, {\"d\": {\"f\": [{\"anything-but\": {\"wildcard\": \"*q*\"}}]}}]}",
};

/* The same rules and finder for all inputs, so that what one leaves is there for the next. */
static PostureFinder *
get_finder (void)
{
  static PostureMatcher *matcher;
  static PostureFinder *finder;

  if (matcher != NULL)
    return finder;
  matcher = posture_matcher_new ();
  for (guint i = 0; i < 3 * G_N_ELEMENTS (patterns); i++)
    {
      const char *text = patterns[i % G_N_ELEMENTS (patterns)];
      g_autoptr (PosturePattern) pattern = posture_pattern_new (text, strlen (text), NULL);
      g_autofree char *name = g_strdup_printf ("%u", i);

      posture_matcher_add (matcher, name, pattern);
    }
  finder = posture_finder_new (matcher);
  return finder;
}

static guint64
summarize (PostureFinder *finder)
{
  guint64 sum = posture_finder_get_length (finder);

  for (guint i = 0; i < posture_finder_get_length (finder); i++)
    sum = sum * 31 + posture_finder_get_number (finder, i);
  return sum;
}

/* Any bytes as an event. With wrong promises the answer may be wrong, but nothing else; with what
 * posture_finder_check() says, it is always the same. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  PostureFinder *finder = get_finder ();
  const char *event = (const char *) data;
  PostureEventTrust trust;
  guint64 sum;

  posture_finder_find (finder, event, size, POSTURE_EVENT_VALID, NULL);
  posture_finder_find (finder, event, size, POSTURE_EVENT_VALID | POSTURE_EVENT_ONCE, NULL);
  if (!posture_finder_check (event, size, &trust, NULL))
    {
      g_assert_false (posture_finder_find (finder, event, size, POSTURE_EVENT_UNCHECKED, NULL));
      return 0;
    }
  g_assert_true (posture_finder_find (finder, event, size, POSTURE_EVENT_UNCHECKED, NULL));
  sum = summarize (finder);
  g_assert_true (posture_finder_find (finder, event, size, trust, NULL));
  g_assert_cmpuint (summarize (finder), ==, sum);
  return 0;
}
