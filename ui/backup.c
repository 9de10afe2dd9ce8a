/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/backup.h"

#include "backup/backup.h"
#include "ui/compat-files.h"
#include "ui/compat.h"
#include "ui/moment.h"
#include "ui/saving.h"
#include "ui/work-row.h"

#include <glib/gi18n-lib.h>

/* A backup that is being made or put back, on its way through the person's answers. */
typedef struct
{
  PostureWindow *window;
  GtkWidget *page; /* what toasts and dialogs belong to */
  PostureContext *context;
  GtkWidget *entry;
  char *path;
  char *passphrase;
  GtkWidget *row;
  GAsyncReadyCallback checked; /* what goes on once the file was read */
} Errand;

static Errand *
errand_new (PostureWindow  *window,
            PostureContext *context)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->window = g_object_ref (window);
  errand->page = g_object_ref (posture_window_get_page (window));
  errand->context = g_object_ref (context);
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->window);
  g_object_unref (errand->page);
  g_object_unref (errand->context);
  g_clear_object (&errand->entry);
  g_clear_object (&errand->row);
  g_free (errand->path);
  g_free (errand->passphrase);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

/* Asks with a field for a passphrase. */
static void
ask_passphrase (Errand             *errand,
                const char         *heading,
                const char         *body,
                const char         *verb,
                GAsyncReadyCallback callback)
{
  g_clear_object (&errand->entry);
  errand->entry = g_object_ref_sink (gtk_password_entry_new ());
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (errand->entry), TRUE);
  g_object_set (errand->entry, "activates-default", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (errand->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Passphrase"), -1);
  posture_compat_confirm_async (errand->page, heading, body, errand->entry, verb, POSTURE_CONFIRM_SUGGESTED, callback,
                                errand);
}

static void
take_passphrase (Errand *errand)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (errand->entry));

  g_free (errand->passphrase);
  errand->passphrase = *text != '\0' ? g_strdup (text) : NULL;
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (PostureSaving) saving = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureBackupInfo) info = posture_backup_finish (result, &error);

  posture_saving_finish (saving, error);
}

static void
place_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Errand) errand = data;
  PostureSaving *saving = posture_saving_choose_finish (errand->page, result, _("Making the backup"),
                                                        _("The backup could not be made"));

  if (saving != NULL && posture_context_get_user (errand->context) != NULL)
    posture_backup_create_async (posture_context_get_folder (errand->context), posture_saving_get_path (saving),
                                 errand->passphrase, posture_context_get_now (errand->context),
                                 posture_saving_get_cancellable (saving), posture_saving_set_done, saving, created_cb, saving);
}

static void
protected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GDateTime) today = NULL;
  g_autofree char *name = NULL;
  GtkWidget *page = errand->page;

  if (!posture_compat_confirm_finish (page, result) || posture_context_get_user (errand->context) == NULL)
    return;
  take_passphrase (errand);
  today = g_date_time_new_from_unix_local (posture_context_get_now (errand->context) / 1000);
  name = g_date_time_format (today, "Posture %Y-%m-%d.posture-backup");
  posture_saving_choose_async (page, _("Back up everything"), name, place_cb, g_steal_pointer (&errand));
}

/**
 * posture_window_back_up:
 * @window: a window
 * @context: a context that is ready
 *
 * Asks for a passphrase, which is not needed, and a place, and writes all there is to one file.
 */
void
posture_window_back_up (PostureWindow  *window,
                        PostureContext *context)
{
  ask_passphrase (errand_new (window, context), _("Back up everything"),
                  _("All assessments, answers and reports go into one file. With a passphrase nobody can read it who does "
                    "not know it; keep it well, since without it the backup is lost. Leave it empty for a file that "
                    "anybody can read."),
                  _("_Choose a place"), protected_cb);
}

static void
replace_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Errand) errand = data;

  if (posture_compat_confirm_finish (errand->page, result))
    posture_context_restore (errand->context, errand->path, errand->passphrase);
}

static void
check (Errand *errand)
{
  g_clear_object (&errand->row);
  errand->row = g_object_ref_sink (posture_work_row_new (_("Checking the backup")));
  posture_window_add_work (errand->window, errand->row);
  posture_backup_check_async (errand->path, errand->passphrase,
                              posture_work_row_get_cancellable (POSTURE_WORK_ROW (errand->row)),
                              posture_work_row_set_done, errand->row, errand->checked, errand);
}

static void
passphrase_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (Errand) errand = data;

  if (!posture_compat_confirm_finish (errand->page, result))
    return;
  take_passphrase (errand);
  check (g_steal_pointer (&errand));
}

static void
ask_replace (Errand                  *errand,
             const PostureBackupInfo *info)
{
  g_autofree char *moment = posture_moment_to_words (info->created, posture_context_get_now (errand->context));
  g_autofree char *size = g_format_size (info->size);
  /* Translators: the day a backup was made, the version it was made with, its size */
  g_autofree char *body = g_strdup_printf (_("The whole file was read and is sound: made %s by Posture %s, %s. It takes the "
                                             "place of everything that is here now."), moment, info->program, size);

  posture_compat_confirm_async (errand->page, _("Put this backup in place?"), body, /* extra = */ NULL, _("_Replace"),
                                POSTURE_CONFIRM_DESTRUCTIVE, replace_cb, errand);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureBackupInfo) info = posture_backup_finish (result, &error);

  posture_work_row_finish (POSTURE_WORK_ROW (errand->row));
  if (gtk_widget_get_root (errand->page) == NULL || posture_context_get_user (errand->context) == NULL)
    return;
  if (info != NULL)
    ask_replace (g_steal_pointer (&errand), info);
  else if (g_error_matches (error, POSTURE_BACKUP_ERROR, POSTURE_BACKUP_ERROR_PASSPHRASE))
    ask_passphrase (g_steal_pointer (&errand), _("Passphrase"), error->message, _("_Go on"), passphrase_cb);
  else
    posture_saving_fail (errand->page, _("This backup cannot be used"), error);
}

static void
file_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GFile) file = posture_compat_choose_file_finish (errand->page, result);

  errand->path = file != NULL ? g_file_get_path (file) : NULL;
  if (errand->path != NULL && gtk_widget_get_root (errand->page) != NULL)
    {
      errand->checked = checked_cb;
      check (g_steal_pointer (&errand));
    }
}

/**
 * posture_window_restore:
 * @window: a window
 * @context: a context that is ready
 *
 * Asks for a backup, reads all of it, says what it is, and once more asks before it takes the place of
 * what is there.
 */
void
posture_window_restore (PostureWindow  *window,
                        PostureContext *context)
{
  Errand *errand = errand_new (window, context);

  posture_compat_choose_file_async (errand->page, _("Restore a backup"), /* name = */ NULL, file_cb, errand);
}
