/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/put-private.h"

static gboolean
insert_delivery (PosturePut            *self,
                 PostureTransaction    *transaction,
                 gint64                 sequence,
                 const PosturePutEvent *put,
                 const char            *rule,
                 const char            *target,
                 GError               **error)
{
  PostureDelivery *delivery = g_new0 (PostureDelivery, 1);

  delivery->id = ++self->last_delivery;
  delivery->sequence = sequence;
  /* one whose detail travels beside it is read with that when it is due */
  delivery->event = put->body == NULL ? posture_event_ref (put->event) : NULL;
  delivery->rule = g_strdup (rule);
  delivery->target = g_strdup (target);
  delivery->group = g_strdup (put->group);
  delivery->put = delivery->since = self->now;
  return posture_arrivals_add (transaction, self->bus, delivery, g_hash_table_contains (self->matched->paused, rule),
                               error);
}

static gboolean
insert_deliveries (PosturePut            *self,
                   PostureTransaction    *transaction,
                   gint64                 sequence,
                   const PosturePutEvent *put,
                   GError               **error)
{
  for (guint i = 0; put->rules != NULL && put->rules[i] != NULL; i++)
    {
      char **targets = g_hash_table_lookup (self->matched->targets, put->rules[i]);

      for (guint t = 0; targets[t] != NULL; t++)
        if (!insert_delivery (self, transaction, sequence, put, put->rules[i], targets[t], error))
          return FALSE;
    }
  return TRUE;
}

/* Inserts what hangs on an event. */
static gboolean
insert_rest (PosturePut            *self,
             PostureTransaction    *transaction,
             const PosturePutEvent *put,
             gint64                 sequence,
             GError               **error)
{
  const char *const *resources = posture_event_get_resources (put->event);

  if (put->body != NULL &&
      !posture_transaction_execute (transaction, error, posture_bus_sql_insert_detail, "it", sequence,
                                    put->body))
    return FALSE;
  for (guint i = 0; resources[i] != NULL; i++)
    if (!posture_transaction_execute (transaction, error, posture_bus_sql_insert_resource, "ti",
                                      resources[i], sequence))
      return FALSE;
  if (put->key != NULL &&
      !posture_transaction_execute (transaction, error, posture_bus_sql_put_key, "tii", put->key, sequence,
                                    self->now))
    return FALSE;
  return insert_deliveries (self, transaction, sequence, put, error);
}

/* Events that follow one another and are neither archived nor in a group, as most are: they are inserted
 * with one statement. */
typedef struct
{
  gint64 sequence; /* of the first one */
  const char *texts[2 * POSTURE_BUS_MAX_ENTRIES + 1];
  guint n_events;
} Run;

static gboolean
insert_run (PosturePut         *self,
            PostureTransaction *transaction,
            Run                *run,
            GError            **error)
{
  guint n_events = run->n_events;

  run->n_events = 0;
  run->texts[2 * n_events] = NULL;
  return n_events == 0 ||
         posture_transaction_execute (transaction, error, posture_bus_sql_insert_events[n_events - 1], "iiT",
                                      run->sequence, self->now, run->texts);
}

/* Inserts an event, or adds it to the run of those that are inserted together. */
static gboolean
insert_event (PosturePut            *self,
              PostureTransaction    *transaction,
              const PosturePutEvent *put,
              gint64                 sequence,
              Run                   *run,
              GError               **error)
{
  const char *id = posture_event_get_id (put->event);
  const char *envelope = posture_event_get_text (put->event);
  gint64 archived = posture_archive_weigh (self->matched, put->rules, envelope, put->body);

  if (archived != 0 || put->group != NULL)
    return insert_run (self, transaction, run, error) &&
           posture_transaction_execute (transaction, error, posture_bus_sql_insert_event, "ititit", sequence,
                                        id, self->now, envelope, archived, put->group);
  if (run->n_events == 0)
    run->sequence = sequence;
  run->texts[2 * run->n_events] = id;
  run->texts[2 * run->n_events + 1] = envelope;
  run->n_events++;
  return TRUE;
}

/* Inserts the events from @first to before @end that were not refused; @sequence is the last number that
 * was given. */
static gboolean
insert_events (PosturePut         *self,
               PostureTransaction *transaction,
               guint               first,
               guint               end,
               gint64             *sequence,
               GError            **error)
{
  const PosturePutEvent *events = (const PosturePutEvent *) self->events->data;
  gint64 number = *sequence;
  Run run = { .n_events = 0 };

  for (guint i = first; i < end; i++)
    if (events[i].event != NULL && !insert_event (self, transaction, &events[i], ++number, &run, error))
      return FALSE;
  if (!insert_run (self, transaction, &run, error))
    return FALSE;
  for (guint i = first; i < end; i++)
    if (events[i].event != NULL && !insert_rest (self, transaction, &events[i], ++*sequence, error))
      return FALSE;
  return TRUE;
}

