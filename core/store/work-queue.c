/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-store"

#include "config.h"

#include "store/work-private.h"

/* Where works gather in batches until a thread of the store takes one. */
struct _PostureWorkQueue
{
  guint max_batch;

  GMutex mutex; /* guards what follows */
  GCond filled_cond;
  GQueue batches; /* (element-type PostureBatch): the last one takes what comes, until it is full */
  guint length;   /* works in them */
  guint sleeping; /* threads that wait for works */
  guint wanted;   /* how many works they wait for */
  gboolean nudged;
  gboolean stopped;
};

static PostureBatch *
posture_batch_new (void)
{
  PostureBatch *self = g_new0 (PostureBatch, 1);

  g_atomic_ref_count_init (&self->references);
  self->works = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->answered_cond);
  return self;
}

void
posture_batch_unref (PostureBatch *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->works);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->answered_cond);
  g_free (self);
}

/* @max_batch: how many works are answered together at most */
PostureWorkQueue *
posture_work_queue_new (guint max_batch)
{
  PostureWorkQueue *self = g_new0 (PostureWorkQueue, 1);

  self->max_batch = max_batch;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->filled_cond);
  g_queue_init (&self->batches);
  return self;
}

void
posture_work_queue_free (PostureWorkQueue *self)
{
  g_queue_clear_full (&self->batches, (GDestroyNotify) posture_batch_unref);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->filled_cond);
  g_free (self);
}

static void
add (PostureWorkQueue *self,
     PostureWork      *work)
{
  PostureBatch *batch = g_queue_peek_tail (&self->batches);

  if (batch == NULL || batch->works->len == self->max_batch)
    {
      batch = posture_batch_new ();
      g_queue_push_tail (&self->batches, batch);
    }
  g_atomic_ref_count_inc (&batch->references);
  work->batch = batch;
  g_ptr_array_add (batch->works, work);
  self->length++;
}

/* Hands a work in, from any thread. Gives %FALSE if no more is taken. */
gboolean
posture_work_queue_push (PostureWorkQueue *self,
                         PostureWork      *work)
{
  gboolean taken, wakes;

  g_mutex_lock (&self->mutex);
  taken = !self->stopped;
  if (taken)
    add (self, work);
  wakes = taken && self->sleeping > 0 && self->length == self->wanted;
  g_mutex_unlock (&self->mutex);
  if (wakes)
    g_cond_signal (&self->filled_cond);
  return taken;
}

/* Lets a thread that waits for works look about. */
void
posture_work_queue_nudge (PostureWorkQueue *self)
{
  g_mutex_lock (&self->mutex);
  self->nudged = TRUE;
  g_mutex_unlock (&self->mutex);
  g_cond_signal (&self->filled_cond);
}

/* Takes no more works. What is there is still done. */
void
posture_work_queue_stop (PostureWorkQueue *self)
{
  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_mutex_unlock (&self->mutex);
  g_cond_broadcast (&self->filled_cond);
}

guint
posture_work_queue_get_length (PostureWorkQueue *self)
{
  guint length;

  g_mutex_lock (&self->mutex);
  length = self->length;
  g_mutex_unlock (&self->mutex);
  return length;
}

/* Waits, with the mutex held, until there are @wanted works. @timeout: in microseconds; negative: however
 * long it takes, or until somebody nudges. Says how long it took. */
static gint64
wait_for (PostureWorkQueue *self,
          guint             wanted,
          gint64            timeout)
{
  gint64 start = g_get_monotonic_time ();
  gint64 deadline = start + timeout;
  gboolean in_time = TRUE;

  self->wanted = wanted;
  self->sleeping++;
  while (in_time && self->length < wanted && !self->stopped && (timeout >= 0 || !self->nudged))
    if (timeout < 0)
      g_cond_wait (&self->filled_cond, &self->mutex);
    else
      in_time = g_cond_wait_until (&self->filled_cond, &self->mutex, deadline);
  self->sleeping--;
  return g_get_monotonic_time () - start;
}

static PostureBatch *
pop (PostureWorkQueue *self)
{
  PostureBatch *batch = g_queue_pop_head (&self->batches);

  if (batch != NULL)
    self->length -= batch->works->len;
  return batch;
}

/* Waits for works and takes a batch of them.
 * @timeout: how long to wait for the first one, in microseconds; negative: however long it takes
 * @wanted: so many are worth waiting for once there is one; 0 where several threads take
 * @patience: (inout) (nullable): but no longer than this, from which it is taken off; %NULL with 0
 * Gives a batch without works if there is none in time or somebody nudges, and %NULL at the end. */
PostureBatch *
posture_work_queue_take (PostureWorkQueue *self,
                         gint64            timeout,
                         guint             wanted,
                         gint64           *patience)
{
  PostureBatch *batch;
  gboolean wakes;

  g_mutex_lock (&self->mutex);
  wait_for (self, 1, timeout);
  self->nudged = FALSE;
  if (self->length > 0 && wanted > 0)
    *patience -= wait_for (self, MIN (wanted, self->max_batch), *patience);
  batch = pop (self);
  if (batch == NULL && !self->stopped)
    batch = posture_batch_new ();
  wakes = self->length > 0 && self->sleeping > 0;
  g_mutex_unlock (&self->mutex);
  if (wakes)
    g_cond_signal (&self->filled_cond);
  return batch;
}

/* Waits for more works, to be answered with others that were taken, where one thread alone takes.
 * @taken: so many there are
 * @wanted: so many more are worth waiting for
 * @patience: (inout): but no longer than this, in microseconds, from which it is taken off
 * Gives a batch of what has come, however little; %NULL if that is nothing, or more than are answered together. */
PostureBatch *
posture_work_queue_take_more (PostureWorkQueue *self,
                              guint             taken,
                              guint             wanted,
                              gint64           *patience)
{
  PostureBatch *batch = NULL;

  g_mutex_lock (&self->mutex);
  if (taken + wanted <= self->max_batch)
    *patience -= wait_for (self, wanted, *patience);
  if (taken + self->length <= self->max_batch)
    batch = pop (self);
  g_mutex_unlock (&self->mutex);
  return batch;
}
