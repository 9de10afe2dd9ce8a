/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"
#include "ui/seen-reports.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_REPORT_LIST (posture_report_list_get_type ())
G_DECLARE_FINAL_TYPE (PostureReportList, posture_report_list, POSTURE, REPORT_LIST, AdwBin)

void posture_report_list_set_context (PostureReportList  *self,
                                      PostureContext     *context);
void posture_report_list_set_seen    (PostureReportList  *self,
                                      PostureSeenReports *seen);
void posture_report_list_set_shown   (PostureReportList  *self,
                                      const char         *id);

G_END_DECLS
