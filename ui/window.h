/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/application.h"
#include "ui/settings.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_WINDOW (posture_window_get_type ())
G_DECLARE_FINAL_TYPE (PostureWindow, posture_window, POSTURE, WINDOW, AdwApplicationWindow)

PostureWindow  *posture_window_new             (PostureApplication *application,
                                               PostureContext     *context,
                                               PostureSettings    *settings);
void            posture_window_show_assessment (PostureWindow      *self,
                                               const char         *id);
void            posture_window_show_report     (PostureWindow      *self,
                                               const char         *id);
void            posture_window_show_new        (PostureWindow      *self);
void            posture_window_add_toast       (PostureWindow      *self,
                                               AdwToast           *toast);
void            posture_window_add_work        (PostureWindow      *self,
                                               GtkWidget          *row);
void            posture_window_commit          (PostureWindow      *self);
PostureContext *posture_window_get_context     (PostureWindow      *self);
GtkWidget      *posture_window_get_page        (PostureWindow      *self);

G_END_DECLS
