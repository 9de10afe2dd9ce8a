/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export.h"

typedef struct
{
  PostureReport *report;
  PostureQuestionnaire *questionnaire;
  PostureWords *words;
} Load;

static void
load_free (Load *self)
{
  posture_report_unref (self->report);
  posture_questionnaire_unref (self->questionnaire);
  posture_words_unref (self->words);
  g_free (self);
}

/**
 * posture_export_load:
 * @user: the user service that has the report
 * @report: a report
 * @questionnaire: the questionnaire it was rated with
 * @words: words of that questionnaire; they choose the language
 * @error: return location for a #PostureUserError
 *
 * Brings together what a report needs to be read elsewhere: the answers of its
 * revision, the assessment's notes and name. Waits for the disk; can be called
 * in any thread.
 *
 * Returns: (transfer full) (nullable): the export, or %NULL on error
 */
PostureExport *
posture_export_load (PostureUserService   *user,
                     PostureReport        *report,
                     PostureQuestionnaire *questionnaire,
                     PostureWords         *words,
                     GError              **error)
{
  g_autoptr (PostureAssessmentItem) assessment = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureAnswers) notes = NULL;

  g_return_val_if_fail (user != NULL && report != NULL, NULL);

  assessment = posture_user_service_dup_assessment (user, report->assessment, error);
  if (assessment != NULL)
    answers = posture_user_service_dup_submitted_answers (user, report->revision, error);
  if (answers != NULL)
    notes = posture_user_service_dup_answers (user, report->assessment, error);
  if (notes == NULL)
    return NULL;
  return posture_export_new (report, questionnaire, words, answers, notes,
                             posture_assessment_item_get_name (assessment));
}

static void
load_func (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  const Load *load = data;
  g_autoptr (GError) error = NULL;
  PostureExport *export = posture_export_load (source, load->report, load->questionnaire, load->words,
                                               &error);

  if (export != NULL)
    g_task_return_pointer (task, export, (GDestroyNotify) posture_export_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * posture_export_load_async:
 * @user: the user service that has the report
 * @report: a report
 * @questionnaire: the questionnaire it was rated with
 * @words: words of that questionnaire; they choose the language
 * @cancellable: (nullable): to stop it
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * As posture_export_load(), without waiting.
 */
void
posture_export_load_async (PostureUserService   *user,
                           PostureReport        *report,
                           PostureQuestionnaire *questionnaire,
                           PostureWords         *words,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (user, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, posture_export_load_async);
  load->report = posture_report_ref (report);
  load->questionnaire = posture_questionnaire_ref (questionnaire);
  load->words = posture_words_ref (words);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  g_task_run_in_thread (task, load_func);
}

/**
 * posture_export_load_finish:
 * @user: the user service
 * @result: what the callback was given
 * @error: return location for a #PostureUserError
 *
 * Returns: (transfer full) (nullable): as posture_export_load()
 */
PostureExport *
posture_export_load_finish (PostureUserService *user,
                            GAsyncResult       *result,
                            GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, user), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
