/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/scene-private.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define LINE_HEIGHT 1.25
/* where the baseline is in a line */
#define BASELINE 0.95
/* SVG is set in the reader's font, which can be a little wider than ours */
#define SLACK 0.96

/* Measures are those of the outlines, not of a screen: so drawings are the same at every size. */
PangoContext *
posture_chart_create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

PangoLayout *
posture_chart_create_layout (PangoContext            *context,
                             const PostureChartTheme *theme,
                             double                   size,
                             gboolean                 bold)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, theme->font);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_font_description_free (font);
  return layout;
}

static double
layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

/* Cuts the end off until what is left fits with an ellipsis behind it. */
static char *
shorten (PangoLayout *layout,
         const char  *text,
         double       width)
{
  g_autofree char *start = g_strdup (text);
  char *end = start + strlen (start);

  pango_layout_set_width (layout, -1);
  for (;;)
    {
      g_autofree char *candidate = g_strconcat (g_strchomp (start), "…", NULL);

      pango_layout_set_text (layout, candidate, -1);
      end = g_utf8_find_prev_char (start, start + strlen (start));
      if (end == NULL || layout_width (layout) <= width)
        return g_steal_pointer (&candidate);
      *end = '\0';
    }
}

/* The lines that a text takes in this width. Breaking is done here, since SVG has none. */
static GPtrArray *
break_lines (PostureChartScene      *self,
             const char             *text,
             const PostureTextStyle *style,
             double                  width,
             gboolean               *ret_right_to_left)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PangoLayout) layout = posture_chart_create_layout (self->context, self->theme,
                                                                style->size, style->bold);
  int n;

  width = MAX (width * SLACK, style->size);
  pango_layout_set_width (layout, (int) ceil (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  n = pango_layout_get_line_count (layout);
  *ret_right_to_left = pango_layout_get_line_readonly (layout, 0)->resolved_dir
                       == PANGO_DIRECTION_RTL;
  for (int i = 0; i < n && i < (int) style->max_lines; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      const char *start = text + line->start_index;

      if (i + 1 == (int) style->max_lines && i + 1 < n)
        {
          /* far more than a line can have, far less than a text can be */
          g_autofree char *rest = g_strndup (start, (gsize) line->length);

          g_ptr_array_add (lines, shorten (layout, rest, width));
          break;
        }
      g_ptr_array_add (lines, g_strchomp (g_strndup (start, (gsize) line->length)));
    }
  return lines;
}

double
posture_chart_scene_text_height (PostureChartScene      *self,
                                 const char             *text,
                                 const PostureTextStyle *style,
                                 double                  width)
{
  gboolean right_to_left;
  g_autoptr (GPtrArray) lines = break_lines (self, text, style, width, &right_to_left);

  return lines->len * style->size * LINE_HEIGHT;
}

double
posture_chart_scene_text_width (PostureChartScene      *self,
                                const char             *text,
                                const PostureTextStyle *style)
{
  g_autoptr (PangoLayout) layout = posture_chart_create_layout (self->context, self->theme,
                                                                style->size, style->bold);

  pango_layout_set_text (layout, text, -1);
  return layout_width (layout) / SLACK;
}

/* Where the text is anchored on the drawing, whichever way it is turned. */
static PostureAnchor
turn_anchor (PostureChartScene *self,
             PostureAnchor      anchor)
{
  return self->theme->mirrored ? POSTURE_ANCHOR_END - anchor : anchor;
}

/* Sets a text below @y, in lines no wider than @width, and gives its height. @x is where it begins,
 * its middle or its end, as the style says. */
double
posture_chart_scene_add_text (PostureChartScene      *self,
                              const char             *text,
                              const PostureTextStyle *style,
                              double                  x,
                              double                  y,
                              double                  width)
{
  gboolean right_to_left;
  g_autoptr (GPtrArray) lines = break_lines (self, text, style, width, &right_to_left);

  for (guint i = 0; i < lines->len; i++)
    {
      PostureShape *shape = g_new0 (PostureShape, 1);

      shape->fill = style->ink;
      shape->opacity = 1;
      shape->text = g_strdup (g_ptr_array_index (lines, i));
      shape->x = self->theme->mirrored ? self->width - x : x;
      shape->y = y + (i * LINE_HEIGHT + BASELINE) * style->size;
      shape->size = style->size;
      shape->anchor = turn_anchor (self, style->anchor);
      shape->bold = style->bold;
      shape->right_to_left = right_to_left;
      g_ptr_array_add (self->shapes, shape);
    }
  return lines->len * style->size * LINE_HEIGHT;
}
