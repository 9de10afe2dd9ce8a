/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-output.h"

#include <glib/gi18n.h>

static void
write_letter (PostureJsonWriter       *writer,
              const PostureDeadLetter *letter)
{
  g_autofree char *time = posture_time_to_text (letter->time);

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_int (writer, "attempts", letter->attempts);
  posture_json_writer_key (writer, "event");
  posture_json_writer_canonical (writer, posture_event_get_text (letter->event));
  posture_json_writer_member_int (writer, "id", letter->id);
  posture_json_writer_member_string (writer, "reason", letter->reason);
  posture_json_writer_member_string (writer, "rule", letter->rule);
  posture_json_writer_member_string (writer, "target", letter->target);
  posture_json_writer_member_string (writer, "time", time);
  posture_json_writer_end_object (writer);
}

static void
print_letter (const PostureDeadLetter *letter)
{
  g_autofree char *moment = ctl_moment (letter->time);
  g_autofree char *first = g_strdup_printf ("%" G_GINT64_FORMAT "  %s  %s → %s: ", letter->id, moment, letter->rule,
                                            letter->target);

  ctl_print_wrapped (first, 2, letter->reason);
}

/* The dead letters after @after; %NULL with the reason printed. */
static GPtrArray *
list_letters (Ctl       *ctl,
              gint64     after,
              guint      limit,
              CtlStatus *ret_status)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *letters;

  *ret_status = ctl_open (ctl);
  if (*ret_status != CTL_OK)
    return NULL;
  letters = posture_bus_list_dead_letters (posture_platform_get_bus (ctl->platform), after, limit, &error);
  if (letters == NULL)
    *ret_status = ctl_fail (error);
  return letters;
}

/**
 * ctl_dead_letters_list:
 * @ctl: the run
 *
 * `posturectl dead-letters list`: what was given up, oldest first.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_dead_letters_list (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  CtlStatus status;
  g_autoptr (GPtrArray) letters = list_letters (ctl, 0, (guint) ctl->limit, &status);

  if (letters == NULL)
    return status;
  posture_json_writer_begin_array (writer);
  for (guint i = 0; i < letters->len; i++)
    if (ctl->json)
      write_letter (writer, g_ptr_array_index (letters, i));
    else
      print_letter (g_ptr_array_index (letters, i));
  posture_json_writer_end_array (writer);
  if (ctl->json)
    ctl_print_json (writer);
  else if (letters->len == 0)
    ctl_print ("%s\n", _("Nothing was given up."));
  return CTL_OK;
}

static gboolean
read_number (Ctl       *ctl,
             gint64    *ret_id,
             CtlStatus *ret_status)
{
  if (g_ascii_string_to_signed (ctl->arguments[0], 10, 1, G_MAXINT64, ret_id, NULL))
    return TRUE;
  *ret_status = ctl_error (CTL_USAGE, _("“%s” is no number. “posturectl dead-letters list” names them."),
                           ctl->arguments[0]);
  return FALSE;
}

/**
 * ctl_dead_letters_show:
 * @ctl: the run
 *
 * `posturectl dead-letters show`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_dead_letters_show (Ctl *ctl)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GPtrArray) letters = NULL;
  const PostureDeadLetter *letter;
  CtlStatus status;
  gint64 id;

  if (!read_number (ctl, &id, &status))
    return status;
  letters = list_letters (ctl, id - 1, 1, &status);
  if (letters == NULL)
    return status;
  letter = letters->len > 0 ? g_ptr_array_index (letters, 0) : NULL;
  if (letter == NULL || letter->id != id)
    return ctl_error (CTL_NOT_FOUND, _("There is no dead letter %lld."), (long long) id);
  if (ctl->json)
    {
      write_letter (writer, letter);
      ctl_print_json (writer);
      return CTL_OK;
    }
  print_letter (letter);
  ctl_print (ngettext ("It was tried %u time.\n", "It was tried %u times.\n", letter->attempts), letter->attempts);
  ctl_print_wrapped ("", 0, posture_event_get_text (letter->event));
  return CTL_OK;
}

typedef gboolean (*ChangeFunc) (PostureBus *bus,
                                gint64      id,
                                gint64     *ret_count,
                                GError    **error);

/* One, or all without an operand. */
static CtlStatus
change (Ctl       *ctl,
        ChangeFunc func)
{
  g_autoptr (GError) error = NULL;
  CtlStatus status;
  gint64 id = 0;

  if (ctl->n_arguments > 0 && !read_number (ctl, &id, &status))
    return status;
  status = ctl_open (ctl);
  if (status != CTL_OK || func (posture_platform_get_bus (ctl->platform), id, /* ret_count = */ NULL, &error))
    return status;
  if (g_error_matches (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_NOT_FOUND))
    return ctl_error (CTL_NOT_FOUND, "%s", error->message);
  return ctl_fail (error);
}

/**
 * ctl_dead_letters_retry:
 * @ctl: the run
 *
 * `posturectl dead-letters retry`: delivers one, or all, again.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_dead_letters_retry (Ctl *ctl)
{
  return change (ctl, posture_bus_retry_dead_letter);
}

/**
 * ctl_dead_letters_purge:
 * @ctl: the run
 *
 * `posturectl dead-letters purge`: deletes one, or all.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_dead_letters_purge (Ctl *ctl)
{
  return change (ctl, posture_bus_purge_dead_letter);
}
