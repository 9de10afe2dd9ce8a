/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/event.h"
#include "store/transaction.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_TARGET (posture_target_get_type ())
G_DECLARE_INTERFACE (PostureTarget, posture_target, POSTURE, TARGET, GObject)

/**
 * PostureTargetInterface:
 * @prepare_async: (nullable): does what takes long or has an effect outside:
 *   calls a server
 * @send_async: (nullable): as @prepare_async, but is given what the target's
 *   input makes of the event: it sends that somewhere
 * @prepare_finish: ends @prepare_async and @send_async. The outcome belongs to the result and
 *   lives as long; it may be %NULL. On failure @error is set, with
 *   %POSTURE_BUS_ERROR_PERMANENT if trying again cannot help.
 * @compute: (nullable): works out what @commit needs from the event alone,
 *   which gives the same whenever it is done: rates. It has no effect and
 *   nothing to do with the store, and is called on a thread of a pool, or on
 *   the store thread if it is known to be quick, perhaps before the event is
 *   on disk, or for one that never comes there. Its outcome may be %NULL only
 *   on failure, when @error is set as by @prepare_finish.
 * @free_outcome: (nullable): frees what @compute has worked out
 * @commit: (nullable): the effect inside: rows, further events. It runs on
 *   the store thread, in the transaction that also removes the delivery, and
 *   can be run again.
 *
 * What a rule can call. A target has @prepare_async, @send_async or @compute, or none of them; one
 * that has none is *direct*. Delivery is at least once; what @commit does happens
 * exactly once, since it and the acknowledgement are one transaction.
 */
struct _PostureTargetInterface
{
  GTypeInterface parent_interface;

  void     (*prepare_async)  (PostureTarget       *self,
                              PostureEvent        *event,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
  void     (*send_async)     (PostureTarget       *self,
                              PostureEvent        *event,
                              const char          *input,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
  gboolean (*prepare_finish) (PostureTarget       *self,
                              GAsyncResult        *result,
                              gpointer            *ret_outcome,
                              GError             **error);
  gpointer (*compute)        (PostureTarget       *self,
                              PostureEvent        *event,
                              GError             **error);
  void     (*free_outcome)   (gpointer             outcome);
  gboolean (*commit)         (PostureTarget       *self,
                              PostureTransaction  *transaction,
                              PostureEvent        *event,
                              gpointer             outcome,
                              GError             **error);
};

gboolean posture_target_is_direct      (PostureTarget       *self);
gboolean posture_target_computes       (PostureTarget       *self);
void     posture_target_prepare_async  (PostureTarget       *self,
                                        PostureEvent        *event,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean posture_target_sends          (PostureTarget       *self);
void     posture_target_send_async     (PostureTarget       *self,
                                        PostureEvent        *event,
                                        const char          *input,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean posture_target_prepare_finish (PostureTarget       *self,
                                        GAsyncResult        *result,
                                        gpointer            *ret_outcome,
                                        GError             **error);
gpointer posture_target_compute        (PostureTarget       *self,
                                        PostureEvent        *event,
                                        GError             **error);
void     posture_target_free_outcome   (PostureTarget       *self,
                                        gpointer             outcome);
gboolean posture_target_commit         (PostureTarget       *self,
                                        PostureTransaction  *transaction,
                                        PostureEvent        *event,
                                        gpointer             outcome,
                                        GError             **error);

G_END_DECLS
