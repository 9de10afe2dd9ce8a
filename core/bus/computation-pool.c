/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/computation-pool-private.h"

#include "bus/event-private.h"

#include <string.h>

/* So many computations are remembered at most, and so many bytes of the texts of their events (what is read of them
 * takes more). */
#define MAX_LENGTH 256
#define MAX_SIZE (1024 * 1024)
/* What a target takes is known by its mean, in which the last time counts as much as one part in so many, and by the
 * longest time, which is forgotten more slowly: what has taken long once in a while may do so again. */
#define MEAN_PARTS 4
#define LONGEST_PARTS 256
/* Who has time for some computations may take so many times as long if one of them takes longer than it mostly does. */
#define MAX_EXCESS 10

/* What is not ready in time for the transaction of its put goes on, and is remembered, so that the dispatcher does not
 * begin it once more. It is a memory and no more: its event need not have come to the journal, and what is not in it
 * is worked out anew. */
struct _PostureComputationPool
{
  GThreadPool *threads; /* each is given this pool */
  guint max_threads;
  GMutex mutex;  /* guards what follows */
  GQueue wanted; /* (element-type PostureComputation): not begun yet, the oldest one first */
  guint running; /* threads that take what is wanted until there is nothing more */
  GQueue late;   /* (element-type PostureComputation): the oldest one first; as a rule there is none */
  gsize size;    /* of all their texts */
};

/* What the computations of a target take, in nanoseconds. */
typedef struct
{
  gint64 mean;
  gint64 longest;
} Cost;

/* It is kept with the target, since it lives as long. */
static G_DEFINE_QUARK (posture-computation-cost, cost)

static Cost *
get_cost (PostureComputation *computation)
{
  return g_object_get_qdata (G_OBJECT (posture_computation_get_target (computation)), cost_quark ());
}

/* To be called with the mutex held. */
static void
note_cost (PostureComputation *computation,
           gint64              took)
{
  Cost *cost = get_cost (computation);

  if (cost == NULL)
    {
      const Cost first = { took, took };

      g_object_set_qdata_full (G_OBJECT (posture_computation_get_target (computation)), cost_quark (),
                               g_memdup2 (&first, sizeof first), g_free);
      return;
    }
  cost->mean += (took - cost->mean) / MEAN_PARTS;
  cost->longest = MAX (took, cost->longest + (took - cost->longest) / LONGEST_PARTS);
}

static void
run (PostureComputationPool *self,
     PostureComputation     *computation)
{
  gint64 start = g_get_monotonic_time ();
  gint64 took;

  posture_computation_run (computation);
  took = (g_get_monotonic_time () - start) * 1000;
  g_mutex_lock (&self->mutex);
  note_cost (computation, took);
  g_mutex_unlock (&self->mutex);
}

static PostureComputation *
take_wanted (PostureComputationPool *self)
{
  PostureComputation *computation;

  g_mutex_lock (&self->mutex);
  computation = g_queue_pop_head (&self->wanted);
  if (computation == NULL)
    self->running--;
  g_mutex_unlock (&self->mutex);
  return computation;
}

static void
run_cb (gpointer data,
        gpointer user_data)
{
  PostureComputation *computation;

  while ((computation = take_wanted (data)) != NULL)
    {
      run (data, computation);
      posture_computation_unref (computation);
    }
}

PostureComputationPool *
posture_computation_pool_new (void)
{
  PostureComputationPool *self = g_new0 (PostureComputationPool, 1);

  self->max_threads = g_get_num_processors ();
  self->threads = g_thread_pool_new (run_cb, /* user_data = */ NULL, (int) self->max_threads,
                                     /* exclusive = */ FALSE, /* error = */ NULL);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->wanted);
  g_queue_init (&self->late);
  return self;
}

