/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/chart-private.h"

#include <math.h>

/* In sizes of the text. */
#define HEIGHT 14.0

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} Plot;

/* By time, so that a long pause looks long; by number where there is no time between them. */
static double
x_of (PostureChart *self,
      const Plot   *plot,
      gsize         i)
{
  gint64 first = self->items[0].time, last = self->items[self->n_items - 1].time;

  if (self->n_items < 2)
    return plot->x + plot->width / 2;
  if (last <= first)
    return plot->x + plot->width * (double) i / (double) (self->n_items - 1);
  return plot->x + plot->width * CLAMP ((double) (self->items[i].time - first)
                                            / (double) (last - first), 0, 1);
}

static double
y_of (PostureChart *self,
      const Plot   *plot,
      double        number)
{
  return plot->y + plot->height * (1 - posture_chart_share (&self->items[0], number));
}

/* The widest of the numbers beside the plot. */
static double
measure_scale (PostureChart           *self,
               PostureChartScene      *scene,
               const PostureTextStyle *style)
{
  const PostureChartItem *item = &self->items[0];
  double widest = 0;

  for (guint i = 0; i <= 4; i++)
    {
      g_autofree char *text = posture_chart_format (self, item, item->minimum
                                                    + (item->maximum - item->minimum) * i / 4);

      widest = MAX (widest, posture_chart_scene_text_width (scene, text, style));
    }
  return widest;
}

static void
add_grid (PostureChart           *self,
          PostureChartScene      *scene,
          const Plot             *plot,
          const PostureTextStyle *style)
{
  const PostureChartItem *item = &self->items[0];
  double em = scene->theme->font_size;

  for (guint i = 0; i <= 4; i++)
    {
      double number = item->minimum + (item->maximum - item->minimum) * i / 4;
      double y = plot->y + plot->height * (1 - i / 4.0);
      g_autofree char *text = posture_chart_format (self, item, number);

      posture_chart_scene_add_line (scene, i == 0 ? POSTURE_INK_DIM : POSTURE_INK_TRACK, em * 0.09,
                                    plot->x - em * 0.6, y, plot->x + plot->width + em * 0.6, y);
      posture_chart_scene_add_text (scene, text, style, plot->x - em, y - style->size * 0.6,
                                    plot->x);
    }
}

/* The days below, as many as fit; the last one always. */
static void
add_days (PostureChart      *self,
          PostureChartScene *scene,
          const Plot        *plot)
{
  double em = scene->theme->font_size, y = plot->y + plot->height + em * 0.5;
  double from = 0, to, end;
  PostureTextStyle style = {
    .size = em * 0.85,
    .ink = POSTURE_INK_DIM,
    .anchor = POSTURE_ANCHOR_MIDDLE,
    .max_lines = 1,
  };
  double last_width = MIN (posture_chart_scene_text_width (
                               scene, self->items[self->n_items - 1].label, &style),
                           scene->width / 2 - em);

  end = scene->width - last_width;
  for (gsize i = 0; i < self->n_items; i++)
    {
      double width = MIN (posture_chart_scene_text_width (scene, self->items[i].label, &style),
                          scene->width / 2 - em);
      double x = CLAMP (x_of (self, plot, i), width / 2, scene->width - width / 2);

      to = i + 1 == self->n_items ? scene->width + em : end - em;
      if (x - width / 2 < from || x + width / 2 > to)
        continue;
      posture_chart_scene_add_text (scene, self->items[i].label, &style, x, y, width + em * 0.5);
      from = x + width / 2 + em;
    }
}

