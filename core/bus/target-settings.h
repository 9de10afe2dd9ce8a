/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"

G_BEGIN_DECLS

/* What is said on the store when a target was set up or removed. */
#define POSTURE_BUS_TOPIC_TARGETS "bus.targets"

/**
 * PostureTargetSettings:
 * @name: the target's name
 * @settings: what it is, as JSON; core/targets says what that holds
 *
 * A target that a person set up.
 */
typedef struct
{
  char *name;
  char *settings;
} PostureTargetSettings;

void       posture_target_settings_free         (PostureTargetSettings *self);
GPtrArray *posture_bus_list_target_settings     (PostureBus            *self,
                                                 GError               **error);
void       posture_bus_list_target_settings_async  (PostureBus          *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray *posture_bus_list_target_settings_finish (PostureBus          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
gboolean   posture_bus_put_target_settings      (PostureBus            *self,
                                                 const char            *name,
                                                 const char            *settings,
                                                 GError               **error);
gboolean   posture_bus_remove_target_settings   (PostureBus            *self,
                                                 const char            *name,
                                                 GError               **error);

G_END_DECLS
