/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "json/json-document.h"

#include <math.h>
#include <string.h>

static PostureJsonDocument *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  PostureJsonDocument *document = posture_json_document_new_text (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);
  return document;
}

static void
assert_refused (const char              *text,
                const PostureJsonLimits *limits,
                PostureJsonError         code,
                const char              *message)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_null (posture_json_document_new (bytes, limits, &error));
  g_assert_error (error, POSTURE_JSON_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_null (posture_json_document_new (bytes, limits, NULL));
}

static void
test_kinds (void)
{
  g_autoptr (PostureJsonDocument) document =
    read_text ("[null,true,false,-1.50,\"a\\nb\",[1],{\"k\":2},[],{}]");
  const PostureJsonNode *root = posture_json_document_get_root (document);
  static const PostureJsonKind kinds[] = {
    POSTURE_JSON_NULL,   POSTURE_JSON_BOOLEAN, POSTURE_JSON_BOOLEAN,
    POSTURE_JSON_NUMBER, POSTURE_JSON_STRING,  POSTURE_JSON_ARRAY,
    POSTURE_JSON_OBJECT, POSTURE_JSON_ARRAY,   POSTURE_JSON_OBJECT,
  };
  static const char *const texts[] = { NULL, NULL, NULL, "-1.50", "a\nb", NULL, NULL, NULL, NULL };
  static const guint lengths[] = { 0, 0, 0, 0, 0, 1, 1, 0, 0 };

  g_assert_cmpint (posture_json_node_get_kind (root), ==, POSTURE_JSON_ARRAY);
  g_assert_cmpuint (posture_json_node_get_length (root), ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const PostureJsonNode *node = posture_json_node_get_element (root, i);

      g_assert_cmpint (posture_json_node_get_kind (node), ==, kinds[i]);
      g_assert_cmpstr (posture_json_node_get_string (node), ==, texts[i]);
      g_assert_cmpuint (posture_json_node_get_length (node), ==, lengths[i]);
      g_assert_cmpint (posture_json_node_get_boolean (node), ==, i == 1);
    }
  g_assert_null (posture_json_node_get_string (NULL));
  g_assert_false (posture_json_node_get_boolean (NULL));
}

static void
test_single_values (void)
{
  static const char *const texts[] = { "null", "true", "false", "7", "\"x\"", "[]", "{}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PostureJsonDocument) document = read_text (texts[i]);
      g_autofree char *text =
        posture_json_node_to_text (posture_json_document_get_root (document));

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_members (void)
{
  g_autoptr (PostureJsonDocument) document =
    read_text ("{\"b\":{\"c\":[10,20]},\"\":1,\"a\\u0062\":\"x\",\"n\":null}");
  const PostureJsonNode *root = posture_json_document_get_root (document);
  const PostureJsonNode *inner = posture_json_node_get_member (root, "b");
  const PostureJsonNode *list = posture_json_node_get_member (inner, "c");
  gint64 value;

  /* names in the order of the text, without their escapes */
  g_assert_cmpuint (posture_json_node_get_length (root), ==, 4);
  g_assert_cmpstr (posture_json_node_get_key (root, 0), ==, "b");
  g_assert_cmpstr (posture_json_node_get_key (root, 1), ==, "");
  g_assert_cmpstr (posture_json_node_get_key (root, 2), ==, "ab");
  g_assert_cmpstr (posture_json_node_get_key (root, 3), ==, "n");
  g_assert_true (posture_json_node_get_element (root, 0) == inner);

  g_assert_true (posture_json_node_get_int (posture_json_node_get_element (list, 1), &value));
  g_assert_cmpint (value, ==, 20);
  g_assert_cmpstr (posture_json_node_get_string (posture_json_node_get_member (root, "ab")), ==,
                   "x");
  g_assert_cmpint (posture_json_node_get_kind (posture_json_node_get_member (root, "n")), ==,
                   POSTURE_JSON_NULL);

  /* what is not there, and what has no members */
  g_assert_null (posture_json_node_get_member (root, "c"));
  g_assert_null (posture_json_node_get_member (root, "B"));
  g_assert_null (posture_json_node_get_member (list, "c"));
  g_assert_null (posture_json_node_get_member (posture_json_node_get_member (root, "n"), "x"));
  g_assert_null (posture_json_node_get_member (NULL, "x"));
}

static void
test_empty_object (void)
{
  g_autoptr (PostureJsonDocument) document = read_text ("{}");

  g_assert_null (posture_json_node_get_member (posture_json_document_get_root (document), ""));
}

/* Objects small and large, on both sides of where lookups change their way. */
static void
test_many_members (void)
{
  for (guint n = 1; n <= 200; n += n < 20 ? 1 : 60)
    {
      g_autoptr (GString) text = g_string_new ("{");
      g_autoptr (PostureJsonDocument) document = NULL;
      const PostureJsonNode *root;

      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%s\"m%u\":%u", i > 0 ? "," : "", (i * 7919) % 10007, i);
      g_string_append_c (text, '}');
      document = read_text (text->str);
      root = posture_json_document_get_root (document);
      g_assert_cmpuint (posture_json_node_get_length (root), ==, n);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *name = g_strdup_printf ("m%u", (i * 7919) % 10007);
          gint64 value;

          g_assert_cmpstr (posture_json_node_get_key (root, i), ==, name);
          g_assert_true (
            posture_json_node_get_int (posture_json_node_get_member (root, name), &value));
          g_assert_cmpint (value, ==, i);
        }
      g_assert_null (posture_json_node_get_member (root, "m"));
      g_assert_null (posture_json_node_get_member (root, "m10007"));
      g_assert_null (posture_json_node_get_member (root, ""));
    }
}

