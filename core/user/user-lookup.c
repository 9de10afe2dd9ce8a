/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-service-private.h"

#include <glib/gi18n-lib.h>

/* A question on its way, in the place of the caller who goes on. */
typedef struct
{
  PostureUserLookup lookup;
  char *id;
  GDestroyNotify free_found;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request->lookup.found != NULL)
    request->free_found (request->lookup.found);
  g_free (request->id);
  g_free (request);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Request *request = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  if (request != NULL)
    g_task_return_pointer (task, g_steal_pointer (&request->lookup.found), request->free_found);
  else
    g_task_return_error (task, error);
}

/* Hands a question to the readers; with the answer the caller's finish function propagates a pointer. */
void
posture_user_ask_async (PostureUserService *self,
                        PostureStoreFunc    func,
                        const char         *id,
                        gint64              number,
                        GDestroyNotify      free_found,
                        gpointer            tag,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, tag);
  request->id = g_strdup (id);
  request->free_found = free_found;
  request->lookup.context = self->context;
  request->lookup.id = request->id;
  request->lookup.number = number;
  posture_store_read_async (self->store, func, request, request_free, cancellable, looked_up_cb,
                            g_steal_pointer (&task));
}

/* The same, waiting for the disk. */
gboolean
posture_user_ask (PostureUserService *self,
                  PostureStoreFunc    func,
                  PostureUserLookup  *lookup,
                  GError            **error)
{
  lookup->context = self->context;
  return posture_store_read (self->store, func, lookup, /* cancellable = */ NULL, error);
}

static gboolean
find_assessment_func (PostureTransaction *transaction,
                      gpointer            data,
                      GError            **error)
{
  PostureUserLookup *lookup = data;
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_list_assessment, "t",
                                                                lookup->id);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_DONE)
    g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND, _("There is no assessment %s."),
                 lookup->id);
  if (step == POSTURE_STEP_ROW)
    lookup->found = posture_assessment_item_new_from_row (row, error);
  return lookup->found != NULL;
}

/**
 * posture_user_service_dup_assessment:
 * @self: a user service
 * @id: an assessment's id
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is none
 *
 * Waits for the disk.
 *
 * Returns: (transfer full) (nullable): the assessment as it is now
 */
PostureAssessmentItem *
posture_user_service_dup_assessment (PostureUserService *self,
                                     const char         *id,
                                     GError            **error)
{
  PostureUserLookup lookup = { .id = id };

  return posture_user_ask (self, find_assessment_func, &lookup, error) ? lookup.found : NULL;
}

/**
 * posture_user_service_load_assessment_async:
 * @self: a user service
 * @id: an assessment's id
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * As posture_user_service_dup_assessment(), without waiting.
 */
void
posture_user_service_load_assessment_async (PostureUserService *self,
                                            const char         *id,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data)
{
  posture_user_ask_async (self, find_assessment_func, id, /* number = */ 0,
                          (GDestroyNotify) g_object_unref, posture_user_service_load_assessment_async,
                          cancellable, callback, user_data);
}

/**
 * posture_user_service_load_assessment_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is none
 *
 * Returns: (transfer full) (nullable): as posture_user_service_dup_assessment()
 */
PostureAssessmentItem *
posture_user_service_load_assessment_finish (PostureUserService *self,
                                             GAsyncResult       *result,
                                             GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
find_answers_func (PostureTransaction *transaction,
                   gpointer            data,
                   GError            **error)
{
  PostureUserLookup *lookup = data;

  lookup->found = posture_user_read_answers (lookup->context, transaction, lookup->id, error);
  return lookup->found != NULL;
}

static gboolean
find_flags_func (PostureTransaction *transaction,
                 gpointer            data,
                 GError            **error)
{
  PostureUserLookup *lookup = data;
  g_autoptr (GHashTable) flags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error, posture_user_sql_flags,
                                                                 "t", lookup->id);
  PostureStep step = POSTURE_STEP_ERROR;

  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    g_hash_table_add (flags, g_strdup (posture_statement_get_text (rows, 0)));
  if (step == POSTURE_STEP_DONE)
    lookup->found = g_steal_pointer (&flags);
  return lookup->found != NULL;
}

/**
 * posture_user_service_load_flags_async:
 * @self: a user service
 * @id: an assessment's id
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * Looks up which questions of an assessment the person wants to come back to.
 */
void
posture_user_service_load_flags_async (PostureUserService *self,
                                       const char         *id,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data)
{
  posture_user_ask_async (self, find_flags_func, id, /* number = */ 0,
                          (GDestroyNotify) g_hash_table_unref, posture_user_service_load_flags_async,
                          cancellable, callback, user_data);
}

/**
 * posture_user_service_load_flags_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the keys of these
 *   questions, none if there is no such assessment
 */
