/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/settings.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_SEEN_REPORTS (posture_seen_reports_get_type ())
G_DECLARE_FINAL_TYPE (PostureSeenReports, posture_seen_reports, POSTURE, SEEN_REPORTS, GObject)

PostureSeenReports *posture_seen_reports_new    (PostureSettings    *settings);
gboolean            posture_seen_reports_is_new (PostureSeenReports *self,
                                                 const char         *id,
                                                 gint64              submitted,
                                                 gint64              now);
void                posture_seen_reports_add    (PostureSeenReports *self,
                                                 const char         *id,
                                                 gint64              submitted,
                                                 gint64              now);

G_END_DECLS
