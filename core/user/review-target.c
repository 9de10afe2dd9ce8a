/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-private.h"

#include "json/json-writer.h"
#include "model/posture-types.h"

/* So long nothing more is said of what has been due all along. */
#define REMIND_AGAIN (G_GINT64_CONSTANT (30) * 24 * 60 * 60 * 1000)

/* When its schedule comes round, looks for answers that are due and puts a ReviewEvent for each
 * assessment that has some. The search reads; only what is said is written. */
#define POSTURE_TYPE_REVIEW_TARGET (posture_review_target_get_type ())
G_DECLARE_FINAL_TYPE (PostureReviewTarget, posture_review_target, POSTURE, REVIEW_TARGET, GObject)

struct _PostureReviewTarget
{
  GObject parent_instance;

  PostureUserContext *context; /* (unowned): the service's, which outlives its target */
  PostureStore *store;         /* (unowned): as long */
};

static void posture_review_target_target_init (PostureTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PostureReviewTarget, posture_review_target, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET,
                                                      posture_review_target_target_init))

/* The answers of one assessment that are due, summed up. */
typedef struct
{
  const char *assessment;
  const char *digest;
  guint n_due;
  gint64 oldest; /* since when */
  gint64 newest;
} Overdue;

typedef struct
{
  PostureUserContext *context;
  gint64 now;
  GPtrArray *due; /* (element-type PostureDueAnswer), those of one assessment side by side */
} Review;

static void
review_free (gpointer data)
{
  Review *review = data;

  g_clear_pointer (&review->due, g_ptr_array_unref);
  g_free (review);
}

static gboolean
find_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Review *review = data;

  g_clear_pointer (&review->due, g_ptr_array_unref);
  review->due = posture_user_find_due (review->context, transaction, /* assessment = */ NULL, review->now,
                                       error);
  return review->due != NULL;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Review *found = posture_store_work_finish (POSTURE_STORE (source), result, &error);
  Review *review;

  if (found == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  review = g_new0 (Review, 1);
  review->context = found->context;
  review->now = found->now;
  review->due = g_steal_pointer (&found->due);
  g_task_set_task_data (task, review, review_free);
  g_task_return_boolean (task, TRUE);
}

static void
posture_review_target_prepare_async (PostureTarget      *target,
                                     PostureEvent       *event,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  PostureReviewTarget *self = POSTURE_REVIEW_TARGET (target);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Review *review = g_new0 (Review, 1);

  g_task_set_source_tag (task, posture_review_target_prepare_async);
  review->context = self->context;
  /* not the time of the event, which lies far back if the program did not run */
  review->now = posture_clock_get_now (self->context->clock);
  posture_store_read_async (self->store, find_func, review, review_free, cancellable, found_cb, task);
}

static gboolean
posture_review_target_prepare_finish (PostureTarget *target,
                                      GAsyncResult  *result,
                                      gpointer      *ret_outcome,
                                      GError       **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *ret_outcome = g_task_get_task_data (G_TASK (result));
  return TRUE;
}

/* Sums up those of one assessment, which begin at @first. */
static void
sum_up (GPtrArray *due,
        guint      first,
        Overdue   *ret_overdue)
{
  const PostureDueAnswer *answer = g_ptr_array_index (due, first);

  *ret_overdue = (Overdue) { answer->assessment, answer->digest, 0, answer->due, answer->due };
  for (guint i = first; i < due->len; i++)
    {
      answer = g_ptr_array_index (due, i);
      if (!g_str_equal (answer->assessment, ret_overdue->assessment))
        break;
      ret_overdue->n_due++;
      ret_overdue->oldest = MIN (ret_overdue->oldest, answer->due);
      ret_overdue->newest = MAX (ret_overdue->newest, answer->due);
    }
}