GHashTable *
posture_user_service_load_flags_finish (PostureUserService *self,
                                        GAsyncResult       *result,
                                        GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * posture_user_service_dup_answers:
 * @self: a user service
 * @assessment: an assessment's id
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is none
 *
 * Waits for the disk.
 *
 * Returns: (transfer full) (nullable): its answers as they are now, with notes
 */
PostureAnswers *
posture_user_service_dup_answers (PostureUserService *self,
                                  const char         *assessment,
                                  GError            **error)
{
  PostureUserLookup lookup = { .id = assessment };

  return posture_user_ask (self, find_answers_func, &lookup, error) ? lookup.found : NULL;
}

/**
 * posture_user_service_load_answers_async:
 * @self: a user service
 * @id: an assessment's id
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * As posture_user_service_dup_answers(), without waiting.
 */
void
posture_user_service_load_answers_async (PostureUserService *self,
                                         const char         *id,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data)
{
  posture_user_ask_async (self, find_answers_func, id, /* number = */ 0,
                          (GDestroyNotify) posture_answers_unref, posture_user_service_load_answers_async,
                          cancellable, callback, user_data);
}

/**
 * posture_user_service_load_answers_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is none
 *
 * Returns: (transfer full) (nullable): as posture_user_service_dup_answers()
 */
PostureAnswers *
posture_user_service_load_answers_finish (PostureUserService *self,
                                          GAsyncResult       *result,
                                          GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static PostureReport *
read_report (const char *text,
             GError    **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, error);

  return document != NULL ? posture_report_read (posture_json_document_get_root (document), error) : NULL;
}

static gboolean
find_report_func (PostureTransaction *transaction,
                  gpointer            data,
                  GError            **error)
{
  PostureUserLookup *lookup = data;
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_user_sql_report,
                                                                "t", lookup->id);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_DONE)
    g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND, _("There is no report %s."),
                 lookup->id);
  if (step == POSTURE_STEP_ROW)
    lookup->found = read_report (posture_statement_get_text (row, 0), error);
  return lookup->found != NULL;
}

/**
 * posture_user_service_dup_report:
 * @self: a user service
 * @id: a report's id
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is none
 *
 * Waits for the disk.
 *
 * Returns: (transfer full) (nullable): the report
 */
PostureReport *
posture_user_service_dup_report (PostureUserService *self,
                                 const char         *id,
                                 GError            **error)
{
  PostureUserLookup lookup = { .id = id };

  return posture_user_ask (self, find_report_func, &lookup, error) ? lookup.found : NULL;
}

/**
 * posture_user_service_load_report_async:
 * @self: a user service
 * @id: a report's id
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * As posture_user_service_dup_report(), without waiting.
 */
void
posture_user_service_load_report_async (PostureUserService *self,
                                        const char         *id,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data)
{
  posture_user_ask_async (self, find_report_func, id, /* number = */ 0,
                          (GDestroyNotify) posture_report_unref, posture_user_service_load_report_async,
                          cancellable, callback, user_data);
}

/**
 * posture_user_service_load_report_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is none
 *
 * Returns: (transfer full) (nullable): as posture_user_service_dup_report()
 */
PostureReport *
posture_user_service_load_report_finish (PostureUserService *self,
                                         GAsyncResult       *result,
                                         GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
find_submitted_func (PostureTransaction *transaction,
                     gpointer            data,
                     GError            **error)
{
  PostureUserLookup *lookup = data;
  g_autoptr (PostureStatement) row = posture_transaction_query (
    transaction, error, posture_user_sql_revision, "t", lookup->id);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureJsonDocument) document = NULL;

  if (step == POSTURE_STEP_DONE)
    g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND,
                 _("There is no revision %s (any more)."), lookup->id);
  if (step != POSTURE_STEP_ROW)
    return FALSE;
  questionnaire = posture_user_find_questionnaire (lookup->context, transaction,
                                                   posture_statement_get_text (row, 5), error);
  if (questionnaire == NULL)
    return FALSE;
  document = posture_json_document_new_text (posture_statement_get_text (row, 3), error);
  if (document != NULL)
    lookup->found = posture_answers_new_from_node (posture_json_document_get_root (document),
                                                   questionnaire, error);
  return lookup->found != NULL;
}

/**
 * posture_user_service_dup_submitted_answers:
 * @self: a user service
 * @revision: a revision's digest, as a report names it
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is none
 *
 * Waits for the disk.
 *
 * Returns: (transfer full) (nullable): the answers as they were submitted, without notes
 */
PostureAnswers *
posture_user_service_dup_submitted_answers (PostureUserService *self,
                                            const char         *revision,
                                            GError            **error)
{
  PostureUserLookup lookup = { .id = revision };

  return posture_user_ask (self, find_submitted_func, &lookup, error) ? lookup.found : NULL;
}

/**
 * posture_user_service_load_submitted_answers_async:
 * @self: a user service
 * @revision: a revision's digest, as a report names it
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * As posture_user_service_dup_submitted_answers(), without waiting.
 */
void
posture_user_service_load_submitted_answers_async (PostureUserService *self,
                                                   const char         *revision,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data)
{
  posture_user_ask_async (self, find_submitted_func, revision, /* number = */ 0,
                          (GDestroyNotify) posture_answers_unref, posture_user_service_load_submitted_answers_async,
                          cancellable, callback, user_data);
}

/**
 * posture_user_service_load_submitted_answers_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is none
 *
 * Returns: (transfer full) (nullable): as posture_user_service_dup_submitted_answers()
 */
PostureAnswers *
posture_user_service_load_submitted_answers_finish (PostureUserService *self,
                                                    GAsyncResult       *result,
                                                    GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * posture_user_service_dup_revision:
 * @self: a user service
 * @assessment: an assessment's id
 * @error: return location for a #GError
 *
 * Waits for the disk.
 *
 * Returns: (transfer full) (nullable): its last revision; %NULL with @error
 *   unset if it was never submitted
 */
char *
posture_user_service_dup_revision (PostureUserService *self,
                                   const char         *assessment,
                                   GError            **error)
{
  g_autoptr (PostureAssessmentItem) item = posture_user_service_dup_assessment (self, assessment, error);

  return item != NULL ? g_strdup (posture_assessment_item_get_revision (item)) : NULL;
}
