/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-report.h"

#include "app/ctl-instances.h"
#include "app/ctl-output.h"
#include "model/finding-words.h"
#include "model/report-words.h"

#include <glib/gi18n.h>

/* A report and the words to tell it with, which an old report can be without. */
typedef struct
{
  PostureReport *report;
  PostureQuestionnaire *questionnaire;
  PostureWords *words;
  PostureAnswers *answers; /* for the names of instances, which a report does not hold */
} Telling;

static const char *
or_id (const char *words,
       const char *id)
{
  return words != NULL ? words : id;
}

static void
print_score (const Telling *telling)
{
  const PostureReport *report = telling->report;
  const char *level = report->level;
  g_autofree char *score = posture_score_to_words (report->score);
  g_autofree char *line = g_strdup_printf (_("Score: %s"), score);

  ctl_print_heading (line);
  if (report->target != NULL)
    {
      g_autofree char *target = posture_target_to_words (report->score, report->target);

      ctl_print ("  %s\n", target);
    }
  if (level != NULL)
    {
      g_autofree char *first = g_strdup_printf (
          _("Level: %s. "), or_id (posture_words_get_level_title (telling->words, level), level));

      g_autofree char *whole = g_strconcat (
          first, posture_words_get_level_summary (telling->words, level), NULL);

      ctl_print_wrapped ("", 2, whole);
    }
  if (posture_score_is_range (report->score))
    ctl_print_wrapped ("", 2,
                       _("It is a range because some answers are still open: the lower end counts "
                         "them as not in place, the upper end as in place."));
}

static void
print_sections (const Telling *telling,
                GPtrArray     *sections,
                guint          depth)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const PostureSectionScore *section = g_ptr_array_index (sections, i);
      g_autofree char *first = g_strdup_printf ("%*s", (int) (2 + 2 * depth), "");
      g_autofree char *range = posture_section_score_to_words (section);
      const char *instance = ctl_instance_name (telling->questionnaire, telling->answers,
                                                section->id, section->instance);
      g_autofree char *line = NULL;

      line = g_strdup_printf ("%s%s%s: %s",
                              or_id (posture_words_get_section_title (telling->words, section->id),
                                     section->id),
                              instance != NULL ? " · " : "", instance != NULL ? instance : "", range);
      ctl_print_wrapped (first, 4 + 2 * depth, line);
      print_sections (telling, section->sections, depth + 1);
    }
}

static void
print_finding (const Telling        *telling,
               const PostureFinding *finding)
{
  g_autofree char *first = g_strdup_printf ("%3d. ", finding->rank);
  g_autofree char *words = posture_finding_to_words (finding,
                                                     g_str_equal (telling->report->method->id, "profile"));
  g_autofree char *facts = NULL;
  const char *question = posture_words_get_question (telling->words, finding->question,
                                                     POSTURE_WORDS_QUESTION);
  const char *next = posture_words_get_recommendation (telling->words, finding->question,
                                                       finding->recommendation);
  const char *instance = ctl_instance_name (telling->questionnaire, telling->answers,
                                            finding->section, finding->instance);

  ctl_print_wrapped (first, 5, or_id (question, finding->question));
  facts = g_strdup_printf ("%s%s%s · %s", finding->question, instance != NULL ? " · " : "",
                           instance != NULL ? instance : "", words);
  ctl_print_wrapped ("     ", 5, facts);
  if (next != NULL)
    ctl_print_wrapped ("     → ", 7, next);
}

static void
print_findings (const Telling *telling,
                guint          n_findings)
{
  GPtrArray *findings = telling->report->findings;
  guint length = MIN (findings->len, n_findings);

  if (length == 0)
    {
      ctl_print ("%s\n", _("Nothing is left to fix."));
      return;
    }
  ctl_print_heading (_("What to fix first"));
  for (guint i = 0; i < length; i++)
    print_finding (telling, g_ptr_array_index (findings, i));
  if (findings->len > length)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("… and %u more.", "… and %u more.",
                                                         findings->len - length),
                                               findings->len - length);

      ctl_print ("  %s\n", more);
    }
}

static void
print_coverage (const PostureCoverage *coverage)
{
  g_autofree char *text = posture_coverage_to_words (coverage);

  ctl_print_wrapped ("", 2, text);
}

static void
print_without_words (const PostureReport *report)
{
  g_autofree char *score = posture_score_to_words (report->score);

  ctl_print (_("Score: %s\n"), score);
  ctl_print_wrapped ("", 2,
                     _("This version of Posture does not have the questionnaire of the report; "
                       "“--json” gives all of it."));
}

/**
 * ctl_print_report:
 * @ctl: a run with a library
 * @report: a report
 * @name: (nullable): the name of its assessment
 * @answers: (nullable): answers that know the names of its instances
 * @n_findings: how many findings to tell
 *
 * Prints a report: as JSON, as it is, or in words.
 */
void
ctl_print_report (Ctl           *ctl,
                  PostureReport *report,
                  const char    *name,
                  PostureAnswers *answers,
                  guint          n_findings)
{
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureWords) words = NULL;
  Telling telling = { .report = report, .answers = answers };

  if (ctl->json)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_report_write (writer, report);
      ctl_print_json (writer);
      return;
    }
  telling.questionnaire = questionnaire = posture_library_dup_by_digest (
      ctl->library, report->questionnaire->digest);
  telling.words = words = ctl_dup_words (ctl, report->questionnaire->digest);
  ctl_print_heading (name != NULL ? name
                     : words != NULL ? posture_words_get_title (words)
                                     : report->questionnaire->id);
  if (questionnaire == NULL || words == NULL)
    {
      print_without_words (report);
      return;
    }
  print_score (&telling);
  print_coverage (report->coverage);
  ctl_print ("\n");
  ctl_print_heading (_("By section"));
  print_sections (&telling, report->sections, 0);
  ctl_print ("\n");
  print_findings (&telling, n_findings);
}

/**
 * ctl_show_report:
 * @ctl: a run whose profile is open
 * @id: a report's id
 * @n_findings: how many findings to tell
 *
 * Prints a report that is stored.
 *
 * Returns: %CTL_OK, or what to end with; the reason was printed
 */
CtlStatus
ctl_show_report (Ctl        *ctl,
                 const char *id,
                 guint       n_findings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) report = posture_user_service_dup_report (ctl_get_user (ctl), id,
                                                                      &error);
  g_autoptr (PostureAssessmentItem) assessment = NULL;
  g_autoptr (PostureAnswers) answers = NULL;

  if (report == NULL)
    return ctl_fail (error);
  assessment = posture_user_service_dup_assessment (ctl_get_user (ctl), report->assessment, &error);
  if (assessment == NULL)
    return ctl_fail (error);
  /* a questionnaire that is not here (any more) has no answers to read either */
  answers = posture_user_service_dup_answers (ctl_get_user (ctl), report->assessment, NULL);
  ctl_print_report (ctl, report, posture_assessment_item_get_name (assessment), answers, n_findings);
  if (!ctl->json)
    {
      gint64 submitted = 0;
      g_autofree char *moment = NULL;

      posture_time_from_text (report->submitted, &submitted);
      moment = ctl_moment (submitted);
      ctl_print (_("\nReport %.12s, submitted %s.\n"), report->id, moment);
    }
  return CTL_OK;
}
