/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/scene-private.h"

#include <pango/pangocairo.h>

const PostureChartColor *
posture_chart_theme_get_ink (const PostureChartTheme *theme,
                             PostureInk               ink)
{
  switch (ink)
    {
    case POSTURE_INK_DIM:
      return &theme->dim;
    case POSTURE_INK_TRACK:
      return &theme->track;
    case POSTURE_INK_VALUE:
      return &theme->value;
    case POSTURE_INK_RANGE:
      return &theme->range;
    case POSTURE_INK_TARGET:
      return &theme->target;
    case POSTURE_INK_PAPER:
      return &theme->paper;
    case POSTURE_INK_NONE:
    case POSTURE_INK_FOREGROUND:
    default:
      return &theme->foreground;
    }
}

static void
set_ink (PostureChartScene  *self,
         cairo_t            *cr,
         PostureInk          ink,
         const PostureShape *shape)
{
  const PostureChartColor *color = posture_chart_theme_get_ink (self->theme, ink);
  double alpha = color->alpha * shape->opacity;

  /* paper of a document has no half-tones: without them a printer needs no picture of the page */
  if (alpha >= 1)
    cairo_set_source_rgb (cr, color->red, color->green, color->blue);
  else
    cairo_set_source_rgba (cr, color->red, color->green, color->blue, alpha);
}

static void
draw_text (PostureChartScene  *self,
           cairo_t            *cr,
           const PostureShape *shape)
{
  g_autoptr (PangoLayout) layout = NULL;
  double width, x = shape->x;
  int pango_width;

  pango_context_set_base_dir (self->context, shape->right_to_left ? PANGO_DIRECTION_RTL
                                                                  : PANGO_DIRECTION_LTR);
  layout = posture_chart_create_layout (self->context, self->theme, shape->size, shape->bold);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_text (layout, shape->text, -1);
  pango_layout_get_size (layout, &pango_width, NULL);
  width = (double) pango_width / PANGO_SCALE;
  if (shape->anchor == POSTURE_ANCHOR_MIDDLE)
    x -= width / 2;
  else if (shape->anchor == POSTURE_ANCHOR_END)
    x -= width;
  set_ink (self, cr, shape->fill, shape);
  cairo_move_to (cr, x, shape->y);
  pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout, 0));
  cairo_new_path (cr);
}

static void
trace (cairo_t      *cr,
       const GArray *steps)
{
  cairo_new_path (cr);
  for (guint i = 0; i < steps->len; i++)
    {
      const PostureStep *step = &g_array_index (steps, PostureStep, i);

      if (step->kind == 'M')
        cairo_move_to (cr, step->x[0], step->y[0]);
      else if (step->kind == 'L')
        cairo_line_to (cr, step->x[0], step->y[0]);
      else if (step->kind == 'C')
        cairo_curve_to (cr, step->x[0], step->y[0], step->x[1], step->y[1], step->x[2], step->y[2]);
      else
        cairo_close_path (cr);
    }
}

static void
draw_path (PostureChartScene  *self,
           cairo_t            *cr,
           const PostureShape *shape)
{
  trace (cr, shape->steps);
  if (shape->fill != POSTURE_INK_NONE)
    {
      set_ink (self, cr, shape->fill, shape);
      cairo_fill_preserve (cr);
    }
  if (shape->stroke != POSTURE_INK_NONE)
    {
      cairo_set_line_width (cr, shape->line_width);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash (cr, &shape->dash, shape->dash > 0 ? 1 : 0, 0);
      set_ink (self, cr, shape->stroke, shape);
      cairo_stroke_preserve (cr);
    }
  cairo_new_path (cr);
}

/* Draws the shapes where they are. */
void
posture_chart_scene_draw (PostureChartScene *self,
                          cairo_t           *cr)
{
  /* the context's measures stay those that the shapes were laid out with */
  cairo_save (cr);
  for (guint i = 0; i < self->shapes->len; i++)
    {
      const PostureShape *shape = g_ptr_array_index (self->shapes, i);

      if (shape->text != NULL)
        draw_text (self, cr, shape);
      else
        draw_path (self, cr, shape);
    }
  cairo_restore (cr);
}
