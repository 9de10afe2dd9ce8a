/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture"

#include "config.h"

#include "app/program.h"

#include "app/notification-target.h"
#include "backup/backup.h"
#include "bus/bus.h"
#include "platform.h"
#include "ui/compat.h"
#include "ui/window.h"
#include "ui/work-row.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

/* How long what is on its way to somebody else may take to arrive when the program ends, in milliseconds. */
#define LANDING 2000

/* What asks a program to end: who shuts the system down, a terminal that goes, and Ctrl+C in it. */
static const int signals[] = { SIGTERM, SIGHUP, SIGINT };

#define N_SIGNALS G_N_ELEMENTS (signals)

struct _AppProgram
{
  PostureApplication *application;
  PostureContext *context;
  PosturePlatform *platform;
  guint signal_ids[N_SIGNALS]; /* 0 once it came */
  gboolean opening;
};

/* A backup that takes the place of the profile. */
typedef struct
{
  AppProgram *program;
  char *path;
  char *passphrase;
  GCallback again; /* what the context that comes asks likewise */
  PostureWorkRow *row;
} Restoring;

static void
restoring_free (Restoring *restoring)
{
  g_clear_object (&restoring->row);
  g_free (restoring->path);
  g_free (restoring->passphrase);
  g_free (restoring);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  AppProgram *self = data;
  g_autoptr (GError) error = NULL;

  self->opening = FALSE;
  self->platform = posture_platform_open_finish (result, &error);
  if (self->platform != NULL)
    {
      posture_notification_target_add (G_APPLICATION (self->application),
                                       posture_platform_get_bus (self->platform));
      posture_context_set_ready (self->context, posture_platform_get_user (self->platform),
                                 posture_platform_get_library (self->platform));
    }
  else
    posture_context_set_failed (self->context, error);
  g_application_release (G_APPLICATION (self->application));
}

static void
open_profile (AppProgram *self)
{
  g_autofree char *folder = posture_platform_dup_data_folder ();
  g_autoptr (PostureClock) clock = posture_clock_new ();

  /* A profile that is half open is not left behind. */
  g_application_hold (G_APPLICATION (self->application));
  self->opening = TRUE;
  posture_context_set_folder (self->context, folder);
  posture_platform_open_async (folder, clock, opened_cb, self);
}

static gboolean
open_later_cb (gpointer data)
{
  AppProgram *self = data;

  open_profile (self);
  g_application_release (G_APPLICATION (self->application));
  return G_SOURCE_REMOVE;
}

/* Reading the questionnaires takes both processors' time and memory: the window comes first. */
static void
open_later (AppProgram *self)
{
  g_application_hold (G_APPLICATION (self->application));
  g_idle_add_full (G_PRIORITY_LOW, open_later_cb, self, NULL);
}

/* As if a person quit, so that what was typed last is stored; whoever asks a second time need not wait. */
static gboolean
ended_cb (gpointer data)
{
  AppProgram *self = data;

  for (guint i = 0; i < N_SIGNALS; i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", /* parameter = */ NULL);
  return G_SOURCE_REMOVE;
}

static void
close_profile (AppProgram *self)
{
  while (self->opening)
    g_main_context_iteration (NULL, /* may_block = */ TRUE);
  posture_context_close (self->context);
  /* what was sent and is not noted as sent would be sent again the next time */
  if (self->platform != NULL)
    {
      posture_bus_land (posture_platform_get_bus (self->platform), LANDING);
      posture_platform_close (self->platform);
    }
  g_clear_object (&self->platform);
}

static void
tell_restored (AppProgram   *self,
               gboolean      too_late,
               const GError *error)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));

  if (window == NULL)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    posture_window_add_toast (POSTURE_WINDOW (window), adw_toast_new (_("Stopped. Nothing was changed.")));
  else if (error != NULL)
    posture_compat_tell (GTK_WIDGET (window), _("The backup was not put in place"), error->message);
  else
    posture_window_add_toast (POSTURE_WINDOW (window),
                              adw_toast_new (too_late ? _("It was too late to stop: the backup is in place")
                                                      : _("The backup is in place")));
}

/* Whatever came of it, what is there now is opened. */
static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Restoring *restoring = data;
  AppProgram *self = restoring->program;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureBackupInfo) info = posture_backup_finish (result, &error);
  gboolean too_late = g_cancellable_is_cancelled (posture_work_row_get_cancellable (restoring->row));

  posture_work_row_finish (restoring->row);
  restoring_free (restoring);
  open_profile (self);
  tell_restored (self, too_late, error);
  g_application_release (G_APPLICATION (self->application));
}

/* A context, and what it asks for. */
static PostureContext *
make_context (AppProgram *self,
              GCallback   restore)
{
  PostureContext *context = posture_context_new ();

  g_signal_connect_swapped (context, "retry", G_CALLBACK (open_profile), self);
  g_signal_connect_swapped (context, "restore", restore, self);
  return context;
}

static gboolean
restore_later_cb (gpointer data)
{
  Restoring *restoring = data;
  AppProgram *self = restoring->program;
  g_autofree char *folder = posture_platform_dup_data_folder ();
  g_autoptr (PostureContext) fresh = make_context (self, restoring->again);
  GtkWindow *window;

  /* a window of its own on what comes: nothing of the old data is left in it */
  posture_application_restart (self->application, fresh);
  close_profile (self);
  g_set_object (&self->context, fresh);
  self->opening = TRUE;
  restoring->row = g_object_ref_sink (POSTURE_WORK_ROW (posture_work_row_new (_("Putting the backup in place"))));
  window = gtk_application_get_active_window (GTK_APPLICATION (self->application));
  posture_window_add_work (POSTURE_WINDOW (window), GTK_WIDGET (restoring->row));
  posture_backup_restore_async (restoring->path, restoring->passphrase, folder, posture_platform_get_modules (),
                                posture_work_row_get_cancellable (restoring->row), posture_work_row_set_done,
                                restoring->row, restored_cb, restoring);
  return G_SOURCE_REMOVE;
}

/* The window that asks goes, so not while it does. */
static void
restore_cb (AppProgram *self,
            const char *path,
            const char *passphrase)
{
  Restoring *restoring = g_new (Restoring, 1);

  *restoring = (Restoring) { self, g_strdup (path), g_strdup (passphrase), G_CALLBACK (restore_cb), NULL };
  g_application_hold (G_APPLICATION (self->application));
  g_idle_add (restore_later_cb, restoring);
}

/**
 * app_program_new:
 * @application_id: the id, which names the one instance there is
 *
 * Returns: (transfer full): the program, to be run
 */
AppProgram *
app_program_new (const char *application_id)
{
  AppProgram *self = g_new0 (AppProgram, 1);

  self->context = make_context (self, G_CALLBACK (restore_cb));
  self->application = posture_application_new (application_id, self->context);
  g_signal_connect_swapped (self->application, "startup", G_CALLBACK (open_later), self);
  for (guint i = 0; i < N_SIGNALS; i++)
    self->signal_ids[i] = g_unix_signal_add (signals[i], ended_cb, self);
  return self;
}

/**
 * app_program_get_application:
 * @self: the program
 *
 * Returns: (transfer none): its application
 */
PostureApplication *
app_program_get_application (AppProgram *self)
{
  return self->application;
}

/**
 * app_program_free:
 * @self: (transfer full): the program, which was run
 *
 * Closes the profile, and ends it.
 */
void
app_program_free (AppProgram *self)
{
  close_profile (self);
  for (guint i = 0; i < N_SIGNALS; i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
  g_object_unref (self->application);
  g_object_unref (self->context);
  g_free (self);
}
