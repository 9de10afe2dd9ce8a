/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus-private.h"

G_BEGIN_DECLS

PostureHandover *posture_handover_new    (void);
void             posture_handover_free   (PostureHandover    *self);
void             posture_handover_offer  (PostureHandover    *self,
                                          PostureTransaction *transaction,
                                          PostureDelivery    *delivery);
void             posture_handover_recall (PostureHandover    *self,
                                          PostureTransaction *transaction);
PostureDelivery *posture_handover_pop    (PostureHandover    *self,
                                          gboolean           *ret_lost);
gboolean         posture_handover_is_empty (PostureHandover  *self);
guint            posture_handover_get_recalls (PostureHandover *self);

G_END_DECLS
