/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-answers.h"
#include "app/ctl-ask.h"
#include "app/ctl-output.h"
#include "app/ctl-report.h"
#include "model/revision.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME 200 /* characters */

static void
draft_clear (CtlDraft *draft)
{
  g_clear_pointer (&draft->questionnaire, posture_questionnaire_unref);
  g_clear_pointer (&draft->asked, posture_questionnaire_unref);
  g_clear_pointer (&draft->words, posture_words_unref);
  g_clear_pointer (&draft->name, g_free);
  g_clear_pointer (&draft->assessment, g_free);
  g_clear_pointer (&draft->answers, posture_answers_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlDraft, draft_clear)

/* The name of a new assessment: what was asked for, else the questionnaire's title. */
static char *
make_name (Ctl      *ctl,
           CtlDraft *draft)
{
  const char *name = ctl->subject;

  if (name == NULL && draft->words != NULL)
    name = posture_words_get_title (draft->words);
  if (name == NULL)
    name = posture_questionnaire_get_id (draft->questionnaire);
  return g_strstrip (g_utf8_substring (name, 0, MIN (MAX_NAME, g_utf8_strlen (name, -1))));
}

static CtlStatus
check_subject (Ctl *ctl)
{
  g_autofree char *bare = ctl->subject != NULL ? g_strstrip (g_strdup (ctl->subject)) : NULL;

  if (bare == NULL || (*bare != '\0' && g_utf8_strlen (ctl->subject, -1) <= MAX_NAME))
    return CTL_OK;
  return ctl_error (CTL_USAGE, _("A subject is a name of at most %d characters."), MAX_NAME);
}

static CtlStatus
assess_file (Ctl      *ctl,
             CtlDraft *draft)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func (
      (GDestroyNotify) posture_operation_unref);
  PostureOperation *create;
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  create = posture_operation_new_create (
      ctl_get_now (ctl), posture_questionnaire_get_digest (draft->questionnaire), draft->name);
  g_ptr_array_add (operations, create);
  ctl_add_answers (ctl, operations, posture_operation_get_assessment (create), draft->answers);
  return ctl_submit (ctl, posture_operation_get_assessment (create), operations);
}

/* Whether the answers are those of the last revision: then its digest is theirs. Its parent is
 * none, or a revision that has a report. */
static gboolean
is_submitted (Ctl                   *ctl,
              PostureAssessmentItem *item,
              PostureAnswers        *answers)
{
  const char *id = posture_assessment_item_get_id (item);
  const char *last = posture_assessment_item_get_revision (item);
  g_autofree char *canonical = posture_answers_to_canonical (answers);
  g_autofree char *first = posture_revision_digest (id, /* parent = */ NULL, canonical);
  g_autoptr (PostureUserList) reports = NULL;

  if (last == NULL || g_str_equal (first, last))
    return last != NULL;
  reports = posture_user_service_list_reports (ctl_get_user (ctl), id);
  if (ctl_load_list (G_LIST_MODEL (reports)) != CTL_OK)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (reports)); i++)
    {
      g_autoptr (PostureReportItem) report = g_list_model_get_item (G_LIST_MODEL (reports), i);
      g_autofree char *revision = posture_revision_digest (
          id, posture_report_item_get_revision (report), canonical);

      if (g_str_equal (revision, last))
        return TRUE;
    }
  return FALSE;
}

/* Takes up an assessment if that is what the person wants to go on with. */
static CtlStatus
try_draft (Ctl                   *ctl,
           CtlDraft              *draft,
           PostureAssessmentItem *item)
{
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (posture_assessment_item_get_digest (item),
                 posture_questionnaire_get_digest (draft->questionnaire)) != 0 ||
      (ctl->subject != NULL && !g_str_equal (posture_assessment_item_get_name (item), draft->name)))
    return CTL_OK;
  answers = posture_user_service_dup_answers (ctl_get_user (ctl),
                                              posture_assessment_item_get_id (item), &error);
  if (answers == NULL)
    return ctl_fail (error);
  if (is_submitted (ctl, item, answers))
    return CTL_OK;
  posture_answers_unref (draft->answers);
  draft->answers = g_steal_pointer (&answers);
  draft->assessment = g_strdup (posture_assessment_item_get_id (item));
  g_free (draft->name);
  draft->name = g_strdup (posture_assessment_item_get_name (item));
  return CTL_OK;
}

