/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/draft-private.h"

/* What a person answers, into the draft and on to the disk, and on to a report. */

static void
report_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *report = posture_user_service_wait_report_finish (POSTURE_USER_SERVICE (source), result, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, g_free);
  else
    g_task_return_error (task, error);
}

static void
revision_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (PostureAssessmentItem) item = NULL;
  GError *error = NULL;

  item = posture_user_service_load_assessment_finish (POSTURE_USER_SERVICE (source), result, &error);
  if (item == NULL)
    g_task_return_error (task, error);
  else
    posture_user_service_wait_report_async (POSTURE_USER_SERVICE (source),
                                            posture_assessment_item_get_revision (item),
                                            g_task_get_cancellable (task), report_cb, g_object_ref (task));
}

/* All is on disk, the submission too, or could not be stored. */
static void
go_on_submitting (PostureDraft *self)
{
  const GError *error = posture_draft_store_get_error (self->store);
  g_autoptr (GTask) task = NULL;

  if (self->submission == NULL)
    return;
  task = g_steal_pointer (&self->submission);
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    posture_user_service_load_assessment_async (posture_context_get_user (self->context), self->assessment,
                                                g_task_get_cancellable (task), revision_cb,
                                                g_object_ref (task));
}

/* There is nothing left to answer in, so what was answered goes with it. */
static void
leave_deleted (PostureDraft *self)
{
  GError *error = g_error_copy (posture_draft_store_get_error (self->store));

  posture_draft_store_forget (self->store);
  if (self->submission != NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->submission);

      g_task_return_error (task, g_error_copy (error));
    }
  posture_draft_set_saving (self, POSTURE_DRAFT_UNCHANGED);
  posture_draft_fail (self, error);
}

void
posture_draft_settled_cb (PostureDraft *self)
{
  const GError *error = posture_draft_store_get_error (self->store);

  if (posture_context_get_user (self->context) == NULL)
    return; /* the profile is being closed */
  if (g_error_matches (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND))
    {
      leave_deleted (self);
      return;
    }
  if (error != NULL)
    {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
    }
  posture_draft_set_saving (self, error != NULL ? POSTURE_DRAFT_UNSAVED : POSTURE_DRAFT_SAVED);
  go_on_submitting (self);
  posture_draft_read_again (self);
}

/* What is stored anew is of today. */
static void
forget_due (PostureDraft *self,
            const char   *key)
{
  for (guint i = self->due != NULL ? self->due->len : 0; i-- > 0;)
    if (g_str_equal (((const PostureDueAnswer *) g_ptr_array_index (self->due, i))->key, key))
      g_ptr_array_remove_index (self->due, i);
}

static void
store_answer (PostureDraft  *self,
              const char    *key,
              PostureAnswer *answer)
{
  g_autoptr (PostureOperation) operation = NULL;
  g_autofree char *text = NULL;

  if (answer != NULL)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

      posture_answer_write (answer, writer, /* with_note = */ TRUE);
      text = posture_json_writer_finish_text (writer);
    }
  operation = posture_operation_new_answer (posture_context_get_now (self->context), self->assessment, key,
                                            text, posture_draft_is_flagged (self, key));
  forget_due (self, key);
  self->generation++;
  posture_draft_set_saving (self, POSTURE_DRAFT_SAVING);
  posture_draft_store_add (self->store, operation);
  posture_draft_emit_changed (self, key);
}

/**
 * posture_draft_set_answer:
 * @self: a draft that is ready
 * @key: a question's key
 * @answer: (nullable): its answer; %NULL takes it back
 *
 * Answers a question, and stores it.
 */
void
posture_draft_set_answer (PostureDraft  *self,
                          const char    *key,
                          PostureAnswer *answer)
{
  g_autofree char *question = g_strdup (key);
  PostureQuestion *asked = posture_questionnaire_find_question (self->asked, question);

  if (posture_context_get_user (self->context) == NULL || asked == NULL
      || posture_answer_equal (posture_answers_get (self->answers, question), answer))
    return;
  posture_answers_set (self->answers, question, answer);
  if (posture_question_get_kind (asked) == POSTURE_QUESTION_INSTANCES)
    posture_draft_ask_anew (self);
  else
    g_array_unref (posture_visibility_update (self->visibility, self->answers, question));
  store_answer (self, question, answer);
}

/**
 * posture_draft_confirm:
 * @self: a draft that is ready
 * @key: key of a question with an answer
 *
 * Says that an answer still holds, and stores that.
 */
void
posture_draft_confirm (PostureDraft *self,
                       const char   *key)
{
  g_autofree char *question = g_strdup (key);

  if (posture_context_get_user (self->context) != NULL)
    store_answer (self, question, posture_answers_get (self->answers, question));
}

/**
 * posture_draft_set_flagged:
 * @self: a draft that is ready
 * @key: a question's key
 * @flagged: whether the person wants to come back to it
 *
 * Marks a question, and stores that.
 */
void
posture_draft_set_flagged (PostureDraft *self,
                           const char   *key,
                           gboolean      flagged)
{
  if (posture_context_get_user (self->context) == NULL || flagged == posture_draft_is_flagged (self, key))
    return;
  if (flagged)
    g_hash_table_add (self->flags, g_strdup (key));
  else
    g_hash_table_remove (self->flags, key);
  store_answer (self, key, posture_answers_get (self->answers, key));
}

/**
 * posture_draft_retry:
 * @self: a draft
 *
 * Tries to store once more what could not be stored.
 */
void
posture_draft_retry (PostureDraft *self)
{
  if (self->saving != POSTURE_DRAFT_UNSAVED)
    return;
  posture_draft_set_saving (self, POSTURE_DRAFT_SAVING);
  posture_draft_store_retry (self->store);
}

/**
 * posture_draft_count_unsaved:
 * @self: a draft
 *
 * Returns: to how many questions an answer is not on disk
 */
guint
posture_draft_count_unsaved (PostureDraft *self)
{
  return posture_draft_store_count_answers (self->store);
}

/**
 * posture_draft_submit_async:
 * @self: a draft that is ready
 * @cancellable: (nullable): stops waiting for the report
 * @callback: (scope async): called with the report
 * @user_data: for @callback
 *
 * Submits what was answered, once all of it is on disk, and waits for the
 * report.
 */
void
posture_draft_submit_async (PostureDraft       *self,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (PostureOperation) operation = NULL;
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, posture_draft_submit_async);
  g_return_if_fail (self->submission == NULL);
  self->submission = task;
  operation = posture_operation_new_submit (posture_context_get_now (self->context), self->assessment);
  posture_draft_set_saving (self, POSTURE_DRAFT_SAVING);
  posture_draft_store_add (self->store, operation);
}

/**
 * posture_draft_submit_finish:
 * @self: a draft
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the id of the report
 */
char *
posture_draft_submit_finish (PostureDraft *self,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
