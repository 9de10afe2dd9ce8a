/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_APPLICATION (posture_application_get_type ())
G_DECLARE_FINAL_TYPE (PostureApplication, posture_application, POSTURE, APPLICATION, AdwApplication)

PostureApplication *posture_application_new (const char     *application_id,
                                             PostureContext *context);
void                posture_application_restart (PostureApplication *self,
                                             PostureContext *context);

G_END_DECLS
