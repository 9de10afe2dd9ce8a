/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-input.h"
#include "app/ctl-output.h"

#include "bus/rule.h"
#include "pattern/pattern.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *
name_state (PostureRuleState state)
{
  switch (state)
    {
    case POSTURE_RULE_ENABLED: return _("enabled");
    case POSTURE_RULE_DISABLED: return _("disabled");
    case POSTURE_RULE_PAUSED: return _("paused");
    default: g_assert_not_reached ();
    }
}

static CtlStatus
fail_rule (const GError *error)
{
  if (g_error_matches (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND))
    return ctl_error (CTL_NOT_FOUND, "%s", error->message);
  if (error->domain == POSTURE_PATTERN_ERROR ||
      g_error_matches (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION))
    return ctl_error (CTL_FAULTS, "%s", error->message);
  return ctl_fail (error);
}

static void
write_rule (PostureJsonWriter *writer,
            const PostureRule *rule)
{
  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "managed");
  posture_json_writer_boolean (writer, rule->managed);
  posture_json_writer_member_string (writer, "name", rule->name);
  if (rule->next >= 0)
    posture_json_writer_member_int (writer, "next", rule->next);
  if (rule->pattern != NULL)
    posture_json_writer_member_string (writer, "pattern", rule->pattern);
  if (rule->schedule != NULL)
    posture_json_writer_member_string (writer, "schedule", rule->schedule);
  posture_json_writer_member_string (writer, "state", posture_rule_state_to_text (rule->state));
  posture_json_writer_key (writer, "targets");
  posture_json_writer_begin_array (writer);
  for (guint i = 0; rule->targets[i] != NULL; i++)
    posture_json_writer_string (writer, rule->targets[i]);
  posture_json_writer_end_array (writer);
  posture_json_writer_end_object (writer);
}

static void
print_rule (const PostureRule *rule)
{
  g_autofree char *targets = g_strjoinv (", ", rule->targets);

  ctl_print ("%s  %s  → %s\n", rule->name, name_state (rule->state), targets);
  ctl_print_wrapped ("  ", 2, rule->schedule != NULL ? rule->schedule : rule->pattern);
  if (rule->next >= 0 && rule->state != POSTURE_RULE_DISABLED)
    {
      g_autofree char *moment = ctl_moment (rule->next);

      ctl_print_wrapped (_("  Next: "), 2, moment);
    }
}

