/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A time counts 14 bytes, as Amazon EventBridge counts it. */
#define TIME_SIZE 14
/* What has a four-digit year: 0001-01-01 to 9999-12-31, in milliseconds since 1970. */
#define MIN_TIME (-62135596800 * G_GINT64_CONSTANT (1000))
#define MAX_TIME (253402300800 * G_GINT64_CONSTANT (1000) - 1)

/* @format names @argument once, as %s. */
PostureBusResult *
posture_bus_result_new_error (const char *code,
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

/* Whether the envelope has the digest of the detail alone. */
gboolean
posture_bus_travels_by_digest (const PostureBusEntry *entry)
{
  return entry->by_digest && strlen (entry->detail) > POSTURE_BUS_MAX_INLINE_SIZE;
}

static gboolean
is_too_long (const char *name)
{
  return name != NULL && strlen (name) > POSTURE_BUS_MAX_NAME;
}

/* What the bus itself puts begins like this. */
static gboolean
is_reserved (const char *source)
{
  return g_str_has_prefix (source, "aws.");
}

static gsize
get_size (const PostureBusEntry *entry)
{
  gsize size = entry->time != 0 ? TIME_SIZE : 0;

  size += entry->account != NULL ? strlen (entry->account) : 0;
  size += entry->source != NULL ? strlen (entry->source) : 0;
  size += entry->detail_type != NULL ? strlen (entry->detail_type) : 0;
  size += entry->detail != NULL && !posture_bus_travels_by_digest (entry) ? strlen (entry->detail) : 0;
  for (guint i = 0; entry->resources != NULL && entry->resources[i] != NULL; i++)
    size += strlen (entry->resources[i]);
  return size;
}

/* What would refuse all entries at once. */
gboolean
posture_bus_check_put (const PostureBusEntry *entries,
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
               _("The events are too large together: %lu bytes, at most %d can be put at once."),
               (gulong) size, POSTURE_BUS_MAX_PUT_SIZE);
  return FALSE;
}

/* Why an entry is refused, whatever its detail is like; NULL if it is not. */
PostureBusResult *
posture_bus_check_entry (const PostureBusEntry *entry)
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
    { "Group", entry->group != NULL ? entry->group : "-" },
    { "Key", entry->key != NULL ? entry->key : "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      if (needed[i].value == NULL || needed[i].value[0] == '\0')
        return posture_bus_result_new_error ("InvalidArgument", _("The event has no %s."), needed[i].name);
      if (needed[i].value != entry->detail && !g_utf8_validate (needed[i].value, -1, NULL))
        return posture_bus_result_new_error ("InvalidArgument", _("%s is not valid UTF-8."), needed[i].name);
    }
  if (is_reserved (entry->source))
    return posture_bus_result_new_error ("NotAuthorizedForSourceException",
                                         _("The source “%s” is not for others: “aws.” is reserved."), entry->source);
  if (g_utf8_strlen (entry->detail_type, -1) > POSTURE_BUS_MAX_DETAIL_TYPE)
    return posture_bus_result_new_error ("InvalidArgument", _("%s is too long; it has 128 characters at most."),
                                         "DetailType");
  if (is_too_long (entry->group) || is_too_long (entry->key))
    return posture_bus_result_new_error ("InvalidArgument", _("%s is too long; it has 128 bytes at most."),
                                         is_too_long (entry->group) ? "Group" : "Key");
  for (guint i = 0; entry->resources != NULL && entry->resources[i] != NULL; i++)
    if (!g_utf8_validate (entry->resources[i], -1, NULL))
      return posture_bus_result_new_error ("InvalidArgument", _("%s is not valid UTF-8."), "Resources");
  if (entry->time < MIN_TIME || entry->time > MAX_TIME)
    return posture_bus_result_new_error ("InvalidArgument", _("%s is out of range."), "Time");
  return NULL;
}
