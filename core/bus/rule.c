/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/rule.h"

#include "bus/bus-private.h"

static const char *const states[] = { "enabled", "disabled", "paused" };

/**
 * posture_rule_free:
 * @rule: (transfer full): a rule
 *
 * Frees a rule.
 */
void
posture_rule_free (PostureRule *rule)
{
  g_free (rule->name);
  g_free (rule->pattern);
  g_free (rule->schedule);
  g_strfreev (rule->targets);
  g_free (rule);
}

/**
 * posture_rule_state_to_text:
 * @state: a state
 *
 * Returns: (transfer none): `enabled`, `disabled` or `paused`
 */
const char *
posture_rule_state_to_text (PostureRuleState state)
{
  return states[state];
}

/* Of a row (name, pattern, targets, schedule, state, managed, begun, next); what is empty is not there. */
PostureRule *
posture_rule_new_from_row (PostureStatement *row,
                           GError          **error)
{
  g_autoptr (PostureRule) rule = g_new0 (PostureRule, 1);
  const char *pattern = posture_statement_get_text (row, 1), *schedule = posture_statement_get_text (row, 3);
  const char *state = posture_statement_get_text (row, 4);

  rule->name = g_strdup (posture_statement_get_text (row, 0));
  rule->pattern = pattern[0] != '\0' ? g_strdup (pattern) : NULL;
  rule->targets = posture_names_from_text (posture_statement_get_text (row, 2), error);
  rule->schedule = schedule[0] != '\0' ? g_strdup (schedule) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i], state))
      rule->state = (PostureRuleState) i;
  rule->managed = posture_statement_get_int (row, 5) != 0;
  rule->begun = posture_statement_get_int (row, 6);
  rule->next = posture_statement_get_int (row, 7);
  return rule->targets != NULL ? g_steal_pointer (&rule) : NULL;
}

static const PostureNamedList table = {
  posture_bus_sql_rules,
  posture_bus_sql_rule,
  (PostureRowFunc) posture_rule_new_from_row,
  (GDestroyNotify) posture_rule_free,
};

/**
 * posture_bus_list_rules:
 * @self: a bus
 * @error: return location for an error of [error@StoreError]
 *
 * Reads the rules. Waits for the disk.
 *
 * Returns: (transfer container) (element-type PostureRule) (nullable): the
 *   rules by their names, or %NULL on error
 */
GPtrArray *
posture_bus_list_rules (PostureBus *self,
                        GError    **error)
{
  return posture_bus_read_list (self, &table, /* name = */ NULL, error);
}

/**
 * posture_bus_dup_rule:
 * @self: a bus
 * @name: a rule's name
 * @error: return location for an error of [error@StoreError]
 *
 * Reads a rule. Waits for the disk.
 *
 * Returns: (transfer full) (nullable): the rule; %NULL with @error unset if
 *   there is none of that name
 */
PostureRule *
posture_bus_dup_rule (PostureBus *self,
                      const char *name,
                      GError    **error)
{
  return posture_bus_read_named (self, &table, name, error);
}
