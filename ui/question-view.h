/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/draft.h"
#include "ui/settings.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One question with all that helps to answer it. */
#define POSTURE_TYPE_QUESTION_VIEW (posture_question_view_get_type ())
G_DECLARE_FINAL_TYPE (PostureQuestionView, posture_question_view, POSTURE, QUESTION_VIEW, AdwBin)

void     posture_question_view_show         (PostureQuestionView *self,
                                             PostureDraft        *draft,
                                             guint                place);
void     posture_question_view_set_settings (PostureQuestionView *self,
                                             PostureSettings     *settings);
void     posture_question_view_refresh      (PostureQuestionView *self);
void     posture_question_view_commit       (PostureQuestionView *self);
gboolean posture_question_view_pick         (PostureQuestionView *self,
                                             guint                place);
void     posture_question_view_set_unknown  (PostureQuestionView *self);
void     posture_question_view_focus_first  (PostureQuestionView *self);

G_END_DECLS
