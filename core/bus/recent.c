/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/recent-private.h"

#include <string.h>

/* So many events are remembered, and none that is longer. */
#define N_EVENTS 32
#define MAX_TEXT (32 * 1024)

/* An event that was put just now, and what a target works out about it. */
typedef struct
{
  PostureEvent *event;
  PostureTarget *target; /* (unowned): the computation's */
  PostureComputation *computation;
} Slot;

/* What was put last, as it was read then: so nobody has to read it from the journal and take it apart
 * again, and nothing is worked out twice. It is a memory and no more: what is in it need not have come
 * to the journal, and what is not in it is read there. */
struct _PostureRecent
{
  GThreadPool *pool;
  GMutex mutex; /* guards what follows */
  Slot slots[N_EVENTS];
  guint next;
};

static void
slot_clear (Slot *slot)
{
  g_clear_pointer (&slot->event, posture_event_unref);
  g_clear_pointer (&slot->computation, posture_computation_unref);
  slot->target = NULL;
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
  return self;
}

/* Waits for what is being worked out. */
void
posture_recent_free (PostureRecent *self)
{
  g_thread_pool_free (self->pool, /* immediate = */ FALSE, /* wait = */ TRUE);
  posture_recent_forget (self);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static Slot *
find (PostureRecent *self,
      const char    *id)
{
  for (guint i = 0; i < N_EVENTS; i++)
    if (self->slots[i].event != NULL && g_str_equal (posture_event_get_id (self->slots[i].event), id))
      return &self->slots[i];
  return NULL;
}

/* Remembers an event, in the place of the oldest one. */
void
posture_recent_add (PostureRecent *self,
                    PostureEvent  *event)
{
  if (posture_event_get_body (event) != NULL || strlen (posture_event_get_text (event)) > MAX_TEXT)
    return;
  g_mutex_lock (&self->mutex);
  if (find (self, posture_event_get_id (event)) == NULL)
    {
      slot_clear (&self->slots[self->next]);
      self->slots[self->next].event = posture_event_ref (event);
      self->next = (self->next + 1) % N_EVENTS;
    }
  g_mutex_unlock (&self->mutex);
}

/* The event of an id, if it is remembered. */
PostureEvent *
posture_recent_dup_event (PostureRecent *self,
                          const char    *id)
{
  PostureEvent *event = NULL;
  Slot *slot;

  g_mutex_lock (&self->mutex);
  slot = find (self, id);
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
  slot = posture_event_get_replay_name (event) == NULL ? find (self, posture_event_get_id (event)) : NULL;
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
  for (guint i = 0; i < N_EVENTS; i++)
    slot_clear (&self->slots[i]);
  g_mutex_unlock (&self->mutex);
}
