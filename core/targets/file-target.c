/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-targets"

#include "config.h"

#include "targets/file-target.h"

#include "bus/bus-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Appends a line for each event; a file that has grown becomes PATH.1, that one PATH.2, and so on. */
struct _PostureFileTarget
{
  GObject parent_instance;

  char *path;
  gint64 max_size;
  guint copies;
  GThreadPool *writer; /* one thread, so that lines stand in the order in which they are sent */
};

static void posture_file_target_target_init (PostureTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PostureFileTarget, posture_file_target, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET, posture_file_target_target_init))

static gboolean
fail (PostureFileTarget *self,
      GError           **error)
{
  g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED, _("%s cannot be written: %s."), self->path,
               g_strerror (errno));
  return FALSE;
}

/* Makes place for a new file; the oldest copy goes. */
static gboolean
rotate (PostureFileTarget *self,
        GError           **error)
{
  for (guint i = self->copies; i > 0; i--)
    {
      g_autofree char *from = i > 1 ? g_strdup_printf ("%s.%u", self->path, i - 1) : g_strdup (self->path);
      g_autofree char *to = g_strdup_printf ("%s.%u", self->path, i);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return fail (self, error);
    }
  return TRUE;
}

static gboolean
write_all (int         fd,
           const char *text,
           gsize       length)
{
  while (length > 0)
    {
      gssize written = write (fd, text, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      text += written;
      length -= (gsize) written;
    }
  return TRUE;
}

/* Whether a file ends within a line, as it does when a writer was killed. */
static gboolean
is_torn (int    fd,
         gint64 size)
{
  char last = '\n';

  return size > 0 && pread (fd, &last, 1, size - 1) == 1 && last != '\n';
}

/* A name that is new in its folder is on the disk when the folder is. */
static void
sync_folder (PostureFileTarget *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_debug ("%s cannot be synced: %s", folder, g_strerror (errno)); /* not every file system can */
  close (fd);
}

static gboolean
append (PostureFileTarget *self,
        int                fd,
        gint64             size,
        const char        *line,
        GError           **error)
{
  if ((is_torn (fd, size) && !write_all (fd, "\n", 1)) || !write_all (fd, line, strlen (line)) || fsync (fd) != 0)
    {
      int code = errno;

      /* what does not fit is taken back, so that no half line stays */
      if (ftruncate (fd, size) != 0)
        g_debug ("A half line stays in %s", self->path);
      errno = code;
      return fail (self, error);
    }
  return TRUE;
}

static gboolean
write_line (PostureFileTarget *self,
            const char        *line,
            GError           **error)
{
  struct stat about;
  gboolean done;
  int fd;

  if (g_stat (self->path, &about) == 0 && about.st_size > 0 &&
      about.st_size + (gint64) strlen (line) > self->max_size && !rotate (self, error))
    return FALSE;
  fd = open (self->path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (fd < 0 || fstat (fd, &about) != 0)
    {
      fail (self, error);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  if (!S_ISREG (about.st_mode))
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_PERMANENT, _("%s is no file."), self->path);
      done = FALSE;
    }
  else
    done = append (self, fd, about.st_size, line, error);
  if (done && about.st_size == 0)
    sync_folder (self);
  close (fd);
  return done;
}

static void
write_cb (gpointer data,
          gpointer user_data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (write_line (g_task_get_source_object (task), g_task_get_task_data (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A line has no end within. In JSON they stand between values only. */
static void
posture_file_target_send_async (PostureTarget      *target,
                                PostureEvent       *event,
                                const char         *input,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  PostureFileTarget *self = POSTURE_FILE_TARGET (target);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, posture_file_target_send_async);
  g_task_set_task_data (task, g_strconcat (input, "\n", NULL), g_free);
  g_strdelimit (g_task_get_task_data (task), "\r\n", ' ');
  ((char *) g_task_get_task_data (task))[strlen (input)] = '\n';
  g_thread_pool_push (self->writer, g_steal_pointer (&task), /* error = */ NULL);
}

static gboolean
posture_file_target_prepare_finish (PostureTarget *target,
                                    GAsyncResult  *result,
                                    gpointer      *ret_outcome,
                                    GError       **error)
{
  *ret_outcome = NULL;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
posture_file_target_target_init (PostureTargetInterface *iface)
{
  iface->send_async = posture_file_target_send_async;
  iface->prepare_finish = posture_file_target_prepare_finish;
}

static void
posture_file_target_finalize (GObject *object)
{
  PostureFileTarget *self = POSTURE_FILE_TARGET (object);

  g_free (self->path);
  g_thread_pool_free (self->writer, /* immediate = */ FALSE, /* wait = */ FALSE); /* it may be that thread that is here */
  G_OBJECT_CLASS (posture_file_target_parent_class)->finalize (object);
}

static void
posture_file_target_class_init (PostureFileTargetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_file_target_finalize;
}

static void
posture_file_target_init (PostureFileTarget *self)
{
  self->writer = g_thread_pool_new (write_cb, /* user_data = */ NULL, 1, /* exclusive = */ FALSE, /* error = */ NULL);
}

/**
 * posture_file_target_new:
 * @path: (type filename): an absolute path
 * @max_size: how large a file becomes, in bytes
 * @copies: how many older files are kept
 *
 * Makes a target that appends one line to a file for each event. A delivery is
 * done when the line is on disk.
 *
 * Returns: (transfer full): a new target
 */
PostureTarget *
posture_file_target_new (const char *path,
                         gint64      max_size,
                         guint       copies)
{
  PostureFileTarget *self = g_object_new (POSTURE_TYPE_FILE_TARGET, NULL);

  self->path = g_strdup (path);
  self->max_size = max_size;
  self->copies = copies;
  return POSTURE_TARGET (self);
}
