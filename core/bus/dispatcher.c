/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/dispatcher-private.h"

/* So many of the program's own targets are called at a time, and so often each that sends: that waits for somebody
 * else, perhaps long, and must not take the place of others. So many deliveries may be under way with those whose
 * targets are done, and which only wait for the next commit. */
#define MAX_PREPARING 16
#define MAX_SENDING 4
#define MAX_IN_FLIGHT 256
/* When the store cannot write (a full disk), it is asked again after a pause that grows. */
#define MIN_PAUSE 1000
#define MAX_PAUSE 60000

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureDispatcher, posture_worker_unref)

static void dispatch (gpointer worker);

static void
dispatcher_clear (gpointer worker)
{
  PostureDispatcher *self = worker;

  g_hash_table_unref (self->in_flight);
  g_hash_table_unref (self->sending);
  g_hash_table_unref (self->landed);
}

/* Wakes at @time, or earlier if that was asked for before. */
static void
wake_at (PostureDispatcher *self,
         gint64             time)
{
  gint64 wake_time;

  if (!posture_worker_is_waiting (self, &wake_time) || wake_time > time)
    posture_worker_wake_after (self, time - posture_clock_get_now (self->worker.clock), dispatch);
}

static gboolean
go_on_cb (gpointer data)
{
  PostureDispatcher *self = data;

  self->hold_id = 0;
  dispatch (self);
  return G_SOURCE_REMOVE;
}

/* The store could not do its part. Nothing is lost: what is due stays in the journal. What fails during
 * the pause was under way before and makes it no longer. */
void
posture_dispatcher_hold_on (PostureDispatcher *self)
{
  if (self->worker.bus == NULL || self->hold_id != 0)
    return;
  self->pause = CLAMP (self->pause * 2, MIN_PAUSE, MAX_PAUSE);
  self->hold_id = posture_clock_add_timeout (self->worker.clock, self->pause, go_on_cb, self);
}

/* The store is well, or nobody waits for it any more. */
void
posture_dispatcher_go_on (PostureDispatcher *self)
{
  self->pause = 0;
  if (self->hold_id != 0)
    posture_clock_remove (self->worker.clock, self->hold_id);
  self->hold_id = 0;
}

static guint
count_sending (PostureDispatcher *self,
               const char        *target)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->sending, target));
}

static void
set_sending (PostureDispatcher *self,
             const char        *target,
             guint              count)
{
  if (count > 0)
    g_hash_table_insert (self->sending, g_strdup (target), GUINT_TO_POINTER (count));
  else
    g_hash_table_remove (self->sending, target);
}

/* A target is called; @sends: it is one that sends. */
void
posture_dispatcher_take_place (PostureDispatcher *self,
                               const char        *target,
                               gboolean           sends)
{
  if (sends)
    set_sending (self, target, count_sending (self, target) + 1);
  else
    self->preparing++;
}

/* It is done. */
void
posture_dispatcher_give_place (PostureDispatcher *self,
                               const char        *target,
                               gboolean           sends)
{
  if (sends)
    set_sending (self, target, count_sending (self, target) - 1);
  else
    self->preparing--;
}

/* The targets that cannot be called just now. */
static char **
dup_full (PostureDispatcher *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name, count;

  g_hash_table_iter_init (&iter, self->sending);
  while (g_hash_table_iter_next (&iter, &name, &count))
    if (GPOINTER_TO_UINT (count) >= MAX_SENDING)
      g_strv_builder_add (names, name);
  return g_strv_builder_end (names);
}

/* There may be place for another delivery. */
void
posture_dispatcher_look_again (PostureDispatcher *self)
{
  if (self->worker.bus != NULL && self->pause == 0)
    dispatch (self);
}

/* A delivery is not under way any more. */
void
posture_dispatcher_landed (PostureDispatcher *self,
                           gint64             id)
{
  g_hash_table_remove (self->in_flight, &id);
  if (self->worker.running)
    g_hash_table_add (self->landed, g_memdup2 (&id, sizeof id));
  posture_dispatcher_look_again (self);
}

