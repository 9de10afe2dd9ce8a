/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/scene-private.h"

#include <math.h>

/* Numbers are written in hundredths, which no eye can see, and in no locale. */
static void
write_number (GString *svg,
              double   number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double rounded = round (number * 100) / 100;

  g_string_append (svg, g_ascii_formatd (text, sizeof text, "%.8g", rounded == 0 ? 0 : rounded));
}

static void
write_attribute (GString    *svg,
                 const char *name,
                 double      number)
{
  g_string_append_printf (svg, " %s=\"", name);
  write_number (svg, number);
  g_string_append_c (svg, '"');
}

static void
write_ink (PostureChartScene  *self,
           GString            *svg,
           const char         *name,
           PostureInk          ink,
           const PostureShape *shape)
{
  const PostureChartColor *color = posture_chart_theme_get_ink (self->theme, ink);
  double alpha = color->alpha * shape->opacity;

  if (ink == POSTURE_INK_NONE)
    {
      g_string_append_printf (svg, " %s=\"none\"", name);
      return;
    }
  g_string_append_printf (svg, " %s=\"#%02x%02x%02x\"", name,
                          (guint) lround (CLAMP (color->red, 0, 1) * 255),
                          (guint) lround (CLAMP (color->green, 0, 1) * 255),
                          (guint) lround (CLAMP (color->blue, 0, 1) * 255));
  if (alpha < 1)
    {
      g_string_append_printf (svg, " %s-opacity=\"", name);
      write_number (svg, MAX (alpha, 0));
      g_string_append_c (svg, '"');
    }
}

static void
write_path (PostureChartScene  *self,
            GString            *svg,
            const PostureShape *shape)
{
  g_string_append (svg, "<path d=\"");
  for (guint i = 0; i < shape->steps->len; i++)
    {
      const PostureStep *step = &g_array_index (shape->steps, PostureStep, i);
      int n = step->kind == 'C' ? 3 : step->kind == 'Z' ? 0 : 1;

      g_string_append_c (svg, step->kind);
      for (int j = 0; j < n; j++)
        {
          if (j > 0)
            g_string_append_c (svg, ' ');
          write_number (svg, step->x[j]);
          g_string_append_c (svg, ' ');
          write_number (svg, step->y[j]);
        }
    }
  g_string_append_c (svg, '"');
  write_ink (self, svg, "fill", shape->fill, shape);
  if (shape->stroke != POSTURE_INK_NONE)
    {
      write_ink (self, svg, "stroke", shape->stroke, shape);
      write_attribute (svg, "stroke-width", shape->line_width);
      g_string_append (svg, " stroke-linejoin=\"round\"");
      if (shape->dash > 0)
        write_attribute (svg, "stroke-dasharray", shape->dash);
    }
  g_string_append (svg, "/>\n");
}

/* Text stays text, so that it can be found, copied and read aloud. Its anchors are told by its own
 * direction: the start of a text from right to left is at the right. */
static void
write_text (PostureChartScene  *self,
            GString            *svg,
            const PostureShape *shape)
{
  static const char *const anchors[] = { "start", "middle", "end" };
  PostureAnchor anchor = shape->right_to_left ? POSTURE_ANCHOR_END - shape->anchor : shape->anchor;
  g_autofree char *escaped = g_markup_escape_text (shape->text, -1);

  g_string_append (svg, "<text");
  write_attribute (svg, "x", shape->x);
  write_attribute (svg, "y", shape->y);
  write_attribute (svg, "font-size", shape->size);
  g_string_append_printf (svg, " text-anchor=\"%s\" direction=\"%s\" unicode-bidi=\"isolate\"",
                          anchors[anchor], shape->right_to_left ? "rtl" : "ltr");
  if (shape->bold)
    g_string_append (svg, " font-weight=\"bold\"");
  write_ink (self, svg, "fill", shape->fill, shape);
  g_string_append_printf (svg, ">%s</text>\n", escaped);
}

/* Appends the shapes as elements of SVG. */
void
posture_chart_scene_write (PostureChartScene *self,
                           GString           *svg)
{
  for (guint i = 0; i < self->shapes->len; i++)
    {
      const PostureShape *shape = g_ptr_array_index (self->shapes, i);

      if (shape->text != NULL)
        write_text (self, svg, shape);
      else
        write_path (self, svg, shape);
    }
}
