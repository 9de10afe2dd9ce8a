/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"
#include "ui/telling.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What changed from an earlier report to one. */
#define POSTURE_TYPE_COMPARE_VIEW (posture_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (PostureCompareView, posture_compare_view, POSTURE, COMPARE_VIEW, AdwBin)

GtkWidget *posture_compare_view_new (PostureContext *context,
                                     PostureTelling *telling);

G_END_DECLS
