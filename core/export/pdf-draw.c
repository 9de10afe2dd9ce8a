/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/pdf-private.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

static void
begin_named (cairo_t    *cr,
             const char *tag,
             const char *attribute,
             const char *name)
{
  /* names are letters, digits and hyphens: nothing to escape */
  g_autofree char *attributes = g_strdup_printf ("%s='%s'", attribute, name);

  cairo_tag_begin (cr, tag, attributes);
}

static void
set_color (cairo_t                 *cr,
           const PostureChartColor *color)
{
  cairo_set_source_rgb (cr, color->red, color->green, color->blue);
}

static void
draw_part (cairo_t           *cr,
           const PosturePart *part,
           double             y)
{
  if (part->tag != NULL)
    cairo_tag_begin (cr, part->tag, NULL);
  if (part->target != NULL)
    begin_named (cr, CAIRO_TAG_LINK, "dest", part->target);
  set_color (cr, part->color);
  cairo_move_to (cr, POSTURE_PAGE_SIDE + part->x, y + part->y);
  if (part->line < 0)
    pango_cairo_show_layout (cr, part->layout);
  else
    pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (part->layout, part->line));
  if (part->target != NULL)
    cairo_tag_end (cr, CAIRO_TAG_LINK);
  if (part->tag != NULL)
    cairo_tag_end (cr, part->tag);
}

/* A line above a chapter, or below a row. */
static void
draw_rule (PosturePdf       *self,
           cairo_t          *cr,
           const PostureBox *box,
           double            y)
{
  gboolean row = box->parts->len > 0;

  set_color (cr, row ? &self->theme.track : &self->theme.value);
  cairo_set_line_width (cr, row ? 0.75 : 1.25);
  cairo_move_to (cr, POSTURE_PAGE_SIDE, row ? y + box->height : y + 0.5);
  cairo_rel_line_to (cr, POSTURE_TEXT_WIDTH, 0);
  cairo_stroke (cr);
}

static void
draw_box (PosturePdf       *self,
          cairo_t          *cr,
          const PostureBox *box)
{
  double y = POSTURE_PAGE_TOP + box->y;

  if (box->anchor != NULL)
    begin_named (cr, CAIRO_TAG_DEST, "name", box->anchor);
  for (guint i = 0; i < box->parts->len; i++)
    draw_part (cr, &g_array_index (box->parts, PosturePart, i), y);
  if (box->rule)
    draw_rule (self, cr, box, y);
  if (box->chart != NULL)
    {
      cairo_save (cr);
      cairo_translate (cr, POSTURE_PAGE_SIDE, y);
      posture_chart_draw (box->chart, cr, POSTURE_TEXT_WIDTH, box->height, &self->theme);
      cairo_restore (cr);
    }
  if (box->anchor != NULL)
    cairo_tag_end (cr, CAIRO_TAG_DEST);
}

/* Above and below what stands on a page. */
static void
draw_frame (PosturePdf *self,
            cairo_t    *cr,
            guint       page)
{
  g_autofree char *number = g_strdup_printf (
      posture_export_words_get (self->run->words, W_("Page %d of %d")), (int) page + 1,
      (int) self->n_pages);
  g_autoptr (PangoLayout) right = posture_pdf_new_layout (self, number, 8, FALSE, POSTURE_TEXT_WIDTH);
  g_autoptr (PangoLayout) left = NULL;

  set_color (cr, &self->theme.dim);
  pango_layout_set_alignment (right, PANGO_ALIGN_RIGHT);
  cairo_move_to (cr, POSTURE_PAGE_SIDE, POSTURE_PAGE_HEIGHT - 40);
  pango_cairo_show_layout (cr, right);
  if (page == 0)
    return;
  left = posture_pdf_new_short (self, self->document->title, 8, POSTURE_TEXT_WIDTH, 1);
  cairo_move_to (cr, POSTURE_PAGE_SIDE, 36);
  pango_cairo_show_layout (cr, left);
}

/* A chapter and its page, at the two ends of a column. */
static PangoLayout *
new_entry_of_contents (PosturePdf       *self,
                       const PostureBox *chapter)
{
  g_autofree char *text = g_strdup_printf ("%s \t%u", chapter->title, chapter->page + 1);
  PangoLayout *layout = posture_pdf_new_layout (self, text, 9.5, FALSE, POSTURE_COLUMN_WIDTH);
  PangoTabArray *tabs = pango_tab_array_new_with_positions (
      1, /* positions_in_pixels = */ FALSE, PANGO_TAB_RIGHT, (int) (POSTURE_COLUMN_WIDTH * PANGO_SCALE));

  pango_layout_set_tabs (layout, tabs);
  pango_tab_array_free (tabs);
  return layout;
}

