/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart/chart.h"

#include <math.h>
#include <string.h>

#define MARGIN 20

/* as SVG writes one, for a regular expression */
#define NUMBER "-?[0-9]+(\\.[0-9]+)?"
#define POINT NUMBER " " NUMBER

/* make_theme()'s colours, as SVG writes them */
#define VALUE_COLOUR  "#0000ff"
#define RANGE_COLOUR  "#00ff00"
#define TARGET_COLOUR "#ff0000"

/* A drawing with a margin around the room that the chart was given. */
typedef struct
{
  cairo_surface_t *surface;
  int width;
  int height;
} Picture;

static void
picture_clear (Picture *self)
{
  cairo_surface_destroy (self->surface);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

/* Colours that cannot be mixed up. */
static PostureChartTheme
make_theme (void)
{
  PostureChartTheme theme;

  posture_chart_theme_init (&theme);
  theme.foreground = theme.dim = (PostureChartColor) { 0, 0, 0, 1 };
  theme.track = (PostureChartColor) { 0.5, 0.5, 0.5, 1 };
  theme.value = (PostureChartColor) { 0, 0, 1, 1 };
  theme.range = (PostureChartColor) { 0, 1, 0, 1 };
  theme.target = (PostureChartColor) { 1, 0, 0, 1 };
  theme.font_size = 12;
  return theme;
}

static Picture
draw (PostureChart            *chart,
      const PostureChartTheme *theme,
      int                      width,
      int                      height)
{
  Picture picture = { .width = width, .height = height };
  cairo_t *cr;

  picture.surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width + 2 * MARGIN,
                                                height + 2 * MARGIN);
  cr = cairo_create (picture.surface);
  cairo_translate (cr, MARGIN, MARGIN);
  posture_chart_draw (chart, cr, width, height, theme);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (picture.surface);
  return picture;
}

static guint32
pixel (const Picture *picture,
       int            x,
       int            y)
{
  const guchar *data = cairo_image_surface_get_data (picture->surface);
  int stride = cairo_image_surface_get_stride (picture->surface);
  guint32 value;

  memcpy (&value, data + (gsize) (y + MARGIN) * (gsize) stride + (gsize) (x + MARGIN) * 4, 4);
  return value;
}

#define VALUE 0xff0000ffu
#define RANGE 0xff00ff00u
#define TARGET 0xffff0000u
#define TRACK 0xff808080u

static guint
count (const Picture *picture,
       guint32        color)
{
  guint n = 0;

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      n += pixel (picture, x, y) == color;
  return n;
}

static guint
count_ink (const Picture *picture,
           gboolean       outside)
{
  guint n = 0;

  for (int y = -MARGIN; y < picture->height + MARGIN; y++)
    for (int x = -MARGIN; x < picture->width + MARGIN; x++)
      {
        gboolean inside = x >= 0 && y >= 0 && x < picture->width && y < picture->height;

        n += inside != outside && pixel (picture, x, y) != 0;
      }
  return n;
}

static PostureChart *
make_chart (guint                   kind,
            const PostureChartItem *items,
            gsize                   n_items)
{
  static const double marks[] = { 0, 50, 80, NAN };

  switch (kind)
    {
    case 0:
      return posture_chart_new_gauge (n_items > 0 ? items : &(PostureChartItem) { 0 }, "Half way",
                                      marks, G_N_ELEMENTS (marks));
    case 1:
      return posture_chart_new_bars ("Sections", items, n_items);
    case 2:
      return posture_chart_new_radar ("Sections", items, n_items);
    default:
      return posture_chart_new_trend ("Trend", items, n_items);
    }
}

/* The middle of a gauge's ring at a share of its scale, found from the outside inwards. */
static guint32
ring_color (const Picture *picture,
            double         share)
{
  /* the layout puts the centre in the middle; a radius of 10 sizes of the text less half a ring */
  double radius = 10 * 12 * (1 - 0.17 / 2), angle = G_PI * (1 + share);

  return pixel (picture, (int) (picture->width / 2.0 + radius * cos (angle)),
                (int) (12 + 120 + radius * sin (angle)));
}

