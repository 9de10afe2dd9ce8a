/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/writer-private.h"

#include "store/failpoint.h"
#include "store/reactions-private.h"
#include "store/store-error.h"


/* From so many works in a transaction on the next one waits a little for those who come again, */
#define MANY 4
#define MAX_GATHER_US 2000
/* and runs those that are there meanwhile, if that takes longer than to wait and be woken once more. */
#define STEP_US 40
/* The log is brought into the file when nobody waits, or when it has grown long all the same. */
#define CHECKPOINT_PAGES_IDLE 1000
#define CHECKPOINT_PAGES_BUSY 4000
/* How long readers that have begun may keep the log from beginning anew. */
#define GATE_PATIENCE_US (20 * G_TIME_SPAN_MILLISECOND)
/* How long to wait before trying again to empty a log that somebody reads. */
#define SCRUB_AGAIN_US (250 * G_TIME_SPAN_MILLISECOND)

/* The store thread: it owns the connection that writes. */
struct _PostureWriter
{
  PostureStore *store; /* (unowned): it stops us before it goes */
  PostureConnection *connection;
  const PostureWriterEvents *events;
  PostureWorkQueue *queue; /* (unowned): the store's */
  PostureReactions *reactions;
  PostureGate *gate; /* (unowned): the store's, for its readers */
  GThread *thread;
  guint expected;     /* works that may come soon, after the last transaction */
  gint64 commit_time; /* how long that took, in microseconds */
  gint64 run_time;    /* and its works alone, */
  guint run_length;   /* so many */
  GPtrArray *batches; /* (element-type PostureBatch): what is in this transaction, */
  GPtrArray *works;   /* (element-type PostureWork): and all in them */
  gint64 patience;    /* how long that may go on, in microseconds */
  gint64 version; /* of the file, as other connections write it */
  guint brought_in; /* pages of the log that are in the file, too, as far as that went */
  gboolean scrub; /* the log holds what was deleted, and is to be emptied */

  GMutex mutex; /* guards what follows */
  PostureStoreStatistics statistics;
};

/* All that is in a transaction, also what comes in while it runs. */
#define ALL G_MAXUINT

typedef enum
{
  BATCH_DONE,
  BATCH_MIXED, /* a work failed and has left rows among those of others */
  BATCH_LOST,  /* the engine gave up the whole transaction */
} BatchResult;

/* Runs the works from @first to before @end. At first without savepoints, since few works fail and a savepoint costs as
 * much as a row; a work that fails before it has written needs none. @guarded: the second time, with a savepoint for
 * each that has not failed. Adds to @held how many have not. */
static BatchResult
run_works (PostureWriter      *self,
           PostureTransaction *transaction,
           guint               first,
           guint               end,
           gboolean            guarded,
           guint              *held,
           GError            **error)
{
  for (guint i = first; i < end; i++)
    {
      PostureWork *work = g_ptr_array_index (self->works, i);

      if (work->error != NULL || g_cancellable_set_error_if_cancelled (work->cancellable, &work->error))
        continue;
      if (posture_work_run (transaction, guarded, work->func, work->data, &work->error))
        ++*held;
      else if (posture_connection_is_lost (self->connection))
        {
          g_propagate_error (error, g_steal_pointer (&work->error));
          return BATCH_LOST;
        }
      else if (!guarded && transaction->writes)
        return BATCH_MIXED;
    }
  return BATCH_DONE;
}

static void
add_batch (PostureWriter *self,
           PostureBatch  *batch)
{
  g_ptr_array_add (self->batches, batch);
  g_ptr_array_extend (self->works, batch->works, NULL, NULL);
}

/* So many works are waited for at a time. */
static guint
get_step (PostureWriter *self)
{
  guint step = self->run_time > 0 ? (guint) (STEP_US * self->run_length / self->run_time) + 1 : G_MAXUINT;

  if (self->expected < MANY || self->works->len >= self->expected)
    return 0;
  return MIN (step, self->expected - self->works->len);
}

