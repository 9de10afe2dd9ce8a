/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

/* Reads the figures; @data is a PostureBusFigures. */
gboolean
posture_bus_read_figures (PostureTransaction *transaction,
                          gpointer            data,
                          GError            **error)
{
  PostureBusFigures *figures = data;
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_bus_sql_figures, NULL);

  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return FALSE;
  figures->events = posture_statement_get_int (row, 0);
  figures->pending = posture_statement_get_int (row, 1);
  figures->retrying = posture_statement_get_int (row, 2);
  figures->dead = posture_statement_get_int (row, 3);
  figures->oldest_pending = posture_statement_get_int (row, 4);
  figures->put = posture_statement_get_int (row, 5);
  figures->matched = posture_statement_get_int (row, 6);
  figures->retried = posture_statement_get_int (row, 7);
  /* what is neither there nor ended otherwise has arrived: so nobody has to count on the way */
  figures->delivered = figures->matched - figures->pending - posture_statement_get_int (row, 8);
  return TRUE;
}

/**
 * posture_bus_get_figures:
 * @self: a bus
 * @ret_figures: (out caller-allocates): the figures
 * @error: return location for a #GError
 *
 * Counts. Waits for the disk; see #PostureBusMonitor for who must not.
 *
 * Returns: %TRUE on success
 */
gboolean
posture_bus_get_figures (PostureBus        *self,
                         PostureBusFigures *ret_figures,
                         GError           **error)
{
  PostureBusFigures figures;

  if (!posture_store_read (posture_bus_get_store (self), posture_bus_read_figures, &figures,
                           /* cancellable = */ NULL, error))
    return FALSE;
  *ret_figures = figures;
  return TRUE;
}
