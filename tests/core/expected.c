/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "expected.h"

void
expected_compare (const char *name,
                  const char *text)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "expected", name, NULL);
  g_autofree char *wanted = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) wanted_lines = NULL;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (g_getenv ("POSTURE_WRITE_EXPECTED") != NULL)
    {
      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (path, &wanted, NULL, &error);
  g_assert_no_error (error);
  wanted_lines = g_strsplit (wanted, "\n", -1);
  for (guint i = 0; lines[i] != NULL && wanted_lines[i] != NULL; i++)
    {
      g_test_message ("%s:%u", name, i + 1);
      g_assert_cmpstr (lines[i], ==, wanted_lines[i]);
    }
  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (wanted_lines));
}
