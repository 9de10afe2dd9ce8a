/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus-error.h"
#include "bus/input.h"
#include "bus/target.h"
#include "store/clock.h"
#include "store/store.h"

G_BEGIN_DECLS

/* The limits of a put, as Amazon EventBridge has them. */
#define POSTURE_BUS_MAX_ENTRIES 10
#define POSTURE_BUS_MAX_PUT_SIZE (256 * 1024)
/* The longest detail type, in characters. */
#define POSTURE_BUS_MAX_DETAIL_TYPE 128
/* A detail that may travel by digest does so when it is longer. */
#define POSTURE_BUS_MAX_INLINE_SIZE (240 * 1024)
/* The longest name of a group, and the longest key. */
#define POSTURE_BUS_MAX_NAME 128
/* How long a key is remembered, in milliseconds. */
#define POSTURE_BUS_KEY_AGE (5 * 60 * 1000)

/**
 * PostureBusEntry:
 * @source: who says it; it does not begin with `aws.`
 * @detail_type: what kind of event it is, in at most 128 characters
 * @detail: a JSON object
 * @account: (nullable): the space that it belongs to; %NULL for none
 * @resources: (nullable) (array zero-terminated=1): ids of what it is about
 * @time: when it happened, in milliseconds since 1970; 0 for now
 * @by_digest: whether a detail of more than 240 KiB travels by its digest: the
 *   envelope has `{"digest": …, "size": …}` in its place, the bus keeps it
 *   beside the event, and targets get it as if it stood there. It may have 16
 *   MiB then; patterns do not see it.
 * @group: (nullable): events of one group reach each target in the order in
 *   which they were put; one that is stuck holds up those behind it, and no
 *   other group. At most 128 bytes.
 * @key: (nullable): an event with the same key as one that was put within the
 *   last five minutes is not put again; its result is the first one's id. At
 *   most 128 bytes.
 *
 * An event that is to be put. Everything is lent.
 */
typedef struct
{
  const char *source;
  const char *detail_type;
  const char *detail;
  const char *account;
  const char *const *resources;
  gint64 time;
  gboolean by_digest;
  const char *group;
  const char *key;
} PostureBusEntry;

/**
 * PostureBusResult:
 * @event_id: (nullable): the id of the event that was put
 * @error_code: (nullable): or why it was not: `InvalidArgument`, `MalformedDetail`,
 *   `NotAuthorizedForSourceException`
 * @error_message: (nullable): the same for a person
 *
 * What became of one entry.
 */
typedef struct
{
  char *event_id;
  char *error_code;
  char *error_message;
} PostureBusResult;

/**
 * PostureRetryPolicy:
 * @max_attempts: how often a delivery is tried in all, at least 1
 * @max_age: how long, in milliseconds since the event was put
 * @base_delay: the first pause lasts at most this long, in milliseconds; each
 *   further one twice as long
 * @max_delay: no pause lasts longer
 *
 * How a target is retried. A pause is drawn between 0 and its length, so that
 * deliveries that failed together do not come back together.
 */
typedef struct
{
  guint max_attempts;
  gint64 max_age;
  gint64 base_delay;
  gint64 max_delay;
} PostureRetryPolicy;

/* 185 attempts within 24 hours are the defaults of Amazon EventBridge. */
extern const PostureRetryPolicy posture_retry_policy_default;

/**
 * PostureBusFigures:
 * @put: events that were ever put
 * @matched: deliveries that rules, replays and retried dead letters ever made
 * @delivered: those of them that have arrived
 * @retried: attempts that failed and were, or will be, made again
 * @events: events in the journal
 * @pending: deliveries that wait
 * @retrying: those of them that failed before
 * @dead: dead letters
 * @oldest_pending: since when the first pending delivery waits, in milliseconds
 *   since 1970; 0 if none does
 *
 * How the bus is doing.
 */
typedef struct
{
  gint64 put;
  gint64 matched;
  gint64 delivered;
  gint64 retried;
  gint64 events;
  gint64 pending;
  gint64 retrying;
  gint64 dead;
  gint64 oldest_pending;
} PostureBusFigures;

