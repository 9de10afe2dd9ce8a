/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/put-private.h"

/* To be called once the events are on disk. */
static GPtrArray *
put_end (PosturePut *self)
{
  if (self->fresh != NULL)
    posture_bus_take_rules (self->bus, posture_rules_ref (self->fresh));
  return g_ptr_array_ref (self->results);
}

/**
 * posture_bus_put:
 * @self: a bus
 * @entries: (array length=n_entries): 1 to 10 events, at most 256 KiB together
 * @n_entries: how many
 * @error: return location for an error of [error@BusError] or [error@StoreError]
 *
 * Puts events and waits until they are on disk. Can be called from any thread.
 *
 * Returns: (transfer container) (element-type PostureBusResult) (nullable): a
 *   result for each entry, in their order; %NULL if nothing was put
 */
GPtrArray *
posture_bus_put (PostureBus            *self,
                 const PostureBusEntry *entries,
                 guint                  n_entries,
                 GError               **error)
{
  g_autoptr (PosturePut) put = posture_put_new (self, entries, n_entries, error);

  if (put == NULL ||
      !posture_store_write (posture_bus_get_store (self), posture_put_run, put, /* cancellable = */ NULL, error))
    return NULL;
  return put_end (put);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  PosturePut *put = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  if (put == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, put_end (put), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * posture_bus_put_async:
 * @self: a bus
 * @entries: (array length=n_entries): 1 to 10 events, at most 256 KiB together
 * @n_entries: how many
 * @cancellable: (nullable): takes the put back as long as it has not begun
 * @callback: (scope async): called once the events are on disk, or refused
 * @user_data: for @callback
 *
 * Puts events.
 */
void
posture_bus_put_async (PostureBus            *self,
                       const PostureBusEntry *entries,
                       guint                  n_entries,
                       GCancellable          *cancellable,
                       GAsyncReadyCallback    callback,
                       gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  PosturePut *put = posture_put_new (self, entries, n_entries, &error);

  g_task_set_source_tag (task, posture_bus_put_async);
  g_task_set_check_cancellable (task, FALSE);
  if (put == NULL)
    g_task_return_error (task, error);
  else
    posture_store_write_async (posture_bus_get_store (self), posture_put_run, put, (GDestroyNotify) posture_put_free,
                               cancellable, put_cb, g_steal_pointer (&task));
}

/**
 * posture_bus_put_finish:
 * @self: a bus
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer container) (element-type PostureBusResult) (nullable): as
 *   posture_bus_put() returns it
 */
GPtrArray *
posture_bus_put_finish (PostureBus   *self,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * posture_bus_put_in:
 * @self: a bus
 * @transaction: a transaction that writes
 * @entries: (array length=n_entries): 1 to 10 events, at most 256 KiB together
 * @n_entries: how many
 * @error: return location for a #GError
 *
 * Puts events within a transaction: they are there if and when all the rest
 * of it is.
 *
 * Returns: (transfer container) (element-type PostureBusResult) (nullable): as
 *   posture_bus_put() returns it
 */
GPtrArray *
posture_bus_put_in (PostureBus            *self,
                    PostureTransaction    *transaction,
                    const PostureBusEntry *entries,
                    guint                  n_entries,
                    GError               **error)
{
  g_autoptr (PosturePut) put = posture_put_new (self, entries, n_entries, error);

  if (put == NULL || !posture_put_run (transaction, put, error))
    return NULL;
  return g_ptr_array_ref (put->results);
}
