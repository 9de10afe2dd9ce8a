/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pattern/finder.h"
#include "pattern/matcher.h"
#include "pattern/pattern-scan-private.h"

#include "pattern-cases.h"

#include <string.h>

static gboolean
add (PostureMatcher *matcher,
     const char     *name,
     const char     *pattern_text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PosturePattern) pattern =
    posture_pattern_new (pattern_text, strlen (pattern_text), &error);

  g_assert_no_error (error);
  return posture_matcher_add (matcher, name, pattern);
}

/* Asserts which rules @event matches, by both ways of asking. */
static void
assert_match (PostureMatcher *matcher,
              const char     *event,
              const char     *expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = posture_matcher_match (matcher, event, strlen (event), POSTURE_EVENT_UNCHECKED, &error);
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (event, NULL);
  g_auto (GStrv) names_of_node = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *joined_of_node = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (names);
  joined = g_strjoinv (" ", names);
  g_assert_cmpstr (joined, ==, expected);
  names_of_node = posture_matcher_match_node (matcher, posture_json_document_get_root (document));
  joined_of_node = g_strjoinv (" ", names_of_node);
  g_assert_cmpstr (joined_of_node, ==, expected);
}

/* Asserts which rules match, in their order, by a finder that has seen other events before. */
static void
assert_finder (PostureFinder *finder,
               const char    *event,
               guint          first,
               guint          n)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (posture_finder_find (finder, event, strlen (event), POSTURE_EVENT_UNCHECKED, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (posture_finder_get_length (finder), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (posture_finder_get_number (finder, i), ==, first + i);
}

/* Rules with paths that were not there before come between the events of one finder; it keeps its notes of
 * earlier rules, and gives many in order. */
static void
test_growing (void)
{
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();
  PostureFinder *finder = posture_finder_new (matcher);
  g_autoptr (GString) event = g_string_new ("{\"a\": {\"b0\": 1");

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("rule %u", i);
      g_autofree char *pattern = g_strdup_printf ("{\"a\": {\"b%u\": [1], \"x\": [{\"exists\": false}]}}", i);
      g_autofree char *all = NULL;
      g_autofree char *one = g_strdup_printf ("{\"a\": {\"b%u\": 1}}", i);

      g_assert_true (add (matcher, name, pattern));
      if (i > 0)
        g_string_append_printf (event, ", \"b%u\": 1", i);
      all = g_strconcat (event->str, "}}", NULL);
      assert_finder (finder, all, 0, i + 1);
      assert_finder (finder, one, i, 1);
      assert_finder (finder, "{\"a\": {\"b0\": 1, \"x\": 1}}", 0, 0);
    }
  posture_finder_free (finder);
}

/* Passing over what no rule names gives the same on every processor. */
static void
test_skip (void)
{
  const char signs[] = "{{}}[]\"\"\\\\ ,:ab\n";
  char text[300];

  for (guint round = 0; round < 20000; round++)
    {
      guint length = (guint) g_test_rand_int_range (0, sizeof text);
      char open = g_test_rand_bit () ? '{' : '[';

      for (guint i = 0; i < length; i++)
        text[i] = g_test_rand_int_range (0, 4) > 0 ? 'x' : signs[g_test_rand_int_range (0, sizeof signs - 1)];
      g_assert_true (posture_pattern_skip_container (text, text + length, open) ==
                     posture_pattern_skip_container_plain (text, text + length, open));
    }
  strcpy (text, "\"}\\\"}\", {}}, rest");
  g_assert_cmpint (posture_pattern_skip_container_plain (text, text + strlen (text), '{') - text, ==, 11);
}

static void
test_empty (void)
{
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();

  assert_match (matcher, "{\"a\": 1}", "");
}

/* Names come in the order of adding, whatever they are called. */
static void
test_order (void)
{
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();

  g_assert_true (add (matcher, "zebra", "{\"a\": [1, 2]}"));
  g_assert_true (add (matcher, "apple", "{\"a\": [{\"exists\": true}]}"));
  g_assert_true (add (matcher, "mango", "{\"b\": [{\"exists\": false}], \"a\": [1]}"));
  assert_match (matcher, "{\"a\": 1}", "zebra apple mango");
  assert_match (matcher, "{\"a\": 2}", "zebra apple");
  assert_match (matcher, "{\"a\": 1, \"b\": 1}", "zebra apple");
  assert_match (matcher, "{\"b\": 1}", "");
}

static void
test_replace (void)
{
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();

  g_assert_true (add (matcher, "first", "{\"a\": [1]}"));
  g_assert_true (add (matcher, "second", "{\"a\": [1, 2]}"));
  g_assert_false (add (matcher, "first", "{\"a\": [2]}"));
  assert_match (matcher, "{\"a\": 1}", "second");
  assert_match (matcher, "{\"a\": 2}", "first second");
}

static void
test_remove (void)
{
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();

  g_assert_false (posture_matcher_remove (matcher, "first"));
  add (matcher, "first", "{\"a\": [1]}");
  add (matcher, "second", "{\"a\": [1]}");
  add (matcher, "third", "{\"a\": [1]}");
  g_assert_true (posture_matcher_remove (matcher, "second"));
  g_assert_false (posture_matcher_remove (matcher, "second"));
  assert_match (matcher, "{\"a\": 1}", "first third");

  /* back again, it comes last */
  g_assert_true (add (matcher, "second", "{\"a\": [1]}"));
  g_assert_true (posture_matcher_remove (matcher, "first"));
  assert_match (matcher, "{\"a\": 1}", "third second");
}

/* Many rules that are replaced and removed before anybody matches: in the order of adding, against it, and
 * across. */
static void
test_change_many (void)
{
  enum { N = 20000 };
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();
  g_autoptr (PosturePattern) one = posture_pattern_new ("{\"a\": [1]}", 10, NULL);
  g_autoptr (PosturePattern) two = posture_pattern_new ("{\"a\": [2]}", 10, NULL);
  g_autoptr (GString) left = g_string_new ("");
  char name[16];

  for (guint i = 0; i < N; i++)
    {
      g_snprintf (name, sizeof name, "%u", i);
      g_assert_true (posture_matcher_add (matcher, name, one));
    }
  for (guint i = 0; i < N; i++)
    {
      g_snprintf (name, sizeof name, "%u", i);
      g_assert_false (posture_matcher_add (matcher, name, two));
    }
  for (guint i = N; i-- > 0;)
    {
      g_snprintf (name, sizeof name, "%u", i);
      g_assert_false (posture_matcher_add (matcher, name, i % 1000 == 7 ? one : two));
    }
  for (guint i = 0; i < N; i++)
    {
      guint across = (guint) ((guint64) i * 7919 % N);

      g_snprintf (name, sizeof name, "%u", across);
      if (across % 500 != 7)
        g_assert_true (posture_matcher_remove (matcher, name));
    }
  for (guint i = 7; i < N; i += 1000)
    g_string_append_printf (left, "%s%u", i > 7 ? " " : "", i);
  assert_match (matcher, "{\"a\": 1}", left->str);

  /* what is compiled is replaced and removed in the same way */
  g_assert_false (posture_matcher_add (matcher, "507", one));
  for (guint i = 7; i < N; i += 1000)
    {
      g_snprintf (name, sizeof name, "%u", i);
      g_assert_true (posture_matcher_remove (matcher, name));
    }
  assert_match (matcher, "{\"a\": 1}", "507");
}

/* The same pattern under two names; the matcher has references of its own. */
static void
test_shared_pattern (void)
{
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();
  PosturePattern *pattern = posture_pattern_new ("{\"a\": [1]}", 10, NULL);

  g_assert_true (posture_matcher_add (matcher, "one", pattern));
  g_assert_true (posture_matcher_add (matcher, "two", pattern));
  g_assert_false (posture_matcher_add (matcher, "one", pattern));
  posture_pattern_unref (pattern);
  g_assert_true (posture_matcher_remove (matcher, "one"));
  assert_match (matcher, "{\"a\": 1}", "two");
}

static void
test_errors (void)
{
  static const char *const events[] = { "", "[]", "{\"a\": 1", "{\"a\": 1} x", "3" };
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();

  add (matcher, "rule", "{\"a\": [1]}");
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (posture_matcher_match (matcher, events[i], strlen (events[i]), POSTURE_EVENT_UNCHECKED, &error));
      g_assert_error (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_EVENT);
      g_assert_null (posture_matcher_match (matcher, events[i], strlen (events[i]), POSTURE_EVENT_UNCHECKED, NULL));
    }
}

