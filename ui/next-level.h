/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/telling.h"

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *posture_next_level_new (PostureTelling *telling);

G_END_DECLS
