/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/store-file-private.h"

#include "store/profile-lock-private.h"
#include "store/connection-private.h"
#include "store/store-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static PostureStoreError
errno_to_error (int number)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
      return POSTURE_STORE_ERROR_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
      return POSTURE_STORE_ERROR_READ_ONLY;
    default:
      return POSTURE_STORE_ERROR_CANNOT_OPEN;
    }
}

/* Makes the folder and the file where they are not there. The file is never opened beside the engine:
 * to close the descriptor would drop the locks that another store of this process has on it. */
gboolean
posture_store_file_make (const char *folder,
                         const char *file,
                         GError    **error)
{
  gboolean made;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, POSTURE_STORE_ERROR, errno_to_error (errno),
                   _("The data folder %s cannot be made: %s. Choose another one with POSTURE_DATA_DIR."),
                   folder, g_strerror (errno));
      return FALSE;
    }
  made = mknod (file, S_IFREG | 0600, /* dev = */ 0) == 0 ||
         (errno == EEXIST && g_access (file, R_OK | W_OK) == 0);
  if (made && g_file_test (file, G_FILE_TEST_IS_DIR))
    {
      made = FALSE;
      errno = EISDIR;
    }
  if (!made)
    g_set_error (error, POSTURE_STORE_ERROR, errno_to_error (errno),
                 _("The data file %s cannot be opened: %s. Choose another folder with POSTURE_DATA_DIR."),
                 file, g_strerror (errno));
  return made;
}

/* Says that this process has the profile open; gives a descriptor to close when it has it no more, or
 * -1. A log that nobody has open any more was left by a process that could not end in order. */
int
posture_store_file_join (const char *folder,
                         const char *file,
                         gboolean   *ret_unclean,
                         GError    **error)
{
  g_autofree char *log = g_strconcat (file, "-wal", NULL);
  GStatBuf status;
  gboolean alone;
  int fd = posture_profile_join (folder, &alone, error);

  if (fd >= 0)
    *ret_unclean = alone && g_stat (log, &status) == 0 && status.st_size > 0;
  if (fd >= 0 && alone)
    posture_snapshot_drop_leftovers (folder);
  return fd;
}

/* How many bytes the file and its log take. */
guint64
posture_store_file_get_size (const char *file)
{
  g_autofree char *log = g_strconcat (file, "-wal", NULL);
  const char *files[] = { file, log };
  guint64 size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      GStatBuf status;

      if (g_stat (files[i], &status) == 0)
        size += (guint64) status.st_size;
    }
  return size;
}
