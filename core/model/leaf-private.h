/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"
#include "pattern/pattern.h"

G_BEGIN_DECLS

/* What a leaf of a condition wants of some answers. Leaves that want the same of one question share it:
 * conditions are many, what they want is mostly one of a few things. */
typedef struct
{
  PosturePattern *pattern;
  GRegex *regex; /* (nullable): in the pattern's place */
  gboolean named; /* whether the pattern knows the questions by their ids, or the one as a member */
} PostureLeaf;

/* All of a questionnaire. */
typedef struct
{
  GPtrArray *all;             /* (element-type PostureLeaf) */
  GHashTable *by_list;        /* PostureJsonNode, compared by its spelling -> PostureLeaf … */
  GHashTable *by_expression;  /* … and text -> PostureLeaf, as long as conditions are read */
} PostureLeaves;

void               posture_leaves_init       (PostureLeaves         *self);
void               posture_leaves_seal       (PostureLeaves         *self);
void               posture_leaves_clear      (PostureLeaves         *self);
const PostureLeaf *posture_leaves_of_answer  (PostureLeaves         *self,
                                              const PostureJsonNode *list);
const PostureLeaf *posture_leaves_of_pattern (PostureLeaves         *self,
                                              PosturePattern        *pattern);
const PostureLeaf *posture_leaves_of_regex   (PostureLeaves         *self,
                                              const char            *expression);
gboolean           posture_leaf_holds        (const PostureLeaf     *self,
                                              const char *const     *questions,
                                              const PostureJsonNode *const *answers,
                                              guint                  n_questions);

G_END_DECLS
