/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/apply-private.h"

#include "json/json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME 200

static gboolean
refuse (GError    **error,
        const char *reason)
{
  g_set_error_literal (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID, reason);
  return FALSE;
}

static gboolean
not_found (GError    **error,
           const char *id)
{
  g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND,
               _("There is no assessment %s."), id);
  return FALSE;
}

static void
assessment_row_clear (PostureUserAssessment *row)
{
  g_free (row->questionnaire);
  g_free (row->digest);
  g_free (row->name);
  g_free (row->op_id);
  g_free (row->version);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PostureUserAssessment, assessment_row_clear)

static gboolean
read_assessment (PostureTransaction    *transaction,
                 const char            *id,
                 PostureUserAssessment *ret_row,
                 GError               **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_assessment, "t", id);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_DONE)
    return not_found (error, id);
  if (step == POSTURE_STEP_ERROR)
    return FALSE;
  ret_row->questionnaire = g_strdup (posture_statement_get_text (row, 0));
  ret_row->digest = g_strdup (posture_statement_get_text (row, 1));
  ret_row->name = g_strdup (posture_statement_get_text (row, 2));
  ret_row->archived = posture_statement_get_int (row, 3) != 0;
  ret_row->op_id = g_strdup (posture_statement_get_text (row, 4));
  ret_row->changed = posture_statement_get_int (row, 5);
  ret_row->version = g_strdup (posture_statement_get_text (row, 6));
  return TRUE;
}

static char *
assessment_image (const char *questionnaire,
                  const char *digest,
                  const char *name,
                  gboolean    archived)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "archived");
  posture_json_writer_boolean (writer, archived);
  posture_json_writer_member_string (writer, "digest", digest);
  posture_json_writer_member_string (writer, "name", name);
  posture_json_writer_member_string (writer, "questionnaire", questionnaire);
  posture_json_writer_end_object (writer);
  return posture_json_writer_finish_text (writer);
}

static gboolean
check_name (const char *name,
            GError    **error)
{
  g_autofree char *bare = name != NULL ? g_strstrip (g_strdup (name)) : NULL;

  if (bare == NULL || bare[0] == '\0')
    return refuse (error, _("An assessment needs a name."));
  if (!g_utf8_validate (name, -1, NULL) || g_utf8_strlen (name, -1) > MAX_NAME)
    return refuse (error, _("The name is too long: 200 characters at most."));
  return TRUE;
}

static gboolean
apply_create (PostureUserContext     *context,
              PostureTransaction     *transaction,
              PostureOperation       *operation,
              const PostureJsonNode  *payload,
              const PostureUserStamp *stamp,
              GError                **error)
{
  const char *id = posture_operation_get_assessment (operation);
  const char *digest = posture_json_node_get_string (posture_json_node_get_member (payload, "questionnaire"));
  const char *name = posture_json_node_get_string (posture_json_node_get_member (payload, "name"));
  g_autoptr (PostureQuestionnaire) questionnaire = posture_user_find_questionnaire (context, transaction,
                                                                                    digest, error);
  g_autofree char *image = NULL;

  if (questionnaire == NULL || !check_name (name, error) ||
      !posture_user_keep_questionnaire (context, transaction, questionnaire, error) ||
      !posture_transaction_execute (transaction, error, posture_user_sql_insert_assessment, "tttttitiit",
                                    id, context->space, posture_questionnaire_get_id (questionnaire),
                                    digest, name, posture_operation_get_time (operation),
                                    posture_operation_get_id (operation), stamp->ms, stamp->counter,
                                    context->device))
    return FALSE;
  image = assessment_image (posture_questionnaire_get_id (questionnaire), digest, name, FALSE);
  return posture_user_stream_write (context, transaction, POSTURE_USER_ROW_ASSESSMENT, id, id,
                                    /* old_image = */ NULL, image, error);
}

