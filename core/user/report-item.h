/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/posture-types.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_REPORT_ITEM (posture_report_item_get_type ())
G_DECLARE_FINAL_TYPE (PostureReportItem, posture_report_item, POSTURE, REPORT_ITEM, GObject)

const char         *posture_report_item_get_id              (PostureReportItem *self);
const char         *posture_report_item_get_assessment      (PostureReportItem *self);
const char         *posture_report_item_get_assessment_name (PostureReportItem *self);
const char         *posture_report_item_get_questionnaire   (PostureReportItem *self);
const char         *posture_report_item_get_revision        (PostureReportItem *self);
gint64              posture_report_item_get_submitted       (PostureReportItem *self);
const char         *posture_report_item_get_level           (PostureReportItem *self);
const PostureScore *posture_report_item_get_score           (PostureReportItem *self);

G_END_DECLS
