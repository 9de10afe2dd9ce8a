/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-service-private.h"

#include "store/store-error.h"

#include <glib/gi18n-lib.h>

/* When the change stream could not be read (a full disk), it is tried again after a pause that grows. */
#define MIN_PAUSE 1000
#define MAX_PAUSE 60000

G_DEFINE_QUARK (posture-user-error-quark, posture_user_error)
G_DEFINE_FINAL_TYPE (PostureUserService, posture_user_service, G_TYPE_OBJECT)

enum
{
  ASSESSMENT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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

static void
assessment_changed_cb (PostureUserService *self,
                       const char         *topic,
                       const char         *id)
{
  g_signal_emit (self, signals[ASSESSMENT_CHANGED], 0, id);
}

/* Another process may use a version of a questionnaire that this one has never seen. */
static void
changed_elsewhere_cb (PostureUserService *self)
{
  g_signal_emit (self, signals[ASSESSMENT_CHANGED], 0, /* id = */ NULL);
  posture_store_read_async (self->store, load_library_func, posture_library_ref (self->context->library),
                            (GDestroyNotify) posture_library_unref, /* cancellable = */ NULL,
                            /* callback = */ NULL, NULL);
}

static void read_stream (PostureUserService *self);

static gboolean
retry_cb (gpointer data)
{
  PostureUserService *self = data;

  self->retry_id = 0;
  read_stream (self);
  return G_SOURCE_REMOVE;
}

/* The change stream could not be read further. Its cursor knows how far it was. */
static void
retry_later (PostureUserService *self)
{
  if (self->retry_id != 0)
    return;
  self->pause = CLAMP (self->pause * 2, MIN_PAUSE, MAX_PAUSE);
  self->retry_id = posture_clock_add_timeout (self->context->clock, self->pause, retry_cb, self);
}

static void
stream_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (PostureUserService) self = data;
  g_autoptr (GError) error = NULL;

  posture_store_work_finish (POSTURE_STORE (source), result, &error);
  if (error == NULL)
    self->pause = 0;
  else if (!g_error_matches (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CLOSED))
    retry_later (self);
}

static void
read_stream (PostureUserService *self)
{
  posture_store_write_async (self->store, posture_user_stream_pump, self->context, /* destroy = */ NULL,
                             /* cancellable = */ NULL, stream_read_cb, g_object_ref (self));
}

static void
reaction_failed_cb (PostureUserService *self,
                    const char         *topic,
                    const GError       *error)
{
  if (g_str_equal (topic, POSTURE_USER_TOPIC_CHANGE))
    retry_later (self);
}

static void
posture_user_service_dispose (GObject *object)
{
  PostureUserService *self = POSTURE_USER_SERVICE (object);

  if (self->retry_id != 0)
    posture_clock_remove (self->context->clock, self->retry_id);
  self->retry_id = 0;
  G_OBJECT_CLASS (posture_user_service_parent_class)->dispose (object);
}

static void
posture_user_service_finalize (GObject *object)
{
  PostureUserService *self = POSTURE_USER_SERVICE (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->context, context_free);
  g_ptr_array_unref (self->waiting);
  G_OBJECT_CLASS (posture_user_service_parent_class)->finalize (object);
}

static void
posture_user_service_class_init (PostureUserServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_user_service_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_user_service_finalize;

  /**
   * PostureUserService::assessment-changed:
   * @id: (nullable): the assessment; %NULL if it may be any
   *
   * An assessment, or an answer of it, is not what it was, whichever process
   * wrote it.
   */
  signals[ASSESSMENT_CHANGED] = g_signal_new ("assessment-changed", G_TYPE_FROM_CLASS (klass),
                                              G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                              G_TYPE_STRING);
}

static void
posture_user_service_init (PostureUserService *self)
{
  self->waiting = g_ptr_array_new ();
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
  g_autoptr (PostureTarget) reports = NULL;
  g_autoptr (PostureTarget) review = NULL;

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
  reports = posture_user_report_target_new (self->context);
  posture_bus_add_target (bus, POSTURE_USER_REPORT_TARGET, reports, /* policy = */ NULL);
  review = posture_user_review_target_new (self->context, store);
  posture_bus_add_target (bus, POSTURE_USER_REVIEW_TARGET, review, /* policy = */ NULL);
  g_signal_connect_object (store, "changed::" POSTURE_USER_TOPIC_ASSESSMENT,
                           G_CALLBACK (assessment_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed-elsewhere", G_CALLBACK (changed_elsewhere_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "reaction-failed", G_CALLBACK (reaction_failed_cb), self,
                           G_CONNECT_SWAPPED);
  read_stream (self); /* what a full disk or a crash has left */
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

/**
 * posture_user_service_get_now:
 * @self: a user service
 *
 * Returns: the time for operations, in milliseconds since 1970
 */
gint64
posture_user_service_get_now (PostureUserService *self)
{
  return posture_clock_get_now (self->context->clock);
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

/* What was deleted must not go on in a copy that an update has set aside. */
static void
discard_copies_if_deleted (PostureStore *store,
                           GPtrArray    *operations)
{
  g_autoptr (GError) error = NULL;
  gboolean deleted = FALSE;

  for (guint i = 0; i < operations->len; i++)
    {
      PostureOperationKind kind = posture_operation_get_kind (g_ptr_array_index (operations, i));

      deleted = deleted || kind == POSTURE_OPERATION_DELETE || kind == POSTURE_OPERATION_DELETE_REPORT;
    }
  if (deleted && !posture_store_discard_copies (store, &error))
    g_debug ("%s", error->message);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Batch *batch = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  if (batch == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  discard_copies_if_deleted (POSTURE_STORE (source), batch->operations);
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

  if (!posture_store_write (self->store, apply_func, &batch, /* cancellable = */ NULL, error))
    return FALSE;
  discard_copies_if_deleted (self->store, operations);
  return TRUE;
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
