/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "export/document.h"
#include "export/export-words.h"
#include "export/export.h"

G_BEGIN_DECLS

/* How far the work is when the document is built that HTML and PDF set. */
#define POSTURE_EXPORT_BUILT 0.2

struct _PostureExport
{
  gatomicrefcount references;
  PostureReport *report;
  /* with a section for each instance that the answers name */
  PostureQuestionnaire *questionnaire;
  PostureWords *words;
  /* those of the report's revision, and as they stand now, with their notes */
  PostureAnswers *answers;
  PostureAnswers *notes;
  char *name;
};

/* One export under way: the words it is written in, and whom to tell how far it is. */
typedef struct
{
  PostureExport *export;
  PostureExportWords *words;
  GCancellable *cancellable;
  PostureProgressFunc progress;
  gpointer data;
} PostureExportRun;

/* What is known of a question; all of it can be missing but the question. */
typedef struct
{
  PostureQuestion *question;
  const char *id;
  /* what its answer is kept under: the id, in a repeated section with the instance */
  const char *key;
  const char *text;
  /* what it is about, in a repeated section */
  const char *instance;
  PostureAnswer *answer;
  const char *note;
  const PostureExplanation *explanation;
  const PostureFinding *finding;
} PostureExportItem;

gboolean    posture_export_run_step       (PostureExportRun        *self,
                                           double                   done,
                                           GError                 **error);

GArray     *posture_export_list_items     (PostureExport           *self);
char       *posture_export_answer_text    (PostureExportRun        *run,
                                           const PostureExportItem *item);
char       *posture_export_target_text    (PostureExportRun        *run,
                                           const PostureExportItem *item);
char       *posture_export_references     (PostureExport           *self,
                                           const char *const       *references,
                                           gboolean                 short_form);
char       *posture_export_section_title  (PostureExport           *self,
                                           const char              *section,
                                           const char              *instance);
const char *posture_export_instance_name  (PostureExport           *self,
                                           const char              *section,
                                           const char              *instance);
const char *posture_export_finding_key    (PostureExport           *self,
                                           const PostureFinding    *finding);
gboolean    posture_export_has_levels     (PostureExport           *self);
const char *posture_export_next_text      (PostureExport           *self,
                                           const PostureExportItem *item);
const char *posture_export_reason_words   (PostureExportRun        *run,
                                           const PostureFinding    *finding);
const char *posture_export_severity_level (PostureExportRun        *run,
                                           const PostureFinding    *finding);
const char *posture_export_effort_level   (PostureExportRun        *run,
                                           const PostureFinding    *finding);

PostureDocument *posture_export_build_document (PostureExportRun   *run,
                                                GError            **error);
void        posture_export_add_result     (PostureExportRun        *run,
                                           PostureDocument         *document);
void        posture_export_add_sections   (PostureExportRun        *run,
                                           PostureDocument         *document);

GBytes     *posture_export_write_html     (PostureExportRun        *run,
                                           GError                 **error);
GBytes     *posture_export_write_pdf      (PostureExportRun        *run,
                                           GError                 **error);
GBytes     *posture_export_write_csv      (PostureExportRun        *run,
                                           GError                 **error);
GBytes     *posture_export_write_json     (PostureExportRun        *run,
                                           GError                 **error);
GBytes     *posture_export_write_oscal    (PostureExportRun        *run,
                                           GError                 **error);

G_END_DECLS
