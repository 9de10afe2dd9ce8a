/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_USER_LIST (posture_user_list_get_type ())
G_DECLARE_FINAL_TYPE (PostureUserList, posture_user_list, POSTURE, USER_LIST, GObject)

gboolean posture_user_list_is_loading  (PostureUserList *self);
gboolean posture_user_list_is_complete (PostureUserList *self);
void     posture_user_list_load_more   (PostureUserList *self);

G_END_DECLS
