/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

/* What it takes to wake a thread for a computation, and to be woken by it, in microseconds. */
#define WAKING_TIME 100

/* Lets a target write its effect, in a part of its own. @failure: (nullable) (transfer full): why it could not
 * prepare. */
static gboolean
settle (PostureBus         *self,
        PostureTransaction *transaction,
        PostureDelivery    *delivery,
        PostureTargetEntry *entry,
        gpointer            outcome,
        GError             *failure,
        GError            **error)
{
  g_autoptr (GError) reason = failure;

  if (!posture_transaction_save (transaction, error))
    return FALSE;
  if (reason == NULL && posture_delivery_arrive (transaction, delivery, entry->target, outcome, &reason) &&
      posture_transaction_keep (transaction, &reason))
    {
      posture_arrivals_end (transaction, delivery);
      return TRUE;
    }

  posture_transaction_take_back (transaction);
  /* What the store could not do says nothing about the target: the whole reaction fails, and the
   * delivery becomes a row for the dispatcher. */
  if (posture_error_is_of_store (reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  posture_arrivals_end (transaction, delivery);
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_WAITING, /* key = */ NULL);
  return posture_delivery_insert (transaction, delivery, error) &&
         posture_delivery_fail (transaction, delivery, &entry->policy,
                                posture_clock_get_now (posture_bus_get_clock (self)), reason, error);
}

/* Whether a delivery is held up by one that was put earlier in its group. @held: the groups of those that have come
 * with it and have not arrived; it is added to them if so. */
static gboolean
is_held (PostureTransaction    *transaction,
         const PostureDelivery *delivery,
         GHashTable            *held,
         gboolean              *ret_held,
         GError               **error)
{
  gboolean first = TRUE;

  *ret_held = delivery->group != NULL && g_hash_table_contains (held, delivery->group);
  if (*ret_held)
    return TRUE;
  if (!posture_delivery_is_first (transaction, delivery, &first, error))
    return FALSE;
  *ret_held = !first;
  if (*ret_held)
    g_hash_table_add (held, delivery->group);
  return TRUE;
}

/* What can be settled now. */
typedef struct
{
  PostureDelivery *delivery; /* (unowned) */
  gpointer outcome;
  GError *failure; /* (nullable): why the target could not prepare */
} Ready;

static void
ready_clear (gpointer data)
{
  g_clear_error (&((Ready *) data)->failure);
}

static GArray *
ready_list_new (void)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Ready));

  g_array_set_clear_func (list, ready_clear);
  return list;
}

static gboolean
arrive_all (PostureTransaction *transaction,
            const GArray       *ready,
            PostureTargetEntry *entry,
            GError            **error)
{
  for (guint i = 0; i < ready->len; i++)
    {
      const Ready *one = &g_array_index (ready, Ready, i);

      if (!posture_delivery_arrive (transaction, one->delivery, entry->target, one->outcome, error))
        return FALSE;
    }
  return posture_transaction_keep (transaction, error);
}

/* Lets a target write its effects in one part, which costs as much as one of them: as a rule none fails. If one does,
 * all are taken back, and @ret_settled is %FALSE. */
