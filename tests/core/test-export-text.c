/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/export-text.h"

/* Texts made clean, and harmless in a cell. */

static void
test_clean (void)
{
  static const char *const texts[][2] = {
    { "a\r\nb\rc\n", "a\nb\nc" },
    { "a\tb\x01\x7f", "a b" },
    { "a\u202eb\u200fc\ufeff", "abc" },
    { "שלום", "שלום" },
    { "a\xff", "a\ufffd" },
    { " \n ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *clean = posture_export_clean_text (texts[i][0]);

      g_assert_cmpstr (clean, ==, texts[i][1]);
    }
}

static void
test_cells (void)
{
  static const char *const cells[][2] = {
    { "a", "\"a\"" },
    { "a\"b", "\"a\"\"b\"" },
    { "=1", "\"'=1\"" },
    { " +1", "\"' +1\"" },
    { "-1", "\"'-1\"" },
    { "@x", "\"'@x\"" },
    { "|x", "\"'|x\"" },
    { "＝1", "\"'＝1\"" },
    { "\u221215", "\"'\u221215\"" },
    { "1=2", "\"1=2\"" },
    { "", "\"\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);

      posture_export_append_cell (csv, cells[i][0]);
      g_assert_cmpstr (csv->str, ==, cells[i][1]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export-text/clean", test_clean);
  g_test_add_func ("/export-text/cells", test_cells);
  return g_test_run ();
}
