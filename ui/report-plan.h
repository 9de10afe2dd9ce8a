/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"
#include "user/plan.h"

G_BEGIN_DECLS

/* What is planned for the findings of one assessment, as it stands: shown at once, stored behind it. */
#define POSTURE_TYPE_REPORT_PLAN (posture_report_plan_get_type ())
G_DECLARE_FINAL_TYPE (PostureReportPlan, posture_report_plan, POSTURE, REPORT_PLAN, GObject)

PostureReportPlan     *posture_report_plan_new            (PostureContext      *context,
                                                           const char          *assessment,
                                                           GPtrArray           *items);
PostureContext        *posture_report_plan_get_context    (PostureReportPlan   *self);
const char            *posture_report_plan_get_assessment (PostureReportPlan   *self);
const PosturePlanItem *posture_report_plan_find           (PostureReportPlan   *self,
                                                           const char          *key);
char                  *posture_report_plan_dup_text       (PostureReportPlan   *self,
                                                           const char          *key);
void                   posture_report_plan_set_async      (PostureReportPlan   *self,
                                                           const char          *key,
                                                           const char          *owner,
                                                           const char          *due,
                                                           gboolean             done,
                                                           PostureAnswer       *answer,
                                                           GAsyncReadyCallback  callback,
                                                           gpointer             user_data);
gboolean               posture_report_plan_set_finish     (PostureReportPlan   *self,
                                                           GAsyncResult        *result,
                                                           GError             **error);

G_END_DECLS
