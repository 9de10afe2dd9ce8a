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
/* What an envelope usually takes without its detail. */
#define ENVELOPE_SIZE 320

/* Its short texts stand behind it. Many an event is passed on as it is, and nobody asks what is in its detail: that
 * becomes a tree only when somebody does. */
struct _PostureEvent
{
  gatomicrefcount references;
  char *text;   /* the envelope */
  gsize detail; /* where the detail stands in it, if that has not been read yet */
  gsize detail_length;
  PostureJsonDocument *document; /* (nullable) (atomic): of the detail, or */
  gboolean whole;                /* of the envelope around it */
  char *body;                    /* (nullable): the detail, where the envelope holds its digest alone */
  const char *id;
  const char *source;
  const char *detail_type;
  const char *account;
  const char *replay_name; /* (nullable) */
  gint64 time;
  const char *resources[]; /* (array zero-terminated=1) */
};

static gsize
text_size (const char *text)
{
  return text != NULL ? strlen (text) + 1 : 0;
}

/* Copies a text to @place, which moves behind it; %NULL of %NULL. */
static const char *
copy_text (char      **place,
           const char *text)
{
  gsize size = text_size (text);
  char *copy = *place;

  if (text == NULL)
    return NULL;
  memcpy (copy, text, size);
  *place += size;
  return copy;
}

/* Makes an event without its envelope.
 * @resources: (nullable) */
static PostureEvent *
event_new (const char        *id,
           const char        *source,
           const char        *detail_type,
           const char        *account,
           const char        *replay_name,
           const char *const *resources,
           gint64             time)
{
  gsize texts = text_size (id) + text_size (source) + text_size (detail_type) + text_size (account) +
                text_size (replay_name);
  guint n_resources = 0;
  PostureEvent *self;
  char *place;

  for (; resources != NULL && resources[n_resources] != NULL; n_resources++)
    texts += text_size (resources[n_resources]);
  self = g_malloc0 (sizeof *self + (n_resources + 1) * sizeof (char *) + texts);
  place = (char *) &self->resources[n_resources + 1];
  g_atomic_ref_count_init (&self->references);
  self->id = copy_text (&place, id);
  self->source = copy_text (&place, source);
  self->detail_type = copy_text (&place, detail_type);
  self->account = copy_text (&place, account);
  self->replay_name = copy_text (&place, replay_name);
  self->time = time;
  for (guint i = 0; i < n_resources; i++)
    self->resources[i] = copy_text (&place, resources[i]);
  return self;
}

/* Writes the envelope of Amazon EventBridge around a detail. Each event that is put passes here, so it is written out
 * member by member, in the order of their names. */
static void
write_envelope (PostureEvent *self,
                const char   *detail)
{
  g_autofree char *time = posture_time_to_text (self->time);
  GString *out;

  self->detail_length = strlen (detail);
  out = g_string_sized_new (self->detail_length + ENVELOPE_SIZE);
  g_string_append (out, "{\"account\":");
  posture_json_append_text (out, self->account);
  g_string_append (out, ",\"detail\":");
  self->detail = out->len;
  g_string_append_len (out, detail, (gssize) self->detail_length);
  g_string_append (out, ",\"detail-type\":");
  posture_json_append_text (out, self->detail_type);
  g_string_append (out, ",\"id\":");
  posture_json_append_text (out, self->id);
  g_string_append (out, ",\"region\":\"" REGION "\",\"resources\":[");
  for (guint i = 0; self->resources[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      posture_json_append_text (out, self->resources[i]);
    }
  g_string_append (out, "],\"source\":");
  posture_json_append_text (out, self->source);
  g_string_append (out, ",\"time\":");
  posture_json_append_text (out, time);
  g_string_append (out, ",\"version\":\"0\"}");
  /* it may be kept for long, and a string has up to twice the room that it needs */
  self->text = g_strndup (out->str, out->len);
  g_string_free (out, TRUE);
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

/* Gives the texts in @ret_resources, which are lent. */
static gboolean
take_resources (const PostureJsonNode *envelope,
                GPtrArray             *ret_resources,
                GError               **error)
{
  const PostureJsonNode *list = posture_json_node_get_member (envelope, "resources");

  if (list != NULL && posture_json_node_get_kind (list) != POSTURE_JSON_ARRAY)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                   _("The event's “resources” are no list."));
      return FALSE;
    }
  for (guint i = 0; list != NULL && i < posture_json_node_get_length (list); i++)
    {
      const PostureJsonNode *resource = posture_json_node_get_element (list, i);

      if (posture_json_node_get_kind (resource) != POSTURE_JSON_STRING)
        {
          g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                       _("The event's “resources” hold something that is no text."));
          return FALSE;
        }
      g_ptr_array_add (ret_resources, (gpointer) posture_json_node_get_string (resource));
    }
  g_ptr_array_add (ret_resources, NULL);
  return TRUE;
}

