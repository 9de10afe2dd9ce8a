/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/pdf-private.h"

#include <string.h>

/* A cell is a glance at what stands in full elsewhere. */
#define MAX_CELL_LINES 6
/* Entries and facts that take no more than this part of a page are not divided; facts are the end of their chapter. */
#define WHOLE_ENTRY 0.5
#define WHOLE_FACTS 0.8
/* Characters of a heading in the outline. */
#define MAX_TITLE 200
#define INDENT 56.0
#define LABEL_WIDTH 84.0
#define TEXT_SIZE 9.5

/* Adds a paragraph, and gives its last box. */
static PostureBox *
add_paragraph (PosturePdf              *self,
               const char              *text,
               double                   size,
               gboolean                 bold,
               double                   x,
               const PostureChartColor *color,
               const char              *tag)
{
  posture_pdf_add_text (self, text, size, bold, x, color, tag);
  return g_ptr_array_index (self->boxes, self->boxes->len - 1);
}

/* Keeps all boxes from one on together with the next. */
static void
keep_from (PosturePdf *self,
           guint       first)
{
  for (guint i = first; i < self->boxes->len; i++)
    ((PostureBox *) g_ptr_array_index (self->boxes, i))->keep = TRUE;
}

static void
add_heading (PosturePdf         *self,
             const PostureBlock *block)
{
  static const double sizes[] = { 17, 12.5, 10.5 };
  static const double above[] = { 26, 16, 11 };
  static const char *const tags[] = { "H2", "H3", "H4" };
  guint level = CLAMP (block->level, 1, 3) - 1;
  guint first;
  PostureBox *box;

  posture_pdf_add_space (self, above[level]);
  if (level == 0)
    {
      box = posture_pdf_add_box (self, 9);
      box->rule = TRUE;
      box->keep = TRUE;
    }
  first = self->boxes->len;
  add_paragraph (self, block->text, sizes[level], TRUE, 0,
                 level == 2 ? &self->theme.dim : &self->theme.foreground, tags[level]);
  box = g_ptr_array_index (self->boxes, first);
  box->anchor = g_strdup (block->anchor);
  box->title = g_utf8_substring (block->text, 0, MIN (g_utf8_strlen (block->text, -1), MAX_TITLE));
  box->level = block->level;
  keep_from (self, first);
  posture_pdf_add_space (self, level == 0 ? 6 : 4);
}

static PangoLayout *
get_label (PosturePdf *self,
           const char *text)
{
  PangoLayout *label = g_hash_table_lookup (self->labels, text);

  if (label == NULL)
    {
      label = posture_pdf_new_layout (self, text, TEXT_SIZE, FALSE, LABEL_WIDTH - 8);
      g_hash_table_insert (self->labels, g_strdup (text), label);
    }
  return label;
}

/* The label beside the first line of its text. */
static void
add_pair (PosturePdf        *self,
          const PosturePair *pair,
          double             x)
{
  PangoLayout *label = get_label (self, pair->label);
  guint first;
  PostureBox *box;
  double left = x + LABEL_WIDTH;

  /* a long label gets lines of its own */
  if (pango_layout_get_line_count (label) > 2)
    {
      add_paragraph (self, pair->label, TEXT_SIZE, FALSE, x, &self->theme.dim, "P");
      ((PostureBox *) g_ptr_array_index (self->boxes, self->boxes->len - 1))->keep = TRUE;
      label = NULL;
      left = x;
    }
  first = posture_pdf_add_text (self, pair->text, TEXT_SIZE, FALSE, left,
                                pair->dim ? &self->theme.dim : &self->theme.foreground, "P");
  if (label != NULL)
    {
      box = g_ptr_array_index (self->boxes, first);
      /* its second line stands beside the second of the text, or makes room */
      if (pango_layout_get_line_count (label) > 1 && first + 1 == self->boxes->len)
        {
          box->keep = TRUE;
          posture_pdf_add_box (self, box->height);
        }
      posture_box_add_label (box, label, x, &self->theme.dim);
    }
  posture_pdf_add_space (self, 3);
}

