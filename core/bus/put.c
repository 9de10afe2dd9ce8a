/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/put-private.h"

#include "bus/event-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A time counts 14 bytes, as Amazon EventBridge counts it. */
#define TIME_SIZE 14
/* What has a four-digit year: 0001-01-01 to 9999-12-31, in milliseconds since 1970. */
#define MIN_TIME (-62135596800 * G_GINT64_CONSTANT (1000))
#define MAX_TIME (253402300800 * G_GINT64_CONSTANT (1000) - 1)

/* An event that is to be put, with the rules that it matches. */
typedef struct
{
  PostureEvent *event; /* NULL: refused */
  gint64 put;          /* when, in milliseconds since 1970 */
  char **rules;
} PutEvent;

struct _PosturePut
{
  PostureBus *bus;
  PostureRules *rules;
  GArray *events;     /* (element-type PutEvent) */
  GPtrArray *results; /* (element-type PostureBusResult), one for each entry */
};

static void
put_event_clear (gpointer data)
{
  PutEvent *event = data;

  g_clear_pointer (&event->event, posture_event_unref);
  g_clear_pointer (&event->rules, g_strfreev);
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

static PostureBusResult *
result_new_error (const char *code,
                  const char *format,
                  const char *argument)
{
  PostureBusResult *result = g_new0 (PostureBusResult, 1);
  g_autoptr (GString) message = g_string_new (format);

  g_string_replace (message, "%s", argument, 1);
  result->error_code = g_strdup (code);
  result->error_message = g_string_free (g_steal_pointer (&message), FALSE);
  return result;
}

static gsize
get_size (const PostureBusEntry *entry)
{
  gsize size = entry->time != 0 ? TIME_SIZE : 0;

  size += entry->account != NULL ? strlen (entry->account) : 0;
  size += entry->source != NULL ? strlen (entry->source) : 0;
  size += entry->detail_type != NULL ? strlen (entry->detail_type) : 0;
  size += entry->detail != NULL ? strlen (entry->detail) : 0;
  for (guint i = 0; entry->resources != NULL && entry->resources[i] != NULL; i++)
    size += strlen (entry->resources[i]);
  return size;
}

static gboolean
check_put (const PostureBusEntry *entries,
           guint                  n_entries,
           GError               **error)
{
  gsize size = 0;

  if (n_entries < 1 || n_entries > POSTURE_BUS_MAX_ENTRIES)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                   _("Between 1 and %d events can be put at once, not %u."), POSTURE_BUS_MAX_ENTRIES,
                   n_entries);
      return FALSE;
    }
  for (guint i = 0; i < n_entries; i++)
    size += get_size (&entries[i]);
  if (size <= POSTURE_BUS_MAX_PUT_SIZE)
    return TRUE;
  g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
               _("The events are too large together: %" G_GSIZE_FORMAT " bytes, at most %d can be put at once."),
               size, POSTURE_BUS_MAX_PUT_SIZE);
  return FALSE;
}

