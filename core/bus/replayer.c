/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include "bus/event-private.h"
#include "bus/replay.h"
#include "bus/worker-private.h"

/* So many events are taken from the archive at once, and none while so many deliveries of the replay were
 * not tried, or so many wait at all: what is put meanwhile does not stand in line behind an archive. */
#define AT_ONCE 32
#define MAX_NEW 64
#define MAX_PENDING 1024
/* After an error of the store. */
#define PAUSE 60000

/* Turns events of the archive into deliveries. How far each replay has come stands in its row, and is moved
 * on in the transaction that adds the deliveries: so each event comes once, whatever crashes when. */
struct _PostureReplayer
{
  PostureWorker worker;
  gboolean has_work; /* some replay has not ended */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureReplayer, posture_worker_unref)

/* One step of all replays. */
typedef struct
{
  PostureRules *rules; /* as the bus knows them */
  gint64 now;
  gboolean has_work;
  gboolean more; /* that can be done at once */
} Run;

/* A replay that runs. */
typedef struct
{
  char *name;
  gint64 begin;
  gint64 end;
  char **only; /* rules; none: all */
  gint64 last;
  gint64 cursor;
  gint64 n_events; /* what this step adds */
  gint64 n_deliveries;
  gint64 last_number; /* that a delivery got */
} Running;

static void
run_free (gpointer data)
{
  Run *work = data;

  posture_rules_unref (work->rules);
  g_free (work);
}

static void
running_free (gpointer data)
{
  Running *replay = data;

  g_free (replay->name);
  g_strfreev (replay->only);
  g_free (replay);
}

static gpointer
running_from_row (PostureStatement *row,
                  GError          **error)
{
  Running *replay = g_new0 (Running, 1);

  replay->name = g_strdup (posture_statement_get_text (row, 0));
  replay->begin = posture_statement_get_int (row, 1);
  replay->end = posture_statement_get_int (row, 2);
  replay->only = posture_names_from_text (posture_statement_get_text (row, 3), error);
  replay->last = posture_statement_get_int (row, 4);
  replay->cursor = posture_statement_get_int (row, 5);
  if (replay->only == NULL)
    g_clear_pointer (&replay, running_free);
  return replay;
}

static GPtrArray *
read_running (PostureTransaction *transaction,
              GError            **error)
{
  return posture_statement_read_all (posture_transaction_query (transaction, error, posture_bus_sql_running_replays, NULL),
                                     running_from_row, running_free, error);
}

static gboolean
add_delivery (PostureTransaction *transaction,
              Running            *replay,
              gint64              sequence,
              const char         *rule,
              const char         *target,
              const char         *group,
              gint64              now,
              GError            **error)
{
  /* an order of its own: a replay that is stuck holds up nothing else */
  g_autofree char *own = group != NULL ? g_strconcat (replay->name, "\x1e", group, NULL) : NULL;

  replay->n_deliveries++;
  return posture_transaction_execute (transaction, error, posture_bus_sql_insert_replayed, "iitttti",
                                      ++replay->last_number, sequence, rule, target, own, replay->name, now);
}

/* The deliveries of one event to the targets of the rules that it matches now, without those that the
 * program itself needs. */
static gboolean
add_deliveries (PostureTransaction *transaction,
                const PostureRules *rules,
                Running            *replay,
                gint64              sequence,
                PostureJsonDocument *document,
                const char         *group,
                gint64              now,
                GError            **error)
{
  g_auto (GStrv) matched = posture_matcher_match_node (rules->matcher, posture_json_document_get_root (document));

  for (guint i = 0; matched[i] != NULL; i++)
    {
      char **targets = g_hash_table_lookup (rules->targets, matched[i]);

      if (replay->only[0] != NULL && !g_strv_contains ((const char *const *) replay->only, matched[i]))
        continue;
      for (guint t = 0; targets[t] != NULL; t++)
        if (!g_hash_table_contains (rules->own, targets[t]) &&
            !add_delivery (transaction, replay, sequence, matched[i], targets[t], group, now, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
replay_event (PostureTransaction *transaction,
              const PostureRules *rules,
              Running            *replay,
              gint64              sequence,
              gint64              now,
              GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_bus_sql_archived_event,
                                                                "i", sequence);
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autoptr (GError) damage = NULL;
  g_autofree char *group = NULL;
  g_autofree char *text = NULL;

  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return FALSE;
  replay->cursor = sequence;
  replay->n_events++;
  text = posture_event_write_replayed (posture_statement_get_text (row, 0), replay->name);
  group = g_strdup (posture_statement_get_text (row, 1));
  document = posture_json_document_new_text (text, &damage);
  if (document == NULL)
    {
      g_debug ("The event %" G_GINT64_FORMAT " cannot be replayed: %s", sequence, damage->message);
      return TRUE;
    }
  return add_deliveries (transaction, rules, replay, sequence, document, group, now, error);
}

static GArray *
read_replayable (PostureTransaction *transaction,
                 const Running      *replay,
                 GError            **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error, posture_bus_sql_replayable,
                                                                 "iiiii", replay->cursor, replay->last,
                                                                 replay->begin, replay->end,
                                                                 (gint64) AT_ONCE);
  PostureStep step = POSTURE_STEP_ERROR;

  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      gint64 sequence = posture_statement_get_int (rows, 0);

      g_array_append_val (list, sequence);
    }
  return step == POSTURE_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* Whether more deliveries can be added. Those that failed and those of paused rules do not hold up the
 * others, as long as they are not too many. */
static gboolean
has_room (PostureTransaction *transaction,
          const Running      *replay,
          gboolean           *ret_room,
          GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_bus_sql_count_replayed,
                                                                "t", replay->name);

  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return FALSE;
  *ret_room = posture_statement_get_int (row, 0) < MAX_NEW && posture_statement_get_int (row, 1) < MAX_PENDING;
  return TRUE;
}

/* A replay has ended when there is nothing left to take, and nothing of it waits. */
static gboolean
end_if_done (PostureTransaction *transaction,
             const Running      *replay,
             gint64              now,
             GError            **error)
{
  gint64 waits = 0;

  if (!posture_transaction_query_int (transaction, &waits, error, posture_bus_sql_has_replayed, "t", replay->name))
    return FALSE;
  if (waits != 0)
    return TRUE;
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_REPLAYS, replay->name);
  return posture_transaction_execute (transaction, error, posture_bus_sql_end_replay, "tti", replay->name,
                                      posture_replay_state_to_text (POSTURE_REPLAY_COMPLETED), now);
}

