/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"
#include "ui/draft-keeper.h"
#include "ui/settings.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_MAIN_VIEW (posture_main_view_get_type ())
G_DECLARE_FINAL_TYPE (PostureMainView, posture_main_view, POSTURE, MAIN_VIEW, AdwBin)

GtkWidget *posture_main_view_new              (PostureSettings *settings);
void       posture_main_view_set_context      (PostureMainView *self,
                                               PostureContext  *context);
void       posture_main_view_show_new         (PostureMainView *self);
void       posture_main_view_show_assessment  (PostureMainView *self,
                                               const char      *id);
void       posture_main_view_close_assessment (PostureMainView *self,
                                               const char      *id);
void       posture_main_view_show_question    (PostureMainView *self,
                                               const char      *assessment,
                                               const char      *question);
void       posture_main_view_show_report      (PostureMainView *self,
                                               const char      *id);
void       posture_main_view_show_list        (PostureMainView *self,
                                               const char      *name);
void       posture_main_view_go_back          (PostureMainView *self);
void       posture_main_view_step_back        (PostureMainView *self);
void       posture_main_view_open_menu        (PostureMainView *self);
void       posture_main_view_commit           (PostureMainView *self);
PostureDraftKeeper *
           posture_main_view_get_keeper       (PostureMainView *self);

G_END_DECLS
