/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/profile-lock.h"

G_BEGIN_DECLS

int      posture_profile_join              (const char *folder,
                                            gboolean   *ret_alone,
                                            GError    **error);
void     posture_profile_opened            (int         fd);
gboolean posture_profile_has_others        (int         fd);
int      posture_profile_join_for_snapshot (const char *folder,
                                            GError    **error);
int      posture_profile_join_alone        (const char *folder,
                                            GError    **error);

G_END_DECLS
