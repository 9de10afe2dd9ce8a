/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-input.h"
#include "app/ctl-output.h"

#include "bus/archive.h"
#include "pattern/pattern.h"

#include <glib/gi18n.h>

#define DAY (24 * G_GINT64_CONSTANT (3600000))
#define MAX_DAYS 36500
#define MIB (G_GINT64_CONSTANT (1) << 20)

static PostureArchive *
read_archive (Ctl       *ctl,
              CtlStatus *ret_status)
{
  g_autoptr (GError) error = NULL;
  PostureArchive *archive;

  *ret_status = ctl_open (ctl);
  if (*ret_status != CTL_OK)
    return NULL;
  archive = posture_bus_dup_archive (posture_platform_get_bus (ctl->platform), &error);
  if (archive == NULL)
    *ret_status = ctl_fail (error);
  return archive;
}

static void
write_archive (const PostureArchive *archive)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *oldest = posture_time_to_text (archive->oldest);

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "enabled");
  posture_json_writer_boolean (writer, archive->enabled);
  posture_json_writer_member_int (writer, "events", archive->events);
  posture_json_writer_member_int (writer, "maxAgeDays", archive->max_age / DAY);
  posture_json_writer_member_int (writer, "maxSize", archive->max_size);
  if (archive->oldest != 0)
    posture_json_writer_member_string (writer, "oldest", oldest);
  if (archive->pattern != NULL)
    posture_json_writer_member_string (writer, "pattern", archive->pattern);
  posture_json_writer_member_int (writer, "size", archive->size);
  posture_json_writer_end_object (writer);
  ctl_print_json (writer);
}

static void
print_archive (const PostureArchive *archive)
{
  g_autofree char *size = g_format_size_full ((guint64) archive->size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *most = g_format_size_full ((guint64) archive->max_size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *oldest = ctl_moment (archive->oldest);

  if (!archive->enabled)
    ctl_print ("%s\n", _("The archive is off: no event comes into it."));
  else if (archive->pattern == NULL)
    ctl_print ("%s\n", _("Every event comes into the archive."));
  else
    ctl_print_wrapped (_("Events that match come into the archive: "), 2, archive->pattern);
  ctl_print (ngettext ("%lld event, %s of at most %s\n", "%lld events, %s of at most %s\n", (gulong) archive->events),
             (long long) archive->events, size, most);
  if (archive->events > 0)
    ctl_print (_("The oldest one is from %s.\n"), oldest);
  if (archive->max_age == 0)
    ctl_print ("%s\n", _("They stay until there is no room for them."));
  else
    ctl_print (ngettext ("They stay for %d day.\n", "They stay for %d days.\n", (gulong) (archive->max_age / DAY)),
               (int) (archive->max_age / DAY));
}

/**
 * ctl_archive_show:
 * @ctl: the run
 *
 * `posturectl archive show`: how the archive is set, and what it holds.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_archive_show (Ctl *ctl)
{
  CtlStatus status;
  g_autoptr (PostureArchive) archive = read_archive (ctl, &status);

  if (archive == NULL)
    return status;
  if (ctl->json)
    write_archive (archive);
  else
    print_archive (archive);
  return CTL_OK;
}

/* Takes what was said, if something was, and leaves the rest as it is. */
static CtlStatus
take_bounds (Ctl            *ctl,
             PostureArchive *archive)
{
  guint64 value;

  if (ctl->max_age != NULL && !g_ascii_string_to_unsigned (ctl->max_age, 10, 0, MAX_DAYS, &value, NULL))
    return ctl_error (CTL_USAGE, _("--max-age takes a number of days from 0 to %d; 0 is for ever."), MAX_DAYS);
  if (ctl->max_age != NULL)
    archive->max_age = (gint64) value * DAY;
  if (ctl->max_size != NULL &&
      !g_ascii_string_to_unsigned (ctl->max_size, 10, 0, POSTURE_ARCHIVE_MAX_SIZE / MIB, &value, NULL))
    return ctl_error (CTL_USAGE, _("--max-size takes a number of MiB from 0 to %d; 0 empties the archive."),
                      (int) (POSTURE_ARCHIVE_MAX_SIZE / MIB));
  if (ctl->max_size != NULL)
    archive->max_size = (gint64) value * MIB;
  return CTL_OK;
}

static CtlStatus
take_choice (Ctl            *ctl,
             PostureArchive *archive)
{
  const char *choice = ctl->arguments[0];
  CtlStatus status = CTL_OK;

  if (!g_str_equal (choice, "all") && !g_str_equal (choice, "matching") && !g_str_equal (choice, "off"))
    return ctl_error (CTL_USAGE, _("“archive set” takes “all”, “matching” or “off”."));
  if (g_str_equal (choice, "matching") != (ctl->pattern != NULL))
    return ctl_error (CTL_USAGE, _("“archive set matching” needs --pattern, and nothing else takes it."));
  archive->enabled = !g_str_equal (choice, "off");
  g_clear_pointer (&archive->pattern, g_free);
  if (ctl->pattern != NULL)
    archive->pattern = ctl_read_text (ctl->pattern, &status);
  return status;
}

/**
 * ctl_archive_set:
 * @ctl: the run
 *
 * `posturectl archive set`: says which events are kept, how long, and how many.
 *
 * Returns: what to end with
 */
CtlStatus
ctl_archive_set (Ctl *ctl)
{
  g_autoptr (GError) error = NULL;
  CtlStatus status;
  g_autoptr (PostureArchive) archive = read_archive (ctl, &status);

  if (archive != NULL)
    status = take_choice (ctl, archive);
  if (status == CTL_OK)
    status = take_bounds (ctl, archive);
  if (status != CTL_OK)
    return status;
  if (posture_bus_set_archive (posture_platform_get_bus (ctl->platform), archive->enabled, archive->pattern,
                               archive->max_age, archive->max_size, &error))
    return CTL_OK;
  return error->domain == POSTURE_PATTERN_ERROR ? ctl_error (CTL_FAULTS, "%s", error->message) : ctl_fail (error);
}