static void
test_gauge_fill (void)
{
  PostureChartTheme theme = make_theme ();
  PostureChartItem item = { "Score", 0, 100, TRUE, 50, 50 };
  g_autoptr (PostureChart) chart = posture_chart_new_gauge (&item, NULL, NULL, 0);
  g_auto (Picture) picture = draw (chart, &theme, 400,
                                   (int) posture_chart_measure (chart, &theme, 400));

  g_assert_cmphex (ring_color (&picture, 0.02), ==, VALUE);
  g_assert_cmphex (ring_color (&picture, 0.47), ==, VALUE);
  g_assert_cmphex (ring_color (&picture, 0.53), ==, TRACK);
  g_assert_cmphex (ring_color (&picture, 0.98), ==, TRACK);
  g_assert_cmpuint (count (&picture, RANGE), ==, 0);
  g_assert_cmpuint (count (&picture, TARGET), ==, 0);
}

/* A scale that begins far below zero: -203 to 110, and -46.5 is half way. */
static void
test_gauge_negative (void)
{
  PostureChartTheme theme = make_theme ();
  PostureChartItem item = { "Score", -203, 110, TRUE, -46.5, 31.75, TRUE, 110 };
  g_autoptr (PostureChart) chart = posture_chart_new_gauge (&item, NULL, NULL, 0);
  g_autofree char *description = posture_chart_dup_description (chart);
  g_auto (Picture) picture = draw (chart, &theme, 400,
                                   (int) posture_chart_measure (chart, &theme, 400));

  g_assert_cmphex (ring_color (&picture, 0.47), ==, VALUE);
  g_assert_cmphex (ring_color (&picture, 0.78), ==, TRACK);
  g_assert_cmpuint (count (&picture, RANGE), >, 10);
  g_assert_cmpuint (count (&picture, TARGET), >, 10);
  g_assert_cmpstr (description, ==,
                   "Score: −46.5 to 31.8 on a scale from −203 to 110, with the target 110.");
}

static void
test_mirrored (void)
{
  PostureChartTheme theme = make_theme (), mirrored = make_theme ();
  PostureChartItem item = { "", 0, 100, TRUE, 25, 25 };
  g_autoptr (PostureChart) chart = posture_chart_new_gauge (&item, NULL, NULL, 0);
  int height = (int) posture_chart_measure (chart, &theme, 400);
  g_auto (Picture) plain = draw (chart, &theme, 400, height);
  g_auto (Picture) turned = { 0 };

  mirrored.mirrored = TRUE;
  turned = draw (chart, &mirrored, 400, height);
  for (double share = 0.02; share < 1; share += 0.06)
    g_assert_cmphex (ring_color (&plain, share), ==, ring_color (&turned, 1 - share));
  g_assert_cmphex (ring_color (&turned, 0.9), ==, VALUE);
}

/* What is open is stripes: both the range's colour and what is behind it. */
static void
test_bars_hatched (void)
{
  PostureChartTheme theme = make_theme ();
  PostureChartItem item = { "A", 0, 100, TRUE, 0, 100 };
  g_autoptr (PostureChart) chart = posture_chart_new_bars ("Bars", &item, 1);
  g_auto (Picture) picture = { 0 };
  guint stripes, behind;

  /* large enough for stripes with a core of the full colour */
  theme.font_size = 50;
  picture = draw (chart, &theme, 600, (int) posture_chart_measure (chart, &theme, 600));
  stripes = count (&picture, RANGE);
  behind = count (&picture, TRACK);
  g_assert_cmpuint (stripes, >, 100);
  g_assert_cmpuint (behind, >, 100);
}

