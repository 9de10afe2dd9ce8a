/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-compare.h"

#include "app/ctl-answers.h"
#include "app/ctl-find.h"
#include "app/ctl-instances.h"
#include "app/ctl-output.h"
#include "app/ctl-report.h"
#include "model/report-words.h"

#include <glib/gi18n.h>

/* A comparison and the words of the later report to tell it with. */
typedef struct
{
  PostureComparison *comparison;
  PostureQuestionnaire *questionnaire; /* nullable */
  PostureWords *words;                 /* nullable */
  PostureAnswers *answers;             /* nullable; for the names of instances */
} Telling;

static const char *
question_text (const Telling *telling,
               const char    *question)
{
  const char *text = telling->words != NULL
                       ? posture_words_get_question (telling->words, question,
                                                     POSTURE_WORDS_QUESTION)
                       : NULL;

  return text != NULL ? text : question;
}

static const char *
section_text (const Telling *telling,
              const char    *section)
{
  const char *text = telling->words != NULL
                       ? posture_words_get_section_title (telling->words, section) : NULL;

  return text != NULL ? text : section;
}

/* “id” or “id@instance”, as answers are named. */
static char *
key_text (const char *question,
          const char *instance)
{
  return instance != NULL ? g_strconcat (question, "@", instance, NULL) : g_strdup (question);
}

static void
print_score (const PostureComparison *comparison)
{
  g_autofree char *before = posture_score_to_words (comparison->before->score);
  g_autofree char *after = posture_score_to_words (comparison->after->score);

  ctl_print (_("Before: %s\n"), before);
  ctl_print (_("Now:    %s\n"), after);
  if (!comparison->same_questionnaire)
    ctl_print_wrapped ("", 2, _("The two answer different questionnaires or versions of one; what "
                                "is new or gone can be due to that."));
  if (!comparison->same_scale)
    ctl_print_wrapped ("", 2, _("They are rated on different scales: the scores cannot be "
                                "compared."));
}

/* How a section stands; a profile has no score but a mean. */
static char *
standing_text (const PostureSectionScore *section)
{
  if (section == NULL)
    return g_strdup ("–");
  return posture_score_range_to_words (section->profile != NULL ? section->profile->current : section->score);
}

static void
print_sections (const Telling *telling)
{
  GPtrArray *sections = telling->comparison->sections;

  if (sections->len > 0)
    ctl_print_heading (_("Sections"));
  for (guint i = 0; i < sections->len; i++)
    {
      const PostureSectionChange *change = g_ptr_array_index (sections, i);
      g_autofree char *before = standing_text (change->before);
      g_autofree char *after = standing_text (change->after);
      const char *instance = telling->questionnaire != NULL
                               ? ctl_instance_name (telling->questionnaire, telling->answers,
                                                    change->id, change->instance)
                               : change->instance;
      g_autofree char *line = g_strdup_printf ("%s%s%s: %s → %s",
                                               section_text (telling, change->id),
                                               instance != NULL ? " · " : "",
                                               instance != NULL ? instance : "", before, after);

      ctl_print_wrapped ("  ", 4, line);
    }
}

/* An answer as a report tells it: its value, else what there is instead. */
static char *
value_text (const Telling            *telling,
            const PostureExplanation *explanation)
{
  PostureQuestion *question;
  g_autoptr (PostureAnswer) answer = NULL;

  if (explanation == NULL)
    return g_strdup (_("not asked"));
  question = telling->questionnaire != NULL
               ? posture_questionnaire_find_question (telling->questionnaire, explanation->question)
               : NULL;
  if (explanation->value != NULL && question != NULL)
    answer = posture_answer_new_from_text (explanation->value, question, NULL);
  if (answer != NULL)
    return ctl_answer_text (question, telling->words, answer);
  if (explanation->value != NULL)
    return g_strdup (explanation->value);
  if (g_str_equal (explanation->rule, "unknown"))
    return g_strdup (_("I don’t know"));
  if (g_str_equal (explanation->rule, "unanswered"))
    return g_strdup (_("not answered"));
  return g_strdup (_("not applicable"));
}

static void
print_answers (const Telling *telling)
{
  GPtrArray *answers = telling->comparison->answers;

  if (answers->len > 0)
    ctl_print_heading (_("Answers"));
  for (guint i = 0; i < answers->len; i++)
    {
      const PostureAnswerChange *change = g_ptr_array_index (answers, i);
      g_autofree char *key = key_text (change->question, change->instance);
      g_autofree char *first = g_strdup_printf ("  %s  ", key);
      g_autofree char *before = value_text (telling, change->before);
      g_autofree char *after = value_text (telling, change->after);
      g_autofree char *line = g_strdup_printf ("%s → %s", before, after);

      ctl_print_wrapped (first, 4, question_text (telling, change->question));
      ctl_print_wrapped ("    ", 6, line);
    }
}

