/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chart/chart.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_CHART_VIEW (posture_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (PostureChartView, posture_chart_view, POSTURE, CHART_VIEW, GtkWidget)

GtkWidget    *posture_chart_view_new       (PostureChart     *chart);
PostureChart *posture_chart_view_get_chart (PostureChartView *self);
void          posture_chart_view_set_chart (PostureChartView *self,
                                            PostureChart     *chart);

G_END_DECLS
