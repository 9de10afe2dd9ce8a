/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/check-private.h"
#include "model/condition.h"

G_BEGIN_DECLS

/* Finds the event that a leaf looks at, which names @questions (element-type utf8). */
typedef const PostureJsonNode *(*PostureConditionEvents) (const GPtrArray *questions,
                                                          gpointer         data);

gboolean          posture_condition_holds         (PostureCondition      *self,
                                                   PostureConditionEvents find_event,
                                                   gpointer               data);
PostureCondition *posture_condition_read          (PostureCheck          *check,
                                                   const PostureJsonNode *node,
                                                   GHashTable            *earlier);
void              posture_condition_free          (PostureCondition      *self);
const GPtrArray  *posture_condition_get_questions (PostureCondition      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureCondition, posture_condition_free)

G_END_DECLS
