/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "json/json-writer.h"

#include <math.h>
#include <string.h>

static void
assert_written (PostureJsonWriter *writer,
                const char        *expected)
{
  g_autofree char *text = posture_json_writer_finish_text (writer);

  g_assert_cmpstr (text, ==, expected);
}

/* Reads a text and writes it again. */
static char *
canonical (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, &error);

  g_assert_no_error (error);
  return posture_json_node_to_text (posture_json_document_get_root (document));
}

static void
assert_canonical (const char *text,
                  const char *expected)
{
  g_autofree char *once = canonical (text);
  g_autofree char *twice = canonical (once);

  g_assert_cmpstr (once, ==, expected);
  g_assert_cmpstr (twice, ==, expected);
}

static void
test_values (void)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_null (writer);
  assert_written (writer, "null");
  posture_json_writer_boolean (writer, TRUE);
  assert_written (writer, "true");
  posture_json_writer_boolean (writer, FALSE);
  assert_written (writer, "false");
  posture_json_writer_string (writer, "");
  assert_written (writer, "\"\"");
  posture_json_writer_string (writer, NULL);
  assert_written (writer, "null");
  posture_json_writer_int (writer, -5);
  assert_written (writer, "-5");
  posture_json_writer_begin_array (writer);
  posture_json_writer_end_array (writer);
  assert_written (writer, "[]");
  posture_json_writer_begin_object (writer);
  posture_json_writer_end_object (writer);
  assert_written (writer, "{}");
}

static void
test_containers (void)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  static const char expected[] =
    "{\"\":null,\"a\":[[],{},[1,\"x\",{\"p\":true,\"q\":[false]}],2],\"b\":\"y\",\"c\":-7}";

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_int (writer, "c", -7);
  posture_json_writer_key (writer, "a");
  posture_json_writer_begin_array (writer);
  posture_json_writer_begin_array (writer);
  posture_json_writer_end_array (writer);
  posture_json_writer_begin_object (writer);
  posture_json_writer_end_object (writer);
  posture_json_writer_begin_array (writer);
  posture_json_writer_int (writer, 1);
  posture_json_writer_string (writer, "x");
  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "q");
  posture_json_writer_begin_array (writer);
  posture_json_writer_boolean (writer, FALSE);
  posture_json_writer_end_array (writer);
  posture_json_writer_key (writer, "p");
  posture_json_writer_boolean (writer, TRUE);
  posture_json_writer_end_object (writer);
  posture_json_writer_end_array (writer);
  posture_json_writer_int (writer, 2);
  posture_json_writer_end_array (writer);
  posture_json_writer_member_string (writer, "b", "y");
  posture_json_writer_member_string (writer, "", NULL);
  posture_json_writer_end_object (writer);
  bytes = posture_json_writer_finish (writer);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   sizeof expected - 1);
}

/* Code points beyond U+FFFF come before U+E000, as their surrogates do. The order is what a sort of
 * ECMAScript strings gives. */
static void
test_order (void)
{
  static const char *const names[] = {
    "", "\r", "\"", "1", "10", "2", "A", "\\", "a", "a\x01", "aa", "b", "\x7f", "\xc2\x80",
    "\xc3\xb6", "\xe2\x82\xac", "\xf0\x90\x80\x80", "\xf0\x90\x80\x80" "a", "\xf0\x90\x80\x81",
    "\xf0\x90\x88\x80", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf", "\xee\x80\x80", "\xef\xac\xb3",
    "\xef\xbf\xbf", "\xef\xbf\xbf" "a",
  };
  /* each step goes round all names in another order: it shares no divisor with their number */
  static const guint steps[] = { 1, 3, 7, 15, 25 };

  for (gsize s = 0; s < G_N_ELEMENTS (steps); s++)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
      g_autoptr (PostureJsonDocument) document = NULL;
      g_autofree char *text = NULL;
      const PostureJsonNode *root;

      posture_json_writer_begin_object (writer);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          guint place = (i * steps[s] + 3) % G_N_ELEMENTS (names);

          posture_json_writer_member_int (writer, names[place], place);
        }
      posture_json_writer_end_object (writer);
      text = posture_json_writer_finish_text (writer);
      document = posture_json_document_new_text (text, NULL);
      root = posture_json_document_get_root (document);
      g_assert_cmpuint (posture_json_node_get_length (root), ==, G_N_ELEMENTS (names));
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          gint64 value;

          g_assert_cmpstr (posture_json_node_get_key (root, i), ==, names[i]);
          g_assert_true (
            posture_json_node_get_int (posture_json_node_get_element (root, i), &value));
          g_assert_cmpint (value, ==, i);
        }
    }
}

