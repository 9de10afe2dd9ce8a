/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-private.h"

#include <glib/gi18n-lib.h>

/* The user service: what a person has, and the one door through which it changes. */
struct _PostureUserService
{
  GObject parent_instance;

  PostureStore *store;
  PostureUserContext *context;
};

G_DEFINE_QUARK (posture-user-error-quark, posture_user_error)
G_DEFINE_FINAL_TYPE (PostureUserService, posture_user_service, G_TYPE_OBJECT)

static void
context_free (gpointer data)
{
  PostureUserContext *context = data;

  g_free (context->space);
  g_free (context->device);
  g_object_unref (context->clock);
  posture_library_unref (context->library);
  g_free (context);
}

static gboolean
read_space (PostureUserContext *context,
            PostureTransaction *transaction,
            GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_user_sql_space,
                                                                NULL);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_ROW)
    {
      g_free (context->space);
      g_free (context->device);
      context->space = g_strdup (posture_statement_get_text (row, 0));
      context->device = g_strdup (posture_statement_get_text (row, 1));
    }
  return step != POSTURE_STEP_ERROR;
}

/* The first process of a profile gives it a space and the device its name. */
static gboolean
make_space_func (PostureTransaction *transaction,
                 gpointer            data,
                 GError            **error)
{
  PostureUserContext *context = data;
  gint64 now = posture_clock_get_now (context->clock);

  g_clear_pointer (&context->space, g_free);
  if (!read_space (context, transaction, error) || context->space != NULL)
    return context->space != NULL;
  context->space = posture_uuid_new (now);
  g_free (context->device);
  context->device = posture_uuid_new (now);
  return posture_transaction_execute (transaction, error, posture_user_sql_insert_space, "tti",
                                      context->space, context->device, now);
}

static gboolean
load_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  PostureUserContext *context = data;

  return read_space (context, transaction, error) &&
         posture_user_load_questionnaires (transaction, context->library, error);
}

static gboolean
load_library_func (PostureTransaction *transaction,
                   gpointer            data,
                   GError            **error)
{
  return posture_user_load_questionnaires (transaction, data, error);
}

/* Another process may use a version of a questionnaire that this one has never seen. */
static void
changed_elsewhere_cb (PostureUserService *self)
{
  posture_store_read_async (self->store, load_library_func, posture_library_ref (self->context->library),
                            (GDestroyNotify) posture_library_unref, /* cancellable = */ NULL,
                            /* callback = */ NULL, NULL);
}

static void
posture_user_service_finalize (GObject *object)
{
  PostureUserService *self = POSTURE_USER_SERVICE (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->context, context_free);
  G_OBJECT_CLASS (posture_user_service_parent_class)->finalize (object);
}

static void
posture_user_service_class_init (PostureUserServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_user_service_finalize;
}

static void
posture_user_service_init (PostureUserService *self)
{
}

/**
 * posture_user_service_new:
 * @store: an open store that was opened with [var@posture_user_store_module];
 *   it must be closed before the service goes
 * @bus: the bus; it must outlive the service
 * @clock: the clock
 * @library: the questionnaires; versions that assessments have used are added
 * @error: return location for an error of [error@StoreError]
 *
 * Makes the user service of a profile and the bus target `user-reports`, which
 * turns ReportEvents into reports. Waits for the disk.
 *
 * Returns: (transfer full) (nullable): the service, or %NULL on error
 */
PostureUserService *
posture_user_service_new (PostureStore   *store,
                          PostureBus     *bus,
                          PostureClock   *clock,
                          PostureLibrary *library,
                          GError        **error)
{
  g_autoptr (PostureUserService) self = g_object_new (POSTURE_TYPE_USER_SERVICE, NULL);
  g_autoptr (PostureTarget) target = NULL;

  self->store = g_object_ref (store);
  self->context = g_new0 (PostureUserContext, 1);
  self->context->bus = bus;
  self->context->clock = g_object_ref (clock);
  self->context->library = posture_library_ref (library);
  if (!posture_store_read (store, load_func, self->context, /* cancellable = */ NULL, error))
    return NULL;
  if (self->context->space == NULL &&
      !posture_store_write (store, make_space_func, self->context, /* cancellable = */ NULL, error))
    return NULL;
  posture_store_add_reaction (store, POSTURE_USER_TOPIC_CHANGE, posture_user_stream_pump, self->context);
  target = posture_user_report_target_new (self->context);
  posture_bus_add_target (bus, POSTURE_USER_REPORT_TARGET, target, /* policy = */ NULL);
  g_signal_connect_object (store, "changed-elsewhere", G_CALLBACK (changed_elsewhere_cb), self,
                           G_CONNECT_SWAPPED);
  return g_steal_pointer (&self);
}

