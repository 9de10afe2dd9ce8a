/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include <glib/gi18n-lib.h>

/* So many targets are called at a time; so many deliveries may be under way with those whose targets are
 * done, and which only wait for the next commit. */
#define MAX_PREPARING 16
#define MAX_IN_FLIGHT 256
/* When the store cannot write (a full disk), it is asked again after a pause that grows. */
#define MIN_PAUSE 1000
#define MAX_PAUSE 60000
/* A timeout is short enough for the system's clock, whatever is due when. */
#define MAX_WAIT (3600 * 1000)

/* Brings what is in the journal to its targets. It lives in one main context; what it knows about
 * deliveries it reads from the journal, so it can be stopped and started at any time. */
struct _PostureDispatcher
{
  gatomicrefcount references; /* one for the bus, one for each thing under way */
  PostureBus *bus;            /* (unowned): NULL once stopped */
  PostureStore *store;
  PostureClock *clock;
  GCancellable *cancellable;
  GHashTable *in_flight; /* ids of deliveries, as gint64 pointers */
  guint preparing;       /* how many of them */
  GHashTable *landed;    /* the same, of those that landed while the journal was being read */
  gboolean reading;
  gboolean read_again;
  guint wake_id;
  gint64 wake_time;
  guint hold_id; /* above 0 during a pause */
  gint64 pause; /* 0 while the store is well */
  gulong changed_id;
  gulong rules_id;
  gulong elsewhere_id;
};

static void dispatch (PostureDispatcher *self);

static PostureDispatcher *
dispatcher_ref (PostureDispatcher *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
dispatcher_unref (PostureDispatcher *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_object_unref (self->store);
  g_object_unref (self->clock);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->in_flight);
  g_hash_table_unref (self->landed);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureDispatcher, dispatcher_unref)

/* A delivery under way. */
typedef struct
{
  PostureDispatcher *dispatcher;
  PostureDelivery *delivery;
  PostureTargetEntry *entry; /* NULL: no such target */
  GAsyncResult *prepared;    /* keeps the outcome alive, or */
  PostureComputation *computation; /* this does */
  gboolean preparing;
  gpointer outcome;
  GError *failure;
} Flight;

static void
flight_free (Flight *flight)
{
  posture_delivery_free (flight->delivery);
  g_clear_pointer (&flight->entry, posture_target_entry_free);
  g_clear_object (&flight->prepared);
  g_clear_pointer (&flight->computation, posture_computation_unref);
  g_clear_error (&flight->failure);
  dispatcher_unref (flight->dispatcher);
  g_free (flight);
}

static gboolean
wake_cb (gpointer data)
{
  PostureDispatcher *self = data;

  self->wake_id = 0;
  dispatch (self);
  return G_SOURCE_REMOVE;
}

/* Wakes at @time, or earlier if that was asked for before. */
static void
wake_at (PostureDispatcher *self,
         gint64             time)
{
  gint64 delay = time - posture_clock_get_now (self->clock);

  if (self->wake_id != 0 && self->wake_time <= time)
    return;
  if (self->wake_id != 0)
    posture_clock_remove (self->clock, self->wake_id);
  self->wake_time = time;
  self->wake_id = posture_clock_add_timeout (self->clock, CLAMP (delay, 1, MAX_WAIT), wake_cb, self);
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
static void
hold_on (PostureDispatcher *self)
{
  if (self->hold_id != 0)
    return;
  self->pause = CLAMP (self->pause * 2, MIN_PAUSE, MAX_PAUSE);
  self->hold_id = posture_clock_add_timeout (self->clock, self->pause, go_on_cb, self);
}

/* The store is well. */
static void
go_on (PostureDispatcher *self)
{
  self->pause = 0;
  if (self->hold_id != 0)
    posture_clock_remove (self->clock, self->hold_id);
  self->hold_id = 0;
}

/* The target is done; what is left is the store's. */
static void
end_preparing (Flight *flight)
{
  flight->dispatcher->preparing -= flight->preparing;
  flight->preparing = FALSE;
}

static void
land (Flight *flight)
{
  PostureDispatcher *self = flight->dispatcher;

  end_preparing (flight);
  g_hash_table_remove (self->in_flight, &flight->delivery->id);
  if (self->reading)
    g_hash_table_add (self->landed, g_memdup2 (&flight->delivery->id, sizeof flight->delivery->id));
  if (self->bus != NULL && self->pause == 0)
    dispatch (self);
  flight_free (flight);
}

/* Lands what the store has written, or could not write. */
static void
land_after (Flight       *flight,
            const GError *error)
{
  PostureDispatcher *self = flight->dispatcher;

  if (self->bus != NULL && error == NULL)
    go_on (self);
  else if (self->bus != NULL)
    hold_on (self);
  land (flight);
}

static gboolean
fail_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Flight *flight = data;

  return posture_delivery_fail (transaction, flight->delivery,
                                flight->entry != NULL ? &flight->entry->policy
                                                      : &posture_retry_policy_default,
                                posture_clock_get_now (flight->dispatcher->clock), flight->failure,
                                error);
}