/* Values of an array stay where they are, and each object in it is put in order on its own. */
static void
test_order_in_depth (void)
{
  assert_canonical (" { \"b\" : [ {\"z\":1,\"y\":{\"d\":1,\"c\":2}} , 3, {\"b\":1,\"a\":2} , 1 ], "
                    "\"a\" : \"\\u0041\" } ",
                    "{\"a\":\"A\",\"b\":[{\"y\":{\"c\":2,\"d\":1},\"z\":1},3,"
                    "{\"a\":2,\"b\":1},1]}");
}

static void
test_escapes (void)
{
  static const char expected[] =
    "\"\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
    "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c"
    "\\u001d\\u001e\\u001f !\\\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_`"
    "abcdefghijklmnopqrstuvwxyz{|}~\x7f\xc2\x80\xe2\x80\xa8\xe2\x80\xa9\xf0\x9d\x84\x9e\"";
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *object = NULL;

  for (int c = 1; c < 0x80; c++)
    g_string_append_c (text, (char) c);
  g_string_append (text, "\xc2\x80\xe2\x80\xa8\xe2\x80\xa9\xf0\x9d\x84\x9e");
  posture_json_writer_string (writer, text->str);
  assert_written (writer, expected);
  assert_canonical (expected, expected);
  /* names are written in the same way */
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_int (writer, text->str, 1);
  posture_json_writer_end_object (writer);
  object = g_strdup_printf ("{%s:1}", expected);
  assert_written (writer, object);
  /* an escape that is not needed goes */
  assert_canonical ("\"\\/\\u002f\\u00e4\\ud834\\udd1e\\u001F\\u0008\\u2028\"",
                    "\"//\xc3\xa4\xf0\x9d\x84\x9e\\u001f\\b\xe2\x80\xa8\"");
}

static void
test_canonical (void)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_canonical (writer, "{\"a\":1}");
  assert_written (writer, "{\"a\":1}");
  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "z");
  posture_json_writer_canonical (writer, "[1,2]");
  posture_json_writer_key (writer, "y");
  posture_json_writer_begin_array (writer);
  posture_json_writer_canonical (writer, "{\"b\":{}}");
  posture_json_writer_canonical (writer, "null");
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
  assert_written (writer, "{\"y\":[{\"b\":{}},null],\"z\":[1,2]}");
}

static void
test_node_inside (void)
{
  g_autoptr (PostureJsonDocument) document =
    posture_json_document_new_text ("{\"b\": {\"d\":1, \"c\":[ ]}, \"a\": 2.50}", NULL);
  const PostureJsonNode *root = posture_json_document_get_root (document);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_array (writer);
  posture_json_writer_node (writer, posture_json_node_get_member (root, "b"));
  posture_json_writer_node (writer, posture_json_node_get_member (root, "a"));
  posture_json_writer_end_array (writer);
  assert_written (writer, "[{\"c\":[],\"d\":1},2.5]");
}

