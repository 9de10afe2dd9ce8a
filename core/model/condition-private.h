/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/check-private.h"
#include "model/condition.h"

G_BEGIN_DECLS

/* Finds the event that a leaf looks at, which names @questions (element-type utf8). Where it is asked
 * what may hold, %NULL says that one of these is open. */
typedef const PostureJsonNode *(*PostureConditionEvents) (const GPtrArray *questions,
                                                          gpointer         data);

/* What can be said of a condition while some answers are left open. */
typedef enum
{
  POSTURE_TRUTH_NO,
  POSTURE_TRUTH_MAYBE,
  POSTURE_TRUTH_YES,
} PostureTruth;

/* Shows a part of a condition as a condition: a leaf that is a pattern, @pattern, or, with %NULL, what has to
 * hold together. */
typedef void (*PostureConditionVisit) (PostureCondition      *part,
                                       const PostureJsonNode *json,
                                       const PostureJsonNode *pattern,
                                       gpointer               data);

gboolean          posture_condition_holds         (PostureCondition      *self,
                                                   PostureConditionEvents find_event,
                                                   gpointer               data);
PostureCondition *posture_condition_read          (PostureCheck          *check,
                                                   const PostureJsonNode *node,
                                                   GHashTable            *earlier);
void              posture_condition_free          (PostureCondition      *self);
const GPtrArray  *posture_condition_get_questions (PostureCondition      *self);
char             *posture_condition_find_question (GHashTable            *questions,
                                                   const char            *path);
const GPtrArray  *posture_condition_get_unresolved (PostureCondition     *self);
gboolean          posture_condition_is_faulty     (PostureCondition      *self);
gboolean          posture_condition_is_pattern    (PostureCondition      *self);
PostureTruth      posture_condition_judge         (PostureCondition      *self,
                                                   PostureConditionEvents find_event,
                                                   gpointer               data);
void              posture_condition_visit_parts   (PostureCondition      *self,
                                                   PostureCheck          *check,
                                                   const PostureJsonNode *json,
                                                   PostureConditionVisit  visit,
                                                   gpointer               data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureCondition, posture_condition_free)

G_END_DECLS
