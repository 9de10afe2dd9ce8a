/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/questionnaire-private.h"

G_BEGIN_DECLS

/* Texts that a value is compared with. */
typedef struct
{
  GPtrArray *texts;   /* (element-type utf8), each once */
  gboolean affixes;   /* whether there is more than whole texts */
  gboolean wildcards; /* or something that not every one is an example of itself */
} PostureConstantTexts;

/* What all conditions compare the answers of one question with. */
typedef struct
{
  PostureConstantTexts value;
  PostureConstantTexts reason;
  GArray *numbers; /* (element-type gint64), in millionths, rounded down */
  gboolean too_many;
} PostureConstants;

GHashTable *posture_constants_new     (void);
GHashTable *posture_constants_collect (PostureQuestionnaire  *questionnaire,
                                       const PostureJsonNode *root);
void        posture_constants_note    (GHashTable            *constants,
                                       PostureQuestionnaire  *questionnaire,
                                       const PostureJsonNode *json,
                                       gboolean               pattern);

G_END_DECLS