/* The result of an event whose key was there lately is the id of the event that it came with. */
static gboolean
find_earlier (PosturePut            *self,
              PostureTransaction    *transaction,
              const PosturePutEvent *put,
              PostureBusResult      *result,
              gboolean              *ret_found,
              GError               **error)
{
  g_autoptr (PostureStatement) row = NULL;
  PostureStep step;

  *ret_found = FALSE;
  /* an earlier run may have been lost with what it found */
  g_free (result->event_id);
  result->event_id = g_strdup (posture_event_get_id (put->event));
  row = posture_transaction_query (transaction, error, posture_bus_sql_key, "ti", put->key,
                                   self->now - POSTURE_BUS_KEY_AGE);
  step = row != NULL ? posture_statement_step (row, error) : POSTURE_STEP_ERROR;
  if (step != POSTURE_STEP_ROW)
    return step == POSTURE_STEP_DONE;
  *ret_found = TRUE;
  g_free (result->event_id);
  result->event_id = g_strdup (posture_statement_get_text (row, 0));
  return TRUE;
}

/* What a put has to know of the journal: the version of the rules, the sequence number of the last event and
 * the number of the last delivery. Often the put before it in the same transaction has left them. */
static gboolean
read_state (PosturePut         *self,
            PostureTransaction *transaction,
            GError            **error)
{
  PostureJournalState *state = posture_bus_get_journal_state (self->bus);
  gint64 stamp = posture_transaction_get_stamp (transaction);
  g_autoptr (PostureStatement) row = NULL;

  if (state->stamp == stamp)
    return TRUE;
  row = posture_transaction_query (transaction, error, posture_bus_sql_state, NULL);
  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return FALSE;
  state->stamp = stamp;
  state->rules_version = posture_statement_get_int (row, 0);
  state->last_sequence = posture_statement_get_int (row, 1);
  state->last_delivery = MAX (posture_statement_get_int (row, 2), posture_arrivals_find_last (transaction));
  return TRUE;
}

/* The rules may have changed since the events were matched, also by another process. What the table
 * says within this transaction holds. If an earlier run was lost, then so is what it found there. */
static gboolean
match_again_if_needed (PosturePut         *self,
                       PostureTransaction *transaction,
                       gint64              version,
                       GError            **error)
{
  g_clear_pointer (&self->fresh, posture_rules_unref);
  if (version == self->rules->version)
    return self->matched == self->rules || posture_put_match (self, self->rules, error);
  self->fresh = posture_rules_load (transaction, version, error);
  return self->fresh != NULL && posture_put_match (self, self->fresh, error);
}

/* Inserts the events: those with a key one by one, since one may be the event that the next one is. */
static gboolean
insert_all (PosturePut         *self,
            PostureTransaction *transaction,
            gint64             *sequence,
            GError            **error)
{
  const PosturePutEvent *events = (const PosturePutEvent *) self->events->data;
  guint end;

  for (guint first = 0; first < self->events->len; first = end)
    {
      gboolean found = FALSE;

      end = first + 1;
      while (events[first].key == NULL && end < self->events->len && events[end].key == NULL)
        end++;
      if (events[first].key != NULL &&
          !find_earlier (self, transaction, &events[first], g_ptr_array_index (self->results, first), &found,
                         error))
        return FALSE;
      if (!found && !insert_events (self, transaction, first, end, sequence, error))
        return FALSE;
    }
  return TRUE;
}

/* Writes the events and what is to be delivered. */
gboolean
posture_put_run (PostureTransaction *transaction,
                 gpointer            data,
                 GError            **error)
{
  PosturePut *self = data;
  PostureJournalState *state = posture_bus_get_journal_state (self->bus);
  gint64 sequence;

  if (!read_state (self, transaction, error) ||
      !match_again_if_needed (self, transaction, state->rules_version, error))
    return FALSE;
  sequence = state->last_sequence;
  self->last_delivery = state->last_delivery;
  if (!insert_all (self, transaction, &sequence, error))
    return FALSE;
  /* once for all of them: whoever hears it looks at the journal */
  if (sequence > state->last_sequence)
    posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_PUT, /* key = */ NULL);
  if (self->last_delivery > state->last_delivery)
    posture_arrivals_set_last (transaction, self->last_delivery);
  state->last_sequence = sequence;
  state->last_delivery = self->last_delivery;
  state->stamp = posture_transaction_get_stamp (transaction);
  return TRUE;
}
