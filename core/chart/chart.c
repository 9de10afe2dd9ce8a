/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/chart.h"

#include "chart/chart-private.h"

#include <math.h>

/* Longer labels are not read, only drawn over others. */
#define MAX_LABEL 300
/* No questionnaire has more sections, no trend needs more points to be one. */
#define MAX_ITEMS 4096

typedef double (*LayoutFunc) (PostureChart *self, PostureChartScene *scene, double height);

static const LayoutFunc layouts[] = {
  [POSTURE_CHART_GAUGE] = posture_chart_layout_gauge,
  [POSTURE_CHART_BARS] = posture_chart_layout_bars,
  [POSTURE_CHART_RADAR] = posture_chart_layout_radar,
  [POSTURE_CHART_TREND] = posture_chart_layout_trend,
};
/* The least width of each, in sizes of the text. */
static const double least_widths[] = {
  [POSTURE_CHART_GAUGE] = 10,
  [POSTURE_CHART_BARS] = 12,
  [POSTURE_CHART_RADAR] = 16,
  [POSTURE_CHART_TREND] = 14,
};

/**
 * posture_chart_theme_init:
 * @theme: (out caller-allocates): what to fill
 *
 * Sets a theme for white paper: dark enough to be read on a grey copy.
 */
void
posture_chart_theme_init (PostureChartTheme *theme)
{
  g_return_if_fail (theme != NULL);

  *theme = (PostureChartTheme) {
    .foreground = { 0.12, 0.13, 0.15, 1 },
    .dim = { 0.36, 0.38, 0.42, 1 },
    .track = { 0.89, 0.90, 0.92, 1 },
    .value = { 0.10, 0.35, 0.64, 1 },
    .range = { 0.10, 0.35, 0.64, 1 },
    .target = { 0.66, 0.27, 0.02, 1 },
    .paper = { 1, 1, 1, 1 },
    .font = "Sans",
    .font_size = 11,
  };
}

/* A label as one line: what breaks lines, or turns the text around it, is left out. */
static char *
clean_label (const char *label)
{
  g_autofree char *valid = g_utf8_make_valid (label != NULL ? label : "", -1);
  GString *clean = g_string_new (NULL);
  gsize n = 0;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (n == MAX_LABEL)
        {
          g_string_append (clean, "…");
          break;
        }
      if (g_unichar_iscntrl (character) || character == 0x2028 || character == 0x2029)
        g_string_append_c (clean, ' ');
      else if ((character >= 0x202a && character <= 0x202e)
               || (character >= 0x2066 && character <= 0x2069))
        continue;
      else
        g_string_append_unichar (clean, character);
      n++;
    }
  return g_string_free (clean, FALSE);
}

/* A number that is none, or that no scale can have, counts as missing. */
static gboolean
is_number (double number)
{
  return isfinite (number) && fabs (number) < 1e12;
}

static void
copy_item (PostureChartItem       *ret_copy,
           const PostureChartItem *item)
{
  *ret_copy = *item;
  ret_copy->label = clean_label (item->label);
  if (!is_number (item->minimum) || !is_number (item->maximum))
    {
      ret_copy->minimum = ret_copy->maximum = 0;
      ret_copy->has_value = FALSE;
    }
  if (!item->has_value || !is_number (item->worst) || !is_number (item->best))
    {
      ret_copy->has_value = FALSE;
      ret_copy->worst = ret_copy->best = 0;
    }
  if (!item->has_target || !is_number (item->target))
    {
      ret_copy->has_target = FALSE;
      ret_copy->target = 0;
    }
  if (ret_copy->worst > ret_copy->best)
    {
      ret_copy->worst = item->best;
      ret_copy->best = item->worst;
    }
}

static PostureChart *
new_chart (PostureChartKind        kind,
           const char             *title,
           const PostureChartItem *items,
           gsize                   n_items)
{
  PostureChart *self = g_new0 (PostureChart, 1);

  g_atomic_ref_count_init (&self->references);
  self->kind = kind;
  self->title = clean_label (title);
  self->n_items = MIN (n_items, MAX_ITEMS);
  self->items = g_new0 (PostureChartItem, self->n_items);
  for (gsize i = 0; i < self->n_items; i++)
    copy_item (&self->items[i], &items[i]);
  return self;
}

