/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"

G_BEGIN_DECLS

PostureAnswer *posture_answers_find_hashed (PostureAnswers *self,
                                            const char     *key,
                                            guint           hash);

G_END_DECLS
