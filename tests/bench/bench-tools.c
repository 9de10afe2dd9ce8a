/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-tools.h"

#include <stdlib.h>
#include <sys/resource.h>

/**
 * bench_folder_new:
 *
 * Makes a folder, in that which the environment variable POSTURE_BENCH_DIR names if there is one: where
 * temporary files are may be no real disk. Without it the program ends.
 *
 * Returns: (transfer full) (type filename): an empty folder
 */
char *
bench_folder_new (void)
{
  const char *parent = g_getenv ("POSTURE_BENCH_DIR");
  g_autofree char *folder = g_build_filename (parent != NULL ? parent : g_get_tmp_dir (), "posture-bench-XXXXXX",
                                              NULL);

  if (g_mkdtemp (folder) == NULL)
    exit (1);
  return g_steal_pointer (&folder);
}

/**
 * bench_get_cpu:
 *
 * Returns: what this process has computed so far, in microseconds
 */
double
bench_get_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return 1e6 * (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}
