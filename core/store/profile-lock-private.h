/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/profile-lock.h"

G_BEGIN_DECLS

int  posture_profile_join   (const char *folder,
                             gboolean   *ret_alone,
                             GError    **error);
void posture_profile_opened (int         fd);

G_END_DECLS
