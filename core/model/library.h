/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/questionnaire.h"
#include "model/words.h"

G_BEGIN_DECLS

typedef struct _PostureLibrary PostureLibrary;

PostureLibrary       *posture_library_new             (void);
PostureLibrary       *posture_library_ref             (PostureLibrary       *self);
void                  posture_library_unref           (PostureLibrary       *self);
PostureQuestionnaire *posture_library_add             (PostureLibrary       *self,
                                                       GBytes               *structure,
                                                       const char           *file_name,
                                                       gboolean              current,
                                                       PostureFaults        *faults);
void                  posture_library_set_current     (PostureLibrary       *self,
                                                       PostureQuestionnaire *questionnaire);
gboolean              posture_library_add_words       (PostureLibrary       *self,
                                                       PostureQuestionnaire *questionnaire,
                                                       GBytes               *words,
                                                       const char           *file_name,
                                                       PostureFaults        *faults);
void                  posture_library_take_left_out   (PostureLibrary       *self,
                                                       PostureFaults        *faults);
PostureFaults        *posture_library_get_left_out    (PostureLibrary       *self);
char                **posture_library_dup_ids         (PostureLibrary       *self);
PostureQuestionnaire *posture_library_dup_current     (PostureLibrary       *self,
                                                       const char           *id);
PostureQuestionnaire *posture_library_dup_by_digest   (PostureLibrary       *self,
                                                       const char           *digest);
char                **posture_library_dup_languages   (PostureLibrary       *self,
                                                       const char           *digest);
PostureWords         *posture_library_dup_words       (PostureLibrary       *self,
                                                       const char           *digest,
                                                       const char *const    *languages);
GBytes               *posture_library_dup_words_bytes (PostureLibrary       *self,
                                                       const char           *digest,
                                                       const char           *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureLibrary, posture_library_unref)

G_END_DECLS
