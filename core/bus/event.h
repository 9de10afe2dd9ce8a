/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"

G_BEGIN_DECLS

typedef struct _PostureEvent PostureEvent;

PostureEvent          *posture_event_new             (const char         *id,
                                                      const char         *source,
                                                      const char         *detail_type,
                                                      const char         *account,
                                                      gint64              time,
                                                      const char *const  *resources,
                                                      const char         *detail,
                                                      GError            **error);
PostureEvent          *posture_event_new_from_text   (const char         *text,
                                                      GError            **error);
PostureEvent          *posture_event_ref             (PostureEvent       *self);
void                   posture_event_unref           (PostureEvent       *self);
const char            *posture_event_get_id          (PostureEvent       *self);
const char            *posture_event_get_source      (PostureEvent       *self);
const char            *posture_event_get_detail_type (PostureEvent       *self);
const char            *posture_event_get_account     (PostureEvent       *self);
gint64                 posture_event_get_time        (PostureEvent       *self);
const char *const     *posture_event_get_resources   (PostureEvent       *self);
const char            *posture_event_get_replay_name (PostureEvent      *self);
const PostureJsonNode *posture_event_get_detail      (PostureEvent       *self);
const char            *posture_event_get_text        (PostureEvent       *self);
const char            *posture_event_get_body        (PostureEvent       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureEvent, posture_event_unref)

G_END_DECLS
