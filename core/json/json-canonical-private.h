/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void posture_json_canonical_append_number (GString    *out,
                                           double      value);
gboolean posture_json_canonical_is_plain_decimal (gint64 units,
                                                  gint64 one);
void posture_json_canonical_append_decimal (GString    *out,
                                            gint64      units,
                                            gint64      one);
int  posture_json_canonical_compare_names (const char *a,
                                           const char *b);

G_END_DECLS
