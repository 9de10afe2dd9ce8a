/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"

G_BEGIN_DECLS

PostureAnswer *posture_answers_find (PostureAnswers  *self,
                                     PostureQuestion *question);

G_END_DECLS
