/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
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
