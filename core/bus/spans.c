/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/spans-private.h"

#include "bus/bus-private.h"

/* (element-type PostureSpan): stretches of the journal, from the oldest on */
GArray *
posture_spans_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (PostureSpan));
}

/* Adds events that are newer than those that are there; none if @last is before @first. */
void
posture_spans_add (GArray *self,
                   gint64  first,
                   gint64  last)
{
  const PostureSpan span = { first, last };
  PostureSpan *before = self->len > 0 ? &g_array_index (self, PostureSpan, self->len - 1) : NULL;

  if (first > last)
    return;
  if (before != NULL && before->last == first - 1)
    before->last = last;
  else
    g_array_append_val (self, span);
}

/* Deletes the events with all that hangs on them. */
gboolean
posture_spans_delete (const GArray       *self,
                      PostureTransaction *transaction,
                      GError            **error)
{
  /* numbers are not given twice */
  if (self->len > 0 && !posture_transaction_execute (transaction, error, posture_bus_sql_keep_sequence, NULL))
    return FALSE;
  for (guint i = 0; i < self->len; i++)
    {
      const PostureSpan *span = &g_array_index (self, PostureSpan, i);

      for (guint n = 0; posture_bus_sql_delete_events[n] != NULL; n++)
        if (!posture_transaction_execute (transaction, error, posture_bus_sql_delete_events[n], "ii", span->first,
                                          span->last))
          return FALSE;
    }
  return TRUE;
}
