/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answer.h"
#include "model/check-private.h"

G_BEGIN_DECLS

/* In characters, of the name of an instance. */
#define POSTURE_INSTANCE_MAX_NAME 200

PostureAnswer *posture_answer_read (PostureCheck          *check,
                                    const PostureJsonNode *node,
                                    PostureQuestion       *question);
PostureAnswer *posture_answer_read_target (PostureCheck         *check,
                                           const PostureJsonNode *node,
                                           PostureQuestion       *question,
                                           PostureAnswer         *other);
const PostureJsonNode *posture_answer_get_plain (PostureAnswer   *self);
PostureAnswer *posture_answer_new_with_names (PostureAnswer       *self,
                                              GHashTable          *names);
gboolean       posture_answer_read_value (PostureCheck          *check,
                                          const PostureJsonNode *node,
                                          PostureQuestion       *question,
                                          PostureJsonWriter     *writer);

G_END_DECLS
