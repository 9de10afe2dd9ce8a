/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-acts.h"

#include "store/failpoint.h"
#include "store/store-error.h"
#include "test-vfs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Tells the test of something: of what was acknowledged, of a full disk, of an error. */
void
bus_acts_say (const char *what,
              const char *which)
{
  g_autofree char *line = g_strdup_printf ("%s %s\n", what, which);

  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    exit (1);
}

/* A full disk is told; the person makes room and goes on. Anything else is a failure of the test. */
gboolean
bus_acts_make_room (GError **error)
{
  if (*error == NULL)
    return FALSE;
  if (!g_error_matches (*error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_FULL))
    {
      bus_acts_say ("error", (*error)->message);
      exit (1);
    }
  bus_acts_say ("full", (*error)->message);
  g_clear_error (error);
  test_vfs_fill_disk (0, 0);
  return TRUE;
}

void
bus_acts_begin (BusFixture *self,
                const char *folder)
{
  const char *full = g_getenv ("CRASH_FULL");
  const char *seed = g_getenv ("CRASH_SEED");

  self->folder = g_strdup (folder);
  test_vfs_register ("crash", /* make_default = */ TRUE);
  posture_failpoint_set_power_loss (test_vfs_lose_power);
  test_vfs_set_seed (seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 1);
  bus_fixture_open (self);
  test_vfs_reset ();
  if (full != NULL)
    test_vfs_fill_disk (g_ascii_strtoull (full, NULL, 10), 6);
}

/* Says how many writes, syncs and refused writes there were; gives what to end with. */
int
bus_acts_end (BusFixture *self)
{
  g_autofree char *figures = NULL;
  TestVfsCounts counts;

  test_vfs_get_counts (&counts);
  figures = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                             counts.database_writes + counts.log_writes, counts.database_syncs + counts.log_syncs,
                             counts.refused);
  test_vfs_fill_disk (0, 0);
  bus_fixture_close (self);
  g_assert_finalize_object (g_steal_pointer (&self->clock));
  g_clear_pointer (&self->folder, g_free);
  bus_acts_say ("done", figures);
  return 0;
}
