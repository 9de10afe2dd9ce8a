/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **posture_languages_dup (const char *wanted);

G_END_DECLS
