/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/check-private.h"
#include "model/words.h"

G_BEGIN_DECLS

/* The names of the parts, by PostureWordsPart. */
extern const char *const posture_words_parts[];

void posture_words_check_with (PostureCheck          *check,
                               const PostureJsonNode *root,
                               PostureQuestionnaire  *questionnaire,
                               gboolean               complete);
void posture_words_check (PostureCheck          *check,
                          const PostureJsonNode *root,
                          PostureQuestionnaire  *questionnaire);

G_END_DECLS
