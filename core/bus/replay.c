/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/replay.h"

#include "bus/bus-private.h"

#include <glib/gi18n-lib.h>

static const char *const states[] = { "running", "completed", "cancelled" };

/**
 * posture_replay_free:
 * @replay: (transfer full): a replay
 *
 * Frees what was read of a replay.
 */
void
posture_replay_free (PostureReplay *replay)
{
  g_free (replay->name);
  g_strfreev (replay->rules);
  g_free (replay);
}

/**
 * posture_replay_state_to_text:
 * @state: a state
 *
 * Returns: (transfer none): `running`, `completed` or `cancelled`
 */
const char *
posture_replay_state_to_text (PostureReplayState state)
{
  return states[state];
}

static PostureReplay *
replay_from_row (PostureStatement *row,
                 GError          **error)
{
  g_autoptr (PostureReplay) replay = g_new0 (PostureReplay, 1);

  replay->name = g_strdup (posture_statement_get_text (row, 0));
  replay->begin = posture_statement_get_int (row, 1);
  replay->end = posture_statement_get_int (row, 2);
  replay->rules = posture_names_from_text (posture_statement_get_text (row, 3), error);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i], posture_statement_get_text (row, 4)))
      replay->state = (PostureReplayState) i;
  replay->events = posture_statement_get_int (row, 7);
  replay->deliveries = posture_statement_get_int (row, 8);
  replay->started = posture_statement_get_int (row, 9);
  replay->ended = posture_statement_get_int (row, 10);
  replay->pending = posture_statement_get_int (row, 11);
  replay->remaining = posture_statement_get_int (row, 12);
  return replay->rules != NULL ? g_steal_pointer (&replay) : NULL;
}

static const PostureNamedList table = {
  posture_bus_sql_replays,
  posture_bus_sql_replay,
  (PostureRowFunc) replay_from_row,
  (GDestroyNotify) posture_replay_free,
};

/**
 * posture_bus_list_replays:
 * @self: a bus
 * @error: return location for an error of [error@StoreError]
 *
 * Reads the replays. Waits for the disk.
 *
 * Returns: (transfer container) (element-type PostureReplay) (nullable): the
 *   replays, newest first, or %NULL on error
 */
GPtrArray *
posture_bus_list_replays (PostureBus *self,
                          GError    **error)
{
  return posture_bus_read_list (self, &table, /* name = */ NULL, error);
}

/**
 * posture_bus_dup_replay:
 * @self: a bus
 * @name: a replay's name
 * @error: return location for an error of [error@StoreError]
 *
 * Reads a replay. Waits for the disk.
 *
 * Returns: (transfer full) (nullable): the replay; %NULL with @error unset if
 *   there is none of that name
 */
PostureReplay *
posture_bus_dup_replay (PostureBus *self,
                        const char *name,
                        GError    **error)
{
  return posture_bus_read_named (self, &table, name, error);
}

/* A replay that is to begin, or to end. */
typedef struct
{
  const char *name;
  gint64 begin;
  gint64 end;
  const char *const *rules;
  gint64 now;
} Change;

/* The rules of a replay are there and have patterns, and are not the program's own. */
static gboolean
check_rule (PostureTransaction *transaction,
            const char         *name,
            GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_bus_sql_rule, "t", name);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;
  g_autoptr (PostureRule) rule = NULL;

  if (step == POSTURE_STEP_DONE)
    g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND, _("There is no rule “%s”."), name);
  if (step != POSTURE_STEP_ROW)
    return FALSE;
  rule = posture_rule_new_from_row (row, error);
  if (rule == NULL || (rule->pattern != NULL && !rule->managed))
    return rule != NULL;
  if (rule->managed)
    g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_MANAGED,
                 _("The program itself needs the rule “%s”. What it does is done once and not replayed."), name);
  else
    g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                 _("The rule “%s” has a schedule. Only rules with a pattern take part in a replay."), name);
  return FALSE;
}