static void
test_bars_grow (void)
{
  PostureChartTheme theme = make_theme ();
  PostureChartItem items[40];
  double before = 0;

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    items[i] = (PostureChartItem) { "Section", 0, 100, TRUE, i, i };
  for (guint n = 1; n <= G_N_ELEMENTS (items); n++)
    {
      g_autoptr (PostureChart) chart = posture_chart_new_bars ("Bars", items, n);
      double height = posture_chart_measure (chart, &theme, 300);

      g_assert_cmpfloat (height, >, before);
      before = height;
    }
}

static double
measure_depths (guint a,
                guint b,
                guint c)
{
  PostureChartTheme theme = make_theme ();
  PostureChartItem items[] = {
    { "A", 0, 100, TRUE, 5, 5, .depth = a },
    { "B", 0, 100, TRUE, 5, 5, .depth = b },
    { "C", 0, 100, TRUE, 5, 5, .depth = c },
  };
  g_autoptr (PostureChart) chart = posture_chart_new_bars ("Bars", items, G_N_ELEMENTS (items));

  return posture_chart_measure (chart, &theme, 300);
}

/* There is air before each group, but for the first one, which has nothing above. */
static void
test_bars_groups (void)
{
  double top = measure_depths (0, 0, 0), deep = measure_depths (1, 1, 1);

  g_assert_cmpfloat_with_epsilon (measure_depths (0, 1, 1), (top + 2 * deep) / 3, 0.01);
  g_assert_cmpfloat_with_epsilon (measure_depths (0, 0, 1), (2 * top + deep) / 3 + 6, 0.01);
  g_assert_cmpfloat_with_epsilon (measure_depths (0, 1, 0), (2 * top + deep) / 3 + 6, 0.01);
}

/* A chart can be shared; it lives until nobody has it any more. */
static void
test_shared (void)
{
  PostureChartItem item = { "A", 0, 100, TRUE, 5, 5 };
  PostureChart *chart = posture_chart_new_bars ("Bars", &item, 1);
  g_autoptr (PostureChart) other = posture_chart_ref (chart);
  g_autofree char *description = NULL;

  g_assert_true (other == chart);
  posture_chart_unref (chart);
  description = posture_chart_dup_description (other);
  g_assert_nonnull (strstr (description, "A: 5"));
}

/* A longer bar has more of the value's colour, in the proportion of the values. */
static void
test_bars_in_proportion (void)
{
  PostureChartTheme theme = make_theme ();
  PostureChartItem quarter = { "A", -3, 1, TRUE, -2, -2 }, whole = { "A", -3, 1, TRUE, 1, 1 };
  g_autoptr (PostureChart) short_bar = posture_chart_new_bars ("Bars", &quarter, 1);
  g_autoptr (PostureChart) long_bar = posture_chart_new_bars ("Bars", &whole, 1);
  g_auto (Picture) a = draw (short_bar, &theme, 600, 40);
  g_auto (Picture) b = draw (long_bar, &theme, 600, 40);

  g_assert_cmpfloat_with_epsilon ((double) count (&a, VALUE) / count (&b, VALUE), 0.25, 0.02);
}

