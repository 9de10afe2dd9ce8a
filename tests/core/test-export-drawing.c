/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "expected.h"
#include "export/pdf-private.h"

#include <math.h>
#include <string.h>

/* What is drawn of a small document, pixel by pixel: the text of each box stands where the box is and nowhere
 * else, rules go over the width of the text, and nothing is in the margins but the frame. No font matters. */

/* Pixels a point, so that a thin line has one of its own colour. */
#define SCALE 4

typedef struct
{
  PostureExportWords *words;
  PostureExportRun run;
  PostureDocument *document;
  PosturePdf pdf;
  cairo_surface_t *surface;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->words = posture_export_words_new ("en");
  self->run = (PostureExportRun) { NULL, self->words, NULL, NULL, NULL };
  self->document = posture_document_new ("Workshop", "Essentials");
  self->document->language = g_strdup ("en");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  posture_pdf_clear (&self->pdf);
  cairo_surface_destroy (self->surface);
  posture_document_free (self->document);
  posture_export_words_free (self->words);
}

/* Draws the document; all of its pages lie over one another. */
static void
draw (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  posture_pdf_init (&self->pdf, &self->run, self->document);
  g_assert_true (posture_pdf_set_blocks (&self->pdf, &error));
  posture_pdf_make_pages (&self->pdf);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (POSTURE_PAGE_WIDTH * SCALE),
                                              (int) ceil (POSTURE_PAGE_HEIGHT * SCALE));
  cairo_surface_set_device_scale (self->surface, SCALE, SCALE);
  g_assert_true (posture_pdf_draw (&self->pdf, self->surface, &error));
  g_assert_no_error (error);
  g_assert_cmpint (cairo_surface_status (self->surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_flush (self->surface);
}

static guint32
pixel (Fixture *self,
       int      x,
       int      y)
{
  const guchar *data = cairo_image_surface_get_data (self->surface);
  guint32 value;

  memcpy (&value, data + (gsize) y * (gsize) cairo_image_surface_get_stride (self->surface) + (gsize) x * 4, 4);
  return value;
}

static gboolean
is_of (guint32                  pixel,
       const PostureChartColor *color)
{
  const int wanted[] = { (int) lround (color->blue * 255), (int) lround (color->green * 255),
                         (int) lround (color->red * 255), 255 };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (ABS ((int) (pixel >> 8 * i & 0xff) - wanted[i]) > 2)
      return FALSE;
  return TRUE;
}

/* How much is drawn in a part of the page, of a colour or of any, and from where to where. */
typedef struct
{
  guint n;
  double left;
  double right;
} Ink;

static Ink
find_ink (Fixture                 *self,
          const PostureChartColor *color,
          double                   x,
          double                   y,
          double                   width,
          double                   height)
{
  Ink ink = { 0, INFINITY, -INFINITY };
  int right = MIN ((int) ceil ((x + width) * SCALE), cairo_image_surface_get_width (self->surface));
  int bottom = MIN ((int) ceil ((y + height) * SCALE), cairo_image_surface_get_height (self->surface));

  for (int row = (int) (y * SCALE); row < bottom; row++)
    for (int column = (int) (x * SCALE); column < right; column++)
      if (color != NULL ? is_of (pixel (self, column, row), color) : pixel (self, column, row) != 0)
        {
          ink.n++;
          ink.left = MIN (ink.left, (double) column / SCALE);
          ink.right = MAX (ink.right, (double) (column + 1) / SCALE);
        }
  return ink;
}

/* Text of a part has its colour, and stands where its layout says. */
static void
check_part (Fixture          *self,
            const PostureBox *box,
            guint             index)
{
  const PosturePart *part = &g_array_index (box->parts, PosturePart, index);
  PangoRectangle extents;
  double x = POSTURE_PAGE_SIDE + part->x, y = POSTURE_PAGE_TOP + box->y + part->y;
  Ink ink;

  if (part->line < 0)
    pango_layout_get_extents (part->layout, &extents, NULL);
  else
    pango_layout_line_get_extents (pango_layout_get_line_readonly (part->layout, part->line), &extents, NULL);
  x += (double) extents.x / PANGO_SCALE;
  y += (double) extents.y / PANGO_SCALE;
  g_test_message ("“%s”", pango_layout_get_text (part->layout));
  ink = find_ink (self, part->color, x - 1, y - 1, (double) extents.width / PANGO_SCALE + 2,
                  (double) extents.height / PANGO_SCALE + 2);
  g_assert_cmpuint (ink.n, >, 20);
  g_assert_cmpfloat_with_epsilon (ink.left, x, 1.5);
  g_assert_cmpfloat_with_epsilon (ink.right, x + (double) extents.width / PANGO_SCALE, 1.5);
}

/* A chapter's rule above it, a row's below it. */
static void
check_rule (Fixture          *self,
            const PostureBox *box)
{
  gboolean row = box->parts->len > 0;
  double y = POSTURE_PAGE_TOP + box->y + (row ? box->height : 0.5), half = row ? 0.75 / 2 : 1.25 / 2;
  const PostureChartColor *color = row ? &self->pdf.theme.track : &self->pdf.theme.value;
  Ink ink = find_ink (self, color, 0, y - 2, POSTURE_PAGE_WIDTH, 4);
  Ink outside = find_ink (self, color, 0, y + half + 0.5, POSTURE_PAGE_WIDTH, 0.5);

  g_assert_cmpfloat_with_epsilon (ink.left, POSTURE_PAGE_SIDE, 0.3);
  g_assert_cmpfloat_with_epsilon (ink.right, POSTURE_PAGE_WIDTH - POSTURE_PAGE_SIDE, 0.5);
  g_assert_cmpuint (ink.n, >=, (guint) (POSTURE_TEXT_WIDTH * SCALE));
  g_assert_cmpuint (ink.n, <=, (guint) (POSTURE_TEXT_WIDTH * SCALE * (2 * half * SCALE + 1)));
  g_assert_cmpuint (outside.n, ==, 0);
}

/* Nothing is in the margins but the number of the page, and the title above all pages but the first. */
static void
check_margins (Fixture *self)
{
  const double bottom = POSTURE_PAGE_HEIGHT - POSTURE_PAGE_BOTTOM;
  Ink head = find_ink (self, NULL, 0, 0, POSTURE_PAGE_WIDTH, POSTURE_PAGE_TOP - 2);
  Ink foot = find_ink (self, NULL, 0, bottom + 2, POSTURE_PAGE_WIDTH, POSTURE_PAGE_BOTTOM);
  Ink number = find_ink (self, &self->pdf.theme.dim, 0, POSTURE_PAGE_HEIGHT - 41, POSTURE_PAGE_WIDTH, 14);

  g_assert_cmpuint (find_ink (self, NULL, 0, 0, POSTURE_PAGE_SIDE - 1, POSTURE_PAGE_HEIGHT).n, ==, 0);
  g_assert_cmpuint (find_ink (self, NULL, POSTURE_PAGE_WIDTH - POSTURE_PAGE_SIDE + 1, 0, POSTURE_PAGE_SIDE,
                              POSTURE_PAGE_HEIGHT).n, ==, 0);
  g_assert_cmpuint (number.n, >, 20);
  g_assert_cmpfloat_with_epsilon (number.right, POSTURE_PAGE_WIDTH - POSTURE_PAGE_SIDE, 1.5);
  g_assert_cmpfloat (foot.left, >, POSTURE_PAGE_WIDTH / 2);
  if (self->pdf.n_pages == 1)
    g_assert_cmpuint (head.n, ==, 0);
  else
    {
      Ink title = find_ink (self, &self->pdf.theme.dim, 0, 35, POSTURE_PAGE_WIDTH, 14);

      g_assert_cmpuint (title.n, >, 20);
      g_assert_cmpfloat_with_epsilon (title.left, POSTURE_PAGE_SIDE, 1.5);
      g_assert_cmpfloat (title.right, <, POSTURE_PAGE_WIDTH / 2);
      g_assert_cmpuint (find_ink (self, NULL, 0, 0, POSTURE_PAGE_WIDTH, 34).n, ==, 0);
    }
}

static void
add_table (PostureDocument *document)
{
  static const double widths[] = { 3, 1 };
  PostureBlock *table = posture_document_add_table (document, G_N_ELEMENTS (widths), widths, 1 << 1);

  for (guint i = 0; i < 3; i++)
    {
      posture_block_add_row (table);
      posture_block_add_cell (table, i == 0 ? "What" : "Thing", i == 0 ? NULL : "place");
      posture_block_add_cell (table, i == 0 ? "Many" : "12", NULL);
    }
}

/* What a box is, without what depends on a font. */
static void
append_box (GString          *text,
            Fixture          *self,
            const PostureBox *box)
{
  const PostureChartTheme *theme = &self->pdf.theme;

  g_string_append (text, box->space ? "air" : box->chart != NULL ? "chart" : box->rule ? "rule" : "box");
  if (box->parts->len == 0 && box->chart == NULL)
    g_string_append_printf (text, " %.1f", box->height);
  g_string_append_printf (text, "%s %s%s%s", box->keep ? " keep" : "", box->tag != NULL ? box->tag : "–",
                          box->opens ? " opens" : "", box->closes ? " closes" : "");
  if (box->anchor != NULL)
    g_string_append_printf (text, " #%s %s %u", box->anchor, box->title, box->level);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < box->parts->len; i++)
    {
      const PosturePart *part = &g_array_index (box->parts, PosturePart, i);
      const PangoFontDescription *font = pango_layout_get_font_description (part->layout);

      g_string_append_printf (text, "  %s, %d of %d, at %.1f, size %.1f, weight %d, %s, to %s, as %s\n",
                              pango_layout_get_text (part->layout), part->line,
                              pango_layout_get_line_count (part->layout), part->x,
                              (double) pango_font_description_get_size (font) / PANGO_SCALE,
                              (int) pango_font_description_get_weight (font),
                              part->color == &theme->dim ? "dim" : part->color == &theme->value ? "value" : "plain",
                              part->target != NULL ? part->target : "–", part->tag != NULL ? part->tag : "–");
    }
}

