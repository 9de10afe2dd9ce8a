/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/advice.h"
#include "model/question-private.h"

G_BEGIN_DECLS

void posture_advice_read (PostureCheck                  *check,
                          const PostureJsonNode         *node,
                          const PostureConditionSetting *setting,
                          PostureQuestion               *question);

G_END_DECLS
