/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/context.h"
#include "ui/telling.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GMenuModel *posture_report_export_make_menu (void);
void        posture_report_export           (GtkWidget      *widget,
                                             PostureContext *context,
                                             PostureTelling *telling,
                                             const char     *format);

G_END_DECLS
