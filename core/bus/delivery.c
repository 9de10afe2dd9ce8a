/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include "bus/event-private.h"
#include "store/store-error.h"

/* So many of the oldest deliveries are passed to find what is due, before it is looked for by target. */
#define PASSED_AT_ONCE 1024

void
posture_delivery_free (PostureDelivery *delivery)
{
  g_clear_pointer (&delivery->event, posture_event_unref);
  g_clear_pointer (&delivery->computation, posture_computation_unref);
  g_free (delivery->rule);
  g_free (delivery->target);
  g_free (delivery->group);
  g_free (delivery->replay);
  g_free (delivery);
}

/* For one that was put just now: it belongs to no replay. What its target works out is not copied. */
PostureDelivery *
posture_delivery_copy (const PostureDelivery *delivery)
{
  PostureDelivery *copy = g_memdup2 (delivery, sizeof *delivery);

  copy->event = posture_event_ref (delivery->event);
  copy->computation = NULL;
  copy->rule = g_strdup (delivery->rule);
  copy->target = g_strdup (delivery->target);
  copy->group = g_strdup (delivery->group);
  return copy;
}

/* Gives %FALSE without an error if the event is not there. */
static gboolean
read_event (PostureTransaction *transaction,
            PostureDelivery    *delivery,
            GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_bus_sql_event_of_delivery,
                                                                "i", delivery->sequence);

  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return FALSE;
  delivery->put = posture_statement_get_int (row, 0);
  delivery->event = posture_event_new_from_row (posture_statement_get_text (row, 1),
                                                posture_statement_get_text (row, 2), delivery->replay, error);
  return delivery->event != NULL;
}

static PostureDelivery *
delivery_from_row (PostureStatement   *row,
                   PostureTransaction *transaction,
                   GError            **error)
{
  g_autoptr (PostureDelivery) delivery = g_new0 (PostureDelivery, 1);

  delivery->id = posture_statement_get_int (row, 0);
  delivery->sequence = posture_statement_get_int (row, 1);
  delivery->rule = g_strdup (posture_statement_get_text (row, 2));
  delivery->target = g_strdup (posture_statement_get_text (row, 3));
  delivery->attempts = (guint) posture_statement_get_int (row, 4);
  delivery->group = g_strdup (posture_statement_get_text (row, 5));
  delivery->replay = g_strdup (posture_statement_get_text (row, 6));
  if (!read_event (transaction, delivery, error))
    return NULL;
  delivery->since = posture_statement_is_null (row, 7) ? delivery->put : posture_statement_get_int (row, 7);
  return g_steal_pointer (&delivery);
}

/* Adds deliveries to @list, up to @limit, without those that are @known already. One whose event is gone, which damage
 * alone can bring about, is passed over; when dispatching starts, such go. */
static gboolean
read_rows (PostureStatement   *rows,
           PostureTransaction *transaction,
           GHashTable         *known,
           guint               limit,
           GPtrArray          *list,
           GError            **error)
{
  PostureStep step = POSTURE_STEP_ERROR;

  while (rows != NULL && list->len < limit && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      gint64 id = posture_statement_get_int (rows, 0);
      g_autoptr (GError) failure = NULL;
      PostureDelivery *delivery;

      if (g_hash_table_contains (known, &id))
        continue;
      delivery = delivery_from_row (rows, transaction, &failure);
      if (delivery != NULL)
        g_ptr_array_add (list, delivery);
      else if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return rows != NULL && step != POSTURE_STEP_ERROR;
}

/* Reads what is due and not @known (element-type gint64), in the order in which it was put, without what is for
 * one of the targets @without. */
GPtrArray *
posture_delivery_read_due (PostureTransaction *transaction,
                           GHashTable         *known,
                           const char *const  *without,
                           gint64              now,
                           guint               limit,
                           GError            **error)
{
  const char *const queries[] = { posture_bus_sql_due, posture_bus_sql_due_behind };
  g_autofree char *names = posture_names_to_text (without);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_delivery_free);
  gint64 bound;

  if (!posture_transaction_query_int (transaction, &bound, error, posture_bus_sql_due_bound, "i",
                                      (gint64) PASSED_AT_ONCE))
    return NULL;
  for (guint i = 0; i < (bound > 0 ? 2 : 1) && list->len < limit; i++)
    {
      g_autoptr (PostureStatement) rows = posture_transaction_query (
        transaction, error, queries[i], "iiti", now, (gint64) limit + g_hash_table_size (known), names,
        bound > 0 ? bound : G_MAXINT64);

      if (!read_rows (rows, transaction, known, limit, list, error))
        return NULL;
    }
  return g_steal_pointer (&list);
}