static void
test_nothing_outside (void)
{
  static const int sizes[][2] = { { 600, 300 }, { 300, 600 }, { 360, 40 }, { 30, 20 }, { 1, 1 } };
  PostureChartTheme theme = make_theme ();
  g_autofree char *huge = g_strnfill (1000 * 1000, 'W');
  PostureChartItem items[] = {
    { huge, 0, 100, TRUE, 20, 120, TRUE, 200, 9, 5 },
    { "ניהול סיכונים", 0, 100, TRUE, -20, 50, TRUE, -1, 1, 7 },
    { "C", -5, 5, FALSE, 0, 0, FALSE, 0, 0, 6 },
    { "D", 0, 100, TRUE, 100, 100, TRUE, 100, 2, G_MAXINT32 },
  };

  for (guint kind = 0; kind < 4; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      for (gsize n = 1; n <= G_N_ELEMENTS (items); n++)
        {
          g_autoptr (PostureChart) chart = make_chart (kind, items, n);
          g_auto (Picture) picture = draw (chart, &theme, sizes[i][0], sizes[i][1]);

          theme.mirrored = !theme.mirrored;
          g_assert_cmpuint (count_ink (&picture, TRUE), ==, 0);
          if (sizes[i][0] > 1)
            g_assert_cmpuint (count_ink (&picture, FALSE), >, 20);
        }
}

static void
check_xml (const char *text)
{
  static const GMarkupParser parser = { 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, text, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
}

/* Everything a caller could hand in by mistake or in bad faith. */
/* One line of valid text of bearable length, in which nothing turns what stands around it. */
static void
assert_harmless (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strpbrk (text, "\n\r\x1b"));
  g_assert_null (strstr (text, "\xe2\x80\xae"));
  g_assert_null (strstr (text, "\xe2\x80\xa8"));
  g_assert_cmpuint (strlen (text), <, 20000);
}

static void
test_strange_input (void)
{
  PostureChartTheme theme = make_theme ();
  g_autofree char *word = g_strnfill (1000000, 'w');
  const PostureChartItem strange[] = {
    { word, 0, 100, TRUE, 1, 2 },
    { NULL, 0, 0, TRUE, 0, 0, TRUE, 0 },
    { "\xff\xfe", 10, -10, TRUE, 5, -5, TRUE, 0 },
    { "a\nb\xe2\x80\xa8" "c", NAN, 1, TRUE, 0, 1 },
    { "infinite", 0, 1, TRUE, -INFINITY, INFINITY, TRUE, NAN },
    { "huge", -1e300, 1e300, TRUE, 1e299, 1e299 },
    { "<script>alert(1)</script>\"'&", 0, 100, TRUE, 1, 2 },
    { "\xe2\x80\xae" "turned", 0, 100, TRUE, 1, 2, FALSE, 0, G_MAXUINT, G_MININT64 },
  };

  for (guint kind = 0; kind < 4; kind++)
    for (gsize from = 0; from <= G_N_ELEMENTS (strange); from++)
      {
        gsize n = G_N_ELEMENTS (strange) - from;
        g_autoptr (PostureChart) chart = make_chart (kind, strange + from, n);
        g_autoptr (GPtrArray) table = posture_chart_dup_table (chart);
        g_autofree char *svg = posture_chart_to_svg (chart, 400, &theme);
        g_autofree char *description = posture_chart_dup_description (chart);
        g_auto (Picture) picture = draw (chart, &theme, 300, 200);

        g_assert_cmpuint (count_ink (&picture, TRUE), ==, 0);
        assert_harmless (description);
        for (guint row = 0; row < table->len; row++)
          for (char **cell = g_ptr_array_index (table, row); *cell != NULL; cell++)
            assert_harmless (*cell);
        check_xml (svg);
        g_assert_null (strstr (svg, "<script"));
        g_assert_null (strstr (svg, "nan"));
        g_assert_null (strstr (svg, "inf "));
        g_assert_null (strstr (svg, "\xe2\x80\xae"));
        g_assert_cmpuint (table->len, ==, 1 + (kind == 0 ? 1 : n));
      }
}

/* A curve has three points, and a line one: each number stands apart. */
static void
test_svg_steps (void)
{
  PostureChartTheme theme = make_theme ();
  const PostureChartItem score = { "Score", 0, 100, TRUE, 55, 80, TRUE, 90 };
  g_autoptr (PostureChart) chart = posture_chart_new_gauge (&score, NULL, NULL, 0);
  g_autofree char *svg = posture_chart_to_svg (chart, 400, &theme);
  g_auto (GStrv) paths = g_strsplit (svg, "<path d=\"", -1);
  guint n_curves = 0;

  for (guint i = 1; paths[i] != NULL; i++)
    {
      *strchr (paths[i], '"') = '\0';
      g_assert_true (g_regex_match_simple ("^(Z|[ML]" POINT "|C" POINT " " POINT " " POINT ")+$", paths[i], 0, 0));
      n_curves += strchr (paths[i], 'C') != NULL;
    }
  g_assert_cmpuint (n_curves, >, 0);
}

/* In SVG text is text, and nothing has a name that could clash with another chart's. */
static void
test_svg (void)
{
  PostureChartTheme theme = make_theme ();
  PostureChartItem items[] = {
    { "Accounts & keys", 0, 100, TRUE, 55, 80, TRUE, 90 },
    { "ניהול", 0, 100, TRUE, 10, 10 },
  };
  g_autoptr (PostureChart) chart = posture_chart_new_bars ("Sections", items, 2);
  g_autofree char *svg = posture_chart_to_svg (chart, 600, &theme);

  check_xml (svg);
  g_assert_nonnull (strstr (svg, ">Accounts &amp; keys</text>"));
  g_assert_nonnull (strstr (svg, ">55 to 80</text>"));
  g_assert_nonnull (strstr (svg, "role=\"img\""));
  g_assert_nonnull (strstr (svg, "<title>Sections: lowest is “ניהול” with 10"));
  g_assert_nonnull (strstr (svg, "direction=\"rtl\""));
  g_assert_null (strstr (svg, " id="));
  g_assert_null (strstr (svg, "<style"));
}

/* In a chart as narrow as a telephone has them no word of a name is broken. */
static void
test_long_words (void)
{
  static const char *const names[] = { "Steuern", "Identifizieren", "Schützen", "Erkennen", "Reagieren",
                                       "Wiederherstellen" };
  PostureChartTheme theme = make_theme ();
  PostureChartItem items[G_N_ELEMENTS (names)] = { 0 };
  g_autoptr (PostureChart) chart = NULL;
  g_autofree char *svg = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    items[i] = (PostureChartItem) { names[i], 0, 4, TRUE, 2, 2 };
  chart = posture_chart_new_radar ("Sections", items, G_N_ELEMENTS (names));
  svg = posture_chart_to_svg (chart, 300, &theme);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf (">%s</text>", names[i]);

      g_test_message ("looking for “%s”", names[i]);
      g_assert_nonnull (strstr (svg, text));
    }
}

