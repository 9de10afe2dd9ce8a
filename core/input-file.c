/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-platform"

#include "config.h"

#include "input-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void
set_errno (GError **error,
           int      number)
{
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (number), g_strerror (number));
}

/* Reads up to the limit and one byte more. */
static GBytes *
read_bounded (int      fd,
              GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[64 * 1024];
  gssize length;

  do
    {
      length = read (fd, buffer, sizeof buffer);
      if (length > 0)
        g_byte_array_append (bytes, buffer, (guint) length);
    }
  while ((length > 0 && bytes->len <= POSTURE_INPUT_MAX) || (length < 0 && errno == EINTR));
  if (length < 0)
    {
      set_errno (error, errno);
      return NULL;
    }
  if (bytes->len > POSTURE_INPUT_MAX)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                           _("is larger than 16 MiB, which no such file needs to be."));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Files only, so that nothing is waited for; a pipe only where the person named stdin. */
static const char *
find_objection (int      fd,
                gboolean pipe)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return g_strerror (errno);
  if (S_ISDIR (status.st_mode))
    return _("is a folder, not a file.");
  if (!S_ISREG (status.st_mode) && !(pipe && (S_ISFIFO (status.st_mode) || S_ISSOCK (status.st_mode))))
    return _("is not a regular file. Use “-” to read what another program writes.");
  if (S_ISREG (status.st_mode) && status.st_size > POSTURE_INPUT_MAX)
    return _("is larger than 16 MiB, which no such file needs to be.");
  return NULL;
}

/**
 * posture_input_read_stream:
 * @fd: what to read; it is not closed
 * @pipe: whether it can be a pipe or a socket, which are waited for
 * @error: return location for a #GError, whose message has no file name
 *
 * Reads at most 16 MiB.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL on error
 */
GBytes *
posture_input_read_stream (int       fd,
                           gboolean  pipe,
                           GError  **error)
{
  const char *objection = find_objection (fd, pipe);

  if (objection == NULL)
    return read_bounded (fd, error);
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, objection);
  return NULL;
}

/**
 * posture_input_read:
 * @path: (type filename): a file
 * @error: return location for a #GError, whose message has no file name
 *
 * Reads a file of at most 16 MiB that somebody hands in. Anything that could
 * keep the program waiting is refused.
 *
 * Returns: (transfer full) (nullable): its bytes, or %NULL on error
 */
GBytes *
posture_input_read (const char *path,
                    GError    **error)
{
  int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0);
  GBytes *bytes;

  if (fd < 0)
    {
      set_errno (error, errno);
      return NULL;
    }
  bytes = posture_input_read_stream (fd, /* pipe = */ FALSE, error);
  close (fd);
  return bytes;
}