static void
test_duplicates_seen (void)
{
  g_autoptr (GString) large = g_string_new ("{");
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *message = NULL;
  PostureJsonLimits limits = posture_json_limits_default;

  assert_refused ("{\"a\":1,\n \"a\":2}", NULL, POSTURE_JSON_ERROR_DUPLICATE,
                  "line 2, column 2: “a” stands twice in one object");
  /* the default limits, handed in, are no different */
  assert_refused ("[{\"\":1,\"\":1}]", &limits, POSTURE_JSON_ERROR_DUPLICATE,
                  "line 1, column 8: “” stands twice in one object");
  assert_refused ("{\"\xc3\xa4\":1,\"\\u00e4\":1}", NULL, POSTURE_JSON_ERROR_DUPLICATE,
                  "line 1, column 8: “\xc3\xa4” stands twice in one object");
  assert_refused ("{\"x\":{\"a\":{}},\"x\":2}", NULL, POSTURE_JSON_ERROR_DUPLICATE,
                  "line 1, column 15: “x” stands twice in one object");

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (large, "\"%u\":0,\n", i);
  g_string_append (large, "\"7\":0}");
  assert_refused (large->str, NULL, POSTURE_JSON_ERROR_DUPLICATE,
                  "line 101, column 1: “7” stands twice in one object");

  /* a message does not grow with the name */
  for (guint i = 0; i < 100; i++)
    g_string_append (name, "\xc3\xa4");
  text = g_strdup_printf ("{\"%s\":1,\"%s\":2}", name->str, name->str);
  message = g_strdup_printf ("line 1, column 107: “%.160s” stands twice in one object", name->str);
  assert_refused (text, NULL, POSTURE_JSON_ERROR_DUPLICATE, message);

  /* the same name in objects beside and within each other, and names that differ in case only */
  posture_json_document_unref (read_text ("[{\"a\":1},{\"a\":{\"a\":{\"a\":0}}}]"));
  posture_json_document_unref (read_text ("{\"a\":1,\"A\":2,\"a \":3}"));
}

static void
test_duplicates_allowed (void)
{
  PostureJsonLimits limits = posture_json_limits_default;
  static const guint sizes[] = { 0, 50 };

  limits.allow_duplicates = TRUE;
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (GString) text = g_string_new ("{\"a\":1,\"b\":2,\"a\":3,");
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (PostureJsonDocument) document = NULL;
      g_autoptr (GError) error = NULL;
      const PostureJsonNode *root;
      guint n = sizes[s] + 4;
      gint64 value;

      for (guint i = 0; i < sizes[s]; i++)
        g_string_append_printf (text, "\"%u\":0,", i);
      g_string_append (text, "\"a\":4}");
      bytes = g_bytes_new (text->str, text->len);
      document = posture_json_document_new (bytes, &limits, &error);
      g_assert_no_error (error);
      root = posture_json_document_get_root (document);

      /* all are there; asked by name, the last one is found */
      g_assert_cmpuint (posture_json_node_get_length (root), ==, n);
      g_assert_cmpstr (posture_json_node_get_key (root, 0), ==, "a");
      g_assert_cmpstr (posture_json_node_get_key (root, 2), ==, "a");
      g_assert_cmpstr (posture_json_node_get_key (root, n - 1), ==, "a");
      g_assert_true (posture_json_node_get_int (posture_json_node_get_element (root, 2), &value));
      g_assert_cmpint (value, ==, 3);
      g_assert_true (posture_json_node_get_member (root, "a") ==
                     posture_json_node_get_element (root, n - 1));
      g_assert_true (posture_json_node_get_member (root, "b") ==
                     posture_json_node_get_element (root, 1));
    }
}

