/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/profile-lock-private.h"

#include "store/store-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* The lock of a profile: whoever holds it dispatches events. It is a lock on an open file
 * description, so the system releases it when the process ends, however it ends, and two holders
 * within one process exclude each other, too. */
struct _PostureProfileLock
{
  GObject parent_instance;

  char *path;
  int fd; /* -1 while not held */
};

G_DEFINE_FINAL_TYPE (PostureProfileLock, posture_profile_lock, G_TYPE_OBJECT)

/* What a waiting thread needs. It cannot be woken while the system makes it wait, so it outlives a
 * cancelled task; then it gives the lock back as soon as it gets it. */
typedef struct
{
  GTask *task; /* taken by who answers: the thread, or a cancellation */
  int fd;
  GCancellable *cancellable;
  gulong cancelled_id;
} Wait;

#define LOCK_FILE "profile.lock"

/* Which byte of the file stands for what. */
enum
{
  DISPATCHER_BYTE,
  USERS_BYTE,
  OPENING_BYTE,
  SNAPSHOT_BYTE,
};

static int
open_file (const char *path,
           GError    **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN,
                 _("The file %s cannot be opened: %s."), path, g_strerror (errno));
  return fd;
}

static int
lock_file (int   fd,
           int   command,
           short type,
           off_t byte)
{
  struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
  int result;

  do
    result = fcntl (fd, command, &lock);
  while (result < 0 && errno == EINTR);
  return result;
}

static void
posture_profile_lock_finalize (GObject *object)
{
  PostureProfileLock *self = POSTURE_PROFILE_LOCK (object);

  posture_profile_lock_release (self);
  g_free (self->path);
  G_OBJECT_CLASS (posture_profile_lock_parent_class)->finalize (object);
}

static void
posture_profile_lock_class_init (PostureProfileLockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_profile_lock_finalize;
}

static void
posture_profile_lock_init (PostureProfileLock *self)
{
  self->fd = -1;
}

/**
 * posture_profile_lock_new:
 * @folder: the folder of a profile
 *
 * Returns: (transfer full): the lock of the profile, not held
 */
PostureProfileLock *
posture_profile_lock_new (const char *folder)
{
  PostureProfileLock *self = g_object_new (POSTURE_TYPE_PROFILE_LOCK, NULL);

  self->path = g_build_filename (folder, LOCK_FILE, NULL);
  return self;
}

/**
 * posture_profile_lock_try:
 * @self: a lock
 * @error: return location for a #GError
 *
 * Takes the lock if nobody holds it. %POSTURE_STORE_ERROR_BUSY says that
 * somebody does.
 *
 * Returns: whether it is held now
 */
gboolean
posture_profile_lock_try (PostureProfileLock *self,
                          GError            **error)
{
  int fd;

  if (self->fd >= 0)
    return TRUE;
  fd = open_file (self->path, error);
  if (fd < 0)
    return FALSE;
  if (lock_file (fd, F_OFD_SETLK, F_WRLCK, DISPATCHER_BYTE) == 0)
    {
      self->fd = fd;
      return TRUE;
    }
  if (errno == EAGAIN || errno == EACCES)
    g_set_error_literal (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_BUSY,
                         _("Another Posture has this profile open and does the work."));
  else
    g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN,
                 _("The file %s cannot be locked: %s."), self->path, g_strerror (errno));
  close (fd);
  return FALSE;
}

static GTask *
take_task (Wait *wait)
{
  return g_atomic_pointer_exchange (&wait->task, NULL);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  g_autoptr (GTask) task = take_task (data);

  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled."));
}

static gpointer
wait_thread (gpointer data)
{
  Wait *wait = data;
  int result = lock_file (wait->fd, F_OFD_SETLKW, F_WRLCK, DISPATCHER_BYTE);
  int failure = errno;
  g_autoptr (GTask) task = NULL;

  g_cancellable_disconnect (wait->cancellable, wait->cancelled_id);
  task = take_task (wait);
  if (task != NULL && result == 0)
    g_task_return_int (task, wait->fd);
  else
    {
      if (task != NULL)
        g_task_return_new_error (task, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN,
                                 _("The profile cannot be locked: %s."), g_strerror (failure));
      close (wait->fd);
    }
  g_clear_object (&wait->cancellable);
  g_free (wait);
  return NULL;
}

/**
 * posture_profile_lock_acquire_async:
 * @self: a lock that is not held
 * @cancellable: (nullable): stops waiting
 * @callback: (scope async): called when the lock is held
 * @user_data: for @callback
 *
 * Waits until nobody else holds the lock, without asking again and again: a
 * thread sleeps in the system until it is released.
 */
