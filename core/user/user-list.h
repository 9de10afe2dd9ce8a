/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/paged-list.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_USER_LIST (posture_user_list_get_type ())
G_DECLARE_FINAL_TYPE (PostureUserList, posture_user_list, POSTURE, USER_LIST, PosturePagedList)

G_END_DECLS
