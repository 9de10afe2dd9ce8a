/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/dispatcher-private.h"

#include <glib/gi18n-lib.h>

/* A delivery under way: its target prepares, then a transaction takes the effect and removes the delivery. It
 * ends by landing, whatever came of it. */
typedef struct
{
  PostureDispatcher *dispatcher; /* keeps its store and clock, also when it was stopped */
  PostureDelivery *delivery;
  PostureTargetEntry *entry; /* NULL: no such target */
  GAsyncResult *prepared;    /* keeps the outcome alive, or */
  PostureComputation *computation; /* this does */
  gboolean sends;
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
  posture_worker_unref (flight->dispatcher);
  g_free (flight);
}

/* The target is done; what is left is the store's. */
static void
end_preparing (Flight *flight)
{
  if (flight->preparing)
    posture_dispatcher_give_place (flight->dispatcher, flight->delivery->target, flight->sends);
  flight->preparing = FALSE;
}

/* @arrived: whether that is the end of it */
static void
land (Flight  *flight,
      gboolean arrived)
{
  PostureBus *bus = flight->dispatcher->worker.bus;

  end_preparing (flight);
  /* it is kept for another try if the store could not do its part */
  if (bus != NULL && flight->computation != NULL && (arrived || flight->failure != NULL))
    posture_computation_pool_forget (posture_bus_get_computations (bus), flight->entry->target,
                                     flight->delivery->event);
  posture_dispatcher_landed (flight->dispatcher, flight->delivery, arrived);
  flight_free (flight);
}

/* Lands what the store has written, or could not write. */
static void
land_after (Flight       *flight,
            const GError *error)
{
  PostureDispatcher *self = flight->dispatcher;

  if (error == NULL)
    posture_dispatcher_go_on (self);
  else
    posture_dispatcher_hold_on (self);
  land (flight, error == NULL && flight->failure == NULL);
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
                                posture_clock_get_now (flight->dispatcher->worker.clock), flight->failure,
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

  if (self->worker.bus == NULL)
    {
      g_error_free (failure);
      land (flight, /* arrived = */ FALSE);
      return;
    }
  flight->failure = failure;
  posture_store_write_async (self->worker.store, fail_func, flight, /* destroy = */ NULL,
                             /* cancellable = */ NULL, failed_cb, flight);
}

static gboolean
settle_func (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  GPtrArray *flights = data;

  for (guint i = 0; i < flights->len; i++)
    {
      Flight *flight = g_ptr_array_index (flights, i);

      if (!posture_delivery_settle (transaction, flight->delivery, flight->entry->target, flight->outcome, error))
        return FALSE;
    }
  return TRUE;
}

static void settle_together (PostureDispatcher *self,
                             GPtrArray         *flights);

/* One of several could not be settled, and nobody knows which: so each is tried by itself. */
static void
settle_each (PostureDispatcher *self,
             GPtrArray         *flights)
{
  for (guint i = 0; i < flights->len; i++)
    {
      GPtrArray *one = g_ptr_array_new ();

      g_ptr_array_add (one, g_ptr_array_index (flights, i));
      settle_together (self, one);
    }
}

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GPtrArray) flights = data;
  g_autoptr (GError) error = NULL;

  posture_store_work_finish (POSTURE_STORE (source), result, &error);
  if (error == NULL || posture_error_is_of_store (error))
    for (guint i = 0; i < flights->len; i++)
      land_after (g_ptr_array_index (flights, i), error);
  else if (flights->len > 1)
    settle_each (((Flight *) flights->pdata[0])->dispatcher, flights);
  else
    fail (flights->pdata[0], g_steal_pointer (&error));
}

/* @flights: (transfer full) */
static void
settle_together (PostureDispatcher *self,
                 GPtrArray         *flights)
{
  posture_store_write_async (self->worker.store, settle_func, flights, /* destroy = */ NULL,
                             self->worker.cancellable, settled_cb, flights);
}

/* Settles what is ready with one work: it costs the threads as much to hand one in as to settle one. */
void
posture_flights_settle (PostureDispatcher *self)
{
  if (self->settling != NULL)
    settle_together (self, g_steal_pointer (&self->settling));
}

static gboolean
settle_cb (gpointer data)
{
  posture_flights_settle (data);
  return G_SOURCE_REMOVE;
}

/* What becomes ready until the main loop turns is settled together. */
static void
settle (Flight *flight)
{
  PostureDispatcher *self = flight->dispatcher;

  end_preparing (flight);
  if (self->settling == NULL)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      self->settling = g_ptr_array_new ();
      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, settle_cb, posture_worker_ref (self), posture_worker_unref);
      g_source_attach (source, g_main_context_get_thread_default ());
    }
  g_ptr_array_add (self->settling, flight);
  posture_dispatcher_take_more (self);
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

/* Goes on with what was begun when the event was put, unless that has failed. */
static void
compute (Flight *flight)
{
  flight->computation = posture_computation_pool_get (posture_bus_get_computations (flight->dispatcher->worker.bus),
                                                      flight->entry->target, flight->delivery->event);
  posture_computation_pool_begin (posture_bus_get_computations (flight->dispatcher->worker.bus), /* spare = */ 0);
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
    posture_target_send_async (flight->entry->target, delivery->event, text, flight->dispatcher->worker.cancellable,
                               prepared_cb, flight);
  else
    {
      error->domain = POSTURE_BUS_ERROR;
      error->code = POSTURE_BUS_ERROR_PERMANENT;
      fail (flight, error);
    }
}

/* Begins to deliver. */
void
posture_flight_begin (PostureDispatcher *dispatcher,
                      PostureDelivery   *delivery)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->dispatcher = posture_worker_ref (dispatcher);
  flight->delivery = delivery;
  flight->entry = posture_bus_dup_target (dispatcher->worker.bus, delivery->target);
  flight->sends = flight->entry != NULL && posture_target_sends (flight->entry->target);
  flight->preparing = TRUE;
  posture_dispatcher_take_place (dispatcher, delivery->target, flight->sends);
  if (flight->entry == NULL)
    fail (flight, g_error_new (POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED,
                               _("There is no target “%s”."), delivery->target));
  else if (posture_target_is_direct (flight->entry->target))
    settle (flight);
  else if (posture_target_computes (flight->entry->target))
    compute (flight);
  else if (flight->sends)
    send (flight);
  else
    posture_target_prepare_async (flight->entry->target, delivery->event, dispatcher->worker.cancellable,
                                  prepared_cb, flight);
}
