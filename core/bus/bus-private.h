/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"
#include "bus/input.h"
#include "bus/computation-pool-private.h"
#include "bus/rule.h"

#include "pattern/matcher.h"

G_BEGIN_DECLS

/* The rules as one version of the table has them; shared between threads, never changed. */
typedef struct
{
  gatomicrefcount references;
  gint64 version;
  PostureMatcher *matcher;
  GHashTable *targets; /* rule name -> strv of target names */
  GHashTable *own;     /* names of the targets of managed rules */
  GHashTable *paused;  /* names of rules that match, and whose deliveries wait */
  gboolean archive_all;
} PostureRules;

/* The archive is matched as a rule whose name no rule can have. */
#define POSTURE_ARCHIVE_RULE ""

typedef struct
{
  PostureTarget *target;
  PostureRetryPolicy policy;
  PostureInput *input; /* (nullable): NULL for the event as it is */
} PostureTargetEntry;

/* One event on its way to one target because of one rule: a row of the journal, unless it arrives in the
 * transaction that put the event. */
typedef struct
{
  gint64 id;
  gint64 sequence; /* of the event */
  PostureEvent *event;
  char *rule;
  char *target;
  char *group;    /* (nullable) */
  char *replay;   /* (nullable): the replay that it belongs to */
  guint attempts; /* that have failed */
  gint64 put;     /* when the event was put, in milliseconds since 1970 */
  gint64 since;   /* from when its age counts: the same, or when it was replayed */
  PostureComputation *computation; /* (nullable): what its target works out */
} PostureDelivery;

/* What was put just now, on the short way to the dispatcher. */
typedef struct _PostureHandover PostureHandover;

/* What a put has to know of the journal, and the stamp of the transaction that it holds for. */
typedef struct
{
  gint64 stamp;
  gint64 rules_version;
  gint64 last_sequence;
  gint64 last_delivery;
} PostureJournalState;

/* bus.c */
PostureStore       *posture_bus_get_store    (PostureBus *self);
PostureClock       *posture_bus_get_clock    (PostureBus *self);
PostureTargetEntry *posture_bus_dup_target   (PostureBus *self,
                                              const char *name);
PostureComputationPool *posture_bus_get_computations (PostureBus *self);
PostureHandover    *posture_bus_get_handover (PostureBus *self);
gint64              posture_bus_get_patience (PostureBus *self);
PostureJournalState *posture_bus_get_journal_state (PostureBus *self);
char              **posture_bus_dup_prompt   (PostureBus *self);
gboolean            posture_bus_is_prompt    (PostureBus *self,
                                              const char *target);
PostureRules       *posture_bus_dup_rules    (PostureBus *self);
void                posture_bus_take_rules   (PostureBus *self,
                                              PostureRules *rules);
void                posture_target_entry_free (PostureTargetEntry *entry);

/* put-check.c */
gboolean          posture_bus_check_put         (const PostureBusEntry *entries,
                                                 guint                  n_entries,
                                                 GError               **error);
PostureBusResult *posture_bus_check_entry       (const PostureBusEntry *entry);
gboolean          posture_bus_travels_by_digest (const PostureBusEntry *entry);
PostureBusResult *posture_bus_result_new_error  (const char            *code,
                                                 const char            *format,
                                                 const char            *argument);

/* rules.c */
PostureRules *posture_rules_new_empty (void);
PostureRules *posture_rules_load      (PostureTransaction  *transaction,
                                       gint64               version,
                                       GError             **error);
gboolean      posture_rules_get_version (PostureTransaction *transaction,
                                         gint64             *ret_version,
                                         GError            **error);
PostureRules *posture_rules_ref       (PostureRules        *self);
void          posture_rules_unref     (PostureRules        *self);
void          posture_bus_load_rules   (PostureBus         *bus);
void          posture_bus_reload_rules (PostureBus         *bus);

/* delivery.c */
GPtrArray *posture_delivery_read_due  (PostureTransaction        *transaction,
                                       GHashTable                *known,
                                       const char *const         *without,
                                       gint64                     now,
                                       guint                      limit,
                                       GError                   **error);
gboolean   posture_delivery_insert    (PostureTransaction        *transaction,
                                       const PostureDelivery     *delivery,
                                       GError                   **error);
gboolean   posture_delivery_is_behind (PostureTransaction        *transaction,
                                       const char                *target,
                                       gboolean                  *ret_behind,
                                       GError                   **error);
gboolean   posture_delivery_next_due  (PostureTransaction        *transaction,
                                       gint64                     now,
                                       gint64                    *ret_due,
                                       GError                   **error);