static void
add_pairs (PosturePdf *self,
           GPtrArray  *pairs,
           double      x)
{
  for (guint i = 0; i < pairs->len; i++)
    add_pair (self, g_ptr_array_index (pairs, i), x);
}

static void
add_chart (PosturePdf   *self,
           PostureChart *chart)
{
  PostureBox *box;

  posture_pdf_add_space (self, 6);
  box = posture_pdf_add_box (self, MIN (posture_chart_measure (chart, &self->theme, POSTURE_TEXT_WIDTH),
                                        POSTURE_TEXT_HEIGHT));
  box->chart = chart;
  box->tag = "Figure";
  box->opens = box->closes = TRUE;
  posture_pdf_add_space (self, 8);
}

static double
column_width (const PostureBlock *block,
              guint               column)
{
  double sum = 0;

  for (guint i = 0; i < block->n_columns; i++)
    sum += block->widths[i];
  return POSTURE_TEXT_WIDTH * block->widths[column] / sum;
}

static void
add_row (PosturePdf         *self,
         const PostureBlock *block,
         guint               row)
{
  GPtrArray *cells = g_ptr_array_index (block->rows, row);
  PostureBox *box = posture_pdf_add_box (self, 0);
  double x = 0;

  for (guint i = 0; i < MIN (cells->len, block->n_columns); i++)
    {
      const PostureCell *cell = g_ptr_array_index (cells, i);
      double width = column_width (block, i);
      g_autoptr (PangoLayout) layout = posture_pdf_new_short (self, cell->text, row == 0 ? 8.5 : 9.5,
                                                              width - 10, MAX_CELL_LINES);
      int height;

      pango_layout_set_line_spacing (layout, 1.1F);
      if ((block->numbers & (1u << i)) != 0 && i + 1 == block->n_columns)
        pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
      pango_layout_get_size (layout, NULL, &height);
      posture_box_add_part (box, layout, -1, i + 1 == block->n_columns ? x + 10 : x, 5,
                            row == 0 ? &self->theme.dim : &self->theme.foreground, cell->target,
                            row == 0 ? "TH" : "TD");
      box->height = MAX (box->height, (double) height / PANGO_SCALE + 10);
      x += width;
    }
  box->tag = "TR";
  box->opens = box->closes = TRUE;
  box->rule = TRUE;
  box->keep = row == 0 || row + 2 == block->rows->len;
}

static void
add_table (PosturePdf         *self,
           const PostureBlock *block)
{
  posture_pdf_add_space (self, 2);
  for (guint i = 0; i < block->rows->len; i++)
    add_row (self, block, i);
  posture_pdf_add_space (self, 8);
}

/* A number in the size in which it fits to the left of its entry; %NULL if there is none. */
static PangoLayout *
new_number (PosturePdf *self,
            const char *number)
{
  static const double sizes[] = { 10, 9, 8 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (PangoLayout) layout = posture_pdf_new_layout (self, number, sizes[i], TRUE, INDENT - 6);

      if (pango_layout_get_line_count (layout) == 1)
        return g_steal_pointer (&layout);
    }
  return NULL;
}

/* Keeps what was added since @first together, if it takes no more than a part of a page. */
static void
keep_whole (PosturePdf *self,
            guint       first,
            double      part)
{
  double height = 0;

  for (guint i = first; i < self->boxes->len; i++)
    height += ((PostureBox *) g_ptr_array_index (self->boxes, i))->height;
  if (height <= POSTURE_TEXT_HEIGHT * part)
    keep_from (self, first);
}

