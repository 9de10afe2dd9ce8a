/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

void posture_report_delete (PostureWindow  *window,
                            PostureContext *context,
                            const char     *id);

G_END_DECLS
