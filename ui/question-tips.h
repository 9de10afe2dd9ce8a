/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_QUESTION_TIPS (posture_question_tips_get_type ())
G_DECLARE_FINAL_TYPE (PostureQuestionTips, posture_question_tips, POSTURE, QUESTION_TIPS, AdwBin)

void posture_question_tips_show (PostureQuestionTips *self,
                                 PostureDraft        *draft,
                                 PostureQuestion     *question);

G_END_DECLS
