/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-input.h"
#include "app/ctl-output.h"

#include <glib/gi18n.h>

/* What is to be put, as it stands in a file. */
typedef struct
{
  PostureBusEntry entry;
  char *detail;
  GPtrArray *resources;
} Entry;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->detail);
  g_clear_pointer (&entry->resources, g_ptr_array_unref);
}

static const char *
get_text (const PostureJsonNode *node,
          const char            *name)
{
  const PostureJsonNode *member = posture_json_node_get_member (node, name);

  return member != NULL && posture_json_node_get_kind (member) == POSTURE_JSON_STRING
           ? posture_json_node_get_string (member)
           : NULL;
}

static gboolean
is_text (const PostureJsonNode *node)
{
  return node == NULL || posture_json_node_get_kind (node) == POSTURE_JSON_STRING ||
         posture_json_node_get_kind (node) == POSTURE_JSON_NULL;
}

static gboolean
is_list_of_texts (const PostureJsonNode *node)
{
  gboolean is = node == NULL || posture_json_node_get_kind (node) == POSTURE_JSON_ARRAY ||
                posture_json_node_get_kind (node) == POSTURE_JSON_NULL;

  for (guint i = 0; is && node != NULL && i < posture_json_node_get_length (node); i++)
    is = posture_json_node_get_kind (posture_json_node_get_element (node, i)) == POSTURE_JSON_STRING;
  return is;
}

/* The member that is of the wrong kind, %NULL if none is: a key or a group that was passed over would take away what
 * it promises. What is wrong with the detail, the bus tells. */
static const char *
find_wrong (const PostureJsonNode *node)
{
  static const char *const texts[] = { "Source", "DetailType", "Time", "Group", "Key" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!is_text (posture_json_node_get_member (node, texts[i])))
      return texts[i];
  return is_list_of_texts (posture_json_node_get_member (node, "Resources")) ? NULL : "Resources";
}

/* The member that an entry of PutEvents does not have, %NULL if there is none: a guarantee whose name is misspelled
 * would be passed over. There is one bus, and nothing traces: what names them is of no use, and does no harm. */
static const char *
find_unknown (const PostureJsonNode *node)
{
  static const char *const known[] = {
    "Source", "DetailType", "Detail", "Resources", "Time", "Group", "Key", "EventBusName", "TraceHeader", NULL
  };

  for (guint i = 0; i < posture_json_node_get_length (node); i++)
    if (!g_strv_contains (known, posture_json_node_get_key (node, i)))
      return posture_json_node_get_key (node, i);
  return NULL;
}

/* The words are those of EventBridge's PutEvents; the detail may be an object, too. */
static void
read_entry (const PostureJsonNode *node,
            Entry                 *entry)
{
  const PostureJsonNode *detail = posture_json_node_get_member (node, "Detail");
  const PostureJsonNode *resources = posture_json_node_get_member (node, "Resources");
  const char *time = get_text (node, "Time");

  entry->entry.source = get_text (node, "Source");
  entry->entry.detail_type = get_text (node, "DetailType");
  entry->entry.group = get_text (node, "Group");
  entry->entry.key = get_text (node, "Key");
  if (detail != NULL)
    entry->detail = posture_json_node_get_kind (detail) == POSTURE_JSON_STRING
                      ? g_strdup (posture_json_node_get_string (detail))
                      : posture_json_node_to_text (detail);
  entry->entry.detail = entry->detail;
  if (time != NULL && !posture_time_from_text (time, &entry->entry.time))
    entry->entry.time = G_MAXINT64; /* out of range, and told so */
  entry->resources = g_ptr_array_new ();
  for (guint i = 0; resources != NULL && i < posture_json_node_get_length (resources); i++)
    g_ptr_array_add (entry->resources,
                     (gpointer) posture_json_node_get_string (posture_json_node_get_element (resources, i)));
  g_ptr_array_add (entry->resources, NULL);
  entry->entry.resources = (const char *const *) entry->resources->pdata;
}

static CtlStatus
read_entries (const char            *name,
              const PostureJsonNode *root,
              GArray                *list)
{
  gboolean many = posture_json_node_get_kind (root) == POSTURE_JSON_ARRAY;
  guint length = many ? posture_json_node_get_length (root) : 1;

  for (guint i = 0; i < length; i++)
    {
      const PostureJsonNode *node = many ? posture_json_node_get_element (root, i) : root;
      Entry entry = { { NULL } };
      const char *wrong;

      if (posture_json_node_get_kind (node) != POSTURE_JSON_OBJECT)
        return ctl_error (CTL_FAULTS, _("%s is no event and no list of events."), name);
      wrong = find_wrong (node);
      if (wrong != NULL)
        return ctl_error (CTL_FAULTS, _("%s, event %u: “%s” is of the wrong kind. Resources is a list of texts; the rest, but for Detail, are texts."),
                          name, i + 1, wrong);
      wrong = find_unknown (node);
      if (wrong != NULL)
        {
          g_autofree char *shown = ctl_harmless (wrong);

          return ctl_error (CTL_FAULTS, _("%s, event %u: there is no “%s” in an event that is put."), name, i + 1, shown);
        }
      read_entry (node, &entry);
      g_array_append_val (list, entry);
    }
  return CTL_OK;
}

static CtlStatus
print_results (Ctl       *ctl,
               GPtrArray *results)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  CtlStatus status = CTL_OK;

  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < results->len; i++)
    {
      const PostureBusResult *result = g_ptr_array_index (results, i);

      posture_json_writer_begin_object (writer);
      if (result->error_code != NULL)
        {
          posture_json_writer_member_string (writer, "ErrorCode", result->error_code);
          posture_json_writer_member_string (writer, "ErrorMessage", result->error_message);
          status = CTL_FAULTS;
        }
      else
        posture_json_writer_member_string (writer, "EventId", result->event_id);
      posture_json_writer_end_object (writer);
      if (!ctl->json && result->error_code != NULL)
        ctl_error (CTL_FAULTS, _("Event %u was not put. %s: %s"), i + 1, result->error_code, result->error_message);
      else if (!ctl->json)
        ctl_print ("%s\n", result->event_id);
    }
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  return status;
}

/**
 * ctl_events_put:
 * @ctl: the run
 *
 * `posturectl events put`: puts the events of a file, one or an array of them.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_events_put (Ctl *ctl)
{
  g_autoptr (PostureJsonDocument) document = NULL;
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (PostureBusEntry));
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  CtlStatus status;

  g_array_set_clear_func (list, entry_clear);
  bytes = ctl_read_file (ctl->arguments[0], ctl->arguments[0], &status);
  if (bytes == NULL)
    return status;
  document = posture_json_document_new (bytes, &posture_json_limits_default, &error);
  if (document == NULL)
    return ctl_error (CTL_FAULTS, "%s: %s", ctl->arguments[0], error->message);
  status = read_entries (ctl->arguments[0], posture_json_document_get_root (document), list);
  if (status != CTL_OK)
    return status;
  for (guint i = 0; i < list->len; i++)
    g_array_append_val (entries, g_array_index (list, Entry, i).entry);
  status = ctl_open (ctl);
  if (status != CTL_OK)
    return status;
  results = posture_bus_put (posture_platform_get_bus (ctl->platform), (PostureBusEntry *) entries->data, entries->len,
                             &error);
  if (g_error_matches (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION))
    return ctl_error (CTL_FAULTS, "%s", error->message);
  return results != NULL ? print_results (ctl, results) : ctl_fail (error);
}
