/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "json/json-reader.h"

#include <string.h>

/* A text with its length, so that it may hold a NUL. */
#define TEXT(literal) literal, sizeof (literal) - 1

typedef struct
{
  const char *text;
  gsize length;
  PostureJsonError code;
  const char *message;
} Refusal;

/* Reads all and writes down what came: one sign a token, names and texts in brackets. */
static char *
trace (PostureJsonReader *reader,
       GError           **error)
{
  static const char signs[] = {
    [POSTURE_JSON_TOKEN_ERROR] = '!',       [POSTURE_JSON_TOKEN_BEGIN_OBJECT] = '{',
    [POSTURE_JSON_TOKEN_END_OBJECT] = '}',  [POSTURE_JSON_TOKEN_BEGIN_ARRAY] = '[',
    [POSTURE_JSON_TOKEN_END_ARRAY] = ']',   [POSTURE_JSON_TOKEN_KEY] = 'k',
    [POSTURE_JSON_TOKEN_STRING] = 's',      [POSTURE_JSON_TOKEN_NUMBER] = '#',
    [POSTURE_JSON_TOKEN_TRUE] = 'T',        [POSTURE_JSON_TOKEN_FALSE] = 'F',
    [POSTURE_JSON_TOKEN_NULL] = 'N',        [POSTURE_JSON_TOKEN_END] = '.',
  };
  GString *out = g_string_new (NULL);
  PostureJsonToken token;

  do
    {
      gsize length;
      const char *text;

      token = posture_json_reader_next (reader, error);
      g_string_append_c (out, signs[token]);
      if (token == POSTURE_JSON_TOKEN_KEY || token == POSTURE_JSON_TOKEN_STRING ||
          token == POSTURE_JSON_TOKEN_NUMBER)
        {
          text = posture_json_reader_get_text (reader, &length);
          g_string_append_printf (out, "(%.*s)", (int) length, text);
        }
    }
  while (token != POSTURE_JSON_TOKEN_END && token != POSTURE_JSON_TOKEN_ERROR);
  return g_string_free (out, FALSE);
}

