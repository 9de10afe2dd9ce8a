/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/chart-private.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  KEY_CERTAIN,
  KEY_OPEN,
  KEY_TARGET,
  N_KEYS,
} Key;

/* As the mark looks in the chart. */
static void
add_mark (PostureChart      *self,
          PostureChartScene *scene,
          Key                key,
          double             x,
          double             y)
{
  double em = scene->theme->font_size;
  gboolean lines = self->kind == POSTURE_CHART_RADAR && self->n_items >= 3;

  if (key == KEY_TARGET)
    posture_chart_scene_add_diamond (scene, x + em * 0.6, y + em * 0.6, em * 0.45);
  else if (key == KEY_OPEN && lines)
    posture_chart_scene_add_line (scene, POSTURE_INK_RANGE, em * 0.17, x, y + em * 0.6,
                                  x + em * 1.2, y + em * 0.6)->dash = em * 0.3;
  else if (key == KEY_OPEN)
    posture_chart_scene_add_hatching (scene, x, y + em * 0.25, em * 1.2, em * 0.7);
  else if (lines || self->kind == POSTURE_CHART_TREND)
    {
      posture_chart_scene_add_line (scene, POSTURE_INK_VALUE, em * 0.17, x, y + em * 0.6,
                                    x + em * 1.2, y + em * 0.6);
      posture_chart_scene_add_dot (scene, POSTURE_INK_VALUE, x + em * 0.6, y + em * 0.6, em * 0.32);
    }
  else
    posture_chart_scene_add_rect (scene, POSTURE_INK_VALUE, x, y + em * 0.25, em * 1.2, em * 0.7);
}

/* Tells what the marks mean, in a row in the middle; nothing where there is only one kind. What it
 * returns is the height. */
double
posture_chart_layout_legend (PostureChart      *self,
                             PostureChartScene *scene,
                             double             y)
{
  double em = scene->theme->font_size, widths[N_KEYS] = { 0 }, total = 0, x;
  gboolean shown[N_KEYS] = { TRUE, posture_chart_has_range (self), posture_chart_has_target (self) };
  const char *names[N_KEYS] = {
    /* Translators: what the marks of a chart mean: what is so in any case … */
    posture_chart_say (self, N_("certain")),
    /* Translators: … what depends on open answers … */
    posture_chart_say (self, N_("open")),
    /* Translators: … and what is to be reached */
    posture_chart_say (self, N_("target")),
  };
  PostureTextStyle style = {
    .size = em * 0.85,
    .ink = POSTURE_INK_DIM,
    .max_lines = 1,
  };

  if (!shown[KEY_OPEN] && !shown[KEY_TARGET])
    return 0;
  for (guint i = 0; i < N_KEYS; i++)
    if (shown[i])
      {
        widths[i] = posture_chart_scene_text_width (scene, names[i], &style) + em * 3;
        total += widths[i];
      }
  x = MAX (0, (scene->width - total + em) / 2);
  for (guint i = 0; i < N_KEYS; i++)
    if (shown[i])
      {
        add_mark (self, scene, (Key) i, x, y);
        posture_chart_scene_add_text (scene, names[i], &style, x + em * 1.6, y + em * 0.07,
                                      widths[i]);
        x += widths[i];
      }
  return em * 1.6;
}
