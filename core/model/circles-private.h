/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/check-private.h"
#include "model/questionnaire-private.h"

G_BEGIN_DECLS

void posture_circles_tell (PostureQuestionnaire  *questionnaire,
                           PostureCheck          *check,
                           const PostureJsonNode *root);

G_END_DECLS