static void
check_boxes (Fixture *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->pdf.boxes->len; i++)
    append_box (text, self, g_ptr_array_index (self->pdf.boxes, i));
  expected_compare ("boxes.txt", text->str);
}

static void
test_page (Fixture      *self,
           gconstpointer data)
{
  static const PostureChartItem item = { "Alpha", 0, 100, TRUE, 50, 50 };
  const PostureBox *chart = NULL;
  guint n_rules = 0;
  PostureBlock *block;

  block = posture_document_add_facts (self->document);
  posture_block_add_pair (block, "Submitted", "today", FALSE);
  posture_block_add_pair (block, "Report", "cafe", TRUE);
  posture_document_add_heading (self->document, 1, "place", "Result");
  posture_document_add_paragraph (self->document, POSTURE_TEXT_LEAD, "Much is in place.");
  posture_document_add_heading (self->document, 2, "steps", "Steps");
  add_table (self->document);
  posture_document_add_heading (self->document, 3, "sub", "Sections");
  posture_document_add_chart (self->document, posture_chart_new_bars ("Sections", &item, 1));
  block = posture_document_add_entry (self->document, "one", "1", "Backups", "high");
  posture_block_add_pair (block, "Answer", "No", FALSE);
  posture_document_add_paragraph (self->document, POSTURE_TEXT_DIM, "Made with care.");
  draw (self);
  g_assert_cmpuint (self->pdf.n_pages, ==, 1);
  check_boxes (self);
  for (guint i = 0; i < self->pdf.boxes->len; i++)
    {
      const PostureBox *box = g_ptr_array_index (self->pdf.boxes, i);

      for (guint k = 0; k < box->parts->len; k++)
        check_part (self, box, k);
      if (box->rule)
        check_rule (self, box);
      n_rules += box->rule;
      if (box->chart != NULL)
        chart = box;
      else if (box->space && box->y > 0 && !box->rule)
        g_assert_cmpuint (find_ink (self, &self->pdf.theme.foreground, POSTURE_PAGE_SIDE,
                                    POSTURE_PAGE_TOP + box->y + 0.5, POSTURE_TEXT_WIDTH, box->height - 1).n, ==, 0);
    }
  g_assert_cmpuint (n_rules, ==, 4);
  g_assert_nonnull (chart);
  g_assert_cmpuint (find_ink (self, &self->pdf.theme.value, POSTURE_PAGE_SIDE, POSTURE_PAGE_TOP + chart->y,
                              POSTURE_TEXT_WIDTH, chart->height).n, >, 1000);
  g_assert_cmpuint (find_ink (self, &self->pdf.theme.foreground, POSTURE_PAGE_SIDE, POSTURE_PAGE_TOP + chart->y,
                              POSTURE_TEXT_WIDTH, chart->height).n, >, 20);
  check_margins (self);
}