/**
 * posture_user_service_get_space:
 * @self: a user service
 *
 * Returns: (transfer none): the space that everything here belongs to
 */
const char *
posture_user_service_get_space (PostureUserService *self)
{
  return self->context->space;
}

/**
 * posture_user_service_get_device:
 * @self: a user service
 *
 * Returns: (transfer none): the id of this device
 */
const char *
posture_user_service_get_device (PostureUserService *self)
{
  return self->context->device;
}

/* Operations that are one piece of work. */
typedef struct
{
  PostureUserContext *context; /* (unowned): the service is the task's source */
  GPtrArray *operations;       /* (element-type PostureOperation) */
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_ptr_array_unref (batch->operations);
  g_free (batch);
}

static gboolean
apply_func (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  Batch *batch = data;

  for (guint i = 0; i < batch->operations->len; i++)
    if (!posture_user_apply (batch->context, transaction, g_ptr_array_index (batch->operations, i), error))
      return FALSE;
  return TRUE;
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (posture_store_work_finish (POSTURE_STORE (source), result, &error) == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * posture_user_service_apply_async:
 * @self: a user service
 * @operations: (element-type PostureOperation): what the person did; all of it
 *   or nothing becomes true
 * @cancellable: (nullable): takes it back as long as it has not begun
 * @callback: (scope async): called once it is on disk, or refused
 * @user_data: for @callback
 *
 * Applies operations. Every change of what a person can see goes through here;
 * an operation that was applied before has no effect.
 */
void
posture_user_service_apply_async (PostureUserService *self,
                                  GPtrArray          *operations,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Batch *batch = g_new0 (Batch, 1);

  g_task_set_source_tag (task, posture_user_service_apply_async);
  g_task_set_check_cancellable (task, FALSE);
  batch->context = self->context;
  batch->operations = g_ptr_array_ref (operations);
  posture_store_write_async (self->store, apply_func, batch, batch_free, cancellable, applied_cb,
                             g_steal_pointer (&task));
}

/**
 * posture_user_service_apply_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for an error of [error@UserError] or [error@StoreError]
 *
 * Returns: %TRUE if the operations are on disk
 */
gboolean
posture_user_service_apply_finish (PostureUserService *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * posture_user_service_apply:
 * @self: a user service
 * @operations: (element-type PostureOperation): what the person did
 * @error: return location for an error of [error@UserError] or [error@StoreError]
 *
 * The twin of posture_user_service_apply_async() that waits; for programs
 * without a window and for tests.
 *
 * Returns: %TRUE if the operations are on disk
 */
gboolean
posture_user_service_apply (PostureUserService *self,
                            GPtrArray          *operations,
                            GError            **error)
{
  Batch batch = { self->context, operations };

  return posture_store_write (self->store, apply_func, &batch, /* cancellable = */ NULL, error);
}

/* A question about one thing, and its answer. */
typedef struct
{
  PostureUserContext *context;
  const char *id;
  gpointer found;
} Lookup;

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

/**
 * posture_user_service_list_assessments:
 * @self: a user service
 * @archived: whether those that were put away are wanted, or the others
 *
 * Returns: (transfer full): a list model of [class@AssessmentItem], newest
 *   first, that follows every change
 */
PostureUserList *
posture_user_service_list_assessments (PostureUserService *self,
                                       gboolean            archived)
{
  return posture_user_list_new (self->store, POSTURE_USER_LIST_ASSESSMENTS, archived, /* assessment = */ NULL);
}

/**
 * posture_user_service_list_reports:
 * @self: a user service
 * @assessment: (nullable): whose reports; %NULL for all
 *
 * Returns: (transfer full): a list model of [class@ReportItem], newest first,
 *   that follows every change
 */
PostureUserList *
posture_user_service_list_reports (PostureUserService *self,
                                   const char         *assessment)
{
  return posture_user_list_new (self->store, POSTURE_USER_LIST_REPORTS, /* archived = */ FALSE, assessment);
}

/* Somebody who waits for the report of a revision. */
typedef struct
{
  char *revision;
  gulong changed_id;
  gulong elsewhere_id;
  gulong cancelled_id;
  gboolean looking;
  gboolean look_again;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_free (wait->revision);
  g_free (wait);
}

typedef struct
{
  char *revision;
  char *report;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->revision);
  g_free (look->report);
  g_free (look);
}

static gboolean
look_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Look *look = data;
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_report_of_revision, "t",
                                                                look->revision);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  if (step == POSTURE_STEP_ROW)
    look->report = g_strdup (posture_statement_get_text (row, 0));
  return step != POSTURE_STEP_ERROR;
}

