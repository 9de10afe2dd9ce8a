/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answer.h"
#include "model/questionnaire.h"

G_BEGIN_DECLS

typedef struct _PostureAnswers PostureAnswers;

PostureAnswers *posture_answers_new                 (void);
PostureAnswers *posture_answers_new_from_file_bytes (GBytes                *bytes,
                                                     const char            *file_name,
                                                     PostureQuestionnaire  *questionnaire,
                                                     PostureFaults         *faults);
PostureAnswers *posture_answers_new_from_node       (const PostureJsonNode *node,
                                                     PostureQuestionnaire  *questionnaire,
                                                     GError               **error);
char           *posture_answers_peek_questionnaire  (GBytes                *bytes,
                                                     GError               **error);
PostureAnswers *posture_answers_copy                (PostureAnswers        *self);
PostureAnswers *posture_answers_ref                 (PostureAnswers        *self);
void            posture_answers_unref               (PostureAnswers        *self);
guint           posture_answers_get_length          (PostureAnswers        *self);
PostureAnswer  *posture_answers_get                 (PostureAnswers        *self,
                                                     const char            *question);
void            posture_answers_set                 (PostureAnswers        *self,
                                                     const char            *question,
                                                     PostureAnswer         *answer);
char          **posture_answers_take_profile        (PostureAnswers        *self,
                                                     PostureQuestionnaire  *questionnaire,
                                                     const PostureProfile  *profile);
char          **posture_answers_dup_questions       (PostureAnswers        *self);
void            posture_answers_write               (PostureAnswers        *self,
                                                     PostureJsonWriter     *writer,
                                                     gboolean               with_notes);
char           *posture_answers_to_canonical        (PostureAnswers        *self);
GBytes         *posture_answers_to_file_bytes       (PostureAnswers        *self,
                                                     const char            *questionnaire);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureAnswers, posture_answers_unref)

G_END_DECLS
