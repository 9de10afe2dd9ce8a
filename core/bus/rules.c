/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include "json/json-document.h"
#include "json/json-writer.h"

#include <string.h>

PostureRules *
posture_rules_new_empty (void)
{
  PostureRules *self = g_new0 (PostureRules, 1);

  g_atomic_ref_count_init (&self->references);
  self->matcher = posture_matcher_new ();
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  return self;
}

PostureRules *
posture_rules_ref (PostureRules *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
posture_rules_unref (PostureRules *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  posture_matcher_free (self->matcher);
  g_hash_table_unref (self->targets);
  g_free (self);
}

gboolean
posture_rules_get_version (PostureTransaction *transaction,
                           gint64             *ret_version,
                           GError            **error)
{
  return posture_transaction_query_int (transaction, ret_version, error,
                                        posture_bus_sql_state, NULL);
}

static char **
read_targets (const char *text,
              GError    **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, error);
  g_autoptr (GStrvBuilder) targets = g_strv_builder_new ();
  const PostureJsonNode *list;

  if (document == NULL)
    return NULL;
  list = posture_json_document_get_root (document);
  for (guint i = 0; i < posture_json_node_get_length (list); i++)
    g_strv_builder_add (targets, posture_json_node_get_string (posture_json_node_get_element (list, i)));
  return g_strv_builder_end (targets);
}

static gboolean
add_rule (PostureRules *self,
          const char   *name,
          const char   *text,
          const char   *target_list,
          GError      **error)
{
  g_autoptr (PosturePattern) pattern = posture_pattern_new (text, strlen (text), error);
  char **targets;

  if (pattern == NULL)
    return FALSE;
  targets = read_targets (target_list, error);
  if (targets == NULL)
    return FALSE;
  posture_matcher_add (self->matcher, name, pattern);
  g_hash_table_insert (self->targets, g_strdup (name), targets);
  return TRUE;
}

/* Reads the rules that the table holds now, which is @version. */
PostureRules *
posture_rules_load (PostureTransaction *transaction,
                    gint64              version,
                    GError            **error)
{
  g_autoptr (PostureRules) self = posture_rules_new_empty ();
  g_autoptr (PostureStatement) rows = posture_transaction_query (transaction, error,
                                                                 posture_bus_sql_rules, NULL);
  PostureStep step = POSTURE_STEP_ERROR;

  self->version = version;
  while (rows != NULL && (step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    if (!add_rule (self, posture_statement_get_text (rows, 0), posture_statement_get_text (rows, 1),
                   posture_statement_get_text (rows, 2), error))
      return NULL;
  return step == POSTURE_STEP_DONE ? g_steal_pointer (&self) : NULL;
}

/* The version that somebody has, and the rules if the table holds others. */
typedef struct
{
  gint64 version;
  PostureRules *rules;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->rules, posture_rules_unref);
  g_free (load);
}

static gboolean
load_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Load *load = data;
  gint64 version = 0;

  if (!posture_rules_get_version (transaction, &version, error))
    return FALSE;
  if (version == load->version)
    return TRUE;
  load->rules = posture_rules_load (transaction, version, error);
  return load->rules != NULL;
}

static Load *
load_new (PostureBus *bus)
{
  g_autoptr (PostureRules) rules = posture_bus_dup_rules (bus);
  Load *load = g_new0 (Load, 1);

  load->version = rules->version;
  return load;
}

static void
take_loaded (PostureBus *bus,
             Load       *load)
{
  if (load->rules != NULL)
    posture_bus_take_rules (bus, g_steal_pointer (&load->rules));
}

/* Reads the rules and waits for them. If they cannot be read, the next put sees to it. */
void
posture_bus_load_rules (PostureBus *bus)
{
  Load *load = load_new (bus);
  g_autoptr (GError) error = NULL;

  if (posture_store_read (posture_bus_get_store (bus), load_func, load, /* cancellable = */ NULL, &error))
    take_loaded (bus, load);
  else
    g_debug ("The rules could not be read: %s", error->message);
  load_free (load);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PostureBus) bus = data;
  Load *load = posture_store_work_finish (POSTURE_STORE (source), result, NULL);

  if (load != NULL)
    take_loaded (bus, load);
}

/* Reads the rules if the table holds others; until then each put finds that out by itself. */
void
posture_bus_reload_rules (PostureBus *bus)
{
  posture_store_read_async (posture_bus_get_store (bus), load_func, load_new (bus), load_free,
                            /* cancellable = */ NULL, loaded_cb, g_object_ref (bus));
}

typedef struct
{
  const char *name;
  const char *pattern; /* NULL: the rule is to go */
  char *targets;
} RuleChange;

static gboolean
change_rule_func (PostureTransaction *transaction,
                  gpointer            data,
                  GError            **error)
{
  const RuleChange *change = data;

  if (change->pattern != NULL
      ? !posture_transaction_execute (transaction, error, posture_bus_sql_put_rule, "ttt",
                                      change->name, change->pattern, change->targets)
      : !posture_transaction_execute (transaction, error, posture_bus_sql_remove_rule, "t", change->name))
    return FALSE;
  if (posture_transaction_get_changes (transaction) == 0)
    return TRUE;
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_RULES, change->name);
  return posture_transaction_execute (transaction, error, posture_bus_sql_raise_version, NULL);
}

static gboolean
change_rule (PostureBus       *self,
             const RuleChange *change,
             GError          **error)
{
  if (!posture_store_write (posture_bus_get_store (self), change_rule_func, (gpointer) change,
                            /* cancellable = */ NULL, error))
    return FALSE;
  posture_bus_load_rules (self);
  return TRUE;
}

/**
 * posture_bus_put_rule:
 * @self: a bus
 * @name: the rule's name
 * @pattern: the pattern that an event has to match
 * @targets: (array zero-terminated=1): the names of the targets that get it
 * @error: return location for an error of [error@PatternError] or [error@StoreError]
 *
 * Adds a rule, or changes the one of that name; a rule that is there already
 * changes nothing. Waits for the disk.
 *
 * Returns: %TRUE once the rule is on disk; it holds for every later put
 */
gboolean
posture_bus_put_rule (PostureBus        *self,
                      const char        *name,
                      const char        *pattern,
                      const char *const *targets,
                      GError           **error)
{
  g_autoptr (PosturePattern) compiled = posture_pattern_new (pattern, strlen (pattern), error);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *list = NULL;
  RuleChange change = { name, pattern, NULL };

  if (compiled == NULL)
    return FALSE;
  posture_json_writer_begin_array (writer);
  for (guint i = 0; targets[i] != NULL; i++)
    posture_json_writer_string (writer, targets[i]);
  posture_json_writer_end_array (writer);
  list = posture_json_writer_finish_text (writer);
  change.targets = list;
  return change_rule (self, &change, error);
}

/**
 * posture_bus_remove_rule:
 * @self: a bus
 * @name: a rule's name
 * @error: return location for an error of [error@StoreError]
 *
 * Removes a rule, if there is one of that name. What it has matched before is
 * still delivered.
 *
 * Returns: %TRUE on success
 */
gboolean
posture_bus_remove_rule (PostureBus *self,
                         const char *name,
                         GError    **error)
{
  RuleChange change = { name, NULL, NULL };

  return change_rule (self, &change, error);
}
