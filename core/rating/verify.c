/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/verify.h"

#include "model/revision.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (posture-verify-error-quark, posture_verify_error)

static gboolean
check_revision (PostureQuestionnaire      *questionnaire,
                const PostureAnswerRecord *revision,
                GError                   **error)
{
  g_autofree char *digest = posture_revision_digest (revision->assessment, revision->parent,
                                                     revision->answers);

  if (!g_str_equal (digest, revision->revision))
    {
      g_set_error (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_REVISION,
                   _("The answers are not those of revision %.12s: they were changed."),
                   revision->revision);
      return FALSE;
    }
  if (!g_str_equal (posture_questionnaire_get_digest (questionnaire), revision->digest)
      || !g_str_equal (posture_questionnaire_get_id (questionnaire), revision->questionnaire)
      || !g_str_equal (posture_questionnaire_get_version (questionnaire), revision->version))
    {
      g_set_error (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_QUESTIONNAIRE,
                   _("The questionnaire is not the version of “%s” that was answered."),
                   revision->questionnaire);
      return FALSE;
    }
  return TRUE;
}

static PostureReport *
rate_again (PostureQuestionnaire      *questionnaire,
            const PostureAnswerRecord *revision,
            GError                   **error)
{
  const PostureRatingContext context = { revision->assessment, revision->revision,
                                         revision->submitted };
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (revision->answers,
                                                                             error);
  g_autoptr (PostureAnswers) answers = NULL;

  if (document == NULL)
    return NULL;
  answers = posture_answers_new_from_node (posture_json_document_get_root (document), questionnaire,
                                           error);
  return answers != NULL ? posture_rate (questionnaire, answers, &context, error) : NULL;
}

/* Two texts differ: says why, as far as that can be found. */
static gboolean
tell_difference (const char    *text,
                 PostureReport *again,
                 GError       **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, NULL);
  g_autoptr (PostureReport) report = document != NULL
    ? posture_report_read (posture_json_document_get_root (document), NULL) : NULL;

  if (report != NULL && g_str_equal (report->method->id, again->method->id)
      && report->method->version != again->method->version)
    g_set_error (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_METHOD,
                 _("The report was rated with version %d of the method “%s”; this program has "
                   "version %d and cannot repeat it."),
                 report->method->version, again->method->id, again->method->version);
  else
    g_set_error_literal (error, POSTURE_VERIFY_ERROR, POSTURE_VERIFY_ERROR_DIFFERENT,
                         _("Rating the same answers again gives another report: this one was "
                           "changed."));
  return FALSE;
}

/**
 * posture_verify_report:
 * @questionnaire: the questionnaire that was answered
 * @revision: the revision that was rated
 * @report: the report, as it is stored
 * @error: return location for a #PostureVerifyError, #PostureRatingError or
 *   #PostureModelError
 *
 * Checks that the revision is what its digest says, that it answers the
 * questionnaire, and that rating it gives the very report, byte for byte.
 *
 * Takes the time of one rating; can be called in any thread.
 *
 * Returns: %TRUE if all is so
 */
gboolean
posture_verify_report (PostureQuestionnaire      *questionnaire,
                       const PostureAnswerRecord *revision,
                       const char                *report,
                       GError                   **error)
{
  g_autoptr (PostureReport) again = NULL;
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = NULL;

  if (!check_revision (questionnaire, revision, error))
    return FALSE;
  again = rate_again (questionnaire, revision, error);
  if (again == NULL)
    return FALSE;
  posture_report_write (writer, again);
  text = posture_json_writer_finish_text (writer);
  return g_str_equal (text, report) || tell_difference (report, again, error);
}
