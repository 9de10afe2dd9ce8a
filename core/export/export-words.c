/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-words.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCES "/io/github/posture_app/Posture/export"

struct _PostureExportWords
{
  char *language;
  /* none for English */
  PostureJsonDocument *document;
  PostureChartLanguage for_charts;
};

static const char *
get_text (PostureExportWords *self,
          const char         *text)
{
  const PostureJsonNode *root, *member;

  if (self->document == NULL)
    return text;
  root = posture_json_document_get_root (self->document);
  member = posture_json_node_get_member (root, text);
  return member != NULL && posture_json_node_get_kind (member) == POSTURE_JSON_STRING
           ? posture_json_node_get_string (member)
           : text;
}

static const char *
translate_cb (const char *text,
              gpointer    data)
{
  return get_text (data, text);
}

/* The words in a language, or for pt-BR those in pt. */
static PostureJsonDocument *
load (const char *language)
{
  g_autofree char *path = g_strdup_printf (RESOURCES "/%s.json", language);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  const char *region = strchr (language, '-');

  if (bytes == NULL && region != NULL)
    {
      g_autofree char *without = g_strndup (language, (gsize) (region - language));

      return load (without);
    }
  return bytes != NULL ? posture_json_document_new (bytes, /* limits = */ NULL, NULL) : NULL;
}

/**
 * posture_export_words_new:
 * @language: a language, as in the name of a file of words
 *
 * Loads the words that exports need besides those of questionnaires. Without
 * some in this language they are in English.
 *
 * Returns: (transfer full): the words
 */
PostureExportWords *
posture_export_words_new (const char *language)
{
  PostureExportWords *self;

  g_return_val_if_fail (language != NULL, NULL);

  self = g_new0 (PostureExportWords, 1);
  self->language = g_strdup (language);
  self->document = load (language);
  self->for_charts.translate = translate_cb;
  self->for_charts.data = self;
  self->for_charts.decimal_point = get_text (self, W_("."));
  return self;
}

/**
 * posture_export_words_free:
 * @self: (transfer full): words
 *
 * Frees them; no chart may use them any more.
 */
void
posture_export_words_free (PostureExportWords *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->document, posture_json_document_unref);
  g_free (self->language);
  g_free (self);
}

/**
 * posture_export_words_get:
 * @self: words
 * @text: a text in English, marked with W_()
 *
 * Returns: (transfer none): it in the language
 */
const char *
posture_export_words_get (PostureExportWords *self,
                          const char         *text)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_text (self, text);
}

/**
 * posture_export_words_get_language:
 * @self: words
 *
 * Returns: (transfer none): the language that was asked for
 */
const char *
posture_export_words_get_language (PostureExportWords *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->language;
}

/**
 * posture_export_words_is_mirrored:
 * @self: words
 *
 * Returns: whether the language is written from right to left
 */
gboolean
posture_export_words_is_mirrored (PostureExportWords *self)
{
  static const char *const languages[] = { "ar", "ckb", "dv", "fa", "he", "ps", "ug", "ur", "yi",
                                           NULL };
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  parts = g_strsplit (self->language, "-", 2);
  return g_strv_contains (languages, parts[0]);
}

/**
 * posture_export_words_get_for_charts:
 * @self: words
 *
 * Returns: (transfer none): the same words for charts, as long-lived as @self
 */
const PostureChartLanguage *
posture_export_words_get_for_charts (PostureExportWords *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->for_charts;
}

/**
 * posture_export_words_format_number:
 * @self: words
 * @millionths: a number
 * @places: how many decimals it has at most
 *
 * Returns: (transfer full): it rounded half away from zero, as people write it
 */
char *
posture_export_words_format_number (PostureExportWords *self,
                                    gint64              millionths,
                                    guint               places)
{
  guint64 size = millionths < 0 ? -(guint64) millionths : (guint64) millionths;
  guint64 unit = 1;
  g_autofree char *decimals = NULL;

  g_return_val_if_fail (self != NULL && places <= POSTURE_DECIMAL_PLACES, NULL);

  for (guint i = places; i < POSTURE_DECIMAL_PLACES; i++)
    unit *= 10;
  size = (size + unit / 2) / unit * unit;
  decimals = g_strdup_printf ("%06" G_GUINT64_FORMAT, size % POSTURE_DECIMAL_ONE);
  for (char *end = decimals + strlen (decimals) - 1; end >= decimals && *end == '0'; end--)
    *end = '\0';
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT "%s%s", millionths < 0 && size > 0 ? "\u2212" : "",
                          size / POSTURE_DECIMAL_ONE,
                          *decimals != '\0' ? self->for_charts.decimal_point : "", decimals);
}

/**
 * posture_export_words_format_day:
 * @self: words
 * @moment: a moment, as in a report
 * @with_time: whether to tell the minute, too, which is in UTC
 *
 * Returns: (transfer full): the day as people write it
 */
char *
posture_export_words_format_day (PostureExportWords *self,
                                 const char         *moment,
                                 gboolean            with_time)
{
  static const char *const months[] = {
    W_("January"), W_("February"), W_("March"), W_("April"), W_("May"), W_("June"), W_("July"),
    W_("August"), W_("September"), W_("October"), W_("November"), W_("December"),
  };
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (moment, NULL);
  g_autofree char *day = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (time == NULL)
    return g_strdup (moment);
  /* day, name of the month, year */
  day = g_strdup_printf (posture_export_words_get (self, W_("%d %s %d")),
                         g_date_time_get_day_of_month (time),
                         get_text (self, months[g_date_time_get_month (time) - 1]),
                         g_date_time_get_year (time));
  if (!with_time)
    return g_steal_pointer (&day);
  /* day, hour, minute */
  return g_strdup_printf (posture_export_words_get (self, W_("%s, %02d:%02d UTC")), day,
                          g_date_time_get_hour (time), g_date_time_get_minute (time));
}
