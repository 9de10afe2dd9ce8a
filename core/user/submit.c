/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-private.h"

#include "json/json-writer.h"
#include "model/revision.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is read from a text has 16 MiB at most, and the answers come there as a part of an event. */
#define MAX_ANSWERS (8 * 1024 * 1024)

/* The questionnaire that an assessment runs through. */
static PostureQuestionnaire *
read_questionnaire (PostureUserContext *context,
                    PostureTransaction *transaction,
                    const char         *assessment,
                    GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_assessment, "t", assessment);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_DONE)
    g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND,
                 _("There is no assessment %s."), assessment);
  if (step != POSTURE_STEP_ROW)
    return NULL;
  return posture_user_find_questionnaire (context, transaction, posture_statement_get_text (row, 1), error);
}

/* The answers of an assessment as they stand, with their notes. */
PostureAnswers *
posture_user_read_answers (PostureUserContext *context,
                           PostureTransaction *transaction,
                           const char         *assessment,
                           GError            **error)
{
  g_autoptr (PostureQuestionnaire) questionnaire = read_questionnaire (context, transaction, assessment,
                                                                       error);
  g_autoptr (PostureAnswers) answers = posture_answers_new ();
  g_autoptr (PostureStatement) rows = NULL;
  PostureStep step;

  if (questionnaire == NULL)
    return NULL;
  rows = posture_transaction_query (transaction, error, posture_user_sql_answers, "t", assessment);
  if (rows == NULL)
    return NULL;
  while ((step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      const char *id = posture_statement_get_text (rows, 0);
      PostureQuestion *question = posture_questionnaire_find_answered (questionnaire, id);
      g_autoptr (PostureAnswer) answer = NULL;

      answer = posture_answer_new_from_text (posture_statement_get_text (rows, 1), question, error);
      if (answer == NULL)
        return NULL;
      posture_answers_set (answers, id, answer);
    }
  return step == POSTURE_STEP_DONE ? g_steal_pointer (&answers) : NULL;
}

static char *
revision_image (const char *revision,
                gint64      number,
                const char *answers)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "answers");
  posture_json_writer_canonical (writer, answers);
  posture_json_writer_member_int (writer, "number", number);
  posture_json_writer_member_string (writer, "revision", revision);
  posture_json_writer_end_object (writer);
  return posture_json_writer_finish_text (writer);
}

static gboolean
read_last (PostureTransaction *transaction,
           const char         *assessment,
           char              **ret_revision,
           gint64             *ret_number,
           char              **ret_answers,
           char              **ret_operation,
           GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_last_revision, "t",
                                                                assessment);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_ROW)
    {
      *ret_revision = g_strdup (posture_statement_get_text (row, 0));
      *ret_number = posture_statement_get_int (row, 1);
      *ret_answers = g_strdup (posture_statement_get_text (row, 2));
      *ret_operation = g_strdup (posture_statement_get_text (row, 3));
    }
  return step != POSTURE_STEP_ERROR;
}

static gboolean
write_revision (PostureUserContext *context,
                PostureTransaction *transaction,
                PostureOperation   *operation,
                const char         *parent,
                gint64              number,
                const char         *answers,
                GError            **error)
{
  const char *assessment = posture_operation_get_assessment (operation);
  g_autofree char *revision = posture_revision_digest (assessment, parent, answers);
  g_autofree char *image = revision_image (revision, number, answers);

  return posture_transaction_execute (transaction, error, posture_user_sql_insert_revision, "tttiitt",
                                      revision, assessment, parent, number,
                                      posture_operation_get_time (operation), answers,
                                      posture_operation_get_id (operation)) &&
         posture_user_stream_write (context, transaction, POSTURE_USER_ROW_REVISION, assessment, revision,
                                    /* old_image = */ NULL, image, error);
}

/* Makes a revision of the answers as they stand. Answers that are the last revision's already make
 * none: its report is there, or on its way. */
gboolean
posture_user_submit (PostureUserContext *context,
                     PostureTransaction *transaction,
                     PostureOperation   *operation,
                     char              **ret_parent,
                     GError            **error)
{
  const char *assessment = posture_operation_get_assessment (operation);
  g_autoptr (PostureAnswers) answers = posture_user_read_answers (context, transaction, assessment, error);
  g_autofree char *canonical = NULL;
  g_autofree char *parent = NULL;
  g_autofree char *last_answers = NULL;
  gint64 number = 0;

  if (answers == NULL)
    return FALSE;
  canonical = posture_answers_to_canonical (answers);
  if (strlen (canonical) > MAX_ANSWERS)
    {
      g_set_error_literal (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID,
                           _("The answers are too long together to be submitted: 8 MiB at most. "
                             "Please shorten the longest texts."));
      return FALSE;
    }
  if (!read_last (transaction, assessment, &parent, &number, &last_answers, ret_parent, error))
    return FALSE;
  if (g_strcmp0 (canonical, last_answers) == 0)
    return TRUE;
  return write_revision (context, transaction, operation, parent, number + 1, canonical, error);
}
