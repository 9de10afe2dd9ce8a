/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-backup"

#include "config.h"

#include "backup/backup.h"

#include "backup/backup-format-private.h"
#include "backup/backup-private.h"
#include "json/json-writer.h"
#include "store/disk.h"
#include "store/failpoint.h"
#include "store/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
write_info (BackupWriter *writer,
            guint64       size,
            gint64        now,
            GError      **error)
{
  g_autoptr (PostureJsonWriter) json = posture_json_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const guint8 *data;

  posture_json_writer_begin_object (json);
  posture_json_writer_member_int (json, "created", now);
  posture_json_writer_member_string (json, "program", POSTURE_VERSION);
  posture_json_writer_member_int (json, "size", (gint64) size);
  posture_json_writer_end_object (json);
  bytes = posture_json_writer_finish (json);
  data = g_bytes_get_data (bytes, &length);
  return backup_writer_add (writer, data, length, error);
}

static gboolean
write_file (BackupWriter          *writer,
            int                    from,
            guint64                size,
            const char            *path,
            const PostureProgress *progress,
            GError               **error)
{
  g_autofree guint8 *chunk = g_malloc (BACKUP_CHUNK);
  guint64 done = 0;
  gssize length;

  while ((length = read (from, chunk, BACKUP_CHUNK)) != 0)
    {
      if (length < 0 && errno != EINTR)
        return backup_fail (error, path);
      if (!posture_progress_step (progress, backup_part_of (done, size), error))
        return FALSE;
      if (length > 0 && !backup_writer_add (writer, chunk, (gsize) length, error))
        return FALSE;
      done += (guint64) MAX (length, 0);
    }
  return TRUE;
}

static gboolean
write_backup (int                    fd,
              const char            *source,
              const char            *passphrase,
              gint64                 now,
              const PostureProgress *progress,
              GError               **error)
{
  int from = g_open (source, O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (BackupWriter) writer = NULL;
  struct stat status;
  gboolean done;

  if (from < 0 || fstat (from, &status) != 0)
    return backup_fail (error, source);
  writer = backup_writer_new (fd, passphrase, error);
  done = writer != NULL && write_info (writer, (guint64) status.st_size, now, error)
         && write_file (writer, from, (guint64) status.st_size, source, progress, error)
         && backup_writer_finish (writer, error);
  close (from);
  return done;
}

/* Makes a name for a file and brings it and the name to the disk. */
static gboolean
put_in_place (int         fd,
              const char *unfinished,
              const char *path,
              GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!POSTURE_FAILPOINT ("backup.rename", error))
    return FALSE;
  if (posture_disk_sync (fd) != 0 || posture_disk_rename (unfinished, path) != 0)
    return backup_fail (error, path);
  /* some file systems have nothing like it; the file itself is synced */
  if (posture_disk_sync_folder (folder) != 0)
    g_debug ("The folder %s cannot be synced: %s", folder, g_strerror (errno));
  return TRUE;
}

/* What cannot be read is no backup. */
static PostureBackupInfo *
read_back (int                    fd,
           const char            *path,
           const char            *passphrase,
           const PostureProgress *progress,
           GError               **error)
{
  if (lseek (fd, 0, SEEK_SET) == 0)
    return backup_read (fd, passphrase, -1, NULL, progress, error);
  backup_fail (error, path);
  return NULL;
}

/* A backup is no file of the profile: it would take the place of what it is made of. */
static gboolean
check_place (const char *place,
             const char *path,
             const char *folder,
             GError    **error)
{
  g_autoptr (GError) inside = NULL;

  if (place == NULL)
    return backup_fail (error, path);
  if (posture_disk_check_outside (path, folder, &inside))
    return TRUE;
  g_set_error_literal (error, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_FILE, inside->message);
  return FALSE;
}

/**
 * posture_backup_create:
 * @folder: (type filename): the folder of a profile
 * @path: (type filename): the file to write; one that is there is replaced, also through a link; what is
 *   no plain file is left alone, and so is the profile's own folder
 * @passphrase: (nullable): what it takes to read it; %NULL for a plain backup
 * @now: milliseconds since 1970
 * @progress: (nullable): how it is watched; once all of it is told to be done it
 *   cannot be stopped any more
 * @error: return location for a #PostureBackupError or an error of
 *   [error@StoreError]
 *
 * Writes everything that a profile holds, as it was last committed, to one file,
 * readable by its owner alone. Others can have the profile open. A file that is
 * there stays as it is until the new one is whole, was read back and is synced.
 *
 * Waits for the disk, and with a passphrase works on it for about a tenth of a
 * second twice; can be called in any thread.
 *
 * Returns: (transfer full) (nullable): what the backup is, or %NULL on error, with
 *   nothing changed
 */
PostureBackupInfo *
posture_backup_create (const char            *folder,
                       const char            *path,
                       const char            *passphrase,
                       gint64                 now,
                       const PostureProgress *progress,
                       GError               **error)
{
  g_autofree char *place = posture_disk_dup_place (path);
  g_autofree char *unfinished = g_strconcat (place != NULL ? place : "", ".XXXXXX", NULL);
  PostureProgress copying = posture_progress_part (progress, 0, 0.4);
  PostureProgress writing = posture_progress_part (progress, 0.4, 0.7);
  PostureProgress reading = posture_progress_part (progress, 0.7, 0.99);
  g_autoptr (PostureBackupInfo) info = NULL;
  g_autoptr (PostureSnapshot) snapshot = NULL;
  int fd;

  if (!check_place (place, path, folder, error))
    return NULL;
  if (!backup_prepare (error))
    return NULL;
  snapshot = posture_snapshot_take (folder, &copying, error);
  if (snapshot == NULL)
    return NULL;
  fd = g_mkstemp_full (unfinished, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      backup_fail (error, path);
      return NULL;
    }
  if (write_backup (fd, posture_snapshot_get_path (snapshot), passphrase, now, &writing, error))
    info = read_back (fd, path, passphrase, &reading, error);
  if (info != NULL && (!posture_progress_step (progress, 1, error) || !put_in_place (fd, unfinished, place, error)))
    g_clear_pointer (&info, posture_backup_info_free);
  close (fd);
  if (info == NULL)
    g_unlink (unfinished);
  return g_steal_pointer (&info);
}

/**
 * posture_backup_info_free:
 * @self: (transfer full): what a backup is
 *
 * Frees it.
 */
void
posture_backup_info_free (PostureBackupInfo *self)
{
  g_free (self->program);
  g_free (self);
}
