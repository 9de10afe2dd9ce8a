/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chart/chart-private.h"
#include "expected.h"

#include <pango/pangocairo.h>
#include <math.h>
#include <string.h>

/* Charts shape by shape. Nothing here depends on the fonts that are there: names have one letter, and where a
 * place does depend on how wide a text is, it is told from where that text ends. */

#define EM 10.0

typedef double (*Layout) (PostureChart *self, PostureChartScene *scene, double height);

/* All words of the legend are empty, so that it is as wide in any font; the decimal point is told apart. */
static const char *
say_nothing (const char *text,
             gpointer    data)
{
  return strchr (text, '%') != NULL ? text : "";
}

static const PostureChartLanguage silent = { say_nothing, NULL, "," };

/* Each ink has a colour of its own, and one can be seen through. */
static PostureChartTheme
make_theme (void)
{
  PostureChartTheme theme;

  posture_chart_theme_init (&theme);
  theme.foreground = (PostureChartColor) { 0.2, 0, 0, 1 };
  theme.dim = (PostureChartColor) { 0, 0.2, 0, 1 };
  theme.track = (PostureChartColor) { 0.8, 0.8, 0.8, 1 };
  theme.value = (PostureChartColor) { 0, 0, 1, 1 };
  theme.range = (PostureChartColor) { 0, 0.6, 0, 1 };
  theme.target = (PostureChartColor) { 1, 0, 0, 0.5 };
  theme.paper = (PostureChartColor) { 1, 1, 0.8, 1 };
  theme.font_size = EM;
  return theme;
}

/* Moves all to the left, so that what stands beside a scale begins at the same place with any font. */
static void
move_left (PostureChartScene *scene,
           double             distance)
{
  for (guint i = 0; i < scene->shapes->len; i++)
    {
      PostureShape *shape = g_ptr_array_index (scene->shapes, i);

      shape->x -= distance;
      for (guint j = 0; shape->steps != NULL && j < shape->steps->len; j++)
        for (guint k = 0; k < 3; k++)
          g_array_index (shape->steps, PostureStep, j).x[k] -= distance;
    }
}

/* How wide a chart says a text is. */
static double
text_width (const PostureChartTheme *theme,
            const char              *text,
            double                   size)
{
  g_autoptr (PostureChartScene) scene = posture_chart_scene_new (theme, 100);

  return posture_chart_scene_text_width (scene, text, &(PostureTextStyle) { .size = size });
}

typedef struct
{
  const char *name;
  Layout layout;
  double width;
  double height;
  gboolean mirrored;
  /* the widest number of the scale beside it, if there is one */
  const char *widest;
} Sheet;

/* Appends the chart as it is laid out in a sheet. */
static void
append_sheet (GString      *text,
              PostureChart *chart,
              const Sheet  *sheet)
{
  PostureChartTheme theme = make_theme ();
  g_autoptr (PostureChartScene) scene = NULL;
  double aside = sheet->widest != NULL ? text_width (&theme, sheet->widest, EM * 0.85) : 0;
  double height;

  theme.mirrored = sheet->mirrored;
  posture_chart_set_language (chart, &silent);
  scene = posture_chart_scene_new (&theme, sheet->width + aside);
  height = sheet->layout (chart, scene, sheet->height);
  move_left (scene, aside);
  g_string_append_printf (text, "<!-- %s: %.2f high -->\n", sheet->name, height);
  posture_chart_scene_write (scene, text);
}

