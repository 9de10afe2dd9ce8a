/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/handover-private.h"

#include <string.h>

/* So many deliveries wait at most to be taken, also while nobody takes, and none of an event that is longer. */
#define MAX_LENGTH 256
#define MAX_TEXT (32 * 1024)

/* The short way from the transaction that puts an event to the dispatcher: a delivery whose row is on disk is handed
 * over as it was put, so that nobody has to look for the row and take the event apart again. It is a short way and no
 * more: what does not come by it is found in the journal. */
struct _PostureHandover
{
  GMutex mutex; /* guards what follows */
  GQueue queue; /* (element-type PostureDelivery) */
  gboolean lost; /* something that is on disk does not come this way */
  guint recalls; /* raised when something is recalled, and when that is on disk */
};

/* A delivery that is handed over if its transaction holds. */
typedef struct
{
  PostureHandover *handover; /* (unowned): the bus's, which lives longer */
  PostureDelivery *delivery; /* NULL: one that has to be found in the journal */
  gboolean recalls;
} Offer;

PostureHandover *
posture_handover_new (void)
{
  PostureHandover *self = g_new0 (PostureHandover, 1);

  g_mutex_init (&self->mutex);
  g_queue_init (&self->queue);
  return self;
}

/* To be called with the mutex held. */
static void
drop_all (PostureHandover *self)
{
  g_queue_clear_full (&self->queue, (GDestroyNotify) posture_delivery_free);
  self->lost = TRUE;
}

void
posture_handover_free (PostureHandover *self)
{
  drop_all (self);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_clear_pointer (&offer->delivery, posture_delivery_free);
  g_free (offer);
}

/* On the store thread. */
static void
committed_cb (gpointer data)
{
  Offer *offer = data;
  PostureHandover *self = offer->handover;

  g_mutex_lock (&self->mutex);
  if (offer->delivery == NULL || self->queue.length == MAX_LENGTH)
    drop_all (self);
  else
    g_queue_push_tail (&self->queue, g_steal_pointer (&offer->delivery));
  self->recalls += offer->recalls;
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_short (PostureEvent *event)
{
  return posture_event_get_body (event) == NULL && strlen (posture_event_get_text (event)) <= MAX_TEXT;
}

static void
make_offer (PostureHandover    *self,
            PostureTransaction *transaction,
            PostureDelivery    *delivery,
            gboolean            recalls)
{
  Offer *offer = g_new0 (Offer, 1);

  offer->handover = self;
  offer->delivery = delivery;
  offer->recalls = recalls;
  posture_transaction_keep_thing (transaction, self, offer, offer_free, committed_cb);
}

/* Hands a delivery (transfer full) that has become a row over when that is on disk. One that belongs to a group may have
 * to wait for others: it has to be found in the journal, as what follows it, which must not start earlier. */
void
posture_handover_offer (PostureHandover    *self,
                        PostureTransaction *transaction,
                        PostureDelivery    *delivery)
{
  if (delivery->group != NULL || delivery->event == NULL || !is_short (delivery->event))
    g_clear_pointer (&delivery, posture_delivery_free);
  make_offer (self, transaction, delivery, /* recalls = */ FALSE);
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_HANDED, /* key = */ NULL);
}

/* Drops what nobody has taken yet, also what is put in a transaction that goes on: it may be about something that is
 * deleted in it, or wait for a rule that is paused in it. What is left, and what was behind that, is looked for. */
void
posture_handover_recall (PostureHandover    *self,
                         PostureTransaction *transaction)
{
  Offer *made;
  guint place = 0;

  while ((made = posture_transaction_get_thing (transaction, self, &place)) != NULL)
    g_clear_pointer (&made->delivery, posture_delivery_free);
  g_mutex_lock (&self->mutex);
  drop_all (self);
  self->recalls++;
  g_mutex_unlock (&self->mutex);
  make_offer (self, transaction, /* delivery = */ NULL, /* recalls = */ TRUE);
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_WAITING, /* key = */ NULL);
}

/* The next one; %NULL if there is none. @ret_lost: whether something before it has to be found in the journal. */
PostureDelivery *
posture_handover_pop (PostureHandover *self,
                      gboolean        *ret_lost)
{
  PostureDelivery *delivery;

  g_mutex_lock (&self->mutex);
  delivery = g_queue_pop_head (&self->queue);
  *ret_lost = self->lost;
  self->lost = FALSE;
  g_mutex_unlock (&self->mutex);
  return delivery;
}

/* Whether nothing waits to be taken. */
gboolean
posture_handover_is_empty (PostureHandover *self)
{
  gboolean empty;

  g_mutex_lock (&self->mutex);
  empty = self->queue.length == 0 && !self->lost;
  g_mutex_unlock (&self->mutex);
  return empty;
}

/* A number that is another one when something was recalled meanwhile: what was found in the journal before that may be
 * no more, or has to wait. */
guint
posture_handover_get_recalls (PostureHandover *self)
{
  guint recalls;

  g_mutex_lock (&self->mutex);
  recalls = self->recalls;
  g_mutex_unlock (&self->mutex);
  return recalls;
}
