/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-chart"

#include "config.h"

#include "chart/chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <locale.h>
#include <string.h>

/* The words of this module in the chart's language. */
const char *
posture_chart_say (PostureChart *self,
                   const char   *text)
{
  return self->language.translate != NULL ? self->language.translate (text, self->language.data)
                                          : g_dgettext (GETTEXT_PACKAGE, text);
}

static const char *
get_decimal_point (PostureChart *self)
{
  return self->language.decimal_point != NULL ? self->language.decimal_point
                                              : localeconv ()->decimal_point;
}

/*
 * A number as people write it, with as many decimals as its scale can tell
 * apart. Half is rounded away from zero, as in the texts beside it; so the
 * number is taken as the millionths it stands for.
 */
char *
posture_chart_format (PostureChart           *self,
                      const PostureChartItem *item,
                      double                  number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean fine = fabs (item->maximum - item->minimum) <= 10;
  double unit = fine ? 1e4 : 1e5;
  double rounded = round (round (fabs (number) * 1e6) / unit) * unit / 1e6;
  char *point;

  g_ascii_formatd (digits, sizeof digits, fine ? "%.2f" : "%.1f", rounded);
  point = strchr (digits, '.');
  for (char *end = digits + strlen (digits) - 1; *end == '0' && end > point; end--)
    *end = '\0';
  if (point[1] == '\0')
    *point = '\0';
  else
    *point++ = '\0';
  return g_strconcat (number < 0 && (digits[0] != '0' || point[0] != '\0') ? "\u2212" : "", digits,
                      point[0] != '\0' ? get_decimal_point (self) : "", point, NULL);
}

/* The value, the range or that there is none. */
char *
posture_chart_format_value (PostureChart           *self,
                            const PostureChartItem *item)
{
  g_autofree char *worst = posture_chart_format (self, item, item->worst);
  g_autofree char *best = posture_chart_format (self, item, item->best);

  if (!item->has_value)
    return g_strdup ("–");
  if (strcmp (worst, best) == 0)
    return g_steal_pointer (&worst);
  /* Translators: a range of numbers, such as "55 to 80" */
  return g_strdup_printf (posture_chart_say (self, N_("%s to %s")), worst, best);
}

/* How far along its scale a number is, from 0 to 1. */
double
posture_chart_share (const PostureChartItem *item,
                     double                  number)
{
  double length = item->maximum - item->minimum;

  return length == 0 ? 0 : CLAMP ((number - item->minimum) / length, 0, 1);
}

gboolean
posture_chart_has_range (PostureChart *self)
{
  for (gsize i = 0; i < self->n_items; i++)
    if (self->items[i].has_value && self->items[i].worst != self->items[i].best)
      return TRUE;
  return FALSE;
}

gboolean
posture_chart_has_target (PostureChart *self)
{
  for (gsize i = 0; i < self->n_items; i++)
    if (self->items[i].has_target)
      return TRUE;
  return FALSE;
}

static char *
describe_value (PostureChart           *self,
                const PostureChartItem *item)
{
  g_autofree char *value = posture_chart_format_value (self, item);
  g_autofree char *minimum = posture_chart_format (self, item, item->minimum);
  g_autofree char *maximum = posture_chart_format (self, item, item->maximum);
  g_autofree char *target = posture_chart_format (self, item, item->target);

  if (!item->has_value)
    /* Translators: what a chart shows, told to those who cannot see it: its name */
    return g_strdup_printf (posture_chart_say (self, N_("%s: no number.")), item->label);
  if (item->has_target)
    /* Translators: name, value or range, both ends of the scale, target */
    return g_strdup_printf (posture_chart_say (self, N_("%s: %s on a scale from %s to %s, "
                                                        "with the target %s.")),
                            item->label, value, minimum, maximum, target);
  if (self->caption != NULL && self->caption[0] != '\0')
    /* Translators: name, value or range, both ends of the scale, name of the level */
    return g_strdup_printf (posture_chart_say (self, N_("%s: %s on a scale from %s to %s (%s).")),
                            item->label, value, minimum, maximum, self->caption);
  /* Translators: name, value or range, both ends of the scale */
  return g_strdup_printf (posture_chart_say (self, N_("%s: %s on a scale from %s to %s.")),
                          item->label, value, minimum, maximum);
}

