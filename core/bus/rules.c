/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include <string.h>

PostureRules *
posture_rules_new_empty (void)
{
  PostureRules *self = g_new0 (PostureRules, 1);

  g_atomic_ref_count_init (&self->references);
  self->matcher = posture_matcher_new ();
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, /* value = */ NULL);
  self->paused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, /* value = */ NULL);
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
  g_hash_table_unref (self->own);
  g_hash_table_unref (self->paused);
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

/* A rule that is disabled, or that runs by a schedule, matches nothing. */
static gboolean
add_rule (PostureRules *self,
          PostureRule  *rule,
          GError      **error)
{
  g_autoptr (PosturePattern) pattern = NULL;

  for (guint i = 0; rule->managed && rule->targets[i] != NULL; i++)
    g_hash_table_add (self->own, g_strdup (rule->targets[i]));
  if (rule->pattern == NULL || rule->state == POSTURE_RULE_DISABLED)
    return TRUE;
  pattern = posture_pattern_new (rule->pattern, strlen (rule->pattern), error);
  if (pattern == NULL)
    return FALSE;
  if (rule->state == POSTURE_RULE_PAUSED)
    g_hash_table_add (self->paused, g_strdup (rule->name));
  posture_matcher_add (self->matcher, rule->name, pattern);
  g_hash_table_insert (self->targets, g_strdup (rule->name), g_steal_pointer (&rule->targets));
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
    {
      g_autoptr (PostureRule) rule = posture_rule_new_from_row (rows, error);

      if (rule == NULL || !add_rule (self, rule, error))
        return NULL;
    }
  if (step != POSTURE_STEP_DONE || !posture_archive_join_rules (transaction, self, error))
    return NULL;
  return g_steal_pointer (&self);
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
