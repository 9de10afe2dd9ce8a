/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *posture_export_clean_text    (const char *text);
char *posture_export_clean_line    (const char *text);
void  posture_export_append_html   (GString    *html,
                                    const char *text);
void  posture_export_append_cell   (GString    *csv,
                                    const char *text);
char *posture_export_escape_markup (const char *text);

G_END_DECLS