/* The ends of several values: the lowest and the highest as shares of their scales. */
static char *
describe_several (PostureChart *self)
{
  const PostureChartItem *low = NULL, *high = NULL;
  g_autofree char *low_value = NULL, *high_value = NULL;
  guint below = 0;

  for (gsize i = 0; i < self->n_items; i++)
    {
      const PostureChartItem *item = &self->items[i];

      below += item->has_value && item->has_target && item->best < item->target;
      if (!item->has_value)
        continue;
      if (low == NULL
          || posture_chart_share (item, item->worst) < posture_chart_share (low, low->worst))
        low = item;
      if (high == NULL
          || posture_chart_share (item, item->worst) > posture_chart_share (high, high->worst))
        high = item;
    }
  if (low == NULL)
    return g_strdup_printf (posture_chart_say (self, N_("%s: no number.")), self->title);
  low_value = posture_chart_format_value (self, low);
  high_value = posture_chart_format_value (self, high);
  if (below > 0)
    /* Translators: title, name and value of the lowest, name and value of the highest, how many */
    return g_strdup_printf (posture_chart_say (self, N_("%s: lowest is “%s” with %s, highest “%s” "
                                                        "with %s; below target: %u.")),
                            self->title, low->label, low_value, high->label, high_value, below);
  /* Translators: title, name and value of the lowest, name and value of the highest */
  return g_strdup_printf (posture_chart_say (self, N_("%s: lowest is “%s” with %s, highest “%s” "
                                                      "with %s.")),
                          self->title, low->label, low_value, high->label, high_value);
}

static char *
describe_trend (PostureChart *self)
{
  const PostureChartItem *first = &self->items[0], *last = &self->items[self->n_items - 1];
  g_autofree char *first_value = posture_chart_format_value (self, first);
  g_autofree char *last_value = posture_chart_format_value (self, last);

  /* Translators: title, first value and its day, last value and its day */
  return g_strdup_printf (posture_chart_say (self, N_("%s: from %s (%s) to %s (%s).")),
                          self->title, first_value, first->label, last_value, last->label);
}

/**
 * posture_chart_dup_description:
 * @self: a chart
 *
 * Tells in one sentence what the chart shows, for those who cannot see it.
 *
 * Returns: (transfer full): the sentence
 */
char *
posture_chart_dup_description (PostureChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_items == 0)
    return g_strdup_printf (posture_chart_say (self, N_("%s: no number.")), self->title);
  if (self->kind == POSTURE_CHART_GAUGE)
    return describe_value (self, &self->items[0]);
  if (self->kind == POSTURE_CHART_TREND && self->n_items > 1)
    return describe_trend (self);
  if (self->n_items > 1)
    return describe_several (self);
  return describe_value (self, &self->items[0]);
}

static char **
table_row (PostureChart           *self,
           const PostureChartItem *item,
           gboolean                with_target)
{
  g_autoptr (GStrvBuilder) row = g_strv_builder_new ();
  g_autofree char *value = posture_chart_format_value (self, item);
  g_autofree char *minimum = posture_chart_format (self, item, item->minimum);
  g_autofree char *maximum = posture_chart_format (self, item, item->maximum);
  g_autofree char *target = posture_chart_format (self, item, item->target);
  g_autofree char *scale = g_strdup_printf (posture_chart_say (self, N_("%s to %s")), minimum,
                                            maximum);

  g_strv_builder_add (row, item->label);
  g_strv_builder_add (row, value);
  if (with_target)
    g_strv_builder_add (row, item->has_target ? target : "–");
  g_strv_builder_add (row, scale);
  return g_strv_builder_end (row);
}

/**
 * posture_chart_dup_table:
 * @self: a chart
 *
 * Gives everything that the chart shows as a table. The first row has the heads
 * of the columns, and each row has as many cells.
 *
 * Returns: (transfer full) (element-type GStrv): the rows
 */
GPtrArray *
posture_chart_dup_table (PostureChart *self)
{
  g_autoptr (GStrvBuilder) head = g_strv_builder_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  gboolean with_target;

  g_return_val_if_fail (self != NULL, NULL);

  with_target = posture_chart_has_target (self);
  g_strv_builder_add (head, self->kind == POSTURE_CHART_TREND ? posture_chart_say (self, N_("Day"))
                                                              : posture_chart_say (self, N_("Name")));
  g_strv_builder_add (head, posture_chart_say (self, N_("Value")));
  if (with_target)
    g_strv_builder_add (head, posture_chart_say (self, N_("Target")));
  g_strv_builder_add (head, posture_chart_say (self, N_("Scale")));
  g_ptr_array_add (rows, g_strv_builder_end (head));
  for (gsize i = 0; i < self->n_items; i++)
    g_ptr_array_add (rows, table_row (self, &self->items[i], with_target));
  return g_steal_pointer (&rows);
}
