/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pattern-cases.h"

#include <stdlib.h>

/* What the automated tests' framework takes for “skipped”. */
#define EXIT_SKIPPED 77

/* How many cases may differ; README.md of core/pattern names them. */
#define MAX_DIFFERENCES 10

typedef struct
{
  guint passed;
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

  if (g_str_equal (expect, got))
    {
      counts->passed++;
      return;
    }
  counts->failed++;
  g_print ("differs: %s: expected %s, got %s%s%s\n", name, expect, got,
           message != NULL ? ": " : "", message != NULL ? message : "");
}

/* Runs the cases of a file that holds what the published engine answers. */
int
main (int    argc,
      char **argv)
{
  const char *path = argc > 1 ? argv[1] : g_getenv ("POSTURE_PATTERN_CONFORMANCE");
  g_autoptr (GError) error = NULL;
  Counts counts = { 0, 0 };
  gint64 start = g_get_monotonic_time ();

  if (path == NULL || path[0] == '\0')
    {
      g_print ("skipped: POSTURE_PATTERN_CONFORMANCE names no file of cases\n");
      return EXIT_SKIPPED;
    }
  if (!pattern_cases_run (path, count_case, &counts, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  g_print ("pattern-conformance: %u of %u as expected, %u differ, %.3f s\n", counts.passed,
           counts.passed + counts.failed, counts.failed,
           (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  return counts.passed > 0 && counts.failed <= MAX_DIFFERENCES ? EXIT_SUCCESS : EXIT_FAILURE;
}
