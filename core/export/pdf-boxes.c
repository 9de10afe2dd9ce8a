/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/pdf-private.h"

#include <pango/pangocairo.h>
#include <string.h>

/* Families that are made for reading, the last one always there. */
#define FONTS "Inter, Cantarell, Noto Sans, Open Sans, Liberation Sans, DejaVu Sans, Sans"
#define FONT_SIZE 9.5
#define LINE_SPACING 1.18
/* bytes of a text laid out at once, and characters of one that is cut off */
#define MAX_PIECE 4096
#define MAX_SHORT 1000

static void
part_clear (gpointer data)
{
  PosturePart *self = data;

  g_clear_object (&self->layout);
  g_free (self->target);
}

static void
box_free (PostureBox *self)
{
  g_array_unref (self->parts);
  g_free (self->anchor);
  g_free (self->title);
  g_free (self);
}

/* Measures are those of the outlines: paper has no pixels to fit them to. */
void
posture_pdf_init (PosturePdf       *self,
                  PostureExportRun *run,
                  PostureDocument  *document)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  *self = (PosturePdf) { .run = run, .document = document };
  posture_chart_theme_init (&self->theme);
  self->theme.font = FONTS;
  self->theme.font_size = FONT_SIZE;
  self->theme.mirrored = document->mirrored;
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_context_set_language (self->context, pango_language_from_string (document->language));
  pango_context_set_base_dir (self->context, document->mirrored ? PANGO_DIRECTION_WEAK_RTL
                                                                : PANGO_DIRECTION_WEAK_LTR);
  cairo_font_options_destroy (options);
  self->boxes = g_ptr_array_new_with_free_func ((GDestroyNotify) box_free);
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

void
posture_pdf_clear (PosturePdf *self)
{
  g_clear_pointer (&self->boxes, g_ptr_array_unref);
  g_clear_pointer (&self->labels, g_hash_table_unref);
  g_clear_object (&self->context);
}

