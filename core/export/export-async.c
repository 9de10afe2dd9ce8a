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
  PostureExportProgress progress;
  gpointer data;
  /* only the worker's */
  double told;
} Save;

/* One piece of progress on its way to the caller's thread. */
typedef struct
{
  GTask *task;
  double done;
} Step;

static void
save_free (Save *self)
{
  posture_export_unref (self->export);
  g_free (self->path);
  g_free (self);
}

static void
step_free (gpointer data)
{
  Step *self = data;

  g_object_unref (self->task);
  g_free (self);
}

static gboolean
tell_cb (gpointer data)
{
  Step *step = data;
  Save *save = g_task_get_task_data (step->task);

  if (!g_task_get_completed (step->task))
    save->progress (step->done, save->data);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (double   done,
             gpointer data)
{
  GTask *task = data;
  Save *save = g_task_get_task_data (task);
  g_autoptr (GSource) source = NULL;
  Step *step;

  if (save->progress == NULL || (done < 1 && done < save->told + LEAST_STEP))
    return;
  save->told = done;
  step = g_new (Step, 1);
  step->task = g_object_ref (task);
  step->done = done;
  /* g_main_context_invoke() would tell it in this thread at a moment when the caller's does not run its context. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, step, step_free);
  g_source_attach (source, g_task_get_context (task));
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
                           PostureExportProgress progress,
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
