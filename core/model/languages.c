/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/languages.h"

#include <string.h>

/* The C library writes pt_BR where words files are named pt-BR. */
static void
add_language (GStrvBuilder *languages,
              const char   *name)
{
  g_autofree char *language = g_strdelimit (g_strdup (name), "_", '-');
  const char *region = strchr (language, '-');

  g_strv_builder_add (languages, language);
  if (region != NULL)
    {
      g_autofree char *bare = g_strndup (language, (gsize) (region - language));

      g_strv_builder_add (languages, bare);
    }
}

/**
 * posture_languages_dup:
 * @wanted: (nullable): a language that was asked for, as `de` or `pt-BR`;
 *   %NULL for those of the person's locale
 *
 * Returns: (transfer full) (array zero-terminated=1): the languages to look
 *   for words in, as words files are named, the best first
 */
char **
posture_languages_dup (const char *wanted)
{
  g_autoptr (GStrvBuilder) languages = g_strv_builder_new ();

  if (wanted != NULL)
    add_language (languages, wanted);
  else
    for (const char *const *names = g_get_language_names (); *names != NULL; names++)
      if (strchr (*names, '.') == NULL && strchr (*names, '@') == NULL)
        add_language (languages, g_str_equal (*names, "C") ? "en" : *names);
  return g_strv_builder_end (languages);
}
