/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/chart-private.h"

#include <math.h>

/* A larger gauge says no more. In sizes of the text. */
#define MAX_RADIUS 10.0
#define THICKNESS 0.17

typedef struct
{
  double x;
  double y;
  double outer;
  double inner;
} Ring;

/* From the left over the top to the right. */
static double
angle_of (const PostureChartItem *item,
          double                  number)
{
  return G_PI * (1 + posture_chart_share (item, number));
}

static PostureShape *
add_sector (PostureChartScene *scene,
            const Ring        *ring,
            PostureInk         fill,
            PostureInk         stroke,
            double             line_width,
            double             from,
            double             to)
{
  PostureShape *shape = posture_chart_scene_add_path (scene, fill, stroke, line_width);

  posture_shape_arc_to (scene, shape, ring->x, ring->y, ring->outer, from, to);
  posture_shape_arc_to (scene, shape, ring->x, ring->y, ring->inner, to, from);
  posture_shape_close (shape);
  return shape;
}

/* A line across the ring, or a part of it. */
static void
add_spoke (PostureChartScene *scene,
           const Ring        *ring,
           PostureInk         ink,
           double             line_width,
           double             angle,
           double             from,
           double             to)
{
  posture_chart_scene_add_line (scene, ink, line_width,
                                ring->x + from * cos (angle), ring->y + from * sin (angle),
                                ring->x + to * cos (angle), ring->y + to * sin (angle));
}

static void
add_open_part (PostureChartScene *scene,
               const Ring        *ring,
               double             from,
               double             to)
{
  double em = scene->theme->font_size, line = em * 0.1;
  double step = em * 0.42 / ring->outer;

  for (double at = from + step; at < to - step / 3; at += step)
    add_spoke (scene, ring, POSTURE_INK_RANGE, line, at, ring->inner, ring->outer);
  add_sector (scene, ring, POSTURE_INK_NONE, POSTURE_INK_RANGE, line, from, to);
}

static void
add_ring (PostureChart      *self,
          PostureChartScene *scene,
          const Ring        *ring)
{
  const PostureChartItem *item = &self->items[0];
  double em = scene->theme->font_size;
  double worst = angle_of (item, item->worst), best = angle_of (item, item->best);

  add_sector (scene, ring, POSTURE_INK_TRACK, POSTURE_INK_NONE, 0, G_PI, 2 * G_PI);
  if (item->has_value && worst > G_PI)
    add_sector (scene, ring, POSTURE_INK_VALUE, POSTURE_INK_NONE, 0, G_PI, worst);
  if (item->has_value && best > worst)
    add_open_part (scene, ring, worst, best);
  for (gsize i = 0; i < self->n_marks; i++)
    {
      double angle = angle_of (item, self->marks[i]);

      if (self->marks[i] <= item->minimum || self->marks[i] >= item->maximum)
        continue;
      add_spoke (scene, ring, POSTURE_INK_PAPER, em * 0.16, angle, ring->inner - 0.5,
                 ring->outer + 0.5);
      add_spoke (scene, ring, POSTURE_INK_DIM, em * 0.1, angle, ring->outer,
                 ring->outer + em * 0.35);
    }
  /* where the value ends, so that it is seen at either end of the scale, too */
  if (item->has_value)
    add_spoke (scene, ring, POSTURE_INK_FOREGROUND, em * 0.2, worst, ring->inner - em * 0.25,
               ring->outer + em * 0.25);
  if (item->has_target)
    {
      double angle = angle_of (item, item->target);

      posture_chart_scene_add_diamond (scene, ring->x + (ring->outer + em * 0.3) * cos (angle),
                                       ring->y + (ring->outer + em * 0.3) * sin (angle), em * 0.5);
    }
}

/* The number as large as the ring has room for. */
static void
add_number (PostureChart      *self,
            PostureChartScene *scene,
            const Ring        *ring)
{
  double em = scene->theme->font_size, room = 1.62 * ring->inner, width;
  gboolean captioned = self->caption != NULL && self->caption[0] != '\0';
  g_autofree char *value = posture_chart_format_value (self, &self->items[0]);
  PostureTextStyle style = {
    .size = ring->inner * 0.62,
    .ink = POSTURE_INK_FOREGROUND,
    .anchor = POSTURE_ANCHOR_MIDDLE,
    .bold = TRUE,
    .max_lines = 1,
  };
  PostureTextStyle caption = {
    .size = em,
    .ink = POSTURE_INK_FOREGROUND,
    .anchor = POSTURE_ANCHOR_MIDDLE,
    .max_lines = 2,
  };

  width = posture_chart_scene_text_width (scene, value, &style);
  if (width > room)
    style.size *= room / width;
  posture_chart_scene_add_text (scene, value, &style, ring->x,
                                ring->y - style.size * 1.02 - (captioned ? em * 1.4 : 0),
                                2 * ring->inner);
  if (captioned)
    posture_chart_scene_add_text (scene, self->caption, &caption, ring->x, ring->y - em * 0.5,
                                  2 * ring->inner - em);
}

static void
add_ends (PostureChart      *self,
          PostureChartScene *scene,
          const Ring        *ring)
{
  const PostureChartItem *item = &self->items[0];
  double em = scene->theme->font_size, middle = (ring->inner + ring->outer) / 2;
  g_autofree char *minimum = posture_chart_format (self, item, item->minimum);
  g_autofree char *maximum = posture_chart_format (self, item, item->maximum);
  PostureTextStyle style = {
    .size = em * 0.85,
    .ink = POSTURE_INK_DIM,
    .anchor = POSTURE_ANCHOR_MIDDLE,
    .max_lines = 1,
  };

  posture_chart_scene_add_text (scene, minimum, &style, ring->x - middle, ring->y + em * 0.35,
                                4 * em);
  posture_chart_scene_add_text (scene, maximum, &style, ring->x + middle, ring->y + em * 0.35,
                                4 * em);
}

/* A half circle, with the number in it and the ends of the scale below. */
double
posture_chart_layout_gauge (PostureChart      *self,
                            PostureChartScene *scene,
                            double             height)
{
  double em = scene->theme->font_size, below = 2.2 * em;
  double legend = posture_chart_has_range (self) || self->items[0].has_target ? 1.6 * em : 0;
  Ring ring = { .x = scene->width / 2 };

  ring.outer = MIN (scene->width / 2 - 1.4 * em, MAX_RADIUS * em);
  /* where more height is offered than a gauge of this width takes, it stays at the top */
  if (height > 0)
    ring.outer = CLAMP (height - legend - below - em, 3.5 * em, ring.outer);
  ring.inner = ring.outer * (1 - THICKNESS);
  ring.y = em + ring.outer;
  add_ring (self, scene, &ring);
  add_number (self, scene, &ring);
  add_ends (self, scene, &ring);
  return ring.y + below + posture_chart_layout_legend (self, scene, ring.y + below);
}
