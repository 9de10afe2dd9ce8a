/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_NOTIFICATION_TARGET (posture_notification_target_get_type ())
G_DECLARE_FINAL_TYPE (PostureNotificationTarget, posture_notification_target, POSTURE, NOTIFICATION_TARGET, GObject)

void posture_notification_target_add       (GApplication *application,
                                            PostureBus   *bus);
void posture_notification_target_get_words (PostureEvent *event,
                                            char        **ret_title,
                                            char        **ret_body);

G_END_DECLS
