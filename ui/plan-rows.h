/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/telling.h"

#include <adwaita.h>

G_BEGIN_DECLS

void posture_plan_rows_add (AdwExpanderRow       *row,
                            PostureTelling       *telling,
                            const PostureFinding *finding);

G_END_DECLS