static gboolean
advance (PostureTransaction *transaction,
         const PostureRules *rules,
         Running            *replay,
         Run                *work,
         GError            **error)
{
  g_autoptr (GArray) events = NULL;
  gboolean room;

  if (!has_room (transaction, replay, &room, error))
    return FALSE;
  work->has_work = TRUE;
  if (!room)
    return TRUE;
  events = read_replayable (transaction, replay, error);
  if (events == NULL)
    return FALSE;
  if (events->len == 0)
    return end_if_done (transaction, replay, work->now, error);
  if (!posture_arrivals_get_last (transaction, &replay->last_number, error))
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!replay_event (transaction, rules, replay, g_array_index (events, gint64, i), work->now, error))
      return FALSE;
  work->more = TRUE;
  posture_arrivals_set_last (transaction, replay->last_number);
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_WAITING, /* key = */ NULL);
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_PUT, /* key = */ NULL);
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_REPLAYS, replay->name);
  return posture_transaction_execute (transaction, error, posture_bus_sql_move_replay, "tiii", replay->name,
                                      replay->cursor, replay->n_events, replay->n_deliveries);
}

static gboolean
run_func (PostureTransaction *transaction,
          gpointer            data,
          GError            **error)
{
  Run *work = data;
  g_autoptr (GPtrArray) list = read_running (transaction, error);
  g_autoptr (PostureRules) rules = NULL;
  gint64 version;

  work->has_work = work->more = FALSE;
  if (list == NULL || !posture_rules_get_version (transaction, &version, error))
    return FALSE;
  if (list->len == 0)
    return TRUE;
  rules = version == work->rules->version ? posture_rules_ref (work->rules)
                                          : posture_rules_load (transaction, version, error);
  for (guint i = 0; rules != NULL && i < list->len; i++)
    if (!advance (transaction, rules, g_ptr_array_index (list, i), work, error))
      return FALSE;
  return rules != NULL;
}

static void run (gpointer worker);

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (PostureReplayer) self = data;
  Run *done = posture_store_work_finish (POSTURE_STORE (source), result, NULL);
  gboolean again = posture_worker_end (self);

  if (self->worker.bus == NULL)
    return;
  if (done != NULL)
    self->has_work = done->has_work;
  else
    posture_worker_wake_after (self, PAUSE, run);
  if (again || (done != NULL && done->more))
    run (self);
}

static void
run (gpointer worker)
{
  PostureReplayer *self = worker;
  Run *work;

  if (!posture_worker_begin (self))
    return;
  work = g_new0 (Run, 1);
  work->rules = posture_bus_dup_rules (self->worker.bus);
  work->now = posture_clock_get_now (self->worker.clock);
  posture_store_write_async (self->worker.store, run_func, work, run_free, self->worker.cancellable, ran_cb,
                             posture_worker_ref (self));
}

/* Something has arrived, has failed or was given up: there may be place for more. */
static void
ended_cb (PostureReplayer *self)
{
  if (self->has_work)
    run (self);
}

PostureReplayer *
posture_replayer_new (PostureBus *bus)
{
  PostureReplayer *self = posture_worker_new (sizeof *self, bus, /* clear = */ NULL);

  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_REPLAYS, G_CALLBACK (run));
  posture_worker_connect (self, "changed-elsewhere", G_CALLBACK (run));
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_DELIVERED, G_CALLBACK (ended_cb));
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_RETRY, G_CALLBACK (ended_cb));
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_DEAD, G_CALLBACK (ended_cb));
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_RULES, G_CALLBACK (ended_cb));
  run (self);
  return self;
}