/**
 * posture_chart_new_gauge:
 * @item: the value
 * @caption: (nullable): what the value is called, such as a level
 * @marks: (nullable) (array length=n_marks): where to divide the scale, such as
 *   where levels begin
 * @n_marks: how many
 *
 * Makes a half circle with one value, or with what is certain and what is open.
 * Everything is copied.
 *
 * Returns: (transfer full): the chart
 */
PostureChart *
posture_chart_new_gauge (const PostureChartItem *item,
                         const char             *caption,
                         const double           *marks,
                         gsize                   n_marks)
{
  PostureChart *self;

  g_return_val_if_fail (item != NULL, NULL);

  self = new_chart (POSTURE_CHART_GAUGE, item->label, item, 1);
  self->caption = caption != NULL ? clean_label (caption) : NULL;
  self->marks = g_new0 (double, n_marks);
  for (gsize i = 0; i < n_marks; i++)
    if (is_number (marks[i]))
      self->marks[self->n_marks++] = marks[i];
  return self;
}

/**
 * posture_chart_new_bars:
 * @title: what the bars are about, for the description
 * @items: (array length=n_items): a bar each, each with its own scale
 * @n_items: how many
 *
 * Makes horizontal bars. Everything is copied.
 *
 * Returns: (transfer full): the chart
 */
PostureChart *
posture_chart_new_bars (const char             *title,
                        const PostureChartItem *items,
                        gsize                   n_items)
{
  g_return_val_if_fail (items != NULL || n_items == 0, NULL);

  return new_chart (POSTURE_CHART_BARS, title, items, n_items);
}

/**
 * posture_chart_new_radar:
 * @title: what it is about, for the description
 * @items: (array length=n_items): an axis each, from the top clockwise
 * @n_items: how many
 *
 * Makes a radar with what is now and what is to be reached. With less than
 * three axes there is no area, so these are drawn as bars. Everything is copied.
 *
 * Returns: (transfer full): the chart
 */
PostureChart *
posture_chart_new_radar (const char             *title,
                         const PostureChartItem *items,
                         gsize                   n_items)
{
  g_return_val_if_fail (items != NULL || n_items == 0, NULL);

  return new_chart (POSTURE_CHART_RADAR, title, items, n_items);
}

/**
 * posture_chart_new_trend:
 * @title: what it is about, for the description
 * @items: (array length=n_items): a point each, the oldest first
 * @n_items: how many
 *
 * Makes a line over time. All points share the scale of the first. A point
 * without a value leaves a gap. Everything is copied.
 *
 * Returns: (transfer full): the chart
 */
PostureChart *
posture_chart_new_trend (const char             *title,
                         const PostureChartItem *items,
                         gsize                   n_items)
{
  PostureChart *self;

  g_return_val_if_fail (items != NULL || n_items == 0, NULL);

  self = new_chart (POSTURE_CHART_TREND, title, items, n_items);
  for (gsize i = 1; i < self->n_items; i++)
    {
      self->items[i].minimum = self->items[0].minimum;
      self->items[i].maximum = self->items[0].maximum;
    }
  return self;
}

/**
 * posture_chart_ref:
 * @self: a chart
 *
 * Adds a reference.
 *
 * Returns: (transfer full): @self
 */
