/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chart/chart.h"
#include "ui/telling.h"

G_BEGIN_DECLS

PostureChart *posture_report_chart_gauge    (PostureTelling *telling);
PostureChart *posture_report_chart_radar    (PostureTelling *telling);
PostureChart *posture_report_chart_sections (PostureTelling *telling,
                                             guint           max_depth);
gboolean      posture_report_has_subsections (PostureTelling *telling);

G_END_DECLS