static gboolean
settle_together (PostureTransaction *transaction,
                 const GArray       *ready,
                 PostureTargetEntry *entry,
                 gboolean           *ret_settled,
                 GError            **error)
{
  g_autoptr (GError) reason = NULL;

  *ret_settled = FALSE;
  for (guint i = 0; i < ready->len; i++)
    if (g_array_index (ready, Ready, i).failure != NULL)
      return TRUE;
  if (!posture_transaction_save (transaction, error))
    return FALSE;
  *ret_settled = arrive_all (transaction, ready, entry, &reason);
  if (*ret_settled)
    {
      for (guint i = 0; i < ready->len; i++)
        posture_arrivals_end (transaction, g_array_index (ready, Ready, i).delivery);
      return TRUE;
    }
  posture_transaction_take_back (transaction);
  if (!posture_error_is_of_store (reason))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* Settles what is ready, each by itself if they cannot be settled together: one that fails holds up its group. */
static gboolean
settle_all (PostureBus         *self,
            PostureTransaction *transaction,
            GArray             *ready,
            PostureTargetEntry *entry,
            GError            **error)
{
  g_autoptr (GHashTable) held_groups = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean settled = FALSE;

  if (ready->len > 1 && !settle_together (transaction, ready, entry, &settled, error))
    return FALSE;
  for (guint i = 0; !settled && i < ready->len; i++)
    {
      Ready *one = &g_array_index (ready, Ready, i);
      gboolean held;

      if (!is_held (transaction, one->delivery, held_groups, &held, error) ||
          (!held &&
           !settle (self, transaction, one->delivery, entry, one->outcome, g_steal_pointer (&one->failure), error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
deliver_directly (PostureBus         *self,
                  PostureTransaction *transaction,
                  GPtrArray          *come,
                  PostureTargetEntry *entry,
                  GError            **error)
{
  g_autoptr (GHashTable) held_groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) ready = ready_list_new ();
  gboolean behind;

  /* what was put first starts first */
  if (!posture_delivery_is_behind (transaction, ((PostureDelivery *) come->pdata[0])->target, &behind, error))
    return FALSE;
  for (guint i = 0; !behind && i < come->len; i++)
    {
      const Ready one = { .delivery = g_ptr_array_index (come, i) };
      gboolean held;

      if (!is_held (transaction, one.delivery, held_groups, &held, error))
        return FALSE;
      if (!held)
        g_array_append_val (ready, one);
    }
  return settle_all (self, transaction, ready, entry, error);
}

/* Takes what comes of a delivery if it is ready in time; else it goes on for the dispatcher. */
static gboolean
take_computed (PostureBus         *self,
               PostureTransaction *transaction,
               PostureDelivery    *delivery,
               gint64              deadline,
               GHashTable         *held_groups,
               GArray             *ready,
               GError            **error)
{
  Ready one = { .delivery = delivery };
  gboolean held;

  if (!is_held (transaction, delivery, held_groups, &held, error))
    return FALSE;
  if (held || !posture_computation_wait (delivery->computation, deadline))
    {
      posture_computation_pool_remember (posture_bus_get_computations (self), delivery->computation);
      if (delivery->group != NULL)
        g_hash_table_add (held_groups, delivery->group);
      return TRUE;
    }
  posture_computation_pool_forget (posture_bus_get_computations (self),
                                   posture_computation_get_target (delivery->computation), delivery->event);
  posture_computation_get (delivery->computation, &one.outcome, &one.failure);
  g_array_append_val (ready, one);
  return TRUE;
}

/* Begins to work out all that has come, then takes what is ready in time. */
static gboolean
deliver_computed (PostureBus         *self,
                  PostureTransaction *transaction,
                  GPtrArray          *come,
                  PostureTargetEntry *entry,
                  GError            **error)
{
  PostureComputationPool *pool = posture_bus_get_computations (self);
  gint64 deadline = g_get_monotonic_time () + posture_bus_get_patience (self);
  g_autoptr (GHashTable) held_groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) ready = ready_list_new ();

  for (guint i = 0; i < come->len; i++)
    {
      PostureDelivery *delivery = g_ptr_array_index (come, i);
      const PostureDelivery *last = i > 0 ? g_ptr_array_index (come, i - 1) : NULL;

      g_clear_pointer (&delivery->computation, posture_computation_unref);
      /* two rules that name the target share what comes of the event */
      delivery->computation = last != NULL && last->event == delivery->event
                                ? posture_computation_ref (last->computation)
                                : posture_computation_pool_get (pool, entry->target, delivery->event);
    }
  posture_computation_pool_begin (pool, WAKING_TIME);
  for (guint i = 0; i < come->len; i++)
    if (!take_computed (self, transaction, g_ptr_array_index (come, i), deadline, held_groups, ready, error))
      return FALSE;
  return settle_all (self, transaction, ready, entry, error);
}

/* Reacts to a put: targets that need nothing but the event get it in the same transaction, which so
 * holds its effect, too. */
gboolean
posture_bus_deliver_promptly (PostureTransaction *transaction,
                              gpointer            data,
                              GError            **error)
{
  PostureBus *self = data;
  g_auto (GStrv) names = posture_bus_dup_prompt (self);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) come = posture_arrivals_list (transaction, names[i]);
      g_autoptr (PostureTargetEntry) entry = come->len > 0 ? posture_bus_dup_target (self, names[i]) : NULL;

      if (entry == NULL)
        continue;
      if (posture_target_is_direct (entry->target)
            ? !deliver_directly (self, transaction, come, entry, error)
            : !deliver_computed (self, transaction, come, entry, error))
        return FALSE;
    }
  return TRUE;
}
