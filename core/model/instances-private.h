/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answer-private.h"
#include "model/instances.h"

G_BEGIN_DECLS

gboolean posture_instance_check_name (PostureCheck          *check,
                                      const PostureJsonNode *name);

G_END_DECLS
