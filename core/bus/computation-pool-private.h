/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/computation-private.h"

G_BEGIN_DECLS

/* The threads that work out what targets compute, and what takes them long. */
typedef struct _PostureComputationPool PostureComputationPool;

PostureComputationPool *posture_computation_pool_new      (void);
void                    posture_computation_pool_free     (PostureComputationPool *self);
void                    posture_computation_pool_remember (PostureComputationPool *self,
                                                           PostureComputation     *computation);
PostureComputation     *posture_computation_pool_get      (PostureComputationPool *self,
                                                           PostureTarget          *target,
                                                           PostureEvent           *event);
void                    posture_computation_pool_begin    (PostureComputationPool *self,
                                                           gint64                  spare);
void                    posture_computation_pool_forget   (PostureComputationPool *self,
                                                           PostureTarget          *target,
                                                           PostureEvent           *event);
void                    posture_computation_pool_forget_all (PostureComputationPool *self);

G_END_DECLS
