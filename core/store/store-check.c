/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/store.h"

#include "store/connection-private.h"

typedef struct
{
  const PostureStoreModule *const *modules; /* (unowned): the store's */
  gboolean full;
  char **faults;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_strfreev (check->faults);
  g_free (check);
}

static gboolean
check_func (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  Check *check = data;

  check->faults = posture_connection_check (transaction->connection, check->modules, check->full, error);
  return check->faults != NULL;
}

/**
 * posture_store_check_async:
 * @self: a store
 * @full: whether indexes are compared with their tables, too, which takes longer
 * @cancellable: (nullable): stops the check
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Looks through the whole file for damage.
 */
void
posture_store_check_async (PostureStore       *self,
                           gboolean            full,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  Check *check = g_new0 (Check, 1);

  check->modules = posture_store_get_modules (self);
  check->full = full;
  posture_store_read_async (self, check_func, check, check_free, cancellable, callback, user_data);
}

/**
 * posture_store_check_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): what is wrong,
 *   empty if nothing is; %NULL if the check could not be made
 */
char **
posture_store_check_finish (PostureStore *self,
                            GAsyncResult *result,
                            GError      **error)
{
  Check *check = posture_store_work_finish (self, result, error);

  return check != NULL ? g_steal_pointer (&check->faults) : NULL;
}
