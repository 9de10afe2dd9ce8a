/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture"

#include "config.h"

#include "app/notification-target.h"
#include "app/translations.h"
#include "platform.h"
#include "ui/application.h"

/* The desktop program: opens the profile, in a thread, while the window comes up. */
typedef struct
{
  PostureApplication *application;
  PostureContext *context;
  PosturePlatform *platform;
  gboolean opening;
} Program;

static void open_profile (Program *program);

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Program *program = data;
  g_autoptr (GError) error = NULL;

  program->opening = FALSE;
  program->platform = posture_platform_open_finish (result, &error);
  if (program->platform != NULL)
    {
      posture_notification_target_add (G_APPLICATION (program->application),
                                       posture_platform_get_bus (program->platform));
      posture_context_set_ready (program->context, posture_platform_get_user (program->platform),
                                 posture_platform_get_library (program->platform));
    }
  else
    posture_context_set_failed (program->context, error);
  g_application_release (G_APPLICATION (program->application));
}

static void
open_profile (Program *program)
{
  g_autofree char *folder = posture_platform_dup_data_folder ();
  g_autoptr (PostureClock) clock = posture_clock_new ();

  /* A profile that is half open is not left behind. */
  g_application_hold (G_APPLICATION (program->application));
  program->opening = TRUE;
  posture_platform_open_async (folder, clock, opened_cb, program);
}

static gboolean
open_later_cb (gpointer data)
{
  Program *program = data;

  open_profile (program);
  g_application_release (G_APPLICATION (program->application));
  return G_SOURCE_REMOVE;
}

/* Reading the questionnaires takes both processors' time and memory: the window comes first. */
static void
open_later (Program *program)
{
  g_application_hold (G_APPLICATION (program->application));
  g_idle_add_full (G_PRIORITY_LOW, open_later_cb, program, NULL);
}

static void
close_profile (Program *program)
{
  while (program->opening)
    g_main_context_iteration (NULL, /* may_block = */ TRUE);
  posture_context_close (program->context);
  if (program->platform != NULL)
    posture_platform_close (program->platform);
  g_clear_object (&program->platform);
}

/* Each profile is an instance of the program of its own. */
static char *
make_application_id (void)
{
  const char *folder = g_getenv ("POSTURE_DATA_DIR");
  g_autofree char *digest = NULL;

  if (folder == NULL || folder[0] == '\0')
    return g_strdup (POSTURE_APPLICATION_ID);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, folder, -1);
  digest[16] = '\0';
  return g_strdup_printf ("%s.P%s", POSTURE_APPLICATION_ID, digest);
}

int
main (int    argc,
      char **argv)
{
  Program program = { NULL };
  g_autofree char *id = make_application_id ();
  int status;

  app_translations_init ();
  g_set_prgname (POSTURE_APPLICATION_ID);
  program.context = posture_context_new ();
  program.application = posture_application_new (id, program.context);
  g_signal_connect_swapped (program.application, "startup", G_CALLBACK (open_later), &program);
  g_signal_connect_swapped (program.context, "retry", G_CALLBACK (open_profile), &program);
  status = g_application_run (G_APPLICATION (program.application), argc, argv);
  close_profile (&program);
  g_object_unref (program.application);
  g_object_unref (program.context);
  return status;
}
