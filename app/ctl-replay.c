/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-output.h"

#include "bus/replay.h"

#include <glib/gi18n.h>

static const char *
name_state (PostureReplayState state)
{
  switch (state)
    {
    case POSTURE_REPLAY_RUNNING: return _("running");
    case POSTURE_REPLAY_COMPLETED: return _("completed");
    case POSTURE_REPLAY_CANCELLED: return _("cancelled");
    default: g_assert_not_reached ();
    }
}

static CtlStatus
fail_replay (const GError *error)
{
  if (g_error_matches (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND))
    return ctl_error (CTL_NOT_FOUND, "%s", error->message);
  if (g_error_matches (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION) ||
      g_error_matches (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_EXISTS))
    return ctl_error (CTL_FAULTS, "%s", error->message);
  return ctl_fail (error);
}

static void
write_time (PostureJsonWriter *writer,
            const char        *key,
            gint64             time)
{
  g_autofree char *text = time > 0 && time < G_MAXINT64 ? posture_time_to_text (time) : NULL;

  if (text != NULL)
    posture_json_writer_member_string (writer, key, text);
}

static void
write_replay (PostureJsonWriter   *writer,
              const PostureReplay *replay)
{
  posture_json_writer_begin_object (writer);
  posture_json_writer_member_int (writer, "deliveries", replay->deliveries);
  write_time (writer, "ended", replay->ended);
  posture_json_writer_member_int (writer, "events", replay->events);
  write_time (writer, "from", replay->begin);
  posture_json_writer_member_string (writer, "name", replay->name);
  posture_json_writer_member_int (writer, "pending", replay->pending);
  posture_json_writer_member_int (writer, "remaining", replay->remaining);
  posture_json_writer_key (writer, "rules");
  posture_json_writer_begin_array (writer);
  for (guint i = 0; replay->rules[i] != NULL; i++)
    posture_json_writer_string (writer, replay->rules[i]);
  posture_json_writer_end_array (writer);
  write_time (writer, "started", replay->started);
  posture_json_writer_member_string (writer, "state", posture_replay_state_to_text (replay->state));
  write_time (writer, "until", replay->end);
  posture_json_writer_end_object (writer);
}

static void
print_replay (const PostureReplay *replay)
{
  g_autofree char *started = ctl_moment (replay->started);
  g_autofree char *rules = g_strjoinv (", ", replay->rules);
  gint64 total = replay->events + replay->remaining;

  ctl_print ("%s  %s  %s  → %s\n", replay->name, started, name_state (replay->state),
             replay->rules[0] != NULL ? rules : _("all rules"));
  ctl_print (ngettext ("  %lld of %lld event", "  %lld of %lld events", (gulong) total), (long long) replay->events,
             (long long) total);
  ctl_print (ngettext (", %lld delivery", ", %lld deliveries", (gulong) replay->deliveries),
             (long long) replay->deliveries);
  if (replay->pending > 0)
    ctl_print (ngettext (", %lld of them waits", ", %lld of them wait", (gulong) replay->pending),
               (long long) replay->pending);
  ctl_print ("\n");
}

/**
 * ctl_replay_list:
 * @ctl: the run
 *
 * `posturectl replay list`: the replays and how far they have come.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_replay_list (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GPtrArray) replays = NULL;
  g_autoptr (GError) error = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  replays = posture_bus_list_replays (posture_platform_get_bus (ctl->platform), &error);
  if (replays == NULL)
    return ctl_fail (error);
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < replays->len; i++)
    if (ctl->json)
      write_replay (writer, g_ptr_array_index (replays, i));
    else
      print_replay (g_ptr_array_index (replays, i));
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else if (replays->len == 0)
    ctl_print ("%s\n", _("Nothing was replayed."));
  return CTL_OK;
}

/* A day, or a time with its zone; nothing leaves @ret_time as it is. */
static CtlStatus
read_time (const char *option,
           const char *text,
           gint64     *ret_time)
{
  g_autofree char *midnight = NULL;

  if (text == NULL || posture_time_from_text (text, ret_time))
    return CTL_OK;
  midnight = g_strconcat (text, "T00:00:00Z", NULL);
  if (posture_time_from_text (midnight, ret_time))
    return CTL_OK;
  return ctl_error (CTL_USAGE, _("%s takes a day such as 2026-12-24, or a time such as 2026-12-24T08:00:00Z."), option);
}

/**
 * ctl_replay_start:
 * @ctl: the run
 *
 * `posturectl replay start`: gives events of the archive to rules once more.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_replay_start (Ctl *ctl)
{
  const char *const *rules = (const char *const *) ctl->arguments + 1;
  g_autoptr (GError) error = NULL;
  gint64 begin = 0, end = G_MAXINT64;
  CtlStatus status = read_time ("--from", ctl->from, &begin);

  if (status == CTL_OK)
    status = read_time ("--until", ctl->until, &end);
  if (status == CTL_OK)
    status = ctl_open (ctl);
  if (status != CTL_OK)
    return status;
  if (!posture_bus_start_replay (posture_platform_get_bus (ctl->platform), ctl->arguments[0], begin, end, rules,
                                 &error))
    return fail_replay (error);
  if (!ctl->json)
    ctl_print ("%s\n", _("It goes on while Posture runs. “posturectl replay list” tells how far it is."));
  return CTL_OK;
}

/**
 * ctl_replay_cancel:
 * @ctl: the run
 *
 * `posturectl replay cancel`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_replay_cancel (Ctl *ctl)
{
  g_autoptr (GError) error = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  return posture_bus_cancel_replay (posture_platform_get_bus (ctl->platform), ctl->arguments[0], &error)
           ? CTL_OK
           : fail_replay (error);
}