/* The steps of the path that PAINT, the attributes after them, draws. */
static char *
dup_path (PostureChart *chart,
          const char   *paint)
{
  PostureChartTheme theme = make_theme ();
  g_autofree char *svg = posture_chart_to_svg (chart, 400, &theme);
  g_autofree char *ending = g_strconcat ("\" ", paint, NULL);
  const char *end = strstr (svg, ending);
  const char *start;

  g_assert_nonnull (end);
  start = g_strrstr_len (svg, end - svg, "<path d=\"");
  g_assert_nonnull (start);
  return g_strndup (start, (gsize) (end - start));
}

/* The steps of the line in COLOUR, such as "#ff0000". */
static char *
dup_line (PostureChart *chart,
          const char   *colour)
{
  g_autofree char *paint = g_strdup_printf ("fill=\"none\" stroke=\"%s\"", colour);

  return dup_path (chart, paint);
}

static guint
count_letter (const char *text,
              char        letter)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == letter;
  return n;
}

/* What is certain, what may still come and where one wants to be are each a closed line; what is
 * certain is filled as well. */
static void
test_radar_lines (void)
{
  const char *colours[] = { VALUE_COLOUR, RANGE_COLOUR, TARGET_COLOUR };
  PostureChartItem items[5];
  g_autoptr (PostureChart) chart = NULL;
  g_autofree char *certain = NULL, *area = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    items[i] = (PostureChartItem) { "A", 0, 3, TRUE, 1, 1.5, TRUE, 2, 0, 0 };
  chart = posture_chart_new_radar ("Sections", items, G_N_ELEMENTS (items));
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      g_autofree char *line = dup_line (chart, colours[i]);

      g_assert_cmpuint (count_letter (line, 'L'), ==, 4);
      g_assert_cmpuint (count_letter (line, 'Z'), ==, 1);
      for (guint j = 0; j < i; j++)
        {
          g_autofree char *other = dup_line (chart, colours[j]);

          g_assert_cmpstr (line, !=, other);
        }
    }
  certain = dup_line (chart, VALUE_COLOUR);
  area = dup_path (chart, "fill=\"" VALUE_COLOUR "\" fill-opacity=");
  g_assert_cmpstr (area, ==, certain);
}