static void
test_gauge (void)
{
  static const double marks[] = { -50, 0, 40, NAN, 62.5, 100 };
  static const Sheet sheets[] = {
    { "wide", posture_chart_layout_gauge, 300, 0, FALSE, NULL },
    { "narrow", posture_chart_layout_gauge, 120, 0, FALSE, NULL },
    { "low", posture_chart_layout_gauge, 300, 110, FALSE, NULL },
    { "too low", posture_chart_layout_gauge, 300, 30, FALSE, NULL },
    { "high", posture_chart_layout_gauge, 300, 900, FALSE, NULL },
    { "mirrored", posture_chart_layout_gauge, 300, 0, TRUE, NULL },
  };
  static const PostureChartItem items[] = {
    { "Score", -50, 100, TRUE, 25, 62.5, TRUE, 80 },
    { "Score", -50, 100, TRUE, -50, -50 },
    { "Score", 0, 4, TRUE, 1.25, 1.25, TRUE, 4 },
    { "Score", 0, 100, FALSE },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    for (guint k = 0; k < (i == 0 ? G_N_ELEMENTS (sheets) : 1); k++)
      {
        g_autoptr (PostureChart) chart = posture_chart_new_gauge (&items[i], i == 0 ? "Fair" : i == 1 ? "" : NULL,
                                                                  marks, i == 0 ? G_N_ELEMENTS (marks) : 0);

        append_sheet (text, chart, &sheets[k]);
      }
  expected_compare ("gauge.svg.txt", text->str);
}

static void
test_bars (void)
{
  static const Sheet sheets[] = {
    { "wide", posture_chart_layout_bars, 320, 0, FALSE, NULL },
    { "narrow", posture_chart_layout_bars, 319, 0, FALSE, NULL },
    { "mirrored", posture_chart_layout_bars, 400, 0, TRUE, NULL },
  };
  static const PostureChartItem items[] = {
    { "A", 0, 100, TRUE, 50, 75, TRUE, 90, 0 },
    { "B", -3, 1, TRUE, -2, -2, FALSE, 0, 1 },
    { "C", 0, 100, FALSE, 0, 0, TRUE, 120, 2 },
    { "D", 0, 100, TRUE, 0, 0, FALSE, 0, 0 },
    { "E", 0, 100, TRUE, 100, 100, FALSE, 0, 5 },
    { "F", 0, 100, TRUE, 99, 100, FALSE, 0, 0 },
    { "G", 0, 0, TRUE, 0, 0, FALSE, 0, 0 },
  };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PostureChart) all = posture_chart_new_bars ("Sections", items, G_N_ELEMENTS (items));
  g_autoptr (PostureChart) plain = posture_chart_new_bars ("Sections", items + 3, 1);

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    append_sheet (text, all, &sheets[i]);
  append_sheet (text, plain, &sheets[0]);
  expected_compare ("bars.svg.txt", text->str);
}

static void
add_radars (GString     *text,
            guint        n_items,
            double       maximum,
            double       other,
            const Sheet *sheet)
{
  PostureChartItem items[20] = { 0 };
  g_autoptr (PostureChart) chart = NULL;

  g_assert_cmpuint (n_items, <=, G_N_ELEMENTS (items));
  for (guint i = 0; i < n_items; i++)
    items[i] = (PostureChartItem) { "A", 0, i == 1 ? other : maximum, i != 3, maximum * i / n_items,
                                    maximum * (i + 0.5) / n_items, i != 2, maximum * 0.75 };
  chart = posture_chart_new_radar ("Sections", items, n_items);
  append_sheet (text, chart, sheet);
}

static void
test_radar (void)
{
  static const Sheet sheets[] = {
    { "wide", posture_chart_layout_radar, 400, 0, FALSE, NULL },
    { "narrow", posture_chart_layout_radar, 180, 0, FALSE, NULL },
    { "low", posture_chart_layout_radar, 400, 250, FALSE, NULL },
    { "too low", posture_chart_layout_radar, 400, 20, FALSE, NULL },
    { "mirrored", posture_chart_layout_radar, 400, 0, TRUE, NULL },
  };
  /* whole numbers of a scale of 2 to 5 have a ring each */
  static const double maxima[][2] = { { 1, 1 }, { 2, 2 }, { 2.5, 2.5 }, { 5, 5 }, { 6, 6 }, { 3, 4 }, { 0, 0 } };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PostureChart) certain = posture_chart_new_radar ("Sections", (PostureChartItem[]) {
    { "A", 0, 3, TRUE, 1, 1 }, { "B", 0, 3, TRUE, 2, 2 }, { "C", 0, 3, TRUE, 3, 3 } }, 3);

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    add_radars (text, 5, 3, 3, &sheets[i]);
  for (guint i = 0; i < G_N_ELEMENTS (maxima); i++)
    add_radars (text, 3, maxima[i][0], maxima[i][1], &sheets[0]);
  add_radars (text, 16, 100, 100, &sheets[0]);
  add_radars (text, 17, 100, 100, &sheets[0]);
  append_sheet (text, certain, &sheets[0]);
  expected_compare ("radar.svg.txt", text->str);
}

