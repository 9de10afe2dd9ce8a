/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/telling.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Other answers than those of a report, and what the report would be with them. Nothing is stored. */
#define POSTURE_TYPE_WHAT_IF_VIEW (posture_what_if_view_get_type ())
G_DECLARE_FINAL_TYPE (PostureWhatIfView, posture_what_if_view, POSTURE, WHAT_IF_VIEW, AdwBin)

GtkWidget *posture_what_if_view_new (PostureTelling    *telling);
void       posture_what_if_view_set (PostureWhatIfView *self,
                                     const char        *key,
                                     PostureAnswer     *answer);

G_END_DECLS
