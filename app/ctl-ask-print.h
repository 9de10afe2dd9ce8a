/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl-ask.h"

G_BEGIN_DECLS

void  ctl_print_commands    (void);
void  ctl_print_question    (CtlDraft        *draft,
                             GArray          *visible,
                             guint            place);
void  ctl_print_explanation (PostureWords    *words,
                             PostureQuestion *question);
gboolean ctl_is_open        (CtlDraft        *draft,
                             guint            place);
guint ctl_print_open        (CtlDraft        *draft,
                             GArray          *visible);

G_END_DECLS
