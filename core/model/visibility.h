/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"

G_BEGIN_DECLS

GArray *posture_questionnaire_find_visible (PostureQuestionnaire *self,
                                            PostureAnswers       *answers);

G_END_DECLS
