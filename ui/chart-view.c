/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/chart-view.h"

#include "ui/compat.h"

#include <math.h>
#include <pango/pangocairo.h>

/* A chart in the colours and the font of what stands around it. */
struct _PostureChartView
{
  GtkWidget parent_instance;

  PostureChart *chart;
};

G_DEFINE_FINAL_TYPE (PostureChartView, posture_chart_view, GTK_TYPE_WIDGET)

/* In pixels, as large as the text of labels here. */
static double
get_font_size (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  double resolution = pango_cairo_context_get_resolution (context);

  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * (resolution > 0 ? resolution : 96) / 72;
}

static PostureChartColor
to_chart_color (const GdkRGBA *color,
                double         share)
{
  return (PostureChartColor) { color->red, color->green, color->blue, color->alpha * share };
}

/* A named colour of the style; where a style lacks it, the colour of text. */
static GdkRGBA
find_color (GtkWidget  *widget,
            const char *name)
{
  GdkRGBA color;

  if (!posture_compat_lookup_color (widget, name, &color))
    posture_compat_get_color (widget, &color);
  return color;
}

/* What is behind the chart: cards let the window show through. */
static PostureChartColor
find_paper (GtkWidget *widget)
{
  GdkRGBA card = find_color (widget, "card_bg_color");
  GdkRGBA window = find_color (widget, "window_bg_color");
  double share = card.alpha;

  return (PostureChartColor) {
    card.red * share + window.red * (1 - share),
    card.green * share + window.green * (1 - share),
    card.blue * share + window.blue * (1 - share),
    1,
  };
}

static void
init_theme (GtkWidget         *widget,
            PostureChartTheme *theme)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean high_contrast = adw_style_manager_get_high_contrast (style);
  GdkRGBA accent = find_color (widget, "accent_color");
  GdkRGBA target = find_color (widget, adw_style_manager_get_dark (style) ? "purple_2" : "purple_4");
  GdkRGBA foreground;

  posture_compat_get_color (widget, &foreground);
  posture_chart_theme_init (theme);
  theme->foreground = to_chart_color (&foreground, 1);
  theme->dim = to_chart_color (&foreground, high_contrast ? 0.9 : 0.7);
  theme->track = to_chart_color (&foreground, high_contrast ? 0.3 : 0.14);
  theme->value = to_chart_color (&accent, 1);
  theme->range = to_chart_color (&accent, 1);
  theme->target = to_chart_color (&target, 1);
  theme->paper = find_paper (widget);
  theme->font = pango_font_description_get_family (
    pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  theme->font_size = get_font_size (widget);
  theme->mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
}

static GtkSizeRequestMode
posture_chart_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
posture_chart_view_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  PostureChartView *self = POSTURE_CHART_VIEW (widget);
  PostureChartTheme theme;
  double width;

  if (self->chart == NULL)
    return;
  init_theme (widget, &theme);
  width = posture_chart_measure_minimum (self->chart, &theme);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = (int) ceil (width);
  else
    *minimum = *natural
      = (int) ceil (posture_chart_measure (self->chart, &theme, for_size >= 0 ? for_size : width));
}

static void
posture_chart_view_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  PostureChartView *self = POSTURE_CHART_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  PostureChartTheme theme;
  cairo_t *cr;

  if (self->chart == NULL || width <= 0 || height <= 0)
    return;
  init_theme (widget, &theme);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  posture_chart_draw (self->chart, cr, width, height, &theme);
  cairo_destroy (cr);
}

static void
posture_chart_view_css_changed (GtkWidget         *widget,
                                GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (posture_chart_view_parent_class)->css_changed (widget, change);
  gtk_widget_queue_resize (widget);
}

static void
posture_chart_view_system_setting_changed (GtkWidget       *widget,
                                           GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (posture_chart_view_parent_class)->system_setting_changed (widget, setting);
  gtk_widget_queue_resize (widget);
}

static void
posture_chart_view_direction_changed (GtkWidget       *widget,
                                      GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (posture_chart_view_parent_class)->direction_changed (widget, previous);
  gtk_widget_queue_draw (widget);
}

static void
posture_chart_view_dispose (GObject *object)
{
  PostureChartView *self = POSTURE_CHART_VIEW (object);

  g_clear_pointer (&self->chart, posture_chart_unref);
  G_OBJECT_CLASS (posture_chart_view_parent_class)->dispose (object);
}

static void
posture_chart_view_class_init (PostureChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_chart_view_dispose;
  widget_class->get_request_mode = posture_chart_view_get_request_mode;
  widget_class->measure = posture_chart_view_measure;
  widget_class->snapshot = posture_chart_view_snapshot;
  widget_class->css_changed = posture_chart_view_css_changed;
  widget_class->system_setting_changed = posture_chart_view_system_setting_changed;
  widget_class->direction_changed = posture_chart_view_direction_changed;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
posture_chart_view_init (PostureChartView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/**
 * posture_chart_view_new:
 * @chart: (nullable): what to show
 *
 * Returns: (transfer floating): a widget that shows a chart
 */
GtkWidget *
posture_chart_view_new (PostureChart *chart)
{
  GtkWidget *self = g_object_new (POSTURE_TYPE_CHART_VIEW, NULL);

  posture_chart_view_set_chart (POSTURE_CHART_VIEW (self), chart);
  return self;
}

/**
 * posture_chart_view_get_chart:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the chart it shows
 */
PostureChart *
posture_chart_view_get_chart (PostureChartView *self)
{
  return self->chart;
}

/**
 * posture_chart_view_set_chart:
 * @self: a view
 * @chart: (nullable): what to show
 *
 * Shows another chart. Its description becomes the name that assistive technology reads.
 */
void
posture_chart_view_set_chart (PostureChartView *self,
                              PostureChart     *chart)
{
  g_autofree char *description = chart != NULL ? posture_chart_dup_description (chart) : NULL;

  if (chart != NULL)
    posture_chart_ref (chart);
  g_clear_pointer (&self->chart, posture_chart_unref);
  self->chart = chart;
  if (description != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
