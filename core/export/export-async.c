/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-private.h"

/* Steps below this are not worth waking the caller's thread. */
#define LEAST_STEP 0.02

typedef struct
{
  PostureExport *export;
  PostureExportFormat format;
  char *path;
  PostureProgressFunc progress;
  gpointer data;
  /* only the worker's */
  double told;
} Save;

static void
save_free (Save *self)
{
  posture_export_unref (self->export);
  g_free (self->path);
  g_free (self);
}

static void
progress_cb (double   done,
             gpointer data)
{
  GTask *task = data;
  Save *save = g_task_get_task_data (task);

  if (save->progress == NULL || (done < 1 && done < save->told + LEAST_STEP))
    return;
  save->told = done;
  posture_progress_send (task, done, save->progress, save->data);
}

static void
save_func (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  Save *save = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = posture_export_to_bytes (save->export, save->format, progress_cb, task,
                                                      cancellable, &error);

  if (bytes == NULL || !posture_export_write_file (save->path, bytes, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * posture_export_save_async:
 * @self: an export
 * @format: a format
 * @path: (type filename): where to
 * @cancellable: (nullable): to stop it; what is on disk already stays
 * @progress: (nullable) (scope notified): is told how far it is, in the
 *   caller's context, up to the end
 * @progress_data: for @progress
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes the report to a file in a thread of its own. The file is there as a
 * whole or, after an error, as it was before.
 */
void
posture_export_save_async (PostureExport        *self,
                           PostureExportFormat   format,
                           const char           *path,
                           GCancellable         *cancellable,
                           PostureProgressFunc progress,
                           gpointer              progress_data,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;
  Save *save;

  g_return_if_fail (self != NULL && path != NULL);

  save = g_new0 (Save, 1);
  save->export = posture_export_ref (self);
  save->format = format;
  save->path = g_strdup (path);
  save->progress = progress;
  save->data = progress_data;
  task = g_task_new (/* source_object = */ NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, posture_export_save_async);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_func);
}

/**
 * posture_export_save_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether the file is on disk
 */
gboolean
posture_export_save_finish (GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, /* source_object = */ NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
