/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"
#include "ui/telling.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void posture_report_verify      (GtkWidget      *widget,
                                 PostureContext *context,
                                 PostureTelling *telling);
void posture_report_bundle      (GtkWidget      *widget,
                                 PostureContext *context,
                                 PostureTelling *telling);
void posture_report_verify_file (GtkWidget      *widget);

G_END_DECLS
