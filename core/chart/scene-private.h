/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chart/chart.h"

#include <pango/pango.h>

G_BEGIN_DECLS

/* A chart as shapes at their places, before anything is drawn: cairo and SVG show the same one. */

typedef enum
{
  POSTURE_INK_NONE,
  POSTURE_INK_FOREGROUND,
  POSTURE_INK_DIM,
  POSTURE_INK_TRACK,
  POSTURE_INK_VALUE,
  POSTURE_INK_RANGE,
  POSTURE_INK_TARGET,
  POSTURE_INK_PAPER,
} PostureInk;

typedef enum
{
  POSTURE_ANCHOR_START,
  POSTURE_ANCHOR_MIDDLE,
  POSTURE_ANCHOR_END,
} PostureAnchor;

/* A step of a path: M, L, C or Z as in SVG; only C uses all three points. */
typedef struct
{
  char kind;
  double x[3];
  double y[3];
} PostureStep;

typedef struct
{
  PostureInk fill;
  PostureInk stroke;
  double line_width;
  /* length of dashes, 0 for none */
  double dash;
  double opacity;
  GArray *steps;
  /* only for text: one line, at its baseline; the anchor is left, middle and right here */
  char *text;
  double x;
  double y;
  double size;
  PostureAnchor anchor;
  gboolean bold;
  gboolean right_to_left;
} PostureShape;

typedef struct
{
  const PostureChartTheme *theme;
  double width;
  double height;
  PangoContext *context;
  GPtrArray *shapes;
} PostureChartScene;

/* How a text is set. */
typedef struct
{
  double size;
  PostureInk ink;
  PostureAnchor anchor;
  gboolean bold;
  guint max_lines;
} PostureTextStyle;

PostureChartScene       *posture_chart_scene_new          (const PostureChartTheme *theme,
                                                           double                   width);
void                     posture_chart_scene_free         (PostureChartScene       *self);
PostureShape            *posture_chart_scene_add_path     (PostureChartScene       *self,
                                                           PostureInk               fill,
                                                           PostureInk               stroke,
                                                           double                   line_width);
void                     posture_chart_scene_add_rect     (PostureChartScene       *self,
                                                           PostureInk               fill,
                                                           double                   x,
                                                           double                   y,
                                                           double                   width,
                                                           double                   height);
void                     posture_chart_scene_add_hatching (PostureChartScene       *self,
                                                           double                   x,
                                                           double                   y,
                                                           double                   width,
                                                           double                   height);
void                     posture_chart_scene_add_diamond  (PostureChartScene       *self,
                                                           double                   x,
                                                           double                   y,
                                                           double                   radius);
void                     posture_chart_scene_add_dot      (PostureChartScene       *self,
                                                           PostureInk               fill,
                                                           double                   x,
                                                           double                   y,
                                                           double                   radius);
PostureShape            *posture_chart_scene_add_line     (PostureChartScene       *self,
                                                           PostureInk               ink,
                                                           double                   line_width,
                                                           double                   x0,
                                                           double                   y0,
                                                           double                   x1,
                                                           double                   y1);
double                   posture_chart_scene_add_text     (PostureChartScene       *self,
                                                           const char              *text,
                                                           const PostureTextStyle  *style,
                                                           double                   x,
                                                           double                   y,
                                                           double                   width);
double                   posture_chart_scene_text_height  (PostureChartScene       *self,
                                                           const char              *text,
                                                           const PostureTextStyle  *style,
                                                           double                   width);
double                   posture_chart_scene_text_width   (PostureChartScene       *self,
                                                           const char              *text,
                                                           const PostureTextStyle  *style);
void                     posture_shape_move_to            (PostureChartScene       *scene,
                                                           PostureShape            *self,
                                                           double                   x,
                                                           double                   y);
void                     posture_shape_line_to            (PostureChartScene       *scene,
                                                           PostureShape            *self,
                                                           double                   x,
                                                           double                   y);
void                     posture_shape_arc_to             (PostureChartScene       *scene,
                                                           PostureShape            *self,
                                                           double                   x,
                                                           double                   y,
                                                           double                   radius,
                                                           double                   from,
                                                           double                   to);
void                     posture_shape_close              (PostureShape            *self);

PangoLayout             *posture_chart_create_layout      (PangoContext            *context,
                                                           const PostureChartTheme *theme,
                                                           double                   size,
                                                           gboolean                 bold);
PangoContext            *posture_chart_create_context     (void);
const PostureChartColor *posture_chart_theme_get_ink      (const PostureChartTheme *theme,
                                                           PostureInk               ink);

void                     posture_chart_scene_draw         (PostureChartScene       *self,
                                                           cairo_t                 *cr);
void                     posture_chart_scene_write        (PostureChartScene       *self,
                                                           GString                 *svg);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureChartScene, posture_chart_scene_free)

G_END_DECLS
