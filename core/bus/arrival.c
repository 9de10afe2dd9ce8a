/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/handover-private.h"

/* Most deliveries arrive in the transaction that puts their event: to write a row of each and to delete it again
 * would cost more than the event. So what a put leaves for targets that can be called at once is kept with the
 * transaction. What has not arrived when that ends becomes a row, in the same transaction and before it is
 * committed: on the disk there is never an event of which neither the effect nor the delivery is there. */

/* What happened, one thing at a time: so that what is taken back is forgotten by itself. */
typedef struct
{
  gint64 last;                  /* the number that was given last, or */
  PostureDelivery *come;        /* what came, or */
  const PostureDelivery *ended; /* what came and needs no row any more */
} Arrival;

/* Whose things they are. */
static const char arrivals[] = "arrivals";

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  g_clear_pointer (&arrival->come, posture_delivery_free);
  g_free (arrival);
}

static void
note (PostureTransaction *transaction,
      Arrival             arrival)
{
  posture_transaction_keep_thing (transaction, arrivals, g_memdup2 (&arrival, sizeof arrival), arrival_free,
                                  /* committed = */ NULL);
}

/* The last number given in this transaction, 0 if none was. */
gint64
posture_arrivals_find_last (PostureTransaction *transaction)
{
  const Arrival *arrival;
  gint64 last = 0;
  guint place = 0;

  while ((arrival = posture_transaction_get_thing (transaction, arrivals, &place)) != NULL)
    last = MAX (last, arrival->last);
  return last;
}

/* The number of the last delivery, so that the next one gets one that was never given. */
gboolean
posture_arrivals_get_last (PostureTransaction *transaction,
                           gint64             *ret_last,
                           GError            **error)
{
  gint64 last;

  if (!posture_transaction_query_int (transaction, &last, error, posture_bus_sql_last_delivery, NULL))
    return FALSE;
  *ret_last = MAX (last, posture_arrivals_find_last (transaction));
  return TRUE;
}

/* Numbers up to @last were given. */
void
posture_arrivals_set_last (PostureTransaction *transaction,
                           gint64              last)
{
  note (transaction, (Arrival) { .last = last });
}

/* Makes a row of a delivery (transfer full), which the dispatcher is told of when it is on disk. */
static gboolean
become_row (PostureTransaction *transaction,
            PostureBus         *bus,
            PostureDelivery    *delivery,
            GError            **error)
{
  if (!posture_delivery_insert (transaction, delivery, error))
    {
      posture_delivery_free (delivery);
      return FALSE;
    }
  posture_handover_offer (posture_bus_get_handover (bus), transaction, delivery);
  return TRUE;
}

/* Adds a delivery (transfer full) of an event that was put just now: for a target that can be called at once it is
 * kept, any other becomes a row. */
gboolean
posture_arrivals_add (PostureTransaction *transaction,
                      PostureBus         *bus,
                      PostureDelivery    *delivery,
                      gboolean            paused,
                      GError            **error)
{
  gboolean inserted;

  if (delivery->event != NULL && !paused && posture_bus_is_prompt (bus, delivery->target))
    {
      note (transaction, (Arrival) { .come = delivery });
      return TRUE;
    }
  if (!paused)
    return become_row (transaction, bus, delivery, error);
  inserted = posture_delivery_insert (transaction, delivery, error);
  posture_delivery_free (delivery);
  return inserted;
}

/* A delivery has arrived, or is a row now. */
void
posture_arrivals_end (PostureTransaction    *transaction,
                      const PostureDelivery *delivery)
{
  note (transaction, (Arrival) { .ended = delivery });
}

/* What has come for @target (nullable: for any) and needs a row if nothing becomes of it, in the order in which it
 * was put. The deliveries live as long as what they came with. */
GPtrArray *
posture_arrivals_list (PostureTransaction *transaction,
                       const char         *target)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GHashTable) ended = g_hash_table_new (NULL, NULL);
  const Arrival *arrival;
  guint place = 0, n_left = 0;

  while ((arrival = posture_transaction_get_thing (transaction, arrivals, &place)) != NULL)
    if (arrival->ended != NULL)
      g_hash_table_add (ended, (gpointer) arrival->ended);
    else if (arrival->come != NULL && (target == NULL || g_str_equal (arrival->come->target, target)))
      g_ptr_array_add (list, arrival->come);
  for (guint i = 0; i < list->len; i++)
    if (!g_hash_table_contains (ended, g_ptr_array_index (list, i)))
      g_ptr_array_index (list, n_left++) = g_ptr_array_index (list, i);
  g_ptr_array_set_size (list, (int) n_left);
  return g_steal_pointer (&list);
}

/* What has come of an event about @resource ends with the event. */
gboolean
posture_arrivals_forget (PostureTransaction *transaction,
                         const char         *resource,
                         GError            **error)
{
  g_autoptr (GPtrArray) list = posture_arrivals_list (transaction, /* target = */ NULL);
  gint64 dropped = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const PostureDelivery *delivery = g_ptr_array_index (list, i);

      if (!g_strv_contains (posture_event_get_resources (delivery->event), resource))
        continue;
      posture_arrivals_end (transaction, delivery);
      dropped++;
    }
  return dropped == 0 || posture_transaction_execute (transaction, error, posture_bus_sql_count_dropped, "i", dropped);
}

/* Ends a transaction: what has not arrived becomes rows, and the numbers that were given are on record. */
gboolean
posture_arrivals_close (PostureTransaction *transaction,
                        gpointer            data,
                        GError            **error)
{
  gint64 last = posture_arrivals_find_last (transaction);
  g_autoptr (GPtrArray) list = NULL;

  if (last == 0)
    return TRUE;
  list = posture_arrivals_list (transaction, /* target = */ NULL);
  for (guint i = 0; i < list->len; i++)
    {
      if (!become_row (transaction, data, posture_delivery_copy (g_ptr_array_index (list, i)), error))
        return FALSE;
      posture_arrivals_end (transaction, g_ptr_array_index (list, i));
    }
  return posture_transaction_execute (transaction, error, posture_bus_sql_set_last_delivery, "i", last);
}
