/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"

G_BEGIN_DECLS

typedef struct _PostureVisibility PostureVisibility;

GArray            *posture_questionnaire_find_visible (PostureQuestionnaire *self,
                                                       PostureAnswers       *answers);
PostureAnswer    **posture_questionnaire_find_given   (PostureQuestionnaire *self,
                                                       PostureAnswers       *answers,
                                                       GArray               *visible);

PostureVisibility *posture_visibility_new             (PostureQuestionnaire *questionnaire,
                                                       PostureAnswers       *answers);
void               posture_visibility_free            (PostureVisibility    *self);
gboolean           posture_visibility_get             (PostureVisibility    *self,
                                                       guint                 index);
GArray            *posture_visibility_peek            (PostureVisibility    *self);
GArray            *posture_visibility_update          (PostureVisibility    *self,
                                                       PostureAnswers       *answers,
                                                       const char           *question);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureVisibility, posture_visibility_free)

G_END_DECLS
