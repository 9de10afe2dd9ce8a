/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/activity.h"

G_BEGIN_DECLS

PostureActivityItem *posture_activity_item_new_from_row (PostureStatement    *row,
                                                         GError             **error);
gboolean             posture_activity_item_equal        (PostureActivityItem *self,
                                                         PostureActivityItem *other);

G_END_DECLS
