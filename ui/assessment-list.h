/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_ASSESSMENT_LIST (posture_assessment_list_get_type ())
G_DECLARE_FINAL_TYPE (PostureAssessmentList, posture_assessment_list, POSTURE, ASSESSMENT_LIST, AdwBin)

void posture_assessment_list_set_context (PostureAssessmentList *self,
                                          PostureContext *context);
void posture_assessment_list_set_shown   (PostureAssessmentList *self,
                                          const char *id);

G_END_DECLS
