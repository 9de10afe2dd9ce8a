/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture"

#include "config.h"

#include "app/program.h"
#include "app/translations.h"

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
  g_autofree char *id = make_application_id ();
  AppProgram *program;
  int status;

  app_translations_init ();
  g_set_prgname (POSTURE_APPLICATION_ID);
  program = app_program_new (id);
  status = g_application_run (G_APPLICATION (app_program_get_application (program)), argc, argv);
  app_program_free (program);
  return status;
}