/**
 * PostureJournalEntry:
 * @sequence: its place in the journal, growing
 * @event: the event
 *
 * An event as it stands in the journal.
 */
typedef struct
{
  gint64 sequence;
  PostureEvent *event;
} PostureJournalEntry;

/**
 * PostureDeadLetter:
 * @id: its number
 * @event: the event
 * @rule: the rule that matched
 * @target: the target that did not take it
 * @attempts: how often it was tried
 * @reason: why it failed last
 * @time: when it was given up, in milliseconds since 1970
 *
 * A delivery that was given up.
 */
typedef struct
{
  gint64 id;
  PostureEvent *event;
  char *rule;
  char *target;
  guint attempts;
  char *reason;
  gint64 time;
} PostureDeadLetter;

extern const PostureStoreModule posture_bus_store_module;

#define POSTURE_TYPE_BUS (posture_bus_get_type ())
G_DECLARE_FINAL_TYPE (PostureBus, posture_bus, POSTURE, BUS, GObject)

PostureBus *posture_bus_new               (PostureStore              *store,
                                           PostureClock              *clock);
void        posture_bus_add_target        (PostureBus                *self,
                                           const char                *name,
                                           PostureTarget             *target,
                                           const PostureRetryPolicy  *policy);
void        posture_bus_set_input         (PostureBus                *self,
                                           const char                *name,
                                           PostureInput              *input);
void        posture_bus_remove_target     (PostureBus                *self,
                                           const char                *name);
gboolean    posture_bus_put_rule          (PostureBus                *self,
                                           const char                *name,
                                           const char                *pattern,
                                           const char *const         *targets,
                                           GError                   **error);
gboolean    posture_bus_remove_rule       (PostureBus                *self,
                                           const char                *name,
                                           GError                   **error);
void        posture_bus_set_patience      (PostureBus                *self,
                                           gint64                     patience);
void        posture_bus_start             (PostureBus                *self);
void        posture_bus_land              (PostureBus                *self,
                                           guint                      patience);
void        posture_bus_stop              (PostureBus                *self);
gboolean    posture_bus_is_running        (PostureBus                *self);

GPtrArray  *posture_bus_put               (PostureBus                *self,
                                           const PostureBusEntry     *entries,
                                           guint                      n_entries,
                                           GError                   **error);
void        posture_bus_put_async         (PostureBus                *self,
                                           const PostureBusEntry     *entries,
                                           guint                      n_entries,
                                           GCancellable              *cancellable,
                                           GAsyncReadyCallback        callback,
                                           gpointer                   user_data);
GPtrArray  *posture_bus_put_finish        (PostureBus                *self,
                                           GAsyncResult              *result,
                                           GError                   **error);
GPtrArray  *posture_bus_put_in            (PostureBus                *self,
                                           PostureTransaction        *transaction,
                                           const PostureBusEntry     *entries,
                                           guint                      n_entries,
                                           GError                   **error);
gboolean    posture_bus_forget_in         (PostureBus                *self,
                                           PostureTransaction        *transaction,
                                           const char                *resource,
                                           GError                   **error);

GPtrArray  *posture_bus_list_events       (PostureBus                *self,
                                           gint64                     after,
                                           guint                      limit,
                                           GError                   **error);
PostureEvent *posture_bus_dup_event       (PostureBus                *self,
                                           const char                *id,
                                           GError                   **error);
gboolean    posture_bus_retry_dead_letter (PostureBus                *self,
                                           gint64                     id,
                                           gint64                    *ret_count,
                                           GError                   **error);
gboolean    posture_bus_purge_dead_letter (PostureBus                *self,
                                           gint64                     id,
                                           gint64                    *ret_count,
                                           GError                   **error);
GPtrArray  *posture_bus_list_dead_letters (PostureBus                *self,
                                           gint64                     after,
                                           guint                      limit,
                                           GError                   **error);
gboolean    posture_bus_get_figures       (PostureBus                *self,
                                           PostureBusFigures         *ret_figures,
                                           GError                   **error);

G_END_DECLS
