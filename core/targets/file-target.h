/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/target.h"

G_BEGIN_DECLS

#define POSTURE_TYPE_FILE_TARGET (posture_file_target_get_type ())
G_DECLARE_FINAL_TYPE (PostureFileTarget, posture_file_target, POSTURE, FILE_TARGET, GObject)

PostureTarget *posture_file_target_new (const char *path,
                                        gint64      max_size,
                                        guint       copies);

G_END_DECLS
