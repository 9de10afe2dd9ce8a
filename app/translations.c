/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/translations.h"

#include <libintl.h>
#include <locale.h>

/**
 * app_translations_init:
 *
 * Takes the locale of the environment and finds the translations: where they are installed, or where
 * `POSTURE_LOCALE_DIR` says, as it does for a program in its build folder. To be called once, before
 * anything is said.
 */
void
app_translations_init (void)
{
  const char *folder = g_getenv ("POSTURE_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : POSTURE_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
