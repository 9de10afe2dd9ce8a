/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus-private.h"
#include "bus/event-private.h"

G_BEGIN_DECLS

/* An event that is to be put, with the rules that it matches. */
typedef struct
{
  PostureEvent *event; /* NULL: refused */
  char *body;          /* (nullable): the detail, if it travels by its digest */
  char **rules;
  char *group; /* (nullable) */
  char *key;   /* (nullable) */
} PosturePutEvent;

/* A put on its way into the journal. */
typedef struct
{
  PostureBus *bus;
  gint64 now;
  PostureRules *rules;   /* as the bus knew them */
  PostureRules *fresh;   /* as the table has them, if that is something else */
  PostureRules *matched; /* (unowned): which of them the events were matched with */
  GArray *events;        /* (element-type PosturePutEvent) */
  gint64 last_delivery;  /* the number that was given last */
  GPtrArray *results;    /* (element-type PostureBusResult), one for each entry */
} PosturePut;

/* put-event.c: outside any transaction, but for matching again */
PosturePut *posture_put_new   (PostureBus            *bus,
                               const PostureBusEntry *entries,
                               guint                  n_entries,
                               GError               **error);
void        posture_put_free  (PosturePut            *self);
gboolean    posture_put_match (PosturePut            *self,
                               PostureRules          *rules,
                               GError               **error);

/* put-run.c: a piece of work whose data is a put */
gboolean    posture_put_run   (PostureTransaction    *transaction,
                               gpointer               data,
                               GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosturePut, posture_put_free)

G_END_DECLS