/* What is due now, and when to look again. */
typedef struct
{
  PostureRecent *recent; /* (unowned): the bus's */
  GHashTable *known;     /* ids of what is under way, and still in the journal */
  char **full;           /* targets that cannot be called */
  gint64 now;
  guint limit;
  GPtrArray *due; /* (element-type PostureDelivery) */
  gint64 next;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->due, g_ptr_array_unref);
  g_hash_table_unref (look->known);
  g_strfreev (look->full);
  g_free (look);
}

static gboolean
look_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Look *look = data;

  look->due = posture_delivery_read_due (transaction, look->recent, look->known, (const char *const *) look->full,
                                         look->now, look->limit, error);
  return look->due != NULL && posture_delivery_next_due (transaction, look->now, &look->next, error);
}

static gboolean
has_room (PostureDispatcher *self)
{
  return !self->ending && self->preparing < MAX_PREPARING && g_hash_table_size (self->in_flight) < MAX_IN_FLIGHT;
}

static void
take_off (PostureDispatcher *self,
          PostureDelivery   *delivery)
{
  g_hash_table_add (self->in_flight, g_memdup2 (&delivery->id, sizeof delivery->id));
  posture_flight_begin (self, delivery);
}

static void
take_look (PostureDispatcher *self,
           Look              *look)
{
  if (look->next > 0)
    wake_at (self, look->next);
  while (look->due->len > 0 && has_room (self) && self->worker.bus != NULL)
    {
      PostureDelivery *delivery = g_ptr_array_steal_index (look->due, 0);

      if (g_hash_table_contains (self->in_flight, &delivery->id) ||
          g_hash_table_contains (self->landed, &delivery->id))
        posture_delivery_free (delivery);
      else if (count_sending (self, delivery->target) >= MAX_SENDING)
        {
          /* what stands behind those of this target was not read yet */
          self->worker.again = TRUE;
          posture_delivery_free (delivery);
        }
      else
        take_off (self, delivery);
    }
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PostureDispatcher) self = data;
  g_autoptr (GError) error = NULL;
  Look *look = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  posture_worker_end (self);
  if (self->worker.bus == NULL)
    return;
  if (look == NULL)
    {
      g_hash_table_remove_all (self->landed);
      posture_dispatcher_hold_on (self);
      return;
    }
  take_look (self, look);
  g_hash_table_remove_all (self->landed);
  if (self->worker.again)
    dispatch (self);
}

static GHashTable *
dup_ids (GHashTable *ids)
{
  GHashTable *copy = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (copy, g_memdup2 (id, sizeof (gint64)));
  return copy;
}

/* Looks what is due, unless it is being looked at already. */
static void
dispatch (gpointer worker)
{
  PostureDispatcher *self = worker;
  Look *look;

  if ((!self->worker.running && !has_room (self)) || !posture_worker_begin (self))
    return;
  look = g_new0 (Look, 1);
  look->recent = posture_bus_get_recent (self->worker.bus);
  look->now = posture_clock_get_now (self->worker.clock);
  look->known = dup_ids (self->in_flight);
  look->full = dup_full (self);
  look->limit = MAX_PREPARING;
  posture_store_read_async (self->worker.store, look_func, look, look_free, self->worker.cancellable, looked_cb,
                            posture_worker_ref (self));
}

PostureDispatcher *
posture_dispatcher_new (PostureBus *bus)
{
  PostureDispatcher *self = posture_worker_new (sizeof *self, bus, dispatcher_clear);

  self->in_flight = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->sending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->landed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_WAITING, G_CALLBACK (dispatch));
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_RULES, G_CALLBACK (dispatch));
  posture_worker_connect (self, "changed-elsewhere", G_CALLBACK (dispatch));
  dispatch (self);
  return self;
}

void
posture_dispatcher_free (PostureDispatcher *self)
{
  posture_dispatcher_go_on (self);
  posture_flights_settle (self);
  posture_worker_stop (self);
}

/* Begins nothing more. */
void
posture_dispatcher_end (PostureDispatcher *self)
{
  self->ending = TRUE;
}

/* Whether deliveries are under way. */
gboolean
posture_dispatcher_is_busy (PostureDispatcher *self)
{
  return g_hash_table_size (self->in_flight) > 0;
}