/* A new name, or put away: both change the assessment's own row. */
static gboolean
apply_to_assessment (PostureUserContext     *context,
                     PostureTransaction     *transaction,
                     PostureOperation       *operation,
                     const PostureJsonNode  *payload,
                     const PostureUserStamp *stamp,
                     char                  **ret_parent,
                     GError                **error)
{
  const char *id = posture_operation_get_assessment (operation);
  const char *name = posture_json_node_get_string (posture_json_node_get_member (payload, "name"));
  gboolean archived = posture_json_node_get_boolean (posture_json_node_get_member (payload, "archived"));
  gboolean renames = posture_operation_get_kind (operation) == POSTURE_OPERATION_RENAME;
  g_auto (PostureUserAssessment) row = { NULL };
  g_autofree char *old_image = NULL;
  g_autofree char *new_image = NULL;
  gint64 changed;

  if ((renames && !check_name (name, error)) || !read_assessment (transaction, id, &row, error))
    return FALSE;
  old_image = assessment_image (row.questionnaire, row.digest, row.name, row.archived);
  new_image = assessment_image (row.questionnaire, row.digest, renames ? name : row.name,
                                renames ? row.archived : archived);
  changed = g_str_equal (old_image, new_image) ? row.changed : stamp->ms;
  *ret_parent = g_strdup (row.op_id);
  if (renames)
    posture_transaction_notify (transaction, POSTURE_USER_TOPIC_NAME, id);
  if (renames
      ? !posture_transaction_execute (transaction, error, posture_user_sql_rename_assessment, "ttitiit",
                                      id, name, changed, posture_operation_get_id (operation),
                                      stamp->ms, stamp->counter, context->device)
      : !posture_transaction_execute (transaction, error, posture_user_sql_archive_assessment, "tiitiit",
                                      id, (gint64) archived, changed,
                                      posture_operation_get_id (operation), stamp->ms, stamp->counter,
                                      context->device))
    return FALSE;
  return posture_user_stream_write (context, transaction, POSTURE_USER_ROW_ASSESSMENT, id, id, old_image,
                                    new_image, error);
}

/* Reads and checks what a question is answered with. */
static gboolean
read_new_answer (PostureUserContext    *context,
                 PostureTransaction    *transaction,
                 PostureOperation      *operation,
                 const PostureJsonNode *payload,
                 const char            *digest,
                 char                 **ret_answer,
                 GError               **error)
{
  const char *id = posture_operation_get_question (operation);
  const PostureJsonNode *node = posture_json_node_get_member (payload, "answer");
  g_autoptr (PostureQuestionnaire) questionnaire = posture_user_find_questionnaire (context, transaction,
                                                                                    digest, error);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PostureAnswer) answer = NULL;
  g_autoptr (GError) reason = NULL;
  PostureQuestion *question;

  if (questionnaire == NULL)
    return FALSE;
  question = posture_questionnaire_find_answered (questionnaire, id);
  if (question == NULL)
    {
      g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID,
                   _("The questionnaire has no question “%s”."), id);
      return FALSE;
    }
  *ret_answer = NULL;
  if (node == NULL || posture_json_node_get_kind (node) == POSTURE_JSON_NULL)
    return TRUE;
  answer = posture_answer_new_from_node (node, question, &reason);
  if (answer == NULL)
    {
      g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID, "%s: %s", id, reason->message);
      return FALSE;
    }
  posture_answer_write (answer, writer, /* with_note = */ TRUE);
  *ret_answer = posture_json_writer_finish_text (writer);
  return TRUE;
}

static char *
answer_image (const char *answer,
              gboolean    flagged)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "answer");
  if (answer != NULL)
    posture_json_writer_canonical (writer, answer);
  else
    posture_json_writer_null (writer);
  posture_json_writer_key (writer, "flagged");
  posture_json_writer_boolean (writer, flagged);
  posture_json_writer_end_object (writer);
  return posture_json_writer_finish_text (writer);
}

