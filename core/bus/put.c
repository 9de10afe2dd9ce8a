/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include "bus/event-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An event that is to be put, with the rules that it matches. */
typedef struct
{
  char *id; /* NULL: refused */
  char *envelope;
  char *body; /* (nullable): the detail, if it travels by its digest */
  char **resources;
  char **rules;
  char *group; /* (nullable) */
  char *key;   /* (nullable) */
  PostureEvent *event; /* (nullable): if somebody wants it */
} PutEvent;

/* A put on its way into the journal. */
typedef struct
{
  PostureBus *bus;
  gint64 now;
  char *now_text;
  PostureRules *rules;   /* as the bus knew them */
  PostureRules *fresh;   /* as the table has them, if that is something else */
  PostureRules *matched; /* (unowned): which of them the events were matched with */
  GArray *events;        /* (element-type PutEvent) */
  GPtrArray *results;    /* (element-type PostureBusResult), one for each entry */
} Put;

static void
put_event_clear (gpointer data)
{
  PutEvent *event = data;

  g_free (event->id);
  g_free (event->envelope);
  g_free (event->body);
  g_free (event->group);
  g_free (event->key);
  g_strfreev (event->resources);
  g_strfreev (event->rules);
  g_clear_pointer (&event->event, posture_event_unref);
}

static void
result_free (gpointer data)
{
  PostureBusResult *result = data;

  g_free (result->event_id);
  g_free (result->error_code);
  g_free (result->error_message);
  g_free (result);
}

static gboolean
has_rules (PostureRules *rules)
{
  return g_hash_table_size (rules->targets) > 0;
}

/* Finds the rules that an event matches, and keeps it for their targets. */
static gboolean
match (PutEvent            *event,
       PostureRules        *rules,
       PostureJsonDocument *document,
       GError             **error)
{
  event->rules = posture_matcher_match_node (rules->matcher, posture_json_document_get_root (document));
  if (event->rules[0] == NULL || event->event != NULL || event->body != NULL)
    return TRUE;
  event->event = posture_event_new_from_document (event->envelope, document, error);
  return event->event != NULL;
}

/* What stands in the envelope, with the error of a detail that travels beside it. */
static char *
take_detail (const PostureBusEntry *entry,
             PutEvent              *event,
             GError               **error)
{
  g_autoptr (PostureJsonDocument) body = NULL;

  if (!posture_bus_travels_by_digest (entry))
    return g_strdup (entry->detail);
  body = posture_json_document_new_text (entry->detail, error);
  if (body == NULL)
    return NULL;
  if (posture_json_node_get_kind (posture_json_document_get_root (body)) != POSTURE_JSON_OBJECT)
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                           _("The detail is no JSON object."));
      return NULL;
    }
  event->body = g_strdup (entry->detail);
  return posture_event_write_digest (entry->detail);
}

/* Makes the envelope and finds the rules. It becomes a tree only if somebody wants to see it, or if the
 * detail may be bad. */
static PostureBusResult *
make_event (Put                   *self,
            const PostureBusEntry *entry,
            PutEvent              *event)
{
  g_autofree char *id = posture_uuid_new (self->now);
  g_autofree char *time = entry->time != 0 ? posture_time_to_text (entry->time) : NULL;
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = take_detail (entry, event, &error);
  PostureBusResult *result;

  if (detail == NULL)
    return posture_bus_result_new_error ("MalformedDetail", _("The detail cannot be taken: %s"), error->message);
  event->envelope = posture_event_write (id, entry->source, entry->detail_type,
                                         entry->account != NULL ? entry->account : "",
                                         time != NULL ? time : self->now_text, entry->resources,
                                         detail);
  if (has_rules (self->rules) || !posture_event_is_plain_detail (detail))
    {
      document = posture_event_read (event->envelope, detail, &error);
      if (document == NULL || (has_rules (self->rules) && !match (event, self->rules, document, &error)))
        return posture_bus_result_new_error ("MalformedDetail", _("The detail cannot be taken: %s"), error->message);
    }
  event->resources = g_strdupv ((char **) entry->resources);
  result = g_new0 (PostureBusResult, 1);
  event->group = g_strdup (entry->group);
  event->key = g_strdup (entry->key);
  result->event_id = g_strdup (id);
  event->id = g_steal_pointer (&id);
  return result;
}

static void
add_entry (Put                   *self,
           const PostureBusEntry *entry)
{
  PutEvent event = { .id = NULL };
  PostureBusResult *result = posture_bus_check_entry (entry);

  if (result == NULL)
    result = make_event (self, entry, &event);
  g_array_append_val (self->events, event);
  g_ptr_array_add (self->results, result);
}

/* Checks entries and finds the rules that they match, before and outside any transaction. */
static Put *
put_new (PostureBus            *bus,
         const PostureBusEntry *entries,
         guint                  n_entries,
         GError               **error)
{
  Put *self;

  if (!posture_bus_check_put (entries, n_entries, error))
    return NULL;
  self = g_new0 (Put, 1);
  self->bus = g_object_ref (bus);
  self->rules = posture_bus_dup_rules (bus);
  self->matched = self->rules;
  self->now = posture_clock_get_now (posture_bus_get_clock (bus));
  self->now_text = posture_time_to_text (self->now);
  self->events = g_array_sized_new (FALSE, TRUE, sizeof (PutEvent), n_entries);
  g_array_set_clear_func (self->events, put_event_clear);
  self->results = g_ptr_array_new_full (n_entries, result_free);
  for (guint i = 0; i < n_entries; i++)
    add_entry (self, &entries[i]);
  return self;
}