/**
 * ctl_rules_list:
 * @ctl: the run
 *
 * `posturectl rules list`: all rules.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_rules_list (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GPtrArray) rules = NULL;
  g_autoptr (GError) error = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  rules = posture_bus_list_rules (posture_platform_get_bus (ctl->platform), &error);
  if (rules == NULL)
    return ctl_fail (error);
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < rules->len; i++)
    if (ctl->json)
      write_rule (writer, g_ptr_array_index (rules, i));
    else
      print_rule (g_ptr_array_index (rules, i));
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  return CTL_OK;
}

static PostureRule *
find_rule (Ctl       *ctl,
           CtlStatus *ret_status)
{
  g_autoptr (GError) error = NULL;
  PostureRule *rule;

  *ret_status = ctl_open (ctl);
  if (*ret_status != CTL_OK)
    return NULL;
  rule = posture_bus_dup_rule (posture_platform_get_bus (ctl->platform), ctl->arguments[0], &error);
  if (error != NULL)
    *ret_status = ctl_fail (error);
  else if (rule == NULL)
    *ret_status = ctl_error (CTL_NOT_FOUND, _("There is no rule “%s”. “posturectl rules list” names those there are."),
                             ctl->arguments[0]);
  return rule;
}

/**
 * ctl_rules_show:
 * @ctl: the run
 *
 * `posturectl rules show`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_rules_show (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  CtlStatus status;
  g_autoptr (PostureRule) rule = find_rule (ctl, &status);

  if (rule == NULL)
    return status;
  if (!ctl->json)
    {
      print_rule (rule);
      return CTL_OK;
    }
  write_rule (writer, rule);
  ctl_print_json (writer);
  return CTL_OK;
}

/**
 * ctl_rules_put:
 * @ctl: the run
 *
 * `posturectl rules put`: adds or changes a rule with a pattern or a schedule.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_rules_put (Ctl *ctl)
{
  const char *const *targets = (const char *const *) ctl->arguments + 1;
  g_autofree char *pattern = NULL;
  g_autoptr (GError) error = NULL;
  CtlStatus status = CTL_OK;
  PostureBus *bus;
  gboolean done;

  if ((ctl->pattern != NULL) == (ctl->schedule != NULL))
    return ctl_error (CTL_USAGE, _("“rules put” needs either --pattern or --schedule."));
  if (ctl->pattern != NULL)
    pattern = ctl_read_text (ctl->pattern, &status);
  if (status == CTL_OK)
    status = ctl_open (ctl);
  if (status != CTL_OK)
    return status;
  bus = posture_platform_get_bus (ctl->platform);
  done = pattern != NULL ? posture_bus_put_rule (bus, ctl->arguments[0], pattern, targets, &error)
                         : posture_bus_put_schedule (bus, ctl->arguments[0], ctl->schedule, targets, &error);
  return done ? CTL_OK : fail_rule (error);
}

/**
 * ctl_rules_remove:
 * @ctl: the run
 *
 * `posturectl rules remove`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_rules_remove (Ctl *ctl)
{
  g_autoptr (GError) error = NULL;
  CtlStatus status;
  g_autoptr (PostureRule) rule = find_rule (ctl, &status);

  if (rule == NULL)
    return status;
  return posture_bus_remove_rule (posture_platform_get_bus (ctl->platform), rule->name, &error) ? CTL_OK
                                                                                               : fail_rule (error);
}

static CtlStatus
set_state (Ctl             *ctl,
           PostureRuleState state)
{
  g_autoptr (GError) error = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  return posture_bus_set_rule_state (posture_platform_get_bus (ctl->platform), ctl->arguments[0], state, &error)
           ? CTL_OK
           : fail_rule (error);
}

/**
 * ctl_rules_enable:
 * @ctl: the run
 *
 * `posturectl rules enable` and `rules resume`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_rules_enable (Ctl *ctl)
{
  return set_state (ctl, POSTURE_RULE_ENABLED);
}

/**
 * ctl_rules_disable:
 * @ctl: the run
 *
 * `posturectl rules disable`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_rules_disable (Ctl *ctl)
{
  return set_state (ctl, POSTURE_RULE_DISABLED);
}

/**
 * ctl_rules_pause:
 * @ctl: the run
 *
 * `posturectl rules pause`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_rules_pause (Ctl *ctl)
{
  return set_state (ctl, POSTURE_RULE_PAUSED);
}

/* PutEvents spells an entry otherwise than the event that comes of it, so no rule would match. */
static void
tell_entry (const char *event)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (event, /* error = */ NULL);
  const PostureJsonNode *root = document != NULL ? posture_json_document_get_root (document) : NULL;

  if (posture_json_node_get_member (root, "Detail") != NULL || posture_json_node_get_member (root, "Source") != NULL)
    ctl_note (_("This looks like an entry to be put, with “Detail” and “Source”. A rule sees the event that comes of it, with “detail” and “source”."));
}

/**
 * ctl_rules_test:
 * @ctl: the run
 *
 * `posturectl rules test`: tells whether an event in a file would match.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_rules_test (Ctl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PosturePattern) pattern = NULL;
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *event = NULL;
  CtlStatus status;
  g_autoptr (PostureRule) rule = find_rule (ctl, &status);
  gboolean matches = FALSE;

  if (rule == NULL)
    return status;
  event = ctl_read_text (ctl->arguments[1], &status);
  if (event == NULL)
    return status;
  if (rule->pattern == NULL)
    return ctl_error (CTL_FAULTS, _("The rule “%s” has a schedule; no event matches it."), rule->name);
  pattern = posture_pattern_new (rule->pattern, strlen (rule->pattern), &error);
  if (pattern == NULL || !posture_pattern_matches (pattern, event, strlen (event), &matches, &error))
    return ctl_error (CTL_FAULTS, "%s", error->message);
  if (!matches)
    tell_entry (event);
  if (!ctl->json)
    {
      ctl_print ("%s\n", matches ? _("The event matches.") : _("The event does not match."));
      return CTL_OK;
    }
  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "matches");
  posture_json_writer_boolean (writer, matches);
  posture_json_writer_end_object (writer);
  ctl_print_json (writer);
  return CTL_OK;
}