gboolean   posture_delivery_is_first  (PostureTransaction        *transaction,
                                       const PostureDelivery     *delivery,
                                       gboolean                  *ret_first,
                                       GError                   **error);
gboolean   posture_delivery_arrive    (PostureTransaction        *transaction,
                                       const PostureDelivery     *delivery,
                                       PostureTarget             *target,
                                       gpointer                   outcome,
                                       GError                   **error);
gboolean   posture_delivery_settle    (PostureTransaction        *transaction,
                                       const PostureDelivery     *delivery,
                                       PostureTarget             *target,
                                       gpointer                   outcome,
                                       GError                   **error);
gboolean   posture_delivery_fail      (PostureTransaction        *transaction,
                                       const PostureDelivery     *delivery,
                                       const PostureRetryPolicy  *policy,
                                       gint64                     now,
                                       const GError              *reason,
                                       GError                   **error);
PostureDelivery *posture_delivery_copy (const PostureDelivery    *delivery);
void       posture_delivery_free      (PostureDelivery           *delivery);
gboolean   posture_error_is_of_store  (const GError              *error);

/* arrival.c: what was put in the transaction that goes on */
gboolean   posture_arrivals_get_last  (PostureTransaction        *transaction,
                                       gint64                    *ret_last,
                                       GError                   **error);
gint64     posture_arrivals_find_last (PostureTransaction        *transaction);
void       posture_arrivals_set_last  (PostureTransaction        *transaction,
                                       gint64                     last);
gboolean   posture_arrivals_add       (PostureTransaction        *transaction,
                                       PostureBus                *bus,
                                       PostureDelivery           *delivery,
                                       gboolean                   paused,
                                       GError                   **error);
void       posture_arrivals_end       (PostureTransaction        *transaction,
                                       const PostureDelivery     *delivery);
GPtrArray *posture_arrivals_list      (PostureTransaction        *transaction,
                                       const char                *target);
gboolean   posture_arrivals_forget    (PostureTransaction        *transaction,
                                       const char                *resource,
                                       GError                   **error);
gboolean   posture_arrivals_close     (PostureTransaction        *transaction,
                                       gpointer                   data,
                                       GError                   **error);

/* prompt.c */
gboolean   posture_bus_deliver_promptly (PostureTransaction      *transaction,
                                         gpointer                 data,
                                         GError                 **error);

/* figures.c */
gboolean   posture_bus_read_figures   (PostureTransaction  *transaction,
                                       gpointer             data,
                                       GError             **error);

/* archive.c */
gboolean   posture_archive_join_rules (PostureTransaction  *transaction,
                                       PostureRules        *rules,
                                       GError             **error);
gint64     posture_archive_weigh      (const PostureRules  *rules,
                                       char               **matched,
                                       const char          *envelope,
                                       const char          *body);

/* names.c */
gboolean   posture_names_check        (const char         *name,
                                       GError            **error);
char      *posture_names_to_text      (const char *const  *names);
char     **posture_names_from_text    (const char         *text,
                                       GError            **error);

/* rule.c */
/* named-list.c: rows that have a name. */
typedef struct
{
  const char *sql_all;
  const char *sql_one; /* of the name ?1 */
  PostureRowFunc read;
  GDestroyNotify free_func;
} PostureNamedList;

GPtrArray *posture_bus_read_list  (PostureBus             *self,
                                   const PostureNamedList *table,
                                   const char             *name,
                                   GError                **error);
gpointer   posture_bus_read_named (PostureBus             *self,
                                   const PostureNamedList *table,
                                   const char             *name,
                                   GError                **error);

PostureRule *posture_rule_new_from_row (PostureStatement *row,
                                        GError          **error);

/* What runs with the bus; each is a PostureWorker and ends by posture_worker_stop(), after what is its own. */
typedef struct _PostureDispatcher PostureDispatcher;
typedef struct _PostureScheduler PostureScheduler;
typedef struct _PostureReplayer PostureReplayer;
typedef struct _PostureRetention PostureRetention;
PostureDispatcher *posture_dispatcher_new (PostureBus *bus);
void               posture_dispatcher_free (PostureDispatcher *self);
void               posture_dispatcher_end  (PostureDispatcher *self);
gboolean           posture_dispatcher_is_busy (PostureDispatcher *self);
gboolean           posture_dispatcher_has_more (PostureDispatcher *self);
PostureScheduler  *posture_scheduler_new  (PostureBus *bus);
PostureReplayer   *posture_replayer_new   (PostureBus *bus);
PostureRetention  *posture_retention_new  (PostureBus *bus);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureRules, posture_rules_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureDelivery, posture_delivery_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureTargetEntry, posture_target_entry_free)

