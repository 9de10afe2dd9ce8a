/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"
#include "model/questionnaire.h"

G_BEGIN_DECLS

/* What tests of questionnaires share. Quotes in a text for quoted() are written as apostrophes. */

char                 *quoted                (const char           *text);
PostureQuestionnaire *make_questionnaire    (const char           *text);
PostureQuestionnaire *with_questions        (const char           *questions);
char                 *structure_with        (const char           *questions);
PostureAnswers       *make_answers          (PostureQuestionnaire *questionnaire,
                                             const char           *map);
char                 *questionnaire_faults  (const char           *text);

G_END_DECLS