/* Canonical bytes hold one value a name: the last one. */
static void
test_duplicates_to_text (void)
{
  PostureJsonLimits limits = posture_json_limits_default;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{\"b\":0,\"a\":1,\"b\":[],\"a\":{}}", 27);
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autofree char *text = NULL;

  limits.allow_duplicates = TRUE;
  document = posture_json_document_new (bytes, &limits, NULL);
  text = posture_json_node_to_text (posture_json_document_get_root (document));
  g_assert_cmpstr (text, ==, "{\"a\":{},\"b\":[]}");
}

/* Names that a hash of the usual kind puts all in one place: looking them up must not take the
 * square of their number. As no time is measured, what is asked is that they are told apart. */
static void
test_names_of_one_hash (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (PostureJsonDocument) document = NULL;
  const PostureJsonNode *root;
  guint n = 1 << 14;

  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? ",\"" : "\"");
      for (guint bit = 0; bit < 14; bit++)
        g_string_append (text, (i >> bit) & 1 ? "BA" : "Ab");
      g_string_append_printf (text, "\":%u", i);
    }
  g_string_append_c (text, '}');
  document = read_text (text->str);
  root = posture_json_document_get_root (document);
  g_assert_cmpuint (g_str_hash (posture_json_node_get_key (root, 0)), ==,
                    g_str_hash (posture_json_node_get_key (root, n - 1)));
  for (guint i = 0; i < n; i++)
    g_assert_true (posture_json_node_get_member (root, posture_json_node_get_key (root, i)) ==
                   posture_json_node_get_element (root, i));
}

/* Short texts that stand again and again are kept once, those that only begin alike each for itself: the hash of the
 * three characters, which is for short texts, falls into the place of the one's. */
static void
test_texts_again (void)
{
  g_autoptr (PostureJsonDocument) document = read_text (
    "[\"aa?\",\"a\",\"aa?\",\"a\",\"a\",\"12345678901234567890123456789012\",\"12345678901234567890123456789012\"]");
  const PostureJsonNode *root = posture_json_document_get_root (document);
  const char *texts[7];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    texts[i] = posture_json_node_get_string (posture_json_node_get_element (root, i));
  for (guint i = 0; i < 5; i++)
    g_assert_cmpstr (texts[i], ==, i == 0 || i == 2 ? "aa?" : "a");
  g_assert_true (texts[3] == texts[4]);
  g_assert_true (texts[5] == texts[6]);
}