/* Why an entry is refused, whatever its detail is like; NULL if it is not. */
static PostureBusResult *
check_entry (const PostureBusEntry *entry)
{
  const struct
  {
    const char *name;
    const char *value;
  } needed[] = {
    { "Source", entry->source },
    { "DetailType", entry->detail_type },
    { "Detail", entry->detail },
    { "Account", entry->account != NULL ? entry->account : "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      if (needed[i].value == NULL || needed[i].value[0] == '\0')
        return result_new_error ("InvalidArgument", _("The event has no %s."), needed[i].name);
      if (needed[i].value != entry->detail && !g_utf8_validate (needed[i].value, -1, NULL))
        return result_new_error ("InvalidArgument", _("%s is not valid UTF-8."), needed[i].name);
    }
  for (guint i = 0; entry->resources != NULL && entry->resources[i] != NULL; i++)
    if (!g_utf8_validate (entry->resources[i], -1, NULL))
      return result_new_error ("InvalidArgument", _("%s is not valid UTF-8."), "Resources");
  if (entry->time < MIN_TIME || entry->time > MAX_TIME)
    return result_new_error ("InvalidArgument", _("%s is out of range."), "Time");
  return NULL;
}

static PostureBusResult *
make_event (const PostureBusEntry *entry,
            gint64                 now,
            PostureEvent         **ret_event)
{
  g_autoptr (GError) error = NULL;
  PostureBusResult *result;
  g_autofree char *id = posture_uuid_new (now);

  *ret_event = posture_event_new_checked (id, entry->source, entry->detail_type,
                                          entry->account != NULL ? entry->account : "",
                                          entry->time != 0 ? entry->time : now, entry->resources,
                                          entry->detail, &error);
  if (*ret_event == NULL)
    return result_new_error ("MalformedDetail", _("The detail cannot be taken: %s"), error->message);
  result = g_new0 (PostureBusResult, 1);
  result->event_id = g_steal_pointer (&id);
  return result;
}

static char **
match_event (PostureRules *rules,
             PostureEvent *event)
{
  if (g_hash_table_size (rules->targets) == 0)
    return NULL;
  return posture_matcher_match_node (rules->matcher, posture_event_get_root (event, /* error = */ NULL));
}

static void
add_entry (PosturePut            *self,
           const PostureBusEntry *entry)
{
  gint64 now = posture_clock_get_now (posture_bus_get_clock (self->bus));
  PostureBusResult *result = check_entry (entry);
  PutEvent put = { .put = now };

  if (result == NULL)
    result = make_event (entry, now, &put.event);
  if (put.event != NULL)
    put.rules = match_event (self->rules, put.event);
  g_array_append_val (self->events, put);
  g_ptr_array_add (self->results, result);
}

/* Checks entries and finds the rules that they match, before and outside any transaction. */
PosturePut *
posture_put_new (PostureBus            *bus,
                 const PostureBusEntry *entries,
                 guint                  n_entries,
                 GError               **error)
{
  PosturePut *self;

  if (!check_put (entries, n_entries, error))
    return NULL;
  self = g_new0 (PosturePut, 1);
  self->bus = g_object_ref (bus);
  self->rules = posture_bus_dup_rules (bus);
  self->events = g_array_sized_new (FALSE, TRUE, sizeof (PutEvent), n_entries);
  g_array_set_clear_func (self->events, put_event_clear);
  self->results = g_ptr_array_new_full (n_entries, result_free);
  for (guint i = 0; i < n_entries; i++)
    add_entry (self, &entries[i]);
  return self;
}

void
posture_put_free (PosturePut *self)
{
  posture_rules_unref (self->rules);
  g_array_unref (self->events);
  g_ptr_array_unref (self->results);
  g_object_unref (self->bus);
  g_free (self);
}

/* One result for each entry. */
GPtrArray *
posture_put_dup_results (PosturePut *self)
{
  return g_ptr_array_ref (self->results);
}

static gboolean
insert_deliveries (PosturePut         *self,
                   PostureTransaction *transaction,
                   gint64              sequence,
                   char              **rules,
                   GError            **error)
{
  for (guint i = 0; rules != NULL && rules[i] != NULL; i++)
    {
      char **targets = g_hash_table_lookup (self->rules->targets, rules[i]);

      for (guint t = 0; targets[t] != NULL; t++)
        if (!posture_transaction_execute (transaction, error, posture_bus_sql_insert_delivery, "itt",
                                          sequence, rules[i], targets[t]))
          return FALSE;
    }
  return TRUE;
}

static gboolean
insert_event (PosturePut         *self,
              PostureTransaction *transaction,
              const PutEvent     *put,
              GError            **error)
{
  const char *const *resources = posture_event_get_resources (put->event);
  const char *id = posture_event_get_id (put->event);
  gint64 sequence;

  if (!posture_transaction_execute (transaction, error, posture_bus_sql_insert_event, "tit", id, put->put,
                                    posture_event_get_text (put->event)))
    return FALSE;
  sequence = posture_transaction_get_last_id (transaction);
  for (guint i = 0; resources[i] != NULL; i++)
    if (!posture_transaction_execute (transaction, error, posture_bus_sql_insert_resource, "ti",
                                      resources[i], sequence))
      return FALSE;
  return insert_deliveries (self, transaction, sequence, put->rules, error);
}

/* The rules may have changed since the events were matched, also by another process. What the table
 * says within this transaction holds. */
static gboolean
match_again_if_needed (PosturePut         *self,
                       PostureTransaction *transaction,
                       GError            **error)
{
  gint64 version = 0;
  PostureRules *rules;

  if (!posture_rules_get_version (transaction, &version, error))
    return FALSE;
  if (version == self->rules->version)
    return TRUE;
  rules = posture_rules_load (transaction, version, error);
  if (rules == NULL)
    return FALSE;
  g_clear_pointer (&self->rules, posture_rules_unref);
  self->rules = rules;
  for (guint i = 0; i < self->events->len; i++)
    {
      PutEvent *put = &g_array_index (self->events, PutEvent, i);

      g_clear_pointer (&put->rules, g_strfreev);
      if (put->event != NULL)
        put->rules = match_event (rules, put->event);
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

  if (!match_again_if_needed (self, transaction, error))
    return FALSE;
  for (guint i = 0; i < self->events->len; i++)
    {
      const PutEvent *put = &g_array_index (self->events, PutEvent, i);

      if (put->event == NULL)
        continue;
      if (!insert_event (self, transaction, put, error))
        return FALSE;
      posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_PUT, posture_event_get_id (put->event));
    }
  return TRUE;
}
