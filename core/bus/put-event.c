/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/put-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
put_event_clear (gpointer data)
{
  PosturePutEvent *event = data;

  g_clear_pointer (&event->event, posture_event_unref);
  g_free (event->body);
  g_strfreev (event->rules);
  g_free (event->group);
  g_free (event->key);
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

/* Finds the rules that an event matches. What takes long to read, and somebody gets, is read here, where it keeps
 * nobody else waiting. */
static gboolean
match (PosturePutEvent *event,
       PostureRules    *rules,
       GError         **error)
{
  const char *text = posture_event_get_text (event->event);
  gsize length = strlen (text);
  g_autoptr (PostureJsonDocument) document = NULL;

  g_clear_pointer (&event->rules, g_strfreev);
  if (g_hash_table_size (rules->targets) == 0)
    return TRUE;
  event->rules = posture_matcher_match (rules->matcher, text, length, POSTURE_EVENT_VALID, /* error = */ NULL);
  if (event->rules != NULL && event->rules[0] != NULL && length > POSTURE_EVENT_QUICK_SIZE)
    posture_event_get_detail (event->event);
  if (event->rules != NULL)
    return TRUE;
  /* its text alone does not decide */
  document = posture_json_document_new_text (text, error);
  if (document == NULL)
    return FALSE;
  event->rules = posture_matcher_match_node (rules->matcher, posture_json_document_get_root (document));
  return TRUE;
}

/* Takes a detail that travels beside the envelope, and gives what stands there instead. */
static gboolean
take_body (const PostureBusEntry *entry,
           PosturePutEvent       *event,
           char                 **ret_digest,
           GError               **error)
{
  g_autoptr (PostureJsonDocument) body =
    posture_event_read_detail (entry->detail, strlen (entry->detail), /* alone = */ TRUE, error);

  if (body == NULL)
    return FALSE;
  event->body = g_strdup (entry->detail);
  *ret_digest = posture_event_write_digest (entry->detail);
  return TRUE;
}

/* Makes the event and finds the rules. */
static PostureBusResult *
make_event (PosturePut            *self,
            const PostureBusEntry *entry,
            PosturePutEvent       *event)
{
  g_autofree char *id = posture_uuid_new (self->now);
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  PostureBusResult *result;

  if (!posture_bus_travels_by_digest (entry) || take_body (entry, event, &digest, &error))
    event->event = posture_event_new (id, entry->source, entry->detail_type,
                                      entry->account != NULL ? entry->account : "",
                                      entry->time != 0 ? entry->time : self->now, entry->resources,
                                      digest != NULL ? digest : entry->detail, &error);
  if (event->event == NULL || !match (event, self->rules, &error))
    {
      g_clear_pointer (&event->event, posture_event_unref);
      return posture_bus_result_new_error ("MalformedDetail", _("The detail cannot be taken: %s"), error->message);
    }
  event->group = g_strdup (entry->group);
  event->key = g_strdup (entry->key);
  result = g_new0 (PostureBusResult, 1);
  result->event_id = g_steal_pointer (&id);
  return result;
}

static void
add_entry (PosturePut            *self,
           const PostureBusEntry *entry)
{
  PosturePutEvent event = { .event = NULL };
  PostureBusResult *result = posture_bus_check_entry (entry);

  if (result == NULL)
    result = make_event (self, entry, &event);
  g_array_append_val (self->events, event);
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

  if (!posture_bus_check_put (entries, n_entries, error))
    return NULL;
  self = g_new0 (PosturePut, 1);
  self->bus = g_object_ref (bus);
  self->rules = posture_bus_dup_rules (bus);
  self->matched = self->rules;
  self->now = posture_clock_get_now (posture_bus_get_clock (bus));
  self->events = g_array_sized_new (FALSE, TRUE, sizeof (PosturePutEvent), n_entries);
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
  g_clear_pointer (&self->fresh, posture_rules_unref);
  g_array_unref (self->events);
  g_ptr_array_unref (self->results);
  g_object_unref (self->bus);
  g_free (self);
}

/* Finds the rules of all events once more. */
gboolean
posture_put_match (PosturePut   *self,
                   PostureRules *rules,
                   GError      **error)
{
  self->matched = rules;
  for (guint i = 0; i < self->events->len; i++)
    {
      PosturePutEvent *put = &g_array_index (self->events, PosturePutEvent, i);

      if (put->event != NULL && !match (put, rules, error))
        return FALSE;
    }
  return TRUE;
}
