/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/target-settings.h"

#include "bus/bus-private.h"

#include <glib/gi18n-lib.h>

/**
 * posture_target_settings_free:
 * @self: (transfer full): settings
 *
 * Frees settings.
 */
void
posture_target_settings_free (PostureTargetSettings *self)
{
  g_free (self->name);
  g_free (self->settings);
  g_free (self);
}

static gboolean
list_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  GPtrArray *list = data;
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error, posture_bus_sql_targets, NULL);
  PostureStep step = POSTURE_STEP_ERROR;

  g_ptr_array_set_size (list, 0);
  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      PostureTargetSettings *settings = g_new0 (PostureTargetSettings, 1);

      settings->name = g_strdup (posture_statement_get_text (rows, 0));
      settings->settings = g_strdup (posture_statement_get_text (rows, 1));
      g_ptr_array_add (list, settings);
    }
  return step == POSTURE_STEP_DONE;
}

/**
 * posture_bus_list_target_settings:
 * @self: a bus
 * @error: return location for an error of [error@StoreError]
 *
 * Reads the targets that were set up. Waits for the disk.
 *
 * Returns: (transfer container) (element-type PostureTargetSettings)
 *   (nullable): them, by their names; %NULL on error
 */
GPtrArray *
posture_bus_list_target_settings (PostureBus *self,
                                  GError    **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_target_settings_free);

  if (!posture_store_read (posture_bus_get_store (self), list_func, list, /* cancellable = */ NULL, error))
    return NULL;
  return g_steal_pointer (&list);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *list = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  if (list != NULL)
    g_task_return_pointer (task, g_ptr_array_ref (list), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * posture_bus_list_target_settings_async:
 * @self: a bus
 * @cancellable: (nullable): takes it back
 * @callback: (scope async): called when they are read
 * @user_data: for @callback
 *
 * Reads the targets that were set up.
 */
void
posture_bus_list_target_settings_async (PostureBus         *self,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, posture_bus_list_target_settings_async);
  posture_store_read_async (posture_bus_get_store (self), list_func,
                            g_ptr_array_new_with_free_func ((GDestroyNotify) posture_target_settings_free),
                            (GDestroyNotify) g_ptr_array_unref, cancellable, listed_cb, task);
}

/**
 * posture_bus_list_target_settings_finish:
 * @self: a bus
 * @result: what the callback was given
 * @error: return location for an error of [error@StoreError]
 *
 * Returns: (transfer container) (element-type PostureTargetSettings)
 *   (nullable): them, by their names; %NULL on error
 */
GPtrArray *
posture_bus_list_target_settings_finish (PostureBus   *self,
                                         GAsyncResult *result,
                                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  const char *name;
  const char *settings; /* NULL: it is to go */
} Change;

static gboolean
change_func (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  const Change *change = data;

  if (change->settings != NULL
        ? !posture_transaction_execute (transaction, error, posture_bus_sql_put_target, "tt", change->name,
                                        change->settings)
        : !posture_transaction_execute (transaction, error, posture_bus_sql_remove_target, "t", change->name))
    return FALSE;
  if (change->settings == NULL && posture_transaction_get_changes (transaction) == 0)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND, _("There is no target “%s”."), change->name);
      return FALSE;
    }
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_TARGETS, change->name);
  return TRUE;
}

/**
 * posture_bus_put_target_settings:
 * @self: a bus
 * @name: the target's name
 * @settings: what it is, as JSON
 * @error: return location for an error of [error@StoreError]
 *
 * Keeps the settings of a target. Waits for the disk.
 *
 * Returns: %TRUE once they are on disk
 */
gboolean
posture_bus_put_target_settings (PostureBus *self,
                                 const char *name,
                                 const char *settings,
                                 GError    **error)
{
  Change change = { name, settings };

  return posture_store_write (posture_bus_get_store (self), change_func, &change, /* cancellable = */ NULL, error);
}

/**
 * posture_bus_remove_target_settings:
 * @self: a bus
 * @name: a target's name
 * @error: return location for an error of [error@BusError] or [error@StoreError]
 *
 * Forgets the settings of a target. Waits for the disk.
 *
 * Returns: %TRUE once they are gone
 */
gboolean
posture_bus_remove_target_settings (PostureBus *self,
                                    const char *name,
                                    GError    **error)
{
  Change change = { name, NULL };

  return posture_store_write (posture_bus_get_store (self), change_func, &change, /* cancellable = */ NULL, error);
}