/* A line is closed; where a value is missing it has a gap, and does not run to the least value. */
static void
test_radar_gap (void)
{
  PostureChartItem items[5];
  g_autoptr (PostureChart) whole = NULL, two = NULL, none = NULL;
  g_autofree char *closed = NULL, *line = NULL, *points = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    items[i] = (PostureChartItem) { "A", 0, 3, TRUE, 1, 1, TRUE, 2, 0, 0 };
  whole = posture_chart_new_radar ("Sections", items, G_N_ELEMENTS (items));
  closed = dup_line (whole, TARGET_COLOUR);
  g_assert_cmpuint (count_letter (closed, 'L'), ==, 4);
  g_assert_cmpuint (count_letter (closed, 'Z'), ==, 1);
  items[1].has_target = FALSE;
  two = posture_chart_new_radar ("Sections", items, G_N_ELEMENTS (items));
  line = dup_line (two, TARGET_COLOUR);
  g_assert_cmpuint (count_letter (line, 'M'), ==, 1);
  g_assert_cmpuint (count_letter (line, 'L'), ==, 3);
  g_assert_cmpuint (count_letter (line, 'Z'), ==, 0);
  items[3].has_target = FALSE;
  none = posture_chart_new_radar ("Sections", items, G_N_ELEMENTS (items));
  points = dup_line (none, TARGET_COLOUR);
  g_assert_cmpuint (count_letter (points, 'M'), ==, 2);
  g_assert_cmpuint (count_letter (points, 'L'), ==, 1);
}

