/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chart/chart.h"

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *posture_chart_box_new (PostureChart *chart);

G_END_DECLS
