/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "json/json-reader.h"

#include <string.h>

/* A text with its length. */
#define TEXT(literal) literal, sizeof (literal) - 1

/* Reads to the end, or to the first error. */
static void
read_all (PostureJsonReader *reader,
          GError           **error)
{
  PostureJsonToken token;

  do
    token = posture_json_reader_next (reader, error);
  while (token != POSTURE_JSON_TOKEN_END && token != POSTURE_JSON_TOKEN_ERROR);
}

/* The bytes are copied without anything behind them, so that reading too far is seen. */
static void
assert_refused (const char              *text,
                gsize                    length,
                const PostureJsonLimits *limits,
                PostureJsonError         code,
                const char              *message)
{
  g_autofree char *copy = g_memdup2 (text, length);
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (copy, length, limits);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  read_all (reader, &error);
  g_assert_error (error, POSTURE_JSON_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
  /* the same comes again, with and without a place for it */
  g_assert_cmpint (posture_json_reader_next (reader, NULL), ==, POSTURE_JSON_TOKEN_ERROR);
  g_assert_cmpint (posture_json_reader_next (reader, &again), ==, POSTURE_JSON_TOKEN_ERROR);
  g_assert_error (again, POSTURE_JSON_ERROR, (int) code);
  g_assert_cmpstr (again->message, ==, message);
}

static char *
nested (guint    depth,
        gboolean objects,
        gboolean closed)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (out, objects && i % 2 == 1 ? "{\"a\":" : "[");
  if (closed)
    {
      if (objects && depth % 2 == 0)
        g_string_append_c (out, '0');
      for (guint i = depth; i > 0; i--)
        g_string_append_c (out, objects && i % 2 == 0 ? '}' : ']');
    }
  return g_string_free (out, FALSE);
}

static void
assert_depth (guint                    depth,
              const PostureJsonLimits *limits,
              const char              *limit)
{
  for (int objects = 0; objects <= 1; objects++)
    {
      g_autofree char *deepest = nested (depth, objects, TRUE);
      g_autofree char *deeper = nested (depth + 1, objects, FALSE);
      const char *innermost;
      g_autofree char *message = NULL;
      g_autoptr (PostureJsonReader) reader =
        posture_json_reader_new (deepest, strlen (deepest), limits);
      g_autoptr (GError) error = NULL;

      read_all (reader, &error);
      g_assert_no_error (error);
      innermost = strrchr (deeper, objects && depth % 2 == 1 ? '{' : '[');
      message = g_strdup_printf ("line 1, column %u: nested deeper than %s levels",
                                 (guint) (innermost - deeper) + 1, limit);
      assert_refused (deeper, strlen (deeper), limits, POSTURE_JSON_ERROR_DEPTH, message);
    }
}

static void
test_depth (void)
{
  PostureJsonLimits limits = posture_json_limits_default;

  g_assert_cmpuint (limits.max_depth, ==, 64);
  g_assert_cmpuint (POSTURE_JSON_MAX_DEPTH, ==, 1024);
  assert_depth (64, NULL, "64");
  limits.max_depth = 1;
  assert_depth (1, &limits, "1");
  limits.max_depth = 1024;
  assert_depth (1024, &limits, "1024");
  /* more cannot be asked for */
  limits.max_depth = G_MAXUINT;
  assert_depth (1024, &limits, "1024");

  limits.max_depth = 0;
  assert_refused (TEXT ("[]"), &limits, POSTURE_JSON_ERROR_DEPTH,
                  "line 1, column 1: nested deeper than 0 levels");
}

static void
test_depth_far_beyond (void)
{
  PostureJsonLimits limits = posture_json_limits_default;
  g_autofree char *text = nested (200000, FALSE, TRUE);

  assert_refused (text, strlen (text), NULL, POSTURE_JSON_ERROR_DEPTH,
                  "line 1, column 65: nested deeper than 64 levels");
  limits.max_depth = POSTURE_JSON_MAX_DEPTH;
  assert_refused (text, strlen (text), &limits, POSTURE_JSON_ERROR_DEPTH,
                  "line 1, column 1025: nested deeper than 1024 levels");
}

static void
test_size (void)
{
  PostureJsonLimits limits = posture_json_limits_default;
  g_autoptr (PostureJsonReader) reader = NULL;

  g_assert_cmpuint (limits.max_size, ==, 16 * 1024 * 1024);
  g_assert_false (limits.allow_duplicates);
  limits.max_size = 4;
  reader = posture_json_reader_new (TEXT ("[10]"), &limits);
  g_assert_cmpint (posture_json_reader_next (reader, NULL), ==, POSTURE_JSON_TOKEN_BEGIN_ARRAY);
  assert_refused (TEXT ("[100]"), &limits, POSTURE_JSON_ERROR_SIZE,
                  "5 bytes are more than the 4 that are accepted");
  assert_refused (TEXT ("1    "), &limits, POSTURE_JSON_ERROR_SIZE,
                  "5 bytes are more than the 4 that are accepted");
}

static void
test_default_size (void)
{
  gsize limit = posture_json_limits_default.max_size;
  g_autofree char *text = g_malloc (limit + 1);
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (text, limit, NULL);

  memset (text, ' ', limit + 1);
  text[0] = '1';
  g_assert_cmpint (posture_json_reader_next (reader, NULL), ==, POSTURE_JSON_TOKEN_NUMBER);
  g_assert_cmpint (posture_json_reader_next (reader, NULL), ==, POSTURE_JSON_TOKEN_END);
  assert_refused (text, limit + 1, NULL, POSTURE_JSON_ERROR_SIZE,
                  "16777217 bytes are more than the 16777216 that are accepted");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-limits/depth", test_depth);
  g_test_add_func ("/json-limits/depth-far-beyond", test_depth_far_beyond);
  g_test_add_func ("/json-limits/size", test_size);
  g_test_add_func ("/json-limits/default-size", test_default_size);
  return g_test_run ();
}
