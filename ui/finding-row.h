/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/telling.h"

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *posture_finding_row_new (PostureTelling       *telling,
                                    const PostureFinding *finding);

G_END_DECLS
