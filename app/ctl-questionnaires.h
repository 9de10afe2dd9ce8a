/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"
#include "questionnaire-files.h"

G_BEGIN_DECLS

void ctl_write_questionnaire (PostureJsonWriter    *writer,
                              PostureLibrary       *library,
                              PostureQuestionnaire *questionnaire,
                              PostureWords         *words);
void ctl_print_questionnaire (PostureLibrary       *library,
                              PostureQuestionnaire *questionnaire,
                              PostureWords         *words);
CtlStatus ctl_check_stored   (const char                *folder,
                              PostureQuestionnaireFiles *files,
                              const char                *id);

G_END_DECLS