static void
test_description (void)
{
  PostureChartItem one = { "Score", 0, 100, TRUE, 92.5, 92.5 }, none = { "Score", 0, 100 };
  PostureChartItem halves = { "Score", -3, 3, TRUE, -1.005, 1.125 };
  PostureChartItem several[] = {
    { "A", 0, 3, TRUE, 0.5, 1, TRUE, 2, 0, 0 },
    { "B", 0, 3, TRUE, 2.25, 2.25, TRUE, 2, 0, 1 },
    { "C", 0, 3, FALSE, 0, 0, TRUE, 2, 0, 2 },
  };
  struct
  {
    PostureChart *chart;
    const char *text;
  } cases[] = {
    { posture_chart_new_gauge (&one, NULL, NULL, 0), "Score: 92.5 on a scale from 0 to 100." },
    { posture_chart_new_gauge (&one, "Safe", NULL, 0), "Score: 92.5 on a scale from 0 to 100 (Safe)." },
    { posture_chart_new_gauge (&halves, NULL, NULL, 0), "Score: −1.01 to 1.13 on a scale from −3 to 3." },
    { posture_chart_new_gauge (&none, NULL, NULL, 0), "Score: no number." },
    { posture_chart_new_bars ("Sections", NULL, 0), "Sections: no number." },
    { posture_chart_new_bars ("Sections", several, 3),
      "Sections: lowest is “A” with 0.5 to 1, highest “B” with 2.25; below target: 1." },
    { posture_chart_new_radar ("Functions", several + 1, 2),
      "Functions: lowest is “B” with 2.25, highest “B” with 2.25." },
    { posture_chart_new_trend ("Trend", several, 2), "Trend: from 0.5 to 1 (A) to 2.25 (B)." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = posture_chart_dup_description (cases[i].chart);

      g_assert_cmpstr (text, ==, cases[i].text);
      posture_chart_unref (cases[i].chart);
    }
}

static void
test_table (void)
{
  PostureChartItem items[] = {
    { "A", 0, 3, TRUE, 0.5, 1, TRUE, 2 },
    { "B", -20, 0, FALSE, 0, 0 },
  };
  g_autoptr (PostureChart) chart = posture_chart_new_bars ("Sections", items, 2);
  g_autoptr (GPtrArray) table = posture_chart_dup_table (chart);
  const char *const rows[][5] = {
    { "Name", "Value", "Target", "Scale", NULL },
    { "A", "0.5 to 1", "2", "0 to 3", NULL },
    { "B", "–", "–", "−20 to 0", NULL },
  };

  g_assert_cmpuint (table->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (g_strv_equal (g_ptr_array_index (table, i), (const char *const *) rows[i]));
}

static const char *
translate (const char *text,
           gpointer    data)
{
  if (strcmp (text, "%s to %s") == 0)
    return "%s bis %s";
  if (strcmp (text, "%s: %s on a scale from %s to %s.") == 0)
    return "%s: %s auf einer Skala von %s bis %s.";
  return text;
}

/* A language that the program does not speak. */
static void
test_language (void)
{
  PostureChartLanguage german = { translate, NULL, "," };
  PostureChartItem item = { "Stand", -1.5, 3, TRUE, 0.25, 1.75 };
  g_autoptr (PostureChart) chart = posture_chart_new_gauge (&item, NULL, NULL, 0);
  g_autofree char *text = NULL;

  posture_chart_set_language (chart, &german);
  text = posture_chart_dup_description (chart);
  g_assert_cmpstr (text, ==, "Stand: 0,25 bis 1,75 auf einer Skala von −1,5 bis 3.");
}

/* A trend has a gap where there is no value, and keeps to time. */
static void
test_trend_by_time (void)
{
  PostureChartTheme theme = make_theme ();
  PostureChartItem items[] = {
    { "a", 0, 100, TRUE, 50, 50, FALSE, 0, 0, 0 },
    { "b", 0, 100, TRUE, 50, 50, FALSE, 0, 0, 10 },
    { "c", 0, 100, FALSE, 0, 0, FALSE, 0, 0, 60 },
    { "d", 0, 100, TRUE, 50, 50, FALSE, 0, 0, 100 },
  };
  g_autoptr (PostureChart) chart = posture_chart_new_trend ("Trend", items, 4);
  g_auto (Picture) picture = draw (chart, &theme, 400, 200);
  guint early = 0, late = 0;

  for (int x = 0; x < 400; x++)
    for (int y = 0; y < 200; y++)
      if (pixel (&picture, x, y) == VALUE)
        *(x < 200 ? &early : &late) += 1;
  /* a tenth of the width with a line and two dots, and one dot */
  g_assert_cmpuint (early, >, 2 * late);
  g_assert_cmpuint (late, >, 5);
  for (int x = 120; x < 300; x++)
    for (int y = 0; y < 200; y++)
      g_assert_cmphex (pixel (&picture, x, y), !=, VALUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/chart/gauge/fill", test_gauge_fill);
  g_test_add_func ("/chart/gauge/negative", test_gauge_negative);
  g_test_add_func ("/chart/mirrored", test_mirrored);
  g_test_add_func ("/chart/bars/hatched", test_bars_hatched);
  g_test_add_func ("/chart/bars/grow", test_bars_grow);
  g_test_add_func ("/chart/bars/groups", test_bars_groups);
  g_test_add_func ("/chart/shared", test_shared);
  g_test_add_func ("/chart/bars/in-proportion", test_bars_in_proportion);
  g_test_add_func ("/chart/radar/lines", test_radar_lines);
  g_test_add_func ("/chart/radar/gap", test_radar_gap);
  g_test_add_func ("/chart/trend/by-time", test_trend_by_time);
  g_test_add_func ("/chart/nothing-outside", test_nothing_outside);
  g_test_add_func ("/chart/strange-input", test_strange_input);
  g_test_add_func ("/chart/svg", test_svg);
  g_test_add_func ("/chart/svg/steps", test_svg_steps);
  g_test_add_func ("/chart/long-words", test_long_words);
  g_test_add_func ("/chart/description", test_description);
  g_test_add_func ("/chart/table", test_table);
  g_test_add_func ("/chart/language", test_language);

  return g_test_run ();
}
