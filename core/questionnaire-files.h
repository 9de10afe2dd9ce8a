/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/inspection.h"
#include "model/library.h"

G_BEGIN_DECLS

/**
 * PostureQuestionnaireFiles:
 * @name: the file of the structure, as it is shown
 * @stem: (nullable): what the files of words are named after
 * @structure: its bytes
 * @words: (element-type PostureInspectedWords): the files of words beside it,
 *   English first
 *
 * A questionnaire as its author has it: `<id>.json` and `<id>.<language>.json`.
 */
typedef struct
{
  char *name;
  char *stem;
  GBytes *structure;
  GArray *words;
} PostureQuestionnaireFiles;

PostureQuestionnaireFiles *posture_questionnaire_files_read   (const char                *path,
                                                               PostureFaults             *faults);
void                       posture_questionnaire_files_free   (PostureQuestionnaireFiles *self);
PostureQuestionnaire      *posture_questionnaire_files_add_to (PostureQuestionnaireFiles *self,
                                                               PostureLibrary            *library,
                                                               PostureFaults             *faults);
void                       posture_questionnaire_folder_add_to (const char               *folder,
                                                               PostureLibrary            *library,
                                                               PostureFaults             *faults);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureQuestionnaireFiles, posture_questionnaire_files_free)

G_END_DECLS
