/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

void posture_window_back_up (PostureWindow  *window,
                             PostureContext *context);
void posture_window_restore (PostureWindow  *window,
                             PostureContext *context);

G_END_DECLS
