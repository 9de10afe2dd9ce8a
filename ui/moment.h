/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *posture_moment_to_words (gint64 time,
                               gint64 now);
char *posture_day_to_words    (const char *day);

G_END_DECLS