/* Makes a row of a delivery that was never tried. */
gboolean
posture_delivery_insert (PostureTransaction    *transaction,
                         const PostureDelivery *delivery,
                         GError               **error)
{
  return posture_transaction_execute (transaction, error, posture_bus_sql_insert_delivery, "iittt", delivery->id,
                                      delivery->sequence, delivery->rule, delivery->target, delivery->group);
}

/* Whether what is put for a target now stands behind something that is on its way to it. */
gboolean
posture_delivery_is_behind (PostureTransaction *transaction,
                            const char         *target,
                            gboolean           *ret_behind,
                            GError            **error)
{
  gint64 behind = 0;

  if (!posture_transaction_query_int (transaction, &behind, error, posture_bus_sql_is_behind, "t", target))
    return FALSE;
  *ret_behind = behind != 0;
  return TRUE;
}

/* When the next delivery is due after @now; 0 if none waits. */
gboolean
posture_delivery_next_due (PostureTransaction *transaction,
                           gint64              now,
                           gint64             *ret_due,
                           GError            **error)
{
  *ret_due = 0;
  return posture_transaction_query_int (transaction, ret_due, error, posture_bus_sql_next_due, "i", now);
}

/* Whether nothing that was put earlier in its group still waits for its target. */
gboolean
posture_delivery_is_first (PostureTransaction    *transaction,
                           const PostureDelivery *delivery,
                           gboolean              *ret_first,
                           GError               **error)
{
  gint64 first = 1;

  if (delivery->group != NULL &&
      !posture_transaction_query_int (transaction, &first, error, posture_bus_sql_is_first, "tti",
                                      delivery->group, delivery->target, delivery->id))
    return FALSE;
  *ret_first = first != 0;
  return TRUE;
}

/* Lets the target write its effect. */
gboolean
posture_delivery_arrive (PostureTransaction    *transaction,
                         const PostureDelivery *delivery,
                         PostureTarget         *target,
                         gpointer               outcome,
                         GError               **error)
{
  if (!posture_target_commit (target, transaction, delivery->event, outcome, error))
    return FALSE;
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_DELIVERED, delivery->target);
  return TRUE;
}

/* Takes the row out and lets the target write its effect: both or neither. A row that is gone was settled by
 * somebody else; then there is nothing to do. */
gboolean
posture_delivery_settle (PostureTransaction    *transaction,
                         const PostureDelivery *delivery,
                         PostureTarget         *target,
                         gpointer               outcome,
                         GError               **error)
{
  if (!posture_transaction_execute (transaction, error, posture_bus_sql_delete_delivery, "i",
                                    delivery->id))
    return FALSE;
  return posture_transaction_get_changes (transaction) == 0 ||
         posture_delivery_arrive (transaction, delivery, target, outcome, error);
}

/* The pause before the next attempt: up to twice the last one's length, drawn anew each time. */
static gint64
draw_delay (const PostureRetryPolicy *policy,
            guint                     attempts)
{
  gint64 length = policy->base_delay;

  for (guint i = 1; i < attempts && length < policy->max_delay; i++)
    length *= 2;
  length = MIN (length, policy->max_delay);
  return (gint64) (g_random_double () * (double) length);
}

/* Notes that an attempt failed: the delivery waits for its next one, or becomes a dead letter. */
gboolean
posture_delivery_fail (PostureTransaction       *transaction,
                       const PostureDelivery    *delivery,
                       const PostureRetryPolicy *policy,
                       gint64                    now,
                       const GError             *reason,
                       GError                  **error)
{
  guint attempts = delivery->attempts + 1;
  gint64 due = now + draw_delay (policy, attempts);

  if (attempts < policy->max_attempts && due - delivery->since <= policy->max_age &&
      !g_error_matches (reason, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_PERMANENT))
    {
      posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_RETRY, delivery->target);
      return posture_transaction_execute (transaction, error, posture_bus_sql_count_retry, NULL) &&
             posture_transaction_execute (transaction, error, posture_bus_sql_delay_delivery, "iii",
                                          delivery->id, (gint64) attempts, due);
    }

  if (!posture_transaction_execute (transaction, error, posture_bus_sql_insert_dead, "iiti",
                                    delivery->id, (gint64) attempts, reason->message, now))
    return FALSE;
  /* it may be gone, as its event is when that was forgotten meanwhile */
  if (posture_transaction_get_changes (transaction) == 0)
    return TRUE;
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_DEAD, delivery->target);
  return posture_transaction_execute (transaction, error, posture_bus_sql_count_dropped, "i", G_GINT64_CONSTANT (1)) &&
         posture_transaction_execute (transaction, error, posture_bus_sql_delete_delivery, "i",
                                      delivery->id);
}

/* Whether the store could not do it, so that nothing is known about the target. A row that contradicts
 * its table is the target's own fault: it would contradict it for ever. */
gboolean
posture_error_is_of_store (const GError *error)
{
  return error->domain == POSTURE_STORE_ERROR && error->code != POSTURE_STORE_ERROR_CONSTRAINT;
}
