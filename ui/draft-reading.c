/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/draft-reading.h"

#include <string.h>

static void
flags_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  PostureDraftReading *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->flags = posture_user_service_load_flags_finish (POSTURE_USER_SERVICE (source), result, &error);
  if (self->flags == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self = g_memdup2 (self, sizeof *self);
  memset (g_task_get_task_data (task), 0, sizeof *self);
  g_task_return_pointer (task, self, (GDestroyNotify) posture_draft_reading_free);
}

static void
answers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  PostureDraftReading *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->answers = posture_user_service_load_answers_finish (POSTURE_USER_SERVICE (source), result, &error);
  if (self->answers == NULL)
    g_task_return_error (task, error);
  else
    posture_user_service_load_flags_async (POSTURE_USER_SERVICE (source),
                                           posture_assessment_item_get_id (self->item),
                                           g_task_get_cancellable (task), flags_cb, g_object_ref (task));
}

static void
item_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  PostureDraftReading *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->item = posture_user_service_load_assessment_finish (POSTURE_USER_SERVICE (source), result, &error);
  if (self->item == NULL)
    g_task_return_error (task, error);
  else
    posture_user_service_load_answers_async (POSTURE_USER_SERVICE (source),
                                             posture_assessment_item_get_id (self->item),
                                             g_task_get_cancellable (task), answers_cb, g_object_ref (task));
}

/**
 * posture_draft_read_async:
 * @user: the user service
 * @assessment: an assessment's id
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with what was read
 * @user_data: for @callback
 *
 * Reads an assessment with its answers and flags.
 */
void
posture_draft_read_async (PostureUserService *user,
                          const char         *assessment,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (user, cancellable, callback, user_data);

  g_task_set_source_tag (task, posture_draft_read_async);
  g_task_set_task_data (task, g_new0 (PostureDraftReading, 1), (GDestroyNotify) posture_draft_reading_free);
  posture_user_service_load_assessment_async (user, assessment, cancellable, item_cb, task);
}

/**
 * posture_draft_read_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): what was read
 */
PostureDraftReading *
posture_draft_read_finish (GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * posture_draft_reading_free:
 * @self: (transfer full): what was read
 *
 * Frees it.
 */
void
posture_draft_reading_free (PostureDraftReading *self)
{
  g_clear_object (&self->item);
  g_clear_pointer (&self->answers, posture_answers_unref);
  g_clear_pointer (&self->flags, g_hash_table_unref);
  g_free (self);
}
