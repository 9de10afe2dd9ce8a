/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/chart-private.h"

#include <math.h>

/* In sizes of the text. */
#define MAX_RADIUS 11.0
/* With more axes their names would stand on each other, so they get numbers. */
#define MAX_NAMED 16
/* With more axes a name above the end of one would stand on the next. */
#define MAX_AT_EDGE 8

typedef struct
{
  double x;
  double y;
  double radius;
} Disc;

typedef struct
{
  double x;
  double y;
} Point;

static double
angle_of (PostureChart *self,
          gsize         axis)
{
  return 2 * G_PI * (double) axis / (double) self->n_items - G_PI_2;
}

static Point
point_of (PostureChart *self,
          const Disc   *disc,
          gsize         axis,
          double        share)
{
  double angle = angle_of (self, axis);

  return (Point) { disc->x + disc->radius * share * cos (angle),
                   disc->y + disc->radius * share * sin (angle) };
}

static gboolean
have_same_scale (PostureChart *self)
{
  for (gsize i = 1; i < self->n_items; i++)
    if (self->items[i].minimum != self->items[0].minimum
        || self->items[i].maximum != self->items[0].maximum)
      return FALSE;
  return TRUE;
}

/* A ring for each whole number of a short scale, else quarters. */
static guint
count_rings (PostureChart *self)
{
  double length = self->items[0].maximum - self->items[0].minimum;

  return have_same_scale (self) && length >= 2 && length <= 5 && floor (length) == length
           ? (guint) length
           : 4;
}

static void
add_web (PostureChart      *self,
         PostureChartScene *scene,
         const Disc        *disc)
{
  double em = scene->theme->font_size;
  guint n = count_rings (self);

  for (guint i = 1; i <= n; i++)
    {
      PostureShape *ring = posture_chart_scene_add_path (scene, POSTURE_INK_NONE, POSTURE_INK_TRACK,
                                                         em * 0.1);

      for (gsize axis = 0; axis < self->n_items; axis++)
        {
          Point point = point_of (self, disc, axis, (double) i / n);

          if (axis == 0)
            posture_shape_move_to (scene, ring, point.x, point.y);
          else
            posture_shape_line_to (scene, ring, point.x, point.y);
        }
      posture_shape_close (ring);
    }
  for (gsize axis = 0; axis < self->n_items; axis++)
    {
      Point point = point_of (self, disc, axis, 1);

      posture_chart_scene_add_line (scene, POSTURE_INK_TRACK, em * 0.1, disc->x, disc->y,
                                    point.x, point.y);
    }
}

/* The numbers of the rings, beside the axis that goes up. */
static void
add_scale (PostureChart      *self,
           PostureChartScene *scene,
           const Disc        *disc)
{
  const PostureChartItem *item = &self->items[0];
  double em = scene->theme->font_size, length = item->maximum - item->minimum;
  guint n = count_rings (self);
  PostureTextStyle style = {
    .size = em * 0.75,
    .ink = POSTURE_INK_DIM,
    .anchor = POSTURE_ANCHOR_END,
    .max_lines = 1,
  };

  if (!have_same_scale (self) || length == 0)
    return;
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *text = posture_chart_format (self, item, item->minimum + length * i / n);

      posture_chart_scene_add_text (scene, text, &style, disc->x - em * 0.35,
                                    disc->y - disc->radius * i / n - em * 0.05, 4 * em);
    }
}

/* Where an item stands on its axis, as a part of it; less than 0 if that is not known. */
typedef double (*GetShare) (const PostureChartItem *item);

static double
share_worst (const PostureChartItem *item)
{
  return item->has_value ? posture_chart_share (item, item->worst) : -1;
}

static double
share_best (const PostureChartItem *item)
{
  return item->has_value ? posture_chart_share (item, item->best) : -1;
}

static double
share_target (const PostureChartItem *item)
{
  return item->has_target ? posture_chart_share (item, item->target) : -1;
}

/* The area of one set of values. Where one is missing it reaches to the middle. */
static void
add_area (PostureChart      *self,
          PostureChartScene *scene,
          const Disc        *disc,
          PostureInk         fill,
          GetShare           get_share)
{
  PostureShape *area = posture_chart_scene_add_path (scene, fill, POSTURE_INK_NONE, 0);

  area->opacity = 0.22;
  for (gsize axis = 0; axis < self->n_items; axis++)
    {
      Point point = point_of (self, disc, axis, MAX (get_share (&self->items[axis]), 0));

      if (axis == 0)
        posture_shape_move_to (scene, area, point.x, point.y);
      else
        posture_shape_line_to (scene, area, point.x, point.y);
    }
  posture_shape_close (area);
}

/* The first axis of a line: one without a value, after which it begins, if there is any. */
static gsize
find_gap (PostureChart *self,
          GetShare      get_share)
{
  for (gsize axis = 0; axis < self->n_items; axis++)
    if (get_share (&self->items[axis]) < 0)
      return axis;
  return 0;
}

/* A line through one set of values. Where one is missing it is interrupted, since a line to the middle
 * would say that the value is the least. */
static void
add_outline (PostureChart      *self,
             PostureChartScene *scene,
             const Disc        *disc,
             PostureInk         ink,
             double             dash,
             GetShare           get_share)
{
  PostureShape *line = posture_chart_scene_add_path (scene, POSTURE_INK_NONE, ink,
                                                     scene->theme->font_size * 0.17);
  gsize gap = find_gap (self, get_share);
  gboolean going = FALSE, whole = TRUE;

  line->dash = dash;
  for (gsize i = 0; i < self->n_items; i++)
    {
      gsize axis = (gap + i) % self->n_items;
      double share = get_share (&self->items[axis]);
      Point point = point_of (self, disc, axis, MAX (share, 0));

      if (share >= 0 && going)
        posture_shape_line_to (scene, line, point.x, point.y);
      else if (share >= 0)
        posture_shape_move_to (scene, line, point.x, point.y);
      going = share >= 0;
      whole = whole && going;
    }
  if (whole)
    posture_shape_close (line);
}

