/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/chart-private.h"

/* From this width on, in sizes of the text, labels stand beside the bars. */
#define WIDE 32.0
#define MAX_DEPTH 4

static void
add_bar (PostureChartScene      *scene,
         const PostureChartItem *item,
         double                  x,
         double                  y,
         double                  width,
         double                  height)
{
  double em = scene->theme->font_size;
  double worst = posture_chart_share (item, item->worst) * width;
  double best = posture_chart_share (item, item->best) * width;

  posture_chart_scene_add_rect (scene, POSTURE_INK_TRACK, x, y, width, height);
  if (item->has_value)
    {
      posture_chart_scene_add_rect (scene, POSTURE_INK_VALUE, x, y, worst, height);
      posture_chart_scene_add_hatching (scene, x + worst, y, best - worst, height);
      /* where the value ends: seen at 0, too */
      posture_chart_scene_add_rect (scene, POSTURE_INK_FOREGROUND,
                                    x + CLAMP (worst - em * 0.09, 0, width - em * 0.18),
                                    y - em * 0.12, em * 0.18, height + em * 0.24);
    }
  if (item->has_target)
    posture_chart_scene_add_diamond (scene, x + posture_chart_share (item, item->target) * width,
                                     y + height / 2, em * 0.48);
}

/* A row; what it returns is its height. */
static double
add_row (PostureChart           *self,
         PostureChartScene      *scene,
         const PostureChartItem *item,
         double                  y)
{
  double em = scene->theme->font_size, indent = MIN (item->depth, MAX_DEPTH) * em;
  double bar = (item->depth == 0 ? 0.85 : 0.6) * em, label, end;
  gboolean wide = scene->width >= WIDE * em;
  double values = wide ? 6.5 * em : 0.3 * scene->width;
  double labels = wide ? 0.4 * scene->width - indent : scene->width - values - indent;
  g_autofree char *value = posture_chart_format_value (self, item);
  PostureTextStyle style = {
    .size = em,
    .ink = POSTURE_INK_FOREGROUND,
    .bold = item->depth == 0,
    .max_lines = 2,
  };
  PostureTextStyle value_style = style;

  value_style.anchor = POSTURE_ANCHOR_END;
  value_style.max_lines = 1;
  label = posture_chart_scene_add_text (scene, item->label, &style, indent, y, labels);
  posture_chart_scene_add_text (scene, value, &value_style, scene->width, y, values);
  if (!wide)
    {
      add_bar (scene, item, indent + em * 0.5, y + label + em * 0.3,
               scene->width - indent - em, bar);
      return label + bar + em * 1.1;
    }
  end = scene->width - values - em * 0.5;
  add_bar (scene, item, 0.42 * scene->width, y + (1.25 * em - bar) / 2,
           end - 0.42 * scene->width, bar);
  return label + em * 0.55;
}

/* A row for each item, and what the marks mean. Bars take the height they need. */
double
posture_chart_layout_bars (PostureChart      *self,
                           PostureChartScene *scene,
                           double             height)
{
  double em = scene->theme->font_size, y = em * 0.25;

  for (gsize i = 0; i < self->n_items; i++)
    {
      /* a little air before each new group */
      if (i > 0 && self->items[i].depth == 0
          && (self->items[i - 1].depth > 0
              || (i + 1 < self->n_items && self->items[i + 1].depth > 0)))
        y += em * 0.5;
      y += add_row (self, scene, &self->items[i], y);
    }
  return y + posture_chart_layout_legend (self, scene, y);
}
