/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-input.h"
#include "app/ctl-output.h"
#include "app/ctl-work.h"

#include "backup/backup.h"

#include <glib/gi18n.h>
#include <string.h>

/* The first line of the file of --passphrase-file; %NULL without it. */
static char *
read_passphrase (Ctl       *ctl,
                 CtlStatus *ret_status)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *data, *end;
  gsize length;

  *ret_status = CTL_OK;
  if (ctl->passphrase_file == NULL)
    return NULL;
  name = g_filename_display_name (ctl->passphrase_file);
  bytes = ctl_read_file (ctl->passphrase_file, name, ret_status);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  end = length > 0 ? memchr (data, '\n', length) : NULL;
  length = end != NULL ? (gsize) (end - data) : length;
  if (length == 0 || memchr (data, '\0', length) != NULL)
    {
      *ret_status = ctl_error (CTL_FAULTS, _("%s: its first line must be the passphrase."), name);
      return NULL;
    }
  return g_strndup (data, length);
}

static CtlStatus
fail (const GError *error)
{
  CtlStatus status = CTL_FAULTS;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return ctl_error (CTL_INTERRUPTED, _("Stopped. Nothing was changed."));
  if (error->domain != POSTURE_BACKUP_ERROR)
    return ctl_fail (error);
  if (error->code == POSTURE_BACKUP_ERROR_FULL)
    status = CTL_DATA;
  else if (error->code == POSTURE_BACKUP_ERROR_FILE)
    status = CTL_FAILED;
  return ctl_error (status, "%s", error->message);
}

static void
tell (Ctl                     *ctl,
      const PostureBackupInfo *info,
      const char              *words)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *created = posture_time_to_text (info->created);
  g_autofree char *moment = ctl_moment (info->created);
  g_autofree char *size = g_format_size (info->size);

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "created", created);
  posture_json_writer_member_string (writer, "program", info->program);
  posture_json_writer_member_int (writer, "size", (gint64) info->size);
  posture_json_writer_key (writer, "passphrase");
  posture_json_writer_boolean (writer, info->secret);
  posture_json_writer_end_object (writer);
  if (ctl->json)
    {
      ctl_print_json (writer);
      return;
    }
  ctl_print ("%s\n", words);
  ctl_print (_("Made %s by Posture %s, %s%s.\n"), moment, info->program, size,
             info->secret ? _(", with a passphrase") : "");
}

/* Waits for what was begun and says what it came to. */
static CtlStatus
finish (Ctl        *ctl,
        CtlWork    *work,
        const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureBackupInfo) info = posture_backup_finish (ctl_work_wait (work), &error);

  if (info == NULL)
    return fail (error);
  if (g_cancellable_is_cancelled (work->cancellable))
    ctl_error (CTL_OK, _("It was too late to stop."));
  tell (ctl, info, words);
  return CTL_OK;
}

/**
 * ctl_backup_create:
 * @ctl: the run
 *
 * `posturectl backup create`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_backup_create (Ctl *ctl)
{
  g_autofree char *folder = posture_platform_dup_data_folder ();
  g_autoptr (PostureClock) clock = posture_clock_new ();
  g_auto (CtlWork) work = { 0 };
  CtlStatus status;
  g_autofree char *passphrase = read_passphrase (ctl, &status);

  if (status != CTL_OK)
    return status;
  ctl_work_begin (&work);
  posture_backup_create_async (folder, ctl->arguments[0], passphrase, posture_clock_get_now (clock),
                               work.cancellable, ctl_work_progress, &work, ctl_work_done_cb, &work);
  return finish (ctl, &work, _("The backup is made and was read back."));
}

/**
 * ctl_backup_check:
 * @ctl: the run
 *
 * `posturectl backup check`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_backup_check (Ctl *ctl)
{
  g_auto (CtlWork) work = { 0 };
  CtlStatus status;
  g_autofree char *passphrase = read_passphrase (ctl, &status);

  if (status != CTL_OK)
    return status;
  ctl_work_begin (&work);
  posture_backup_check_async (ctl->arguments[0], passphrase, work.cancellable, ctl_work_progress, &work,
                              ctl_work_done_cb, &work);
  return finish (ctl, &work, _("The backup is whole."));
}

/**
 * ctl_backup_restore:
 * @ctl: the run
 *
 * `posturectl backup restore`
 *
 * Returns: what to end with
 */
CtlStatus
ctl_backup_restore (Ctl *ctl)
{
  g_autofree char *folder = posture_platform_dup_data_folder ();
  g_auto (CtlWork) work = { 0 };
  CtlStatus status;
  g_autofree char *passphrase = read_passphrase (ctl, &status);

  if (status != CTL_OK)
    return status;
  ctl_work_begin (&work);
  posture_backup_restore_async (ctl->arguments[0], passphrase, folder, posture_platform_get_modules (),
                                work.cancellable, ctl_work_progress, &work, ctl_work_done_cb, &work);
  return finish (ctl, &work, _("The backup is in the place of the data that was there."));
}
