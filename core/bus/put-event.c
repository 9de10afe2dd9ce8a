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

/* Finds the rules that an event matches, and keeps it for their targets. It becomes a tree only if somebody wants to
 * see it, if the detail may be bad, or if its text alone does not decide.
 * @detail: (nullable): what stands in the envelope; %NULL if it was found to be good */
static gboolean
match (PosturePutEvent *event,
       PostureRules    *rules,
       const char      *detail,
       GError         **error)
{
  g_autoptr (PostureJsonDocument) document = NULL;
  gboolean undecided = FALSE;

  g_clear_pointer (&event->rules, g_strfreev);
  if (has_rules (rules))
    {
      /* of a text that is no JSON this gives anything; that it is none shows below */
      event->rules = posture_matcher_match (rules->matcher, event->envelope, strlen (event->envelope),
                                            POSTURE_EVENT_VALID, /* error = */ NULL);
      undecided = event->rules == NULL;
    }
  if (!undecided && (event->rules == NULL || event->rules[0] == NULL) &&
      (detail == NULL || posture_event_is_plain_detail (detail)))
    return TRUE;
  document = detail != NULL ? posture_event_read (event->envelope, detail, error)
                            : posture_json_document_new_text (event->envelope, error);
  if (document == NULL)
    return FALSE;
  if (undecided)
    event->rules = posture_matcher_match_node (rules->matcher, posture_json_document_get_root (document));
  if (event->rules == NULL || event->rules[0] == NULL || event->event != NULL || event->body != NULL)
    return TRUE;
  event->event = posture_event_new_from_document (event->envelope, document, error);
  return event->event != NULL;
}

/* What stands in the envelope, with the error of a detail that travels beside it. */
static char *
take_detail (const PostureBusEntry *entry,
             PosturePutEvent       *event,
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

/* Makes the envelope and finds the rules. */
static PostureBusResult *
make_event (PosturePut            *self,
            const PostureBusEntry *entry,
            PosturePutEvent       *event)
{
  g_autofree char *id = posture_uuid_new (self->now);
  g_autofree char *time = entry->time != 0 ? posture_time_to_text (entry->time) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = take_detail (entry, event, &error);
  PostureBusResult *result;

  if (detail == NULL)
    return posture_bus_result_new_error ("MalformedDetail", _("The detail cannot be taken: %s"), error->message);
  event->envelope = posture_event_write (id, entry->source, entry->detail_type,
                                         entry->account != NULL ? entry->account : "",
                                         time != NULL ? time : self->now_text, entry->resources,
                                         detail);
  if (!match (event, self->rules, detail, &error))
    return posture_bus_result_new_error ("MalformedDetail", _("The detail cannot be taken: %s"), error->message);
  event->resources = g_strdupv ((char **) entry->resources);
  result = g_new0 (PostureBusResult, 1);
  event->group = g_strdup (entry->group);
  event->key = g_strdup (entry->key);
  result->event_id = g_strdup (id);
  event->id = g_steal_pointer (&id);
  return result;
}

static void
add_entry (PosturePut            *self,
           const PostureBusEntry *entry)
{
  PosturePutEvent event = { .id = NULL };
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
  self->now_text = posture_time_to_text (self->now);
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
  g_free (self->now_text);
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

      if (put->id != NULL && !match (put, rules, /* detail = */ NULL, error))
        return FALSE;
    }
  return TRUE;
}
