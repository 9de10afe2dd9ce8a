/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/draft-keeper.h"
#include "ui/page.h"
#include "ui/settings.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_ASSESSMENT_PAGE (posture_assessment_page_get_type ())
G_DECLARE_FINAL_TYPE (PostureAssessmentPage, posture_assessment_page, POSTURE, ASSESSMENT_PAGE, PosturePage)

void                posture_assessment_page_set_settings   (PostureAssessmentPage *self,
                                                            PostureSettings       *settings);
void                posture_assessment_page_show           (PostureAssessmentPage *self,
                                                            const char            *id);
void                posture_assessment_page_show_question  (PostureAssessmentPage *self,
                                                            const char            *id,
                                                            const char            *question);
void                posture_assessment_page_close          (PostureAssessmentPage *self);
gboolean            posture_assessment_page_step_back      (PostureAssessmentPage *self);
void                posture_assessment_page_commit         (PostureAssessmentPage *self);
PostureDraftKeeper *posture_assessment_page_get_keeper     (PostureAssessmentPage *self);
const char         *posture_assessment_page_get_assessment (PostureAssessmentPage *self);
const char         *posture_assessment_page_get_question   (PostureAssessmentPage *self);

G_END_DECLS
