/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/page.h"
#include "ui/seen-reports.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_REPORT_PAGE (posture_report_page_get_type ())
G_DECLARE_FINAL_TYPE (PostureReportPage, posture_report_page, POSTURE, REPORT_PAGE, PosturePage)

void        posture_report_page_set_seen   (PostureReportPage  *self,
                                            PostureSeenReports *seen);
void        posture_report_page_show       (PostureReportPage  *self,
                                            const char         *id);
const char *posture_report_page_get_report (PostureReportPage  *self);

G_END_DECLS
