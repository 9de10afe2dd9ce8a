/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/plan.h"

#include "json/json-writer.h"
#include "model/scalars.h"
#include "user/apply-private.h"
#include "user/user-service-private.h"

#include <glib/gi18n-lib.h>

/* What an operation says, or a row holds. */
typedef struct
{
  const char *owner;
  const char *due;
  gboolean done;
} Plan;

static gboolean
refuse (GError    **error,
        const char *reason)
{
  g_set_error_literal (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID, reason);
  return FALSE;
}

static const char *
text_of (const PostureJsonNode *payload,
         const char            *name)
{
  const PostureJsonNode *node = posture_json_node_get_member (payload, name);

  return node != NULL && posture_json_node_get_kind (node) == POSTURE_JSON_STRING
           ? posture_json_node_get_string (node) : NULL;
}

static gboolean
read_plan (const PostureJsonNode *payload,
           Plan                  *plan,
           GError               **error)
{
  plan->owner = text_of (payload, "owner");
  plan->due = text_of (payload, "due");
  plan->done = posture_json_node_get_boolean (posture_json_node_get_member (payload, "done"));
  if (plan->owner != NULL
      && (plan->owner[0] == '\0' || g_utf8_strlen (plan->owner, -1) > POSTURE_PLAN_MAX_OWNER))
    return refuse (error, _("An owner is a name of 200 characters at most."));
  return plan->due == NULL || posture_is_date (plan->due)
         || refuse (error, _("A due date is a day such as 2026-11-23."));
}

/* Nothing planned is no image, as nothing answered is no row. */
static char *
plan_image (const Plan *plan)
{
  g_autoptr (PostureJsonWriter) writer = NULL;

  if (plan->owner == NULL && plan->due == NULL && !plan->done)
    return NULL;
  writer = posture_json_writer_new ();
  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "done");
  posture_json_writer_boolean (writer, plan->done);
  posture_json_writer_member_string (writer, "due", plan->due);
  posture_json_writer_member_string (writer, "owner", plan->owner);
  posture_json_writer_end_object (writer);
  return posture_json_writer_finish_text (writer);
}

/* Whether the assessment is there and its questionnaire asks and rates the question. */
static gboolean
check_question (PostureUserContext *context,
                PostureTransaction *transaction,
                PostureOperation   *operation,
                GError            **error)
{
  const char *id = posture_operation_get_assessment (operation);
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_assessment, "t", id);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;
  g_autofree char *digest = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  PostureQuestion *question;

  if (step == POSTURE_STEP_DONE)
    g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND,
                 _("There is no assessment %s."), id);
  if (step != POSTURE_STEP_ROW)
    return FALSE;
  digest = g_strdup (posture_statement_get_text (row, 1));
  g_clear_pointer (&row, posture_statement_free);
  questionnaire = posture_user_find_questionnaire (context, transaction, digest, error);
  if (questionnaire == NULL)
    return FALSE;
  question = posture_questionnaire_find_answered (questionnaire,
                                                  posture_operation_get_question (operation));
  if (question != NULL && posture_question_is_rated (question))
    return TRUE;
  g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID,
               _("The questionnaire has no rated question “%s”, and so no finding of it."),
               posture_operation_get_question (operation));
  return FALSE;
}

static gboolean
read_old (PostureTransaction *transaction,
          PostureOperation   *operation,
          char              **ret_image,
          char              **ret_parent,
          GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (
    transaction, error, posture_user_sql_plan_of, "tt",
    posture_operation_get_assessment (operation), posture_operation_get_question (operation));
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_ROW)
    {
      const Plan old = { posture_statement_get_text (row, 0), posture_statement_get_text (row, 1),
                         posture_statement_get_int (row, 2) != 0 };

      *ret_image = plan_image (&old);
      *ret_parent = g_strdup (posture_statement_get_text (row, 3));
    }
  return step != POSTURE_STEP_ERROR;
}

