/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"
#include "model/posture-types.h"
#include "model/words.h"
#include "store/progress.h"
#include "user/user-service.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PostureExportFormat:
 * @POSTURE_EXPORT_HTML: a page in one file, to read and to print
 * @POSTURE_EXPORT_PDF: pages
 * @POSTURE_EXPORT_CSV: a table with a row for each question, for spreadsheets
 * @POSTURE_EXPORT_JSON: the report as it is stored, with answers, notes and words
 * @POSTURE_EXPORT_OSCAL: assessment results after OSCAL 1.0
 *
 * What a report can become.
 */
typedef enum
{
  POSTURE_EXPORT_HTML,
  POSTURE_EXPORT_PDF,
  POSTURE_EXPORT_CSV,
  POSTURE_EXPORT_JSON,
  POSTURE_EXPORT_OSCAL,
} PostureExportFormat;

typedef struct _PostureExport PostureExport;

gboolean       posture_export_format_from_string   (const char            *text,
                                                    PostureExportFormat   *ret_format);
const char    *posture_export_format_to_string     (PostureExportFormat    format);

PostureExport *posture_export_new                  (PostureReport         *report,
                                                    PostureQuestionnaire  *questionnaire,
                                                    PostureWords          *words,
                                                    PostureAnswers        *answers,
                                                    PostureAnswers        *notes,
                                                    const char            *name);
PostureExport *posture_export_load                 (PostureUserService    *user,
                                                    PostureReport         *report,
                                                    PostureQuestionnaire  *questionnaire,
                                                    PostureWords          *words,
                                                    GError               **error);
void           posture_export_load_async           (PostureUserService    *user,
                                                    PostureReport         *report,
                                                    PostureQuestionnaire  *questionnaire,
                                                    PostureWords          *words,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
PostureExport *posture_export_load_finish          (PostureUserService    *user,
                                                    GAsyncResult          *result,
                                                    GError               **error);
PostureExport *posture_export_ref                  (PostureExport         *self);
void           posture_export_unref                (PostureExport         *self);
char          *posture_export_dup_file_name        (PostureExport         *self,
                                                    PostureExportFormat    format);
GBytes        *posture_export_to_bytes             (PostureExport         *self,
                                                    PostureExportFormat    format,
                                                    PostureProgressFunc    progress,
                                                    gpointer               data,
                                                    GCancellable          *cancellable,
                                                    GError               **error);
gboolean       posture_export_save                 (PostureExport         *self,
                                                    PostureExportFormat    format,
                                                    const char            *path,
                                                    GCancellable          *cancellable,
                                                    GError               **error);
void           posture_export_save_async           (PostureExport         *self,
                                                    PostureExportFormat    format,
                                                    const char            *path,
                                                    GCancellable          *cancellable,
                                                    PostureProgressFunc    progress,
                                                    gpointer               progress_data,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
gboolean       posture_export_save_finish          (GAsyncResult          *result,
                                                    GError               **error);
gboolean       posture_export_check_place          (const char            *path,
                                                    const char            *folder,
                                                    GError               **error);
gboolean       posture_export_write_file           (const char            *path,
                                                    GBytes                *bytes,
                                                    GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureExport, posture_export_unref)

G_END_DECLS
