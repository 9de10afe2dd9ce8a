/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/application.h"

G_BEGIN_DECLS

/* The desktop program: opens the profile, in a thread, while the window comes up. */
typedef struct _AppProgram AppProgram;

AppProgram         *app_program_new             (const char *application_id);
PostureApplication *app_program_get_application (AppProgram *self);
void                app_program_free            (AppProgram *self);

G_END_DECLS
