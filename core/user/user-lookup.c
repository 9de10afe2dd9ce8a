/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-service-private.h"

#include <glib/gi18n-lib.h>

/* A question about one thing, and its answer. */
typedef struct
{
  PostureUserContext *context;
  const char *id;
  gpointer found;
} Lookup;

/* The same on its way, in the place of the caller who goes on. */
typedef struct
{
  Lookup lookup;
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

static void
ask_async (PostureUserService *self,
           PostureStoreFunc    func,
           const char         *id,
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
  posture_store_read_async (self->store, func, request, request_free, cancellable, looked_up_cb,
                            g_steal_pointer (&task));
}

static gboolean
ask (PostureUserService *self,
     PostureStoreFunc    func,
     Lookup             *lookup,
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
  Lookup *lookup = data;
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_list_assessment, "t",
                                                                lookup->id);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_DONE)
    g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND, _("There is no assessment %s."),
                 lookup->id);
  if (step == POSTURE_STEP_ROW)
    lookup->found = posture_assessment_item_new_from_row (row);
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
  Lookup lookup = { .id = id };

  return ask (self, find_assessment_func, &lookup, error) ? lookup.found : NULL;
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
  ask_async (self, find_assessment_func, id, (GDestroyNotify) g_object_unref,
             posture_user_service_load_assessment_async, cancellable, callback, user_data);
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
  Lookup *lookup = data;

  lookup->found = posture_user_read_answers (lookup->context, transaction, lookup->id, error);
  return lookup->found != NULL;
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
  Lookup lookup = { .id = assessment };

  return ask (self, find_answers_func, &lookup, error) ? lookup.found : NULL;
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
  ask_async (self, find_answers_func, id, (GDestroyNotify) posture_answers_unref,
             posture_user_service_load_answers_async, cancellable, callback, user_data);
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
  Lookup *lookup = data;
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
  Lookup lookup = { .id = id };

  return ask (self, find_report_func, &lookup, error) ? lookup.found : NULL;
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
  ask_async (self, find_report_func, id, (GDestroyNotify) posture_report_unref,
             posture_user_service_load_report_async, cancellable, callback, user_data);
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