static gboolean
apply_answer (PostureUserContext     *context,
              PostureTransaction     *transaction,
              PostureOperation       *operation,
              const PostureJsonNode  *payload,
              const PostureUserStamp *stamp,
              char                  **ret_parent,
              GError                **error)
{
  const char *assessment = posture_operation_get_assessment (operation);
  const char *question = posture_operation_get_question (operation);
  gboolean flagged = posture_json_node_get_boolean (posture_json_node_get_member (payload, "flagged"));
  g_auto (PostureUserAssessment) row = { NULL };
  g_autoptr (PostureStatement) old = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *old_image = NULL;
  g_autofree char *new_image = NULL;
  PostureStep step;

  if (!read_assessment (transaction, assessment, &row, error) ||
      !read_new_answer (context, transaction, operation, payload, row.digest, &answer, error))
    return FALSE;
  old = posture_transaction_query (transaction, error, posture_user_sql_answer, "tt", assessment, question);
  step = old != NULL ? posture_statement_step (old, error) : POSTURE_STEP_ERROR;
  if (step == POSTURE_STEP_ERROR)
    return FALSE;
  if (step == POSTURE_STEP_ROW)
    {
      old_image = answer_image (posture_statement_get_text (old, 0), posture_statement_get_int (old, 1) != 0);
      *ret_parent = g_strdup (posture_statement_get_text (old, 2));
    }
  g_clear_pointer (&old, posture_statement_free);
  new_image = answer_image (answer, flagged);
  return posture_transaction_execute (transaction, error, posture_user_sql_put_answer, "tttititiit",
                                      assessment, question, answer, (gint64) flagged, context->space,
                                      posture_operation_get_time (operation),
                                      posture_operation_get_id (operation), stamp->ms, stamp->counter,
                                      context->device) &&
         (g_strcmp0 (old_image, new_image) == 0 ||
          posture_transaction_execute (transaction, error, posture_user_sql_touch_assessment, "ti",
                                       assessment, stamp->ms)) &&
         posture_user_stream_write (context, transaction, POSTURE_USER_ROW_ANSWER, assessment, question,
                                    old_image, new_image, error);
}

/* What hears of a removed assessment: its last submission, without the answers. */
static gboolean
removed_image (PostureUserContext          *context,
               PostureTransaction          *transaction,
               const char                  *assessment,
               const PostureUserAssessment *row,
               char                       **ret_image,
               GError                     **error)
{
  g_autoptr (PostureStatement) last = posture_transaction_query (transaction, error,
                                                                 posture_user_sql_last_revision, "t",
                                                                 assessment);
  g_autoptr (PostureAnswerRecord) record = posture_answer_record_new ();
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  PostureStep step = last != NULL ? posture_statement_step (last, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_ERROR)
    return FALSE;
  if (step == POSTURE_STEP_DONE)
    {
      *ret_image = g_strdup ("{}");
      return TRUE;
    }
  record->assessment = g_strdup (assessment);
  record->revision = g_strdup (posture_statement_get_text (last, 0));
  record->questionnaire = g_strdup (row->questionnaire);
  record->version = g_strdup (row->version);
  record->digest = g_strdup (row->digest);
  record->submitted = posture_time_to_text (posture_clock_get_now (context->clock));
  record->answers = g_strdup ("{}");
  posture_answer_record_write (writer, record);
  *ret_image = posture_json_writer_finish_text (writer);
  return TRUE;
}

/* Deleting deletes: rows, change records, history and what the bus keeps. What stays is that there
 * was such an operation. */
static gboolean
apply_delete (PostureUserContext *context,
              PostureTransaction *transaction,
              PostureOperation   *operation,
              char              **ret_parent,
              GError            **error)
{
  const char *id = posture_operation_get_assessment (operation);
  g_auto (PostureUserAssessment) row = { NULL };
  g_autofree char *image = NULL;

  if (!read_assessment (transaction, id, &row, error) ||
      !removed_image (context, transaction, id, &row, &image, error))
    return FALSE;
  posture_transaction_scrub (transaction);
  posture_transaction_notify (transaction, POSTURE_USER_TOPIC_REPORT, /* key = */ NULL);
  *ret_parent = g_strdup (row.op_id);
  return posture_transaction_execute (transaction, error, posture_user_sql_delete_assessment, "t", id) &&
         posture_transaction_execute (transaction, error, posture_user_sql_forget_operations, "t", id) &&
         posture_transaction_execute (transaction, error, posture_user_sql_forget_changes, "t", id) &&
         posture_bus_forget_in (context->bus, transaction, id, error) &&
         posture_user_stream_write (context, transaction, POSTURE_USER_ROW_ASSESSMENT, id, id, image,
                                    /* new_image = */ NULL, error);
}

