/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/faults.h"

G_BEGIN_DECLS

void posture_faults_add_at (PostureFaults *self,
                            const char    *file,
                            const char    *place,
                            guint          order,
                            gboolean       syntax,
                            char          *reason);
void posture_faults_sort   (PostureFaults *self,
                            guint          start);

G_END_DECLS
