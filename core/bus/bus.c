/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"
#include "bus/handover-private.h"
#include "bus/spans-private.h"
#include "bus/worker-private.h"

/* Less than the sync that it saves takes on most disks. What takes longer comes in a transaction of its
 * own. */
#define PATIENCE (2 * G_TIME_SPAN_MILLISECOND)

struct _PostureBus
{
  GObject parent_instance;

  PostureStore *store;
  PostureClock *clock;
  PostureComputationPool *computations;
  PostureHandover *handover;
  PostureDispatcher *dispatcher; /* while running */
  PostureScheduler *scheduler;   /* the same */
  PostureReplayer *replayer;     /* the same */
  PostureRetention *retention;   /* the same */
  gint running;                  /* the same, for the store thread */
  gint64 patience;
  PostureJournalState journal; /* for the store thread */

  GMutex mutex; /* guards what follows */
  GHashTable *targets; /* name -> PostureTargetEntry */
  PostureRules *rules;
};

G_DEFINE_QUARK (posture-bus-error-quark, posture_bus_error)
G_DEFINE_FINAL_TYPE (PostureBus, posture_bus, G_TYPE_OBJECT)

const PostureRetryPolicy posture_retry_policy_default = {
  .max_attempts = 185,
  .max_age = 24 * G_GINT64_CONSTANT (3600000),
  .base_delay = 1000,
  .max_delay = 300000,
};

void
posture_target_entry_free (PostureTargetEntry *entry)
{
  g_object_unref (entry->target);
  g_clear_pointer (&entry->input, posture_input_unref);
  g_free (entry);
}

PostureStore *
posture_bus_get_store (PostureBus *self)
{
  return self->store;
}

PostureClock *
posture_bus_get_clock (PostureBus *self)
{
  return self->clock;
}

/* The target of a name, if there is one. Can be called from any thread. */
PostureTargetEntry *
posture_bus_dup_target (PostureBus *self,
                        const char *name)
{
  PostureTargetEntry *entry, *copy = NULL;

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->targets, name);
  if (entry != NULL)
    {
      copy = g_memdup2 (entry, sizeof *entry);
      g_object_ref (copy->target);
      if (copy->input != NULL)
        posture_input_ref (copy->input);
    }
  g_mutex_unlock (&self->mutex);
  return copy;
}

gint64
posture_bus_get_patience (PostureBus *self)
{
  return self->patience;
}

/* As the last put left it; only for the store thread. */
PostureJournalState *
posture_bus_get_journal_state (PostureBus *self)
{
  return &self->journal;
}

PostureComputationPool *
posture_bus_get_computations (PostureBus *self)
{
  return self->computations;
}

PostureHandover *
posture_bus_get_handover (PostureBus *self)
{
  return self->handover;
}

/* Whether a target can be called in the transaction of the put. */
static gboolean
is_prompt (PostureBus               *self,
           const PostureTargetEntry *entry)
{
  return g_atomic_int_get (&self->running)
         && (posture_target_is_direct (entry->target) || posture_target_computes (entry->target));
}

/* The names of the targets that can be called in the transaction of the put; none unless the bus runs. */
char **
posture_bus_dup_prompt (PostureBus *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name, entry;

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->targets);
  while (g_hash_table_iter_next (&iter, &name, &entry))
    if (is_prompt (self, entry))
      g_strv_builder_add (names, name);
  g_mutex_unlock (&self->mutex);
  return g_strv_builder_end (names);
}

/* The same for one target, which need not be there. */
gboolean
posture_bus_is_prompt (PostureBus *self,
                       const char *target)
{
  const PostureTargetEntry *entry;
  gboolean prompt;

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->targets, target);
  prompt = entry != NULL && is_prompt (self, entry);
  g_mutex_unlock (&self->mutex);
  return prompt;
}

PostureRules *
posture_bus_dup_rules (PostureBus *self)
{
  PostureRules *rules;

  g_mutex_lock (&self->mutex);
  rules = posture_rules_ref (self->rules);
  g_mutex_unlock (&self->mutex);
  return rules;
}

