/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-find.h"
#include "app/ctl-output.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <limits.h>
#include <unistd.h>

#define FOLLOW_PAGE 20
/* No journal ever gets here; a JSON number still holds it. */
#define LAST_SEQUENCE (G_GINT64_CONSTANT (1) << 53)

/* The newest event's place in the journal, which can be read forwards only: each step halves where
 * it can be. Gives -1 with @error set. */
static gint64
find_last (PostureBus *bus,
           GError    **error)
{
  gint64 low = 0, high = LAST_SEQUENCE; /* the last one is in between */

  while (low < high)
    {
      gint64 middle = low + (high - low) / 2;
      g_autoptr (GPtrArray) page = posture_bus_list_events (bus, middle, 1, error);

      if (page == NULL)
        return -1;
      if (page->len > 0)
        low = ((PostureJournalEntry *) g_ptr_array_index (page, 0))->sequence;
      else
        high = middle;
    }
  return low;
}

/* The newest events, oldest of them first. Looks further back as long as gaps leave too few. */
static GPtrArray *
list_newest (PostureBus *bus,
             guint       limit,
             GError    **error)
{
  gint64 last = find_last (bus, error);
  gint64 span = limit;
  GPtrArray *page = NULL;

  if (last < 0)
    return NULL;
  do
    {
      g_clear_pointer (&page, g_ptr_array_unref);
      page = posture_bus_list_events (bus, MAX (last - span, 0), G_MAXINT, error);
      span *= 2;
    }
  while (page != NULL && page->len < limit && last - span / 2 > 0);
  if (page != NULL && page->len > limit)
    g_ptr_array_remove_range (page, 0, page->len - limit);
  return page;
}

static void
print_line (PostureEvent *event)
{
  g_autofree char *moment = ctl_moment (posture_event_get_time (event));
  g_autofree char *type = ctl_harmless (posture_event_get_detail_type (event));
  g_autofree char *source = ctl_harmless (posture_event_get_source (event));

  ctl_print ("%s  %s  %s · %s\n", posture_event_get_id (event), moment, type, source);
}

/**
 * ctl_events_list:
 * @ctl: the run
 *
 * `posturectl events list`: the newest events.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_events_list (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  events = list_newest (posture_platform_get_bus (ctl->platform), (guint) ctl->limit, &error);
  if (events == NULL)
    return ctl_fail (error);
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < events->len; i++)
    {
      PostureEvent *event = ((PostureJournalEntry *) g_ptr_array_index (events, i))->event;

      posture_json_writer_canonical (writer, posture_event_get_text (event));
      if (!ctl->json)
        print_line (event);
    }
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else if (events->len == 0)
    ctl_print ("%s\n", _("There is no event yet. Submitting an assessment puts the first one."));
  return CTL_OK;
}

static void
print_event (PostureEvent *event)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  const char *const *resources = posture_event_get_resources (event);
  g_autofree char *text = NULL;

  print_line (event);
  if (posture_event_get_account (event)[0] != '\0')
    ctl_print_wrapped (_("Space: "), 2, posture_event_get_account (event));
  for (guint i = 0; resources[i] != NULL; i++)
    ctl_print_wrapped (_("About: "), 2, resources[i]);
  posture_json_writer_node (writer, posture_event_get_detail (event));
  text = posture_json_writer_finish_text (writer);
  ctl_print_wrapped ("", 0, text);
}

/**
 * ctl_events_show:
 * @ctl: the run
 *
 * `posturectl events show`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_events_show (Ctl *ctl)
{
  g_autoptr (PostureEvent) event = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status == CTL_OK)
    id = ctl_find_event (ctl, ctl->arguments[0], &status);
  if (id == NULL)
    return status;
  event = posture_bus_dup_event (posture_platform_get_bus (ctl->platform), id, &error);
  if (error != NULL)
    return ctl_fail (error);
  if (event == NULL)
    return ctl_error (CTL_NOT_FOUND, _("The event %s has left the journal."), id);
  if (!ctl->json)
    {
      print_event (event);
      return CTL_OK;
    }
  ctl_print ("%s\n", posture_event_get_text (event));
  return CTL_OK;
}

/* Printing what is new, as long as nobody stops it. Who reads may take their time: meanwhile the
 * main context runs, since this process may be the one that delivers events. */