static void
failed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  posture_store_work_finish (POSTURE_STORE (source), result, &error);
  land_after (data, error);
}

static void
fail (Flight *flight,
      GError *failure)
{
  PostureDispatcher *self = flight->dispatcher;

  if (self->bus == NULL)
    {
      g_error_free (failure);
      land (flight);
      return;
    }
  flight->failure = failure;
  posture_store_write_async (self->store, fail_func, flight, /* destroy = */ NULL,
                             /* cancellable = */ NULL, failed_cb, flight);
}

static gboolean
settle_func (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  Flight *flight = data;

  return posture_delivery_settle (transaction, flight->delivery, flight->entry->target,
                                  flight->outcome, error);
}

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Flight *flight = data;
  g_autoptr (GError) error = NULL;

  posture_store_work_finish (POSTURE_STORE (source), result, &error);
  if (error != NULL && !posture_error_is_of_store (error))
    fail (flight, g_steal_pointer (&error));
  else
    land_after (flight, error);
}

static void
settle (Flight *flight)
{
  PostureDispatcher *self = flight->dispatcher;

  end_preparing (flight);
  if (self->bus != NULL && self->pause == 0)
    dispatch (self);
  posture_store_write_async (self->store, settle_func, flight, /* destroy = */ NULL,
                             self->cancellable, settled_cb, flight);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Flight *flight = data;
  GError *error = NULL;

  if (!posture_target_prepare_finish (POSTURE_TARGET (source), result, &flight->outcome, &error))
    {
      fail (flight, error);
      return;
    }
  flight->prepared = g_object_ref (result);
  settle (flight);
}

static void
computed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Flight *flight = data;
  GError *error = NULL;

  if (posture_computation_get (flight->computation, &flight->outcome, &error))
    settle (flight);
  else
    fail (flight, error);
}

static void
compute (Flight *flight)
{
  gboolean begun;

  flight->computation = posture_recent_compute (posture_bus_get_recent (flight->dispatcher->bus),
                                                flight->delivery->event, flight->entry->target, &begun);
  posture_computation_wait_async (flight->computation, computed_cb, flight);
}

/* Gives the target what its input makes of the event. */
static void
send (Flight *flight)
{
  const PostureDelivery *delivery = flight->delivery;
  PostureInput *input = flight->entry->input;
  g_autofree char *text = NULL;
  GError *error = NULL;

  if (input != NULL)
    text = posture_input_apply (input, delivery->event, delivery->rule, delivery->put, &error);
  else
    text = g_strdup (posture_event_get_text (delivery->event));
  if (text != NULL)
    posture_target_send_async (flight->entry->target, delivery->event, text, flight->dispatcher->cancellable,
                               prepared_cb, flight);
  else
    {
      error->domain = POSTURE_BUS_ERROR;
      error->code = POSTURE_BUS_ERROR_PERMANENT;
      fail (flight, error);
    }
}

