/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-private.h"

/* A chart stands on one page; a few small ones fill pages better than a large one. */
#define MAX_ROWS 13
/* No chart of fewer is divided off. */
#define MIN_ROWS 4
/* As many as fit on the first page, with a gauge and without. */
#define N_FIRST_STEPS 3
#define N_FIRST_STEPS_ALONE 5

#define say(text) posture_export_words_get (run->words, text)

static double
to_double (gint64 millionths)
{
  return (double) millionths / POSTURE_DECIMAL_ONE;
}

static void
set_score (PostureChartItem   *item,
           const PostureScore *score)
{
  item->minimum = to_double (score->min);
  item->maximum = to_double (score->max);
  item->has_value = score->has_worst && score->has_best;
  item->worst = to_double (score->worst);
  item->best = to_double (score->best);
  if (score->has_value)
    {
      item->has_value = TRUE;
      item->worst = item->best = to_double (score->value);
    }
}

static void
add_chart (PostureExportRun *run,
           PostureDocument  *document,
           PostureChart     *chart)
{
  posture_chart_set_language (chart, posture_export_words_get_for_charts (run->words));
  posture_document_add_chart (document, chart);
}

static gboolean
has_gauge (const PostureReport *report)
{
  return report->score->has_value || report->score->has_worst;
}

static void
add_gauge (PostureExportRun *run,
           PostureDocument  *document)
{
  PostureReport *report = run->export->report;
  PostureQuestionnaire *questionnaire = run->export->questionnaire;
  g_autofree double *marks = g_new0 (double, posture_questionnaire_get_n_levels (questionnaire));
  PostureChartItem item = { .label = say (W_("Score")) };
  const char *caption = NULL;

  set_score (&item, report->score);
  if (report->target != NULL && report->target->has_value)
    {
      item.has_target = TRUE;
      item.target = to_double (report->target->value);
    }
  for (guint i = 0; i < posture_questionnaire_get_n_levels (questionnaire); i++)
    marks[i] = to_double (posture_questionnaire_get_level (questionnaire, i)->from);
  if (report->level != NULL)
    caption = posture_words_get_level_title (run->export->words, report->level);
  add_chart (run, document,
             posture_chart_new_gauge (&item, caption != NULL ? caption : report->level, marks,
                                      posture_questionnaire_get_n_levels (questionnaire)));
}

/* Why there is no number, or none that is certain. */
static const char *
explain_score (PostureExportRun   *run,
               const PostureScore *score)
{
  if (g_strcmp0 (score->reason, "nothing-to-rate") == 0)
    return say (W_("There is no score, since there is nothing to rate."));
  if (g_strcmp0 (score->reason, "required-not-met") == 0)
    return say (W_("There is no score: a requirement without which there can be none is not met. It is "
                   "the first under “What to fix first”."));
  if (g_strcmp0 (score->reason, "required-open") == 0)
    return say (W_("There is no score yet: a requirement without which there can be none is still "
                   "open. It is the first under “What to fix first”."));
  if (g_strcmp0 (score->reason, "no-grade") == 0)
    return say (W_("This method gives no overall grade. It shows where each area stands, and where it is "
                   "to get."));
  if (!score->has_value && score->has_worst)
    return say (W_("The score is a range because some answers are still open: the lower end counts them "
                   "as not in place, the upper end as in place."));
  return NULL;
}

/* What to do, and where. */
static char *
first_step_text (PostureExport        *self,
                 const PostureFinding *finding)
{
  const char *next = posture_words_get_recommendation (self->words, finding->question,
                                                       finding->recommendation);
  const char *name = posture_export_instance_name (self, finding->section, finding->instance);

  if (next == NULL)
    next = posture_words_get_question (self->words, finding->question, POSTURE_WORDS_QUESTION);
  if (next == NULL)
    next = finding->question;
  return name != NULL ? g_strdup_printf ("%s: %s", name, next) : g_strdup (next);
}

static void
add_first_steps (PostureExportRun *run,
                 PostureDocument  *document)
{
  static const double widths[] = { 0.8, 9.4, 1.7, 1.3 };
  GPtrArray *findings = run->export->report->findings;
  guint n_steps = has_gauge (run->export->report) ? N_FIRST_STEPS : N_FIRST_STEPS_ALONE;
  PostureBlock *table;

  if (findings->len == 0)
    return;
  posture_document_add_heading (document, 2, "steps", say (W_("The first steps")));
  posture_document_add_paragraph (document, POSTURE_TEXT_PLAIN,
                                  say (W_("What gains most for the least effort. All of them, with reasons, "
                                          "are under “What to fix first”.")));
  table = posture_document_add_table (document, G_N_ELEMENTS (widths), widths, 1 << 0 | 1 << 3);
  posture_block_add_row (table);
  posture_block_add_cell (table, say (W_("No.")), NULL);
  posture_block_add_cell (table, say (W_("What to do")), NULL);
  posture_block_add_cell (table, say (W_("Effort")), NULL);
  posture_block_add_cell (table, posture_export_has_levels (run->export) ? say (W_("Gap")) : say (W_("Points")),
                          NULL);
  for (guint i = 0; i < MIN (findings->len, n_steps); i++)
    {
      const PostureFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *rank = g_strdup_printf ("%d", finding->rank);
      g_autofree char *points = finding->points != 0
                                  ? posture_export_words_format_number (run->words, finding->points, 2)
                                  : g_strdup ("–");
      g_autofree char *anchor = g_strconcat (
        "finding-", posture_export_finding_key (run->export, finding), NULL);
      g_autofree char *next = first_step_text (run->export, finding);

      posture_block_add_row (table);
      posture_block_add_cell (table, rank, anchor);
      posture_block_add_cell (table, next, anchor);
      posture_block_add_cell (table, posture_export_effort_level (run, finding), NULL);
      posture_block_add_cell (table, points, NULL);
    }
}