static PostureEvent *
event_new_from_envelope (const PostureJsonNode *envelope,
                         GError               **error)
{
  const char *id, *source, *detail_type, *account, *time_text, *replay_name = NULL;
  const PostureJsonNode *detail = posture_json_node_get_member (envelope, "detail");
  g_autoptr (GPtrArray) resources = g_ptr_array_new ();
  gint64 time;

  if (!take_text_member (envelope, "id", &id, error) || !take_text_member (envelope, "source", &source, error) ||
      !take_text_member (envelope, "detail-type", &detail_type, error) ||
      !take_text_member (envelope, "account", &account, error) ||
      !take_text_member (envelope, "time", &time_text, error) || !take_resources (envelope, resources, error) ||
      (posture_json_node_get_member (envelope, "replay-name") != NULL &&
       !take_text_member (envelope, "replay-name", &replay_name, error)))
    return NULL;
  if (detail == NULL || posture_json_node_get_kind (detail) != POSTURE_JSON_OBJECT ||
      !posture_time_from_text (time_text, &time))
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                           _("The event has no object “detail” or no time."));
      return NULL;
    }
  return event_new (id, source, detail_type, account, replay_name, (const char *const *) resources->pdata, time);
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
  PostureEvent *self =
    document != NULL ? event_new_from_envelope (posture_json_document_get_root (document), error) : NULL;

  if (self == NULL)
    return NULL;
  self->text = g_strdup (text);
  self->document = g_steal_pointer (&document);
  self->whole = TRUE;
  return self;
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
 * @error: return location for a #GError: %POSTURE_BUS_ERROR_INVALID_EVENT, or one of [error@JsonError]
 *
 * Makes an event with the envelope of Amazon EventBridge. All texts are UTF-8; the detail is checked, the others have
 * to be right.
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
  g_autoptr (PostureJsonDocument) document = NULL;
  PostureEvent *self;

  if (!posture_event_is_plain_detail (detail))
    {
      document = posture_event_read_detail (detail, strlen (detail), /* alone = */ FALSE, error);
      if (document == NULL)
        return NULL;
    }
  self = event_new (id, source, detail_type, account, /* replay_name = */ NULL, resources, time);
  write_envelope (self, detail);
  self->document = g_steal_pointer (&document);
  return self;
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
  g_free (self->text);
  g_free (self->body);
  g_clear_pointer (&self->document, posture_json_document_unref);
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
  return self->resources;
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

/* Reads the detail when somebody asks for the first time, or several at once. */
static PostureJsonDocument *
get_document (PostureEvent *self)
{
  PostureJsonDocument *document = g_atomic_pointer_get (&self->document);

  if (document != NULL)
    return document;
  document = posture_event_read_detail (self->text + self->detail, self->detail_length, /* alone = */ FALSE,
                                        /* error = */ NULL);
  g_assert (document != NULL); /* it was found to be plain */
  if (g_atomic_pointer_compare_and_exchange (&self->document, NULL, document))
    return document;
  posture_json_document_unref (document);
  return g_atomic_pointer_get (&self->document);
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
  const PostureJsonNode *root = posture_json_document_get_root (get_document (self));

  return self->whole ? posture_json_node_get_member (root, "detail") : root;
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

/* Gives an event that was read, and that nobody else has yet, the detail that its envelope names by its digest. */
gboolean
posture_event_set_body (PostureEvent *self,
                        const char   *body,
                        GError      **error)
{
  g_autofree char *digest = digest_of (body);
  g_autoptr (PostureJsonDocument) document = posture_event_read_detail (body, strlen (body), /* alone = */ TRUE, error);
  const PostureJsonNode *named = posture_json_node_get_member (posture_event_get_detail (self), "digest");

  if (document == NULL)
    return FALSE;
  if (g_strcmp0 (posture_json_node_get_string (named), digest) != 0)
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT,
                           _("The detail of the event is not the one that it names."));
      return FALSE;
    }
  self->body = g_strdup (body);
  self->whole = FALSE;
  posture_json_document_unref (self->document);
  self->document = g_steal_pointer (&document);
  return TRUE;
}
