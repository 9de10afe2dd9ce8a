/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/snapshot.h"

#include "store/connection-private.h"
#include "store/profile-lock-private.h"
#include "store/store-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _PostureSnapshot
{
  char *path;
  int lock; /* nobody replaces the database, and nobody else takes a snapshot, while it is held */
};

/**
 * posture_snapshot_take:
 * @folder: (type filename): the folder of a profile
 * @progress: (nullable): how it is watched
 * @error: return location for an error of [error@StoreError];
 *   %POSTURE_STORE_ERROR_BUSY if another snapshot is being used
 *
 * Copies the database of a profile, as it was last committed, to a file of its
 * own in the folder, which goes with the snapshot. Others can have the profile
 * open, read and write. A damaged database is not copied.
 *
 * Waits for the disk; can be called in any thread.
 *
 * Returns: (transfer full) (nullable): the snapshot, or %NULL on error
 */
PostureSnapshot *
posture_snapshot_take (const char            *folder,
                       const PostureProgress *progress,
                       GError               **error)
{
  g_autofree char *file = g_build_filename (folder, POSTURE_STORE_FILE, NULL);
  g_autoptr (PostureSnapshot) self = g_new0 (PostureSnapshot, 1);
  g_autoptr (PostureConnection) connection = NULL;
  PostureProgress copying = posture_progress_part (progress, 0.3, 1);
  g_auto (GStrv) faults = NULL;

  self->lock = -1;
  if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN,
                   _("There is no data in %s."), folder);
      return NULL;
    }
  self->lock = posture_profile_join_for_snapshot (folder, error);
  if (self->lock < 0)
    return NULL;
  self->path = g_build_filename (folder, POSTURE_STORE_SNAPSHOT, NULL);
  connection = posture_connection_open (file, NULL /* vfs */, /* read_only = */ TRUE, error);
  if (connection == NULL)
    return NULL;
  posture_connection_set_work (connection, progress != NULL ? progress->cancellable : NULL);
  faults = posture_connection_check (connection, NULL /* modules */, /* full = */ FALSE, error);
  if (faults == NULL)
    return NULL;
  if (faults[0] != NULL)
    {
      g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CORRUPT,
                   _("The data file is damaged (%s). “posturectl doctor” tells more."), faults[0]);
      return NULL;
    }
  return posture_connection_copy (connection, self->path, &copying, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * posture_snapshot_get_path:
 * @self: a snapshot
 *
 * Returns: (transfer none) (type filename): its file, which is for reading
 */
const char *
posture_snapshot_get_path (PostureSnapshot *self)
{
  return self->path;
}

/**
 * posture_snapshot_free:
 * @self: (transfer full): a snapshot
 *
 * Deletes its file.
 */
void
posture_snapshot_free (PostureSnapshot *self)
{
  if (self->path != NULL)
    posture_connection_discard_copy (self->path);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->path);
  g_free (self);
}

/* What a backup or its restoring left, when it was killed, is of no use to anybody. */
void
posture_snapshot_drop_leftovers (const char *folder)
{
  static const char *const names[] = { POSTURE_STORE_SNAPSHOT, POSTURE_STORE_REPLACEMENT };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      posture_connection_discard_copy (path);
    }
}