static gboolean
apply_delete_report (PostureUserContext *context,
                     PostureTransaction *transaction,
                     PostureOperation   *operation,
                     GError            **error)
{
  const char *id = posture_operation_get_assessment (operation);
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_user_sql_report,
                                                                "t", id);
  g_autofree char *assessment = NULL;
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_DONE)
    g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND, _("There is no report %s."), id);
  if (step != POSTURE_STEP_ROW)
    return FALSE;
  assessment = g_strdup (posture_statement_get_text (row, 1));
  g_clear_pointer (&row, posture_statement_free);
  posture_transaction_scrub (transaction);
  posture_transaction_notify (transaction, POSTURE_USER_TOPIC_REPORT, id);
  posture_transaction_notify (transaction, POSTURE_USER_TOPIC_ASSESSMENT, assessment);
  return posture_transaction_execute (transaction, error, posture_user_sql_delete_report, "t", id) &&
         posture_bus_forget_in (context->bus, transaction, id, error) &&
         posture_user_stream_write (context, transaction, POSTURE_USER_ROW_REPORT, assessment, id, "{}",
                                    /* new_image = */ NULL, error);
}

static gboolean
apply_kind (PostureUserContext     *context,
            PostureTransaction     *transaction,
            PostureOperation       *operation,
            const PostureUserStamp *stamp,
            char                  **ret_parent,
            GError                **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (
    posture_operation_get_payload (operation), error);
  const PostureJsonNode *payload;

  if (document == NULL)
    return FALSE;
  payload = posture_json_document_get_root (document);
  switch (posture_operation_get_kind (operation))
    {
    case POSTURE_OPERATION_CREATE:
      return apply_create (context, transaction, operation, payload, stamp, error);
    case POSTURE_OPERATION_RENAME:
    case POSTURE_OPERATION_ARCHIVE:
      return apply_to_assessment (context, transaction, operation, payload, stamp, ret_parent, error);
    case POSTURE_OPERATION_ANSWER:
      return apply_answer (context, transaction, operation, payload, stamp, ret_parent, error);
    case POSTURE_OPERATION_PLAN:
      return posture_user_apply_plan (context, transaction, operation, payload, stamp, ret_parent,
                                      error);
    case POSTURE_OPERATION_SUBMIT:
      return posture_user_submit (context, transaction, operation, ret_parent, error);
    case POSTURE_OPERATION_DELETE:
      return apply_delete (context, transaction, operation, ret_parent, error);
    case POSTURE_OPERATION_DELETE_REPORT:
      return apply_delete_report (context, transaction, operation, error);
    default:
      g_assert_not_reached ();
    }
}

/* Applies one operation: its rows, its change records and its place in the history. One that was
 * applied before has no effect. */
gboolean
posture_user_apply (PostureUserContext *context,
                    PostureTransaction *transaction,
                    PostureOperation   *operation,
                    GError            **error)
{
  g_autofree char *hash = posture_user_history_hash (operation);
  g_autofree char *parent = NULL;
  PostureUserStamp stamp;
  gboolean known;

  if (!posture_user_history_find (transaction, operation, hash, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  if (!posture_user_history_tick (context, transaction, &stamp, error) ||
      !apply_kind (context, transaction, operation, &stamp, &parent, error))
    return FALSE;
  if (posture_operation_get_kind (operation) != POSTURE_OPERATION_DELETE_REPORT)
    posture_transaction_notify (transaction, POSTURE_USER_TOPIC_ASSESSMENT,
                                posture_operation_get_assessment (operation));
  return posture_user_history_write (context, transaction, operation, &stamp, hash,
                                     posture_operation_get_parent (operation) != NULL
                                       ? posture_operation_get_parent (operation) : parent,
                                     error);
}
