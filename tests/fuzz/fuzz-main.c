/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"

#include <glib.h>
#include <stdlib.h>

static gboolean
feed_file (const char *path)
{
  g_autofree char *contents = NULL;
  g_autofree char *exact = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  /* without the NUL that GLib puts behind it, so that reading too far is noticed */
  exact = g_memdup2 (contents, length);
  LLVMFuzzerTestOneInput ((const uint8_t *) exact, length);
  return TRUE;
}

/* Feeds a file, or every file of a folder; gives how many, or 0 after a failure. */
static guint
feed (const char *path)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint count = 0;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return feed_file (path) ? 1 : 0;
  folder = g_dir_open (path, 0, /* error */ NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (!feed_file (child))
        return 0;
      count++;
    }
  return count;
}

/* Runs a fuzz entry over the files and folders that are given. */
int
main (int    argc,
      char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      guint count = feed (argv[i]);

      if (count == 0)
        return EXIT_FAILURE;
      g_print ("%s: %u\n", argv[i], count);
    }
  return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
