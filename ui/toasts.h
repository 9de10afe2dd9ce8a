/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void posture_toasts_add (gpointer  widget,
                         AdwToast *toast);

G_END_DECLS
