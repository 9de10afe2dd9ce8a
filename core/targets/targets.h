/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_TARGETS (posture_targets_get_type ())
G_DECLARE_FINAL_TYPE (PostureTargets, posture_targets, POSTURE, TARGETS, GObject)

/**
 * POSTURE_TARGETS_NOTIFICATION:
 *
 * The name of the target that the desktop program brings along: it shows
 * notifications. Nobody can set up another one of that name.
 */
#define POSTURE_TARGETS_NOTIFICATION "notification"

PostureTargets *posture_targets_new    (PostureBus      *bus,
                                        PostureStore    *store);
PostureTarget  *posture_targets_make   (const char          *name,
                                        const char          *settings,
                                        PostureInput       **ret_input,
                                        PostureRetryPolicy  *ret_policy,
                                        GError             **error);

G_END_DECLS
