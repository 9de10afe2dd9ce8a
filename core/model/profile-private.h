/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/questionnaire-private.h"

G_BEGIN_DECLS

void posture_profile_free  (gpointer               data);
void posture_profiles_read (PostureCheck          *check,
                            const PostureJsonNode *root,
                            PostureQuestionnaire  *questionnaire);

G_END_DECLS
