/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/target.h"

G_BEGIN_DECLS

/* What a target works out about an event. */
typedef struct _PostureComputation PostureComputation;

PostureComputation *posture_computation_new         (PostureTarget       *target,
                                                     PostureEvent        *event);
PostureComputation *posture_computation_ref         (PostureComputation  *self);
void                posture_computation_unref       (PostureComputation  *self);
PostureTarget      *posture_computation_get_target  (PostureComputation  *self);
PostureEvent       *posture_computation_get_event   (PostureComputation  *self);
gboolean            posture_computation_has_failed  (PostureComputation  *self);
void                posture_computation_run         (PostureComputation  *self);
gboolean            posture_computation_wait        (PostureComputation  *self,
                                                     gint64               deadline);
void                posture_computation_wait_async  (PostureComputation  *self,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
gboolean            posture_computation_get         (PostureComputation  *self,
                                                     gpointer            *ret_outcome,
                                                     GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureComputation, posture_computation_unref)

G_END_DECLS