/* Adopts rules that are on disk. */
void
posture_bus_take_rules (PostureBus   *self,
                        PostureRules *rules)
{
  g_mutex_lock (&self->mutex);
  if (rules->version > self->rules->version)
    {
      PostureRules *old = self->rules;

      self->rules = rules;
      rules = old;
    }
  g_mutex_unlock (&self->mutex);
  posture_rules_unref (rules);
}

static void
posture_bus_dispose (GObject *object)
{
  PostureBus *self = POSTURE_BUS (object);

  posture_bus_stop (self);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (posture_bus_parent_class)->dispose (object);
}

static void
posture_bus_finalize (GObject *object)
{
  PostureBus *self = POSTURE_BUS (object);

  posture_computation_pool_free (self->computations);
  posture_handover_free (self->handover);
  g_hash_table_unref (self->targets);
  posture_rules_unref (self->rules);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (posture_bus_parent_class)->finalize (object);
}

static void
posture_bus_class_init (PostureBusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_bus_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_bus_finalize;
}

static void
posture_bus_init (PostureBus *self)
{
  g_mutex_init (&self->mutex);
  self->computations = posture_computation_pool_new ();
  self->handover = posture_handover_new ();
  self->patience = PATIENCE;
  self->rules = posture_rules_new_empty ();
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) posture_target_entry_free);
}

/**
 * posture_bus_new:
 * @store: an open store that was opened with [var@posture_bus_store_module];
 *   it must be closed before the bus goes
 * @clock: the clock
 *
 * Makes the bus of a profile. It takes events at once; it delivers them to
 * targets with something to prepare once posture_bus_start() was called.
 *
 * Returns: (transfer full): a new bus
 */
PostureBus *
posture_bus_new (PostureStore *store,
                 PostureClock *clock)
{
  PostureBus *self = g_object_new (POSTURE_TYPE_BUS, NULL);

  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  posture_bus_load_rules (self);
  posture_store_add_reaction (store, POSTURE_BUS_TOPIC_PUT, posture_bus_deliver_promptly, self);
  posture_store_add_closing (store, posture_arrivals_close, self);
  g_signal_connect_object (store, "changed::" POSTURE_BUS_TOPIC_RULES, G_CALLBACK (posture_bus_reload_rules),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed-elsewhere", G_CALLBACK (posture_bus_reload_rules), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * posture_bus_add_target:
 * @self: a bus
 * @name: its name, by which rules and the journal know it
 * @target: the target
 * @policy: (nullable): how it is retried; %NULL for 185 attempts within 24 hours
 *
 * Adds a target, or puts another one in the place of the one of that name.
 */
void
posture_bus_add_target (PostureBus               *self,
                        const char               *name,
                        PostureTarget            *target,
                        const PostureRetryPolicy *policy)
{
  PostureTargetEntry *entry = g_new0 (PostureTargetEntry, 1);

  entry->target = g_object_ref (target);
  entry->policy = policy != NULL ? *policy : posture_retry_policy_default;
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->targets, g_strdup (name), entry);
  g_mutex_unlock (&self->mutex);
}

/**
 * posture_bus_set_input:
 * @self: a bus
 * @name: the name of a target that was added and that sends
 * @input: (nullable): what it is to be given; %NULL for the event as it is
 *
 * Says what a target is given of each event.
 */
void
posture_bus_set_input (PostureBus   *self,
                       const char   *name,
                       PostureInput *input)
{
  PostureTargetEntry *entry;

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->targets, name);
  if (entry != NULL)
    {
      g_clear_pointer (&entry->input, posture_input_unref);
      entry->input = input != NULL ? posture_input_ref (input) : NULL;
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * posture_bus_remove_target:
 * @self: a bus
 * @name: a target's name
 *
 * Takes a target away. What was matched for it waits for another one of that
 * name, as long as the retry policy goes.
 */
void
posture_bus_remove_target (PostureBus *self,
                           const char *name)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->targets, name);
  g_mutex_unlock (&self->mutex);
}

/**
 * posture_bus_set_patience:
 * @self: a bus that does not run
 * @patience: how long, in microseconds
 *
 * Says how long the transaction of a put waits at most for targets that
 * compute, so that their effect is in it: 2 ms unless something else is said.
 */
void
posture_bus_set_patience (PostureBus *self,
                          gint64      patience)
{
  g_return_if_fail (self->dispatcher == NULL);

  self->patience = patience;
}

