/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include "bus/event-private.h"
#include "bus/schedule.h"
#include "bus/worker-private.h"

#define SOURCE "aws.events"
#define DETAIL_TYPE "Scheduled Event"
/* After an error of the store. */
#define PAUSE 60000

/* Puts the events of rules with a schedule. When a rule runs next stands in its row, and is moved on in
 * the transaction that puts the event: so each time it is put once, and what was missed is, too. */
struct _PostureScheduler
{
  PostureWorker worker;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureScheduler, posture_worker_unref)

typedef struct
{
  PostureBus *bus; /* (unowned) */
  gint64 now;
  gint64 next;
} Run;

static gboolean
add_deliveries (PostureTransaction *transaction,
                PostureBus         *bus,
                const PostureRule  *rule,
                gint64              sequence,
                PostureEvent       *event,
                gint64              now,
                GError            **error)
{
  gint64 last;

  if (!posture_arrivals_get_last (transaction, &last, error))
    return FALSE;
  for (guint i = 0; rule->targets[i] != NULL; i++)
    {
      PostureDelivery *delivery = g_new0 (PostureDelivery, 1);

      delivery->id = ++last;
      delivery->sequence = sequence;
      delivery->event = posture_event_ref (event);
      delivery->rule = g_strdup (rule->name);
      delivery->target = g_strdup (rule->targets[i]);
      delivery->put = delivery->since = now;
      if (!posture_arrivals_add (transaction, bus, delivery, /* paused = */ FALSE, error))
        return FALSE;
    }
  posture_arrivals_set_last (transaction, last);
  return TRUE;
}

static gboolean
put_event (PostureTransaction *transaction,
           PostureBus         *bus,
           const PostureRule  *rule,
           gint64              now,
           GError            **error)
{
  g_autofree char *id = posture_uuid_new (now);
  g_autofree char *arn = posture_rule_dup_arn (/* account = */ NULL, rule->name);
  const char *resources[] = { arn, NULL };
  g_autoptr (PostureEvent) event = posture_event_new (id, SOURCE, DETAIL_TYPE, /* account = */ "", rule->next,
                                                      resources, /* detail = */ "{}", error);
  gint64 sequence;

  if (event == NULL ||
      !posture_transaction_query_int (transaction, &sequence, error, posture_bus_sql_last_sequence, NULL))
    return FALSE;
  sequence++;
  if (!posture_transaction_execute (transaction, error, posture_bus_sql_insert_events[0], "iitt", sequence,
                                    now, id, posture_event_get_text (event)) ||
      !posture_transaction_execute (transaction, error, posture_bus_sql_insert_resource, "ti", arn, sequence))
    return FALSE;
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_PUT, /* key = */ NULL);
  return add_deliveries (transaction, bus, rule, sequence, event, now, error);
}

static gboolean
run_rule (PostureTransaction *transaction,
          PostureBus         *bus,
          const PostureRule  *rule,
          gint64              now,
          GError            **error)
{
  g_autoptr (PostureSchedule) schedule = posture_schedule_new (rule->schedule, error);

  return schedule != NULL && put_event (transaction, bus, rule, now, error) &&
         posture_transaction_execute (transaction, error, posture_bus_sql_set_next, "ti", rule->name,
                                      posture_schedule_get_next (schedule, rule->begun, now));
}

static GPtrArray *
read_due (PostureTransaction *transaction,
          gint64              now,
          GError            **error)
{
  return posture_statement_read_all (posture_transaction_query (transaction, error, posture_bus_sql_scheduled, "i", now),
                                     (PostureRowFunc) posture_rule_new_from_row, (GDestroyNotify) posture_rule_free,
                                     error);
}

/* Whether a rule waits past two of its times: then the clock was ahead when its next one was worked out, and
 * has been put right since. Past one, it may have run just before the clock was put back a little. */
static gboolean
waits_too_long (const PostureSchedule *schedule,
                gint64                 begun,
                gint64                 next,
                gint64                 now)
{
  gint64 first = posture_schedule_get_next (schedule, begun, now);
  gint64 second = first >= 0 ? posture_schedule_get_next (schedule, begun, first) : -1;

  return second >= 0 && next > second;
}

/* Works the next time out anew where it was while the clock was ahead; a rule that was made then counts from
 * now. */
static gboolean
mend_rules (PostureTransaction *transaction,
            gint64              now,
            GError            **error)
{
  g_autoptr (GPtrArray) rules = read_due (transaction, G_MAXINT64, error);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const PostureRule *rule = g_ptr_array_index (rules, i);
      g_autoptr (PostureSchedule) schedule = posture_schedule_new (rule->schedule, error);
      gint64 begun = MIN (rule->begun, now);

      if (schedule == NULL)
        return FALSE;
      if (waits_too_long (schedule, begun, rule->next, now) &&
          !posture_transaction_execute (transaction, error, posture_bus_sql_set_next, "ti", rule->name,
                                        posture_schedule_get_next (schedule, begun, now)))
        return FALSE;
    }
  return rules != NULL;
}

static gboolean
run_func (PostureTransaction *transaction,
          gpointer            data,
          GError            **error)
{
  Run *work = data;
  g_autoptr (GPtrArray) due = read_due (transaction, work->now, error);

  if (due == NULL)
    return FALSE;
  for (guint i = 0; i < due->len; i++)
    if (!run_rule (transaction, work->bus, g_ptr_array_index (due, i), work->now, error))
      return FALSE;
  if (!mend_rules (transaction, work->now, error))
    return FALSE;
  return posture_transaction_query_int (transaction, &work->next, error, posture_bus_sql_next_scheduled, NULL);
}

static void run (gpointer worker);

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (PostureScheduler) self = data;
  Run *done = posture_store_work_finish (POSTURE_STORE (source), result, NULL);
  gboolean again = posture_worker_end (self);

  if (self->worker.bus == NULL)
    return;
  if (done == NULL)
    posture_worker_wake_after (self, PAUSE, run);
  else if (done->next >= 0)
    posture_worker_wake_after (self, done->next - posture_clock_get_now (self->worker.clock), run);
  if (again)
    run (self);
}

static void
run (gpointer worker)
{
  PostureScheduler *self = worker;
  Run *work;

  if (!posture_worker_begin (self))
    return;
  work = g_new0 (Run, 1);
  work->bus = self->worker.bus;
  work->now = posture_clock_get_now (self->worker.clock);
  posture_store_write_async (self->worker.store, run_func, work, g_free, self->worker.cancellable, ran_cb,
                             posture_worker_ref (self));
}

PostureScheduler *
posture_scheduler_new (PostureBus *bus)
{
  PostureScheduler *self = posture_worker_new (sizeof *self, bus, /* clear = */ NULL);

  posture_worker_connect (self, "changed::" POSTURE_BUS_TOPIC_RULES, G_CALLBACK (run));
  posture_worker_connect (self, "changed-elsewhere", G_CALLBACK (run));
  run (self);
  return self;
}