static void
write_random_text (GString *out)
{
  static const char *const pieces[] = {
    "a", "b", "Z", "0", " ", "/", "\\n", "\\\"", "\\\\", "\\u0001", "\xc3\xa4", "\\u00e4",
    "\xe2\x82\xac", "\xf0\x9d\x84\x9e", "\\ud834\\udd1e", "\\ue000", "\xef\xbf\xbf", "\x7f",
  };
  gint n = g_test_rand_int_range (0, 6);

  for (gint i = 0; i < n; i++)
    g_string_append (out, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
}

static void
write_random_number (GString *out)
{
  static const char *const spellings[] = {
    "0", "-0", "1.0", "1e2", "100", "1E-9", "0.1e1", "1e999",
  };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (g_test_rand_bit ())
    g_string_append (out, spellings[g_test_rand_int_range (0, G_N_ELEMENTS (spellings))]);
  else
    g_string_append (out, g_ascii_dtostr (buffer, sizeof buffer,
                                          ldexp (g_test_rand_double_range (-1, 1),
                                                 g_test_rand_int_range (-80, 80))));
}

static void
write_random_space (GString *out)
{
  static const char *const spaces[] = { "", "", "", " ", "\n", "\t \r\n" };

  g_string_append (out, spaces[g_test_rand_int_range (0, G_N_ELEMENTS (spaces))]);
}

static void
write_random_value (GString *out,
                    guint    depth)
{
  static const char *const literals[] = { "null", "true", "false" };
  gint kind = g_test_rand_int_range (depth == 0 ? 4 : 0, depth > 4 ? 4 : 6);
  gint n = g_test_rand_int_range (0, 7);

  write_random_space (out);
  if (kind == 0)
    g_string_append (out, literals[g_test_rand_int_range (0, 3)]);
  else if (kind <= 2)
    write_random_number (out);
  else if (kind == 3)
    {
      g_string_append_c (out, '"');
      write_random_text (out);
      g_string_append_c (out, '"');
    }
  else
    {
      g_string_append_c (out, kind == 4 ? '[' : '{');
      for (gint i = 0; i < n; i++)
        {
          if (i > 0)
            g_string_append_c (out, ',');
          if (kind == 5)
            {
              write_random_space (out);
              /* a name that is in no other member: what follows may be anything */
              g_string_append_printf (out, "\"%s%d.",
                                      g_test_rand_bit () ? "\xf0\x9d\x84\x9e" : "\xef\xac\xb3", i);
              write_random_text (out);
              g_string_append (out, "\" :");
            }
          write_random_value (out, depth + 1);
        }
      g_string_append_c (out, kind == 4 ? ']' : '}');
    }
  write_random_space (out);
}

/* Writes a value with the members of each object in another order than they were. */
static void
write_shuffled (GString               *out,
                const PostureJsonNode *node)
{
  guint n = posture_json_node_get_length (node);
  gboolean object = posture_json_node_get_kind (node) == POSTURE_JSON_OBJECT;
  guint turn = object && n > 0 ? (guint) g_test_rand_int_range (0, (gint) n) : 0;

  if (!object && posture_json_node_get_kind (node) != POSTURE_JSON_ARRAY)
    {
      g_autofree char *text = posture_json_node_to_text (node);

      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, object ? '{' : '[');
  for (guint i = 0; i < n; i++)
    {
      guint place = object ? (n - 1 - i + turn) % n : i;

      if (i > 0)
        g_string_append_c (out, ',');
      if (object)
        {
          g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
          g_autofree char *name = NULL;

          posture_json_writer_string (writer, posture_json_node_get_key (node, place));
          name = posture_json_writer_finish_text (writer);
          g_string_append (out, name);
          g_string_append_c (out, ':');
        }
      write_shuffled (out, posture_json_node_get_element (node, place));
    }
  g_string_append_c (out, object ? '}' : ']');
}

/* Whatever was read: its canonical text reads as the same, and members may come in any order. */
static void
test_random_trees (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) shuffled = g_string_new (NULL);
      g_autoptr (PostureJsonDocument) document = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *once = NULL;

      write_random_value (text, 0);
      document = posture_json_document_new_text (text->str, &error);
      g_assert_no_error (error);
      once = posture_json_node_to_text (posture_json_document_get_root (document));
      assert_canonical (once, once);
      write_shuffled (shuffled, posture_json_document_get_root (document));
      assert_canonical (shuffled->str, once);
    }
}

static void
expect_critical (const char *condition)
{
  g_test_expect_message ("posture-json", G_LOG_LEVEL_CRITICAL, condition);
}

