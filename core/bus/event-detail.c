/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/event-private.h"

#include "bus/bus-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How deep a detail may nest: the envelope around it takes a level of what a document may have. */
#define MAX_DEPTH 63
#define MAX_NAMES 64

/* The names of the objects that are open, as they stand in the text. */
typedef struct
{
  struct
  {
    const char *text;
    gsize length;
  } names[MAX_NAMES];
  guint n_names;
  guint first[MAX_DEPTH]; /* where the names of each open container begin */
  guint depth;
} Names;

static gboolean
add_name (Names      *self,
          const char *text,
          gsize       length)
{
  for (guint i = self->first[self->depth - 1]; i < self->n_names; i++)
    if (self->names[i].length == length && memcmp (self->names[i].text, text, length) == 0)
      return FALSE;
  if (self->n_names == MAX_NAMES)
    return FALSE;
  self->names[self->n_names].text = text;
  self->names[self->n_names++].length = length;
  return TRUE;
}

static PostureJsonLimits
get_limits (void)
{
  PostureJsonLimits limits = posture_json_limits_default;

  limits.max_depth = MAX_DEPTH;
  return limits;
}

/* Whether a detail is surely one object that an envelope can hold. It makes no tree, since many an event
 * needs none: where it takes one to know (many names, or escapes in them), the answer is no. */
gboolean
posture_event_is_plain_detail (const char *detail)
{
  const PostureJsonLimits limits = get_limits ();
  const char *end = detail + strlen (detail);
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (detail, (gsize) (end - detail), &limits);
  PostureJsonToken token = posture_json_reader_next (reader, NULL);
  Names names;
  const char *text;
  gsize length;

  names.n_names = 0;
  names.depth = 0;
  if (token != POSTURE_JSON_TOKEN_BEGIN_OBJECT)
    return FALSE;
  for (; token != POSTURE_JSON_TOKEN_END; token = posture_json_reader_next (reader, NULL))
    switch (token)
      {
      case POSTURE_JSON_TOKEN_ERROR:
        return FALSE;
      case POSTURE_JSON_TOKEN_BEGIN_OBJECT:
      case POSTURE_JSON_TOKEN_BEGIN_ARRAY:
        names.first[names.depth++] = names.n_names;
        break;
      case POSTURE_JSON_TOKEN_END_OBJECT:
      case POSTURE_JSON_TOKEN_END_ARRAY:
        names.n_names = names.first[--names.depth];
        break;
      case POSTURE_JSON_TOKEN_KEY:
        text = posture_json_reader_get_text (reader, &length);
        /* an unescaped name stands in the reader's memory, where the next one will stand, too */
        if (text < detail || text >= end || !add_name (&names, text, length))
          return FALSE;
        break;
      default:
        break;
      }
  return TRUE;
}

/* Reads a detail: one object, not something that would close an envelope early or bring members of its own. What is
 * plain is read without an error.
 * @alone: whether it travels beside the envelope and not in it */
PostureJsonDocument *
posture_event_read_detail (const char *detail,
                           gsize       length,
                           gboolean    alone,
                           GError    **error)
{
  const PostureJsonLimits limits = get_limits ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (detail, length);
  g_autoptr (PostureJsonDocument) document =
    posture_json_document_new (bytes, alone ? &posture_json_limits_default : &limits, error);

  if (document == NULL)
    return NULL;
  if (posture_json_node_get_kind (posture_json_document_get_root (document)) == POSTURE_JSON_OBJECT)
    return g_steal_pointer (&document);
  g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT, _("The detail is no JSON object."));
  return NULL;
}