typedef struct
{
  PostureBus *bus;
  gint64 last;
  GString *lines; /* what is being written */
  gsize written;
  guint write_id;
  gboolean stopped;
  CtlStatus status;
} Following;

static gboolean write_cb (int          fd,
                          GIOCondition condition,
                          gpointer     data);

/* Takes a page of what is new, unless the last one is still being written. */
static void
look_for_new (Following *following)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = NULL;

  if (following->write_id != 0 || following->stopped)
    return;
  page = posture_bus_list_events (following->bus, following->last, FOLLOW_PAGE, &error);
  if (page == NULL)
    {
      following->status = ctl_fail (error);
      following->stopped = TRUE;
      return;
    }
  g_string_truncate (following->lines, 0);
  following->written = 0;
  for (guint i = 0; i < page->len; i++)
    {
      const PostureJournalEntry *entry = g_ptr_array_index (page, i);

      g_string_append (following->lines, posture_event_get_text (entry->event));
      g_string_append_c (following->lines, '\n');
      following->last = entry->sequence;
    }
  if (page->len > 0)
    following->write_id = g_unix_fd_add (STDOUT_FILENO, G_IO_OUT | G_IO_ERR | G_IO_HUP | G_IO_NVAL,
                                         write_cb, following);
}

/* A pipe that can be written takes this much at once without waiting. */
static gboolean
write_cb (int          fd,
          GIOCondition condition,
          gpointer     data)
{
  Following *following = data;
  gsize left = following->lines->len - following->written;
  gssize length = write (fd, following->lines->str + following->written, MIN (left, PIPE_BUF));

  if (length < 0 && errno != EINTR && errno != EAGAIN)
    {
      following->status = ctl_error (CTL_FAILED, _("The output could not be written: %s."),
                                     g_strerror (errno));
      following->stopped = TRUE;
    }
  following->written += (gsize) MAX (length, 0);
  if (!following->stopped && following->written < following->lines->len)
    return G_SOURCE_CONTINUE;
  following->write_id = 0;
  look_for_new (following);
  return G_SOURCE_REMOVE;
}

static gboolean
stopped_cb (gpointer data)
{
  Following *following = data;

  following->stopped = TRUE;
  return G_SOURCE_CONTINUE;
}

/**
 * ctl_events_follow:
 * @ctl: the run
 *
 * `posturectl events follow`: prints every new event as one line of JSON until
 * the program is stopped.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_events_follow (Ctl *ctl)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  guint ids[G_N_ELEMENTS (signals)];
  gulong changed_id, elsewhere_id;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  Following following = { NULL };
  PostureStore *store;
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  following.lines = lines;
  following.bus = posture_platform_get_bus (ctl->platform);
  following.last = find_last (following.bus, &error);
  if (following.last < 0)
    return ctl_fail (error);
  store = posture_platform_get_store (ctl->platform);
  changed_id = g_signal_connect_swapped (store, "changed", G_CALLBACK (look_for_new), &following);
  elsewhere_id = g_signal_connect_swapped (store, "changed-elsewhere", G_CALLBACK (look_for_new),
                                           &following);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    ids[i] = g_unix_signal_add (signals[i], stopped_cb, &following);
  ctl_note (_("Waiting for events; Ctrl-C ends it."));
  while (!following.stopped)
    g_main_context_iteration (NULL, /* may_block = */ TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (ids[i]);
  if (following.write_id != 0)
    g_source_remove (following.write_id);
  g_signal_handler_disconnect (store, changed_id);
  g_signal_handler_disconnect (store, elsewhere_id);
  return following.status;
}
