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

typedef struct
{
  const char *name; /* NULL: all */
  GPtrArray *list;
} Question;

static gboolean
list_func (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  Question *question = data;
  g_autoptr (PostureStatement) rows = NULL;
  PostureStep step;

  g_clear_pointer (&question->list, g_ptr_array_unref);
  question->list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_rule_free);
  if (question->name != NULL)
    rows = posture_transaction_query (transaction, error, posture_bus_sql_rule, "t", question->name);
  else
    rows = posture_transaction_query (transaction, error, posture_bus_sql_rules, NULL);
  if (rows == NULL)
    return FALSE;
  while ((step = posture_statement_step (rows, error)) == POSTURE_STEP_ROW)
    {
      PostureRule *rule = posture_rule_new_from_row (rows, error);

      if (rule == NULL)
        return FALSE;
      g_ptr_array_add (question->list, rule);
    }
  return step == POSTURE_STEP_DONE;
}

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
  Question question = { NULL, NULL };

  if (!posture_store_read (posture_bus_get_store (self), list_func, &question, /* cancellable = */ NULL, error))
    g_clear_pointer (&question.list, g_ptr_array_unref);
  return question.list;
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
  Question question = { name, NULL };
  PostureRule *rule = NULL;

  if (posture_store_read (posture_bus_get_store (self), list_func, &question, /* cancellable = */ NULL, error) &&
      question.list->len > 0)
    rule = g_ptr_array_steal_index (question.list, 0);
  g_clear_pointer (&question.list, g_ptr_array_unref);
  return rule;
}
