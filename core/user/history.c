/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/apply-private.h"

#include "json/json-digest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY (24 * G_GINT64_CONSTANT (3600000))
/* As long as a remote service would know what was deleted, and no more than so many. */
#define HISTORY_AGE (90 * DAY)
#define HISTORY_LENGTH 100000
#define SWEEP_AT_ONCE 400

/* Gives the operation its clock: never behind one that was given before, whatever the system's clock
 * does. */
gboolean
posture_user_history_tick (PostureUserContext *context,
                           PostureTransaction *transaction,
                           PostureUserStamp   *ret_stamp,
                           GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_read_clock, NULL);
  gint64 now = posture_clock_get_now (context->clock);
  gint64 ms, counter;

  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return FALSE;
  ms = posture_statement_get_int (row, 0);
  counter = posture_statement_get_int (row, 1);
  ret_stamp->counter = now > ms ? 0 : counter + 1;
  ret_stamp->ms = MAX (now, ms);
  return posture_transaction_execute (transaction, error, posture_user_sql_tick, "ii", ret_stamp->ms,
                                      ret_stamp->counter);
}

/* What an operation says, as a digest: the same id with another one is another operation. */
char *
posture_user_history_hash (PostureOperation *operation)
{
  g_autofree char *text = g_strjoin ("\n",
                                     posture_operation_kind_to_string (posture_operation_get_kind (operation)),
                                     posture_operation_get_assessment (operation),
                                     posture_operation_get_payload (operation), NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return posture_json_digest (bytes);
}

/* Whether the operation was applied before. An id that was used for another one is refused; of what
 * belonged to a deleted assessment only the id is left. */
gboolean
posture_user_history_find (PostureTransaction *transaction,
                           PostureOperation   *operation,
                           const char         *hash,
                           gboolean           *ret_known,
                           GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                                posture_user_sql_find_operation, "t",
                                                                posture_operation_get_id (operation));
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;

  *ret_known = step == POSTURE_STEP_ROW;
  if (step == POSTURE_STEP_ROW && posture_statement_get_text (row, 0)[0] != '\0' &&
      !g_str_equal (posture_statement_get_text (row, 0), hash))
    {
      g_set_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_OPERATION_REUSED,
                   _("The operation %s was something else before."), posture_operation_get_id (operation));
      return FALSE;
    }
  return step != POSTURE_STEP_ERROR;
}

gboolean
posture_user_history_write (PostureUserContext     *context,
                            PostureTransaction     *transaction,
                            PostureOperation       *operation,
                            const PostureUserStamp *stamp,
                            const char             *hash,
                            const char             *parent,
                            GError                **error)
{
  return posture_transaction_execute (
    transaction, error, posture_user_sql_insert_operation, "ttttttiitittt",
    posture_operation_get_id (operation), context->space,
    posture_operation_kind_to_string (posture_operation_get_kind (operation)),
    posture_operation_get_assessment (operation), posture_operation_get_question (operation), parent,
    stamp->ms, stamp->counter, context->device, posture_operation_get_time (operation), hash,
    posture_operation_get_payload (operation), "APPLIED");
}

typedef struct
{
  gint64 from;  /* what was looked at by the last sweep */
  gint64 until; /* what this one looks at */
  gint64 count;
} Sweep;

static gboolean
plan_sweep (PostureTransaction *transaction,
            gint64              oldest,
            Sweep              *ret_sweep,
            GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error,
                                                        posture_user_sql_plan_sweep, "iii", oldest,
                                                                (gint64) HISTORY_LENGTH,
                                                                (gint64) SWEEP_AT_ONCE);

  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return FALSE;
  ret_sweep->from = posture_statement_get_int (row, 0);
  ret_sweep->until = posture_statement_get_int (row, 1);
  ret_sweep->count = posture_statement_get_int (row, 2);
  return TRUE;
}

/* Deletes operations that are old, or too many, and that nobody needs any more. What a row still shows
 * stays, so that a service that comes later can be told of it; what such a service was not yet told
 * stays, too. A piece of the history is looked at each time, and then the next one. */
gboolean
posture_user_history_prune (PostureUserContext *context,
                            PostureTransaction *transaction,
                            GError            **error)
{
  Sweep sweep;

  return plan_sweep (transaction, posture_clock_get_now (context->clock) - HISTORY_AGE, &sweep, error) &&
         posture_transaction_execute (transaction, error, posture_user_sql_prune_operations, "ii",
                                      sweep.from, sweep.until) &&
         posture_transaction_execute (transaction, error, posture_user_sql_move_sweep, "i",
                                      sweep.count < SWEEP_AT_ONCE ? 0 : sweep.until);
}
