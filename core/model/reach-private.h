/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/condition-private.h"
#include "model/questionnaire-private.h"

G_BEGIN_DECLS

/* A search for answers under which something is asked. */
typedef struct _PostureReach PostureReach;

PostureReach *posture_reach_new       (PostureQuestionnaire  *questionnaire,
                                       const PostureJsonNode *root);
void          posture_reach_free      (PostureReach          *self);
gboolean      posture_reach_can_hold  (PostureReach          *self,
                                       PostureQuestion       *asked,
                                       PostureCondition      *condition,
                                       gboolean               single);
gboolean      posture_reach_can_match (PostureReach          *self,
                                       const char            *id,
                                       const PostureJsonNode *test);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureReach, posture_reach_free)

G_END_DECLS
