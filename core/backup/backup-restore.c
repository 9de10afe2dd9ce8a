/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-backup"

#include "config.h"

#include "backup/backup.h"

#include "backup/backup-format-private.h"
#include "backup/backup-private.h"
#include "json/json-document.h"
#include "store/disk.h"
#include "store/failpoint.h"
#include "store/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

G_DEFINE_QUARK (posture-backup-error-quark, posture_backup_error)

/* Tells of an error of the system at a file. */
gboolean
backup_fail (GError    **error,
             const char *path)
{
  int number = errno;
  g_autofree char *name = g_filename_display_name (path);

  if (number == EEXIST)
    g_set_error (error, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_FILE,
                 _("%s is no file that could be replaced. Choose another name."), name);
  else
    g_set_error (error, POSTURE_BACKUP_ERROR,
                 number == ENOSPC || number == EDQUOT ? POSTURE_BACKUP_ERROR_FULL
                                                      : POSTURE_BACKUP_ERROR_FILE,
                 "%s: %s.", name, g_strerror (number));
  return FALSE;
}

/* Before anything of libsodium is used. */
gboolean
backup_prepare (GError **error)
{
  if (sodium_init () >= 0)
    return TRUE;
  g_set_error_literal (error, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_FILE,
                       _("The system has no source of random numbers."));
  return FALSE;
}

/* A file that says how large it is can say anything. */
double
backup_part_of (guint64 done,
                guint64 size)
{
  return size > 0 ? MIN ((double) done / (double) size, 1) : 1;
}

static PostureBackupInfo *
read_info (BackupReader *reader,
           GError      **error)
{
  const guint8 *data;
  gsize length;
  gboolean ended;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PostureJsonDocument) document = NULL;
  const PostureJsonNode *root, *program;
  PostureBackupInfo *info;
  gint64 created, size;

  if (!backup_reader_next (reader, &data, &length, &ended, error))
    return NULL;
  bytes = g_bytes_new (data, length);
  document = !ended ? posture_json_document_new (bytes, NULL, NULL) : NULL;
  root = document != NULL ? posture_json_document_get_root (document) : NULL;
  program = root != NULL ? posture_json_node_get_member (root, "program") : NULL;
  if (program == NULL || posture_json_node_get_kind (program) != POSTURE_JSON_STRING
      || !posture_json_node_get_int (posture_json_node_get_member (root, "created"), &created)
      || !posture_json_node_get_int (posture_json_node_get_member (root, "size"), &size) || size < 0)
    {
      backup_damaged (error);
      return NULL;
    }
  info = g_new0 (PostureBackupInfo, 1);
  info->created = created;
  info->program = g_strdup (posture_json_node_get_string (program));
  info->size = (guint64) size;
  info->secret = backup_reader_is_secret (reader);
  return info;
}

static gboolean
write_out (int           to,
           const guint8 *data,
           gsize         length,
           const char   *path,
           GError      **error)
{
  if (!POSTURE_FAILPOINT ("backup.extract", error))
    return FALSE;
  while (length > 0)
    {
      gssize written = write (to, data, length);

      if (written < 0 && errno != EINTR)
        return backup_fail (error, path);
      data += MAX (written, 0);
      length -= (gsize) MAX (written, 0);
    }
  return TRUE;
}

/* Reads a whole backup; the database goes to @to, or nowhere if that is -1. */
PostureBackupInfo *
backup_read (int                    fd,
             const char            *passphrase,
             int                    to,
             const char            *to_path,
             const PostureProgress *progress,
             GError               **error)
{
  g_autoptr (BackupReader) reader = backup_reader_new (fd, passphrase, error);
  g_autoptr (PostureBackupInfo) info = reader != NULL ? read_info (reader, error) : NULL;
  guint64 size = 0;
  gboolean ended = FALSE;

  if (info == NULL)
    return NULL;
  while (TRUE)
    {
      const guint8 *data;
      gsize length;

      if (!posture_progress_step (progress, backup_part_of (size, info->size), error)
          || !backup_reader_next (reader, &data, &length, &ended, error))
        return NULL;
      if (ended)
        break;
      size += length;
      if (to >= 0 && !write_out (to, data, length, to_path, error))
        return NULL;
    }
  if (size != info->size)
    {
      backup_damaged (error);
      return NULL;
    }
  return g_steal_pointer (&info);
}

