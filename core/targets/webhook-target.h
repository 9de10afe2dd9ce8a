/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/target.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_WEBHOOK_TARGET (posture_webhook_target_get_type ())
G_DECLARE_FINAL_TYPE (PostureWebhookTarget, posture_webhook_target, POSTURE, WEBHOOK_TARGET, GObject)

PostureTarget *posture_webhook_target_new          (const char           *name,
                                                    const char           *url,
                                                    const char           *secret_header,
                                                    guint                 timeout,
                                                    GError              **error);
void           posture_webhook_target_take_secret  (PostureWebhookTarget *self,
                                                    char                 *secret);
gboolean       posture_webhook_store_secret        (const char           *name,
                                                    const char           *secret,
                                                    GError              **error);

G_END_DECLS
