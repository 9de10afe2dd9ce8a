/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-charts.h"

#include "model/report-words.h"

#include <glib/gi18n-lib.h>

static double
to_double (gint64 units)
{
  return (double) units / POSTURE_DECIMAL_ONE;
}

static void
init_item (PostureChartItem   *item,
           const PostureScore *score,
           const char         *label)
{
  gboolean is_range = posture_score_is_range (score);

  *item = (PostureChartItem) {
    .label = label,
    .minimum = to_double (score->min),
    .maximum = to_double (score->max),
    .has_value = score->has_value || is_range,
    .worst = to_double (is_range ? score->worst : score->value),
    .best = to_double (is_range ? score->best : score->value),
  };
}

/* With the method profile a section has a standing instead of a score. */
static void
init_section_item (PostureChartItem          *item,
                   const PostureSectionScore *section,
                   const char                *label)
{
  if (section->profile == NULL)
    {
      init_item (item, section->score, label);
      item->has_target = section->target != NULL && section->target->has_value;
      if (item->has_target)
        item->target = to_double (section->target->value);
      return;
    }
  init_item (item, section->profile->current, label);
  item->has_target = section->profile->has_target;
  if (item->has_target)
    item->target = to_double (section->profile->target);
}

/* The title, and with the method profile what is missing to the target. */
static char *
make_label (PostureTelling            *telling,
            const PostureSectionScore *section,
            gboolean                   with_gap)
{
  g_autofree char *title = posture_telling_dup_section (telling, section->id, section->instance);
  g_autofree char *gap = NULL;

  if (!with_gap || section->profile == NULL || section->profile->gap == NULL)
    return g_steal_pointer (&title);
  gap = posture_score_range_to_words (section->profile->gap);
  /* Translators: a part of the questionnaire, and how much is missing to its target */
  return g_strdup_printf (_("%s (−%s)"), title, gap);
}

static void
add_sections (PostureTelling *telling,
              GPtrArray      *sections,
              gboolean        with_gap,
              guint           depth,
              guint           max_depth,
              GArray         *items)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const PostureSectionScore *section = g_ptr_array_index (sections, i);
      PostureChartItem item;

      init_section_item (&item, section, make_label (telling, section, with_gap));
      item.depth = depth;
      g_array_append_val (items, item);
      if (depth < max_depth)
        add_sections (telling, section->sections, with_gap, depth + 1, max_depth, items);
    }
}

static void
clear_item (gpointer item)
{
  g_free ((char *) ((PostureChartItem *) item)->label);
}

static GArray *
list_sections (PostureTelling *telling,
               gboolean        with_gap,
               guint           max_depth)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (PostureChartItem));

  g_array_set_clear_func (items, clear_item);
  add_sections (telling, posture_telling_get_report (telling)->sections, with_gap, 0, max_depth, items);
  return items;
}

/**
 * posture_report_chart_gauge:
 * @telling: a report
 *
 * Returns: (transfer full) (nullable): its score on the whole scale, with the levels; %NULL if it has none
 */
PostureChart *
posture_report_chart_gauge (PostureTelling *telling)
{
  const PostureReport *report = posture_telling_get_report (telling);
  PostureQuestionnaire *questionnaire = posture_telling_get_questionnaire (telling);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (double));
  PostureChartItem item;

  init_item (&item, report->score, _("Score"));
  if (!item.has_value)
    return NULL;
  item.has_target = report->target != NULL && report->target->has_value;
  if (item.has_target)
    item.target = to_double (report->target->value);
  if (questionnaire != NULL)
    for (guint i = 0; i < posture_questionnaire_get_n_levels (questionnaire); i++)
      {
        double from = to_double (posture_questionnaire_get_level (questionnaire, i)->from);

        g_array_append_val (marks, from);
      }
  /* the level stands below, with what it means */
  return posture_chart_new_gauge (&item, /* caption = */ NULL, (const double *) marks->data, marks->len);
}

/**
 * posture_report_chart_radar:
 * @telling: a report
 *
 * Returns: (transfer full): its top sections as a radar
 */
PostureChart *
posture_report_chart_radar (PostureTelling *telling)
{
  g_autoptr (GArray) items = list_sections (telling, /* with_gap = */ FALSE, /* max_depth = */ 0);

  return posture_chart_new_radar (_("By section"), (const PostureChartItem *) items->data, items->len);
}

/**
 * posture_report_chart_sections:
 * @telling: a report
 * @max_depth: how deep the sections shown stand in others, 0 for the top ones alone
 *
 * Returns: (transfer full): its sections as bars
 */
PostureChart *
posture_report_chart_sections (PostureTelling *telling,
                               guint           max_depth)
{
  g_autoptr (GArray) items = list_sections (telling, /* with_gap = */ TRUE, max_depth);

  return posture_chart_new_bars (_("By section"), (const PostureChartItem *) items->data, items->len);
}

/**
 * posture_report_has_subsections:
 * @telling: a report
 *
 * Returns: whether there are sections in sections
 */
gboolean
posture_report_has_subsections (PostureTelling *telling)
{
  GPtrArray *sections = posture_telling_get_report (telling)->sections;

  for (guint i = 0; i < sections->len; i++)
    if (((const PostureSectionScore *) g_ptr_array_index (sections, i))->sections->len > 0)
      return TRUE;
  return FALSE;
}
