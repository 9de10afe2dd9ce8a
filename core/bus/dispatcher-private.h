/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus-private.h"
#include "bus/worker-private.h"

G_BEGIN_DECLS

/* Brings what is in the journal to its targets. It lives in one main context; what it knows about
 * deliveries it reads from the journal, or is handed by the transaction that put it there: so it can be stopped
 * and started at any time. */
struct _PostureDispatcher
{
  PostureWorker worker;
  GHashTable *in_flight; /* ids of deliveries, as gint64 pointers */
  guint preparing;       /* how many of them, but for those that are sent */
  GHashTable *sending;   /* name of a target that sends -> how many of them */
  GPtrArray *settling;   /* (element-type Flight): what is to be settled with the next work; NULL: nothing */
  gboolean behind; /* something may be due that is neither under way nor handed over */
  gint64 seen;     /* number of the last delivery that stood in the journal when it was read */
  gboolean ending; /* nothing more is begun */
  guint hold_id; /* above 0 during a pause */
  gint64 pause;  /* 0 while the store is well */
};

/* dispatcher.c: what a delivery under way tells */
void posture_dispatcher_go_on      (PostureDispatcher *self);
void posture_dispatcher_hold_on    (PostureDispatcher *self);
void posture_dispatcher_take_place (PostureDispatcher *self,
                                    const char        *target,
                                    gboolean           sends);
void posture_dispatcher_give_place (PostureDispatcher *self,
                                    const char        *target,
                                    gboolean           sends);
void posture_dispatcher_take_more  (PostureDispatcher *self);
void posture_dispatcher_landed     (PostureDispatcher     *self,
                                    const PostureDelivery *delivery,
                                    gboolean               arrived);

/* flight.c: a delivery under way */
void posture_flights_settle        (PostureDispatcher *dispatcher);
void posture_flight_begin          (PostureDispatcher *dispatcher,
                                    PostureDelivery   *delivery);

G_END_DECLS