static void
test_more_pages (Fixture      *self,
                 gconstpointer data)
{
  for (guint i = 0; i < 100; i++)
    posture_document_add_paragraph (self->document, POSTURE_TEXT_PLAIN, "A paragraph.");
  draw (self);
  g_assert_cmpuint (self->pdf.n_pages, >, 1);
  check_margins (self);
}

/* Where boxes are when only so much is left of a page. */
typedef struct
{
  double height;
  gboolean keep;
  gboolean space;
  guint page;
  double y;
} Place;

#define END POSTURE_TEXT_HEIGHT

static void
test_pages (Fixture      *self,
            gconstpointer data)
{
  static const Place cases[][5] = {
    /* what fits to the last point stays, what does not begins a page */
    { { 512, FALSE, FALSE, 0, 0 }, { END - 512, FALSE, FALSE, 0, 512 }, { 1, FALSE, FALSE, 1, 0 } },
    { { 512, FALSE, FALSE, 0, 0 }, { END - 511, FALSE, FALSE, 1, 0 }, { 1, FALSE, FALSE, 1, END - 511 } },
    /* a group goes with its last one, to the last point of a page */
    { { 20, FALSE, FALSE, 0, 0 }, { 512, TRUE, FALSE, 1, 0 }, { END - 512, FALSE, FALSE, 1, 512 } },
    { { 20, FALSE, FALSE, 0, 0 }, { 10, TRUE, FALSE, 0, 20 }, { END - 31, FALSE, FALSE, 0, 30 } },
    /* one that is larger than a page is divided where it has to be */
    { { 20, FALSE, FALSE, 0, 0 }, { 10, TRUE, FALSE, 0, 20 }, { END - 9, FALSE, FALSE, 1, 0 } },
    /* air takes no room at the beginning of a page, and in what has to be divided it stays behind */
    { { END - 10, FALSE, FALSE, 0, 0 }, { 20, FALSE, TRUE, 1, 0 }, { 5, FALSE, FALSE, 1, 0 } },
    { { END - 30, FALSE, FALSE, 0, 0 }, { 20, TRUE, FALSE, 0, END - 30 }, { 20, TRUE, TRUE, 0, END - 10 },
      { END, FALSE, FALSE, 1, 0 } },
    { { 20, FALSE, TRUE, 0, 0 }, { 5, FALSE, FALSE, 0, 0 }, { 5, FALSE, FALSE, 0, 5 } },
    /* one larger than a page stands alone, at its beginning */
    { { END + 10, FALSE, FALSE, 0, 0 }, { 5, FALSE, FALSE, 1, 0 } },
  };

  self->surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint last = 0;

      g_test_message ("case %u", i);
      posture_pdf_init (&self->pdf, &self->run, self->document);
      for (guint k = 0; cases[i][k].height > 0; k++)
        {
          PostureBox *box = posture_pdf_add_box (&self->pdf, cases[i][k].height);

          box->keep = cases[i][k].keep;
          box->space = cases[i][k].space;
        }
      posture_pdf_make_pages (&self->pdf);
      for (guint k = 0; cases[i][k].height > 0; k++)
        {
          const PostureBox *box = g_ptr_array_index (self->pdf.boxes, k);

          g_assert_cmpuint (box->page, ==, cases[i][k].page);
          g_assert_cmpfloat_with_epsilon (box->y, cases[i][k].y, 0.001);
          last = box->page;
        }
      g_assert_cmpuint (self->pdf.n_pages, ==, last + 1);
      posture_pdf_clear (&self->pdf);
    }
}

