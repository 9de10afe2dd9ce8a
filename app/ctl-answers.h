/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

PostureAnswers   *ctl_read_answers    (Ctl                  *ctl,
                                       PostureQuestionnaire *questionnaire,
                                       CtlStatus            *ret_status);
PostureOperation *ctl_answer_operation (Ctl                 *ctl,
                                       const char           *assessment,
                                       const char           *question,
                                       PostureAnswer        *answer);
void              ctl_add_answers     (Ctl                  *ctl,
                                       GPtrArray            *operations,
                                       const char           *assessment,
                                       PostureAnswers       *answers);
gboolean          ctl_read_yes_no     (const char           *text,
                                       gboolean             *ret_yes);
PostureAnswer    *ctl_parse_answer    (PostureQuestion      *question,
                                       const char           *text,
                                       char                **ret_complaint);
PostureAnswer    *ctl_parse_special   (PostureQuestion      *question,
                                       const char           *reason,
                                       char                **ret_complaint);
char             *ctl_answer_text     (PostureQuestion      *question,
                                       PostureWords         *words,
                                       PostureAnswer        *answer);

G_END_DECLS
