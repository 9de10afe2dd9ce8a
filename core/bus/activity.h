/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"
#include "store/paged-list.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_ACTIVITY_ITEM (posture_activity_item_get_type ())
G_DECLARE_FINAL_TYPE (PostureActivityItem, posture_activity_item, POSTURE, ACTIVITY_ITEM, GObject)

#define POSTURE_TYPE_ACTIVITY (posture_activity_get_type ())
G_DECLARE_FINAL_TYPE (PostureActivity, posture_activity, POSTURE, ACTIVITY, PosturePagedList)

gint64           posture_activity_item_get_sequence    (PostureActivityItem *self);
const char      *posture_activity_item_get_id          (PostureActivityItem *self);
const char      *posture_activity_item_get_source      (PostureActivityItem *self);
const char      *posture_activity_item_get_detail_type (PostureActivityItem *self);
gint64           posture_activity_item_get_put         (PostureActivityItem *self);
guint            posture_activity_item_get_pending     (PostureActivityItem *self);
guint            posture_activity_item_get_dead        (PostureActivityItem *self);

PostureActivity *posture_activity_new                  (PostureBus          *bus);

G_END_DECLS
