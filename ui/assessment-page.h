/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_ASSESSMENT_PAGE (posture_assessment_page_get_type ())
G_DECLARE_FINAL_TYPE (PostureAssessmentPage, posture_assessment_page, POSTURE, ASSESSMENT_PAGE, PosturePage)

void posture_assessment_page_show (PostureAssessmentPage *self,
                                   const char *id);

G_END_DECLS
