/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/event-private.h"

#include "bus/bus-error.h"
#include "json/json-digest.h"
#include "json/json-writer.h"
#include "store/clock.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Events of this program happen where it runs. */
#define REGION "local"
/* Members of an envelope as posture_event_write() makes it. */
#define N_MEMBERS 9
/* What an envelope usually takes without its detail. */
#define ENVELOPE_SIZE 320

/* Its texts are those of the document. */
struct _PostureEvent
{
  gatomicrefcount references;
  char *text;                    /* the envelope */
  PostureJsonDocument *document; /* of it */
  const char *id;
  const char *source;
  const char *detail_type;
  const char *account;
  const char *replay_name; /* (nullable) */
  gint64 time;
  const char **resources; /* (array zero-terminated=1) (nullable): none */
  char *body;             /* (nullable): the detail, where the envelope holds its digest alone */
  PostureJsonDocument *body_document;
};

/* Writes the envelope of Amazon EventBridge. Each event that is put passes here, so it is written out
 * member by member, in the order of their names. */
char *
posture_event_write (const char        *id,
                     const char        *source,
                     const char        *detail_type,
                     const char        *account,
                     const char        *time,
                     const char *const *resources,
                     const char        *detail)
{
  GString *out = g_string_sized_new (strlen (detail) + ENVELOPE_SIZE);

  g_string_append (out, "{\"account\":");
  posture_json_append_text (out, account);
  g_string_append (out, ",\"detail\":");
  g_string_append (out, detail);
  g_string_append (out, ",\"detail-type\":");
  posture_json_append_text (out, detail_type);
  g_string_append (out, ",\"id\":");
  posture_json_append_text (out, id);
  g_string_append (out, ",\"region\":\"" REGION "\",\"resources\":[");
  for (guint i = 0; resources != NULL && resources[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      posture_json_append_text (out, resources[i]);
    }
  g_string_append (out, "],\"source\":");
  posture_json_append_text (out, source);
  g_string_append (out, ",\"time\":");
  posture_json_append_text (out, time);
  g_string_append (out, ",\"version\":\"0\"}");
  return g_string_free (out, FALSE);
}

/* Reads an envelope that posture_event_write() has made, if the detail in it is one object: not something
 * that closes the envelope early or brings members of its own. Only if that fails, the detail is read
 * alone, so that the message names a place in it. */
PostureJsonDocument *
posture_event_read (const char *envelope,
                    const char *detail,
                    GError    **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (envelope, &reason);
  g_autoptr (PostureJsonDocument) alone = NULL;
  const PostureJsonNode *root = document != NULL ? posture_json_document_get_root (document) : NULL;

  if (root != NULL && posture_json_node_get_length (root) == N_MEMBERS &&
      posture_json_node_get_kind (posture_json_node_get_member (root, "detail")) == POSTURE_JSON_OBJECT)
    return g_steal_pointer (&document);
  if (root == NULL)
    alone = posture_json_document_new_text (detail, error);
  else
    g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                         _("The detail is no JSON object."));
  if (alone != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

static gboolean
take_text_member (const PostureJsonNode *envelope,
                  const char            *name,
                  const char           **ret_text,
                  GError               **error)
{
  const PostureJsonNode *member = posture_json_node_get_member (envelope, name);

  if (member == NULL || posture_json_node_get_kind (member) != POSTURE_JSON_STRING)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                   _("The event has no text “%s”."), name);
      return FALSE;
    }
  *ret_text = posture_json_node_get_string (member);
  return TRUE;
}