/* What lies between this point and the next. */
static void
add_stretch (PostureChart      *self,
             PostureChartScene *scene,
             const Plot        *plot,
             gsize              i)
{
  const PostureChartItem *a = &self->items[i], *b = &self->items[i + 1];
  double em = scene->theme->font_size, xa = x_of (self, plot, i), xb = x_of (self, plot, i + 1);
  PostureShape *shape;

  if (!a->has_value || !b->has_value)
    return;
  if (a->worst != a->best || b->worst != b->best)
    {
      shape = posture_chart_scene_add_path (scene, POSTURE_INK_RANGE, POSTURE_INK_NONE, 0);
      shape->opacity = 0.18;
      posture_shape_move_to (scene, shape, xa, y_of (self, plot, a->worst));
      posture_shape_line_to (scene, shape, xa, y_of (self, plot, a->best));
      posture_shape_line_to (scene, shape, xb, y_of (self, plot, b->best));
      posture_shape_line_to (scene, shape, xb, y_of (self, plot, b->worst));
      posture_shape_close (shape);
      posture_chart_scene_add_line (scene, POSTURE_INK_RANGE, em * 0.12,
                                    xa, y_of (self, plot, a->best),
                                    xb, y_of (self, plot, b->best))->dash = em * 0.3;
    }
  posture_chart_scene_add_line (scene, POSTURE_INK_VALUE, em * 0.17,
                                xa, y_of (self, plot, a->worst), xb, y_of (self, plot, b->worst));
}

static void
add_point (PostureChart      *self,
           PostureChartScene *scene,
           const Plot        *plot,
           gsize              i)
{
  const PostureChartItem *item = &self->items[i];
  double em = scene->theme->font_size, x = x_of (self, plot, i);
  double radius = em * (self->n_items > 40 ? 0.18 : 0.32);
  double worst = y_of (self, plot, item->worst), best = y_of (self, plot, item->best);

  if (item->has_value && best < worst)
    posture_chart_scene_add_hatching (scene, x - radius * 0.8, best, radius * 1.6, worst - best);
  if (item->has_target)
    posture_chart_scene_add_diamond (scene, x, y_of (self, plot, item->target), radius * 1.4);
  if (item->has_value)
    posture_chart_scene_add_dot (scene, POSTURE_INK_VALUE, x, worst, radius);
}

/* What the last point says, in writing: that is what most look for. */
static void
add_last_value (PostureChart      *self,
                PostureChartScene *scene,
                const Plot        *plot)
{
  const PostureChartItem *last = &self->items[self->n_items - 1];
  double em = scene->theme->font_size, x = x_of (self, plot, self->n_items - 1), width, y;
  g_autofree char *value = posture_chart_format_value (self, last);
  PostureTextStyle style = {
    .size = em,
    .ink = POSTURE_INK_FOREGROUND,
    .anchor = POSTURE_ANCHOR_MIDDLE,
    .bold = TRUE,
    .max_lines = 1,
  };

  if (!last->has_value)
    return;
  width = posture_chart_scene_text_width (scene, value, &style);
  y = y_of (self, plot, last->best) - em * 1.75;
  posture_chart_scene_add_text (scene, value, &style, MIN (x, scene->width - width / 2), y,
                                width + em);
}

double
posture_chart_layout_trend (PostureChart      *self,
                            PostureChartScene *scene,
                            double             height)
{
  double em = scene->theme->font_size, below = 2 * em, legend;
  PostureTextStyle style = {
    .size = em * 0.85,
    .ink = POSTURE_INK_DIM,
    .anchor = POSTURE_ANCHOR_END,
    .max_lines = 1,
  };
  Plot plot = { .y = 2 * em };

  if (self->n_items == 0)
    return em;
  legend = posture_chart_has_range (self) || posture_chart_has_target (self) ? 1.6 * em : 0;
  plot.x = measure_scale (self, scene, &style) + 1.2 * em;
  plot.width = scene->width - plot.x - 1.2 * em;
  plot.height = MAX ((height > 0 ? height : HEIGHT * em) - plot.y - below - legend, 4 * em);
  add_grid (self, scene, &plot, &style);
  add_days (self, scene, &plot);
  for (gsize i = 0; i + 1 < self->n_items; i++)
    add_stretch (self, scene, &plot, i);
  for (gsize i = 0; i < self->n_items; i++)
    add_point (self, scene, &plot, i);
  add_last_value (self, scene, &plot);
  below += plot.y + plot.height;
  return below + posture_chart_layout_legend (self, scene, below);
}