void
posture_profile_lock_acquire_async (PostureProfileLock *self,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  Wait *wait;
  int fd;

  g_task_set_source_tag (task, posture_profile_lock_acquire_async);
  g_task_set_check_cancellable (task, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;
  fd = open_file (self->path, &error);
  if (fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  wait = g_new0 (Wait, 1);
  wait->task = g_steal_pointer (&task);
  wait->fd = fd;
  g_set_object (&wait->cancellable, cancellable);
  if (cancellable != NULL)
    wait->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), wait,
                                                /* data_destroy_func = */ NULL);
  g_thread_unref (g_thread_new ("posture-lock", wait_thread, wait));
}

/**
 * posture_profile_lock_acquire_finish:
 * @self: a lock
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %TRUE if the lock is held now
 */
gboolean
posture_profile_lock_acquire_finish (PostureProfileLock *self,
                                     GAsyncResult       *result,
                                     GError            **error)
{
  gssize fd = g_task_propagate_int (G_TASK (result), error);

  if (fd < 0)
    return FALSE;
  if (self->fd >= 0)
    close (self->fd);
  self->fd = (int) fd;
  return TRUE;
}

/**
 * posture_profile_lock_is_held:
 * @self: a lock
 *
 * Returns: whether this object holds it
 */
gboolean
posture_profile_lock_is_held (PostureProfileLock *self)
{
  return self->fd >= 0;
}

/**
 * posture_profile_lock_release:
 * @self: a lock
 *
 * Gives the lock back, if it is held.
 */
void
posture_profile_lock_release (PostureProfileLock *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/* Joins those who have the profile open, until the descriptor is closed. Says whether nobody else had
 * it open: then what a crash left behind was left by nobody who is still there. Until
 * posture_profile_opened() nobody else can join, however long the tables' update takes: the engine does
 * not make others wait while the kind of its log is set. */
int
posture_profile_join (const char *folder,
                      gboolean   *ret_alone,
                      GError    **error)
{
  g_autofree char *path = g_build_filename (folder, LOCK_FILE, NULL);
  int fd = open_file (path, error);

  if (fd < 0)
    return -1;
  if (lock_file (fd, F_OFD_SETLKW, F_WRLCK, OPENING_BYTE) == 0)
    {
      *ret_alone = lock_file (fd, F_OFD_SETLK, F_WRLCK, USERS_BYTE) == 0;
      if (lock_file (fd, F_OFD_SETLKW, F_RDLCK, USERS_BYTE) == 0)
        return fd;
    }
  g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN,
               _("The file %s cannot be locked: %s."), path, g_strerror (errno));
  close (fd);
  return -1;
}

/* Lets others open the profile. */
void
posture_profile_opened (int fd)
{
  lock_file (fd, F_OFD_SETLK, F_UNLCK, OPENING_BYTE);
}

/* Whether somebody else has the profile open. */
gboolean
posture_profile_has_others (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = USERS_BYTE, .l_len = 1 };

  return fcntl (fd, F_OFD_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
}

/* Takes one byte if nobody has it; @taken says that somebody does. */
static gboolean
try_byte (int         fd,
          off_t       byte,
          const char *taken,
          GError    **error)
{
  if (lock_file (fd, F_OFD_SETLK, F_WRLCK, byte) == 0)
    return TRUE;
  if (errno == EAGAIN || errno == EACCES)
    g_set_error_literal (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_BUSY, taken);
  else
    g_set_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN,
                 _("The profile cannot be locked: %s."), g_strerror (errno));
  return FALSE;
}

/* Joins those who have the profile open, as the only one who copies it, until the descriptor is
 * closed. */
int
posture_profile_join_for_snapshot (const char *folder,
                                   GError    **error)
{
  gboolean alone;
  int fd = posture_profile_join (folder, &alone, error);

  if (fd < 0)
    return -1;
  posture_profile_opened (fd);
  if (try_byte (fd, SNAPSHOT_BYTE, _("A backup of this profile is being made already."), error))
    return fd;
  close (fd);
  return -1;
}

/* Keeps everybody else from the profile until the descriptor is closed; refused while somebody has
 * it open. */
int
posture_profile_join_alone (const char *folder,
                            GError    **error)
{
  const char *taken = _("Another Posture has this profile open. Close all of its windows and "
                        "programs and try again; nothing was changed.");
  g_autofree char *path = g_build_filename (folder, LOCK_FILE, NULL);
  int fd = open_file (path, error);

  if (fd < 0)
    return -1;
  if (try_byte (fd, OPENING_BYTE, taken, error) && try_byte (fd, USERS_BYTE, taken, error))
    return fd;
  close (fd);
  return -1;
}