/* Calls that do not nest write nothing, and what is whole comes out all the same. */
static void
test_calls_that_do_not_nest (void)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  expect_critical ("*finish_text*");
  g_assert_null (posture_json_writer_finish_text (writer));
  expect_critical ("*end_object*");
  posture_json_writer_end_object (writer);
  expect_critical ("*end_array*");
  posture_json_writer_end_array (writer);
  expect_critical ("*writer_key*");
  posture_json_writer_key (writer, "a");

  posture_json_writer_begin_object (writer);
  expect_critical ("*value_is_due*");
  posture_json_writer_int (writer, 1);
  expect_critical ("*value_is_due*");
  posture_json_writer_begin_array (writer);
  expect_critical ("*end_array*");
  posture_json_writer_end_array (writer);
  expect_critical ("*finish_text*");
  g_assert_null (posture_json_writer_finish (writer));

  posture_json_writer_key (writer, "a");
  expect_critical ("*writer_key*");
  posture_json_writer_key (writer, "b");
  expect_critical ("*end_object*");
  posture_json_writer_end_object (writer);
  posture_json_writer_boolean (writer, TRUE);
  expect_critical ("*value_is_due*");
  posture_json_writer_string (writer, "x");
  expect_critical ("*value_is_due*");
  posture_json_writer_null (writer);

  posture_json_writer_key (writer, "c");
  posture_json_writer_begin_array (writer);
  expect_critical ("*writer_key*");
  posture_json_writer_key (writer, "d");
  expect_critical ("*end_object*");
  posture_json_writer_end_object (writer);
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);

  expect_critical ("*value_is_due*");
  posture_json_writer_begin_object (writer);
  expect_critical ("*value_is_due*");
  posture_json_writer_double (writer, 0.5);
  g_test_assert_expected_messages ();
  assert_written (writer, "{\"a\":true,\"c\":[]}");
}

static void
test_values_that_are_none (void)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_array (writer);
  expect_critical ("*isfinite*");
  posture_json_writer_double (writer, NAN);
  expect_critical ("*isfinite*");
  posture_json_writer_double (writer, INFINITY);
  expect_critical ("*isfinite*");
  posture_json_writer_double (writer, -INFINITY);
  expect_critical ("*places <= 9*");
  posture_json_writer_decimal (writer, 1, 10);
  expect_critical ("*g_utf8_validate*");
  posture_json_writer_string (writer, "\xff");
  expect_critical ("*g_utf8_validate*");
  posture_json_writer_string (writer, "\xed\xa0\x80");
  expect_critical ("*text != NULL*");
  posture_json_writer_canonical (writer, NULL);
  expect_critical ("*text != NULL*");
  posture_json_writer_canonical (writer, "");
  posture_json_writer_begin_object (writer);
  expect_critical ("*g_utf8_validate*");
  posture_json_writer_key (writer, "\xc3");
  expect_critical ("*key != NULL*");
  posture_json_writer_key (writer, NULL);
  posture_json_writer_end_object (writer);
  posture_json_writer_end_array (writer);
  g_test_assert_expected_messages ();
  assert_written (writer, "[{}]");
}

static void
test_name_twice (void)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_int (writer, "a", 1);
  posture_json_writer_member_int (writer, "b", 2);
  posture_json_writer_member_int (writer, "a", 3);
  expect_critical ("*sort_members*");
  posture_json_writer_end_object (writer);
  expect_critical ("*finish_text*");
  g_assert_null (posture_json_writer_finish_text (writer));
  g_test_assert_expected_messages ();
}

/* Freed with containers still open: nothing is left behind, which the leak check sees. */
static void
test_left_unfinished (void)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "a");
  posture_json_writer_begin_array (writer);
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "b", "c");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-writer/values", test_values);
  g_test_add_func ("/json-writer/containers", test_containers);
  g_test_add_func ("/json-writer/order/names", test_order);
  g_test_add_func ("/json-writer/order/in-depth", test_order_in_depth);
  g_test_add_func ("/json-writer/escapes", test_escapes);
  g_test_add_func ("/json-writer/canonical", test_canonical);
  g_test_add_func ("/json-writer/node-inside", test_node_inside);
  g_test_add_func ("/json-writer/random-trees", test_random_trees);
  g_test_add_func ("/json-writer/programming-errors/nesting", test_calls_that_do_not_nest);
  g_test_add_func ("/json-writer/programming-errors/values", test_values_that_are_none);
  g_test_add_func ("/json-writer/programming-errors/name-twice", test_name_twice);
  g_test_add_func ("/json-writer/left-unfinished", test_left_unfinished);
  return g_test_run ();
}