/* Takes more works in, if some come in time. */
static gboolean
gather (PostureWriter *self)
{
  guint step = get_step (self);
  PostureBatch *batch;

  if (step == 0 || self->patience <= 0)
    return FALSE;
  batch = posture_work_queue_take_more (self->queue, self->works->len, step, &self->patience);
  if (batch == NULL)
    return FALSE;
  add_batch (self, batch);
  g_mutex_lock (&self->mutex);
  self->statistics.joined += batch->works->len;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/* Runs the works as they come in. */
static BatchResult
run_and_gather (PostureWriter      *self,
                PostureTransaction *transaction,
                guint              *held,
                GError            **error)
{
  BatchResult result = BATCH_DONE;
  guint first = 0;
  gint64 run_time = 0;

  do
    {
      gint64 start = g_get_monotonic_time ();
      guint end = self->works->len;

      result = run_works (self, transaction, first, end, /* guarded = */ FALSE, held, error);
      run_time += g_get_monotonic_time () - start;
      first = end;
    }
  while (result == BATCH_DONE && gather (self));
  self->run_time = run_time;
  self->run_length = result == BATCH_DONE ? first : *held + 1; /* with the one that failed */
  return result;
}

static gboolean
commit (PostureWriter *self,
        GError       **error)
{
  self->events->committing (self->store);
  if (!POSTURE_FAILPOINT ("store.commit.before", error) ||
      !posture_connection_run_kept (self->connection, "COMMIT", error))
    return FALSE;
  /* Only a crash can happen here: what is committed cannot fail any more. */
  (void) POSTURE_FAILPOINT ("store.answer.before", NULL);
  return TRUE;
}

/* Those that have failed by themselves keep their own reason. */
static void
give_error (PostureWriter *self,
            guint          first,
            guint          end,
            const GError  *error)
{
  for (guint i = first; i < end; i++)
    {
      PostureWork *work = g_ptr_array_index (self->works, i);

      if (work->error == NULL)
        work->error = g_error_copy (error);
    }
}

static void
tell (PostureWriter *self,
      GPtrArray     *notices,
      GHashTable    *failures,
      guint          held)
{
  GHashTableIter iter;
  gpointer topic, error;

  g_mutex_lock (&self->mutex);
  self->statistics.commits++;
  self->statistics.works += held;
  self->statistics.largest = MAX (self->statistics.largest, held);
  g_mutex_unlock (&self->mutex);

  self->events->committed (self->store, notices);
  g_hash_table_iter_init (&iter, failures);
  while (g_hash_table_iter_next (&iter, &topic, &error))
    self->events->reaction_failed (self->store, topic, error);
}

/* Runs the works from @first to before @end in one transaction. If all of it is gone, @error is set.
 * @lost: (nullable): how the transaction was lost before; then it is tried without reactions. */
static BatchResult
try_batch (PostureWriter *self,
           guint          first,
           guint          end,
           gboolean       guarded,
           const GError  *lost,
           GError       **error)
{
  g_autoptr (PostureTransaction) transaction = posture_transaction_new (self->connection);
  g_autoptr (GHashTable) failures = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                           (GDestroyNotify) g_error_free);
  g_autoptr (GError) begin_error = NULL;
  BatchResult result;
  guint held = 0;

  if (!POSTURE_FAILPOINT ("store.batch.begin", &begin_error) ||
      !posture_connection_run_kept (self->connection, "BEGIN IMMEDIATE", &begin_error))
    {
      give_error (self, first, MIN (end, self->works->len), begin_error);
      return BATCH_DONE;
    }
  result = end == ALL ? run_and_gather (self, transaction, &held, error)
                      : run_works (self, transaction, first, end, guarded, &held, error);
  if (result == BATCH_DONE && held > 0)
    {
      if (lost != NULL)
        posture_reactions_leave_out (self->reactions, transaction->notices, lost, failures);
      if ((lost == NULL && !posture_reactions_run (self->reactions, transaction, failures, error)) ||
          !posture_reactions_close (self->reactions, transaction, error) || !commit (self, error))
        result = BATCH_LOST;
    }
  if (result != BATCH_DONE || held == 0)
    {
      posture_connection_run_void (self->connection, "ROLLBACK");
      return result;
    }
  self->scrub = self->scrub || transaction->scrub;
  posture_transaction_call_committed (transaction);
  tell (self, g_ptr_array_ref (transaction->notices), failures, held);
  return BATCH_DONE;
}

/* Runs the works from @first to before @end in one transaction, in which each holds or fails by itself. If the
 * transaction is lost, none has an answer yet, and @error is set. */
static BatchResult
run_batch (PostureWriter *self,
           guint          first,
           guint          end,
           const GError  *lost,
           GError       **error)
{
  BatchResult result;

  for (guint i = first; i < MIN (end, self->works->len); i++)
    g_clear_error (&((PostureWork *) g_ptr_array_index (self->works, i))->error);
  result = try_batch (self, first, end, /* guarded = */ FALSE, lost, error);
  if (result == BATCH_MIXED)
    result = try_batch (self, first, MIN (end, self->works->len), /* guarded = */ TRUE, lost, error);
  return result;
}

/* A transaction was lost. Each work runs again by itself, so that one that cannot be done (no room for
 * it) does not take the others with it; a reaction must not take the work down that set it off. */
static void
rerun_each (PostureWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->statistics.reruns += self->works->len;
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < self->works->len; i++)
    {
      g_autoptr (GError) lost = NULL;
      g_autoptr (GError) error = NULL;

      if (run_batch (self, i, i + 1, /* lost = */ NULL, &lost) == BATCH_LOST &&
          run_batch (self, i, i + 1, lost, &error) == BATCH_LOST)
        give_error (self, i, i + 1, error);
    }
}

