/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"
#include "app/ctl-find.h"
#include "app/ctl-output.h"
#include "app/ctl-report.h"
#include "model/finding-words.h"
#include "model/report-words.h"

#include "rating/way.h"
#include "user/stored-report.h"

#include <glib/gi18n.h>

/* Where to, and from where. */
typedef struct
{
  PostureReport *report;
  PostureQuestionnaire *questionnaire;
  PostureWords *words; /* nullable */
  gint64 goal;
  const char *level; /* nullable */
} Aim;

static void
write_step (PostureJsonWriter    *writer,
            const PostureWayStep *step)
{
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "question", step->question);
  posture_json_writer_member_string (writer, "instance", step->instance);
  posture_json_writer_member_string (writer, "effort", posture_effort_to_string (step->effort));
  posture_json_writer_key (writer, "answer");
  posture_answer_write (step->answer, writer, /* with_note = */ FALSE);
  posture_json_writer_end_object (writer);
}

static void
write_way (PostureJsonWriter *writer,
           const Aim         *aim,
           PostureWay        *way)
{
  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "goal");
  posture_json_writer_decimal (writer, aim->goal, POSTURE_DECIMAL_PLACES);
  posture_json_writer_member_string (writer, "level", aim->level);
  posture_json_writer_key (writer, "found");
  posture_json_writer_boolean (writer, way != NULL);
  posture_json_writer_key (writer, "steps");
  posture_json_writer_begin_array (writer);
  for (guint i = 0; way != NULL && i < way->steps->len; i++)
    write_step (writer, g_ptr_array_index (way->steps, i));
  posture_json_writer_end_array (writer);
  posture_json_writer_key (writer, "effort");
  posture_json_writer_int (writer, way != NULL ? way->effort : 0);
  posture_json_writer_key (writer, "exact");
  posture_json_writer_boolean (writer, way != NULL && way->exact);
  posture_json_writer_key (writer, "score");
  if (way != NULL)
    posture_score_write (writer, way->report->score);
  else
    posture_json_writer_null (writer);
  posture_json_writer_end_object (writer);
}

static void
print_step (const Aim            *aim,
            const PostureWayStep *step)
{
  PostureQuestion *question = posture_questionnaire_find_question (aim->questionnaire,
                                                                   step->question);
  const char *text = aim->words != NULL
                       ? posture_words_get_question (aim->words, step->question,
                                                     POSTURE_WORDS_QUESTION)
                       : NULL;
  g_autofree char *first = g_strdup_printf ("  %s%s%s  ", step->question,
                                            step->instance != NULL ? "@" : "",
                                            step->instance != NULL ? step->instance : "");
  g_autofree char *answer = question != NULL
                              ? ctl_answer_text (question, aim->words, step->answer)
                              : g_strdup ("?");
  g_autofree char *line = g_strdup_printf ("→ %s · %s", answer, posture_effort_to_words (step->effort));

  ctl_print_wrapped (first, 4, text != NULL ? text : step->question);
  ctl_print_wrapped ("    ", 6, line);
}

static void
print_way (const Aim  *aim,
           PostureWay *way)
{
  g_autofree char *goal = ctl_decimal (aim->goal);
  g_autofree char *now = posture_score_to_words (aim->report->score);
  g_autofree char *then = way != NULL ? posture_score_to_words (way->report->score) : NULL;
  const char *level = aim->level != NULL && aim->words != NULL
                        ? posture_words_get_level_title (aim->words, aim->level) : aim->level;

  ctl_print (_("Now: %s\n"), now);
  if (level != NULL)
    ctl_print (_("Next: %s, from %s\n"), level, goal);
  else
    ctl_print (_("Next: %s\n"), goal);
  if (way == NULL)
    {
      ctl_print_wrapped ("", 0, _("No way leads there: not with everything put right that is found."));
      return;
    }
  ctl_print_heading (way->steps->len == 0 ? _("It is reached.")
                     : way->exact         ? _("The cheapest way there")
                                          : _("A way there; there may be a cheaper one"));
  for (guint i = 0; i < way->steps->len; i++)
    print_step (aim, g_ptr_array_index (way->steps, i));
  ctl_print (_("Then: %s\n"), then);
}

static gboolean
find_goal (Ctl  *ctl,
           Aim  *aim,
           CtlStatus *ret_status)
{
  g_autoptr (PostureJsonDocument) document = NULL;

  if (ctl->goal == NULL)
    {
      if (posture_find_next_goal (aim->questionnaire, aim->report, &aim->goal, &aim->level))
        return TRUE;
      *ret_status = ctl_error (CTL_FAILED, _("There is no next level: it is the highest, or there are "
                                             "none. “--goal” takes a score to reach."));
      return FALSE;
    }
  document = posture_json_document_new_text (ctl->goal, NULL);
  if (document != NULL
      && posture_json_node_get_kind (posture_json_document_get_root (document)) == POSTURE_JSON_NUMBER
      && posture_json_node_get_decimal (posture_json_document_get_root (document),
                                        POSTURE_DECIMAL_PLACES, &aim->goal)
      && aim->goal >= aim->report->score->min && aim->goal <= aim->report->score->max)
    return TRUE;
  *ret_status = ctl_error (CTL_USAGE, _("--goal takes a score that there can be, such as 80."));
  return FALSE;
}

static CtlStatus
find_and_print (Ctl                       *ctl,
                const Aim                 *aim,
                const PostureAnswerRecord *revision)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (revision->answers,
                                                                             &error);
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureWay) way = NULL;

  if (document != NULL)
    answers = posture_answers_new_from_node (posture_json_document_get_root (document),
                                             aim->questionnaire, &error);
  if (answers != NULL)
    way = posture_find_way (aim->questionnaire, answers, aim->goal, &error);
  if (error != NULL)
    return ctl_fail (error);
  if (ctl->json)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      write_way (writer, aim, way);
      ctl_print_json (writer);
    }
  else
    print_way (aim, way);
  return CTL_OK;
}

/**
 * ctl_reports_next_level:
 * @ctl: the run
 *
 * `posturectl reports next-level`: the cheapest way to the next level.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_reports_next_level (Ctl *ctl)
{
  g_autoptr (PostureStoredReport) stored = NULL;
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureWords) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  CtlStatus status = ctl_open (ctl);
  Aim aim = { NULL };

  if (status == CTL_OK)
    id = ctl_find_report (ctl, ctl->arguments[0], &status);
  if (id == NULL)
    return status;
  stored = posture_user_service_dup_stored_report (ctl_get_user (ctl), id, &error);
  if (stored != NULL)
    report = posture_user_service_dup_report (ctl_get_user (ctl), id, &error);
  if (report == NULL)
    return ctl_fail (error);
  questionnaire = posture_library_dup_by_digest (ctl->library, report->questionnaire->digest);
  if (questionnaire == NULL)
    return ctl_error (CTL_FAILED, _("The questionnaire of the report is not here."));
  words = ctl_dup_words (ctl, report->questionnaire->digest);
  aim = (Aim) { report, questionnaire, words, 0, NULL };
  return find_goal (ctl, &aim, &status) ? find_and_print (ctl, &aim, stored->revision) : status;
}
