/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/scene-private.h"

#include <math.h>

/* Two stripes of a hatching are this far apart, in sizes of the text. */
#define HATCH_STEP 0.4

static void
shape_free (PostureShape *self)
{
  g_clear_pointer (&self->steps, g_array_unref);
  g_free (self->text);
  g_free (self);
}

/* An empty scene. @theme has to live as long as it. */
PostureChartScene *
posture_chart_scene_new (const PostureChartTheme *theme,
                         double                   width)
{
  PostureChartScene *self = g_new0 (PostureChartScene, 1);

  self->theme = theme;
  self->width = width;
  self->context = posture_chart_create_context ();
  self->shapes = g_ptr_array_new_with_free_func ((GDestroyNotify) shape_free);
  return self;
}

void
posture_chart_scene_free (PostureChartScene *self)
{
  g_clear_object (&self->context);
  g_ptr_array_unref (self->shapes);
  g_free (self);
}

/* The shapes are told as if everything went from left to right; here they are turned round. */
static double
place (PostureChartScene *self,
       double             x)
{
  return self->theme->mirrored ? self->width - x : x;
}

/* Begins a path; its steps are added by the functions below. */
PostureShape *
posture_chart_scene_add_path (PostureChartScene *self,
                              PostureInk         fill,
                              PostureInk         stroke,
                              double             line_width)
{
  PostureShape *shape = g_new0 (PostureShape, 1);

  shape->fill = fill;
  shape->stroke = stroke;
  shape->line_width = line_width;
  shape->opacity = 1;
  shape->steps = g_array_new (FALSE, FALSE, sizeof (PostureStep));
  g_ptr_array_add (self->shapes, shape);
  return shape;
}

static void
add_step (PostureChartScene *scene,
          PostureShape      *self,
          char               kind,
          double             x,
          double             y)
{
  PostureStep step = { .kind = kind, .x = { place (scene, x) }, .y = { y } };

  g_array_append_val (self->steps, step);
}

void
posture_shape_move_to (PostureChartScene *scene,
                       PostureShape      *self,
                       double             x,
                       double             y)
{
  add_step (scene, self, 'M', x, y);
}

void
posture_shape_line_to (PostureChartScene *scene,
                       PostureShape      *self,
                       double             x,
                       double             y)
{
  add_step (scene, self, 'L', x, y);
}

void
posture_shape_close (PostureShape *self)
{
  PostureStep step = { .kind = 'Z' };

  g_array_append_val (self->steps, step);
}

/* A line to where the arc begins, or the path's begin, and the arc itself, as Bézier curves of at
 * most a quarter of a circle. Angles are in radians and grow clockwise from the right. */
void
posture_shape_arc_to (PostureChartScene *scene,
                      PostureShape      *self,
                      double             x,
                      double             y,
                      double             radius,
                      double             from,
                      double             to)
{
  int n = MAX (1, (int) ceil (fabs (to - from) / G_PI_2 - 1e-9));
  double part = (to - from) / n;
  /* the distance of the control points that comes nearest to a circle */
  double reach = 4.0 / 3.0 * tan (part / 4) * radius;

  add_step (scene, self, self->steps->len == 0 ? 'M' : 'L',
            x + radius * cos (from), y + radius * sin (from));
  for (int i = 0; i < n; i++)
    {
      double a = from + i * part, b = a + part;
      PostureStep step = {
        .kind = 'C',
        .x = { place (scene, x + radius * cos (a) - reach * sin (a)),
               place (scene, x + radius * cos (b) + reach * sin (b)),
               place (scene, x + radius * cos (b)) },
        .y = { y + radius * sin (a) + reach * cos (a),
               y + radius * sin (b) - reach * cos (b),
               y + radius * sin (b) },
      };

      g_array_append_val (self->steps, step);
    }
}

void
posture_chart_scene_add_rect (PostureChartScene *self,
                              PostureInk         fill,
                              double             x,
                              double             y,
                              double             width,
                              double             height)
{
  PostureShape *shape;

  if (width <= 0 || height <= 0)
    return;
  shape = posture_chart_scene_add_path (self, fill, POSTURE_INK_NONE, 0);
  posture_shape_move_to (self, shape, x, y);
  posture_shape_line_to (self, shape, x + width, y);
  posture_shape_line_to (self, shape, x + width, y + height);
  posture_shape_line_to (self, shape, x, y + height);
  posture_shape_close (shape);
}

PostureShape *
posture_chart_scene_add_line (PostureChartScene *self,
                              PostureInk         ink,
                              double             line_width,
                              double             x0,
                              double             y0,
                              double             x1,
                              double             y1)
{
  PostureShape *shape = posture_chart_scene_add_path (self, POSTURE_INK_NONE, ink, line_width);

  posture_shape_move_to (self, shape, x0, y0);
  posture_shape_line_to (self, shape, x1, y1);
  return shape;
}

/* What is open: stripes in a frame. The stripes are cut here, since a clip or a pattern would need
 * a name in SVG, and names of several charts in one page could clash. */
void
posture_chart_scene_add_hatching (PostureChartScene *self,
                                  double             x,
                                  double             y,
                                  double             width,
                                  double             height)
{
  double em = self->theme->font_size, step = HATCH_STEP * em, line = em * 0.09;
  PostureShape *frame;

  if (width <= line || height <= line)
    return;
  x += line / 2;
  y += line / 2;
  width -= line;
  height -= line;
  for (double at = x - height + step / 2; at < x + width; at += step)
    {
      /* a stripe goes up to the right from the lower edge */
      double x0 = MAX (x, at), x1 = MIN (x + width, at + height);

      if (x1 > x0)
        posture_chart_scene_add_line (self, POSTURE_INK_RANGE, line,
                                      x0, y + height - (x0 - at), x1, y + height - (x1 - at));
    }
  frame = posture_chart_scene_add_path (self, POSTURE_INK_NONE, POSTURE_INK_RANGE, line);
  posture_shape_move_to (self, frame, x, y);
  posture_shape_line_to (self, frame, x + width, y);
  posture_shape_line_to (self, frame, x + width, y + height);
  posture_shape_line_to (self, frame, x, y + height);
  posture_shape_close (frame);
}

/* What is to be reached. */
void
posture_chart_scene_add_diamond (PostureChartScene *self,
                                 double             x,
                                 double             y,
                                 double             radius)
{
  PostureShape *shape = posture_chart_scene_add_path (self, POSTURE_INK_TARGET, POSTURE_INK_PAPER,
                                                      radius * 0.25);

  posture_shape_move_to (self, shape, x, y - radius);
  posture_shape_line_to (self, shape, x + radius, y);
  posture_shape_line_to (self, shape, x, y + radius);
  posture_shape_line_to (self, shape, x - radius, y);
  posture_shape_close (shape);
}

void
posture_chart_scene_add_dot (PostureChartScene *self,
                             PostureInk         fill,
                             double             x,
                             double             y,
                             double             radius)
{
  PostureShape *shape = posture_chart_scene_add_path (self, fill, POSTURE_INK_PAPER, radius * 0.3);

  posture_shape_arc_to (self, shape, x, y, radius, 0, 2 * G_PI);
  posture_shape_close (shape);
}