static void
look_elsewhere (PostureWriter *self)
{
  gint64 version = posture_connection_get_version (self->connection);

  if (version == self->version)
    return;
  self->version = version;
  self->events->written_elsewhere (self->store);
}

static gboolean
checkpoint (PostureWriter *self,
            gboolean       truncate)
{
  return posture_connection_checkpoint (self->connection, truncate, self->events->is_alone (self->store));
}

/* Brings the log into the file when it has grown. It can begin anew only if nobody reads from it when all of it is in
 * the file: where somebody always does, it would grow without end. So the long part is done beside the readers, and
 * those who come then wait for what is left. */
static void
bring_in (PostureWriter *self)
{
  gboolean busy = posture_work_queue_get_length (self->queue) > 0;
  guint pages = self->connection->wal_pages;

  if (pages < self->brought_in)
    self->brought_in = 0;
  if (pages - self->brought_in < (busy ? CHECKPOINT_PAGES_BUSY : CHECKPOINT_PAGES_IDLE))
    return;
  self->brought_in = pages;
  checkpoint (self, /* truncate = */ FALSE);
  posture_gate_close (self->gate, GATE_PATIENCE_US);
  checkpoint (self, /* truncate = */ FALSE);
  posture_gate_open (self->gate);
}

static void
tidy (PostureWriter *self)
{
  if (self->scrub)
    self->scrub = !checkpoint (self, /* truncate = */ TRUE);
  else
    bring_in (self);
}

/* Waits for works. Who was just answered often comes again at once: where many do, a short wait lets them share this
 * transaction with those who waited meanwhile, instead of two halves taking turns at the disk. No engine tells when
 * the last reader has left the log, so as long as it is to be emptied the thread looks now and then. */
static PostureBatch *
take_batch (PostureWriter *self)
{
  self->patience = MIN (self->commit_time / 4, MAX_GATHER_US);
  return posture_work_queue_take (self->queue, self->scrub ? SCRUB_AGAIN_US : -1, get_step (self), &self->patience);
}

static void
run_and_answer (PostureWriter *self,
                PostureBatch  *batch)
{
  gint64 start = g_get_monotonic_time ();
  gint64 patience = self->patience;

  add_batch (self, batch);
  if (run_batch (self, 0, ALL, /* lost = */ NULL, /* error = */ NULL) == BATCH_LOST)
    rerun_each (self);
  self->commit_time = g_get_monotonic_time () - start - (patience - self->patience);
  self->expected = self->works->len + posture_work_queue_get_length (self->queue);
  g_ptr_array_set_size (self->works, 0);
  for (guint i = 0; i < self->batches->len; i++)
    posture_batch_answer (g_ptr_array_index (self->batches, i));
  g_ptr_array_set_size (self->batches, 0);
}

static gpointer
writer_thread (gpointer data)
{
  PostureWriter *self = data;
  PostureBatch *batch;

  while ((batch = take_batch (self)) != NULL)
    {
      if (batch->works->len > 0)
        run_and_answer (self, batch);
      else
        posture_batch_unref (batch);
      tidy (self);
      look_elsewhere (self);
    }
  return NULL;
}

PostureWriter *
posture_writer_new (PostureStore              *store,
                    PostureWorkQueue          *queue,
                    PostureConnection         *connection,
                    PostureGate               *gate,
                    const PostureWriterEvents *events)
{
  PostureWriter *self = g_new0 (PostureWriter, 1);

  self->store = store;
  self->queue = queue;
  self->connection = connection;
  self->gate = gate;
  self->events = events;
  self->reactions = posture_reactions_new ();
  self->batches = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_batch_unref);
  self->works = g_ptr_array_new ();
  self->version = posture_connection_get_version (connection);
  g_mutex_init (&self->mutex);
  self->thread = g_thread_new ("posture-store", writer_thread, self);
  return self;
}

void
posture_writer_add_reaction (PostureWriter   *self,
                             const char      *topic,
                             PostureStoreFunc func,
                             gpointer         data)
{
  posture_reactions_add (self->reactions, topic, func, data);
}

void
posture_writer_add_closing (PostureWriter   *self,
                            PostureStoreFunc func,
                            gpointer         data)
{
  posture_reactions_add_closing (self->reactions, func, data);
}

void
posture_writer_get_statistics (PostureWriter          *self,
                               PostureStoreStatistics *ret_statistics)
{
  g_mutex_lock (&self->mutex);
  *ret_statistics = self->statistics;
  g_mutex_unlock (&self->mutex);
}

/* Waits until the thread has done what is in its queue, which was stopped. */
void
posture_writer_join (PostureWriter *self)
{
  g_thread_join (self->thread);
  posture_reactions_free (self->reactions);
  g_ptr_array_unref (self->batches);
  g_ptr_array_unref (self->works);
  g_mutex_clear (&self->mutex);
  posture_connection_close (self->connection);
  g_free (self);
}
