/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define POSTURE_INPUT_MAX (16 * 1024 * 1024)

GBytes *posture_input_read_stream (int          fd,
                                   gboolean     pipe,
                                   GError     **error);
GBytes *posture_input_read        (const char  *path,
                                   GError     **error);

G_END_DECLS
