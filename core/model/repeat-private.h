/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/method-form-private.h"

G_BEGIN_DECLS

void posture_repeats_check (PostureCheck            *check,
                            const PostureJsonNode   *root,
                            const PostureMethodForm *method,
                            PostureQuestionnaire    *questionnaire);

G_END_DECLS
