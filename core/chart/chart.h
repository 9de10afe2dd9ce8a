/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * PostureChartColor:
 * @red: from 0 to 1
 * @green: from 0 to 1
 * @blue: from 0 to 1
 * @alpha: from 0, which cannot be seen, to 1
 *
 * A colour.
 */
typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} PostureChartColor;

/**
 * PostureChartTheme:
 * @foreground: text and fine lines that matter
 * @dim: text and fine lines that matter less
 * @track: the part of a scale that nothing fills
 * @value: what is certain
 * @range: what is open, drawn hatched or dashed
 * @target: what is to be reached, drawn as a diamond
 * @paper: what is behind the chart; it is not painted, but sets marks apart
 * @font: the font's family; it has to live as long as the theme is used
 * @font_size: size of plain text, in the units of the drawing
 * @mirrored: whether what goes from left to right is to go from right to left
 *
 * How charts look. Whoever shows them hands it in, so that they fit their
 * surroundings. Nothing is told by colour alone.
 */
typedef struct
{
  PostureChartColor foreground;
  PostureChartColor dim;
  PostureChartColor track;
  PostureChartColor value;
  PostureChartColor range;
  PostureChartColor target;
  PostureChartColor paper;
  const char *font;
  double font_size;
  gboolean mirrored;
} PostureChartTheme;

/**
 * PostureChartLanguage:
 * @translate: (nullable): gives the words for a text of this module in the
 *   wanted language, as long-lived as the chart
 * @data: for @translate
 * @decimal_point: (nullable): what stands before the decimals
 *
 * The language of a chart's own words, if it is not that of the program.
 */
typedef struct
{
  const char *(*translate) (const char *text, gpointer data);
  gpointer data;
  const char *decimal_point;
} PostureChartLanguage;

/**
 * PostureChartItem:
 * @label: what it is; in a trend the day, as people write it
 * @minimum: where its scale begins
 * @maximum: where its scale ends
 * @has_value: whether there is a value at all
 * @worst: the value if everything open is bad
 * @best: the value if everything open is good; the same as @worst if
 *   nothing is open
 * @has_target: whether there is a target
 * @target: what is to be reached
 * @depth: how deep it is below the top, for bars
 * @time: when it was, in seconds since any moment, for a trend
 *
 * A value on its scale. Numbers have to be finite; what is outside the scale
 * is drawn at its end, and written as it is.
 */
typedef struct
{
  const char *label;
  double minimum;
  double maximum;
  gboolean has_value;
  double worst;
  double best;
  gboolean has_target;
  double target;
  guint depth;
  gint64 time;
} PostureChartItem;

typedef struct _PostureChart PostureChart;

void          posture_chart_theme_init      (PostureChartTheme          *theme);

PostureChart *posture_chart_new_gauge       (const PostureChartItem     *item,
                                             const char                 *caption,
                                             const double               *marks,
                                             gsize                       n_marks);
PostureChart *posture_chart_new_bars        (const char                 *title,
                                             const PostureChartItem     *items,
                                             gsize                       n_items);
PostureChart *posture_chart_new_radar       (const char                 *title,
                                             const PostureChartItem     *items,
                                             gsize                       n_items);
PostureChart *posture_chart_new_trend       (const char                 *title,
                                             const PostureChartItem     *items,
                                             gsize                       n_items);
PostureChart *posture_chart_ref             (PostureChart               *self);
void          posture_chart_unref           (PostureChart               *self);
void          posture_chart_set_language    (PostureChart               *self,
                                             const PostureChartLanguage *language);

double        posture_chart_measure         (PostureChart               *self,
                                             const PostureChartTheme    *theme,
                                             double                      width);
double        posture_chart_measure_minimum (PostureChart               *self,
                                             const PostureChartTheme    *theme);
void          posture_chart_draw            (PostureChart               *self,
                                             cairo_t                    *cr,
                                             double                      width,
                                             double                      height,
                                             const PostureChartTheme    *theme);
char         *posture_chart_to_svg          (PostureChart               *self,
                                             double                      width,
                                             const PostureChartTheme    *theme);
char         *posture_chart_dup_description (PostureChart               *self);
GPtrArray    *posture_chart_dup_table       (PostureChart               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureChart, posture_chart_unref)

G_END_DECLS