static CtlStatus
find_draft (Ctl      *ctl,
            CtlDraft *draft)
{
  g_autoptr (PostureUserList) list = posture_user_service_list_assessments (ctl_get_user (ctl),
                                                                            FALSE);
  CtlStatus status = ctl_load_list (G_LIST_MODEL (list));

  for (guint i = 0; status == CTL_OK && draft->assessment == NULL &&
                    i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PostureAssessmentItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      status = try_draft (ctl, draft, item);
    }
  return status;
}

static void
greet (CtlDraft *draft)
{
  g_autofree char *going_on = NULL;

  ctl_print_heading (posture_words_get_title (draft->words));
  if (draft->assessment == NULL)
    {
      ctl_print_wrapped ("", 0, posture_words_get_summary (draft->words));
      return;
    }
  going_on = g_strdup_printf (ngettext ("Going on with “%s”, where %u answer is stored.",
                                        "Going on with “%s”, where %u answers are stored.",
                                        posture_answers_get_length (draft->answers)),
                              draft->name, posture_answers_get_length (draft->answers));
  ctl_print_wrapped ("", 0, going_on);
  ctl_print_wrapped (
      "", 0, _("To begin another one instead, leave with q and give it a name with --subject."));
}

static void
say_goodbye (Ctl      *ctl,
             CtlDraft *draft)
{
  g_autofree char *name = ctl_harmless (draft->name);
  g_autofree char *subject = ctl->subject != NULL ? g_shell_quote (name) : NULL;
  g_autofree char *text = NULL;

  if (draft->assessment == NULL)
    text = g_strdup (_("Nothing was answered, so nothing is stored."));
  else
    text = g_strdup_printf (_("Your answers are stored. To go on: posturectl assess %s%s%s"),
                            posture_questionnaire_get_id (draft->questionnaire),
                            subject != NULL ? " --subject " : "", subject != NULL ? subject : "");
  ctl_print ("%s\n", text); /* in one line, so that it can be copied */
  if (ctl->json)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "assessment", draft->assessment);
      posture_json_writer_key (writer, "submitted");
      posture_json_writer_boolean (writer, FALSE);
      posture_json_writer_end_object (writer);
      ctl_print_json (writer);
    }
}

static CtlStatus
assess_person (Ctl      *ctl,
               CtlDraft *draft)
{
  gboolean submit = FALSE;
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK)
    status = find_draft (ctl, draft);
  if (status != CTL_OK)
    return status;
  if (ctl->json)
    ctl_output_use_stderr ();
  greet (draft);
  status = ctl_ask (ctl, draft, &submit);
  if (status != CTL_OK && status != CTL_INTERRUPTED)
    return status;
  if (submit)
    {
      ctl_print ("\n");
      return ctl_submit (ctl, draft->assessment, /* operations = */ NULL);
    }
  say_goodbye (ctl, draft);
  return status;
}

/**
 * ctl_assess:
 * @ctl: the run
 *
 * `posturectl assess`: answers a questionnaire, from a file or by asking, and
 * prints the report.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_assess (Ctl *ctl)
{
  g_auto (CtlDraft) draft = { NULL };
  CtlStatus status = check_subject (ctl);

  if (status == CTL_OK)
    status = ctl_open_library (ctl);
  if (status != CTL_OK)
    return status;
  draft.questionnaire = ctl_dup_questionnaire (ctl, ctl->arguments[0], &status);
  if (draft.questionnaire == NULL)
    return status;
  draft.words = ctl_dup_words (ctl, posture_questionnaire_get_digest (draft.questionnaire));
  draft.name = make_name (ctl, &draft);
  draft.answers = ctl->answers != NULL ? ctl_read_answers (ctl, draft.questionnaire, &status)
                                       : posture_answers_new ();
  if (draft.answers == NULL)
    return status;
  return ctl->answers != NULL ? assess_file (ctl, &draft) : assess_person (ctl, &draft);
}
