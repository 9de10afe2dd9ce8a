/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"

G_BEGIN_DECLS

typedef struct _PostureCondition PostureCondition;

#define POSTURE_CONDITION_MAX_DEPTH 16
#define POSTURE_CONDITION_MAX_EXPRESSION 200

gboolean posture_condition_holds         (PostureCondition      *self,
                                          const PostureJsonNode *event);
char   **posture_condition_dup_questions (PostureCondition      *self);

G_END_DECLS
