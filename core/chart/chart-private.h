/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chart/chart.h"
#include "chart/scene-private.h"

G_BEGIN_DECLS

typedef enum
{
  POSTURE_CHART_GAUGE,
  POSTURE_CHART_BARS,
  POSTURE_CHART_RADAR,
  POSTURE_CHART_TREND,
} PostureChartKind;

struct _PostureChart
{
  gatomicrefcount references;
  PostureChartKind kind;
  char *title;
  char *caption;
  /* the items own their labels */
  PostureChartItem *items;
  gsize n_items;
  double *marks;
  gsize n_marks;
  PostureChartLanguage language;
};

/* Lay a chart out in a scene of this width: what they return is the height they need. A height of
 * 0 asks for the natural one. */
double      posture_chart_layout_gauge  (PostureChart           *self,
                                         PostureChartScene      *scene,
                                         double                  height);
double      posture_chart_layout_bars   (PostureChart           *self,
                                         PostureChartScene      *scene,
                                         double                  height);
double      posture_chart_layout_radar  (PostureChart           *self,
                                         PostureChartScene      *scene,
                                         double                  height);
double      posture_chart_layout_trend  (PostureChart           *self,
                                         PostureChartScene      *scene,
                                         double                  height);
double      posture_chart_layout_legend (PostureChart           *self,
                                         PostureChartScene      *scene,
                                         double                  y);

const char *posture_chart_say           (PostureChart           *self,
                                         const char             *text) G_GNUC_FORMAT (2);
char       *posture_chart_format        (PostureChart           *self,
                                         const PostureChartItem *item,
                                         double                  number);
char       *posture_chart_format_value  (PostureChart           *self,
                                         const PostureChartItem *item);
double      posture_chart_share         (const PostureChartItem *item,
                                         double                  number);
gboolean    posture_chart_has_range     (PostureChart           *self);
gboolean    posture_chart_has_target    (PostureChart           *self);

G_END_DECLS
