/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/archive.h"
#include "bus/bus-private.h"
#include "bus/spans-private.h"
#include "bus/worker-private.h"

#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY (24 * HOUR)
/* What the journal holds at most, what has no place in the archive: so many events, bytes and days. */
#define JOURNAL_LENGTH 100000
#define JOURNAL_SIZE (64 * 1024 * 1024)
#define JOURNAL_AGE (30 * DAY)
#define DEAD_LETTER_AGE (14 * DAY)
#define DEAD_LETTER_LENGTH 10000
#define REPLAY_AGE (90 * DAY)
#define REPLAY_LENGTH 100
/* One transaction deletes no more than this, so that nobody waits long behind it. */
#define AT_ONCE 500
#define SIZE_AT_ONCE (2 * 1024 * 1024)
/* So many puts are heard of until somebody measures, and so many events or bytes are added until the bounds
 * are looked at before the hour is over. */
#define PUTS_BETWEEN 8
#define EVENTS_BETWEEN 10000
#define SIZE_BETWEEN (16 * 1024 * 1024)

/* How much there is. */
typedef struct
{
  gint64 sequence; /* of the last event */
  gint64 size;     /* of what the store holds, in bytes */
} Measure;

/* A look through the journal from its old end, and the piece of it that can go. */
typedef struct
{
  gint64 now;
  gint64 cut;     /* what stands there or before is beyond the journal's length or size; -1: not known yet */
  gint64 floor;   /* the same, of the archive */
  gint64 after;   /* where this piece begins */
  gboolean orphans; /* what hangs on nothing is to go, too: once, when dispatching starts */
  gboolean others; /* the other tables are to be pruned, too */
  gboolean again;  /* there is more in them */
  gboolean more;   /* or in the journal */
  GArray *spans;  /* (element-type PostureSpan): what can go */
} Prune;

/* Deletes what is beyond the bounds. What that is, is found by the readers, who keep nobody from writing;
 * then it goes a piece at a time. */
struct _PostureRetention
{
  PostureWorker worker;
  Prune prune;       /* what is being pruned, while running */
  gint64 kept_up_to; /* what is there up to here has to stay, as far as the last look knows */
  Measure last;      /* at the end of it */
  guint puts;        /* since somebody measured */
};

static void
retention_clear (gpointer worker)
{
  PostureRetention *self = worker;

  g_array_unref (self->prune.spans);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureRetention, posture_worker_unref)

static gboolean
measure_func (PostureTransaction *transaction,
              gpointer            data,
              GError            **error)
{
  Measure *measure = data;

  return posture_transaction_query_int (transaction, &measure->sequence, error, posture_bus_sql_last_sequence, NULL) &&
         posture_transaction_get_size (transaction, &measure->size, error);
}

/* Finds the newest event that is beyond the journal's size, from the other end. */
static gboolean
find_excess (PostureTransaction *transaction,
             gint64             *ret_sequence,
             GError            **error)
{
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error, posture_bus_sql_sizes, NULL);
  PostureStep step = POSTURE_STEP_ERROR;
  gint64 size = 0;

  while (size <= JOURNAL_SIZE && rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      size += posture_statement_get_int (rows, 1);
      if (size > JOURNAL_SIZE)
        *ret_sequence = posture_statement_get_int (rows, 0);
    }
  return step != POSTURE_STEP_ERROR;
}

/* Finds the newest event that is too many. Where the whole store is smaller than the journal may be, as it mostly is,
 * the events need not be added up, which takes longer than all the rest. */
static gboolean
find_cut (PostureTransaction *transaction,
          Prune              *prune,
          GError            **error)
{
  Measure measure = { 0, 0 };
  gint64 excess = 0;

  if (!measure_func (transaction, &measure, error) ||
      (measure.size > JOURNAL_SIZE && !find_excess (transaction, &excess, error)))
    return FALSE;
  prune->cut = MAX (excess, measure.sequence - JOURNAL_LENGTH);
  prune->cut = MAX (prune->cut, 0);
  return TRUE;
}

/* Finds the newest event that is too many or too old for the archive. */
static gboolean
find_floor (PostureTransaction *transaction,
            Prune              *prune,
            GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_bus_sql_archive, NULL);
  gint64 max_age, max_size;

  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return FALSE;
  max_age = posture_statement_get_int (row, 2);
  max_size = posture_statement_get_int (row, 3);
  return posture_transaction_query_int (transaction, &prune->floor, error, posture_bus_sql_archive_excess, "ii",
                                        max_size, max_age > 0 ? prune->now - max_age : G_MININT64);
}