/* One rule that cannot be decided is an error, where errors can be told; else it is left out. */
static void
test_undecidable (void)
{
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();
  g_autofree char *text = NULL;
  g_autofree char *event = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *joined = NULL;
  PostureJsonLimits limits = posture_json_limits_default;

  pattern_cases_make_puzzle (&text, &event);
  add (matcher, "before", "{\"b\": [1]}");
  add (matcher, "puzzle", text);
  add (matcher, "after", "{\"b\": [1]}");
  g_assert_null (posture_matcher_match (matcher, event, strlen (event), POSTURE_EVENT_UNCHECKED, &error));
  g_assert_error (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_EVENT);
  g_clear_error (&error);
  g_assert_null (posture_matcher_match (matcher, event, strlen (event), POSTURE_EVENT_UNCHECKED, NULL));

  limits.allow_duplicates = TRUE;
  bytes = g_bytes_new_static (event, strlen (event));
  document = posture_json_document_new (bytes, &limits, &error);
  g_assert_no_error (error);
  names = posture_matcher_match_node (matcher, posture_json_document_get_root (document));
  joined = g_strjoinv (" ", names);
  g_assert_cmpstr (joined, ==, "before after");
}

typedef struct
{
  PostureMatcher *matcher;
  guint number;
} Worker;

