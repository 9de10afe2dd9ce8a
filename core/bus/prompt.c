/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

/* Prompt deliveries are read in pieces. One transaction takes more of them than it can hold puts, but
 * not all of a journal that has piled up. */
#define AT_ONCE 64
#define MAX_ROUNDS 64

/* Settles one delivery in a savepoint of its own, unless its group is held up. @failure: (nullable) (transfer full): why the target
 * could not prepare. */
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
  gboolean first;

  if (!posture_delivery_is_first (transaction, delivery, &first, error))
    return FALSE;
  if (!first)
    return TRUE;
  if (!posture_transaction_save (transaction, error))
    return FALSE;
  if (reason == NULL && posture_delivery_settle (transaction, delivery, entry->target, outcome, &reason))
    return posture_transaction_keep (transaction, error);

  /* What the store could not do says nothing about the target: the whole reaction fails, and the
   * delivery is still there for the dispatcher. */
  if (posture_error_is_of_store (reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  posture_transaction_take_back (transaction);
  return posture_delivery_fail (transaction, delivery, &entry->policy,
                                posture_clock_get_now (posture_bus_get_clock (self)), reason, error);
}

static gboolean
deliver_directly (PostureBus         *self,
                  PostureTransaction *transaction,
                  const char         *name,
                  PostureTargetEntry *entry,
                  GError            **error)
{
  guint found = AT_ONCE;

  for (guint round = 0; round < MAX_ROUNDS && found == AT_ONCE; round++)
    {
      g_autoptr (GPtrArray) due = posture_delivery_read_new (transaction, posture_bus_get_recent (self),
                                                             name, /* only_recent = */ FALSE, AT_ONCE,
                                                             error);

      if (due == NULL)
        return FALSE;
      for (guint i = 0; i < due->len; i++)
        if (!settle (self, transaction, g_ptr_array_index (due, i), entry, /* outcome = */ NULL,
                     /* failure = */ NULL, error))
          return FALSE;
      found = due->len;
    }
  return TRUE;
}

/* Begins to work out all that is new, then takes what is ready in time. What was begun earlier is not
 * waited for again: it was not ready the first time. */
static gboolean
deliver_computed (PostureBus         *self,
                  PostureTransaction *transaction,
                  const char         *name,
                  PostureTargetEntry *entry,
                  GError            **error)
{
  PostureRecent *recent = posture_bus_get_recent (self);
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GPtrArray) due = posture_delivery_read_new (transaction, recent, name,
                                                         /* only_recent = */ TRUE, AT_ONCE, error);
  g_autoptr (GPtrArray) computations = g_ptr_array_new_with_free_func (
    (GDestroyNotify) posture_computation_unref);
  g_autoptr (GArray) begun = g_array_new (FALSE, FALSE, sizeof (gboolean));

  for (guint i = 0; due != NULL && i < due->len; i++)
    {
      PostureDelivery *delivery = g_ptr_array_index (due, i);
      gboolean new;

      g_ptr_array_add (computations, posture_recent_compute (recent, delivery->event, entry->target, &new));
      g_array_append_val (begun, new);
    }
  for (guint i = 0; i < computations->len; i++)
    {
      PostureComputation *computation = g_ptr_array_index (computations, i);
      gint64 deadline = g_array_index (begun, gboolean, i) ? now + posture_bus_get_patience (self) : now;
      gpointer outcome;
      GError *failure = NULL;

      if (!posture_computation_wait (computation, deadline))
        continue;
      posture_computation_get (computation, &outcome, &failure);
      if (!settle (self, transaction, g_ptr_array_index (due, i), entry, outcome, failure, error))
        return FALSE;
    }
  return due != NULL;
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
      g_autoptr (PostureTargetEntry) entry = posture_bus_dup_target (self, names[i]);

      if (posture_target_is_direct (entry->target)
            ? !deliver_directly (self, transaction, names[i], entry, error)
            : !deliver_computed (self, transaction, names[i], entry, error))
        return FALSE;
    }
  return TRUE;
}
