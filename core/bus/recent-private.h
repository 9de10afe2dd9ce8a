/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/computation-private.h"

G_BEGIN_DECLS

/* The events that were put last. */
typedef struct _PostureRecent PostureRecent;

PostureRecent      *posture_recent_new       (void);
void                posture_recent_free      (PostureRecent  *self);
void                posture_recent_add       (PostureRecent  *self,
                                              PostureEvent   *event);
PostureEvent       *posture_recent_dup_event (PostureRecent  *self,
                                              const char     *id);
PostureComputation *posture_recent_compute   (PostureRecent  *self,
                                              PostureEvent   *event,
                                              PostureTarget  *target,
                                              gboolean       *ret_begun);
void                posture_recent_forget    (PostureRecent  *self);

G_END_DECLS
