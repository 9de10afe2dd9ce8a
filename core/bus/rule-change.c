/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/rule.h"

#include "bus/handover-private.h"
#include "bus/schedule.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is to become of a rule. */
typedef struct
{
  PostureBus *bus;
  const char *name;
  const char *pattern;       /* "" with a schedule */
  const char *text;          /* of the schedule; "" without */
  PostureSchedule *schedule; /* (nullable) */
  char *targets;
  gboolean managed;
  gboolean remove;
  gboolean set_state;
  PostureRuleState state;
  gint64 now;
} Change;

static PostureRule *
read_rule (PostureTransaction *transaction,
           const char         *name,
           GError            **error)
{
  g_autoptr (PostureStatement) row = posture_transaction_query (transaction, error, posture_bus_sql_rule,
                                                                "t", name);

  if (row == NULL || posture_statement_step (row, error) != POSTURE_STEP_ROW)
    return NULL;
  return posture_rule_new_from_row (row, error);
}

static gboolean
put (PostureTransaction *transaction,
     const Change       *change,
     GError            **error)
{
  gint64 next = change->schedule != NULL
                  ? posture_schedule_get_next (change->schedule, change->now, change->now)
                  : -1;

  return posture_transaction_execute (transaction, error, posture_bus_sql_put_rule, "ttttiii", change->name,
                                      change->pattern, change->targets, change->text,
                                      (gint64) change->managed, change->now, next);
}

/* A rule that was paused catches up once; one that was disabled goes on with what comes. */
static gboolean
set_state (PostureTransaction *transaction,
           const Change       *change,
           const PostureRule  *rule,
           GError            **error)
{
  g_autoptr (PostureSchedule) schedule = NULL;
  gint64 next = rule->next;

  if (rule->schedule != NULL && rule->state == POSTURE_RULE_DISABLED && change->state != POSTURE_RULE_DISABLED)
    {
      schedule = posture_schedule_new (rule->schedule, error);
      if (schedule == NULL)
        return FALSE;
      next = posture_schedule_get_next (schedule, rule->begun, change->now);
    }
  return posture_transaction_execute (transaction, error, posture_bus_sql_set_rule_state, "tti", change->name,
                                      posture_rule_state_to_text (change->state), next);
}

static gboolean
is_allowed (const Change      *change,
            const PostureRule *rule,
            GError           **error)
{
  if (change->set_state && rule == NULL)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND, _("There is no rule “%s”."),
                   change->name);
      return FALSE;
    }
  if (rule == NULL || !rule->managed || change->managed ||
      (change->set_state && change->state != POSTURE_RULE_DISABLED))
    return TRUE;
  g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_MANAGED,
               _("The program itself needs the rule “%s”. It can only be paused for a while."), change->name);
  return FALSE;
}

static gboolean
change_func (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  const Change *change = data;
  GError *failure = NULL;
  g_autoptr (PostureRule) rule = read_rule (transaction, change->name, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (!is_allowed (change, rule, error))
    return FALSE;
  if (change->remove
        ? !posture_transaction_execute (transaction, error, posture_bus_sql_remove_rule, "t", change->name)
        : change->set_state ? !set_state (transaction, change, rule, error)
                            : !put (transaction, change, error))
    return FALSE;
  if (posture_transaction_get_changes (transaction) == 0)
    return TRUE;
  posture_handover_recall (posture_bus_get_handover (change->bus), transaction);
  posture_transaction_notify (transaction, POSTURE_BUS_TOPIC_RULES, change->name);
  return posture_transaction_execute (transaction, error, posture_bus_sql_raise_version, NULL);
}

static gboolean
change_rule (PostureBus *self,
             Change     *change,
             GError    **error)
{
  change->bus = self;
  change->now = posture_clock_get_now (posture_bus_get_clock (self));
  if (!posture_store_write (posture_bus_get_store (self), change_func, change, /* cancellable = */ NULL, error))
    return FALSE;
  posture_bus_load_rules (self);
  return TRUE;
}

/* The list as it stands in the table: who is named twice gets the event once all the same. */
static char *
list_targets (const char *const *targets)
{
  g_autoptr (GPtrArray) once = g_ptr_array_new ();

  for (guint i = 0; targets[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (once, targets[i], g_str_equal, /* index = */ NULL))
      g_ptr_array_add (once, (gpointer) targets[i]);
  g_ptr_array_add (once, NULL);
  return posture_names_to_text ((const char *const *) once->pdata);
}

static gboolean
put_rule (PostureBus        *self,
          Change            *change,
          const char *const *targets,
          GError           **error)
{
  g_autofree char *list = NULL;

  if (!posture_names_check (change->name, error))
    return FALSE;
  for (guint i = 0; targets[i] != NULL; i++)
    if (!posture_names_check (targets[i], error))
      return FALSE;
  list = list_targets (targets);
  change->targets = list;
  return change_rule (self, change, error);
}

static gboolean
put_pattern (PostureBus        *self,
             const char        *name,
             const char        *pattern,
             const char *const *targets,
             gboolean           managed,
             GError           **error)
{
  g_autoptr (PosturePattern) compiled = posture_pattern_new (pattern, strlen (pattern), error);
  Change change = { .name = name, .pattern = pattern, .text = "", .managed = managed };

  return compiled != NULL && put_rule (self, &change, targets, error);
}

/**
 * posture_bus_put_rule:
 * @self: a bus
 * @name: the rule's name: 1 to 64 letters, digits, `.`, `-` or `_`
 * @pattern: the pattern that an event has to match
 * @targets: (array zero-terminated=1): the names of the targets that get it
 * @error: return location for an error of [error@PatternError],
 *   [error@BusError] or [error@StoreError]
 *
 * Adds a rule, or changes the one of that name; a rule that is there already
 * changes nothing, and its state stays as it is. Waits for the disk.
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
  return put_pattern (self, name, pattern, targets, /* managed = */ FALSE, error);
}

