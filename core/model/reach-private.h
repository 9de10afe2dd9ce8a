/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/condition-private.h"
#include "model/questionnaire-private.h"

G_BEGIN_DECLS

/* A search for answers under which something is asked. */
typedef struct _PostureReach PostureReach;

/* What is searched for. */
typedef enum
{
  POSTURE_REACH_ANY,      /* that the condition holds */
  POSTURE_REACH_SINGLE,   /* the same of one pattern, which looks at each value once */
  POSTURE_REACH_INSTANCE, /* that it holds for some instance that the question is asked about */
  POSTURE_REACH_LOSING,   /* that it holds while the question's own answer gives less than all, or is open */
} PostureReachAim;

PostureReach *posture_reach_new       (PostureQuestionnaire  *questionnaire,
                                       const PostureJsonNode *root);
void          posture_reach_free      (PostureReach          *self);
gboolean      posture_reach_can_hold  (PostureReach          *self,
                                       PostureQuestion       *asked,
                                       PostureCondition      *condition,
                                       const PostureJsonNode *json,
                                       PostureReachAim        aim);
gboolean      posture_reach_can_match (PostureReach          *self,
                                       const char            *id,
                                       const PostureJsonNode *test);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureReach, posture_reach_free)

G_END_DECLS
