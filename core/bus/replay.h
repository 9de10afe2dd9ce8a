/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"

G_BEGIN_DECLS

/* So many replays can run at a time, as with Amazon EventBridge. */
#define POSTURE_REPLAY_MAX_RUNNING 10

/**
 * PostureReplayState:
 * @POSTURE_REPLAY_RUNNING: it goes on while somebody dispatches
 * @POSTURE_REPLAY_COMPLETED: all of it has arrived, or was given up
 * @POSTURE_REPLAY_CANCELLED: somebody has ended it
 *
 * How a replay stands.
 */
typedef enum
{
  POSTURE_REPLAY_RUNNING,
  POSTURE_REPLAY_COMPLETED,
  POSTURE_REPLAY_CANCELLED,
} PostureReplayState;

/**
 * PostureReplay:
 * @name: its name
 * @begin: events that were put before are left out, in milliseconds since 1970
 * @end: so are those that were put then or later
 * @rules: (array zero-terminated=1): the rules that it is for; none means all
 * @state: how it stands
 * @events: how many events were taken from the archive
 * @deliveries: how many deliveries that made
 * @pending: how many of them have not arrived
 * @remaining: how many events are still to be taken
 * @started: when it was started
 * @ended: when it ended, 0 if it has not
 *
 * A replay: events of the archive that go to the targets of rules once more.
 */
typedef struct
{
  char *name;
  gint64 begin;
  gint64 end;
  char **rules;
  PostureReplayState state;
  gint64 events;
  gint64 deliveries;
  gint64 pending;
  gint64 remaining;
  gint64 started;
  gint64 ended;
} PostureReplay;

GPtrArray     *posture_bus_list_replays     (PostureBus         *self,
                                             GError            **error);
PostureReplay *posture_bus_dup_replay       (PostureBus         *self,
                                             const char         *name,
                                             GError            **error);
gboolean       posture_bus_start_replay     (PostureBus         *self,
                                             const char         *name,
                                             gint64              begin,
                                             gint64              end,
                                             const char *const  *rules,
                                             GError            **error);
gboolean       posture_bus_cancel_replay    (PostureBus         *self,
                                             const char         *name,
                                             GError            **error);
const char    *posture_replay_state_to_text (PostureReplayState  state);
void           posture_replay_free          (PostureReplay      *replay);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureReplay, posture_replay_free)

G_END_DECLS
