/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-export"

#include "config.h"

#include "export/export-private.h"

#include "export/export-text.h"
#include "model/expansion.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef GBytes *(*WriteFunc) (PostureExportRun *run, GError **error);

static const struct
{
  const char *name;
  const char *extension;
  WriteFunc write;
} formats[] = {
  [POSTURE_EXPORT_HTML] = { "html", "html", posture_export_write_html },
  [POSTURE_EXPORT_PDF] = { "pdf", "pdf", posture_export_write_pdf },
  [POSTURE_EXPORT_CSV] = { "csv", "csv", posture_export_write_csv },
  [POSTURE_EXPORT_JSON] = { "json", "json", posture_export_write_json },
  [POSTURE_EXPORT_OSCAL] = { "oscal", "oscal.json", posture_export_write_oscal },
};

/**
 * posture_export_format_from_string:
 * @text: a format's name: html, pdf, csv, json or oscal
 * @ret_format: (out): the format
 *
 * Returns: whether there is one of that name
 */
gboolean
posture_export_format_from_string (const char          *text,
                                   PostureExportFormat *ret_format)
{
  g_return_val_if_fail (text != NULL && ret_format != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, text))
      {
        *ret_format = (PostureExportFormat) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * posture_export_format_to_string:
 * @format: a format
 *
 * Returns: (transfer none): its name
 */
const char *
posture_export_format_to_string (PostureExportFormat format)
{
  g_return_val_if_fail ((guint) format < G_N_ELEMENTS (formats), NULL);

  return formats[format].name;
}

/**
 * posture_export_new:
 * @report: a report
 * @questionnaire: the questionnaire it was rated with
 * @words: words of that questionnaire; they choose the language
 * @answers: the answers of the report's revision
 * @notes: (nullable): the assessment's answers as they stand, for their notes
 * @name: (nullable): the assessment's name
 *
 * Brings together what a report needs to be read elsewhere. None of it is
 * changed any more, so an export can be written in another thread.
 *
 * Returns: (transfer full): the export
 */
PostureExport *
posture_export_new (PostureReport        *report,
                    PostureQuestionnaire *questionnaire,
                    PostureWords         *words,
                    PostureAnswers       *answers,
                    PostureAnswers       *notes,
                    const char           *name)
{
  PostureExport *self;

  g_return_val_if_fail (report != NULL && questionnaire != NULL && words != NULL, NULL);
  g_return_val_if_fail (answers != NULL, NULL);

  self = g_new0 (PostureExport, 1);
  g_atomic_ref_count_init (&self->references);
  self->report = posture_report_ref (report);
  self->questionnaire = posture_questionnaire_expand (questionnaire, answers);
  self->words = posture_words_ref (words);
  self->answers = posture_answers_ref (answers);
  self->notes = notes != NULL ? posture_answers_ref (notes) : NULL;
  self->name = g_strdup (name != NULL && *name != '\0' ? name : posture_words_get_title (words));
  return self;
}

/**
 * posture_export_ref:
 * @self: an export
 *
 * Returns: (transfer full): @self with one more reference
 */
PostureExport *
posture_export_ref (PostureExport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_export_unref:
 * @self: (transfer full): an export
 *
 * Takes a reference away; with the last one the export is freed.
 */
void
posture_export_unref (PostureExport *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  posture_report_unref (self->report);
  posture_questionnaire_unref (self->questionnaire);
  posture_words_unref (self->words);
  posture_answers_unref (self->answers);
  g_clear_pointer (&self->notes, posture_answers_unref);
  g_free (self->name);
  g_free (self);
}

/**
 * posture_export_dup_file_name:
 * @self: an export
 * @format: a format
 *
 * Makes a name to offer for the file, of the assessment's name and the day.
 *
 * Returns: (transfer full): a name without a folder
 */
char *
posture_export_dup_file_name (PostureExport      *self,
                              PostureExportFormat format)
{
  g_autofree char *name = NULL;
  g_autofree char *shortened = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) format < G_N_ELEMENTS (formats), NULL);

  name = posture_export_clean_line (self->name);
  g_strdelimit (name, "/\\:*?\"<>|", '-');
  shortened = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), 60));
  g_strstrip (shortened);
  /* a hidden file would seem lost */
  if (*shortened == '.')
    *shortened = '-';
  return g_strdup_printf ("%s %.10s.%s", shortened, self->report->submitted,
                          formats[format].extension);
}

/* Tells how far it is, and whether to go on. */
gboolean
posture_export_run_step (PostureExportRun *self,
                         double            done,
                         GError          **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->progress != NULL)
    self->progress (done, self->data);
  return TRUE;
}

/**
 * posture_export_to_bytes:
 * @self: an export
 * @format: a format
 * @progress: (nullable) (scope call): is told how far it is, in this thread
 * @data: for @progress
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError, which is %G_IO_ERROR_CANCELLED or
 *   says why a document could not be made
 *
 * Writes the report into memory. It can take a second: not for a thread that
 * draws. The same report, answers, notes and language give the same bytes.
 *
 * Returns: (transfer full) (nullable): the file's content
 */
GBytes *
posture_export_to_bytes (PostureExport        *self,
                         PostureExportFormat   format,
                         PostureProgressFunc progress,
                         gpointer              data,
                         GCancellable         *cancellable,
                         GError              **error)
{
  g_autoptr (PostureExportWords) words = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PostureExportRun run = { self, NULL, cancellable, progress, data };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) format < G_N_ELEMENTS (formats), NULL);

  run.words = words = posture_export_words_new (posture_words_get_language (self->words));
  if (!posture_export_run_step (&run, 0, error))
    return NULL;
  bytes = formats[format].write (&run, error);
  if (bytes == NULL || !posture_export_run_step (&run, 1, error))
    return NULL;
  return g_steal_pointer (&bytes);
}

/**
 * posture_export_save:
 * @self: an export
 * @format: a format
 * @path: (type filename): where to
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError
 *
 * Writes the report to a file, which is there as a whole or, after an error,
 * as it was before. Waits for the disk.
 *
 * Returns: whether it is on disk
 */
gboolean
posture_export_save (PostureExport      *self,
                     PostureExportFormat format,
                     const char         *path,
                     GCancellable       *cancellable,
                     GError            **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  bytes = posture_export_to_bytes (self, format, /* progress = */ NULL, /* data = */ NULL, cancellable,
                                   error);
  return bytes != NULL && posture_export_write_file (path, bytes, error);
}
