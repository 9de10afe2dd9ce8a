/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/apply-private.h"

#include "json/json-writer.h"

#include <glib/gi18n-lib.h>

/* The reader that turns submissions into events. */
#define READER "answer-events"
#define READ_AT_ONCE 64
#define DAY (24 * G_GINT64_CONSTANT (3600000))
/* As long as DynamoDB Streams would never keep them, but so that a few days away cost nothing. */
#define CHANGE_AGE (7 * DAY)
#define CHANGE_LENGTH 100000
#define PRUNE_EVERY 200

/* Writes one record for one change; a row that stays as it is has none. */
gboolean
posture_user_stream_write (PostureUserContext *context,
                           PostureTransaction *transaction,
                           const char         *row,
                           const char         *assessment,
                           const char         *key,
                           const char         *old_image,
                           const char         *new_image,
                           GError            **error)
{
  const char *event = old_image == NULL ? "INSERT" : new_image == NULL ? "REMOVE" : "MODIFY";

  if (g_strcmp0 (old_image, new_image) == 0)
    return TRUE;
  posture_transaction_notify (transaction, POSTURE_USER_TOPIC_CHANGE, key);
  return posture_transaction_execute (transaction, error, posture_user_sql_insert_change, "itttttt",
                                      posture_clock_get_now (context->clock), event, row, assessment,
                                      key, old_image, new_image);
}

static gboolean
put_answer_event (PostureUserContext        *context,
                  PostureTransaction        *transaction,
                  const PostureAnswerRecord *record,
                  PostureAnswerState         state,
                  GError                   **error)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (PostureAnswerEvent) answer_event = posture_answer_event_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *detail = NULL;
  const char *resources[] = { record->assessment, NULL };
  PostureBusEntry entry = {
    .source = POSTURE_USER_SOURCE,
    .detail_type = POSTURE_USER_DETAIL_TYPE,
    .account = context->space,
    .resources = resources,
    .by_digest = TRUE,
  };
  const PostureBusResult *result;

  answer_event->answer = posture_answer_record_ref ((PostureAnswerRecord *) record);
  answer_event->state = state;
  posture_answer_event_write (writer, answer_event);
  detail = posture_json_writer_finish_text (writer);
  entry.detail = detail;
  results = posture_bus_put_in (context->bus, transaction, &entry, 1, error);
  if (results == NULL)
    return FALSE;
  result = g_ptr_array_index (results, 0);
  if (result->error_code == NULL)
    return TRUE;
  g_set_error_literal (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID, result->error_message);
  return FALSE;
}

static PostureAnswerRecord *
record_from_row (PostureStatement *row,
                 const char       *revision)
{
  PostureAnswerRecord *record = posture_answer_record_new ();

  record->revision = g_strdup (revision);
  record->assessment = g_strdup (posture_statement_get_text (row, 0));
  record->parent = g_strdup (posture_statement_get_text (row, 1));
  record->submitted = posture_time_to_text (posture_statement_get_int (row, 2));
  record->answers = g_strdup (posture_statement_get_text (row, 3));
  record->questionnaire = g_strdup (posture_statement_get_text (row, 4));
  record->digest = g_strdup (posture_statement_get_text (row, 5));
  record->version = g_strdup (posture_statement_get_text (row, 6));
  return record;
}

static gboolean
tell_revision (PostureUserContext *context,
               PostureTransaction *transaction,
               const char         *revision,
               GError            **error)
{
  g_autoptr (PostureAnswerRecord) record = NULL;
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_revision, "t", revision);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  /* A revision whose assessment was deleted meanwhile has no more to say. */
  if (step != POSTURE_STEP_ROW)
    return step == POSTURE_STEP_DONE;
  record = record_from_row (row, revision);
  return put_answer_event (context, transaction, record,
                           record->parent == NULL ? POSTURE_ANSWER_STATE_NEW : POSTURE_ANSWER_STATE_CHANGED,
                           error);
}

/* The old image of a removed assessment is the last submission without its answers: what was deleted
 * must not go on in an event. */
