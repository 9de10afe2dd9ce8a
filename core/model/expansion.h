/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"

G_BEGIN_DECLS

PostureQuestionnaire *posture_questionnaire_expand (PostureQuestionnaire *self,
                                                    PostureAnswers       *answers);

G_END_DECLS
