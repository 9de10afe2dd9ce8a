/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/event.h"

G_BEGIN_DECLS

/* An event whose text is longer, in bytes, may take longer to read than it takes to wake a thread. */
#define POSTURE_EVENT_QUICK_SIZE 4096

PostureEvent        *posture_event_new_from_row    (const char          *text,
                                                    const char          *body,
                                                    const char          *replay,
                                                    GError             **error);
char                *posture_event_write_replayed  (const char          *envelope,
                                                    const char          *replay);
char                *posture_event_write_digest    (const char          *body);
gboolean             posture_event_set_body        (PostureEvent        *self,
                                                    const char          *body,
                                                    GError             **error);
gboolean             posture_event_is_plain_detail (const char         *detail);
PostureJsonDocument *posture_event_read_detail     (const char         *detail,
                                                    gsize               length,
                                                    gboolean            alone,
                                                    GError            **error);

G_END_DECLS
