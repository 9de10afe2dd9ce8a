/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/dispatcher-private.h"
#include "bus/handover-private.h"

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

static void find_due (gpointer worker);

static void
dispatcher_clear (gpointer worker)
{
  PostureDispatcher *self = worker;

  g_hash_table_unref (self->in_flight);
  g_hash_table_unref (self->sending);
}

/* Wakes at @time, or earlier if that was asked for before. */
static void
wake_at (PostureDispatcher *self,
         gint64             time)
{
  gint64 wake_time;

  if (!posture_worker_is_waiting (self, &wake_time) || wake_time > time)
    posture_worker_wake_after (self, time - posture_clock_get_now (self->worker.clock), find_due);
}

static gboolean
go_on_cb (gpointer data)
{
  PostureDispatcher *self = data;

  self->hold_id = 0;
  find_due (self);
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

static void take_more (gpointer worker);

/* There may be place for another delivery, but not during a pause. */
void
posture_dispatcher_take_more (PostureDispatcher *self)
{
  if (self->worker.bus != NULL && self->hold_id == 0)
    take_more (self);
}

/* A delivery is not under way any more. @arrived: %FALSE if it is going to be due again. */
void
posture_dispatcher_landed (PostureDispatcher     *self,
                           const PostureDelivery *delivery,
                           gboolean               arrived)
{
  g_hash_table_remove (self->in_flight, &delivery->id);
  /* another of its group may be due now, or this one later */
  if (!arrived || delivery->group != NULL)
    self->behind = TRUE;
  posture_dispatcher_take_more (self);
}

/* What is due now, and when to look again. */
typedef struct
{
  GHashTable *known; /* ids of what is under way, and still in the journal */
  char **full;       /* targets that cannot be called */
  gint64 now;
  guint limit;
  guint recalls; /* as it begins */
  GPtrArray *due; /* (element-type PostureDelivery) */
  gint64 next;
  gint64 last; /* number of the last delivery that could be seen */
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

  look->due = posture_delivery_read_due (transaction, look->known, (const char *const *) look->full,
                                         look->now, look->limit, error);
  return look->due != NULL && posture_delivery_next_due (transaction, look->now, &look->next, error) &&
         posture_transaction_query_int (transaction, &look->last, error, posture_bus_sql_last_delivery, NULL);
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

/* Begins to deliver what was found. Says whether that is all that is due. */
static gboolean
take_look (PostureDispatcher *self,
           Look              *look)
{
  gboolean more = look->due->len == look->limit;
  gboolean all = !more && look->full[0] == NULL;

  if (look->next > 0)
    wake_at (self, look->next);
  self->seen = look->last;
  while (look->due->len > 0 && has_room (self) && self->worker.bus != NULL)
    {
      PostureDelivery *delivery = g_ptr_array_steal_index (look->due, 0);

      if (count_sending (self, delivery->target) >= MAX_SENDING)
        {
          /* what stands behind those of this target was not read yet */
          self->worker.again = TRUE;
          all = FALSE;
          posture_delivery_free (delivery);
        }
      else
        take_off (self, delivery);
    }
  /* those that send take no place from others */
  self->worker.again = self->worker.again || (more && has_room (self));
  return all && look->due->len == 0;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PostureDispatcher) self = data;
  g_autoptr (GError) error = NULL;
  Look *look = posture_store_work_finish (POSTURE_STORE (source), result, &error);
  gboolean wanted = self->behind, all = FALSE;

  if (look != NULL && self->worker.bus != NULL &&
      look->recalls == posture_handover_get_recalls (posture_bus_get_handover (self->worker.bus)))
    all = take_look (self, look);
  else if (look != NULL)
    wanted = TRUE;
  self->behind = self->behind || !all;
  wanted = posture_worker_end (self) || wanted || all;
  if (self->worker.bus == NULL)
    return;
  if (look == NULL)
    posture_dispatcher_hold_on (self);
  else if (wanted)
    posture_dispatcher_take_more (self);
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

/* Looks what is due in the journal. Nothing is begun until that is known, so what it finds is not under way. */
static void
begin_look (PostureDispatcher *self)
{
  Look *look;

  if (!has_room (self))
    return;
  posture_worker_begin (self);
  self->behind = FALSE;
  look = g_new0 (Look, 1);
  look->now = posture_clock_get_now (self->worker.clock);
  look->known = dup_ids (self->in_flight);
  look->full = dup_full (self);
  look->limit = MAX_PREPARING;
  look->recalls = posture_handover_get_recalls (posture_bus_get_handover (self->worker.bus));
  posture_store_read_async (self->worker.store, look_func, look, look_free, self->worker.cancellable, looked_cb,
                            posture_worker_ref (self));
}

/* Begins to deliver what was handed over, as long as that and what is under way is all that is due. */
static void
take_handed (PostureDispatcher *self)
{
  posture_worker_begin (self);
  while (self->worker.bus != NULL && !self->behind && has_room (self))
    {
      gboolean lost;
      g_autoptr (PostureDelivery) delivery = posture_handover_pop (posture_bus_get_handover (self->worker.bus), &lost);

      if (lost || (delivery != NULL && count_sending (self, delivery->target) >= MAX_SENDING))
        self->behind = TRUE;
      else if (delivery == NULL)
        break;
      else if (delivery->id > self->seen)
        take_off (self, g_steal_pointer (&delivery));
    }
  posture_worker_end (self);
  if (self->worker.bus != NULL && self->behind)
    begin_look (self);
}

/* Begins to deliver what it can. What comes while that is done is seen at its end. */
static void
take_more (gpointer worker)
{
  PostureDispatcher *self = worker;

  if (self->worker.running)
    self->worker.again = TRUE;
  else if (self->behind)
    begin_look (self);
  else
    take_handed (self);
}

/* Something may be due that was not handed over. */
static void
find_due (gpointer worker)
{
  PostureDispatcher *self = worker;

  self->behind = TRUE;
  take_more (self);
}

PostureDispatcher *
posture_dispatcher_new (PostureBus *bus)
{
  PostureDispatcher *self = posture_worker_new (sizeof *self, bus, dispatcher_clear);

  self->in_flight = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->sending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_HANDED, G_CALLBACK (take_more));
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_WAITING, G_CALLBACK (find_due));
  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_RULES, G_CALLBACK (find_due));
  posture_worker_connect (self, "changed-elsewhere", G_CALLBACK (find_due));
  find_due (self);
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

/* Whether something is under way or due, as far as is known, and not held up by the store; or may be, since there is
 * something that the main context has still to tell. */
gboolean
posture_dispatcher_has_more (PostureDispatcher *self)
{
  return posture_dispatcher_is_busy (self) || g_main_context_pending (g_main_context_get_thread_default ()) ||
         (self->hold_id == 0 && (self->worker.running || self->behind ||
                                 !posture_handover_is_empty (posture_bus_get_handover (self->worker.bus))));
}
