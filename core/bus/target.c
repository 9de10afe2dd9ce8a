/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/target.h"

G_DEFINE_INTERFACE (PostureTarget, posture_target, G_TYPE_OBJECT)

static void
posture_target_default_init (PostureTargetInterface *iface)
{
}

/**
 * posture_target_is_direct:
 * @self: a target
 *
 * Returns: whether it has nothing to prepare, so that it is called in the
 *   transaction that puts the event
 */
gboolean
posture_target_is_direct (PostureTarget *self)
{
  return POSTURE_TARGET_GET_IFACE (self)->prepare_async == NULL && !posture_target_computes (self);
}

/**
 * posture_target_computes:
 * @self: a target
 *
 * Returns: whether what it prepares follows from the event alone, so that it
 *   can be called before the event is on disk
 */
gboolean
posture_target_computes (PostureTarget *self)
{
  return POSTURE_TARGET_GET_IFACE (self)->compute != NULL;
}

/**
 * posture_target_prepare_async:
 * @self: a target that neither is direct nor computes
 * @event: the event
 * @cancellable: (nullable): stops the work
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Does what takes time, or has an effect outside the program.
 */
void
posture_target_prepare_async (PostureTarget      *self,
                              PostureEvent       *event,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_return_if_fail (POSTURE_TARGET_GET_IFACE (self)->prepare_async != NULL);

  POSTURE_TARGET_GET_IFACE (self)->prepare_async (self, event, cancellable, callback, user_data);
}

/**
 * posture_target_prepare_finish:
 * @self: a target
 * @result: what the callback was given
 * @ret_outcome: (out) (transfer none) (nullable): for posture_target_commit();
 *   it lives as long as @result
 * @error: return location for a #GError
 *
 * Returns: %TRUE on success
 */
gboolean
posture_target_prepare_finish (PostureTarget *self,
                               GAsyncResult  *result,
                               gpointer      *ret_outcome,
                               GError       **error)
{
  return POSTURE_TARGET_GET_IFACE (self)->prepare_finish (self, result, ret_outcome, error);
}

/**
 * posture_target_compute:
 * @self: a target that computes
 * @event: the event
 * @error: return location for a #GError
 *
 * Works out what the target needs to write its effect. Can be called from any
 * thread.
 *
 * Returns: (transfer full) (nullable): the outcome, for
 *   posture_target_free_outcome(); %NULL on error
 */
gpointer
posture_target_compute (PostureTarget *self,
                        PostureEvent  *event,
                        GError       **error)
{
  g_return_val_if_fail (posture_target_computes (self), NULL);

  return POSTURE_TARGET_GET_IFACE (self)->compute (self, event, error);
}

/**
 * posture_target_free_outcome:
 * @self: a target that computes
 * @outcome: (transfer full): what it has worked out
 *
 * Frees an outcome.
 */
void
posture_target_free_outcome (PostureTarget *self,
                             gpointer       outcome)
{
  if (POSTURE_TARGET_GET_IFACE (self)->free_outcome != NULL)
    POSTURE_TARGET_GET_IFACE (self)->free_outcome (outcome);
}

/**
 * posture_target_commit:
 * @self: a target
 * @transaction: the transaction in which the delivery is acknowledged
 * @event: the event
 * @outcome: (nullable): what was prepared
 * @error: return location for a #GError
 *
 * Writes the effect of the event, on the store thread.
 *
 * Returns: %TRUE on success
 */
gboolean
posture_target_commit (PostureTarget      *self,
                       PostureTransaction *transaction,
                       PostureEvent       *event,
                       gpointer            outcome,
                       GError            **error)
{
  PostureTargetInterface *iface = POSTURE_TARGET_GET_IFACE (self);

  return iface->commit == NULL || iface->commit (self, transaction, event, outcome, error);
}
