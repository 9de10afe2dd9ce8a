/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#if POSTURE_FAILPOINTS
static const PostureDiskSteps *disk_steps;

#define TAKE_STEP(step, ...) \
  if (disk_steps != NULL) \
    return disk_steps->step (__VA_ARGS__)
#else
#define TAKE_STEP(step, ...)
#endif

/**
 * posture_disk_link:
 * @from: (type filename): a file
 * @to: (type filename): another name for it
 *
 * Returns: 0, or -1 with errno set
 */
int
posture_disk_link (const char *from,
                   const char *to)
{
  TAKE_STEP (link, from, to);
  return link (from, to);
}

/**
 * posture_disk_rename:
 * @from: (type filename): a file
 * @to: (type filename): its new name; a file of that name goes in the same step
 *
 * Returns: 0, or -1 with errno set
 */
int
posture_disk_rename (const char *from,
                     const char *to)
{
  TAKE_STEP (rename, from, to);
  return g_rename (from, to);
}

/**
 * posture_disk_unlink:
 * @path: (type filename): a file
 *
 * Returns: 0, or -1 with errno set
 */
int
posture_disk_unlink (const char *path)
{
  TAKE_STEP (unlink, path);
  return g_unlink (path);
}

/**
 * posture_disk_sync:
 * @fd: an open file
 *
 * Brings its content to the disk; its name is the folder's.
 *
 * Returns: 0, or -1 with errno set
 */
int
posture_disk_sync (int fd)
{
  TAKE_STEP (sync, fd);
  return fsync (fd);
}

/**
 * posture_disk_sync_folder:
 * @folder: (type filename): a folder
 *
 * Brings the names in it to the disk.
 *
 * Returns: 0, or -1 with errno set
 */
int
posture_disk_sync_folder (const char *folder)
{
  int fd, code, number;

  TAKE_STEP (sync_folder, folder);
  fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd < 0)
    return -1;
  code = fsync (fd);
  number = errno;
  close (fd);
  errno = number;
  return code;
}

/**
 * posture_disk_dup_place:
 * @path: (type filename): where a file is to be, or another to take the place of the one that is there
 *
 * Finds the name that a file has to be given so that it is there under @path: that which links lead to; a link
 * that leads nowhere is replaced itself. What is there and is no plain file (a folder, a device, a pipe) is not to be replaced.
 *
 * Returns: (transfer full) (nullable): the name; %NULL with errno set, which is `EEXIST` for what is no plain file
 */
char *
posture_disk_dup_place (const char *path)
{
  char *real = realpath (path, NULL);
  struct stat info;

  if (real == NULL)
    return errno == ENOENT ? g_strdup (path) : NULL;
  if (stat (real, &info) == 0 && S_ISREG (info.st_mode))
    return real;
  free (real);
  errno = EEXIST;
  return NULL;
}

/* Whether a file is, or is to be, in that folder itself, whatever both are called. */
static gboolean
is_in (const char *path,
       const char *folder)
{
  g_autofree char *parent = g_path_get_dirname (path);
  struct stat one, other;

  return stat (parent, &one) == 0 && stat (folder, &other) == 0 && one.st_dev == other.st_dev
         && one.st_ino == other.st_ino;
}

/**
 * posture_disk_check_outside:
 * @path: (type filename): where a person wants a file to be
 * @folder: (type filename): the folder of a profile
 * @error: return location for a #GIOErrorEnum, with a message for people
 *
 * Checks that nothing is written over what the profile is made of, also through a link. What cannot be
 * written at all is told when it is tried.
 *
 * Returns: whether it is elsewhere
 */
gboolean
posture_disk_check_outside (const char *path,
                            const char *folder,
                            GError    **error)
{
  g_autofree char *place = posture_disk_dup_place (path);
  g_autofree char *name = NULL;

  if (place == NULL || !is_in (place, folder))
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               _("%s is in the folder of Posture’s own data. Choose another place."), name);
  return FALSE;
}

#if POSTURE_FAILPOINTS
/**
 * posture_disk_set_steps:
 * @steps: (nullable) (transfer none): what is called from now on; %NULL for the system's calls
 *
 * Puts a test's calls in the place of the system's. No other thread may use them meanwhile.
 */
void
posture_disk_set_steps (const PostureDiskSteps *steps)
{
  disk_steps = steps;
}
#endif
