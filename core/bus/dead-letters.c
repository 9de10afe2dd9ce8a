/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include "bus/event-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 after;
  guint limit;
  GPtrArray *list;
} Question;

static void
dead_letter_free (gpointer data)
{
  PostureDeadLetter *letter = data;

  g_clear_pointer (&letter->event, posture_event_unref);
  g_free (letter->rule);
  g_free (letter->target);
  g_free (letter->reason);
  g_free (letter);
}

static gboolean
list_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Question *question = data;
  g_autoptr (PostureStatement) rows = NULL;
  PostureStep step;

  g_clear_pointer (&question->list, g_ptr_array_unref);
  question->list = g_ptr_array_new_with_free_func (dead_letter_free);
  rows = posture_transaction_query (transaction, error, posture_bus_sql_dead, "ii", question->after,
                                    (gint64) question->limit);
  if (rows == NULL)
    return FALSE;
  while ((step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      PostureDeadLetter *letter = g_new0 (PostureDeadLetter, 1);

      g_ptr_array_add (question->list, letter);
      letter->id = posture_statement_get_int (rows, 0);
      letter->rule = g_strdup (posture_statement_get_text (rows, 1));
      letter->target = g_strdup (posture_statement_get_text (rows, 2));
      letter->attempts = (guint) posture_statement_get_int (rows, 3);
      letter->reason = g_strdup (posture_statement_get_text (rows, 4));
      letter->time = posture_statement_get_int (rows, 5);
      letter->event = posture_event_new_from_row (posture_statement_get_text (rows, 6),
                                                  posture_statement_get_text (rows, 7),
                                                  posture_statement_get_text (rows, 8), error);
      if (letter->event == NULL)
        return FALSE;
    }
  return step == POSTURE_STEP_DONE;
}

/**
 * posture_bus_list_dead_letters:
 * @self: a bus
 * @after: a dead letter's number; 0 for the beginning
 * @limit: how many at most
 * @error: return location for a #GError
 *
 * Reads what was given up, a page at a time. Waits for the disk.
 *
 * Returns: (transfer container) (element-type PostureDeadLetter) (nullable):
 *   the dead letters after @after, oldest first
 */
GPtrArray *
posture_bus_list_dead_letters (PostureBus *self,
                               gint64      after,
                               guint       limit,
                               GError    **error)
{
  Question question = { .after = after, .limit = limit };

  if (!posture_store_read (posture_bus_get_store (self), list_func, &question, /* cancellable = */ NULL, error))
    g_clear_pointer (&question.list, g_ptr_array_unref);
  return question.list;
}

/* Which dead letters are to go (0: all), and whether they come back as deliveries. */
typedef struct
{
  PostureBus *bus;
  gint64 id;
  gboolean retry;
  gint64 count;
} Change;

/* Makes one a delivery again, which may arrive in this transaction. What was replayed waits as a row. */
static gboolean
revive_one (PostureTransaction *transaction,
            PostureBus         *bus,
            PostureStatement   *row,
            gint64              number,
            GError            **error)
{
  g_autoptr (PostureDelivery) delivery = g_new0 (PostureDelivery, 1);
  const char *replay = posture_statement_get_text (row, 4);
  gboolean paused = posture_statement_get_int (row, 8) != 0;

  delivery->id = number;
  delivery->sequence = posture_statement_get_int (row, 0);
  delivery->rule = g_strdup (posture_statement_get_text (row, 1));
  delivery->target = g_strdup (posture_statement_get_text (row, 2));
  delivery->group = g_strdup (posture_statement_get_text (row, 3));
  delivery->put = delivery->since = posture_statement_get_int (row, 5);
  if (replay != NULL)
    {
      posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_WAITING, /* key = */ NULL);
      return posture_transaction_execute (transaction, error, posture_bus_sql_insert_replayed, "iitttti", number,
                                          delivery->sequence, delivery->rule, delivery->target, delivery->group,
                                          replay, delivery->since);
    }
  delivery->event = posture_event_new_from_row (posture_statement_get_text (row, 6), posture_statement_get_text (row, 7),
                                                /* replay = */ NULL, /* error = */ NULL);
  return posture_arrivals_add (transaction, bus, g_steal_pointer (&delivery), paused, error);
}

static gboolean
revive (PostureTransaction *transaction,
        PostureBus         *bus,
        gint64              id,
        GError            **error)
{
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error, posture_bus_sql_revivable, "i", id);
  PostureStep step = POSTURE_STEP_ERROR;
  gint64 last;

  if (rows == NULL || !posture_arrivals_get_last (transaction, &last, error))
    return FALSE;
  while ((step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    if (!revive_one (transaction, bus, rows, ++last, error))
      return FALSE;
  posture_arrivals_set_last (transaction, last);
  return step == POSTURE_STEP_DONE;
}

static gboolean
change_func (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  Change *change = data;

  if (change->retry && !revive (transaction, change->bus, change->id, error))
    return FALSE;
  if (!posture_transaction_execute (transaction, error, posture_bus_sql_delete_dead, "i", change->id))
    return FALSE;
  change->count = posture_transaction_get_changes (transaction);
  if (change->count == 0 && change->id != 0)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND,
                   _("There is no dead letter %lld."), (long long) change->id);
      return FALSE;
    }
  if (change->count > 0)
    posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_DEAD, /* key = */ NULL);
  if (change->count > 0 && change->retry)
    posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_PUT, /* key = */ NULL);
  return TRUE;
}

static gboolean
change_letters (PostureBus *self,
                gint64      id,
                gboolean    retry,
                gint64     *ret_count,
                GError    **error)
{
  Change change = { self, id, retry, 0 };

  if (!posture_store_write (posture_bus_get_store (self), change_func, &change, /* cancellable = */ NULL, error))
    return FALSE;
  if (ret_count != NULL)
    *ret_count = change.count;
  return TRUE;
}

/**
 * posture_bus_retry_dead_letter:
 * @self: a bus
 * @id: a dead letter's number; 0 for all of them
 * @ret_count: (out) (optional): how many there were
 * @error: return location for an error of [error@BusError] or [error@StoreError]
 *
 * Makes a dead letter a delivery again, as if it had never been tried. Its age
 * still counts from when its event was put, so one that failed for its age
 * gets one attempt more. Waits for the disk.
 *
 * Returns: %TRUE once it is on disk
 */
gboolean
posture_bus_retry_dead_letter (PostureBus *self,
                               gint64      id,
                               gint64     *ret_count,
                               GError    **error)
{
  return change_letters (self, id, /* retry = */ TRUE, ret_count, error);
}

/**
 * posture_bus_purge_dead_letter:
 * @self: a bus
 * @id: a dead letter's number; 0 for all of them
 * @ret_count: (out) (optional): how many there were
 * @error: return location for an error of [error@BusError] or [error@StoreError]
 *
 * Deletes a dead letter. Waits for the disk.
 *
 * Returns: %TRUE once it is gone
 */
gboolean
posture_bus_purge_dead_letter (PostureBus *self,
                               gint64      id,
                               gint64     *ret_count,
                               GError    **error)
{
  return change_letters (self, id, /* retry = */ FALSE, ret_count, error);
}