/* Waits for what is to be worked out. */
void
posture_computation_pool_free (PostureComputationPool *self)
{
  posture_computation_pool_begin (self, /* spare = */ 0);
  g_thread_pool_free (self->threads, /* immediate = */ FALSE, /* wait = */ TRUE);
  g_queue_clear_full (&self->late, (GDestroyNotify) posture_computation_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gsize
get_size (PostureComputation *computation)
{
  PostureEvent *event = posture_computation_get_event (computation);
  const char *body = posture_event_get_body (event);

  return strlen (posture_event_get_text (event)) + (body != NULL ? strlen (body) : 0);
}

/* To be called with the mutex held. */
static void
drop (PostureComputationPool *self,
      GList                  *link)
{
  self->size -= get_size (link->data);
  posture_computation_unref (link->data);
  g_queue_delete_link (&self->late, link);
}

/* Remembers what takes longer, in the place of the oldest if that is too many or too much. */
void
posture_computation_pool_remember (PostureComputationPool *self,
                                   PostureComputation     *computation)
{
  g_mutex_lock (&self->mutex);
  if (g_queue_find (&self->late, computation) == NULL)
    {
      g_queue_push_tail (&self->late, posture_computation_ref (computation));
      self->size += get_size (computation);
      while (self->late.length > MAX_LENGTH || self->size > MAX_SIZE)
        drop (self, self->late.head);
    }
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_of (PostureComputation *computation,
       PostureTarget      *target,
       PostureEvent       *event)
{
  PostureEvent *own = posture_computation_get_event (computation);

  /* what is replayed has the same id, and says so in its envelope */
  return posture_computation_get_target (computation) == target &&
         g_str_equal (posture_event_get_id (own), posture_event_get_id (event)) &&
         g_strcmp0 (posture_event_get_replay_name (own), posture_event_get_replay_name (event)) == 0;
}

/* What @target works out about an event: as it was begun earlier and took long, or to be begun with
 * posture_computation_pool_begin(). What has failed is tried again, since a reason to fail may go. Can be called from
 * any thread. */
PostureComputation *
posture_computation_pool_get (PostureComputationPool *self,
                              PostureTarget          *target,
                              PostureEvent           *event)
{
  PostureComputation *computation = NULL;

  g_mutex_lock (&self->mutex);
  for (GList *link = self->late.head; link != NULL && computation == NULL; link = link->next)
    if (is_of (link->data, target, event) && !posture_computation_has_failed (link->data))
      computation = posture_computation_ref (link->data);
  g_mutex_unlock (&self->mutex);
  if (computation != NULL)
    return computation;
  computation = posture_computation_new (target, event);
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->wanted, posture_computation_ref (computation));
  g_mutex_unlock (&self->mutex);
  return computation;
}

/* Whether what is wanted is done in @time, in microseconds, as far as can be known. To be called with the mutex
 * held. */
static gboolean
is_done_within (PostureComputationPool *self,
                gint64                  time)
{
  gint64 left = time * 1000;

  for (GList *link = self->wanted.head; link != NULL; link = link->next)
    {
      const Cost *cost = get_cost (link->data);

      if (cost == NULL || cost->longest > MAX_EXCESS * time * 1000 || get_size (link->data) > POSTURE_EVENT_QUICK_SIZE)
        return FALSE;
      left -= cost->mean;
    }
  return left >= 0;
}

/* Begins with what is wanted. To wake a thread costs more than many a computation, so a few threads are woken for all
 * of them, and none if the caller does as well.
 * @spare: so long the caller may take for them itself, in microseconds */
void
posture_computation_pool_begin (PostureComputationPool *self,
                                gint64                  spare)
{
  GQueue own = G_QUEUE_INIT;
  PostureComputation *computation;
  guint more = 0;

  g_mutex_lock (&self->mutex);
  if (spare > 0 && is_done_within (self, spare))
    {
      own = self->wanted;
      g_queue_init (&self->wanted);
    }
  else
    more = MIN (self->wanted.length, self->max_threads - self->running);
  self->running += more;
  g_mutex_unlock (&self->mutex);
  while ((computation = g_queue_pop_head (&own)) != NULL)
    {
      run (self, computation);
      posture_computation_unref (computation);
    }
  for (; more > 0; more--)
    g_thread_pool_push (self->threads, self, /* error = */ NULL);
}

/* What @target works out about an event is not asked for again. */
void
posture_computation_pool_forget (PostureComputationPool *self,
                                 PostureTarget          *target,
                                 PostureEvent           *event)
{
  g_mutex_lock (&self->mutex);
  for (GList *link = self->late.head, *next; link != NULL; link = next)
    {
      next = link->next;
      if (is_of (link->data, target, event))
        drop (self, link);
    }
  g_mutex_unlock (&self->mutex);
}

/* Forgets everything: an event that is remembered may be about something that was deleted. */
void
posture_computation_pool_forget_all (PostureComputationPool *self)
{
  g_mutex_lock (&self->mutex);
  while (self->late.length > 0)
    drop (self, self->late.head);
  g_mutex_unlock (&self->mutex);
}
