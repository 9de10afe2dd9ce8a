/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/translations.h"

#include <glib/gi18n.h>
#include <locale.h>

/**
 * app_translations_init:
 *
 * Takes the person's locale, and finds the translations of the program. The
 * first thing a program does.
 */
void
app_translations_init (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, POSTURE_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
