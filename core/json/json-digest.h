/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *posture_json_digest (GBytes *canonical);

G_END_DECLS