/* The number or why there is none, what it means, and what to do about it: what fits on the first page. */
void
posture_export_add_result (PostureExportRun *run,
                           PostureDocument  *document)
{
  PostureReport *report = run->export->report;

  posture_document_add_heading (document, 1, "result", say (W_("Result")));
  if (has_gauge (report))
    add_gauge (run, document);
  if (report->level != NULL)
    posture_document_add_paragraph (document, POSTURE_TEXT_LEAD,
                                    posture_words_get_level_summary (run->export->words,
                                                                     report->level));
  posture_document_add_paragraph (document, POSTURE_TEXT_PLAIN, explain_score (run, report->score));
  add_first_steps (run, document);
}

static void
set_section (PostureChartItem          *item,
             const char                *label,
             const PostureSectionScore *section,
             guint                      depth)
{
  const PostureProfileScore *profile = section->profile;

  *item = (PostureChartItem) {
    .label = label,
    .depth = depth,
  };
  set_score (item, profile != NULL ? profile->current : section->score);
  if (profile != NULL && profile->has_target)
    {
      item->has_target = TRUE;
      item->target = to_double (profile->target);
    }
  else if (section->target != NULL && section->target->has_value)
    {
      item->has_target = TRUE;
      item->target = to_double (section->target->value);
    }
}

static void
collect_sections (PostureExportRun *run,
                  GArray           *items,
                  GPtrArray        *labels,
                  GPtrArray        *sections,
                  guint             depth)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const PostureSectionScore *section = g_ptr_array_index (sections, i);
      PostureChartItem item;

      g_ptr_array_add (labels,
                       posture_export_section_title (run->export, section->id, section->instance));
      set_section (&item, g_ptr_array_index (labels, labels->len - 1), section, depth);
      g_array_append_val (items, item);
      collect_sections (run, items, labels, section->sections, depth + 1);
    }
}

/* Bars in charts of bearable length, divided before a top section. */
static void
add_bars (PostureExportRun *run,
          PostureDocument  *document)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (PostureChartItem));
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint from = 0, last_top = 0;

  collect_sections (run, items, labels, run->export->report->sections, 0);
  for (guint i = 0; i <= items->len; i++)
    {
      gboolean end = i == items->len;
      guint cut;

      if (!end && g_array_index (items, PostureChartItem, i).depth == 0)
        last_top = i;
      if (!end && (i - from < MAX_ROWS || items->len - from < MAX_ROWS + MIN_ROWS))
        continue;
      cut = end || last_top == from ? i : last_top;
      if (cut > from)
        add_chart (run, document,
                   posture_chart_new_bars (say (W_("By section")),
                                           &g_array_index (items, PostureChartItem, from), cut - from));
      from = cut;
      if (!end)
        i = MAX (from, 1) - 1;
      last_top = from;
    }
}

static void
add_radar (PostureExportRun *run,
           PostureDocument  *document)
{
  GPtrArray *sections = run->export->report->sections;
  const char *method = posture_questionnaire_get_method (run->export->questionnaire);
  g_autofree PostureChartItem *items = g_new0 (PostureChartItem, sections->len);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  if (sections->len < 3 || sections->len > 16
      || (g_strcmp0 (method, "maturity") != 0 && !posture_export_has_levels (run->export)))
    return;
  for (guint i = 0; i < sections->len; i++)
    {
      const PostureSectionScore *section = g_ptr_array_index (sections, i);

      g_ptr_array_add (labels,
                       posture_export_section_title (run->export, section->id, section->instance));
      set_section (&items[i], g_ptr_array_index (labels, i), section, 0);
    }
  add_chart (run, document, posture_chart_new_radar (say (W_("By section")), items, sections->len));
}

/* Each section with its score. */
void
posture_export_add_sections (PostureExportRun *run,
                             PostureDocument  *document)
{
  const char *method = posture_questionnaire_get_method (run->export->questionnaire);

  posture_document_add_heading (document, 1, "sections", say (W_("By section")));
  if (g_strcmp0 (method, "deduction") == 0)
    posture_document_add_paragraph (document, POSTURE_TEXT_PLAIN,
                                    say (W_("How many points each section takes off; a full bar takes off "
                                            "none.")));
  else if (g_strcmp0 (method, "weighted") == 0)
    posture_document_add_paragraph (document, POSTURE_TEXT_PLAIN,
                                    say (W_("What share of its points each section reaches, from 0 to "
                                            "100.")));
  else if (posture_export_has_levels (run->export))
    posture_document_add_paragraph (document, POSTURE_TEXT_PLAIN,
                                    say (W_("The mean of the levels answered in each section, and of those "
                                            "to be reached.")));
  else if (g_strcmp0 (method, "maturity") == 0)
    posture_document_add_paragraph (document, POSTURE_TEXT_PLAIN,
                                    say (W_("The maturity of each section, from 0 to 3, and what it is to "
                                            "become.")));
  add_radar (run, document);
  add_bars (run, document);
}
