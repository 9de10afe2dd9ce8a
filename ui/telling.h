/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"
#include "model/posture-types.h"
#include "model/words.h"
#include "ui/report-plan.h"

G_BEGIN_DECLS

/* A report with the words to tell it. */
typedef struct _PostureTelling PostureTelling;

PostureTelling       *posture_telling_new               (PostureReport            *report,
                                                         PostureQuestionnaire     *questionnaire,
                                                         PostureWords             *words,
                                                         PostureAnswers           *answers);
PostureTelling       *posture_telling_ref               (PostureTelling           *self);
void                  posture_telling_unref             (PostureTelling           *self);
void                  posture_telling_set_background    (PostureTelling           *self,
                                                         const char               *name,
                                                         PostureAnswers           *submitted,
                                                         GHashTable               *times,
                                                         gint64                    now,
                                                         PostureReportPlan        *plan);
const char           *posture_telling_get_name          (PostureTelling           *self);
PostureAnswers       *posture_telling_get_answers       (PostureTelling           *self);
PostureAnswers       *posture_telling_get_submitted     (PostureTelling           *self);
PostureReportPlan    *posture_telling_get_plan          (PostureTelling           *self);
char                 *posture_telling_dup_key           (const char               *question,
                                                         const char               *instance);
char                 *posture_telling_dup_moment        (PostureTelling           *self,
                                                         const PostureExplanation *explanation);
PostureReport        *posture_telling_get_report        (PostureTelling           *self);
PostureQuestionnaire *posture_telling_get_questionnaire (PostureTelling           *self);
PostureWords         *posture_telling_get_words         (PostureTelling           *self);
gboolean              posture_telling_has_method        (PostureTelling           *self,
                                                         const char               *method);
gboolean              posture_telling_has_targets       (PostureTelling           *self);
guint                 posture_telling_count_open        (PostureTelling           *self);
char                 *posture_telling_dup_section       (PostureTelling           *self,
                                                         const char               *section,
                                                         const char               *instance);
const char           *posture_telling_get_question      (PostureTelling           *self,
                                                         const char               *question);
char                 *posture_telling_dup_answer        (PostureTelling           *self,
                                                         const PostureExplanation *explanation);
const PostureExplanation *posture_telling_find_explanation (PostureTelling        *self,
                                                         const char               *question,
                                                         const char               *instance);
char                 *posture_telling_dup_reference     (PostureTelling           *self,
                                                         const char               *reference);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureTelling, posture_telling_unref)

G_END_DECLS