/* What is said on the store when something was put, has become a row because it waits, and is handed to the dispatcher
 * or has to be looked for, or has arrived. */
#define POSTURE_BUS_TOPIC_PUT "bus.put"
#define POSTURE_BUS_TOPIC_HANDED "bus.handed"
#define POSTURE_BUS_TOPIC_WAITING "bus.waiting"
#define POSTURE_BUS_TOPIC_DELIVERED "bus.delivered"
#define POSTURE_BUS_TOPIC_RULES "bus.rules"
#define POSTURE_BUS_TOPIC_RETRY "bus.retry"
#define POSTURE_BUS_TOPIC_DEAD "bus.dead"
#define POSTURE_BUS_TOPIC_PRUNED "bus.pruned"
#define POSTURE_BUS_TOPIC_ARCHIVE "bus.archive"
#define POSTURE_BUS_TOPIC_REPLAYS "bus.replays"

/* sql.c */
extern const char posture_bus_sql_insert_event[];
extern const char *const posture_bus_sql_insert_events[POSTURE_BUS_MAX_ENTRIES];
extern const char posture_bus_sql_insert_detail[];
extern const char posture_bus_sql_insert_resource[];
extern const char posture_bus_sql_insert_delivery[];
extern const char posture_bus_sql_key[];
extern const char posture_bus_sql_targets[];
extern const char posture_bus_sql_put_target[];
extern const char posture_bus_sql_remove_target[];
extern const char posture_bus_sql_put_key[];
extern const char posture_bus_sql_prune_keys[];
extern const char posture_bus_sql_event_of_delivery[];
extern const char posture_bus_sql_is_first[];
extern const char posture_bus_sql_count_retry[];
extern const char posture_bus_sql_count_dropped[];
extern const char posture_bus_sql_revivable[];
extern const char posture_bus_sql_delete_dead[];
extern const char posture_bus_sql_rule[];
extern const char posture_bus_sql_set_rule_state[];
extern const char posture_bus_sql_scheduled[];
extern const char posture_bus_sql_set_next[];
extern const char posture_bus_sql_next_scheduled[];
extern const char posture_bus_sql_due[];
extern const char posture_bus_sql_last_delivery[];
extern const char posture_bus_sql_set_last_delivery[];
extern const char posture_bus_sql_is_behind[];
extern const char posture_bus_sql_due_bound[];
extern const char posture_bus_sql_due_behind[];
extern const char posture_bus_sql_next_due[];
extern const char posture_bus_sql_delete_delivery[];
extern const char posture_bus_sql_delay_delivery[];
extern const char posture_bus_sql_insert_dead[];
extern const char posture_bus_sql_state[];
extern const char posture_bus_sql_last_sequence[];
extern const char posture_bus_sql_keep_sequence[];
extern const char posture_bus_sql_rules[];
extern const char posture_bus_sql_put_rule[];
extern const char posture_bus_sql_remove_rule[];
extern const char posture_bus_sql_raise_version[];
extern const char posture_bus_sql_events[];
extern const char posture_bus_sql_event[];
extern const char posture_bus_sql_dead[];
extern const char posture_bus_sql_figures[];
extern const char posture_bus_sql_activity[];
extern const char posture_bus_sql_archive[];
extern const char posture_bus_sql_archive_figures[];
extern const char posture_bus_sql_set_archive[];
extern const char posture_bus_sql_archive_excess[];
extern const char posture_bus_sql_raise_floor[];
extern const char posture_bus_sql_replays[];
extern const char posture_bus_sql_replay[];
extern const char posture_bus_sql_running_replays[];
extern const char posture_bus_sql_count_running[];
extern const char posture_bus_sql_insert_replay[];
extern const char posture_bus_sql_end_replay[];
extern const char posture_bus_sql_drop_replayed[];
extern const char posture_bus_sql_replayable[];
extern const char posture_bus_sql_archived_event[];
extern const char posture_bus_sql_insert_replayed[];
extern const char posture_bus_sql_move_replay[];
extern const char posture_bus_sql_count_replayed[];
extern const char posture_bus_sql_has_replayed[];
extern const char posture_bus_sql_prune_replays[];
extern const char posture_bus_sql_sizes[];
extern const char posture_bus_sql_oldest[];
extern const char posture_bus_sql_kept[];
extern const char *const posture_bus_sql_delete_events[];
extern const char posture_bus_sql_count_forgotten[];
extern const char *const posture_bus_sql_prune_orphans[];
extern const char posture_bus_sql_prune_dead[];
extern const char posture_bus_sql_about[];

G_END_DECLS
