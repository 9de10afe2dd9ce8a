/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

const char *posture_log_vfs_get_name (const char *vfs);
void        posture_log_vfs_forget   (sqlite3    *database);

G_END_DECLS
