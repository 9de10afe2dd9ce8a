/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "json/json-digest.h"
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

/* What ECMAScript prints for them. */
static void
test_numbers (void)
{
  static const struct
  {
    double value;
    const char *text;
  } known[] = {
    { 0, "0" },
    { -0.0, "0" },
    { 1, "1" },
    { -1, "-1" },
    { 0.1, "0.1" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { -1 / 3.0, "-0.3333333333333333" },
    { 4.35, "4.35" },
    { 123.456, "123.456" },
    { 333333333.33333329, "333333333.3333333" },
    { 4503599627370497.5, "4503599627370498" },
    { 1e15, "1000000000000000" },
    { 9007199254740991, "9007199254740991" },
    { 9007199254740992, "9007199254740992" },
    { 9007199254740994, "9007199254740994" },
    { 18014398509481984, "18014398509481984" },
    { 9223372036854775808.0, "9223372036854776000" },
    { 123456789012345678.0, "123456789012345680" },
    { 1e20, "100000000000000000000" },
    { 123456789012345680000.0, "123456789012345680000" },
    { 295147905179352830000.0, "295147905179352830000" },
    { 999999999999999900000.0, "999999999999999900000" },
    { 1e21, "1e+21" },
    { -1e21, "-1e+21" },
    { 1e22, "1e+22" },
    { 1e23, "1e+23" },
    { 1.5e300, "1.5e+300" },
    { 1.7976931348623157e308, "1.7976931348623157e+308" },
    { 0.00001, "0.00001" },
    { 0.000001, "0.000001" },
    { 1.234e-6, "0.000001234" },
    { 1e-7, "1e-7" },
    { 1.234e-7, "1.234e-7" },
    { -1e-7, "-1e-7" },
    { 5e-324, "5e-324" },
    { -5e-324, "-5e-324" },
    { 2.2250738585072014e-308, "2.2250738585072014e-308" },
    { 2.2250738585072011e-308, "2.225073858507201e-308" },
    /* powers of two, whose nearest sixteen digits are not theirs */
    { 0x1p-44, "5.684341886080802e-14" },
    { -0x1p-44, "-5.684341886080802e-14" },
    { 0x1p-24, "5.960464477539063e-8" },
    { 0x1p89, "6.189700196426902e+26" },
    { 0x1p1023, "8.98846567431158e+307" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_json_writer_double (writer, known[i].value);
      assert_written (writer, known[i].text);
      assert_canonical (known[i].text, known[i].text);
    }
}

/* What all these numbers are as text is compared by digest. The digests were made by an ECMAScript
 * engine, which printed the same arrays. */
static void
test_numbers_by_digest (void)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GBytes) powers = NULL;
  g_autoptr (GBytes) many = NULL;
  g_autofree char *powers_digest = NULL;
  g_autofree char *many_digest = NULL;
  guint64 x = G_GUINT64_CONSTANT (88172645463325252);

  posture_json_writer_begin_array (writer);
  for (int exponent = -1074; exponent < 1024; exponent++)
    posture_json_writer_double (writer, ldexp (1, exponent));
  posture_json_writer_end_array (writer);
  powers = posture_json_writer_finish (writer);
  powers_digest = posture_json_digest (powers);
  g_assert_cmpstr (powers_digest, ==,
                   "7474591ea53e0e8b0cceb39b8b50112e216c4c03b15849f6fad9b57094c8ab4a");

  /* 20,000 patterns of 64 bits out of a xorshift generator, those that are finite numbers */
  posture_json_writer_begin_array (writer);
  for (guint n = 0; n < 20000;)
    {
      union { guint64 bits; double value; } number;

      x ^= x >> 12;
      x ^= x << 25;
      x ^= x >> 27;
      number.bits = x * G_GUINT64_CONSTANT (2685821657736338717);
      if (!isfinite (number.value))
        continue;
      posture_json_writer_double (writer, number.value);
      n++;
    }
  posture_json_writer_end_array (writer);
  many = posture_json_writer_finish (writer);
  many_digest = posture_json_digest (many);
  g_assert_cmpstr (many_digest, ==,
                   "b290202e2d21b13e6ae34696b5fd2ae403d9131f24ae32821ecc8156e891ba0b");
}

static void
test_ints (void)
{
  static const struct
  {
    gint64 value;
    const char *text;
  } known[] = {
    { 0, "0" },
    { -1, "-1" },
    { 9007199254740992, "9007199254740992" },
    { -9007199254740992, "-9007199254740992" },
    /* beyond, the nearest double */
    { 9007199254740993, "9007199254740992" },
    { 9007199254740995, "9007199254740996" },
    { G_MAXINT64, "9223372036854776000" },
    { G_MININT64, "-9223372036854776000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_json_writer_int (writer, known[i].value);
      assert_written (writer, known[i].text);
    }
}

static void
test_decimals (void)
{
  static const struct
  {
    gint64 units;
    guint places;
    const char *text;
  } known[] = {
    { 0, 4, "0" },
    { 1000, 4, "0.1" },
    { 1, 4, "0.0001" },
    { -1, 4, "-0.0001" },
    { 435, 2, "4.35" },
    { 1005, 3, "1.005" },
    { 120000, 4, "12" },
    { 123400, 4, "12.34" },
    { -10050, 4, "-1.005" },
    { 7, 0, "7" },
    { 1, 9, "1e-9" },
    { 1000, 9, "0.000001" },
    { 999999999999999, 4, "99999999999.9999" },
    { 999999999999999, 9, "999999.999999999" },
    { 100000000000001, 9, "100000.000000001" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_json_writer_decimal (writer, known[i].units, known[i].places);
      assert_written (writer, known[i].text);
    }
}

/* What was written as a decimal is read as the same, for any fifteen digits. */
static void
test_decimals_round_trip (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
      g_autoptr (PostureJsonDocument) document = NULL;
      g_autofree char *text = NULL;
      guint places = (guint) g_test_rand_int_range (0, 10);
      gint64 limit = i % 2 == 0 ? 999999999999999 : 999999;
      gint64 units = (gint64) g_test_rand_double_range (-(double) limit, (double) limit);
      gint64 read;

      posture_json_writer_decimal (writer, units, places);
      text = posture_json_writer_finish_text (writer);
      /* a number so small that it has an exponent is none for get_decimal() */
      if (strchr (text, 'e') != NULL)
        continue;
      document = posture_json_document_new_text (text, NULL);
      g_assert_true (posture_json_node_get_decimal (posture_json_document_get_root (document),
                                                    places, &read));
      g_assert_cmpint (read, ==, units);
    }
}

static void
test_numbers_that_were_read (void)
{
  assert_canonical ("[1.0,1E2,-0,-0.0,0.10,100e-2,1e-7,0.0000001,12345678901234567890]",
                    "[1,100,0,0,0.1,1,1e-7,1e-7,12345678901234567000]");
  /* too small for a double, and too large */
  assert_canonical ("[1e-400,-1e-400]", "[0,0]");
  assert_canonical ("[1e400,-1E+400,1.7976931348623159e308]",
                    "[1e400,-1E+400,1.7976931348623159e308]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-numbers/known", test_numbers);
  g_test_add_func ("/json-numbers/by-digest", test_numbers_by_digest);
  g_test_add_func ("/json-numbers/ints", test_ints);
  g_test_add_func ("/json-numbers/decimals", test_decimals);
  g_test_add_func ("/json-numbers/decimals-round-trip", test_decimals_round_trip);
  g_test_add_func ("/json-numbers/that-were-read", test_numbers_that_were_read);
  return g_test_run ();
}
