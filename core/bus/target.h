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
 * @prepare_async: (nullable): does what takes time or has an effect outside:
 *   rates, calls a server. A target without it is *direct*: it is called in
 *   the very transaction that puts the event.
 * @prepare_finish: ends @prepare_async. The outcome belongs to the result and
 *   lives as long; it may be %NULL. On failure @error is set, with
 *   %POSTURE_BUS_ERROR_PERMANENT if trying again cannot help.
 * @commit: (nullable): the effect inside: rows, further events. It runs on
 *   the store thread, in the transaction that also removes the delivery, and
 *   can be run again.
 *
 * What a rule can call. Delivery is at least once; what @commit does happens
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
  gboolean (*prepare_finish) (PostureTarget       *self,
                              GAsyncResult        *result,
                              gpointer            *ret_outcome,
                              GError             **error);
  gboolean (*commit)         (PostureTarget       *self,
                              PostureTransaction  *transaction,
                              PostureEvent        *event,
                              gpointer             outcome,
                              GError             **error);
};

gboolean posture_target_is_direct      (PostureTarget       *self);
void     posture_target_prepare_async  (PostureTarget       *self,
                                        PostureEvent        *event,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean posture_target_prepare_finish (PostureTarget       *self,
                                        GAsyncResult        *result,
                                        gpointer            *ret_outcome,
                                        GError             **error);
gboolean posture_target_commit         (PostureTarget       *self,
                                        PostureTransaction  *transaction,
                                        PostureEvent        *event,
                                        gpointer             outcome,
                                        GError             **error);

G_END_DECLS
