/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/question-private.h"

G_BEGIN_DECLS

#define POSTURE_CREDIT_PLACES 4
#define POSTURE_OPTIONS_MAX 100

const PostureOption *posture_options_find     (const PostureOptions         *options,
                                               const char                   *id);
void                 posture_options_read     (PostureCheck                 *check,
                                               const PostureJsonNode        *node,
                                               const PostureQuestionSetting *setting,
                                               PostureQuestion              *question);
GHashTable          *posture_option_sets_read (PostureCheck                 *check,
                                               const PostureJsonNode        *root,
                                               const PostureMethodForm      *method,
                                               PostureJsonArena             *arena);

G_END_DECLS
