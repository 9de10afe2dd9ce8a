/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/stored-report.h"

#include "user/user-service-private.h"

#include <glib/gi18n-lib.h>

/**
 * posture_stored_report_free:
 * @self: (transfer full): a stored report
 *
 * Frees it.
 */
void
posture_stored_report_free (PostureStoredReport *self)
{
  g_free (self->id);
  g_free (self->report);
  posture_answer_record_unref (self->revision);
  g_free (self);
}

static PostureStoredReport *
stored_report_new_from_row (PostureStatement *row)
{
  PostureStoredReport *self = g_new0 (PostureStoredReport, 1);
  PostureAnswerRecord *revision = posture_answer_record_new ();

  self->number = posture_statement_get_int (row, 0);
  self->id = g_strdup (posture_statement_get_text (row, 1));
  self->report = g_strdup (posture_statement_get_text (row, 2));
  self->revision = revision;
  revision->revision = g_strdup (posture_statement_get_text (row, 3));
  revision->assessment = g_strdup (posture_statement_get_text (row, 4));
  revision->parent = g_strdup (posture_statement_get_text (row, 5));
  revision->submitted = posture_time_to_text (posture_statement_get_int (row, 6));
  revision->answers = g_strdup (posture_statement_get_text (row, 7));
  revision->questionnaire = g_strdup (posture_statement_get_text (row, 8));
  revision->digest = g_strdup (posture_statement_get_text (row, 9));
  revision->version = g_strdup (posture_statement_get_text (row, 10));
  return self;
}

/* A page of reports. */
typedef struct
{
  gint64 after;
  guint limit;
  GPtrArray *reports;
} Page;

static gboolean
read_rows (PostureStatement *rows,
           GPtrArray        *reports,
           GError          **error)
{
  PostureStep step = rows != NULL ? posture_statement_step (rows, error) : POSTURE_STEP_ERROR;

  while (step == POSTURE_STEP_ROW)
    {
      g_ptr_array_add (reports, stored_report_new_from_row (rows));
      step = posture_statement_step (rows, error);
    }
  return step == POSTURE_STEP_DONE;
}

static gboolean
find_one_func (PostureTransaction *transaction,
               gpointer            data,
               GError            **error)
{
  PostureUserLookup *lookup = data;
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (
    (GDestroyNotify) posture_stored_report_free);
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error,
                                                                 posture_user_sql_stored_report, "t",
                                                                 lookup->id);

  if (!read_rows (rows, reports, error))
    return FALSE;
  if (reports->len == 0)
    g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND, _("There is no report %s."),
                 lookup->id);
  else
    lookup->found = g_ptr_array_steal_index (reports, 0);
  return lookup->found != NULL;
}

static gboolean
find_page_func (PostureTransaction *transaction,
                gpointer            data,
                GError            **error)
{
  Page *page = data;
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error,
                                                                 posture_user_sql_stored_reports, "ii",
                                                                 page->after, (gint64) page->limit);

  return read_rows (rows, page->reports, error);
}

/**
 * posture_user_service_dup_stored_report:
 * @self: a user service
 * @id: a report's id
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is none
 *
 * Waits for the disk.
 *
 * Returns: (transfer full) (nullable): the report as it is stored, with its revision
 */
PostureStoredReport *
posture_user_service_dup_stored_report (PostureUserService *self,
                                        const char         *id,
                                        GError            **error)
{
  PostureUserLookup lookup = { .id = id };

  return posture_user_ask (self, find_one_func, &lookup, error) ? lookup.found : NULL;
}

/**
 * posture_user_service_load_stored_report_async:
 * @self: a user service
 * @id: a report's id
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * As posture_user_service_dup_stored_report(), without waiting.
 */
void
posture_user_service_load_stored_report_async (PostureUserService *self,
                                               const char         *id,
                                               GCancellable       *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer            user_data)
{
  posture_user_ask_async (self, find_one_func, id, /* number = */ 0,
                          (GDestroyNotify) posture_stored_report_free,
                          posture_user_service_load_stored_report_async, cancellable, callback,
                          user_data);
}

