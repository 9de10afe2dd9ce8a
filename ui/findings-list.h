/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/telling.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_FINDINGS_LIST (posture_findings_list_get_type ())
G_DECLARE_FINAL_TYPE (PostureFindingsList, posture_findings_list, POSTURE, FINDINGS_LIST, AdwBin)

GtkWidget *posture_findings_list_new (PostureTelling *telling);

G_END_DECLS
