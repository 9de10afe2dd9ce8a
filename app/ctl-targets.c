/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-input.h"
#include "app/ctl-output.h"

#include "bus/rule.h"
#include "bus/target-settings.h"
#include "targets/targets.h"
#include "targets/webhook-target.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * ctl_targets_list:
 * @ctl: the run
 *
 * `posturectl targets list`: the targets that were set up.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_targets_list (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  list = posture_bus_list_target_settings (posture_platform_get_bus (ctl->platform), &error);
  if (list == NULL)
    return ctl_fail (error);
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < list->len; i++)
    {
      const PostureTargetSettings *target = g_ptr_array_index (list, i);

      posture_json_writer_begin_object (writer);
      posture_json_writer_member_string (writer, "name", target->name);
      posture_json_writer_member_string (writer, "settings", target->settings);
      posture_json_writer_end_object (writer);
      if (!ctl->json)
        {
          ctl_print ("%s\n", target->name);
          ctl_print_wrapped ("  ", 2, target->settings);
        }
    }
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else if (list->len == 0)
    ctl_print ("%s\n", _("No target was set up."));
  return CTL_OK;
}

/* The targets of the program's own rules keep their names. */
static CtlStatus
check_name (PostureBus *bus,
            const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  gsize length = strspn (name, G_CSET_a_2_z G_CSET_A_2_Z "0123456789._-");

  if (length == 0 || length > 64 || name[length] != '\0')
    return ctl_error (CTL_FAULTS, _("“%s” is no name: it has 1 to %d letters, digits, “.”, “-” or “_”."), name, 64);
  rules = posture_bus_list_rules (bus, &error);
  if (rules == NULL)
    return ctl_fail (error);
  for (guint i = 0; i < rules->len; i++)
    {
      const PostureRule *rule = g_ptr_array_index (rules, i);

      if (rule->managed && g_strv_contains ((const char *const *) rule->targets, name))
        return ctl_error (CTL_FAILED, _("The program itself needs the target “%s”."), name);
    }
  return CTL_OK;
}

/* @settings were checked. */
static CtlStatus
keep_secret (Ctl        *ctl,
             const char *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (settings, NULL);
  g_autofree char *secret = NULL;
  CtlStatus status = CTL_OK;

  if (ctl->n_arguments < 3)
    return CTL_OK;
  if (posture_json_node_get_member (posture_json_document_get_root (document), "secret-header") == NULL)
    return ctl_error (CTL_FAULTS, _("The secret would not be sent: the target has no “secret-header”."));
  secret = ctl_read_text (ctl->arguments[2], &status);
  if (secret == NULL)
    return status;
  g_strchomp (secret);
  if (posture_webhook_store_secret (ctl->arguments[0], secret, &error))
    return CTL_OK;
  return ctl_error (CTL_FAILED, _("The secret cannot be put into the keyring: %s"), error->message);
}

/**
 * ctl_targets_put:
 * @ctl: the run
 *
 * `posturectl targets put`: sets up a target, with its secret in the keyring.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_targets_put (Ctl *ctl)
{
  const char *name = ctl->arguments[0];
  g_autofree char *settings = NULL;
  g_autoptr (PostureTarget) target = NULL;
  g_autoptr (PostureInput) input = NULL;
  g_autoptr (GError) error = NULL;
  CtlStatus status = CTL_OK;
  PostureRetryPolicy policy;
  PostureBus *bus;

  settings = ctl_read_text (ctl->arguments[1], &status);
  if (settings == NULL)
    return status;
  target = posture_targets_make (name, settings, &input, &policy, &error);
  if (target == NULL)
    return ctl_error (CTL_FAULTS, "%s", error->message);
  status = ctl_open (ctl);
  if (status != CTL_OK)
    return status;
  bus = posture_platform_get_bus (ctl->platform);
  status = check_name (bus, name);
  if (status == CTL_OK)
    status = keep_secret (ctl, settings);
  if (status != CTL_OK)
    return status;
  return posture_bus_put_target_settings (bus, name, settings, &error) ? CTL_OK : ctl_fail (error);
}

/* Says which rules name a target that is gone. */
static CtlStatus
tell_rules (PostureBus *bus,
            const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules = posture_bus_list_rules (bus, &error);

  if (rules == NULL)
    return ctl_fail (error);
  for (guint i = 0; i < rules->len; i++)
    {
      const PostureRule *rule = g_ptr_array_index (rules, i);
      g_autofree char *text = NULL;

      if (!g_strv_contains ((const char *const *) rule->targets, name))
        continue;
      text = g_strdup_printf (_("The rule “%s” still names the target “%s”. What it matches waits for a new target of that name until it is given up."),
                              rule->name, name);
      ctl_note (text);
    }
  return CTL_OK;
}

/**
 * ctl_targets_remove:
 * @ctl: the run
 *
 * `posturectl targets remove`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_targets_remove (Ctl *ctl)
{
  g_autoptr (GError) error = NULL;
  CtlStatus status = ctl_open (ctl);

  if (status != CTL_OK)
    return status;
  if (posture_bus_remove_target_settings (posture_platform_get_bus (ctl->platform), ctl->arguments[0], &error))
    return tell_rules (posture_platform_get_bus (ctl->platform), ctl->arguments[0]);
  if (g_error_matches (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND))
    return ctl_error (CTL_NOT_FOUND, "%s", error->message);
  return ctl_fail (error);
}