/* A layout of a text of which only the beginning is shown, in a line or some. */
PangoLayout *
posture_pdf_new_short (PosturePdf *self,
                       const char *text,
                       double      size,
                       double      width,
                       guint       n_lines)
{
  g_autofree char *start = g_utf8_strlen (text, MAX_SHORT + 1) > MAX_SHORT
                             ? g_utf8_substring (text, 0, MAX_SHORT) : g_strdup (text);
  PangoLayout *layout = posture_pdf_new_layout (self, start, size, FALSE, width);

  pango_layout_set_height (layout, n_lines > 1 ? -(int) n_lines : -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

PangoLayout *
posture_pdf_new_layout (PosturePdf *self,
                        const char *text,
                        double      size,
                        gboolean    bold,
                        double      width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, FONTS);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  return layout;
}

PostureBox *
posture_pdf_add_box (PosturePdf *self,
                     double      height)
{
  PostureBox *box = g_new0 (PostureBox, 1);

  box->height = height;
  box->parts = g_array_new (FALSE, FALSE, sizeof (PosturePart));
  g_array_set_clear_func (box->parts, part_clear);
  g_ptr_array_add (self->boxes, box);
  return box;
}

/* Air; it goes with what stands above it, so that a page never begins with it. */
void
posture_pdf_add_space (PosturePdf *self,
                       double      height)
{
  PostureBox *box = posture_pdf_add_box (self, height);

  box->space = TRUE;
  /* what was to stand with the next stands with the one behind the air */
  if (self->boxes->len > 1)
    {
      PostureBox *before = g_ptr_array_index (self->boxes, self->boxes->len - 2);

      box->keep = before->keep;
    }
}

void
posture_box_add_part (PostureBox              *self,
                      PangoLayout             *layout,
                      int                      line,
                      double                   x,
                      double                   y,
                      const PostureChartColor *color,
                      const char              *target,
                      const char              *tag)
{
  PosturePart part = { g_object_ref (layout), line, x, y, color, g_strdup (target), tag };

  g_array_append_val (self->parts, part);
}

/* A label or a number beside a text; it is read before it. Lines after the first stand below it. */
void
posture_box_add_label (PostureBox              *self,
                       PangoLayout             *layout,
                       double                   x,
                       const PostureChartColor *color)
{
  double y = g_array_index (self->parts, PosturePart, 0).y;

  for (int i = pango_layout_get_line_count (layout); i-- > 0;)
    {
      PosturePart part = { g_object_ref (layout), i, x, y + i * self->height, color, NULL, NULL };

      g_array_prepend_val (self->parts, part);
    }
}

static void
add_lines (PosturePdf              *self,
           PangoLayout             *layout,
           double                   x,
           const PostureChartColor *color,
           const char              *tag)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int n = pango_layout_get_line_count (layout);
  int line = 0;

  do
    {
      PangoRectangle extents;
      double height, offset, ascent;
      PostureBox *box;

      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      height = (double) extents.height / PANGO_SCALE * LINE_SPACING;
      offset = (double) extents.x / PANGO_SCALE;
      ascent = (double) (pango_layout_iter_get_baseline (iter) - extents.y) / PANGO_SCALE;
      box = posture_pdf_add_box (self, height);
      box->tag = tag;
      box->opens = line == 0;
      box->closes = line == n - 1;
      box->keep = (line == 0 && n > 1) || line == n - 2;
      posture_box_add_part (box, layout, line, x + offset,
                            ascent + height * (1 - 1 / LINE_SPACING) / 2, color, NULL, NULL);
      line++;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

/* How much of a text to lay out at once: a line must not cost more because the text is long. It ends at a
 * line break or a space, if there is one. */
static gsize
find_piece (const char *text)
{
  gsize length = strnlen (text, MAX_PIECE + 1);
  const char *end;

  if (length <= MAX_PIECE)
    return length;
  end = g_strrstr_len (text, MAX_PIECE, "\n");
  if (end == NULL || end < text + MAX_PIECE / 2)
    end = g_strrstr_len (text, MAX_PIECE, " ");
  if (end != NULL && end >= text + MAX_PIECE / 2)
    return (gsize) (end - text) + 1;
  end = g_utf8_find_prev_char (text, text + MAX_PIECE);
  return (gsize) (end - text);
}

/* Adds a text as a box for each line, so that a page can end between them, but for the first two and the last
 * two. Gives the place of its first box. */
guint
posture_pdf_add_text (PosturePdf              *self,
                      const char              *text,
                      double                   size,
                      gboolean                 bold,
                      double                   x,
                      const PostureChartColor *color,
                      const char              *tag)
{
  guint first = self->boxes->len;

  do
    {
      gsize length = find_piece (text);
      g_autofree char *piece = g_strndup (text, length);
      g_autoptr (PangoLayout) layout = NULL;

      if (length > 0 && piece[length - 1] == '\n' && text[length] != '\0')
        piece[length - 1] = '\0';
      layout = posture_pdf_new_layout (self, piece, size, bold, POSTURE_TEXT_WIDTH - x);
      add_lines (self, layout, x, color, tag);
      text += length;
    }
  while (*text != '\0');
  return first;
}

/* How far a group of boxes goes that stay together. */
static guint
find_group (PosturePdf *self,
            guint       from,
            double     *ret_height)
{
  guint to = from;

  *ret_height = 0;
  for (; to < self->boxes->len; to++)
    {
      PostureBox *box = g_ptr_array_index (self->boxes, to);

      *ret_height += box->height;
      if (!box->keep)
        return to + 1;
    }
  return to;
}

/* Gives each box its page and its place on it. */
void
posture_pdf_make_pages (PosturePdf *self)
{
  double y = 0;
  guint page = 0;

  for (guint i = 0; i < self->boxes->len;)
    {
      double height;
      guint end = find_group (self, i, &height);

      if (y > 0 && y + height > POSTURE_TEXT_HEIGHT && height <= POSTURE_TEXT_HEIGHT)
        {
          y = 0;
          page++;
        }
      for (; i < end; i++)
        {
          PostureBox *box = g_ptr_array_index (self->boxes, i);

          if (y > 0 && y + box->height > POSTURE_TEXT_HEIGHT && !box->space)
            {
              y = 0;
              page++;
            }
          box->page = page;
          box->y = y;
          if (!(box->space && y <= 0))
            y += box->height;
        }
    }
  self->n_pages = page + 1;
}