/* Goes through the events from @first to @last that have to stay. */
typedef struct
{
  PostureStatement *rows;
  gint64 next; /* or G_MAXINT64 */
} Kept;

static gboolean
kept_step (Kept    *self,
           GError **error)
{
  PostureStep step = posture_statement_step (self->rows, error);

  self->next = step == POSTURE_STEP_ROW ? posture_statement_get_int (self->rows, 0) : G_MAXINT64;
  return step != POSTURE_STEP_ERROR;
}

static gboolean
kept_begin (Kept               *self,
            PostureTransaction *transaction,
            gint64              first,
            gint64              last,
            GError            **error)
{
  self->rows = posture_transaction_query (transaction, error, posture_bus_sql_kept, "ii", first, last);
  return self->rows != NULL && kept_step (self, error);
}

static void
kept_clear (Kept *self)
{
  g_clear_pointer (&self->rows, posture_statement_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static gboolean
find_events (PostureTransaction *transaction,
             Prune              *prune,
             GError            **error)
{
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error, posture_bus_sql_oldest, "i",
                                                                 prune->after);
  g_auto (Kept) kept = { NULL };
  PostureStep step = POSTURE_STEP_ERROR;
  gint64 size = 0;
  guint n_events = 0;

  g_array_set_size (prune->spans, 0);
  prune->more = FALSE;
  if (rows == NULL || !kept_begin (&kept, transaction, prune->after + 1, G_MAXINT64, error))
    return FALSE;
  while ((step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      gint64 sequence = posture_statement_get_int (rows, 0);

      if (sequence > prune->cut && posture_statement_get_int (rows, 1) >= prune->now - JOURNAL_AGE)
        return TRUE;
      prune->more = n_events == AT_ONCE || size >= SIZE_AT_ONCE;
      if (prune->more)
        return TRUE;
      prune->after = sequence;
      while (kept.next < sequence)
        if (!kept_step (&kept, error))
          return FALSE;
      if (kept.next == sequence)
        continue;
      posture_spans_add (prune->spans, sequence, sequence);
      n_events++;
      size += posture_statement_get_int (rows, 2);
    }
  return step == POSTURE_STEP_DONE;
}

static gboolean
look_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Prune *prune = data;

  if (prune->cut >= 0)
    return find_events (transaction, prune, error);
  if (!find_floor (transaction, prune, error) || !find_cut (transaction, prune, error))
    return FALSE;
  /* what leaves the archive may go, wherever it stands */
  prune->more = prune->floor > 0;
  if (prune->more)
    prune->after = 0;
  return prune->more || find_events (transaction, prune, error);
}

/* Tables whose rows are small and few. A dead letter that goes may leave an event that nobody needs. */
static gboolean
prune_others (PostureTransaction *transaction,
              const Prune        *prune,
              gboolean           *ret_more,
              GError            **error)
{
  gint64 deleted;

  if (!posture_transaction_execute (transaction, error, posture_bus_sql_prune_dead, "iii",
                                    prune->now - DEAD_LETTER_AGE, (gint64) DEAD_LETTER_LENGTH, (gint64) AT_ONCE))
    return FALSE;
  deleted = posture_transaction_get_changes (transaction);
  if (deleted > 0)
    posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_DEAD, /* key = */ NULL);
  if (!posture_transaction_execute (transaction, error, posture_bus_sql_prune_keys, "ii",
                                    prune->now - POSTURE_BUS_KEY_AGE, (gint64) AT_ONCE))
    return FALSE;
  *ret_more = deleted > 0 || posture_transaction_get_changes (transaction) == AT_ONCE;
  return posture_transaction_execute (transaction, error, posture_bus_sql_prune_replays, "ii",
                                      prune->now - REPLAY_AGE, (gint64) REPLAY_LENGTH) &&
         posture_transaction_execute (transaction, error, posture_bus_sql_raise_floor, "i", prune->floor);
}

/* Adds to @free what of a span can go now: a replay or somebody who tries again may have come in between. */
static gboolean
add_free (PostureTransaction *transaction,
          const PostureSpan  *span,
          GArray             *free,
          GError            **error)
{
  g_auto (Kept) kept = { NULL };
  gint64 first = span->first;

  if (!kept_begin (&kept, transaction, span->first, span->last, error))
    return FALSE;
  while (kept.next <= span->last)
    {
      posture_spans_add (free, first, kept.next - 1);
      first = kept.next + 1;
      if (!kept_step (&kept, error))
        return FALSE;
    }
  posture_spans_add (free, first, span->last);
  return TRUE;
}

