/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button that shows a day and has a calendar to choose another one, or none. */
#define POSTURE_TYPE_DAY_BUTTON (posture_day_button_get_type ())
G_DECLARE_FINAL_TYPE (PostureDayButton, posture_day_button, POSTURE, DAY_BUTTON, GtkWidget)

GtkWidget  *posture_day_button_new     (const char       *day);
const char *posture_day_button_get_day (PostureDayButton *self);

G_END_DECLS
