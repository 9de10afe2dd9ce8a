/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean posture_is_id        (const char *text);
gboolean posture_is_uuid      (const char *text);
gboolean posture_is_digest    (const char *text);
gboolean posture_is_date      (const char *text);
gboolean posture_is_date_time (const char *text);

G_END_DECLS