static gboolean
take_resources (PostureEvent          *self,
                const PostureJsonNode *envelope,
                GError               **error)
{
  const PostureJsonNode *list = posture_json_node_get_member (envelope, "resources");
  guint length = list != NULL ? posture_json_node_get_length (list) : 0;

  if (list != NULL && posture_json_node_get_kind (list) != POSTURE_JSON_ARRAY)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                   _("The event's “resources” are no list."));
      return FALSE;
    }
  self->resources = length > 0 ? g_new0 (const char *, length + 1) : NULL;
  for (guint i = 0; i < length; i++)
    {
      const PostureJsonNode *resource = posture_json_node_get_element (list, i);

      if (posture_json_node_get_kind (resource) != POSTURE_JSON_STRING)
        {
          g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                       _("The event's “resources” hold something that is no text."));
          return FALSE;
        }
      self->resources[i] = posture_json_node_get_string (resource);
    }
  return TRUE;
}

/* Makes an event of an envelope that was read already. */
PostureEvent *
posture_event_new_from_document (const char          *text,
                                 PostureJsonDocument *document,
                                 GError             **error)
{
  g_autoptr (PostureEvent) self = g_new0 (PostureEvent, 1);
  const char *time;
  const PostureJsonNode *root = posture_json_document_get_root (document);
  const PostureJsonNode *detail, *replay;

  g_atomic_ref_count_init (&self->references);
  self->document = posture_json_document_ref (document);
  self->text = g_strdup (text);
  if (!take_text_member (root, "id", &self->id, error) ||
      !take_text_member (root, "source", &self->source, error) ||
      !take_text_member (root, "detail-type", &self->detail_type, error) ||
      !take_text_member (root, "account", &self->account, error) ||
      !take_text_member (root, "time", &time, error) ||
      !take_resources (self, root, error))
    return NULL;
  replay = posture_json_node_get_member (root, "replay-name");
  if (replay != NULL && !take_text_member (root, "replay-name", &self->replay_name, error))
    return NULL;
  detail = posture_json_node_get_member (root, "detail");
  if (detail == NULL || posture_json_node_get_kind (detail) != POSTURE_JSON_OBJECT ||
      !posture_time_from_text (time, &self->time))
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                           _("The event has no object “detail” or no time."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * posture_event_new_from_text:
 * @text: an envelope
 * @error: return location for a #GError: %POSTURE_BUS_ERROR_INVALID_EVENT, or
 *   one of [error@JsonError]
 *
 * Reads an event as posture_event_get_text() gives it.
 *
 * Returns: (transfer full) (nullable): the event, or %NULL on error
 */
PostureEvent *
posture_event_new_from_text (const char *text,
                             GError    **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, error);

  return document != NULL ? posture_event_new_from_document (text, document, error) : NULL;
}

/**
 * posture_event_new:
 * @id: the event's id
 * @source: who says it
 * @detail_type: what kind of event it is
 * @account: the space that it belongs to
 * @time: when it happened, in milliseconds since 1970
 * @resources: (nullable) (array zero-terminated=1): ids of what it is about
 * @detail: a JSON object; its text is kept as it is spelled
 * @error: return location for a #GError, as of posture_event_new_from_text()
 *
 * Makes an event with the envelope of Amazon EventBridge.
 *
 * Returns: (transfer full) (nullable): a new event, which cannot be changed; %NULL if
 *   @detail is no JSON object
 */
PostureEvent *
posture_event_new (const char        *id,
                   const char        *source,
                   const char        *detail_type,
                   const char        *account,
                   gint64             time,
                   const char *const *resources,
                   const char        *detail,
                   GError           **error)
{
  g_autofree char *time_text = posture_time_to_text (time);
  g_autofree char *text = posture_event_write (id, source, detail_type, account, time_text, resources, detail);
  g_autoptr (PostureJsonDocument) document = posture_event_read (text, detail, error);

  return document != NULL ? posture_event_new_from_document (text, document, error) : NULL;
}

/**
 * posture_event_ref:
 * @self: an event
 *
 * Returns: (transfer full): @self with one more reference
 */
PostureEvent *
posture_event_ref (PostureEvent *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_event_unref:
 * @self: (transfer full): an event
 *
 * Gives a reference back.
 */
void
posture_event_unref (PostureEvent *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->resources);
  g_free (self->text);
  g_clear_pointer (&self->document, posture_json_document_unref);
  g_clear_pointer (&self->body_document, posture_json_document_unref);
  g_free (self->body);
  g_free (self);
}

/**
 * posture_event_get_id:
 * @self: an event
 *
 * Returns: (transfer none): its id
 */
const char *
posture_event_get_id (PostureEvent *self)
{
  return self->id;
}

/**
 * posture_event_get_source:
 * @self: an event
 *
 * Returns: (transfer none): who said it
 */
const char *
posture_event_get_source (PostureEvent *self)
{
  return self->source;
}

/**
 * posture_event_get_detail_type:
 * @self: an event
 *
 * Returns: (transfer none): what kind of event it is
 */
const char *
posture_event_get_detail_type (PostureEvent *self)
{
  return self->detail_type;
}

/**
 * posture_event_get_account:
 * @self: an event
 *
 * Returns: (transfer none): the space that it belongs to
 */
const char *
posture_event_get_account (PostureEvent *self)
{
  return self->account;
}

/**
 * posture_event_get_time:
 * @self: an event
 *
 * Returns: when it happened, in milliseconds since 1970
 */
gint64
posture_event_get_time (PostureEvent *self)
{
  return self->time;
}

/**
 * posture_event_get_resources:
 * @self: an event
 *
 * Returns: (transfer none) (array zero-terminated=1): ids of what it is about
 */
const char *const *
posture_event_get_resources (PostureEvent *self)
{
  static const char *const nothing[] = { NULL };

  return self->resources != NULL ? self->resources : nothing;
}

/**
 * posture_event_get_replay_name:
 * @self: an event
 *
 * Returns: (transfer none) (nullable): the name of the replay that it comes
 *   from; %NULL if it was put just now
 */
const char *
posture_event_get_replay_name (PostureEvent *self)
{
  return self->replay_name;
}

/**
 * posture_event_get_detail:
 * @self: an event
 *
 * Returns: (transfer none): the detail, a JSON object, as long as the event lives
 */
const PostureJsonNode *
posture_event_get_detail (PostureEvent *self)
{
  PostureJsonDocument *document = self->body_document != NULL ? self->body_document : self->document;
  const PostureJsonNode *root = posture_json_document_get_root (document);

  return self->body_document != NULL ? root : posture_json_node_get_member (root, "detail");
}

/**
 * posture_event_get_text:
 * @self: an event
 *
 * Returns: (transfer none): the whole envelope as JSON
 */
const char *
posture_event_get_text (PostureEvent *self)
{
  return self->text;
}

/**
 * posture_event_get_body:
 * @self: an event
 *
 * Returns: (transfer none) (nullable): the detail as text, if it travels by its
 *   digest; %NULL if it stands in the envelope
 */
const char *
posture_event_get_body (PostureEvent *self)
{
  return self->body;
}

static char *
digest_of (const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));

  return posture_json_digest (bytes);
}

/* What stands in an envelope for a detail that travels beside it. */
char *
posture_event_write_digest (const char *body)
{
  g_autofree char *digest = digest_of (body);

  return g_strdup_printf ("{\"digest\":\"%s\",\"size\":%" G_GSIZE_FORMAT "}", digest, strlen (body));
}

/* Gives an event that nobody else has yet the detail that its envelope names by its digest. */
gboolean
posture_event_set_body (PostureEvent *self,
                        const char   *body,
                        GError      **error)
{
  g_autofree char *digest = digest_of (body);
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (body, error);
  const PostureJsonNode *named = posture_json_node_get_member (posture_event_get_detail (self), "digest");

  if (document == NULL)
    return FALSE;
  if (posture_json_node_get_kind (posture_json_document_get_root (document)) != POSTURE_JSON_OBJECT ||
      g_strcmp0 (posture_json_node_get_string (named), digest) != 0)
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                           _("The detail of the event is not the one that it names."));
      return FALSE;
    }
  self->body = g_strdup (body);
  self->body_document = g_steal_pointer (&document);
  return TRUE;
}