static void
stop_waiting (GTask *task)
{
  PostureUserService *self = g_task_get_source_object (task);
  Wait *wait = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_clear_signal_handler (&wait->changed_id, self->store);
  g_clear_signal_handler (&wait->elsewhere_id, self->store);
  if (cancellable != NULL)
    g_clear_signal_handler (&wait->cancelled_id, cancellable);
}

static void look_for_report (GTask *task);

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Wait *wait = g_task_get_task_data (task);
  GError *error = NULL;
  Look *look = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  wait->looking = FALSE;
  if (error == NULL && look->report == NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      if (wait->look_again)
        look_for_report (task);
      return;
    }
  stop_waiting (task);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (look->report == NULL)
    g_task_return_error_if_cancelled (task);
  else
    g_task_return_pointer (task, g_strdup (look->report), g_free);
  g_object_unref (task); /* the one that waiting held */
}

static void
look_for_report (GTask *task)
{
  PostureUserService *self = g_task_get_source_object (task);
  Wait *wait = g_task_get_task_data (task);
  Look *look;

  wait->look_again = wait->looking;
  if (wait->looking)
    return;
  wait->looking = TRUE;
  look = g_new0 (Look, 1);
  look->revision = g_strdup (wait->revision);
  posture_store_read_async (self->store, look_func, look, look_free, /* cancellable = */ NULL, looked_cb,
                            g_object_ref (task));
}

/**
 * posture_user_service_wait_report_async:
 * @self: a user service
 * @revision: a revision that was submitted
 * @cancellable: (nullable): stops waiting
 * @callback: (scope async): called once its report is there, whoever rated it
 * @user_data: for @callback
 *
 * Waits for the report of a revision. Cancelling must happen in the thread of
 * the caller.
 */
void
posture_user_service_wait_report_async (PostureUserService *self,
                                        const char         *revision,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data); /* held until the answer */
  Wait *wait = g_new0 (Wait, 1);

  g_task_set_source_tag (task, posture_user_service_wait_report_async);
  wait->revision = g_strdup (revision);
  g_task_set_task_data (task, wait, wait_free);
  wait->changed_id = g_signal_connect_swapped (self->store, "changed::" POSTURE_USER_TOPIC_REPORT,
                                               G_CALLBACK (look_for_report), task);
  wait->elsewhere_id = g_signal_connect_swapped (self->store, "changed-elsewhere",
                                                 G_CALLBACK (look_for_report), task);
  if (cancellable != NULL)
    wait->cancelled_id = g_signal_connect_swapped (cancellable, "cancelled", G_CALLBACK (look_for_report),
                                                   task);
  look_for_report (task);
}

/**
 * posture_user_service_wait_report_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the id of the report
 */
char *
posture_user_service_wait_report_finish (PostureUserService *self,
                                         GAsyncResult       *result,
                                         GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