/* Whether there is anything to say: never yet, something new, or again after a while. */
static gboolean
is_to_be_said (PostureTransaction *transaction,
               const Overdue      *overdue,
               gint64              now,
               gboolean           *ret_is,
               GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_reminder, "t",
                                                                overdue->assessment);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  *ret_is = FALSE;
  if (step == POSTURE_STEP_ROW)
    {
      gint64 last = posture_statement_get_int (row, 0);

      *ret_is = last < overdue->newest || now - last >= REMIND_AGAIN;
    }
  return step != POSTURE_STEP_ERROR; /* without a row the assessment is gone */
}

static char *
write_detail (const Overdue        *overdue,
              PostureQuestionnaire *questionnaire)
{
  g_autoptr (PostureReviewEvent) event = posture_review_event_new ();
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  event->review = posture_review_reminder_new ();
  event->review->assessment = g_strdup (overdue->assessment);
  event->review->questionnaire = posture_questionnaire_version_new ();
  event->review->questionnaire->id = g_strdup (posture_questionnaire_get_id (questionnaire));
  event->review->questionnaire->version = g_strdup (posture_questionnaire_get_version (questionnaire));
  event->review->questionnaire->digest = g_strdup (overdue->digest);
  event->review->due = overdue->n_due;
  event->review->since = posture_time_to_text (overdue->oldest);
  posture_review_event_write (writer, event);
  return posture_json_writer_finish_text (writer);
}

static gboolean
say (PostureReviewTarget *self,
     PostureTransaction  *transaction,
     const Overdue       *overdue,
     gint64               now,
     GError             **error)
{
  g_autoptr (PostureQuestionnaire) questionnaire
    = posture_user_find_questionnaire (self->context, transaction, overdue->digest, error);
  g_autofree char *detail = questionnaire != NULL ? write_detail (overdue, questionnaire) : NULL;
  const char *resources[] = { overdue->assessment, NULL };
  PostureBusEntry entry = {
    .source = POSTURE_USER_REVIEW_SOURCE,
    .detail_type = POSTURE_USER_REVIEW_DETAIL_TYPE,
    .detail = detail,
    .account = self->context->space,
    .resources = resources,
    .group = overdue->assessment,
  };
  g_autoptr (GPtrArray) results = NULL;
  const PostureBusResult *result;

  if (detail == NULL)
    return FALSE;
  results = posture_bus_put_in (self->context->bus, transaction, &entry, 1, error);
  if (results == NULL)
    return FALSE;
  result = g_ptr_array_index (results, 0);
  if (result->error_code != NULL)
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_PERMANENT, result->error_message);
      return FALSE;
    }
  return posture_transaction_execute (transaction, error, posture_user_sql_put_reminder, "ti",
                                      overdue->assessment, now);
}

static gboolean
posture_review_target_commit (PostureTarget      *target,
                              PostureTransaction *transaction,
                              PostureEvent       *event,
                              gpointer            outcome,
                              GError            **error)
{
  PostureReviewTarget *self = POSTURE_REVIEW_TARGET (target);
  const Review *review = outcome;
  Overdue overdue;
  gboolean is;

  for (guint i = 0; i < review->due->len; i += overdue.n_due)
    {
      sum_up (review->due, i, &overdue);
      if (!is_to_be_said (transaction, &overdue, review->now, &is, error) ||
          (is && !say (self, transaction, &overdue, review->now, error)))
        return FALSE;
    }
  return TRUE;
}

static void
posture_review_target_target_init (PostureTargetInterface *iface)
{
  iface->prepare_async = posture_review_target_prepare_async;
  iface->prepare_finish = posture_review_target_prepare_finish;
  iface->free_outcome = review_free;
  iface->commit = posture_review_target_commit;
}

static void
posture_review_target_class_init (PostureReviewTargetClass *klass)
{
}

static void
posture_review_target_init (PostureReviewTarget *self)
{
}

PostureTarget *
posture_user_review_target_new (PostureUserContext *context,
                                PostureStore       *store)
{
  PostureReviewTarget *self = g_object_new (POSTURE_TYPE_REVIEW_TARGET, NULL);

  self->context = context;
  self->store = store;
  return POSTURE_TARGET (self);
}