static void
add_values (PostureChart      *self,
            PostureChartScene *scene,
            const Disc        *disc)
{
  double em = scene->theme->font_size;
  gboolean named = self->n_items <= MAX_NAMED;

  /* the fill first, so that no line is under it */
  add_area (self, scene, disc, POSTURE_INK_VALUE, share_worst);
  if (posture_chart_has_range (self))
    add_outline (self, scene, disc, POSTURE_INK_RANGE, em * 0.3, share_best);
  if (posture_chart_has_target (self))
    add_outline (self, scene, disc, POSTURE_INK_TARGET, em * 0.75, share_target);
  add_outline (self, scene, disc, POSTURE_INK_VALUE, /* dash = */ 0, share_worst);
  for (gsize axis = 0; axis < self->n_items; axis++)
    {
      const PostureChartItem *item = &self->items[axis];
      Point point = point_of (self, disc, axis, share_target (item));

      if (item->has_target)
        posture_chart_scene_add_diamond (scene, point.x, point.y, em * (named ? 0.45 : 0.3));
      point = point_of (self, disc, axis, share_worst (item));
      if (item->has_value)
        posture_chart_scene_add_dot (scene, POSTURE_INK_VALUE, point.x, point.y,
                                     em * (named ? 0.32 : 0.22));
    }
}

/* Whether the longest word needs more room. */
static gboolean
has_long_word (PostureChartScene      *scene,
               const char             *text,
               const PostureTextStyle *style,
               double                  room)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (posture_chart_scene_text_width (scene, words[i], style) > room)
      return TRUE;
  return FALSE;
}

/* A name whose words would be broken beside the web stands above the end of its axis, or below it, at
 * the edge of the chart. */
static void
add_label_at_edge (PostureChartScene *scene,
                   const Disc        *disc,
                   double             angle,
                   const char        *text,
                   PostureTextStyle   style)
{
  double em = scene->theme->font_size, room = scene->width / 2 - em;
  double y = disc->y + disc->radius * sin (angle);
  gboolean at_start = style.anchor == POSTURE_ANCHOR_END;

  style.anchor = at_start ? POSTURE_ANCHOR_START : POSTURE_ANCHOR_END;
  style.max_lines = 2;
  y += sin (angle) > 0 ? em * 0.6 : -em * 0.6 - posture_chart_scene_text_height (scene, text, &style, room);
  posture_chart_scene_add_text (scene, text, &style, at_start ? 0 : scene->width, y, room);
}

/* Names stand outside the web, on the side where their axis points. */
static void
add_label (PostureChart      *self,
           PostureChartScene *scene,
           const Disc        *disc,
           gsize              axis)
{
  double em = scene->theme->font_size, angle = angle_of (self, axis);
  double x = disc->x + (disc->radius + em * 0.8) * cos (angle);
  double y = disc->y + (disc->radius + em * 0.8) * sin (angle);
  gboolean named = self->n_items <= MAX_NAMED;
  g_autofree char *number = g_strdup_printf ("%" G_GSIZE_FORMAT, axis + 1);
  const char *text = named ? self->items[axis].label : number;
  PostureTextStyle style = {
    .size = em * 0.9,
    .ink = POSTURE_INK_FOREGROUND,
    .anchor = POSTURE_ANCHOR_MIDDLE,
    .max_lines = 3,
  };
  double room, height;

  if (named && cos (angle) > 0.2)
    style.anchor = POSTURE_ANCHOR_START;
  else if (named && cos (angle) < -0.2)
    style.anchor = POSTURE_ANCHOR_END;
  if (style.anchor == POSTURE_ANCHOR_START)
    room = scene->width - x;
  else if (style.anchor == POSTURE_ANCHOR_END)
    room = x;
  else
    room = MIN (scene->width, 12 * em);
  if (style.anchor == POSTURE_ANCHOR_MIDDLE)
    style.max_lines = 2;
  if (style.anchor != POSTURE_ANCHOR_MIDDLE && self->n_items <= MAX_AT_EDGE
      && has_long_word (scene, text, &style, room))
    {
      add_label_at_edge (scene, disc, angle, text, style);
      return;
    }
  height = posture_chart_scene_text_height (scene, text, &style, room);
  /* above the top, below the bottom, beside the sides */
  posture_chart_scene_add_text (scene, text, &style, x, y - height / 2 * (1 - sin (angle)), room);
}

double
posture_chart_layout_radar (PostureChart      *self,
                            PostureChartScene *scene,
                            double             height)
{
  double em = scene->theme->font_size, above;
  double legend = posture_chart_has_range (self) || posture_chart_has_target (self) ? 1.6 * em : 0;
  double beside = self->n_items <= MAX_NAMED ? MAX (5 * em, scene->width * 0.22) : 2 * em;
  Disc disc = { .x = scene->width / 2 };

  above = (self->n_items <= MAX_NAMED ? 3.3 : 2) * em;
  disc.radius = MIN (scene->width / 2 - beside, MAX_RADIUS * em);
  if (height > 0)
    disc.radius = CLAMP ((height - legend) / 2 - above, 3 * em, disc.radius);
  disc.y = above + disc.radius;
  add_web (self, scene, &disc);
  add_values (self, scene, &disc);
  add_scale (self, scene, &disc);
  for (gsize axis = 0; axis < self->n_items; axis++)
    add_label (self, scene, &disc, axis);
  disc.y += disc.radius + above;
  return disc.y + posture_chart_layout_legend (self, scene, disc.y);
}
