/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"
#include "test-folder.h"

#include "backup/backup.h"
#include "store/disk.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#define NOW G_GINT64_CONSTANT (1793000000000)

#if POSTURE_FAILPOINTS
static int
fail_rename (const char *from,
             const char *to)
{
  errno = EXDEV;
  return -1;
}

static int
fail_sync (int fd)
{
  errno = EIO;
  return -1;
}

static int
fail_sync_folder (const char *folder)
{
  errno = EIO;
  return -1;
}

static int
pass_sync_folder (const char *folder)
{
  return 0;
}
#endif

/* A backup that does not come to the disk is none: the one that was there stays. */
static void
test_fails (StoreFixture *fixture,
            gconstpointer data)
{
#if !POSTURE_FAILPOINTS
  g_test_skip ("This build has no failpoints");
#else
  static const PostureDiskSteps steps[] = {
    { link, rename, unlink, fail_sync, pass_sync_folder },
    { link, fail_rename, unlink, fsync, pass_sync_folder },
    { link, rename, unlink, fsync, fail_sync_folder },
  };
  g_autofree char *folder = g_dir_make_tmp ("posture-backup-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "backup", NULL);

  store_run (fixture->store, "INSERT INTO note (text) VALUES ('x')");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (PostureBackupInfo) first = posture_backup_create (fixture->folder, path, NULL, NOW, NULL, NULL);
      g_autoptr (PostureBackupInfo) info = NULL;
      g_autoptr (PostureBackupInfo) kept = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (first);
      posture_disk_set_steps (&steps[i]);
      info = posture_backup_create (fixture->folder, path, NULL, NOW + 1000, NULL, &error);
      posture_disk_set_steps (NULL);
      g_assert_null (info);
      g_assert_nonnull (error);
      kept = posture_backup_check (path, NULL, NULL, NULL);
      g_assert_nonnull (kept);
      g_assert_cmpint (kept->created, ==, NOW);
    }
  test_folder_remove (folder);
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/backup/disk/fails", StoreFixture, NULL, store_fixture_set_up, test_fails, store_fixture_tear_down);
  return g_test_run ();
}
