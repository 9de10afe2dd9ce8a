/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-arena.h"
#include "model/check-private.h"
#include "model/condition.h"
#include "model/leaf-private.h"

G_BEGIN_DECLS

/* What a condition is read with. It lies in @arena and needs not be freed. */
typedef struct
{
  PostureJsonArena *arena;
  PostureLeaves *leaves;
  GHashTable *earlier; /* id -> PostureQuestion: what it may name */
} PostureConditionSetting;

typedef enum
{
  POSTURE_STEP_AND,
  POSTURE_STEP_OR,
  POSTURE_STEP_NOT,
  POSTURE_STEP_LEAF,
} PostureStepKind;

/* A part of a condition. Those inside of it follow at once. */
typedef struct
{
  const PostureLeaf *leaf; /* of a leaf … */
  guint32 first;           /* … its questions, among those that the condition's leaves name … */
  guint32 n_named;         /* … and their number */
  guint32 length;          /* of steps, itself included */
  guint32 kind;            /* PostureStepKind */
} PostureStep;

/* A condition: its steps one behind the other. Questions are numbers in the structure. */
struct _PostureCondition
{
  const PostureStep *steps;
  const guint32 *named;     /* by the leaves, one leaf behind the other … */
  const char *const *names; /* … and their ids */
  const guint32 *questions; /* places in @named: each question once, in the order they are named */
  guint n_questions;
  const char *const *unresolved; /* what is named and stands nowhere earlier, as the patterns spell it */
  guint n_unresolved;
  gboolean faulty; /* read with faults; must not be asked */
};

/* Finds what conditions see of the answer to the question @number of the structure; %NULL if it is hidden or
 * unanswered. %FALSE says, where it is asked what may hold, that it is open. */
typedef gboolean (*PostureConditionAnswers) (guint                   number,
                                             gpointer                data,
                                             const PostureJsonNode **ret_answer);

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

PostureCondition *posture_condition_read          (PostureCheck                  *check,
                                                   const PostureJsonNode         *node,
                                                   const PostureConditionSetting *setting);
gboolean          posture_condition_holds         (PostureCondition              *self,
                                                   PostureConditionAnswers        find_answer,
                                                   gpointer                       data);
PostureTruth      posture_condition_judge         (PostureCondition              *self,
                                                   PostureConditionAnswers        find_answer,
                                                   gpointer                       data);
guint             posture_condition_get_n_questions (PostureCondition            *self);
guint             posture_condition_get_question  (PostureCondition              *self,
                                                   guint                          index);
guint             posture_condition_find_first    (const guint32                 *named,
                                                   guint32                        start,
                                                   guint32                        end,
                                                   guint32                       *first);
char             *posture_condition_find_question (GHashTable                    *questions,
                                                   const char                    *path);
gboolean          posture_condition_is_pattern    (PostureCondition              *self);
void              posture_condition_visit_parts   (PostureCondition              *self,
                                                   PostureCheck                  *check,
                                                   const PostureJsonNode         *json,
                                                   PostureConditionVisit          visit,
                                                   gpointer                       data);

G_END_DECLS