static gboolean
check_start (PostureTransaction *transaction,
             const Change       *change,
             GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_bus_sql_replay, "t",
                                                                change->name);
  PostureStep step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;
  gint64 running = 0;

  if (step == POSTURE_STEP_ROW)
    g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_EXISTS,
                 _("There was a replay “%s” already. Give this one another name."), change->name);
  if (step != POSTURE_STEP_DONE ||
      !posture_transaction_query_int (transaction, &running, error, posture_bus_sql_count_running, NULL))
    return FALSE;
  if (running >= POSTURE_REPLAY_MAX_RUNNING)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                   _("%d replays are running. Wait until one of them ends, or cancel one."),
                   POSTURE_REPLAY_MAX_RUNNING);
      return FALSE;
    }
  for (guint i = 0; change->rules[i] != NULL; i++)
    if (!check_rule (transaction, change->rules[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
start_func (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  const Change *change = data;
  g_autofree char *rules = posture_names_to_text (change->rules);
  gint64 last = 0;

  if (!check_start (transaction, change, error) ||
      !posture_transaction_query_int (transaction, &last, error, posture_bus_sql_last_sequence, NULL) ||
      !posture_transaction_execute (transaction, error, posture_bus_sql_insert_replay, "tiitii", change->name,
                                    change->begin, change->end, rules, last, change->now))
    return FALSE;
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_REPLAYS, change->name);
  return TRUE;
}

/**
 * posture_bus_start_replay:
 * @self: a bus
 * @name: its name: 1 to 64 letters, digits, `.`, `-` or `_`, which no replay has
 *   had that is still listed
 * @begin: from when events were put, in milliseconds since 1970
 * @end: up to when, itself not included
 * @rules: (array zero-terminated=1): for which rules; none means for all
 * @error: return location for an error of [error@BusError] or [error@StoreError]
 *
 * Begins to give events of the archive to the targets of rules once more, in
 * the order in which they were put. Rules match as they are now, and an event
 * says its `replay-name`. Targets of rules that the program itself needs are
 * left out: what they do inside the program is done already. It goes on
 * whenever somebody dispatches, until it has ended. Waits for the disk.
 *
 * Returns: %TRUE once it is on disk
 */
gboolean
posture_bus_start_replay (PostureBus        *self,
                          const char        *name,
                          gint64             begin,
                          gint64             end,
                          const char *const *rules,
                          GError           **error)
{
  Change change = { name, begin, end, rules, posture_clock_get_now (posture_bus_get_clock (self)) };

  if (!posture_names_check (name, error))
    return FALSE;
  if (begin >= end)
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                           _("A replay has to begin before it ends."));
      return FALSE;
    }
  return posture_store_write (posture_bus_get_store (self), start_func, &change, /* cancellable = */ NULL, error);
}

static gboolean
cancel_func (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  const Change *change = data;

  if (!posture_transaction_execute (transaction, error, posture_bus_sql_end_replay, "tti", change->name,
                                    states[POSTURE_REPLAY_CANCELLED], change->now))
    return FALSE;
  if (posture_transaction_get_changes (transaction) == 0)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND, _("No replay “%s” is running."),
                   change->name);
      return FALSE;
    }
  if (!posture_transaction_execute (transaction, error, posture_bus_sql_drop_replayed, "t", change->name) ||
      !posture_transaction_execute (transaction, error, posture_bus_sql_count_dropped, "i",
                                    posture_transaction_get_changes (transaction)))
    return FALSE;
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_REPLAYS, change->name);
  return TRUE;
}

/**
 * posture_bus_cancel_replay:
 * @self: a bus
 * @name: a replay's name
 * @error: return location for an error of [error@BusError] or [error@StoreError]
 *
 * Ends a replay. What has not arrived does not; a target that is being called
 * just now may still do what it does outside the program. Waits for the disk.
 *
 * Returns: %TRUE once it is on disk
 */
gboolean
posture_bus_cancel_replay (PostureBus *self,
                           const char *name,
                           GError    **error)
{
  Change change = { .name = name, .now = posture_clock_get_now (posture_bus_get_clock (self)) };

  return posture_store_write (posture_bus_get_store (self), cancel_func, &change, /* cancellable = */ NULL, error);
}