static void
print_findings (const Telling *telling,
                const char    *heading,
                GPtrArray     *findings)
{
  if (findings->len > 0)
    ctl_print_heading (heading);
  for (guint i = 0; i < findings->len; i++)
    {
      const PostureFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *key = key_text (finding->question, finding->instance);
      g_autofree char *first = g_strdup_printf ("  %s  ", key);

      ctl_print_wrapped (first, 4, question_text (telling, finding->question));
    }
}

/**
 * ctl_print_comparison:
 * @ctl: a run with a library
 * @comparison: what changed
 * @answers: (nullable): answers that know the names of instances
 *
 * Prints in words what changed.
 */
void
ctl_print_comparison (Ctl               *ctl,
                      PostureComparison *comparison,
                      PostureAnswers    *answers)
{
  const char *digest = comparison->after->questionnaire->digest;
  g_autoptr (PostureQuestionnaire) questionnaire = posture_library_dup_by_digest (ctl->library,
                                                                                  digest);
  g_autoptr (PostureWords) words = ctl_dup_words (ctl, digest);
  const Telling telling = { comparison, questionnaire, words, answers };

  print_score (comparison);
  if (posture_comparison_same (comparison))
    {
      ctl_print ("%s\n", _("Nothing changed."));
      return;
    }
  print_sections (&telling);
  print_answers (&telling);
  print_findings (&telling, _("Put right"), comparison->gone);
  print_findings (&telling, _("New findings"), comparison->fresh);
  print_findings (&telling, _("Findings that weigh otherwise"), comparison->moved);
}

/* The report of the same assessment that was submitted last before @report. */
static char *
find_before (Ctl           *ctl,
             PostureReport *report,
             CtlStatus     *ret_status)
{
  g_autoptr (PostureUserList) list = posture_user_service_list_reports (ctl_get_user (ctl),
                                                                        report->assessment);
  gboolean passed = FALSE;

  *ret_status = ctl_load_list (G_LIST_MODEL (list));
  for (guint i = 0; *ret_status == CTL_OK && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PostureReportItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (passed)
        return g_strdup (posture_report_item_get_id (item));
      passed = g_str_equal (posture_report_item_get_id (item), report->id);
    }
  if (*ret_status == CTL_OK)
    *ret_status = ctl_error (CTL_NOT_FOUND, _("There is no report before this one. Name another one "
                                              "to compare it with."));
  return NULL;
}

static PostureReport *
load (Ctl        *ctl,
      const char *id,
      CtlStatus  *ret_status)
{
  g_autoptr (GError) error = NULL;
  PostureReport *report = posture_user_service_dup_report (ctl_get_user (ctl), id, &error);

  if (report == NULL)
    *ret_status = ctl_fail (error);
  return report;
}

static PostureReport *
load_other (Ctl           *ctl,
            PostureReport *report,
            CtlStatus     *ret_status)
{
  g_autofree char *id = ctl->n_arguments > 1
                          ? ctl_find_report (ctl, ctl->arguments[1], ret_status)
                          : find_before (ctl, report, ret_status);

  return id != NULL ? load (ctl, id, ret_status) : NULL;
}

/**
 * ctl_reports_compare:
 * @ctl: the run
 *
 * `posturectl reports compare`: what changed since another report.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_reports_compare (Ctl *ctl)
{
  g_autoptr (PostureReport) after = NULL;
  g_autoptr (PostureReport) before = NULL;
  g_autoptr (PostureComparison) comparison = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autofree char *id = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK)
    id = ctl_find_report (ctl, ctl->arguments[0], &status);
  if (id != NULL)
    after = load (ctl, id, &status);
  if (after != NULL)
    before = load_other (ctl, after, &status);
  if (before == NULL)
    return status;
  comparison = posture_reports_compare (before, after);
  if (ctl->json)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_comparison_write (comparison, writer);
      ctl_print_json (writer);
      return CTL_OK;
    }
  answers = posture_user_service_dup_answers (ctl_get_user (ctl), after->assessment, NULL);
  ctl_print_comparison (ctl, comparison, answers);
  return CTL_OK;
}
