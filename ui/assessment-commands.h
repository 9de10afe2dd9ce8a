/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What can be done with an assessment as a whole, with the way back. */
#define POSTURE_TYPE_ASSESSMENT_COMMANDS (posture_assessment_commands_get_type ())
G_DECLARE_FINAL_TYPE (PostureAssessmentCommands, posture_assessment_commands, POSTURE, ASSESSMENT_COMMANDS, GObject)

PostureAssessmentCommands *posture_assessment_commands_new        (GtkWidget                 *widget,
                                                                   PostureContext            *context);
void                       posture_assessment_commands_rename     (PostureAssessmentCommands *self,
                                                                   PostureAssessmentItem     *item);
void                       posture_assessment_commands_duplicate  (PostureAssessmentCommands *self,
                                                                   PostureAssessmentItem     *item);
void                       posture_assessment_commands_archive    (PostureAssessmentCommands *self,
                                                                   PostureAssessmentItem     *item,
                                                                   gboolean                   archived);
void                       posture_assessment_commands_delete     (PostureAssessmentCommands *self,
                                                                   PostureAssessmentItem     *item);
gboolean                   posture_assessment_commands_is_deleted (PostureAssessmentCommands *self,
                                                                   const char                *id);
void                       posture_assessment_commands_finish     (PostureAssessmentCommands *self);

G_END_DECLS
