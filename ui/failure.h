/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void posture_failure_show (AdwStatusPage *page,
                           const char    *text);

G_END_DECLS
