/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-private.h"

#include "store/disk.h"
#include "store/failpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a person can read on a disk of theirs, others cannot: a report tells where it hurts. */
#define MODE 0600

static gboolean
fail (GError    **error,
      const char *path,
      int         code)
{
  g_autofree char *name = g_filename_display_name (path);

  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                 _("There is no room for %s. Nothing was written; make room on the disk, or choose another "
                   "place."), name);
  else if (code == EACCES || code == EPERM || code == EROFS)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _("%s cannot be written: you have no permission for that folder. Choose another place."),
                 name);
  else if (code == ENOENT || code == ENOTDIR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("%s cannot be written: there is no such folder. Make it first, or choose another place."),
                 name);
  else if (code == EEXIST)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                 _("%s is no file that could be replaced. Choose another name."), name);
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _("%s cannot be written: %s."), name,
                 g_strerror (code));
  return FALSE;
}

static gboolean
write_all (int      fd,
           GBytes  *bytes)
{
  gsize length, written = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  while (written < length)
    {
      gssize n = write (fd, data + written, length - written);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      written += (gsize) n;
    }
  return TRUE;
}

static gboolean
fill (int         fd,
      const char *path,
      GBytes     *bytes,
      GError    **error)
{
  if (!POSTURE_FAILPOINT ("export.write", error))
    return FALSE;
  if (!write_all (fd, bytes) || fchmod (fd, MODE) != 0)
    return fail (error, path, errno);
  if (!POSTURE_FAILPOINT ("export.sync", error))
    return FALSE;
  if (posture_disk_sync (fd) != 0)
    return fail (error, path, errno);
  return TRUE;
}

/**
 * posture_export_check_place:
 * @path: (type filename): where a person wants a file to be
 * @folder: (type filename) (nullable): the folder of the profile; %NULL before one is open
 * @error: return location for a #GIOErrorEnum, with a message for people
 *
 * Checks that no file takes the place of what the profile is made of.
 *
 * Returns: whether it can be there
 */
gboolean
posture_export_check_place (const char *path,
                            const char *folder,
                            GError    **error)
{
  return folder == NULL || posture_disk_check_outside (path, folder, error);
}

/**
 * posture_export_write_file:
 * @path: (type filename): where to
 * @bytes: what the file is to hold
 * @error: return location for an error of #GIOErrorEnum
 *
 * Writes a file beside its place, syncs it, and only then gives it its name, as is
 * promised for all that leaves Posture. Only its owner can read it.
 *
 * Returns: whether it is there; else what was there before is as it was
 */
gboolean
posture_export_write_file (const char *path,
                           GBytes     *bytes,
                           GError    **error)
{
  g_autofree char *final = posture_disk_dup_place (path);
  g_autofree char *folder = NULL;
  g_autofree char *temporary = NULL;
  gboolean written;
  int fd;

  if (final == NULL)
    return fail (error, path, errno);
  folder = g_path_get_dirname (final);
  temporary = g_build_filename (folder, ".posture-export-XXXXXX", NULL);
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, MODE);
  if (fd < 0)
    return fail (error, path, errno);
  written = fill (fd, path, bytes, error);
  if (close (fd) != 0 && written)
    written = fail (error, path, errno);
  if (written && POSTURE_FAILPOINT ("export.rename", error))
    {
      if (posture_disk_rename (temporary, final) == 0)
        {
          /* some file systems cannot do that, which is no failure */
          if (posture_disk_sync_folder (folder) != 0)
            g_debug ("The folder %s could not be synced", folder);
          return TRUE;
        }
      fail (error, path, errno);
    }
  g_unlink (temporary);
  return FALSE;
}