static int
open_backup (const char *path,
             GError    **error)
{
  int fd = backup_prepare (error) ? g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0) : -1;

  if (fd < 0 && (error == NULL || *error == NULL))
    backup_fail (error, path);
  return fd;
}

/**
 * posture_backup_check:
 * @path: (type filename): a backup
 * @passphrase: (nullable): its passphrase
 * @progress: (nullable): how it is watched
 * @error: return location for a #PostureBackupError
 *
 * Reads a backup from its first byte to its last, and nothing else: it is what
 * was written, or it is refused. That the program can use what is in it is found
 * out when it is restored, before anything is replaced.
 *
 * Waits for the disk; can be called in any thread.
 *
 * Returns: (transfer full) (nullable): what it is, or %NULL on error
 */
PostureBackupInfo *
posture_backup_check (const char            *path,
                      const char            *passphrase,
                      const PostureProgress *progress,
                      GError               **error)
{
  int fd = open_backup (path, error);
  PostureBackupInfo *info;

  if (fd < 0)
    return NULL;
  info = backup_read (fd, passphrase, -1, NULL, progress, error);
  close (fd);
  return info;
}

/* Writes the database of a backup to a file of its own, and brings it to the disk. */
static PostureBackupInfo *
extract (int                    fd,
         const char            *passphrase,
         const char            *path,
         const PostureProgress *progress,
         GError               **error)
{
  int to = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  g_autoptr (PostureBackupInfo) info = NULL;
  gboolean synced;

  if (to < 0)
    {
      backup_fail (error, path);
      return NULL;
    }
  info = backup_read (fd, passphrase, to, path, progress, error);
  synced = info != NULL && posture_disk_sync (to) == 0;
  if (info != NULL && !synced)
    backup_fail (error, path);
  close (to);
  return synced ? g_steal_pointer (&info) : NULL;
}

/**
 * posture_backup_restore:
 * @path: (type filename): a backup
 * @passphrase: (nullable): its passphrase
 * @folder: (type filename): the folder of a profile, which nobody has open; it
 *   is made if it is not there
 * @modules: (array zero-terminated=1): the modules that keep tables
 * @progress: (nullable): how it is watched; once all of it is told to be done it
 *   cannot be stopped any more
 * @error: return location for a #PostureBackupError or an error of
 *   [error@StoreError]; %POSTURE_STORE_ERROR_BUSY if the profile is open
 *
 * Puts what a backup holds in the place of what a profile holds. All of the file
 * is read and checked first, and so is the database in it; then it is put in
 * place in one step. Killed at any moment, the profile holds what it held, or
 * what the backup holds. See posture_replacement_commit().
 *
 * Waits for the disk; can be called in any thread.
 *
 * Returns: (transfer full) (nullable): what was restored, or %NULL on error,
 *   with nothing changed
 */
PostureBackupInfo *
posture_backup_restore (const char                      *path,
                        const char                      *passphrase,
                        const char                      *folder,
                        const PostureStoreModule *const *modules,
                        const PostureProgress           *progress,
                        GError                         **error)
{
  PostureProgress reading = posture_progress_part (progress, 0, 0.6);
  PostureProgress replacing = posture_progress_part (progress, 0.6, 1);
  int fd = open_backup (path, error);
  g_autoptr (PostureReplacement) replacement = NULL;
  g_autoptr (PostureBackupInfo) info = NULL;

  if (fd < 0)
    return NULL;
  replacement = posture_replacement_begin (folder, error);
  if (replacement != NULL)
    info = extract (fd, passphrase, posture_replacement_get_path (replacement), &reading, error);
  close (fd);
  if (info == NULL || !posture_replacement_commit (replacement, modules, &replacing, error))
    return NULL;
  return g_steal_pointer (&info);
}
