/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/question-private.h"
#include "model/questionnaire.h"

G_BEGIN_DECLS

struct _PostureQuestionnaire
{
  gatomicrefcount references;
  char *id;
  char *version;
  char *digest;
  GBytes *canonical;
  char *judgement;
  char *method;
  int start_score;          /* of the method deduction */
  int minimum_score;
  GPtrArray *catalogues;     /* (element-type PostureCatalogue) */
  GPtrArray *levels;         /* (element-type PostureLevel) */
  GHashTable *option_sets;   /* name -> GPtrArray of PostureOption */
  GPtrArray *sections;       /* (element-type PostureSection) */
  GHashTable *section_index; /* id -> place + 1 */
  GPtrArray *questions;      /* (element-type PostureQuestion) */
  GHashTable *question_index; /* key -> PostureQuestion */
  GPtrArray *profiles;       /* (element-type PostureProfile) */
  PostureInterval review;    /* of all answers */
  gboolean repeats;          /* whether a section is repeated */
  PostureQuestionnaire *origin; /* what it was expanded from; all but sections and questions are
                                   that one's */
};

PostureQuestionnaire *posture_questionnaire_new_partial (void);
void posture_section_free (gpointer data);
PostureInterval posture_review_read (PostureCheck          *check,
                                     const PostureJsonNode *object);

void posture_questionnaire_read (PostureQuestionnaire  *self,
                                 PostureCheck          *check,
                                 const PostureJsonNode *root);

G_END_DECLS