/* The plan for a finding takes the place of the one that was there. */
gboolean
posture_user_apply_plan (PostureUserContext     *context,
                         PostureTransaction     *transaction,
                         PostureOperation       *operation,
                         const PostureJsonNode  *payload,
                         const PostureUserStamp *stamp,
                         char                  **ret_parent,
                         GError                **error)
{
  const char *assessment = posture_operation_get_assessment (operation);
  const char *question = posture_operation_get_question (operation);
  g_autofree char *old_image = NULL;
  g_autofree char *new_image = NULL;
  Plan plan;

  if (!read_plan (payload, &plan, error) || !check_question (context, transaction, operation, error)
      || !read_old (transaction, operation, &old_image, ret_parent, error))
    return FALSE;
  new_image = plan_image (&plan);
  return posture_transaction_execute (transaction, error, posture_user_sql_put_plan, "ttttiiitit",
                                      assessment, question, plan.owner, plan.due, (gint64) plan.done,
                                      posture_operation_get_time (operation),
                                      stamp->ms, posture_operation_get_id (operation),
                                      stamp->counter, context->device)
         && (g_strcmp0 (old_image, new_image) == 0
             || posture_user_stream_write (context, transaction, POSTURE_USER_ROW_PLAN, assessment,
                                           question, old_image, new_image, error));
}

/**
 * posture_plan_item_free:
 * @self: (transfer full): what is planned
 *
 * Frees it.
 */
void
posture_plan_item_free (PosturePlanItem *self)
{
  g_free (self->assessment);
  g_free (self->question);
  g_free (self->owner);
  g_free (self->due);
  g_free (self);
}

static gboolean
find_plan_func (PostureTransaction *transaction,
                gpointer            data,
                GError            **error)
{
  PostureUserLookup *lookup = data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_plan_item_free);
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error,
                                                                 posture_user_sql_plan, "t",
                                                                 lookup->id);
  PostureStep step = rows != NULL ? posture_statement_step (rows, error) : POSTURE_STEP_ERROR;

  while (step == POSTURE_STEP_ROW)
    {
      PosturePlanItem *item = g_new0 (PosturePlanItem, 1);

      item->assessment = g_strdup (posture_statement_get_text (rows, 0));
      item->question = g_strdup (posture_statement_get_text (rows, 1));
      item->owner = g_strdup (posture_statement_get_text (rows, 2));
      item->due = g_strdup (posture_statement_get_text (rows, 3));
      item->done = posture_statement_get_int (rows, 4) != 0;
      item->time = posture_statement_get_int (rows, 5);
      g_ptr_array_add (items, item);
      step = posture_statement_step (rows, error);
    }
  if (step == POSTURE_STEP_DONE)
    lookup->found = g_steal_pointer (&items);
  return lookup->found != NULL;
}

/**
 * posture_user_service_dup_plan:
 * @self: a user service
 * @assessment: (nullable): an assessment's id; %NULL for all that are not put away
 * @error: return location for a #GError
 *
 * What is planned, the first due first, what is done last. Waits for the disk.
 *
 * Returns: (transfer full) (nullable) (element-type PosturePlanItem): the plan
 */
GPtrArray *
posture_user_service_dup_plan (PostureUserService *self,
                               const char         *assessment,
                               GError            **error)
{
  PostureUserLookup lookup = { .id = assessment };

  return posture_user_ask (self, find_plan_func, &lookup, error) ? lookup.found : NULL;
}

/**
 * posture_user_service_load_plan_async:
 * @self: a user service
 * @assessment: (nullable): an assessment's id; %NULL for all that are not put away
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * As posture_user_service_dup_plan(), without waiting.
 */
void
posture_user_service_load_plan_async (PostureUserService *self,
                                      const char         *assessment,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  posture_user_ask_async (self, find_plan_func, assessment, /* number = */ 0,
                          (GDestroyNotify) g_ptr_array_unref, posture_user_service_load_plan_async,
                          cancellable, callback, user_data);
}

/**
 * posture_user_service_load_plan_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable) (element-type PosturePlanItem): as
 *   posture_user_service_dup_plan()
 */
GPtrArray *
posture_user_service_load_plan_finish (PostureUserService *self,
                                       GAsyncResult       *result,
                                       GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