static void
test_decimals (void)
{
  static const struct
  {
    const char *text;
    guint places;
    gint64 units;
  } exact[] = {
    { "0.1", 4, 1000 },
    { "0.1", 1, 1 },
    { "0", 4, 0 },
    { "-0", 4, 0 },
    { "-0.0", 4, 0 },
    { "1", 0, 1 },
    { "1", 9, 1000000000 },
    { "-0.5", 4, -5000 },
    { "-12.0001", 4, -120001 },
    { "0.0001", 4, 1 },
    { "4.35", 2, 435 },
    { "1.005", 3, 1005 },
    { "0.29", 2, 29 },
    { "9007199254740993", 0, 9007199254740993 },
    { "900719925474.0993", 4, 9007199254740993 },
    { "0.123456789", 9, 123456789 },
    { "9223372036.854775807", 9, G_MAXINT64 },
    { "-9223372036.854775808", 9, G_MININT64 },
    { "922337203685477.5807", 4, G_MAXINT64 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (exact); i++)
    {
      g_autoptr (PostureJsonDocument) document = read_text (exact[i].text);
      gint64 units = 77;

      g_assert_true (posture_json_node_get_decimal (posture_json_document_get_root (document),
                                                    exact[i].places, &units));
      g_assert_cmpint (units, ==, exact[i].units);
    }
}

static void
test_no_decimals (void)
{
  static const struct
  {
    const char *text;
    guint places;
  } refused[] = {
    { "0.1", 0 },
    { "0.00001", 4 },
    { "9.223372036854775807", 9 },
    { "0.10000", 4 }, /* a digit is a digit, even if it is 0 */
    { "1.0", 0 },
    { "1e2", 4 },
    { "1E0", 0 },
    { "0e0", 0 },
    { "9223372036854775808", 0 },
    { "-9223372036854775809", 0 },
    { "922337203685477.5808", 4 },
    { "-922337203685477.5809", 4 },
    { "922337203685478", 4 },
    { "9223372036854775807", 1 },
    { "99999999999999999999999999999999999999999999", 0 },
    { "\"0.1\"", 4 },
    { "null", 4 },
    { "true", 0 },
    { "[1]", 0 },
    { "{}", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (PostureJsonDocument) document = read_text (refused[i].text);
      gint64 units = 77;

      g_assert_false (posture_json_node_get_decimal (posture_json_document_get_root (document),
                                                     refused[i].places, &units));
      g_assert_cmpint (units, ==, 77);
    }
  g_assert_false (posture_json_node_get_decimal (NULL, 4, NULL));
}

static void
test_ints (void)
{
  g_autoptr (PostureJsonDocument) document =
    read_text ("[0,-0,1,-1,9223372036854775807,-9223372036854775808,"
               "9223372036854775808,-9223372036854775809,1.0,1e0,\"1\",null]");
  static const gint64 values[] = { 0, 0, 1, -1, G_MAXINT64, G_MININT64 };
  const PostureJsonNode *root = posture_json_document_get_root (document);

  for (guint i = 0; i < posture_json_node_get_length (root); i++)
    {
      gint64 value = 77;
      gboolean fits = posture_json_node_get_int (posture_json_node_get_element (root, i), &value);

      g_assert_cmpint (fits, ==, i < G_N_ELEMENTS (values));
      g_assert_cmpint (value, ==, fits ? values[i] : 77);
    }
  g_assert_false (posture_json_node_get_int (NULL, NULL));
}

static void
test_doubles (void)
{
  g_autoptr (PostureJsonDocument) document =
    read_text ("[0.1,1e2,-1.5E-3,9007199254740993,1e400,-1e400,1e-400,-0,4.9e-324]");
  static const double values[] = {
    0.1, 100, -0.0015, 9007199254740992.0, INFINITY, -INFINITY, 0, 0, 4.9e-324,
  };
  const PostureJsonNode *root = posture_json_document_get_root (document);

  g_assert_cmpuint (posture_json_node_get_length (root), ==, G_N_ELEMENTS (values));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_true (posture_json_node_get_double (posture_json_node_get_element (root, i)) ==
                   values[i]);
  g_assert_true (signbit (posture_json_node_get_double (posture_json_node_get_element (root, 7))));
}

static void
test_refused (void)
{
  PostureJsonLimits limits = posture_json_limits_default;
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;

  assert_refused ("", NULL, POSTURE_JSON_ERROR_EMPTY, "line 1, column 1: there is no value");
  assert_refused ("[1,{\"a\":[2,", NULL, POSTURE_JSON_ERROR_SYNTAX,
                  "line 1, column 12: the text ends too early");
  assert_refused ("[1] 2", NULL, POSTURE_JSON_ERROR_TRAILING,
                  "line 1, column 5: text follows after the end of the value");
  assert_refused ("[\"a\",\"\xff\"]", NULL, POSTURE_JSON_ERROR_UTF8,
                  "line 1, column 7: bytes that are not UTF-8");
  limits.max_depth = 2;
  assert_refused ("[[],[[]]]", &limits, POSTURE_JSON_ERROR_DEPTH,
                  "line 1, column 6: nested deeper than 2 levels");
  limits.max_size = 3;
  assert_refused ("[12]", &limits, POSTURE_JSON_ERROR_SIZE,
                  "4 bytes are more than the 3 that are accepted");
  g_assert_null (posture_json_document_new (nothing, NULL, &error));
  g_assert_error (error, POSTURE_JSON_ERROR, POSTURE_JSON_ERROR_EMPTY);
}

/* As deep as can be asked for: made, written and freed. */
static void
test_deepest (void)
{
  PostureJsonLimits limits = posture_json_limits_default;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;

  limits.max_depth = POSTURE_JSON_MAX_DEPTH;
  for (guint i = 0; i < POSTURE_JSON_MAX_DEPTH; i++)
    g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
  g_string_append_c (text, '0');
  for (guint i = POSTURE_JSON_MAX_DEPTH; i > 0; i--)
    g_string_append_c (text, i % 2 == 0 ? '}' : ']');
  bytes = g_bytes_new (text->str, text->len);
  document = posture_json_document_new (bytes, &limits, &error);
  g_assert_no_error (error);
  written = posture_json_node_to_text (posture_json_document_get_root (document));
  g_assert_cmpstr (written, ==, text->str);
}

/* The tree stands on its own: neither the bytes nor the first reference are needed any more. */
static void
test_references (void)
{
  char *text = g_strdup ("{\"a\":[\"x\",1.5]}");
  PostureJsonDocument *first = NULL;
  g_autoptr (PostureJsonDocument) second = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  first = posture_json_document_new (bytes, NULL, NULL);
  second = posture_json_document_ref (first);
  g_assert_true (second == first);
  memset (text, '!', strlen (text));
  posture_json_document_unref (first);
  written = posture_json_node_to_text (posture_json_document_get_root (second));
  g_assert_cmpstr (written, ==, "{\"a\":[\"x\",1.5]}");
}

#define MEMBERS 300

static gpointer
read_in_thread (gpointer data)
{
  g_autoptr (PostureJsonDocument) document = data;
  guint found = 0;

  for (guint round = 0; round < 20; round++)
    for (guint i = 0; i < MEMBERS; i++)
      {
        g_autofree char *name = g_strdup_printf ("n%u", i);
        g_autoptr (PostureJsonDocument) held = posture_json_document_ref (document);
        const PostureJsonNode *root = posture_json_document_get_root (held);
        gint64 value;

        if (posture_json_node_get_int (posture_json_node_get_member (root, name), &value) &&
            value == i)
          found++;
      }
  return GUINT_TO_POINTER (found);
}

static void
test_threads (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (PostureJsonDocument) document = NULL;
  GThread *threads[4];

  for (guint i = 0; i < MEMBERS; i++)
    g_string_append_printf (text, "%s\"n%u\":%u", i > 0 ? "," : "", i, i);
  g_string_append_c (text, '}');
  document = read_text (text->str);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_in_thread, posture_json_document_ref (document));
  /* whoever comes last frees the tree */
  g_clear_pointer (&document, posture_json_document_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 20 * MEMBERS);
}

static void
test_programming_errors (void)
{
  g_autoptr (PostureJsonDocument) document = read_text ("[{\"a\":1},\"x\"]");
  const PostureJsonNode *root = posture_json_document_get_root (document);
  gint64 units;

  g_test_expect_message ("posture-json", G_LOG_LEVEL_CRITICAL, "*get_element*index <*");
  g_assert_null (posture_json_node_get_element (root, 2));
  g_test_expect_message ("posture-json", G_LOG_LEVEL_CRITICAL, "*get_key*OBJECT*");
  g_assert_null (posture_json_node_get_key (root, 0));
  g_test_expect_message ("posture-json", G_LOG_LEVEL_CRITICAL, "*get_key*index <*");
  g_assert_null (posture_json_node_get_key (posture_json_node_get_element (root, 0), 1));
  g_test_expect_message ("posture-json", G_LOG_LEVEL_CRITICAL, "*get_double*NUMBER*");
  g_assert_true (posture_json_node_get_double (root) == 0);
  g_test_expect_message ("posture-json", G_LOG_LEVEL_CRITICAL, "*get_decimal*places <= 9*");
  g_assert_false (posture_json_node_get_decimal (root, 10, &units));
  g_test_assert_expected_messages ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-document/kinds", test_kinds);
  g_test_add_func ("/json-document/single-values", test_single_values);
  g_test_add_func ("/json-document/members", test_members);
  g_test_add_func ("/json-document/empty-object", test_empty_object);
  g_test_add_func ("/json-document/many-members", test_many_members);
  g_test_add_func ("/json-document/duplicates/seen", test_duplicates_seen);
  g_test_add_func ("/json-document/duplicates/allowed", test_duplicates_allowed);
  g_test_add_func ("/json-document/duplicates/to-text", test_duplicates_to_text);
  g_test_add_func ("/json-document/names-of-one-hash", test_names_of_one_hash);
  g_test_add_func ("/json-document/texts-again", test_texts_again);
  g_test_add_func ("/json-document/decimals/exact", test_decimals);
  g_test_add_func ("/json-document/decimals/none", test_no_decimals);
  g_test_add_func ("/json-document/ints", test_ints);
  g_test_add_func ("/json-document/doubles", test_doubles);
  g_test_add_func ("/json-document/refused", test_refused);
  g_test_add_func ("/json-document/deepest", test_deepest);
  g_test_add_func ("/json-document/references", test_references);
  g_test_add_func ("/json-document/threads", test_threads);
  g_test_add_func ("/json-document/programming-errors", test_programming_errors);
  return g_test_run ();
}
