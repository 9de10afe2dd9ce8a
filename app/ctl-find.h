/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

char *ctl_find_assessment (Ctl        *ctl,
                           const char *text,
                           CtlStatus  *ret_status);
char *ctl_find_report     (Ctl        *ctl,
                           const char *text,
                           CtlStatus  *ret_status);
char *ctl_find_event      (Ctl        *ctl,
                           const char *text,
                           CtlStatus  *ret_status);

G_END_DECLS
