/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A large row that is chosen by pressing it anywhere: one of several (a radio row), or any of several
 * (a check row). Emits AdwActionRow::activated. */
#define POSTURE_TYPE_OPTION_ROW (posture_option_row_get_type ())
G_DECLARE_FINAL_TYPE (PostureOptionRow, posture_option_row, POSTURE, OPTION_ROW, AdwActionRow)

GtkWidget *posture_option_row_new        (const char       *title,
                                          gboolean          several);
gboolean   posture_option_row_get_chosen (PostureOptionRow *self);
void       posture_option_row_set_chosen (PostureOptionRow *self,
                                          gboolean          chosen);

G_END_DECLS