static void
put_free (Put *self)
{
  posture_rules_unref (self->rules);
  g_clear_pointer (&self->fresh, posture_rules_unref);
  g_array_unref (self->events);
  g_ptr_array_unref (self->results);
  g_free (self->now_text);
  g_object_unref (self->bus);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Put, put_free)

static gboolean
insert_deliveries (Put                *self,
                   PostureTransaction *transaction,
                   gint64              sequence,
                   const PutEvent     *put,
                   GError            **error)
{
  for (guint i = 0; put->rules != NULL && put->rules[i] != NULL; i++)
    {
      char **targets = g_hash_table_lookup (self->matched->targets, put->rules[i]);

      for (guint t = 0; targets[t] != NULL; t++)
        if (!posture_transaction_execute (transaction, error, posture_bus_sql_insert_delivery, "itttt",
                                          sequence, put->rules[i], targets[t], put->group,
                                          /* replay = */ NULL))
          return FALSE;
    }
  return TRUE;
}

/* Inserts what hangs on an event. */
static gboolean
insert_rest (Put                *self,
             PostureTransaction *transaction,
             const PutEvent     *put,
             gint64              sequence,
             GError            **error)
{
  if (put->body != NULL &&
      !posture_transaction_execute (transaction, error, posture_bus_sql_insert_detail, "it", sequence,
                                    put->body))
    return FALSE;
  for (guint i = 0; put->resources != NULL && put->resources[i] != NULL; i++)
    if (!posture_transaction_execute (transaction, error, posture_bus_sql_insert_resource, "ti",
                                      put->resources[i], sequence))
      return FALSE;
  if (put->key != NULL &&
      !posture_transaction_execute (transaction, error, posture_bus_sql_put_key, "tii", put->key, sequence,
                                    self->now))
    return FALSE;
  if (put->event != NULL)
    posture_recent_add (posture_bus_get_recent (self->bus), put->event);
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
insert_run (Put                *self,
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
insert_event (Put                *self,
              PostureTransaction *transaction,
              const PutEvent     *put,
              gint64              sequence,
              Run                *run,
              GError            **error)
{
  gint64 archived = posture_archive_weigh (self->matched, put->rules, put->envelope, put->body);

  if (archived != 0 || put->group != NULL)
    return insert_run (self, transaction, run, error) &&
           posture_transaction_execute (transaction, error, posture_bus_sql_insert_event, "ititit", sequence,
                                        put->id, self->now, put->envelope, archived, put->group);
  if (run->n_events == 0)
    run->sequence = sequence;
  run->texts[2 * run->n_events] = put->id;
  run->texts[2 * run->n_events + 1] = put->envelope;
  run->n_events++;
  return TRUE;
}

/* Inserts the events from @first to before @end that were not refused; @sequence is the last number that
 * was given. */
static gboolean
insert_events (Put                *self,
               PostureTransaction *transaction,
               guint               first,
               guint               end,
               gint64             *sequence,
               GError            **error)
{
  const PutEvent *events = (const PutEvent *) self->events->data;
  gint64 number = *sequence;
  Run run = { .n_events = 0 };

  for (guint i = first; i < end; i++)
    if (events[i].id != NULL && !insert_event (self, transaction, &events[i], ++number, &run, error))
      return FALSE;
  if (!insert_run (self, transaction, &run, error))
    return FALSE;
  for (guint i = first; i < end; i++)
    if (events[i].id != NULL && !insert_rest (self, transaction, &events[i], ++*sequence, error))
      return FALSE;
  return TRUE;
}

/* The result of an event whose key was there lately is the id of the event that it came with. */
static gboolean
find_earlier (Put                *self,
              PostureTransaction *transaction,
              const PutEvent     *put,
              PostureBusResult   *result,
              gboolean           *ret_found,
              GError            **error)
{
  g_autoptr (PostureStatement) row = NULL;
  PostureStep step;

  *ret_found = FALSE;
  /* an earlier run may have been lost with what it found */
  g_free (result->event_id);
  result->event_id = g_strdup (put->id);
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

static gboolean
match_again (Put          *self,
             PostureRules *rules,
             GError      **error)
{
  self->matched = rules;
  for (guint i = 0; i < self->events->len; i++)
    {
      PutEvent *put = &g_array_index (self->events, PutEvent, i);
      g_autoptr (PostureJsonDocument) document = NULL;

      g_clear_pointer (&put->rules, g_strfreev);
      if (put->id == NULL || !has_rules (rules))
        continue;
      document = posture_json_document_new_text (put->envelope, error);
      if (document == NULL || !match (put, rules, document, error))
        return FALSE;
    }
  return TRUE;
}

/* What a put has to know of the journal: the version of the rules, and the sequence number of the last
 * event. Often the put before it in the same transaction has left both. */
static gboolean
read_state (Put                *self,
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
  return TRUE;
}

/* The rules may have changed since the events were matched, also by another process. What the table
 * says within this transaction holds. If an earlier run was lost, then so is what it found there. */
static gboolean
match_again_if_needed (Put                *self,
                       PostureTransaction *transaction,
                       gint64              version,
                       GError            **error)
{
  g_clear_pointer (&self->fresh, posture_rules_unref);
  if (version == self->rules->version)
    return self->matched == self->rules || match_again (self, self->rules, error);
  self->fresh = posture_rules_load (transaction, version, error);
  return self->fresh != NULL && match_again (self, self->fresh, error);
}

/* Inserts the events: those with a key one by one, since one may be the event that the next one is. */
static gboolean
insert_all (Put                *self,
            PostureTransaction *transaction,
            gint64             *sequence,
            GError            **error)
{
  const PutEvent *events = (const PutEvent *) self->events->data;
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
static gboolean
put_run (PostureTransaction *transaction,
         gpointer            data,
         GError            **error)
{
  Put *self = data;
  PostureJournalState *state = posture_bus_get_journal_state (self->bus);
  gint64 sequence;

  if (!read_state (self, transaction, error) ||
      !match_again_if_needed (self, transaction, state->rules_version, error))
    return FALSE;
  sequence = state->last_sequence;
  if (!insert_all (self, transaction, &sequence, error))
    return FALSE;
  /* once for all of them: whoever hears it looks at the journal */
  if (sequence > state->last_sequence)
    posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_PUT, /* key = */ NULL);
  state->last_sequence = sequence;
  state->stamp = posture_transaction_get_stamp (transaction);
  return TRUE;
}

/* To be called once the events are on disk. */
static GPtrArray *
put_end (Put *self)
{
  if (self->fresh != NULL)
    posture_bus_take_rules (self->bus, posture_rules_ref (self->fresh));
  return g_ptr_array_ref (self->results);
}

/**
 * posture_bus_put:
 * @self: a bus
 * @entries: (array length=n_entries): 1 to 10 events, at most 256 KiB together
 * @n_entries: how many
 * @error: return location for an error of [error@BusError] or [error@StoreError]
 *
 * Puts events and waits until they are on disk. Can be called from any thread.
 *
 * Returns: (transfer container) (element-type PostureBusResult) (nullable): a
 *   result for each entry, in their order; %NULL if nothing was put
 */
GPtrArray *
posture_bus_put (PostureBus            *self,
                 const PostureBusEntry *entries,
                 guint                  n_entries,
                 GError               **error)
{
  g_autoptr (Put) put = put_new (self, entries, n_entries, error);

  if (put == NULL ||
      !posture_store_write (posture_bus_get_store (self), put_run, put, /* cancellable = */ NULL, error))
    return NULL;
  return put_end (put);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Put *put = posture_store_work_finish (POSTURE_STORE (source), result, &error);

  if (put == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, put_end (put), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * posture_bus_put_async:
 * @self: a bus
 * @entries: (array length=n_entries): 1 to 10 events, at most 256 KiB together
 * @n_entries: how many
 * @cancellable: (nullable): takes the put back as long as it has not begun
 * @callback: (scope async): called once the events are on disk, or refused
 * @user_data: for @callback
 *
 * Puts events.
 */
void
posture_bus_put_async (PostureBus            *self,
                       const PostureBusEntry *entries,
                       guint                  n_entries,
                       GCancellable          *cancellable,
                       GAsyncReadyCallback    callback,
                       gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  Put *put = put_new (self, entries, n_entries, &error);

  g_task_set_source_tag (task, posture_bus_put_async);
  g_task_set_check_cancellable (task, FALSE);
  if (put == NULL)
    g_task_return_error (task, error);
  else
    posture_store_write_async (posture_bus_get_store (self), put_run, put, (GDestroyNotify) put_free,
                               cancellable, put_cb, g_steal_pointer (&task));
}

/**
 * posture_bus_put_finish:
 * @self: a bus
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer container) (element-type PostureBusResult) (nullable): as
 *   posture_bus_put() returns it
 */
GPtrArray *
posture_bus_put_finish (PostureBus   *self,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * posture_bus_put_in:
 * @self: a bus
 * @transaction: a transaction that writes
 * @entries: (array length=n_entries): 1 to 10 events, at most 256 KiB together
 * @n_entries: how many
 * @error: return location for a #GError
 *
 * Puts events within a transaction: they are there if and when all the rest
 * of it is.
 *
 * Returns: (transfer container) (element-type PostureBusResult) (nullable): as
 *   posture_bus_put() returns it
 */
GPtrArray *
posture_bus_put_in (PostureBus            *self,
                    PostureTransaction    *transaction,
                    const PostureBusEntry *entries,
                    guint                  n_entries,
                    GError               **error)
{
  g_autoptr (Put) put = put_new (self, entries, n_entries, error);

  if (put == NULL || !put_run (transaction, put, error))
    return NULL;
  return g_ptr_array_ref (put->results);
}
