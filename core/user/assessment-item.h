/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/posture-types.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_ASSESSMENT_ITEM (posture_assessment_item_get_type ())
G_DECLARE_FINAL_TYPE (PostureAssessmentItem, posture_assessment_item, POSTURE, ASSESSMENT_ITEM, GObject)

const char *posture_assessment_item_get_id                (PostureAssessmentItem *self);
const char *posture_assessment_item_get_name              (PostureAssessmentItem *self);
const char *posture_assessment_item_get_questionnaire     (PostureAssessmentItem *self);
const char *posture_assessment_item_get_digest            (PostureAssessmentItem *self);
gboolean    posture_assessment_item_get_archived          (PostureAssessmentItem *self);
gint64      posture_assessment_item_get_created           (PostureAssessmentItem *self);
gint64      posture_assessment_item_get_changed           (PostureAssessmentItem *self);
guint       posture_assessment_item_get_n_answers         (PostureAssessmentItem *self);
const char *posture_assessment_item_get_revision          (PostureAssessmentItem *self);
guint       posture_assessment_item_get_revision_number   (PostureAssessmentItem *self);
gint64      posture_assessment_item_get_submitted         (PostureAssessmentItem *self);
gboolean    posture_assessment_item_has_newer_answers     (PostureAssessmentItem *self);
const char *posture_assessment_item_get_last_report       (PostureAssessmentItem *self);
const char *posture_assessment_item_get_level             (PostureAssessmentItem *self);
const PostureScore *posture_assessment_item_get_score     (PostureAssessmentItem *self);

G_END_DECLS
