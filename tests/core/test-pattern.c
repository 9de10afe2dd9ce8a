/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pattern/pattern.h"

#include "pattern-cases.h"

#include <string.h>

static PosturePattern *
pattern_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  PosturePattern *pattern = posture_pattern_new (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (pattern);
  return pattern;
}

static gboolean
matches (const char *pattern_text,
         const char *event)
{
  g_autoptr (PosturePattern) pattern = pattern_of (pattern_text);
  g_autoptr (GError) error = NULL;
  gboolean result = FALSE;

  g_assert_true (posture_pattern_matches (pattern, event, strlen (event), &result, &error));
  g_assert_no_error (error);
  return result;
}

static void
assert_refused (const char *text,
                const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PosturePattern) pattern = posture_pattern_new (text, strlen (text), &error);

  g_assert_null (pattern);
  g_assert_error (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

/* "[" @count times @unit, with commas between, "]" */
static char *
list_of (const char *unit,
         guint       count)
{
  GString *list = g_string_new ("[");

  for (guint i = 0; i < count; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "," : "", unit);
  g_string_append_c (list, ']');
  return g_string_free (list, FALSE);
}

typedef struct
{
  guint total;
  guint failed;
} Counts;

static void
count_case (const char *name,
            const char *expect,
            const char *got,
            const char *message,
            gpointer    data)
{
  Counts *counts = data;

  counts->total++;
  if (g_str_equal (expect, got))
    return;
  counts->failed++;
  g_test_message ("%s: expected %s, got %s (%s)", name, expect, got, message);
}

/* Everything that the language can say, one case a line in patterns/cases.jsonl. */
static void
test_cases (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "patterns", "cases.jsonl", NULL);
  g_autoptr (GError) error = NULL;
  Counts counts = { 0, 0 };

  g_assert_true (pattern_cases_run (path, count_case, &counts, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (counts.total, >, 400);
  g_assert_cmpuint (counts.failed, ==, 0);
}

/* A message says where and why. */
static void
test_places (void)
{
  static const char *const refused[][2] = {
    { "[]", "pattern: an object was expected" },
    { "{}", "pattern: an empty object says nothing" },
    { "{\"a\": 1}", "a: a list or an object was expected" },
    { "{\"a\": {\"b\": {}}}", "a.b: an empty object says nothing" },
    { "{\"a\": {\"b\": []}}", "a.b: an empty list accepts nothing" },
    { "{\"a\": [\"x\", [1]]}", "a[1]: a list cannot stand in a list" },
    { "{\"a\": [{}]}", "a[0]: an empty object says nothing" },
    { "{\"a\": [{\"prefix\": \"x\", \"suffix\": \"y\"}]}",
      "a[0]: only one operator can stand in an object" },
    { "{\"a\": [{\"like\": \"x\"}]}", "a[0].like: there is no such operator" },
    { "{\"a\": [{\"prefix\": 1}]}", "a[0].prefix: a text was expected" },
    { "{\"a\": [{\"suffix\": {\"prefix\": \"x\"}}]}",
      "a[0].suffix.prefix: only “equals-ignore-case” can stand here" },
    { "{\"a\": [{\"exists\": 1}]}", "a[0].exists: true or false was expected" },
    { "{\"detail\": {\"state\": [{\"numeric\": [\">\", 5, \"<\", 1]}]}}",
      "detail.state[0].numeric: the lower bound lies above the upper one" },
    { "{\"a\": [{\"numeric\": [\">\", 5, \"<\", 5]}]}",
      "a[0].numeric: the bounds are equal; use = instead" },
    { "{\"a\": [{\"numeric\": [\"<\", 5, \">\", 1]}]}",
      "a[0].numeric: a range is written > or >= first, then < or <=" },
    { "{\"a\": [{\"numeric\": [\"<\"]}]}",
      "a[0].numeric: a list of one or two comparisons was expected, each followed by its number" },
    { "{\"a\": [{\"numeric\": [\"!\", 1]}]}",
      "a[0].numeric: one of =, <, <=, > and >= was expected" },
    { "{\"a\": [{\"numeric\": [\"<\", \"1\"]}]}",
      "a[0].numeric: a number must follow each comparison" },
    { "{\"a\": [{\"numeric\": [\"<\", 5000000001]}]}",
      "a[0].numeric: a bound must lie between -5e9 and 5e9" },
    { "{\"a\": [{\"numeric\": [\"<\", 0.10000000000000001]}]}",
      "a[0].numeric: 0.10000000000000001 has more digits than can be compared" },
    { "{\"a\": [{\"cidr\": \"10.0.0.0\"}]}",
      "a[0].cidr: an address, a slash and a number of bits were expected" },
    { "{\"a\": [{\"cidr\": \"10.0.0.0/32\"}]}",
      "a[0].cidr: the number of bits must lie between 0 and 31" },
    { "{\"a\": [{\"cidr\": \"::/128\"}]}",
      "a[0].cidr: the number of bits must lie between 0 and 127" },
    { "{\"a\": [{\"anything-but\": [\"x\", 1]}]}",
      "a[0].anything-but[1]: texts and numbers cannot stand in one list" },
    { "{\"a\": [{\"anything-but\": []}]}", "a[0].anything-but: an empty list excludes nothing" },
    { "{\"a\": [{\"anything-but\": null}]}",
      "a[0].anything-but: a text or a number was expected" },
    { "{\"a\": [{\"anything-but\": {\"prefix\": [\"x\", \"\"]}}]}",
      "a[0].anything-but.prefix[1]: an empty text would exclude every text" },
    { "{\"a\": [{\"anything-but\": {\"cidr\": \"::/8\"}}]}",
      "a[0].anything-but.cidr: this operator cannot stand in anything-but" },
    { "{\"a\": [{\"wildcard\": \"**\"}]}",
      "a[0].wildcard: two stars in a row are not accepted" },
    { "{\"a\": [{\"wildcard\": \"\\\\n\"}]}",
      "a[0].wildcard: a backslash may only stand before a star or a backslash" },
    { "{\"a\": [{\"wildcard\": \"*:*:*:*:*:event-bus/*\"}]}",
      "a[0].wildcard: too complex; use fewer stars, or fewer repetitions after a star" },
    { "{\"x\": {\"$or\": [{\"a\": [1]}, {\"b\": [{\"like\": 1}]}]}}",
      "x.$or[1].b[0].like: there is no such operator" },
    { "{\"$or\": [{\"a\": [1]}]}", "$or: $or needs at least two alternatives" },
    { "{\"x\": {\"$or\": [{\"a\": [1]}, \"b\"]}}",
      "x.$or[1]: each alternative of $or must be an object" },
    { "{\"$or\": [[1], {\"a\": [1]}]}", "$or[0]: each alternative of $or must be an object" },
    { "{\"$or\": [{\"a\": [1]}, {\"b\": [1], \"prefix\": [1]}]}",
      "$or[1].prefix: no field in an alternative of $or can be called like an operator" },
    { "{\"$or\": [{\"prefix\": \"a\"}, {\"suffix\": 5}]}", "$or[1].suffix: a text was expected" },
    { "{\"$or\": [{}]}", "$or[0]: an empty object says nothing" },
    { "{\"a\": [1]} {}", "line 1, column 12: text follows after the end of the value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i][0], refused[i][1]);
}

/* Who does not want to know why need not take the error. */
static void
test_no_error_wanted (void)
{
  gboolean result = TRUE;
  g_autoptr (PosturePattern) pattern = pattern_of ("{\"a\": [1]}");

  g_assert_null (posture_pattern_new ("{}", 2, NULL));
  g_assert_null (posture_pattern_new ("{", 1, NULL));
  g_assert_false (posture_pattern_matches (pattern, "{", 1, &result, NULL));
  g_assert_true (result);
}

static void
test_event_errors (void)
{
  static const char *const events[][2] = {
    { "[]", "The event is not a JSON object" },
    { "\"a\"", "The event is not a JSON object" },
    { "{\"a\": }",
      "The event is not a JSON object: line 1, column 7: a value was expected here" },
  };
  g_autoptr (PosturePattern) pattern = pattern_of ("{\"a\": [1]}");

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean result = TRUE;

      g_assert_false (posture_pattern_matches (pattern, events[i][0], strlen (events[i][0]),
                                               &result, &error));
      g_assert_error (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_EVENT);
      g_assert_cmpstr (error->message, ==, events[i][1]);
      g_assert_true (result); /* untouched */
    }
}

/* The length counts, not a NUL. */
static void
test_length (void)
{
  static const char text[] = "{\"a\": [1]}{\"a\": 1}";
  g_autoptr (GError) error = NULL;
  g_autoptr (PosturePattern) pattern = posture_pattern_new (text, 10, &error);
  gboolean result = FALSE;

  g_assert_no_error (error);
  g_assert_true (posture_pattern_matches (pattern, text + 10, 8, &result, &error));
  g_assert_true (result);
}

static void
test_nodes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureJsonDocument) document =
    posture_json_document_new_text ("{\"p\": {\"a\": [\"x\"]}, \"e\": {\"a\": \"x\"}, \"n\": 3}",
                                    &error);
  const PostureJsonNode *root = posture_json_document_get_root (document);
  const PostureJsonNode *event = posture_json_node_get_member (root, "e");
  g_autoptr (PosturePattern) pattern =
    posture_pattern_new_from_node (posture_json_node_get_member (root, "p"), &error);
  g_autoptr (PosturePattern) other = NULL;
  g_autoptr (PosturePattern) member = NULL;
  const char *name = "b";
  const PostureJsonNode *value = posture_json_node_get_member (event, "a");

  g_assert_no_error (error);
  g_assert_true (posture_pattern_matches_node (pattern, event));
  g_assert_false (posture_pattern_matches_node (pattern, root));
  g_assert_false (posture_pattern_matches_node (pattern, posture_json_node_get_member (root, "n")));
  g_assert_null (posture_pattern_new_from_node (event, &error));
  g_assert_error (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_INVALID);

  /* what is asked of one member does not depend on what that is called */
  g_clear_error (&error);
  member = posture_pattern_new_for_member (
    "b", posture_json_node_get_member (posture_json_node_get_member (root, "p"), "a"), &error);
  g_assert_no_error (error);
  g_assert_true (posture_pattern_matches_members (member, &name, &value, 1));
  value = NULL;
  g_assert_false (posture_pattern_matches_members (member, &name, &value, 1));
  g_assert_null (posture_pattern_new_for_member ("b", posture_json_node_get_member (root, "n"), &error));
  g_assert_error (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_INVALID);

  /* a pattern needs neither its text nor its first owner */
  other = posture_pattern_ref (pattern);
  g_clear_pointer (&pattern, posture_pattern_unref);
  g_assert_true (posture_pattern_matches_node (other, event));
}

static void
test_paths (void)
{
  g_autoptr (PosturePattern) pattern =
    pattern_of ("{\"source\": [\"s\"], \"detail\": {\"b.c\": [1], \"a\": [2], \"b\": {\"c\": [3]},"
                " \"$or\": [{\"z\": [1]}, {\"a\": [1], \"y\": [2]}]}, \"detail-type\": [\"t\"]}");
  g_auto (GStrv) paths = posture_pattern_dup_paths (pattern);
  g_autofree char *joined = g_strjoinv (" ", paths);

  g_assert_cmpstr (joined, ==, "detail-type detail.a detail.b.c detail.y detail.z source");
}

/* Ten branches three times are a thousand alternatives; one more is refused. */
static void
test_max_alternatives (void)
{
  g_autofree char *ten = list_of ("{\"a\": [1]}", 10);
  g_autofree char *eleven = list_of ("{\"a\": [1]}", 11);
  g_autofree char *thousand = list_of ("{\"a\": [1]}", 1000);
  g_autofree char *over = list_of ("{\"a\": [1]}", 1001);
  g_autofree char *full =
    g_strdup_printf ("{\"x\": {\"$or\": %s}, \"y\": {\"$or\": %s}, \"z\": {\"$or\": %s}}", ten, ten,
                     ten);
  g_autofree char *product =
    g_strdup_printf ("{\"x\": {\"$or\": %s}, \"y\": {\"$or\": %s}, \"z\": {\"$or\": %s}}", ten, ten,
                     eleven);
  g_autofree char *flat = g_strdup_printf ("{\"$or\": %s}", thousand);
  g_autofree char *too_flat = g_strdup_printf ("{\"$or\": %s}", over);

  g_assert_true (matches (full, "{\"x\": {\"a\": 1}, \"y\": {\"a\": 1}, \"z\": {\"a\": 1}}"));
  assert_refused (product, "pattern: more than 1000 combinations of $or");
  g_assert_true (matches (flat, "{\"a\": 1}"));
  assert_refused (too_flat, "$or[1000]: more than 1000 combinations of $or");
}

static char *
fields_of (guint    count,
           gboolean pattern)
{
  GString *fields = g_string_new ("{");

  for (guint i = 0; i < count; i++)
    g_string_append_printf (fields, "%s\"f%u\": %s%u%s", i > 0 ? ", " : "", i,
                            pattern ? "[" : "", i, pattern ? "]" : "");
  g_string_append_c (fields, '}');
  return g_string_free (fields, FALSE);
}

static void
test_max_paths (void)
{
  g_autofree char *most = fields_of (POSTURE_PATTERN_MAX_PATHS, TRUE);
  g_autofree char *event = fields_of (POSTURE_PATTERN_MAX_PATHS, FALSE);
  g_autofree char *short_event = fields_of (POSTURE_PATTERN_MAX_PATHS - 1, FALSE);
  g_autofree char *too_many = fields_of (POSTURE_PATTERN_MAX_PATHS + 1, TRUE);
  g_autofree char *deep = g_strnfill (127, '.');
  g_autofree char *deep_pattern = g_strdup_printf ("{\"%s\": [1]}", deep);
  g_autofree char *deep_event = g_strdup_printf ("{\"%s\": 1}", deep);
  g_autofree char *deeper_pattern = g_strdup_printf ("{\".%s\": [1]}", deep);
  g_autofree char *message = g_strdup_printf (".%s: more than 128 names in one path", deep);
  g_autofree char *wide = g_strnfill (1022, 'w');
  g_autofree char *wide_pattern = g_strdup_printf ("{\"%s\": {\"a\": [1]}}", wide);
  g_autofree char *wide_event = g_strdup_printf ("{\"%s\": {\"a\": 1}}", wide);
  g_autofree char *wider_pattern = g_strdup_printf ("{\"%s\": {\"ab\": [1]}}", wide);
  g_autofree char *wider_message = g_strdup_printf ("%s: a path of more than 1024 bytes", wide);

  g_assert_true (matches (most, event));
  g_assert_false (matches (most, short_event));
  assert_refused (too_many, "f64: more than 64 fields must hold together");
  g_assert_true (matches (deep_pattern, deep_event));
  assert_refused (deeper_pattern, message);
  g_assert_true (matches (wide_pattern, wide_event));
  assert_refused (wider_pattern, wider_message);
}

/* What is too large is refused before it is multiplied: these would come to a billion conditions, or to
 * gigabytes of paths. */
static void
test_small_but_huge (void)
{
  g_autofree char *branches = list_of ("{\"b\": [1]}", 1000);
  g_autofree char *fields = fields_of (100000, TRUE);
  g_autofree char *both = g_strdup_printf ("{\"$or\": %s, \"c\": %s}", branches, fields);
  g_autofree char *half = fields_of (40, TRUE);
  g_autofree char *product = g_strdup_printf ("{\"c\": %s, \"$or\": [{\"d\": %s}, {\"e\": [1]}]}", half, half);
  g_autofree char *name = g_strnfill (1000000, 'n');
  g_autofree char *below = g_strdup_printf ("{\"%s\": %s}", name, fields);

  assert_refused (both, "c.f64: more than 64 fields must hold together");
  assert_refused (product, "pattern: more than 64 fields must hold together");
  assert_refused (below, "pattern: a path of more than 1024 bytes");
}

/* Three thousand elements, in which each inner array has all that is asked for, but never one of
 * its elements alone: what tries every combination does not come back from here. */
static void
test_large_arrays (void)
{
  static const char element[] = "{\"k\": 1, \"b\": [{\"x\": 1}, {\"y\": 2}]}";
  g_autofree char *outer = list_of (element, 3000);
  g_autofree char *other = list_of (element, 300);
  g_autofree char *event =
    g_strdup_printf ("{\"a\": %s, \"c\": %s, \"last\": [{\"b\": {\"x\": 1, \"y\": 2}}]}",
                     outer, other);

  g_assert_false (matches ("{\"a\": {\"k\": [1], \"b\": {\"x\": [1], \"y\": [2]}},"
                           " \"c\": {\"k\": [1], \"b\": {\"x\": [1], \"y\": [2]}}}", event));
  g_assert_false (matches ("{\"a\": {\"k\": [2], \"b\": {\"x\": [1]}},"
                           " \"c\": {\"k\": [1], \"b\": {\"y\": [{\"exists\": false}, 3]}}}", event));
  g_assert_true (matches ("{\"a\": {\"k\": [1], \"b\": {\"x\": [1], \"y\": [{\"exists\": false}]}},"
                          " \"c\": {\"k\": [1], \"b\": {\"y\": [2], \"x\": [{\"exists\": false}]}},"
                          " \"last\": {\"b\": {\"x\": [1], \"y\": [2]}}}", event));
}

/* What cannot be decided is given up in the end, and said so. */
static void
test_undecidable (void)
{
  g_autofree char *text = NULL;
  g_autofree char *event = NULL;
  g_autoptr (PosturePattern) pattern = NULL;
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  PostureJsonLimits limits = posture_json_limits_default;
  gboolean result = FALSE;

  pattern_cases_make_puzzle (&text, &event);
  pattern = pattern_of (text);
  g_assert_false (posture_pattern_matches (pattern, event, strlen (event), &result, &error));
  g_assert_error (error, POSTURE_PATTERN_ERROR, POSTURE_PATTERN_ERROR_EVENT);
  g_assert_cmpstr (error->message, ==,
                   "The event repeats the same fields too often to be decided");
  g_clear_error (&error);

  limits.allow_duplicates = TRUE;
  bytes = g_bytes_new_static (event, strlen (event));
  document = posture_json_document_new (bytes, &limits, &error);
  g_assert_no_error (error);
  g_assert_false (posture_pattern_matches_node (pattern,
                                                posture_json_document_get_root (document)));
}

static gpointer
match_often (gpointer data)
{
  PosturePattern *pattern = data;

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (PosturePattern) own = posture_pattern_ref (pattern);
      gboolean result = FALSE;

      g_assert_true (posture_pattern_matches (own, "{\"a\": [{\"b\": 5}]}", 17, &result, NULL));
      g_assert_true (result);
    }
  return NULL;
}

/* One pattern serves several threads. */
static void
test_threads (void)
{
  GThread *threads[4];
  PosturePattern *pattern = pattern_of ("{\"a\": {\"b\": [{\"numeric\": [\">\", 4]}]}}");

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("matches", match_often, pattern);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  posture_pattern_unref (pattern);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pattern/cases", test_cases);
  g_test_add_func ("/pattern/places", test_places);
  g_test_add_func ("/pattern/no-error-wanted", test_no_error_wanted);
  g_test_add_func ("/pattern/event-errors", test_event_errors);
  g_test_add_func ("/pattern/length", test_length);
  g_test_add_func ("/pattern/nodes", test_nodes);
  g_test_add_func ("/pattern/paths", test_paths);
  g_test_add_func ("/pattern/max-alternatives", test_max_alternatives);
  g_test_add_func ("/pattern/max-paths", test_max_paths);
  g_test_add_func ("/pattern/small-but-huge", test_small_but_huge);
  g_test_add_func ("/pattern/large-arrays", test_large_arrays);
  g_test_add_func ("/pattern/undecidable", test_undecidable);
  g_test_add_func ("/pattern/threads", test_threads);
  return g_test_run ();
}
