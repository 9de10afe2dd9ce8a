/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *posture_log_vfs_get_name (const char *vfs);

G_END_DECLS
