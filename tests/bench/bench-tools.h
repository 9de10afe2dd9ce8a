/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  *bench_folder_new (void);
double bench_get_cpu    (void);

G_END_DECLS
