/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

void      ctl_print_report (Ctl                *ctl,
                            PostureReport      *report,
                            const char         *name,
                            PostureAnswers     *answers,
                            guint               n_findings);
CtlStatus ctl_show_report  (Ctl                *ctl,
                            const char         *id,
                            guint               n_findings);
CtlStatus ctl_submit       (Ctl                *ctl,
                            const char         *assessment,
                            GPtrArray          *operations);

G_END_DECLS
