/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

PostureAnswer *ctl_parse_instances (PostureQuestion      *question,
                                    PostureAnswer        *old,
                                    const char           *text,
                                    char                **ret_complaint);
char          *ctl_instances_text  (PostureAnswer        *answer);
const char    *ctl_instance_name   (PostureQuestionnaire *questionnaire,
                                    PostureAnswers       *answers,
                                    const char           *section,
                                    const char           *instance);

G_END_DECLS