PostureChart *
posture_chart_ref (PostureChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_chart_unref:
 * @self: (transfer full): a chart
 *
 * Takes a reference away; with the last one the chart is freed.
 */
void
posture_chart_unref (PostureChart *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (gsize i = 0; i < self->n_items; i++)
    g_free ((char *) self->items[i].label);
  g_free (self->items);
  g_free (self->marks);
  g_free (self->title);
  g_free (self->caption);
  g_free (self);
}

/**
 * posture_chart_set_language:
 * @self: a chart that is not drawn yet
 * @language: (nullable): the language of its own words, %NULL for the
 *   program's
 *
 * Chooses the language of what the chart itself has to say: the legend, the
 * description, the heads of the table, and how numbers are written.
 */
void
posture_chart_set_language (PostureChart               *self,
                            const PostureChartLanguage *language)
{
  g_return_if_fail (self != NULL);

  self->language = language != NULL ? *language : (PostureChartLanguage) { 0 };
}

static LayoutFunc
choose_layout (PostureChart *self)
{
  if (self->kind == POSTURE_CHART_RADAR && self->n_items < 3)
    return layouts[POSTURE_CHART_BARS];
  return layouts[self->kind];
}

/**
 * posture_chart_measure:
 * @self: a chart
 * @theme: how it will look
 * @width: how wide it will be
 *
 * Finds the height that suits the chart.
 *
 * Returns: the height, in the units of @width
 */
double
posture_chart_measure (PostureChart            *self,
                       const PostureChartTheme *theme,
                       double                   width)
{
  g_autoptr (PostureChartScene) scene = NULL;

  g_return_val_if_fail (self != NULL && theme != NULL, 0);

  scene = posture_chart_scene_new (theme, MAX (width, posture_chart_measure_minimum (self, theme)));
  return ceil (choose_layout (self) (self, scene, 0));
}

/**
 * posture_chart_measure_minimum:
 * @self: a chart
 * @theme: how it will look
 *
 * Finds the width below which a chart is drawn smaller instead of narrower.
 *
 * Returns: the width
 */
double
posture_chart_measure_minimum (PostureChart            *self,
                               const PostureChartTheme *theme)
{
  g_return_val_if_fail (self != NULL && theme != NULL, 0);

  return least_widths[self->kind] * theme->font_size;
}

/**
 * posture_chart_draw:
 * @self: a chart
 * @cr: where to draw, from 0, 0
 * @width: how wide
 * @height: how high
 * @theme: how it looks
 *
 * Draws the chart, and nothing outside @width and @height. Where there is less
 * room than the chart needs it is drawn smaller as a whole. The background is
 * left as it is.
 */
void
posture_chart_draw (PostureChart            *self,
                    cairo_t                 *cr,
                    double                   width,
                    double                   height,
                    const PostureChartTheme *theme)
{
  g_autoptr (PostureChartScene) scene = NULL;
  double inner, needed, scale;

  g_return_if_fail (self != NULL && cr != NULL && theme != NULL);

  if (!(width >= 1) || !(height >= 1))
    return;
  inner = MAX (width, posture_chart_measure_minimum (self, theme));
  scene = posture_chart_scene_new (theme, inner);
  needed = choose_layout (self) (self, scene, height * inner / width);
  scale = MIN (width / inner, height / MAX (needed, 1));
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  /* what is left over beside a chart that was made smaller */
  cairo_translate (cr, MAX (0, (width - inner * scale) / 2), 0);
  cairo_scale (cr, scale, scale);
  posture_chart_scene_draw (scene, cr);
  cairo_restore (cr);
}

/**
 * posture_chart_to_svg:
 * @self: a chart
 * @width: how wide it is in its own units; pages can show it in any size
 * @theme: how it looks
 *
 * Writes the chart as an element `svg` for a page of HTML: the same drawing
 * as elsewhere, with texts as text. It has no names, styles or scripts, so
 * several can stand in one page. Its description is its accessible name.
 *
 * Returns: (transfer full): the element
 */
char *
posture_chart_to_svg (PostureChart            *self,
                      double                   width,
                      const PostureChartTheme *theme)
{
  g_autoptr (PostureChartScene) scene = NULL;
  g_autofree char *description = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *font = NULL;
  GString *svg = g_string_new (NULL);
  double height;

  g_return_val_if_fail (self != NULL && theme != NULL, NULL);

  width = ceil (MAX (width, posture_chart_measure_minimum (self, theme)));
  scene = posture_chart_scene_new (theme, width);
  height = ceil (choose_layout (self) (self, scene, 0));
  description = posture_chart_dup_description (self);
  escaped = g_markup_escape_text (description, -1);
  font = g_markup_escape_text (theme->font, -1);
  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
                          "width=\"%.0f\" height=\"%.0f\" role=\"img\" aria-label=\"%s\" "
                          "font-family=\"%s, sans-serif\">\n<title>%s</title>\n",
                          width, height, width, height, escaped, font, escaped);
  posture_chart_scene_write (scene, svg);
  g_string_append (svg, "</svg>\n");
  return g_string_free (svg, FALSE);
}