/**
 * posture_user_service_load_stored_report_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError; %POSTURE_USER_ERROR_NOT_FOUND if there is none
 *
 * Returns: (transfer full) (nullable): as posture_user_service_dup_stored_report()
 */
PostureStoredReport *
posture_user_service_load_stored_report_finish (PostureUserService *self,
                                                GAsyncResult       *result,
                                                GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * posture_user_service_dup_stored_reports:
 * @self: a user service
 * @after: the number of the report before the first one, 0 for the first
 * @limit: how many at most
 * @error: return location for a #GError
 *
 * Waits for the disk.
 *
 * Returns: (transfer full) (nullable) (element-type PostureStoredReport): the
 *   reports in the order in which they came; empty at the end
 */
GPtrArray *
posture_user_service_dup_stored_reports (PostureUserService *self,
                                         gint64              after,
                                         guint               limit,
                                         GError            **error)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (
    (GDestroyNotify) posture_stored_report_free);
  Page page = { after, limit, reports };

  return posture_store_read (self->store, find_page_func, &page, NULL, error)
           ? g_steal_pointer (&reports) : NULL;
}

static gboolean
find_times_func (PostureTransaction *transaction,
                 gpointer            data,
                 GError            **error)
{
  PostureUserLookup *lookup = data;
  g_autoptr (GHashTable) times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error,
                                                                 posture_user_sql_answer_times, "ti",
                                                                 lookup->id, lookup->number);
  PostureStep step = rows != NULL ? posture_statement_step (rows, error) : POSTURE_STEP_ERROR;

  while (step == POSTURE_STEP_ROW)
    {
      gint64 time = posture_statement_get_int (rows, 1);

      g_hash_table_insert (times, g_strdup (posture_statement_get_text (rows, 0)),
                           g_memdup2 (&time, sizeof time));
      step = posture_statement_step (rows, error);
    }
  if (step == POSTURE_STEP_DONE)
    lookup->found = g_steal_pointer (&times);
  return lookup->found != NULL;
}

/**
 * posture_user_service_dup_answer_times:
 * @self: a user service
 * @assessment: an assessment's id
 * @until: milliseconds since 1970: answers given later are passed over
 * @error: return location for a #GError
 *
 * When each question was last answered, or its answer confirmed, up to a moment:
 * with the submission of a revision, the dates of its answers. Of an answer that
 * was replaced so long ago that the history does not have it any more there is
 * none.
 *
 * Waits for the disk.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 gint64): from a
 *   question's key to the time
 */
GHashTable *
posture_user_service_dup_answer_times (PostureUserService *self,
                                       const char         *assessment,
                                       gint64              until,
                                       GError            **error)
{
  PostureUserLookup lookup = { .id = assessment, .number = until };

  return posture_user_ask (self, find_times_func, &lookup, error) ? lookup.found : NULL;
}

/**
 * posture_user_service_load_answer_times_async:
 * @self: a user service
 * @assessment: an assessment's id
 * @until: milliseconds since 1970: answers given later are passed over
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * As posture_user_service_dup_answer_times(), without waiting.
 */
void
posture_user_service_load_answer_times_async (PostureUserService *self,
                                              const char         *assessment,
                                              gint64              until,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data)
{
  posture_user_ask_async (self, find_times_func, assessment, until, (GDestroyNotify) g_hash_table_unref,
                          posture_user_service_load_answer_times_async, cancellable, callback,
                          user_data);
}

/**
 * posture_user_service_load_answer_times_finish:
 * @self: a user service
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable) (element-type utf8 gint64): as
 *   posture_user_service_dup_answer_times()
 */
GHashTable *
posture_user_service_load_answer_times_finish (PostureUserService *self,
                                               GAsyncResult       *result,
                                               GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