/**
 * posture_bus_put_managed_rule:
 * @self: a bus
 * @name: the rule's name
 * @pattern: the pattern that an event has to match
 * @targets: (array zero-terminated=1): the names of the targets that get it
 * @error: return location for a #GError
 *
 * As posture_bus_put_rule(), for a rule that the program itself needs: it
 * cannot be changed otherwise, disabled or removed, only paused.
 *
 * Returns: %TRUE once the rule is on disk
 */
gboolean
posture_bus_put_managed_rule (PostureBus        *self,
                              const char        *name,
                              const char        *pattern,
                              const char *const *targets,
                              GError           **error)
{
  return put_pattern (self, name, pattern, targets, /* managed = */ TRUE, error);
}

static gboolean
put_schedule (PostureBus        *self,
              const char        *name,
              const char        *schedule,
              const char *const *targets,
              gboolean           managed,
              GError           **error)
{
  g_autoptr (PostureSchedule) compiled = posture_schedule_new (schedule, error);
  Change change = { .name = name, .pattern = "", .text = schedule, .schedule = compiled,
                    .managed = managed };

  return compiled != NULL && put_rule (self, &change, targets, error);
}

/**
 * posture_bus_put_schedule:
 * @self: a bus
 * @name: the rule's name
 * @schedule: `rate(…)` or `cron(…)`, see posture_schedule_new()
 * @targets: (array zero-terminated=1): the names of the targets that get it
 * @error: return location for an error of [error@BusError] or [error@StoreError]
 *
 * Adds a rule that puts a “Scheduled Event” for its targets, or changes the
 * one of that name. What was missed while nobody dispatched is caught up once.
 * Waits for the disk.
 *
 * Returns: %TRUE once the rule is on disk
 */
gboolean
posture_bus_put_schedule (PostureBus        *self,
                          const char        *name,
                          const char        *schedule,
                          const char *const *targets,
                          GError           **error)
{
  return put_schedule (self, name, schedule, targets, /* managed = */ FALSE, error);
}

/**
 * posture_bus_put_managed_schedule:
 * @self: a bus
 * @name: the rule's name
 * @schedule: `rate(…)` or `cron(…)`
 * @targets: (array zero-terminated=1): the names of the targets that get it
 * @error: return location for a #GError
 *
 * As posture_bus_put_schedule(), for a rule that the program itself needs: it
 * cannot be changed otherwise, disabled or removed, only paused.
 *
 * Returns: %TRUE once the rule is on disk
 */
gboolean
posture_bus_put_managed_schedule (PostureBus        *self,
                                  const char        *name,
                                  const char        *schedule,
                                  const char *const *targets,
                                  GError           **error)
{
  return put_schedule (self, name, schedule, targets, /* managed = */ TRUE, error);
}

/**
 * posture_bus_set_rule_state:
 * @self: a bus
 * @name: a rule's name
 * @state: what it is to do
 * @error: return location for an error of [error@BusError] or [error@StoreError]
 *
 * Enables, disables or pauses a rule. What was matched before a rule was
 * disabled is still delivered. Waits for the disk.
 *
 * Returns: %TRUE once it is on disk
 */
gboolean
posture_bus_set_rule_state (PostureBus      *self,
                            const char      *name,
                            PostureRuleState state,
                            GError         **error)
{
  Change change = { .name = name, .set_state = TRUE, .state = state };

  return change_rule (self, &change, error);
}

/**
 * posture_bus_remove_rule:
 * @self: a bus
 * @name: a rule's name
 * @error: return location for an error of [error@BusError] or [error@StoreError]
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
  Change change = { .name = name, .remove = TRUE };

  return change_rule (self, &change, error);
}
