/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_ASSESSMENT_ROW (posture_assessment_row_get_type ())
G_DECLARE_FINAL_TYPE (PostureAssessmentRow, posture_assessment_row, POSTURE, ASSESSMENT_ROW, AdwBin)

GtkWidget             *posture_assessment_row_new      (PostureContext        *context);
PostureAssessmentItem *posture_assessment_row_get_item (PostureAssessmentRow  *self);
void                   posture_assessment_row_set_item (PostureAssessmentRow  *self,
                                                        PostureAssessmentItem *item);
void                   posture_assessment_row_popup    (PostureAssessmentRow  *self);

G_END_DECLS