static void
test_trend (void)
{
  static const Sheet sheets[] = {
    { "wide", posture_chart_layout_trend, 300, 0, FALSE, "−100" },
    { "low", posture_chart_layout_trend, 300, 100, FALSE, "−100" },
    { "too low", posture_chart_layout_trend, 300, 50, FALSE, "−100" },
  };
  static const PostureChartItem items[] = {
    { "", -100, 100, TRUE, 50, 50, FALSE, 0, 0, 1000 },
    { "", 0, 1, TRUE, 20, 60, TRUE, 80, 0, 1100 },
    { "", 0, 1, TRUE, 60, 60, FALSE, 0, 0, 1200 },
    { "", 0, 1, FALSE, 0, 0, TRUE, -100, 0, 1600 },
    { "", 0, 1, TRUE, -100, -100, FALSE, 0, 0, 1700 },
    { "", 0, 1, TRUE, 30, 40, FALSE, 0, 0, 2000 },
  };
  PostureChartItem many[41];
  g_autoptr (PostureChart) timeless = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const gsize counts[] = { 6, 5, 4, 3, 1, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    for (guint k = 0; k < (i == 0 ? G_N_ELEMENTS (sheets) : 1); k++)
      {
        g_autoptr (PostureChart) chart = posture_chart_new_trend ("Trend", items, counts[i]);

        append_sheet (text, chart, &sheets[k]);
      }
  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = (PostureChartItem) { "", -100, 100, TRUE, i, i };
  timeless = posture_chart_new_trend ("Trend", many, 3);
  append_sheet (text, timeless, &sheets[0]);
  expected_compare ("trend.svg.txt", text->str);
  /* all have the scale of the first, whatever they came with */
  for (gsize n = 2; n <= 6; n += 4)
    {
      g_autoptr (PostureChart) chart = posture_chart_new_trend ("Trend", items, n);
      g_autoptr (GPtrArray) table = posture_chart_dup_table (chart);

      for (guint i = 1; i < table->len; i++)
        g_assert_cmpstr (((char **) g_ptr_array_index (table, i))[3], ==, "−100 to 100");
    }
  /* points are small where there are many */
  for (gsize n = 40; n <= 41; n++)
    {
      g_autoptr (PostureChart) chart = posture_chart_new_trend ("Trend", many, n);
      g_autoptr (GString) dots = g_string_new (NULL);

      append_sheet (dots, chart, &sheets[0]);
      g_assert_nonnull (strstr (dots->str, n == 40 ? "stroke-width=\"0.96\"" : "stroke-width=\"0.54\""));
    }
}

/* What is read of a chart's SVG, and drawn here once more. */
typedef struct
{
  cairo_t *cr;
  /* of the text that is being read */
  double x, y, size, share;
  gboolean is_text, bold;
} Reader;

static const char *
find (const char **names,
      const char **values,
      const char  *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return NULL;
}

static double
find_number (const char **names,
             const char **values,
             const char  *name,
             double       otherwise)
{
  const char *value = find (names, values, name);

  return value != NULL ? g_ascii_strtod (value, NULL) : otherwise;
}

/* Whether there is a colour, which is set. */
static gboolean
set_paint (cairo_t     *cr,
           const char **names,
           const char **values,
           const char  *name)
{
  const char *value = find (names, values, name);
  g_autofree char *opacity = g_strconcat (name, "-opacity", NULL);
  guint red, green, blue;

  if (value == NULL || sscanf (value, "#%2x%2x%2x", &red, &green, &blue) != 3)
    return FALSE;
  cairo_set_source_rgba (cr, red / 255.0, green / 255.0, blue / 255.0, find_number (names, values, opacity, 1));
  return TRUE;
}

static void
trace (cairo_t    *cr,
       const char *steps)
{
  cairo_new_path (cr);
  while (*steps != '\0')
    {
      char kind = *steps++, *end;
      double at[6];

      for (guint i = 0; i < (kind == 'C' ? 6 : kind == 'Z' ? 0 : 2); i++, steps = end)
        at[i] = g_ascii_strtod (steps, &end);
      if (kind == 'M')
        cairo_move_to (cr, at[0], at[1]);
      else if (kind == 'L')
        cairo_line_to (cr, at[0], at[1]);
      else if (kind == 'C')
        cairo_curve_to (cr, at[0], at[1], at[2], at[3], at[4], at[5]);
      else
        cairo_close_path (cr);
    }
}

static void
read_element (GMarkupParseContext *context,
              const char          *element,
              const char         **names,
              const char         **values,
              gpointer             data,
              GError             **error)
{
  Reader *self = data;
  double dash = find_number (names, values, "stroke-dasharray", 0);

  self->is_text = g_str_equal (element, "text");
  if (self->is_text)
    {
      const char *anchor = find (names, values, "text-anchor");

      set_paint (self->cr, names, values, "fill");
      self->x = find_number (names, values, "x", NAN);
      self->y = find_number (names, values, "y", NAN);
      self->size = find_number (names, values, "font-size", NAN);
      self->bold = find (names, values, "font-weight") != NULL;
      self->share = g_str_equal (anchor, "start") ? 0 : g_str_equal (anchor, "middle") ? 0.5 : 1;
      if (g_str_equal (find (names, values, "direction"), "rtl"))
        self->share = 1 - self->share;
    }
  if (!g_str_equal (element, "path"))
    return;
  trace (self->cr, find (names, values, "d"));
  if (set_paint (self->cr, names, values, "fill"))
    cairo_fill_preserve (self->cr);
  if (set_paint (self->cr, names, values, "stroke"))
    {
      cairo_set_line_width (self->cr, find_number (names, values, "stroke-width", NAN));
      cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash (self->cr, &dash, dash > 0, 0);
      cairo_stroke (self->cr);
    }
}

static void
read_text (GMarkupParseContext *context,
           const char          *text,
           gsize                length,
           gpointer             data,
           GError             **error)
{
  Reader *self = data;
  PangoContext *measures;
  g_autoptr (PangoLayout) layout = NULL;
  PostureChartTheme theme = make_theme ();
  int width;

  if (!self->is_text)
    return;
  measures = posture_chart_create_context ();
  layout = posture_chart_create_layout (measures, &theme, self->size, self->bold);
  g_object_unref (measures);
  pango_layout_set_text (layout, text, (int) length);
  pango_layout_get_size (layout, &width, NULL);
  cairo_move_to (self->cr, self->x - self->share * width / PANGO_SCALE, self->y);
  pango_cairo_show_layout_line (self->cr, pango_layout_get_line_readonly (layout, 0));
  self->is_text = FALSE;
}

static cairo_surface_t *
draw_svg (const char *svg,
          int         width,
          int         height)
{
  static const GMarkupParser parser = { .start_element = read_element, .text = read_text };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  Reader reader = { .cr = cairo_create (surface) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reader, NULL);

  g_assert_true (g_markup_parse_context_parse (context, svg, -1, NULL));
  cairo_destroy (reader.cr);
  return surface;
}

/* How many pixels clearly have another colour: places in SVG are rounded. */
static guint
count_different (cairo_surface_t *a,
                 cairo_surface_t *b)
{
  guint n = 0;
  int stride = cairo_image_surface_get_stride (a);
  const guchar *left, *right;

  cairo_surface_flush (a);
  cairo_surface_flush (b);
  left = cairo_image_surface_get_data (a);
  right = cairo_image_surface_get_data (b);
  for (int i = 0; i < stride * cairo_image_surface_get_height (a); i++)
    n += ABS (left[i] - right[i]) > 24;
  return n;
}

/* The drawing and the SVG are the same shapes. */
static void
test_same_shapes (void)
{
  static const PostureChartItem items[] = {
    { "Alpha", 0, 4, TRUE, 1, 2.5, TRUE, 3, 0, 0 },
    { "ניהול", 0, 4, TRUE, 2, 2, FALSE, 0, 1, 10 },
    { "Gamma", 0, 4, TRUE, 3, 4, TRUE, 4, 0, 40 },
    { "Delta", 0, 4, FALSE, 0, 0, FALSE, 0, 0, 50 },
  };
  PostureChart *charts[] = {
    posture_chart_new_gauge (&items[0], "Fair", (double[]) { 2 }, 1),
    posture_chart_new_bars ("Bars", items, G_N_ELEMENTS (items)),
    posture_chart_new_radar ("Radar", items, G_N_ELEMENTS (items)),
    posture_chart_new_trend ("Trend", items, G_N_ELEMENTS (items)),
  };
  PostureChartTheme theme = make_theme ();
  const int width = 400;

  for (guint i = 0; i < 2 * G_N_ELEMENTS (charts); i++)
    {
      PostureChart *chart = charts[i / 2];
      g_autofree char *svg = NULL;
      cairo_surface_t *drawn, *read;
      cairo_t *cr;
      int height;

      theme.mirrored = i % 2 == 1;
      height = (int) posture_chart_measure (chart, &theme, width);
      svg = posture_chart_to_svg (chart, width, &theme);
      drawn = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
      cr = cairo_create (drawn);
      posture_chart_draw (chart, cr, width, height, &theme);
      cairo_destroy (cr);
      read = draw_svg (svg, width, height);
      g_assert_cmpuint (count_different (drawn, read), <, 20);
      cairo_surface_destroy (drawn);
      cairo_surface_destroy (read);
      if (theme.mirrored)
        posture_chart_unref (chart);
    }
}

/* The size that is told is the size that is taken, and never less than the least. */
static void
test_sizes (void)
{
  static const PostureChartItem item = { "A", 0, 100, TRUE, 50, 50 };
  static const struct
  {
    double width;
    const char *text;
  } cases[] = {
    { 50, "viewBox=\"0 0 120 35\" width=\"120\" height=\"35\"" },
    { 120, "viewBox=\"0 0 120 35\" width=\"120\" height=\"35\"" },
    { 120.5, "viewBox=\"0 0 121 35\" width=\"121\" height=\"35\"" },
    { 400, "viewBox=\"0 0 400 21\" width=\"400\" height=\"21\"" },
  };
  PostureChartTheme theme = make_theme ();
  g_autoptr (PostureChart) bars = posture_chart_new_bars ("Bars", &item, 1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *svg = posture_chart_to_svg (bars, cases[i].width, &theme);

      g_test_message ("%s", svg);
      g_assert_nonnull (strstr (svg, cases[i].text));
    }
  g_assert_cmpfloat (posture_chart_measure (bars, &theme, 50), ==, posture_chart_measure (bars, &theme, 120));
}

/* A chart that has less room than it needs stands, smaller, in the middle. */
static void
test_smaller (void)
{
  static const PostureChartItem item = { "", 0, 100, TRUE, 50, 50 };
  PostureChartTheme theme = make_theme ();
  g_autoptr (PostureChart) bars = posture_chart_new_bars ("Bars", &item, 1);
  /* half of what it takes */
  const double height = 10.25;
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  double x, y, wide, high;

  /* the bar's track begins at 42 per cent, and ends where the number begins */
  posture_chart_draw (bars, cr, 400, height, &theme);
  cairo_recording_surface_ink_extents (surface, &x, &y, &wide, &high);
  g_assert_cmpfloat_with_epsilon (x, 100 + 0.42 * 200, 2);
  g_assert_cmpfloat (x + wide, <=, 301);
  g_assert_cmpfloat (x + wide, >, 280);
  g_assert_cmpfloat (high, <=, height);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static PostureChartScene *
break_text (const PostureChartTheme *theme,
            const char              *text,
            guint                    max_lines,
            double                   width)
{
  const PostureTextStyle style = { .size = EM, .ink = POSTURE_INK_TARGET, .anchor = POSTURE_ANCHOR_END,
                                   .bold = TRUE, .max_lines = max_lines };
  PostureChartScene *scene = posture_chart_scene_new (theme, 500);
  double height = posture_chart_scene_add_text (scene, text, &style, 30, 20, width);

  g_assert_cmpfloat (height, ==, scene->shapes->len * EM * 1.25);
  g_assert_cmpfloat (height, ==, posture_chart_scene_text_height (scene, text, &style, width));
  for (guint i = 0; i < scene->shapes->len; i++)
    {
      const PostureShape *shape = g_ptr_array_index (scene->shapes, i);

      g_assert_cmpint (shape->fill, ==, POSTURE_INK_TARGET);
      g_assert_cmpfloat (shape->opacity, ==, 1);
      g_assert_cmpfloat (shape->x, ==, 30);
      g_assert_cmpfloat_with_epsilon (shape->y, 20 + (i * 1.25 + 0.95) * EM, 0.001);
      g_assert_cmpfloat (posture_chart_scene_text_width (scene, shape->text, &style), <=, MAX (width, 3 * EM) + 0.1);
    }
  return scene;
}

static const char *
get_line (const PostureChartScene *scene,
          guint                    i)
{
  return ((const PostureShape *) g_ptr_array_index (scene->shapes, i))->text;
}

/* Lines end between words; the last one that may be is cut off where no more fits. */
static void
test_lines (void)
{
  PostureChartTheme theme = make_theme ();
  const PostureTextStyle style = { .size = EM, .bold = TRUE };
  g_autoptr (PostureChartScene) measures = posture_chart_scene_new (&theme, 500);
  double two = posture_chart_scene_text_width (measures, "mmmm mmmm", &style);
  g_autoptr (PostureChartScene) whole = break_text (&theme, "mmmm mmmm mmmm mmmm", 2, two + 1);
  g_autoptr (PostureChartScene) cut = break_text (&theme, "mmmm mmmm mmmm mmmm mm", 2, two + 1);
  g_autoptr (PostureChartScene) one = break_text (&theme, "mmmm mmmm mmmm", 1, two + 1);
  g_autoptr (PostureChartScene) none = break_text (&theme, "mmmm", 1, 0);
  g_autofree char *more = NULL;

  g_assert_cmpuint (whole->shapes->len, ==, 2);
  g_assert_cmpstr (get_line (whole, 0), ==, "mmmm mmmm");
  g_assert_cmpstr (get_line (whole, 1), ==, "mmmm mmmm");
  g_assert_cmpuint (cut->shapes->len, ==, 2);
  g_assert_cmpstr (get_line (cut, 0), ==, "mmmm mmmm");
  g_assert_true (g_str_has_suffix (get_line (cut, 1), "m…"));
  g_assert_true (g_str_has_prefix (get_line (cut, 1), "mmmm mm"));
  more = g_strconcat ("m", get_line (cut, 1), NULL);
  g_assert_cmpfloat (posture_chart_scene_text_width (measures, more, &style), >, two + 1);
  g_assert_cmpuint (one->shapes->len, ==, 1);
  g_assert_cmpstr (get_line (one, 0), ==, get_line (cut, 1));
  g_assert_cmpuint (none->shapes->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart-drawing/gauge", test_gauge);
  g_test_add_func ("/chart-drawing/bars", test_bars);
  g_test_add_func ("/chart-drawing/radar", test_radar);
  g_test_add_func ("/chart-drawing/trend", test_trend);
  g_test_add_func ("/chart-drawing/same-shapes", test_same_shapes);
  g_test_add_func ("/chart-drawing/sizes", test_sizes);
  g_test_add_func ("/chart-drawing/smaller", test_smaller);
  g_test_add_func ("/chart-drawing/lines", test_lines);
  return g_test_run ();
}