/**
 * posture_bus_start:
 * @self: a bus
 *
 * Begins to deliver, in the caller's main context, what was put and what
 * still waits from earlier. Only the process that holds the profile's lock
 * may call this.
 */
void
posture_bus_start (PostureBus *self)
{
  if (self->dispatcher != NULL)
    return;
  g_atomic_int_set (&self->running, TRUE);
  self->dispatcher = posture_dispatcher_new (self);
  self->scheduler = posture_scheduler_new (self);
  self->replayer = posture_replayer_new (self);
  self->retention = posture_retention_new (self);
}

static gboolean
late_cb (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main context while the dispatcher is as @func says, but not longer than @patience. */
static void
run_while (PostureBus *self,
           gboolean  (*func) (PostureDispatcher *dispatcher),
           guint       patience)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr (GSource) source = g_timeout_source_new (patience);
  gboolean late = FALSE;

  g_source_set_callback (source, late_cb, &late, NULL);
  g_source_attach (source, context);
  while (!late && self->dispatcher != NULL && func (self->dispatcher))
    g_main_context_iteration (context, /* may_block = */ TRUE);
  g_source_destroy (source);
}

/**
 * posture_bus_land:
 * @self: a bus
 * @patience: how long, in milliseconds
 *
 * Runs the caller's main context until what is due has arrived or failed, but
 * not longer than @patience; then begins no further delivery, and waits as long
 * again for those that are under way. For a program that is about to stop the
 * bus: what it has just put goes out before it ends; and what was sent, and
 * stopped before that was noted, would be sent again the next time.
 */
void
posture_bus_land (PostureBus *self,
                  guint       patience)
{
  run_while (self, posture_dispatcher_has_more, patience);
  if (self->dispatcher != NULL)
    posture_dispatcher_end (self->dispatcher);
  run_while (self, posture_dispatcher_is_busy, patience);
}

/**
 * posture_bus_stop:
 * @self: a bus
 *
 * Stops delivering. What is under way is cancelled and delivered when somebody
 * starts again.
 */
void
posture_bus_stop (PostureBus *self)
{
  g_atomic_int_set (&self->running, FALSE);
  g_clear_pointer (&self->retention, posture_worker_stop);
  g_clear_pointer (&self->replayer, posture_worker_stop);
  g_clear_pointer (&self->scheduler, posture_worker_stop);
  g_clear_pointer (&self->dispatcher, posture_dispatcher_free);
}

/**
 * posture_bus_is_running:
 * @self: a bus
 *
 * Returns: whether it delivers
 */
gboolean
posture_bus_is_running (PostureBus *self)
{
  return self->dispatcher != NULL;
}

/* Deletes the events about a resource. */
static gboolean
delete_about (PostureTransaction *transaction,
              const char         *resource,
              GError            **error)
{
  g_autoptr (GArray) spans = posture_spans_new ();
  PostureStatement *rows = posture_transaction_query (transaction, error, posture_bus_sql_about, "t", resource);
  PostureStep step = POSTURE_STEP_ERROR;

  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      gint64 event = posture_statement_get_int (rows, 0);

      posture_spans_add (spans, event, event);
    }
  g_clear_pointer (&rows, posture_statement_free);
  return step == POSTURE_STEP_DONE && posture_spans_delete (spans, transaction, error);
}

/**
 * posture_bus_forget_in:
 * @self: a bus
 * @transaction: a transaction that writes
 * @resource: an id
 * @error: return location for a #GError
 *
 * Deletes every event that is about a resource, with its deliveries and dead
 * letters.
 *
 * Returns: %TRUE on success
 */
gboolean
posture_bus_forget_in (PostureBus         *self,
                       PostureTransaction *transaction,
                       const char         *resource,
                       GError            **error)
{
  posture_computation_pool_forget_all (self->computations);
  posture_handover_recall (self->handover, transaction);
  posture_transaction_scrub (transaction);
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_PRUNED, /* key = */ NULL);
  return posture_arrivals_forget (transaction, resource, error) &&
         posture_transaction_execute (transaction, error, posture_bus_sql_count_forgotten, "t", resource) &&
         delete_about (transaction, resource, error);
}