static void
assert_trace (const char *text,
              const char *expected)
{
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (text, strlen (text), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = trace (reader, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (seen, ==, expected);
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
  g_autofree char *seen = trace (reader, &error);

  if (error == NULL)
    g_test_message ("accepted: %s", text);
  g_assert_error (error, POSTURE_JSON_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_true (g_str_has_suffix (seen, "!"));
  /* the same comes again, with and without a place for it */
  g_assert_cmpint (posture_json_reader_next (reader, NULL), ==, POSTURE_JSON_TOKEN_ERROR);
  g_assert_cmpint (posture_json_reader_next (reader, &again), ==, POSTURE_JSON_TOKEN_ERROR);
  g_assert_error (again, POSTURE_JSON_ERROR, (int) code);
  g_assert_cmpstr (again->message, ==, message);
}

static void
assert_all_refused (const Refusal *refusals,
                    gsize          n_refusals)
{
  for (gsize i = 0; i < n_refusals; i++)
    assert_refused (refusals[i].text, refusals[i].length, NULL, refusals[i].code,
                    refusals[i].message);
}

static void
test_tokens (void)
{
  assert_trace ("null", "N.");
  assert_trace ("true", "T.");
  assert_trace ("false", "F.");
  assert_trace ("0", "#(0).");
  assert_trace ("\"\"", "s().");
  assert_trace ("\"a\"", "s(a).");
  assert_trace ("{}", "{}.");
  assert_trace ("[]", "[].");
  assert_trace ("[[],{},[[]]]", "[[]{}[[]]].");
  assert_trace ("[[[]],[[]],{},{}]", "[[[]][[]]{}{}].");
  assert_trace ("{\"a\":1,\"b\":[true,false,null,\"x\"],\"\":{}}",
                "{k(a)#(1)k(b)[TFNs(x)]k(){}}.");
  assert_trace (" \t\r\n{ \"a\" : [ 1 , 2 ] , \"b\" : { } } \t\r\n", "{k(a)[#(1)#(2)]k(b){}}.");
}

static void
test_end_again (void)
{
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (TEXT ("1 "), NULL);

  g_assert_cmpint (posture_json_reader_next (reader, NULL), ==, POSTURE_JSON_TOKEN_NUMBER);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (posture_json_reader_next (reader, NULL), ==, POSTURE_JSON_TOKEN_END);
}

/* Names that stand twice are not the reader's business. */
static void
test_duplicates_pass (void)
{
  assert_trace ("{\"a\":1,\"a\":2}", "{k(a)#(1)k(a)#(2)}.");
}

static void
test_offset (void)
{
  static const char text[] = " { \"a\" : 12 , \"b\":[ null ] } ";
  static const gsize offsets[] = { 1, 3, 9, 14, 18, 20, 25, 27, 29 };
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (TEXT (text), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      g_assert_cmpint (posture_json_reader_next (reader, NULL), !=, POSTURE_JSON_TOKEN_ERROR);
      g_assert_cmpuint (posture_json_reader_get_offset (reader), ==, offsets[i]);
    }
  g_assert_cmpint (posture_json_reader_next (reader, NULL), ==, POSTURE_JSON_TOKEN_END);
}

static void
test_place (void)
{
  /* "ä" is one character of two bytes, "𝄞" one of four; a line ends with its line feed */
  static const char text[] = "\xc3\xa4x\r\n\n\xf0\x9d\x84\x9ey";
  static const guint places[][3] = {
    { 0, 1, 1 }, { 2, 1, 2 }, { 3, 1, 3 }, { 4, 1, 4 }, { 5, 2, 1 }, { 6, 3, 1 }, { 10, 3, 2 },
    { 11, 3, 3 }, { 5000, 3, 3 },
  };
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (TEXT (text), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      guint line, column;

      posture_json_reader_get_place (reader, places[i][0], &line, &column);
      g_assert_cmpuint (line, ==, places[i][1]);
      g_assert_cmpuint (column, ==, places[i][2]);
    }
}

static void
test_empty (void)
{
  static const Refusal refusals[] = {
    { TEXT (""), POSTURE_JSON_ERROR_EMPTY, "line 1, column 1: there is no value" },
    { TEXT ("  "), POSTURE_JSON_ERROR_EMPTY, "line 1, column 3: there is no value" },
    { TEXT (" \t\r\n \n"), POSTURE_JSON_ERROR_EMPTY, "line 3, column 1: there is no value" },
  };
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (NULL, 0, NULL);
  g_autoptr (GError) error = NULL;

  assert_all_refused (refusals, G_N_ELEMENTS (refusals));
  g_assert_cmpint (posture_json_reader_next (reader, &error), ==, POSTURE_JSON_TOKEN_ERROR);
  g_assert_error (error, POSTURE_JSON_ERROR, POSTURE_JSON_ERROR_EMPTY);
}

static void
test_trailing (void)
{
  static const char *const texts[] = {
    "1 2", "1 ,", "{} {}", "[] ]", "{} }", "\"\" a", "1 x", "1 :", "1 /", "1 #",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *message =
        g_strdup_printf ("line 1, column %u: text follows after the end of the value",
                         (guint) strlen (texts[i]) - (i == 2 ? 1 : 0));

      assert_refused (texts[i], strlen (texts[i]), NULL, POSTURE_JSON_ERROR_TRAILING, message);
    }
  assert_refused (TEXT ("1\n\n 2"), NULL, POSTURE_JSON_ERROR_TRAILING,
                  "line 3, column 2: text follows after the end of the value");
  assert_refused (TEXT ("1\0"), NULL, POSTURE_JSON_ERROR_TRAILING,
                  "line 1, column 2: text follows after the end of the value");
  assert_refused (TEXT ("truex"), NULL, POSTURE_JSON_ERROR_TRAILING,
                  "line 1, column 5: text follows after the end of the value");
  assert_refused (TEXT ("1\xef\xbb\xbf"), NULL, POSTURE_JSON_ERROR_TRAILING,
                  "line 1, column 2: text follows after the end of the value");
}

static void
test_syntax_of_values (void)
{
#define NO_VALUE(column) \
  POSTURE_JSON_ERROR_SYNTAX, "line 1, column " column ": a value was expected here"
  static const Refusal refusals[] = {
    { TEXT ("x"), NO_VALUE ("1") },           { TEXT ("tru"), NO_VALUE ("1") },
    { TEXT ("True"), NO_VALUE ("1") },        { TEXT ("trux"), NO_VALUE ("1") },
    { TEXT ("fals"), NO_VALUE ("1") },        { TEXT ("nul"), NO_VALUE ("1") },
    { TEXT ("NULL"), NO_VALUE ("1") },        { TEXT ("undefined"), NO_VALUE ("1") },
    { TEXT ("'a'"), NO_VALUE ("1") },         { TEXT ("//c\n1"), NO_VALUE ("1") },
    { TEXT ("/* c */ 1"), NO_VALUE ("1") },   { TEXT ("# c"), NO_VALUE ("1") },
    { TEXT ("]"), NO_VALUE ("1") },           { TEXT ("}"), NO_VALUE ("1") },
    { TEXT (","), NO_VALUE ("1") },           { TEXT (":"), NO_VALUE ("1") },
    { TEXT ("[,]"), NO_VALUE ("2") },         { TEXT ("[1,]"), NO_VALUE ("4") },
    { TEXT ("[1,,2]"), NO_VALUE ("4") },      { TEXT ("[}"), NO_VALUE ("2") },
    { TEXT ("[/**/]"), NO_VALUE ("2") },      { TEXT ("{\"a\":}"), NO_VALUE ("6") },
    { TEXT ("{\"a\":,}"), NO_VALUE ("6") },   { TEXT ("{\"a\"::1}"), NO_VALUE ("6") },
    { TEXT ("\0"), NO_VALUE ("1") },          { TEXT ("[\0]"), NO_VALUE ("2") },
    { TEXT ("\x0b" "1"), NO_VALUE ("1") },    { TEXT ("\x0c" "1"), NO_VALUE ("1") },
    { TEXT ("\xc2\xa0" "1"), NO_VALUE ("1") }, { TEXT ("\xff"), NO_VALUE ("1") },
    { TEXT ("[\xef\xbb\xbf]"), NO_VALUE ("2") }, { TEXT ("\xef\xbb"), NO_VALUE ("1") },
  };
#undef NO_VALUE

  assert_all_refused (refusals, G_N_ELEMENTS (refusals));
}

static void
test_syntax_of_containers (void)
{
#define SYNTAX(place, reason) POSTURE_JSON_ERROR_SYNTAX, place ": " reason
#define NO_NAME "a member's name in quotes was expected here"
#define CONTROL "a line break or control character inside a text must be escaped"
  static const Refusal refusals[] = {
    { TEXT ("[1 2]"), SYNTAX ("line 1, column 4", "a comma or ] was expected here") },
    { TEXT ("[1}"), SYNTAX ("line 1, column 3", "a comma or ] was expected here") },
    { TEXT ("[1:2]"), SYNTAX ("line 1, column 3", "a comma or ] was expected here") },
    { TEXT ("[truex]"), SYNTAX ("line 1, column 6", "a comma or ] was expected here") },
    { TEXT ("[\n1\n 2]"), SYNTAX ("line 3, column 2", "a comma or ] was expected here") },
    { TEXT ("{\"a\":1 \"b\":2}"), SYNTAX ("line 1, column 8", "a comma or } was expected here") },
    { TEXT ("{\"a\":1]"), SYNTAX ("line 1, column 7", "a comma or } was expected here") },
    { TEXT ("[{}}"), SYNTAX ("line 1, column 4", "a comma or ] was expected here") },
    { TEXT ("{\"a\":[]]"), SYNTAX ("line 1, column 8", "a comma or } was expected here") },
    { TEXT ("{\"a\" 1}"), SYNTAX ("line 1, column 6", "a colon was expected here") },
    { TEXT ("{\"a\"}"), SYNTAX ("line 1, column 5", "a colon was expected here") },
    { TEXT ("{\"a\",1}"), SYNTAX ("line 1, column 5", "a colon was expected here") },
    { TEXT ("{1:2}"), SYNTAX ("line 1, column 2", NO_NAME) },
    { TEXT ("{a:2}"), SYNTAX ("line 1, column 2", NO_NAME) },
    { TEXT ("{'a':2}"), SYNTAX ("line 1, column 2", NO_NAME) },
    { TEXT ("{]"), SYNTAX ("line 1, column 2", NO_NAME) },
    { TEXT ("{,}"), SYNTAX ("line 1, column 2", NO_NAME) },
    { TEXT ("{\"a\":1,}"),
      SYNTAX ("line 1, column 8", NO_NAME) },
    { TEXT ("{\"\xc3\xa4\":1,\n\xc3\xa4}"),
      SYNTAX ("line 2, column 1", NO_NAME) },
    { TEXT ("{\"\xc3\xa4\" 1}"), SYNTAX ("line 1, column 6", "a colon was expected here") },
  };
  static const char *const cut[] = {
    "[", "{", "[1", "[1,", "[[]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "-", "1.", "1e",
    "1e+", "[ ", "{ ", "[1 , ", "{\"a\" : ",
  };

  assert_all_refused (refusals, G_N_ELEMENTS (refusals));
  for (gsize i = 0; i < G_N_ELEMENTS (cut); i++)
    {
      g_autofree char *message = g_strdup_printf ("line 1, column %u: the text ends too early",
                                                  (guint) strlen (cut[i]) + 1);

      assert_refused (cut[i], strlen (cut[i]), NULL, POSTURE_JSON_ERROR_SYNTAX, message);
    }
}

static void
test_syntax_of_texts (void)
{
  static const Refusal refusals[] = {
    { TEXT ("\""), SYNTAX ("line 1, column 1", "a text without its closing quote") },
    { TEXT (" \"abc"), SYNTAX ("line 1, column 2", "a text without its closing quote") },
    { TEXT ("{\"abc"), SYNTAX ("line 1, column 2", "a text without its closing quote") },
    { TEXT ("\"a\\\""), SYNTAX ("line 1, column 1", "a text without its closing quote") },
    { TEXT ("\"a\nb\""), SYNTAX ("line 1, column 3", CONTROL) },
    { TEXT ("\"a\tb\""), SYNTAX ("line 1, column 3", CONTROL) },
    { TEXT ("\"a\\tb\x1f\""),
      SYNTAX ("line 1, column 6", CONTROL) },
    { TEXT ("\"a\\x41\""), SYNTAX ("line 1, column 3", "an unknown escape") },
    { TEXT ("\"\\'\""), SYNTAX ("line 1, column 2", "an unknown escape") },
    { TEXT ("\"\\0\""), SYNTAX ("line 1, column 2", "an unknown escape") },
    { TEXT ("\"\\U0041\""), SYNTAX ("line 1, column 2", "an unknown escape") },
    { TEXT ("\"\\\0\""), SYNTAX ("line 1, column 2", "an unknown escape") },
    { TEXT ("\"\\\n\""), SYNTAX ("line 1, column 2", "an unknown escape") },
    { TEXT ("\"\\"), SYNTAX ("line 1, column 2", "an unknown escape") },
    { TEXT ("\"\\u"), SYNTAX ("line 1, column 2", "\\u wants four hexadecimal digits") },
    { TEXT ("\"\\u0041"), SYNTAX ("line 1, column 1", "a text without its closing quote") },
    { TEXT ("\"\\ud834\\udd1e"), SYNTAX ("line 1, column 1", "a text without its closing quote") },
    { TEXT ("\"\\u004"), SYNTAX ("line 1, column 2", "\\u wants four hexadecimal digits") },
    { TEXT ("\"\\u004\""), SYNTAX ("line 1, column 2", "\\u wants four hexadecimal digits") },
    { TEXT ("\"ab\\u004g\""), SYNTAX ("line 1, column 4", "\\u wants four hexadecimal digits") },
    { TEXT ("\"\\u+041\""), SYNTAX ("line 1, column 2", "\\u wants four hexadecimal digits") },
    { TEXT ("\"\\u 041\""), SYNTAX ("line 1, column 2", "\\u wants four hexadecimal digits") },
  };

  assert_all_refused (refusals, G_N_ELEMENTS (refusals));
}
#undef SYNTAX
#undef NO_NAME
#undef CONTROL

static void
test_escapes (void)
{
  assert_trace ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "s(\"\\/\b\f\n\r\t).");
  assert_trace ("\"a\\nb\\nc\"", "s(a\nb\nc).");
  assert_trace ("\"\\u0041\\u00e4\\u00E4\\u20ac\\u0001\"", "s(A\xc3\xa4\xc3\xa4\xe2\x82\xac\x01).");
  assert_trace ("\"\\u007f\\u0080\\u07ff\\u0800\\uffff\"",
                "s(\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf).");
  assert_trace ("\"\\ud7ff\\ue000\\ud800\\udc00\\udbff\\udfff\"",
                "s(\xed\x9f\xbf\xee\x80\x80\xf0\x90\x80\x80\xf4\x8f\xbf\xbf).");
  assert_trace ("\"\\uD834\\uDD1E\"", "s(\xf0\x9d\x84\x9e).");
  /* an escape of one text is not left over for the next */
  assert_trace ("{\"\\u0061\":\"\\n\",\"b\":\"c\"}", "{k(a)s(\n)k(b)s(c)}.");
}

static void
test_utf8 (void)
{
#define BAD(column) POSTURE_JSON_ERROR_UTF8, "line 1, column " column ": bytes that are not UTF-8"
#define HALF(column) POSTURE_JSON_ERROR_UTF8, "line 1, column " column ": half of a surrogate pair"
  static const Refusal refusals[] = {
    /* no beginning, no end */
    { TEXT ("\"\x80\""), BAD ("2") },
    { TEXT ("\"\xbf\""), BAD ("2") },
    { TEXT ("\"\xc3\""), BAD ("2") },
    { TEXT ("\"\xc3"), BAD ("2") },
    { TEXT ("\"\xe2\x82\""), BAD ("2") },
    { TEXT ("\"\xe2\x82"), BAD ("2") },
    { TEXT ("\"\xf0\x9d\x84\""), BAD ("2") },
    { TEXT ("\"\xf0\x9d\x84"), BAD ("2") },
    { TEXT ("\"\xc3x\""), BAD ("2") },
    /* longer than need be */
    { TEXT ("\"\xc0\x80\""), BAD ("2") },
    { TEXT ("\"\xc0\xaf\""), BAD ("2") },
    { TEXT ("\"\xc1\xbf\""), BAD ("2") },
    { TEXT ("\"\xe0\x80\xaf\""), BAD ("2") },
    { TEXT ("\"\xe0\x9f\xbf\""), BAD ("2") },
    { TEXT ("\"\xf0\x80\x80\xaf\""), BAD ("2") },
    { TEXT ("\"\xf0\x8f\xbf\xbf\""), BAD ("2") },
    /* surrogates */
    { TEXT ("\"\xed\xa0\x80\""), BAD ("2") },
    { TEXT ("\"\xed\xbf\xbf\""), BAD ("2") },
    { TEXT ("\"\xed\xa0\xb4\xed\xb4\x9e\""), BAD ("2") },
    { TEXT ("\"\\ud800\""), HALF ("2") },
    { TEXT ("\"\\udbff\""), HALF ("2") },
    { TEXT ("\"\\udc00\""), HALF ("2") },
    { TEXT ("\"\\udfff\\ud800\""), HALF ("2") },
    { TEXT ("\"\\udc00\\udc00\""), HALF ("2") },
    { TEXT ("\"\\ud800x\""), HALF ("2") },
    { TEXT ("\"\\ud800\\n12345\""), HALF ("2") },
    { TEXT ("\"\\ud800\\u0041\""), HALF ("2") },
    { TEXT ("\"\\ud800\\ud800\""), HALF ("2") },
    { TEXT ("\"\\ud800\\ue000\""), HALF ("2") },
    { TEXT ("\"\\ud800\\udc0"), HALF ("2") },
    { TEXT ("\"\\ud800\\udc0g\""), HALF ("2") },
    { TEXT ("\"\\ud800"), HALF ("2") },
    /* beyond U+10FFFF, and bytes that never occur */
    { TEXT ("\"\xf4\x90\x80\x80\""), BAD ("2") },
    { TEXT ("\"\xf5\x80\x80\x80\""), BAD ("2") },
    { TEXT ("\"\xf8\x88\x80\x80\x80\""), BAD ("2") },
    { TEXT ("\"\xfe\""), BAD ("2") },
    { TEXT ("\"\xff\""), BAD ("2") },
    /* in a name, and after characters of many bytes: columns count characters */
    { TEXT ("{\"\xff\":1}"), BAD ("3") },
    { TEXT ("\"\xc3\xa4\xf0\x9d\x84\x9e\xff\""), BAD ("4") },
    { TEXT ("\"\xc3\xa4\\udc00\""), HALF ("3") },
    { TEXT ("\"a\0b\""), POSTURE_JSON_ERROR_UTF8,
      "line 1, column 3: a NUL character is not allowed in text" },
    { TEXT ("{\"\0\":1}"), POSTURE_JSON_ERROR_UTF8,
      "line 1, column 3: a NUL character is not allowed in text" },
    { TEXT ("[\n\"ab\\u0000\"]"), POSTURE_JSON_ERROR_UTF8,
      "line 2, column 4: a NUL character is not allowed in text" },
    /* no byte order mark before the value */
    { TEXT ("\xef\xbb\xbf" "1"), POSTURE_JSON_ERROR_SYNTAX,
      "line 1, column 1: a byte order mark must not stand before the value" },
    { TEXT ("\xef\xbb\xbf"), POSTURE_JSON_ERROR_SYNTAX,
      "line 1, column 1: a byte order mark must not stand before the value" },
    { TEXT ("\xff\xfe" "1\0"), POSTURE_JSON_ERROR_SYNTAX,
      "line 1, column 1: a value was expected here" },
  };
#undef BAD
#undef HALF

  assert_all_refused (refusals, G_N_ELEMENTS (refusals));
}

/* First and last of each length, either side of the surrogates, and what is no character but may
 * stand in a text all the same. */
static void
test_utf8_accepted (void)
{
  assert_trace ("\" \x7f\"", "s( \x7f).");
  assert_trace ("\"\xc2\x80\xdf\xbf\"", "s(\xc2\x80\xdf\xbf).");
  assert_trace ("\"\xe0\xa0\x80\xef\xbf\xbf\"", "s(\xe0\xa0\x80\xef\xbf\xbf).");
  assert_trace ("\"\xed\x9f\xbf\xee\x80\x80\"", "s(\xed\x9f\xbf\xee\x80\x80).");
  assert_trace ("\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"", "s(\xf0\x90\x80\x80\xf4\x8f\xbf\xbf).");
  assert_trace ("\"\xef\xbb\xbf\xef\xbf\xbe\xef\xb7\x90\"",
                "s(\xef\xbb\xbf\xef\xbf\xbe\xef\xb7\x90).");
  assert_trace ("\"\xe2\x80\xa8\xe2\x80\xa9\"", "s(\xe2\x80\xa8\xe2\x80\xa9).");
}

static void
test_numbers_keep_spelling (void)
{
  static const char *const numbers[] = {
    "0", "-0", "1", "-1", "10", "9007199254740993", "0.0", "-0.0", "1.50", "0.1e1", "1e0", "1E0",
    "1e+5", "1E-5", "1e00005", "-1.25e-10", "1e400", "1e-400", "1e99999999999999999999",
    "123456789012345678901234567890.123456789012345678901234567890",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *expected = g_strdup_printf ("#(%s).", numbers[i]);
      g_autofree char *in_array = g_strdup_printf ("[%s,%s]", numbers[i], numbers[i]);
      g_autofree char *both = g_strdup_printf ("[#(%s)#(%s)].", numbers[i], numbers[i]);

      assert_trace (numbers[i], expected);
      assert_trace (in_array, both);
    }
}

static void
test_numbers_refused (void)
{
#define NUMBER(column, reason) POSTURE_JSON_ERROR_SYNTAX, "line 1, column " column ": " reason
#define AFTER(column) \
  POSTURE_JSON_ERROR_TRAILING, "line 1, column " column ": text follows after the end of the value"
  static const Refusal refusals[] = {
    { TEXT ("00"), NUMBER ("2", "a number must not start with 0") },
    { TEXT ("01"), NUMBER ("2", "a number must not start with 0") },
    { TEXT ("-01"), NUMBER ("3", "a number must not start with 0") },
    { TEXT ("[-00.5]"), NUMBER ("4", "a number must not start with 0") },
    { TEXT ("+1"), NUMBER ("1", "a value was expected here") },
    { TEXT (".5"), NUMBER ("1", "a value was expected here") },
    { TEXT ("e5"), NUMBER ("1", "a value was expected here") },
    { TEXT ("NaN"), NUMBER ("1", "a value was expected here") },
    { TEXT ("nan"), NUMBER ("1", "a value was expected here") },
    { TEXT ("Infinity"), NUMBER ("1", "a value was expected here") },
    { TEXT ("-Infinity"), NUMBER ("2", "a digit is missing") },
    { TEXT ("-+1"), NUMBER ("2", "a digit is missing") },
    { TEXT ("--1"), NUMBER ("2", "a digit is missing") },
    { TEXT ("-.5"), NUMBER ("2", "a digit is missing") },
    { TEXT ("- 1"), NUMBER ("2", "a digit is missing") },
    { TEXT ("-\0"), NUMBER ("2", "a digit is missing") },
    { TEXT ("[1.]"), NUMBER ("4", "a digit is missing after the decimal point") },
    { TEXT ("1.e5"), NUMBER ("3", "a digit is missing after the decimal point") },
    { TEXT ("1.-5"), NUMBER ("3", "a digit is missing after the decimal point") },
    { TEXT ("[1e]"), NUMBER ("4", "a digit is missing in the exponent") },
    { TEXT ("[1e+]"), NUMBER ("5", "a digit is missing in the exponent") },
    { TEXT ("1e+-5"), NUMBER ("4", "a digit is missing in the exponent") },
    { TEXT ("1e.5"), NUMBER ("3", "a digit is missing in the exponent") },
    { TEXT ("0x10"), AFTER ("2") },
    { TEXT ("0b1"), AFTER ("2") },
    { TEXT ("1_000"), AFTER ("2") },
    { TEXT ("1.2.3"), AFTER ("4") },
    { TEXT ("1e5.5"), AFTER ("4") },
    { TEXT ("1e5e5"), AFTER ("4") },
    { TEXT ("1-2"), AFTER ("2") },
    { TEXT ("1f"), AFTER ("2") },
    { TEXT ("\xd9\xa1"), NUMBER ("1", "a value was expected here") },
    { TEXT ("[1,000.5]"), NUMBER ("5", "a number must not start with 0") },
  };
#undef NUMBER
#undef AFTER

  assert_all_refused (refusals, G_N_ELEMENTS (refusals));
}

/* An error after some tokens were fine: it comes at its place and no sooner. */
static void
test_error_in_the_middle (void)
{
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (TEXT ("[1,\n {\"a\" 2}]"), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = trace (reader, &error);

  g_assert_cmpstr (seen, ==, "[#(1){k(a)!");
  g_assert_cmpstr (error->message, ==, "line 2, column 7: a colon was expected here");
}

/* What stands behind the text, and would be more of it, is none of it. */
static void
test_ends_with_its_length (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    const char *tokens;
  } texts[] = {
    { "12", 1, "#(1)." },     { "0.5", 1, "#(0)." },      { "05", 1, "#(0)." },
    { "1e5", 1, "#(1)." },    { "-1", 1, "!" },           { "1.5", 2, "!" },
    { "1e5", 2, "!" },        { "1e+5", 3, "!" },         { "true", 3, "!" },
    { "[]", 1, "[!" },        { "[1]", 2, "[#(1)!" },     { "[1,2]", 3, "[#(1)!" },
    { "{\"a\":1}", 4, "{k(a)!" }, { "{\"a\":1}", 5, "{k(a)!" }, { "\"a\"", 2, "!" },
    { "\"\\n\"", 2, "!" },  { "\"\\u0041\"", 6, "!" },  { "\"1234567\"", 8, "!" },
    { "\"\xc3\xa4\"", 2, "!" }, { "1x", 1, "#(1)." },    { " 1", 1, "!" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PostureJsonReader) reader = posture_json_reader_new (texts[i].text, texts[i].length, NULL);
      g_autofree char *seen = trace (reader, NULL);

      g_assert_cmpstr (seen, ==, texts[i].tokens);
    }
}

static void
test_programming_errors (void)
{
  g_test_expect_message ("posture-json", G_LOG_LEVEL_CRITICAL, "*text != NULL*");
  g_assert_null (posture_json_reader_new (NULL, 1, NULL));
  g_test_assert_expected_messages ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-reader/tokens", test_tokens);
  g_test_add_func ("/json-reader/end-again", test_end_again);
  g_test_add_func ("/json-reader/duplicates-pass", test_duplicates_pass);
  g_test_add_func ("/json-reader/offset", test_offset);
  g_test_add_func ("/json-reader/place", test_place);
  g_test_add_func ("/json-reader/empty", test_empty);
  g_test_add_func ("/json-reader/trailing", test_trailing);
  g_test_add_func ("/json-reader/syntax/values", test_syntax_of_values);
  g_test_add_func ("/json-reader/syntax/containers", test_syntax_of_containers);
  g_test_add_func ("/json-reader/syntax/texts", test_syntax_of_texts);
  g_test_add_func ("/json-reader/escapes", test_escapes);
  g_test_add_func ("/json-reader/utf8/refused", test_utf8);
  g_test_add_func ("/json-reader/utf8/accepted", test_utf8_accepted);
  g_test_add_func ("/json-reader/numbers/spelling", test_numbers_keep_spelling);
  g_test_add_func ("/json-reader/numbers/refused", test_numbers_refused);
  g_test_add_func ("/json-reader/error-in-the-middle", test_error_in_the_middle);
  g_test_add_func ("/json-reader/ends-with-its-length", test_ends_with_its_length);
  g_test_add_func ("/json-reader/programming-errors", test_programming_errors);
  return g_test_run ();
}
