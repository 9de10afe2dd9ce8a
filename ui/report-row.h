/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_REPORT_ROW (posture_report_row_get_type ())
G_DECLARE_FINAL_TYPE (PostureReportRow, posture_report_row, POSTURE, REPORT_ROW, GtkWidget)

void               posture_report_row_show     (PostureReportRow  *self,
                                                PostureContext    *context,
                                                PostureReportItem *item);
PostureReportItem *posture_report_row_get_item (PostureReportRow  *self);
void               posture_report_row_set_new  (PostureReportRow  *self,
                                                gboolean           is_new);
void               posture_report_row_popup    (PostureReportRow  *self);

G_END_DECLS
