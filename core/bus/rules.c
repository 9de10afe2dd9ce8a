/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/bus-private.h"

#include "json/json-document.h"

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
                                        posture_bus_sql_rules_version, NULL);
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