static void
take_off (PostureDispatcher *self,
          PostureDelivery   *delivery)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->dispatcher = dispatcher_ref (self);
  flight->delivery = delivery;
  flight->entry = posture_bus_dup_target (self->bus, delivery->target);
  flight->preparing = TRUE;
  self->preparing++;
  g_hash_table_add (self->in_flight, g_memdup2 (&delivery->id, sizeof delivery->id));
  if (flight->entry == NULL)
    fail (flight, g_error_new (POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED,
                               _("There is no target “%s”."), delivery->target));
  else if (posture_target_is_direct (flight->entry->target))
    settle (flight);
  else if (posture_target_computes (flight->entry->target))
    compute (flight);
  else if (posture_target_sends (flight->entry->target))
    send (flight);
  else
    posture_target_prepare_async (flight->entry->target, delivery->event, self->cancellable,
                                  prepared_cb, flight);
}

/* What is due now, and when to look again. */
typedef struct
{
  PostureRecent *recent; /* (unowned): the bus's */
  GHashTable *known;     /* ids of what is under way, and still in the journal */
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
  g_free (look);
}

static gboolean
look_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Look *look = data;

  look->due = posture_delivery_read_due (transaction, look->recent, look->known, look->now, look->limit, error);
  return look->due != NULL && posture_delivery_next_due (transaction, look->now, &look->next, error);
}

static gboolean
has_room (PostureDispatcher *self)
{
  return self->preparing < MAX_PREPARING && g_hash_table_size (self->in_flight) < MAX_IN_FLIGHT;
}

static void
take_look (PostureDispatcher *self,
           Look              *look)
{
  if (look->next > 0)
    wake_at (self, look->next);
  while (look->due->len > 0 && has_room (self) && self->bus != NULL)
    {
      PostureDelivery *delivery = g_ptr_array_steal_index (look->due, 0);

      if (g_hash_table_contains (self->in_flight, &delivery->id) ||
          g_hash_table_contains (self->landed, &delivery->id))
        posture_delivery_free (delivery);
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

  self->reading = FALSE;
  if (self->bus == NULL)
    return;
  if (look == NULL)
    {
      g_hash_table_remove_all (self->landed);
      hold_on (self);
      return;
    }
  take_look (self, look);
  g_hash_table_remove_all (self->landed);
  if (self->read_again)
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
dispatch (PostureDispatcher *self)
{
  Look *look;

  self->read_again = self->reading;
  if (self->reading || !has_room (self))
    return;
  self->reading = TRUE;
  look = g_new0 (Look, 1);
  look->recent = posture_bus_get_recent (self->bus);
  look->now = posture_clock_get_now (self->clock);
  look->known = dup_ids (self->in_flight);
  look->limit = MAX_PREPARING;
  posture_store_read_async (self->store, look_func, look, look_free, self->cancellable, looked_cb,
                            dispatcher_ref (self));
}

static void
changed_cb (PostureDispatcher *self)
{
  dispatch (self);
}

PostureDispatcher *
posture_dispatcher_new (PostureBus *bus)
{
  PostureDispatcher *self = g_new0 (PostureDispatcher, 1);

  g_atomic_ref_count_init (&self->references);
  self->bus = bus;
  self->store = g_object_ref (posture_bus_get_store (bus));
  self->clock = g_object_ref (posture_bus_get_clock (bus));
  self->cancellable = g_cancellable_new ();
  self->in_flight = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->landed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->changed_id = g_signal_connect_swapped (self->store, "changed::" POSTURE_BUS_TOPIC_PUT,
                                               G_CALLBACK (changed_cb), self);
  self->rules_id = g_signal_connect_swapped (self->store, "changed::" POSTURE_BUS_TOPIC_RULES,
                                             G_CALLBACK (changed_cb), self);
  self->elsewhere_id = g_signal_connect_swapped (self->store, "changed-elsewhere",
                                                 G_CALLBACK (changed_cb), self);
  dispatch (self);
  return self;
}

/* Stops; what is under way comes back later and finds nobody. */
void
posture_dispatcher_free (PostureDispatcher *self)
{
  self->bus = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_signal_handler (&self->changed_id, self->store);
  g_clear_signal_handler (&self->rules_id, self->store);
  g_clear_signal_handler (&self->elsewhere_id, self->store);
  go_on (self);
  if (self->wake_id != 0)
    posture_clock_remove (self->clock, self->wake_id);
  dispatcher_unref (self);
}
