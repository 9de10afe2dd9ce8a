/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-backup"

#include "config.h"

#include "backup/backup.h"

typedef struct Job Job;

typedef PostureBackupInfo *(*JobFunc) (const Job             *job,
                                       const PostureProgress *progress,
                                       GError               **error);

/* One of the three things that can be done with a backup, in a thread. */
struct Job
{
  JobFunc run;
  char *folder;
  char *path;
  char *passphrase;
  gint64 now;
  const PostureStoreModule *const *modules;
  PostureProgressFunc func;
  gpointer func_data;
  double told; /* only the worker's */
};

/* A step below this is not worth waking the caller's thread. */
#define LEAST_STEP 0.01

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->folder);
  g_free (job->path);
  g_free (job->passphrase);
  g_free (job);
}

static void
progress_cb (double   done,
             gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);

  if (job->func == NULL || (done < 1 && done < job->told + LEAST_STEP))
    return;
  job->told = done;
  posture_progress_send (task, done, job->func, job->func_data);
}

static PostureBackupInfo *
create (const Job             *job,
        const PostureProgress *progress,
        GError               **error)
{
  return posture_backup_create (job->folder, job->path, job->passphrase, job->now, progress, error);
}

static PostureBackupInfo *
check (const Job             *job,
       const PostureProgress *progress,
       GError               **error)
{
  return posture_backup_check (job->path, job->passphrase, progress, error);
}

static PostureBackupInfo *
restore (const Job             *job,
         const PostureProgress *progress,
         GError               **error)
{
  return posture_backup_restore (job->path, job->passphrase, job->folder, job->modules, progress, error);
}

static void
thread_func (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Job *job = data;
  const PostureProgress whole = { cancellable, progress_cb, task, 0, 1 };
  GError *error = NULL;
  PostureBackupInfo *info = job->run (job, &whole, &error);

  if (info != NULL)
    g_task_return_pointer (task, info, (GDestroyNotify) posture_backup_info_free);
  else
    g_task_return_error (task, error);
}

static void
run (const char         *folder,
     const char         *path,
     const char         *passphrase,
     Job                 job,
     GCancellable       *cancellable,
     GAsyncReadyCallback callback,
     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (/* source_object = */ NULL, cancellable, callback, user_data);
  Job *own = g_new (Job, 1);

  *own = job;
  own->folder = g_strdup (folder);
  own->path = g_strdup (path);
  own->passphrase = g_strdup (passphrase);
  g_task_set_source_tag (task, run);
  /* what has been put in place is, even if somebody wanted to stop it too late */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, own, job_free);
  g_task_run_in_thread (task, thread_func);
}

/**
 * posture_backup_create_async:
 * @folder: (type filename): the folder of a profile
 * @path: (type filename): the file to write
 * @passphrase: (nullable): what it takes to read it
 * @now: milliseconds since 1970
 * @cancellable: (nullable): stops it, with nothing changed
 * @progress: (nullable) (scope notified): is told how far it is, in the caller's
 *   context; at 1 it can be stopped no more
 * @progress_data: for @progress
 * @callback: (scope async): called with what the backup is
 * @user_data: for @callback
 *
 * As posture_backup_create(), in a thread.
 */
void
posture_backup_create_async (const char         *folder,
                             const char         *path,
                             const char         *passphrase,
                             gint64              now,
                             GCancellable       *cancellable,
                             PostureProgressFunc progress,
                             gpointer            progress_data,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  Job job = { .run = create, .now = now, .func = progress, .func_data = progress_data };

  run (folder, path, passphrase, job, cancellable, callback, user_data);
}

/**
 * posture_backup_check_async:
 * @path: (type filename): a backup
 * @passphrase: (nullable): its passphrase
 * @cancellable: (nullable): stops it
 * @progress: (nullable) (scope notified): is told how far it is, in the caller's
 *   context; at 1 it can be stopped no more
 * @progress_data: for @progress
 * @callback: (scope async): called with what the backup is
 * @user_data: for @callback
 *
 * As posture_backup_check(), in a thread.
 */
void
posture_backup_check_async (const char         *path,
                            const char         *passphrase,
                            GCancellable       *cancellable,
                            PostureProgressFunc progress,
                            gpointer            progress_data,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  Job job = { .run = check, .func = progress, .func_data = progress_data };

  run (/* folder = */ NULL, path, passphrase, job, cancellable, callback, user_data);
}

/**
 * posture_backup_restore_async:
 * @path: (type filename): a backup
 * @passphrase: (nullable): its passphrase
 * @folder: (type filename): the folder of a profile, which nobody has open
 * @modules: (array zero-terminated=1): the modules that keep tables; they stay
 * @cancellable: (nullable): stops it, with nothing changed, until it is put in place
 * @progress: (nullable) (scope notified): is told how far it is, in the caller's
 *   context; at 1 it can be stopped no more
 * @progress_data: for @progress
 * @callback: (scope async): called with what was restored
 * @user_data: for @callback
 *
 * As posture_backup_restore(), in a thread.
 */
void
posture_backup_restore_async (const char                      *path,
                              const char                      *passphrase,
                              const char                      *folder,
                              const PostureStoreModule *const *modules,
                              GCancellable                    *cancellable,
                              PostureProgressFunc              progress,
                              gpointer                         progress_data,
                              GAsyncReadyCallback              callback,
                              gpointer                         user_data)
{
  Job job = { .run = restore, .modules = modules, .func = progress, .func_data = progress_data };

  run (folder, path, passphrase, job, cancellable, callback, user_data);
}

/**
 * posture_backup_finish:
 * @result: what the callback was given
 * @error: return location for an error of the function that was begun, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the backup is, or %NULL on error
 */
PostureBackupInfo *
posture_backup_finish (GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
