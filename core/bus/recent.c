/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/recent-private.h"

#include <string.h>

/* So many events are remembered at most, so many bytes of their texts (what is read of them takes more), and none that
 * is longer. They last until the
 * dispatcher has seen what came of the puts of some transactions. */
#define MAX_EVENTS 256
#define MAX_SIZE (1024 * 1024)
#define MAX_TEXT (32 * 1024)

/* An event that was put just now, and what a target works out about it. */
typedef struct
{
  PostureEvent *event;
  gsize size;
  PostureTarget *target; /* (unowned): the computation's */
  PostureComputation *computation;
  GList link; /* in the order */
} Slot;

/* What was put last, as it was read then: so nobody has to read it from the journal and take it apart
 * again, and nothing is worked out twice. It is a memory and no more: what is in it need not have come
 * to the journal, and what is not in it is read there. */
struct _PostureRecent
{
  GThreadPool *pool;
  GMutex mutex; /* guards what follows */
  GHashTable *slots; /* the event's id -> Slot */
  GQueue order;      /* (element-type Slot): the oldest one first */
  gsize size;        /* of all texts */
};

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  posture_event_unref (slot->event);
  g_clear_pointer (&slot->computation, posture_computation_unref);
  g_free (slot);
}

static void
slot_set_computation (Slot               *slot,
                      PostureComputation *computation,
                      PostureTarget      *target)
{
  g_clear_pointer (&slot->computation, posture_computation_unref);
  slot->computation = posture_computation_ref (computation);
  slot->target = target;
}

static void
run_cb (gpointer data,
        gpointer user_data)
{
  g_autoptr (PostureComputation) computation = data;

  posture_computation_run (computation);
}

PostureRecent *
posture_recent_new (void)
{
  PostureRecent *self = g_new0 (PostureRecent, 1);

  self->pool = g_thread_pool_new (run_cb, /* user_data = */ NULL, (int) g_get_num_processors (),
                                  /* exclusive = */ FALSE, /* error = */ NULL);
  g_mutex_init (&self->mutex);
  self->slots = g_hash_table_new_full (g_str_hash, g_str_equal, /* the id is the event's */ NULL, slot_free);
  g_queue_init (&self->order);
  return self;
}

/* Waits for what is being worked out. */
void
posture_recent_free (PostureRecent *self)
{
  g_thread_pool_free (self->pool, /* immediate = */ FALSE, /* wait = */ TRUE);
  g_hash_table_unref (self->slots);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Drops what is too many or too much, the oldest first. */
static void
trim (PostureRecent *self)
{
  while (self->order.length > MAX_EVENTS || self->size > MAX_SIZE)
    {
      Slot *oldest = g_queue_pop_head_link (&self->order)->data;

      self->size -= oldest->size;
      g_hash_table_remove (self->slots, posture_event_get_id (oldest->event));
    }
}

/* Remembers an event that is about to be put; it need not come to the journal. */
void
posture_recent_add (PostureRecent *self,
                    PostureEvent  *event)
{
  gsize size = strlen (posture_event_get_text (event));
  Slot *slot;

  if (posture_event_get_body (event) != NULL || size > MAX_TEXT)
    return;
  g_mutex_lock (&self->mutex);
  if (!g_hash_table_contains (self->slots, posture_event_get_id (event)))
    {
      slot = g_new0 (Slot, 1);
      slot->event = posture_event_ref (event);
      slot->size = size;
      slot->link.data = slot;
      g_hash_table_insert (self->slots, (gpointer) posture_event_get_id (event), slot);
      g_queue_push_tail_link (&self->order, &slot->link);
      self->size += size;
      trim (self);
    }
  g_mutex_unlock (&self->mutex);
}

/* The event of an id, if it is remembered. */
PostureEvent *
posture_recent_dup_event (PostureRecent *self,
                          const char    *id)
{
  PostureEvent *event = NULL;
  const Slot *slot;

  g_mutex_lock (&self->mutex);
  slot = g_hash_table_lookup (self->slots, id);
  if (slot != NULL)
    event = posture_event_ref (slot->event);
  g_mutex_unlock (&self->mutex);
  return event;
}

/* What @target works out about an event: as it was begun already, or begun now. What has failed is
 * tried again, since a reason to fail may go. */
PostureComputation *
posture_recent_compute (PostureRecent *self,
                        PostureEvent  *event,
                        PostureTarget *target,
                        gboolean      *ret_begun)
{
  PostureComputation *computation = NULL;
  Slot *slot;

  g_mutex_lock (&self->mutex);
  /* what is replayed has the same id, and says so in its envelope */
  slot = posture_event_get_replay_name (event) == NULL
           ? g_hash_table_lookup (self->slots, posture_event_get_id (event))
           : NULL;
  if (slot != NULL && slot->computation != NULL && slot->target == target &&
      !posture_computation_has_failed (slot->computation))
    computation = posture_computation_ref (slot->computation);
  *ret_begun = computation == NULL;
  if (computation == NULL)
    {
      computation = posture_computation_new (target, event);
      g_thread_pool_push (self->pool, posture_computation_ref (computation), /* error = */ NULL);
      if (slot != NULL)
        slot_set_computation (slot, computation, target);
    }
  g_mutex_unlock (&self->mutex);
  return computation;
}

/* Forgets everything: an event that is remembered may be about something that was deleted. */
void
posture_recent_forget (PostureRecent *self)
{
  g_mutex_lock (&self->mutex);
  g_queue_init (&self->order);
  self->size = 0;
  g_hash_table_remove_all (self->slots);
  g_mutex_unlock (&self->mutex);
}
