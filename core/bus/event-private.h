/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/event.h"

G_BEGIN_DECLS

PostureEvent          *posture_event_new_checked (const char         *id,
                                                  const char         *source,
                                                  const char         *detail_type,
                                                  const char         *account,
                                                  gint64              time,
                                                  const char *const  *resources,
                                                  const char         *detail,
                                                  GError            **error);
const PostureJsonNode *posture_event_get_root    (PostureEvent       *self,
                                                  GError            **error);

G_END_DECLS
