/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/event.h"

G_BEGIN_DECLS

/* A path into an event: `$.detail.list[0].name`, `$.detail.list[*].name`. */
typedef struct _PostureInputPath PostureInputPath;

PostureInputPath *posture_input_path_new     (const char             *text,
                                              GError                **error);
void              posture_input_path_free    (PostureInputPath       *self);
char             *posture_input_path_dup     (const PostureInputPath *self,
                                              PostureJsonDocument    *envelope,
                                              PostureEvent           *event,
                                              gboolean               *ret_is_string,
                                              GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureInputPath, posture_input_path_free)

G_END_DECLS