static gboolean
tell_removal (PostureUserContext *context,
              PostureTransaction *transaction,
              const char         *image,
              GError            **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (image, error);
  g_autoptr (PostureAnswerRecord) record = NULL;
  const PostureJsonNode *root;

  if (document == NULL)
    return FALSE;
  root = posture_json_document_get_root (document);
  if (posture_json_node_get_member (root, "revision") == NULL)
    return TRUE; /* never submitted, so nobody heard of it */
  record = posture_answer_record_read (root, error);
  return record != NULL &&
         put_answer_event (context, transaction, record, POSTURE_ANSWER_STATE_REMOVED, error);
}

/* A change record, as the reader needs it. */
typedef struct
{
  gint64 sequence;
  gboolean removed;
  char *row;
  char *key;
  char *old_image;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->row);
  g_free (change->key);
  g_free (change->old_image);
  g_free (change);
}

static GPtrArray *
read_changes (PostureTransaction *transaction,
              gint64              after,
              GError            **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (change_free);
  g_autoptr (PostureStatement) rows = NULL;
  PostureStep step;

  rows = posture_transaction_query (transaction, error, posture_user_sql_changes, "ii", after,
                                    (gint64) READ_AT_ONCE);
  if (rows == NULL)
    return NULL;
  while ((step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      Change *change = g_new0 (Change, 1);

      g_ptr_array_add (changes, change);
      change->sequence = posture_statement_get_int (rows, 0);
      change->removed = g_str_equal (posture_statement_get_text (rows, 1), "REMOVE");
      change->row = g_strdup (posture_statement_get_text (rows, 2));
      change->key = g_strdup (posture_statement_get_text (rows, 4));
      change->old_image = g_strdup (posture_statement_get_text (rows, 5));
    }
  return step == POSTURE_STEP_DONE ? g_steal_pointer (&changes) : NULL;
}

static gboolean
tell_change (PostureUserContext *context,
             PostureTransaction *transaction,
             const Change       *change,
             GError            **error)
{
  if (g_str_equal (change->row, POSTURE_USER_ROW_REVISION) && !change->removed)
    return tell_revision (context, transaction, change->key, error);
  if (g_str_equal (change->row, POSTURE_USER_ROW_ASSESSMENT) && change->removed)
    return tell_removal (context, transaction, change->old_image, error);
  return TRUE; /* drafts are no events */
}

/* Looks at the oldest records of the stream and of the history, twice as many as have come, so that it keeps up and is quickly done. */
static gboolean
prune (PostureUserContext *context,
       PostureTransaction *transaction,
       gint64              last,
       gint64              come,
       GError            **error)
{
  return posture_transaction_execute (transaction, error, posture_user_sql_prune_changes, "iii",
                                      posture_clock_get_now (context->clock) - CHANGE_AGE,
                                      last - CHANGE_LENGTH, 2 * MAX (come, PRUNE_EVERY)) &&
         posture_user_history_prune (context, transaction, error);
}

/* Reads the stream from its cursor and puts an AnswerEvent for each submission and deletion. The
 * events and the cursor are in the transaction of the change, so each is put exactly once. */
gboolean
posture_user_stream_pump (PostureTransaction *transaction,
                          gpointer            data,
                          GError            **error)
{
  PostureUserContext *context = data;
  gint64 cursor = 0, start;
  guint read = READ_AT_ONCE;

  if (!posture_transaction_query_int (transaction, &cursor, error, posture_user_sql_cursor, "t", READER))
    return FALSE;
  start = cursor;
  while (read == READ_AT_ONCE)
    {
      g_autoptr (GPtrArray) changes = read_changes (transaction, cursor, error);

      if (changes == NULL)
        return FALSE;
      read = changes->len;
      for (guint i = 0; i < changes->len; i++)
        {
          const Change *change = g_ptr_array_index (changes, i);

          if (!tell_change (context, transaction, change, error))
            return FALSE;
          cursor = change->sequence;
        }
    }
  return cursor == start ||
         (posture_transaction_execute (transaction, error, posture_user_sql_move_cursor, "ti", READER,
                                       cursor) &&
          (cursor / PRUNE_EVERY == start / PRUNE_EVERY ||
           prune (context, transaction, cursor, cursor - start, error)));
}