static void
add_entry (PosturePdf         *self,
           const PostureBlock *block)
{
  static const char *const tags[] = { "H2", "H3", "H4", "H5" };
  g_autoptr (PangoLayout) number = new_number (self, block->number);
  guint first, begin = self->boxes->len;
  PostureBox *box;

  posture_pdf_add_space (self, 9);
  first = self->boxes->len;
  if (number == NULL)
    add_paragraph (self, block->number, 8.5, TRUE, INDENT, &self->theme.value, "P");
  add_paragraph (self, block->text, 10, TRUE, INDENT, &self->theme.foreground,
                 tags[CLAMP (block->level, 1, G_N_ELEMENTS (tags)) - 1]);
  box = g_ptr_array_index (self->boxes, first);
  box->anchor = g_strdup (block->anchor);
  if (number != NULL)
    posture_box_add_label (box, number, 0, &self->theme.value);
  keep_from (self, first);
  add_paragraph (self, block->meta, 8.5, FALSE, INDENT, &self->theme.dim, "P");
  keep_from (self, first);
  posture_pdf_add_space (self, 3);
  add_pairs (self, block->pairs, INDENT);
  keep_whole (self, begin, WHOLE_ENTRY);
  ((PostureBox *) g_ptr_array_index (self->boxes, self->boxes->len - 1))->keep = FALSE;
}

/* Facts lead in to what stands below them. */
static void
add_facts (PosturePdf         *self,
           const PostureBlock *block)
{
  guint first = self->boxes->len;

  add_pairs (self, block->pairs, 0);
  keep_whole (self, first, WHOLE_FACTS);
}

static void
add_block (PosturePdf         *self,
           const PostureBlock *block,
           gboolean            below_heading)
{
  gboolean lead = block->weight == POSTURE_TEXT_LEAD;
  guint first = self->boxes->len;

  switch (block->kind)
    {
    case POSTURE_BLOCK_HEADING:
      add_heading (self, block);
      break;
    case POSTURE_BLOCK_FACTS:
      add_facts (self, block);
      break;
    case POSTURE_BLOCK_CHART:
      add_chart (self, block->chart);
      break;
    case POSTURE_BLOCK_TABLE:
      add_table (self, block);
      break;
    case POSTURE_BLOCK_ENTRY:
      add_entry (self, block);
      break;
    case POSTURE_BLOCK_PARAGRAPH:
    default:
      add_paragraph (self, block->text, lead ? 11.5 : 9.5, FALSE, 0,
                     block->weight == POSTURE_TEXT_DIM ? &self->theme.dim : &self->theme.foreground,
                     "P");
      /* what leads in to something stands with it */
      if (below_heading)
        keep_from (self, first);
      posture_pdf_add_space (self, 5);
    }
}

/* Room for the chapters in two columns; they are written in when their pages are known. */
static void
add_contents (PosturePdf *self)
{
  guint n_chapters = 0;

  for (guint i = 0; i < self->document->blocks->len; i++)
    {
      const PostureBlock *block = g_ptr_array_index (self->document->blocks, i);

      n_chapters += block->kind == POSTURE_BLOCK_HEADING && block->level == 1;
    }
  posture_pdf_add_space (self, 10);
  self->n_rows = (n_chapters + 1) / 2;
  self->contents = posture_pdf_add_box (self, self->n_rows * POSTURE_CONTENTS_ROW);
  self->contents->tag = "TOC";
  self->contents->opens = self->contents->closes = TRUE;
}

/* Makes boxes of the whole document. */
gboolean
posture_pdf_set_blocks (PosturePdf *self,
                        GError    **error)
{
  PostureDocument *document = self->document;
  gboolean in_head = TRUE, below_heading = FALSE;

  add_paragraph (self, document->title, 24, TRUE, 0, &self->theme.foreground, "H1");
  posture_pdf_add_space (self, 2);
  add_paragraph (self, document->subtitle, 13, FALSE, 0, &self->theme.dim, "P");
  posture_pdf_add_space (self, 14);
  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PostureBlock *block = g_ptr_array_index (document->blocks, i);

      if (in_head && block->kind == POSTURE_BLOCK_HEADING)
        {
          add_contents (self);
          in_head = FALSE;
        }
      add_block (self, block, below_heading);
      below_heading = block->kind == POSTURE_BLOCK_HEADING;
      if (!posture_export_run_step (self->run, POSTURE_EXPORT_BUILT + (POSTURE_PDF_LAID_OUT - POSTURE_EXPORT_BUILT)
                                                 * i / document->blocks->len, error))
        return FALSE;
    }
  return TRUE;
}