/* Writes the contents, now that the pages are known. */
static void
fill_contents (PosturePdf *self)
{
  guint entry = 0;

  for (guint i = 0; i < self->boxes->len && self->contents != NULL; i++)
    {
      const PostureBox *box = g_ptr_array_index (self->boxes, i);
      g_autoptr (PangoLayout) layout = NULL;

      if (box->title == NULL || box->level != 1)
        continue;
      layout = new_entry_of_contents (self, box);
      posture_box_add_part (self->contents, layout, -1,
                            entry / self->n_rows * (POSTURE_COLUMN_WIDTH + POSTURE_COLUMN_GAP),
                            1 + entry % self->n_rows * POSTURE_CONTENTS_ROW, &self->theme.foreground,
                            box->anchor, "TOCI");
      entry++;
    }
}

/* A tag that goes over pages is closed at the end of one and goes on as another of its kind. */
static void
follow_structure (cairo_t          *cr,
                  const PostureBox *box,
                  const char      **open,
                  gboolean          at_end)
{
  if (!at_end && box->tag != NULL && *open == NULL)
    {
      cairo_tag_begin (cr, box->tag, NULL);
      *open = box->tag;
    }
  if (at_end && *open != NULL && box->closes)
    {
      cairo_tag_end (cr, *open);
      *open = NULL;
    }
}

/* Rows stand in a table. */
static void
follow_table (cairo_t          *cr,
              const PostureBox *box,
              gboolean         *in_table)
{
  gboolean row = g_strcmp0 (box->tag, "TR") == 0;

  if (row && !*in_table)
    cairo_tag_begin (cr, "Table", NULL);
  else if (!row && *in_table)
    cairo_tag_end (cr, "Table");
  *in_table = row;
}

/* No tag but the document's goes over pages. */
static void
close_tags (cairo_t     *cr,
            const char **open,
            gboolean    *in_table)
{
  if (*open != NULL)
    cairo_tag_end (cr, g_steal_pointer (open));
  if (*in_table)
    cairo_tag_end (cr, "Table");
  *in_table = FALSE;
}

static void
add_outline (PosturePdf      *self,
             cairo_surface_t *surface)
{
  int parents[4] = { CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT,
                     CAIRO_PDF_OUTLINE_ROOT };

  for (guint i = 0; i < self->boxes->len; i++)
    {
      const PostureBox *box = g_ptr_array_index (self->boxes, i);
      g_autofree char *link = NULL;
      guint level = CLAMP (box->level, 1, 3);

      if (box->title == NULL)
        continue;
      link = g_strdup_printf ("dest='%s'", box->anchor);
      parents[level] = cairo_pdf_surface_add_outline (surface, parents[level - 1], box->title, link, 0);
      for (guint j = level + 1; j < G_N_ELEMENTS (parents); j++)
        parents[j] = parents[level];
    }
}

/* Goes through the pages from box FIRST on, which is not drawn any more, for the places that links and
 * the outline name: where they are missing, cairo 1.18 ends the program as it closes the document. */
static void
leave_places (PosturePdf *self,
              cairo_t    *cr,
              guint       first,
              guint       page)
{
  for (guint i = first; i < self->boxes->len; i++)
    {
      const PostureBox *box = g_ptr_array_index (self->boxes, i);

      for (; page < box->page; page++)
        cairo_show_page (cr);
      if (box->anchor != NULL)
        {
          begin_named (cr, CAIRO_TAG_DEST, "name", box->anchor);
          cairo_tag_end (cr, CAIRO_TAG_DEST);
        }
    }
}

/* Draws all pages; in a file of PDF with their outline. */
gboolean
posture_pdf_draw (PosturePdf      *self,
                  cairo_surface_t *surface,
                  GError         **error)
{
  cairo_t *cr = cairo_create (surface);
  const char *open = NULL;
  gboolean in_table = FALSE, going_on = TRUE;
  guint page = 0;

  fill_contents (self);
  if (cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_PDF)
    add_outline (self, surface);
  cairo_tag_begin (cr, "Document", NULL);
  draw_frame (self, cr, 0);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const PostureBox *box = g_ptr_array_index (self->boxes, i);

      if (box->page != page)
        {
          close_tags (cr, &open, &in_table);
          cairo_show_page (cr);
          page = box->page;
          draw_frame (self, cr, page);
          going_on = posture_export_run_step (self->run, POSTURE_PDF_LAID_OUT + (POSTURE_PDF_DRAWN - POSTURE_PDF_LAID_OUT)
                                                           * page / self->n_pages, error);
          if (!going_on)
            {
              leave_places (self, cr, i, page);
              break;
            }
        }
      follow_table (cr, box, &in_table);
      follow_structure (cr, box, &open, FALSE);
      draw_box (self, cr, box);
      follow_structure (cr, box, &open, TRUE);
    }
  close_tags (cr, &open, &in_table);
  cairo_tag_end (cr, "Document");
  if (going_on && cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                   cairo_status_to_string (cairo_status (cr)));
      going_on = FALSE;
    }
  cairo_destroy (cr);
  return going_on;
}
