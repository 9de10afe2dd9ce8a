/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"

G_BEGIN_DECLS

/**
 * PostureRuleState:
 * @POSTURE_RULE_ENABLED: events are matched and delivered
 * @POSTURE_RULE_DISABLED: the rule is as good as not there
 * @POSTURE_RULE_PAUSED: events are matched; what is to be delivered waits
 *
 * What a rule does.
 */
typedef enum
{
  POSTURE_RULE_ENABLED,
  POSTURE_RULE_DISABLED,
  POSTURE_RULE_PAUSED,
} PostureRuleState;

/**
 * PostureRule:
 * @name: its name
 * @pattern: (nullable): the pattern that an event has to match, or
 * @schedule: (nullable): when it runs
 * @targets: (array zero-terminated=1): the names of the targets that get it
 * @state: what it does
 * @managed: whether the program itself needs it
 * @next: when it runs next, in milliseconds since 1970; -1 without a schedule
 *
 * A rule as it stands in the table.
 */
typedef struct
{
  char *name;
  char *pattern;
  char *schedule;
  char **targets;
  PostureRuleState state;
  gboolean managed;
  gint64 begun; /*< private >*/
  gint64 next;
} PostureRule;

void         posture_rule_free              (PostureRule       *rule);
const char  *posture_rule_state_to_text     (PostureRuleState   state);

GPtrArray   *posture_bus_list_rules         (PostureBus        *self,
                                             GError           **error);
PostureRule *posture_bus_dup_rule           (PostureBus        *self,
                                             const char        *name,
                                             GError           **error);
gboolean     posture_bus_put_managed_rule   (PostureBus        *self,
                                             const char        *name,
                                             const char        *pattern,
                                             const char *const *targets,
                                             GError           **error);
gboolean     posture_bus_put_schedule       (PostureBus        *self,
                                             const char        *name,
                                             const char        *schedule,
                                             const char *const *targets,
                                             GError           **error);
gboolean     posture_bus_put_managed_schedule (PostureBus      *self,
                                             const char        *name,
                                             const char        *schedule,
                                             const char *const *targets,
                                             GError           **error);
gboolean     posture_bus_set_rule_state     (PostureBus        *self,
                                             const char        *name,
                                             PostureRuleState   state,
                                             GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureRule, posture_rule_free)

G_END_DECLS
