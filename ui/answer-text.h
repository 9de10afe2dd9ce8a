/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answer.h"
#include "model/words.h"

G_BEGIN_DECLS

char *posture_answer_dup_text  (PostureAnswer   *answer,
                                PostureQuestion *question,
                                PostureWords    *words);
char *posture_bound_dup_text   (gint64           millionths);

G_END_DECLS
