/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/score-card.h"

#include "model/report-words.h"
#include "ui/chart-box.h"
#include "ui/report-charts.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
append_label (GtkWidget  *box,
              const char *text,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
append_button (GtkWidget  *box,
               const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
append_answers_button (GtkWidget           *box,
                       const PostureReport *report,
                       const char          *label)
{
  gtk_actionable_set_action_name (GTK_ACTIONABLE (append_button (box, label)), "win.show-assessment");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (gtk_widget_get_last_child (box)), "s", report->assessment);
}

/* The level that a number falls into. */
static const char *
find_level (PostureTelling *telling,
            gint64          number)
{
  PostureQuestionnaire *questionnaire = posture_telling_get_questionnaire (telling);
  const char *level = NULL;

  for (guint i = 0; questionnaire != NULL && i < posture_questionnaire_get_n_levels (questionnaire); i++)
    if (posture_questionnaire_get_level (questionnaire, i)->from <= number)
      level = posture_questionnaire_get_level (questionnaire, i)->id;
  return level != NULL ? posture_words_get_level_title (posture_telling_get_words (telling), level) : NULL;
}

static void
append_level (GtkWidget      *box,
              PostureTelling *telling)
{
  const PostureReport *report = posture_telling_get_report (telling);
  PostureWords *words = posture_telling_get_words (telling);
  const char *title = report->level != NULL && words != NULL
                        ? posture_words_get_level_title (words, report->level) : NULL;

  if (title != NULL)
    {
      const char *summary = posture_words_get_level_summary (words, report->level);

      append_label (box, title, "title-2");
      if (summary != NULL)
        append_label (box, summary, NULL);
      return;
    }
  if (posture_score_is_range (report->score) && find_level (telling, report->score->worst) != NULL)
    {
      /* Translators: the levels at both ends of a range */
      g_autofree char *text = g_strdup_printf (_("%s to %s"), find_level (telling, report->score->worst),
                                               find_level (telling, report->score->best));

      append_label (box, text, "title-2");
      return;
    }
  if (report->score->has_value || posture_score_is_range (report->score))
    {
      g_autofree char *text = posture_score_to_words (report->score);

      append_label (box, text, "title-2");
    }
}

/* Why it is a range, and how it becomes a number. */
static void
append_range (GtkWidget      *box,
              PostureTelling *telling)
{
  guint open = posture_telling_count_open (telling);
  g_autofree char *text = NULL;

  text = g_strdup_printf (ngettext ("The score is a range because %u answer is still open. The lower end counts it "
                                    "as not in place, the upper end as in place.",
                                    "The score is a range because %u answers are still open. The lower end counts "
                                    "them as not in place, the upper end as in place.",
                                    open),
                          open);
  append_label (box, text, NULL);
  append_answers_button (box, posture_telling_get_report (telling), _("_Answer what is open"));
}

/* The finding that stands in the way of a score comes first, see core/rating. */
static void
append_required (GtkWidget      *box,
                 PostureTelling *telling)
{
  const PostureReport *report = posture_telling_get_report (telling);
  const PostureFinding *first = report->findings->len > 0 ? g_ptr_array_index (report->findings, 0) : NULL;
  gboolean open = g_strcmp0 (report->score->reason, "required-open") == 0;
  GtkWidget *button;

  append_label (box, open ? _("No score yet") : _("No score"), "title-2");
  append_label (box,
                open ? _("One measure is needed before anything can be counted, and its question is still open:")
                     : _("One measure is needed before anything can be counted, and it is not in place:"),
                NULL);
  if (first == NULL)
    return;
  append_label (box, posture_telling_get_question (telling, first->question), "heading");
  if (open && report->score->has_best)
    {
      g_autofree char *best = posture_score_number_to_words (report->score, report->score->best);
      g_autofree char *text = g_strdup_printf (_("If it is in place, the score can be up to %s."), best);

      append_label (box, text, NULL);
    }
  button = append_button (box, _("_Go to the question"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-question");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", report->assessment, first->question);
}

static void
append_profile (GtkWidget      *box,
                PostureTelling *telling)
{
  const PostureReport *report = posture_telling_get_report (telling);
  guint n_findings = report->findings->len;
  g_autofree char *text = NULL;

  append_label (box, _("Where you stand, and where you want to get"), "title-2");
  append_label (box, _("This questionnaire gives no grade. It compares how things are with the targets that you set."),
                NULL);
  if (!posture_telling_has_targets (telling))
    {
      append_label (box, _("No targets are set yet. With a target for the questions that matter to you, this report "
                           "says what to do first."), NULL);
      append_answers_button (box, report, _("_Set targets"));
      return;
    }
  text = g_strdup_printf (ngettext ("%u question is below its target.", "%u questions are below their targets.",
                                    n_findings),
                          n_findings);
  append_label (box, text, "heading");
  if (posture_telling_count_open (telling) > 0)
    append_answers_button (box, report, _("_Answer what is open"));
}

static void
append_no_number (GtkWidget      *box,
                  PostureTelling *telling)
{
  const PostureReport *report = posture_telling_get_report (telling);
  const char *reason = report->score->reason;

  if (g_strcmp0 (reason, "no-grade") == 0)
    append_profile (box, telling);
  else if (g_strcmp0 (reason, "required-open") == 0 || g_strcmp0 (reason, "required-not-met") == 0)
    append_required (box, telling);
  else
    {
      append_label (box, _("No score"), "title-2");
      append_label (box, g_strcmp0 (reason, "nothing-to-rate") == 0
                           ? _("There is nothing to rate: every question that counts was answered with “does not "
                               "apply”. If one of them does apply, change its answer and submit again.")
                           : _("This version of Posture cannot say why. A newer one may be able to."), NULL);
      append_answers_button (box, report, _("_Go to the answers"));
    }
}

/**
 * posture_score_card_new:
 * @telling: a report
 *
 * Returns: (transfer floating): the score with what it means; where it is a range or there is none,
 *   why, and the way on
 */
GtkWidget *
posture_score_card_new (PostureTelling *telling)
{
  const PostureReport *report = posture_telling_get_report (telling);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autoptr (PostureChart) gauge = posture_report_chart_gauge (telling);
  g_autofree char *coverage = posture_coverage_to_words (report->coverage);

  if (gauge != NULL)
    gtk_box_append (GTK_BOX (box), posture_chart_box_new (gauge));
  if (posture_telling_get_words (telling) == NULL)
    append_label (box, _("This version of Posture does not know the version of the questionnaire that this report was "
                         "made with. So it can show the numbers, but neither questions nor advice."), NULL);
  if (gauge != NULL)
    append_level (box, telling);
  else
    append_no_number (box, telling);
  if (posture_score_is_range (report->score))
    append_range (box, telling);
  append_label (box, coverage, "dim-label");
  return box;
}