/* Adds and removes a rule of its own, and always finds it together with the one that stays. */
/* Whoever says of bytes that they are JSON, and they are not, breaks nothing: what is no escape stays as it is. */
static void
test_odd_escapes (void)
{
  static const struct
  {
    const char *event;
    const char *name;
  } cases[] = {
    { "{\"a\": \"\\u0000x\"}", "x" },
    { "{\"a\": \"\\ud83dx\"}", "x" },
    { "{\"a\": \"\\ud83d\\u0078\"}", "x" },
    { "{\"a\": \"\\udc00\\u0078\"}", "x" },
    { "{\"a\": \"\\ud83d\\udbffx\"}", "x" },
    { "{\"a\": \"\\ud83d\\ue000\"}", "last" },
    { "{\"a\": \"\\udbff\\udfff\"}", "pair" },
    { "{\"a\": \"\\q\"}", "as-it-is" },
    { "{\"a\": \"\\u00g0\"}", "hex" },
    { "{\"a\": \"\\u004\"}", "short" },
  };
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();
  g_autoptr (PostureFinder) finder = posture_finder_new (matcher);

  add (matcher, "x", "{\"a\": [{\"suffix\": \"x\"}]}");
  add (matcher, "literal", "{\"a\": [\"\\\\u0000x\"]}");
  add (matcher, "last", "{\"a\": [{\"suffix\": \"\\ue000\"}]}");
  add (matcher, "pair", "{\"a\": [\"\\udbff\\udfff\"]}");
  add (matcher, "as-it-is", "{\"a\": [\"\\\\q\"]}");
  add (matcher, "hex", "{\"a\": [\"\\\\u00g0\"]}");
  add (matcher, "short", "{\"a\": [\"\\\\u004\"]}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *event = cases[i].event;

      g_assert_true (posture_finder_find (finder, event, strlen (event), POSTURE_EVENT_VALID, NULL));
      g_assert_cmpuint (posture_finder_get_length (finder), ==, 1);
      g_assert_cmpstr (posture_finder_get_name (finder, 0), ==, cases[i].name);
    }
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;
  g_autofree char *name = g_strdup_printf ("rule-%u", worker->number);
  g_autofree char *pattern = g_strdup_printf ("{\"n\": [%u]}", worker->number);
  g_autofree char *event = g_strdup_printf ("{\"n\": %u, \"a\": 1}", worker->number);
  g_autofree char *both = g_strdup_printf ("stays %s", name);

  for (guint i = 0; i < 200; i++)
    {
      g_assert_true (add (worker->matcher, name, pattern));
      assert_match (worker->matcher, event, both);
      g_assert_false (add (worker->matcher, name, pattern));
      g_assert_true (posture_matcher_remove (worker->matcher, name));
      assert_match (worker->matcher, event, "stays");
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (PostureMatcher) matcher = posture_matcher_new ();
  Worker workers[4];
  GThread *threads[4];

  add (matcher, "stays", "{\"a\": [1]}");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      workers[i] = (Worker) { matcher, i };
      threads[i] = g_thread_new ("rules", work, &workers[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  assert_match (matcher, "{\"a\": 1, \"n\": 2}", "stays");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matcher/growing", test_growing);
  g_test_add_func ("/matcher/skip", test_skip);
  g_test_add_func ("/matcher/empty", test_empty);
  g_test_add_func ("/matcher/order", test_order);
  g_test_add_func ("/matcher/replace", test_replace);
  g_test_add_func ("/matcher/remove", test_remove);
  g_test_add_func ("/matcher/change-many", test_change_many);
  g_test_add_func ("/matcher/shared-pattern", test_shared_pattern);
  g_test_add_func ("/matcher/errors", test_errors);
  g_test_add_func ("/matcher/undecidable", test_undecidable);
  g_test_add_func ("/matcher/odd-escapes", test_odd_escapes);
  g_test_add_func ("/matcher/threads", test_threads);
  return g_test_run ();
}
