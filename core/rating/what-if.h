/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rating/rating.h"

G_BEGIN_DECLS

PostureReport  *posture_rate_unsubmitted (PostureQuestionnaire *questionnaire,
                                          PostureAnswers       *answers,
                                          GError              **error);
PostureAnswers *posture_answers_with     (PostureAnswers       *answers,
                                          PostureAnswers       *fixed,
                                          PostureQuestionnaire *questionnaire,
                                          GError              **error);
PostureReport  *posture_what_if          (PostureQuestionnaire *questionnaire,
                                          PostureAnswers       *answers,
                                          PostureAnswers       *fixed,
                                          GError              **error);

G_END_DECLS
