/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/event-private.h"

#include "json/json-writer.h"

/* What follows the detail in an envelope as posture_event_new() makes it. Strings hold no bare quotes, so
 * what comes last like this is the envelope's own. */
#define RESOURCES ",\"resources\":["

/* An envelope that says which replay it comes from, its members still in the order of their names. */
char *
posture_event_write_replayed (const char *envelope,
                              const char *replay)
{
  const char *place = g_strrstr (envelope, RESOURCES);
  GString *out;

  if (place == NULL)
    return g_strdup (envelope); /* a damaged one; whoever reads it will see */
  out = g_string_new_len (envelope, place - envelope);
  g_string_append (out, ",\"replay-name\":");
  posture_json_append_text (out, replay);
  g_string_append (out, place);
  return g_string_free (out, FALSE);
}

/* Makes an event of what the journal holds.
 * @body: (nullable): the detail, if it travels by its digest
 * @replay: (nullable): the replay that it comes from */
PostureEvent *
posture_event_new_from_row (const char *text,
                            const char *body,
                            const char *replay,
                            GError    **error)
{
  g_autofree char *replayed = replay != NULL ? posture_event_write_replayed (text, replay) : NULL;
  g_autoptr (PostureEvent) self = posture_event_new_from_text (replayed != NULL ? replayed : text, error);

  if (self == NULL || (body != NULL && !posture_event_set_body (self, body, error)))
    return NULL;
  return g_steal_pointer (&self);
}