static gboolean
prune_orphans (PostureTransaction *transaction,
               GError            **error)
{
  for (guint i = 0; posture_bus_sql_prune_orphans[i] != NULL; i++)
    {
      if (!posture_transaction_execute (transaction, error, posture_bus_sql_prune_orphans[i], NULL))
        return FALSE;
      if (posture_transaction_get_changes (transaction) > 0)
        posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_WAITING, /* key = */ NULL);
    }
  return TRUE;
}

static gboolean
prune_func (PostureTransaction *transaction,
            gpointer            data,
            GError            **error)
{
  Prune *prune = data;
  g_autoptr (GArray) free = posture_spans_new ();

  prune->again = FALSE;
  if (prune->orphans && !prune_orphans (transaction, error))
    return FALSE;
  if (prune->others && !prune_others (transaction, prune, &prune->again, error))
    return FALSE;
  for (guint i = 0; i < prune->spans->len; i++)
    if (!add_free (transaction, &g_array_index (prune->spans, PostureSpan, i), free, error))
      return FALSE;
  if (prune->spans->len > 0)
    posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_PRUNED, /* key = */ NULL);
  return posture_spans_delete (free, transaction, error);
}

static void look (PostureRetention *self);
static void prune (PostureRetention *self,
                   gint64            from);

/* Remembers how much there is when all was pruned. */
static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (PostureRetention) self = data;

  posture_store_work_finish (POSTURE_STORE (source), result, /* error = */ NULL);
  if (posture_worker_end (self))
    prune (self, 0);
}

static void
pruned_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PostureRetention) self = data;
  Prune *prune = posture_store_work_finish (POSTURE_STORE (source), result, /* error = */ NULL);

  if (prune != NULL)
    prune->orphans = FALSE;
  if (self->worker.bus != NULL && prune != NULL && (prune->more || prune->again))
    {
      prune->others = prune->again;
      if (prune->again)
        prune->after = 0;
      look (self);
      return;
    }
  if (prune != NULL)
    self->kept_up_to = prune->after;
  posture_store_read_async (self->worker.store, measure_func, &self->last, /* destroy = */ NULL, self->worker.cancellable, ended_cb,
                            posture_worker_ref (self));
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PostureRetention) self = data;

  if (posture_store_work_finish (POSTURE_STORE (source), result, /* error = */ NULL) == NULL || self->worker.bus == NULL)
    posture_worker_end (self);
  else
    posture_store_write_async (self->worker.store, prune_func, &self->prune, /* destroy = */ NULL, self->worker.cancellable,
                               pruned_cb, posture_worker_ref (self));
}

static void
look (PostureRetention *self)
{
  posture_store_read_async (self->worker.store, look_func, &self->prune, /* destroy = */ NULL, self->worker.cancellable, looked_cb,
                            posture_worker_ref (self));
}

/* Prunes what is beyond the bounds, @from a place in the journal on. */
static void
prune (PostureRetention *self,
       gint64            from)
{
  if (!posture_worker_begin (self))
    return;
  self->puts = 0;
  self->prune.now = posture_clock_get_now (self->worker.clock);
  self->prune.cut = -1;
  self->prune.after = from;
  self->prune.others = TRUE;
  look (self);
}

static void
archive_cb (PostureRetention *self)
{
  prune (self, 0);
}

static void
hour_cb (gpointer worker)
{
  posture_worker_wake_after (worker, HOUR, hour_cb);
  prune (worker, 0);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (PostureRetention) self = data;
  const Measure *now = posture_store_work_finish (POSTURE_STORE (source), result, /* error = */ NULL);

  if (self->worker.bus != NULL && now != NULL &&
      (now->sequence - self->last.sequence >= EVENTS_BETWEEN || now->size - self->last.size >= SIZE_BETWEEN))
    prune (self, self->kept_up_to);
}

static void
put_cb (PostureRetention *self)
{
  if (self->worker.running || ++self->puts < PUTS_BETWEEN)
    return;
  self->puts = 0;
  posture_store_read_async (self->worker.store, measure_func, g_new0 (Measure, 1), g_free, self->worker.cancellable, measured_cb,
                            posture_worker_ref (self));
}

PostureRetention *
posture_retention_new (PostureBus *bus)
{
  PostureRetention *self = posture_worker_new (sizeof *self, bus, retention_clear);

  self->prune.spans = posture_spans_new ();
  self->prune.orphans = TRUE;
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_PUT, G_CALLBACK (put_cb));
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_ARCHIVE, G_CALLBACK (archive_cb));
  hour_cb (self);
  return self;
}
