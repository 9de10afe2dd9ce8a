/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PostureCondition PostureCondition;

#define POSTURE_CONDITION_MAX_DEPTH 16
#define POSTURE_CONDITION_MAX_EXPRESSION 200

char **posture_condition_dup_questions (PostureCondition *self);

G_END_DECLS
