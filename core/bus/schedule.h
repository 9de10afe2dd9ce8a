/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus-error.h"

G_BEGIN_DECLS

typedef struct _PostureSchedule PostureSchedule;

PostureSchedule *posture_schedule_new      (const char            *text,
                                            GError               **error);
void             posture_schedule_free     (PostureSchedule       *self);
gint64           posture_schedule_get_next (const PostureSchedule *self,
                                            gint64                 begin,
                                            gint64                 after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureSchedule, posture_schedule_free)

G_END_DECLS