static const PostureBox *
box_at (Fixture *self,
        guint    i)
{
  return g_ptr_array_index (self->pdf.boxes, i);
}

/* A heading stands with what is below it, and a paragraph right below one with what follows that. */
static void
test_keep (Fixture      *self,
           gconstpointer data)
{
  guint first = 0;

  posture_document_add_heading (self->document, 2, "a", "Heading");
  posture_document_add_paragraph (self->document, POSTURE_TEXT_PLAIN, "Lead.");
  posture_document_add_paragraph (self->document, POSTURE_TEXT_PLAIN, "More.");
  posture_document_add_paragraph (self->document, POSTURE_TEXT_PLAIN, "Last.");
  draw (self);
  while (box_at (self, first)->anchor == NULL)
    first++;
  /* the heading, air, the lead, air, the paragraph, air */
  g_assert_cmpuint (self->pdf.boxes->len, ==, first + 8);
  for (guint i = 0; i < 8; i++)
    {
      g_assert_cmpint (box_at (self, first + i)->keep, ==, i < 4);
      g_assert_cmpint (box_at (self, first + i)->space, ==, i % 2 == 1);
    }
}

/* Of a long paragraph neither the first line nor the last stands alone. */
static void
test_lines (Fixture      *self,
            gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *kept;
  } cases[] = {
    { "a", "0" },
    { "a\nb", "10" },
    { "a\nb\nc", "110" },
    { "a\nb\nc\nd", "1010" },
    { "a\nb\nc\nd\ne", "10010" },
  };

  self->surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      posture_pdf_init (&self->pdf, &self->run, self->document);
      g_assert_cmpuint (posture_pdf_add_text (&self->pdf, cases[i].text, 10, FALSE, 0, &self->pdf.theme.dim, "P"), ==, 0);
      g_assert_cmpuint (self->pdf.boxes->len, ==, strlen (cases[i].kept));
      for (guint k = 0; k < self->pdf.boxes->len; k++)
        {
          g_assert_cmpint (box_at (self, k)->keep, ==, cases[i].kept[k] == '1');
          g_assert_cmpint (box_at (self, k)->opens, ==, k == 0);
          g_assert_cmpint (box_at (self, k)->closes, ==, k + 1 == self->pdf.boxes->len);
          g_assert_cmpstr (box_at (self, k)->tag, ==, "P");
        }
      posture_pdf_clear (&self->pdf);
    }
}

#define ADD(name, func) g_test_add ("/export-drawing/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("page", test_page);
  ADD ("more-pages", test_more_pages);
  ADD ("pages", test_pages);
  ADD ("keep", test_keep);
  ADD ("lines", test_lines);
  return g_test_run ();
}
