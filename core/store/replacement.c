/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/snapshot.h"

#include "store/connection-private.h"
#include "store/disk.h"
#include "store/failpoint.h"
#include "store/profile-lock-private.h"
#include "store/store-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _PostureReplacement
{
  char *folder;
  char *file; /* the database */
  char *path; /* what is to take its place */
  int lock;
};

/**
 * posture_replacement_begin:
 * @folder: (type filename): the folder of a profile; it is made if it is not there
 * @error: return location for an error of [error@StoreError];
 *   %POSTURE_STORE_ERROR_BUSY if somebody has the profile open
 *
 * Begins to put another database in the place of a profile's. Until the
 * replacement is freed nobody can open the profile.
 *
 * Returns: (transfer full) (nullable): the replacement, or %NULL on error
 */
PostureReplacement *
posture_replacement_begin (const char *folder,
                           GError    **error)
{
  g_autoptr (PostureReplacement) self = g_new0 (PostureReplacement, 1);

  self->lock = -1;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN,
                   _("The data folder %s cannot be made: %s. Choose another one with "
                     "POSTURE_DATA_DIR."),
                   folder, g_strerror (errno));
      return NULL;
    }
  self->lock = posture_profile_join_alone (folder, error);
  if (self->lock < 0)
    return NULL;
  self->folder = g_strdup (folder);
  self->file = g_build_filename (folder, POSTURE_STORE_FILE, NULL);
  self->path = g_build_filename (folder, POSTURE_STORE_REPLACEMENT, NULL);
  posture_connection_discard_copy (self->path);
  return g_steal_pointer (&self);
}

/**
 * posture_replacement_get_path:
 * @self: a replacement
 *
 * Returns: (transfer none) (type filename): where the caller is to write the
 *   database, as a posture_snapshot_take() had it
 */
const char *
posture_replacement_get_path (PostureReplacement *self)
{
  return self->path;
}

static gboolean
fail (GError **error)
{
  int number = errno;

  g_set_error (error, POSTURE_STORE_ERROR,
               number == ENOSPC || number == EDQUOT ? POSTURE_STORE_ERROR_FULL
                                                    : POSTURE_STORE_ERROR_FAILED,
               _("The data could not be put in place: %s. What was there was left as it is."),
               g_strerror (number));
  return FALSE;
}

/* What is to be the database is whole, ours, and not from a newer program. */
static gboolean
check_new (PostureReplacement              *self,
           const PostureStoreModule *const *modules,
           GCancellable                    *cancellable,
           GError                         **error)
{
  g_autoptr (PostureConnection) connection = posture_connection_open (self->path, NULL /* vfs */,
                                                                      /* read_only = */ TRUE, error);
  g_auto (GStrv) faults = NULL;

  if (connection == NULL || !posture_migration_can_read (connection, modules, error))
    return FALSE;
  posture_connection_set_work (connection, cancellable);
  faults = posture_connection_check (connection, modules, /* full = */ TRUE, error);
  if (faults != NULL && faults[0] != NULL)
    g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CORRUPT,
                 _("The data in the file is damaged: %s."), faults[0]);
  return faults != NULL && faults[0] == NULL;
}

/* Brings the log of the database into it, so that no log is left that could be taken for one of the
 * database that comes. Of a damaged one that cannot be done: %FALSE. */
static gboolean
empty_log (PostureReplacement *self)
{
  g_autoptr (PostureConnection) connection = posture_connection_open (self->file, NULL /* vfs */,
                                                                      /* read_only = */ FALSE,
                                                                      /* error = */ NULL);

  return connection != NULL && posture_connection_checkpoint (connection, /* truncate = */ TRUE, /* alone = */ TRUE);
}

static char *
beside (const char *path,
        const char *ending)
{
  return g_strconcat (path, ending, NULL);
}

/* Sets the database that is there aside. Its log is empty, or belongs to a damaged database, with
 * which it goes; it must never stand beside the new one. */
static gboolean
set_aside (PostureReplacement *self,
           GError            **error)
{
  static const char *const endings[] = { "-wal", "-shm", "-journal" };
  g_autofree char *copy = g_build_filename (self->folder, POSTURE_STORE_COPY, NULL);
  gboolean emptied = empty_log (self);

  if (!POSTURE_FAILPOINT ("store.replace.aside", error))
    return FALSE;
  posture_connection_discard_copy (copy);
  if (posture_disk_link (self->file, copy) != 0)
    return fail (error);
  if (!POSTURE_FAILPOINT ("store.replace.log", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = beside (self->file, endings[i]);
      g_autofree char *to = beside (copy, endings[i]);

      if ((emptied ? posture_disk_unlink (from) : posture_disk_rename (from, to)) != 0 && errno != ENOENT)
        return fail (error);
    }
  return posture_disk_sync_folder (self->folder) == 0 || fail (error);
}

/**
 * posture_replacement_commit:
 * @self: a replacement whose file was written and synced
 * @modules: (array zero-terminated=1): the modules that keep tables
 * @progress: (nullable): how it is watched; it is told of its end before the
 *   file is put in place, from when on it cannot be stopped
 * @error: return location for an error of [error@StoreError]
 *
 * Checks the file, and puts it in the place of the database in one step: a
 * process that is killed, or loses power, at any moment leaves the old database
 * or the new one. The old one is kept as the copy that an update sets aside.
 * What is damaged, strange, or from a newer program is refused, and nothing is
 * changed.
 *
 * Returns: %TRUE if it is in place and synced
 */
gboolean
posture_replacement_commit (PostureReplacement              *self,
                            const PostureStoreModule *const *modules,
                            const PostureProgress           *progress,
                            GError                         **error)
{
  GCancellable *cancellable = progress != NULL ? progress->cancellable : NULL;

  if (!POSTURE_FAILPOINT ("store.replace.check", error) || !posture_progress_step (progress, 0, error)
      || !check_new (self, modules, cancellable, error) || !posture_progress_step (progress, 0.8, error))
    return FALSE;
  if (g_file_test (self->file, G_FILE_TEST_EXISTS) && !set_aside (self, error))
    return FALSE;
  if (!POSTURE_FAILPOINT ("store.replace.rename", error) || !posture_progress_step (progress, 1, error))
    return FALSE;
  if (posture_disk_rename (self->path, self->file) != 0)
    return fail (error);
  if (!POSTURE_FAILPOINT ("store.replace.sync", error))
    return FALSE;
  return posture_disk_sync_folder (self->folder) == 0 || fail (error);
}

/**
 * posture_replacement_free:
 * @self: (transfer full): a replacement
 *
 * Ends it; what was not committed goes.
 */
void
posture_replacement_free (PostureReplacement *self)
{
  if (self->path != NULL)
    posture_connection_discard_copy (self->path);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->folder);
  g_free (self->file);
  g_free (self->path);
  g_free (self);
}
