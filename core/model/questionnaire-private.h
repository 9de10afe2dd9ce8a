/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/question-private.h"
#include "model/questionnaire.h"

G_BEGIN_DECLS

/* The parts of a questionnaire that can have faults of their own; questions have theirs. */
enum
{
  POSTURE_PART_METHOD = 1 << 0,
  POSTURE_PART_SETS = 1 << 1,
  POSTURE_PART_SECTIONS = 1 << 2,
  POSTURE_PART_QUESTIONS = 1 << 3, /* that one is no question, or has no id */
  POSTURE_PART_PROFILES = 1 << 4,
};

/* What a pass through the questions needs of each, close together: so thousands of them stay in the cache. */
typedef struct
{
  PostureCondition *condition; /* (nullable) */
  const char *key;
  guint key_hash;
} PostureAsked;

/* It stands once for each instance. */
#define POSTURE_PLACE_OF_INSTANCE G_MAXUINT32

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
  GHashTable *option_sets;   /* name -> PostureOptions */
  GPtrArray *sections;       /* (element-type PostureSection) */
  GHashTable *section_index; /* id -> place + 1 */
  GPtrArray *questions;      /* (element-type PostureQuestion), side by side */
  PostureAsked *asked;       /* the same, what passes look at */
  GHashTable *question_index; /* key -> PostureQuestion */
  GPtrArray *profiles;       /* (element-type PostureProfile) */
  PostureInterval review;    /* of all answers */
  gboolean repeats;          /* whether a section is repeated */
  guint faulty;              /* the parts that were read with faults */
  guint faulty_questions;    /* the parts that some question was read with faults in */
  PostureJsonArena arena;    /* of questions and conditions */
  PostureLeaves leaves;
  PostureQuestionnaire *origin; /* what it was expanded from; all but sections and questions are
                                   that one's */
  guint32 *places;           /* of one that was expanded: for each question of the structure the place where
                                it stands, or POSTURE_PLACE_OF_INSTANCE */
};

PostureQuestionnaire *posture_questionnaire_new_partial (gsize size);
void posture_section_free (gpointer data);
PostureInterval posture_review_read (PostureCheck          *check,
                                     const PostureJsonNode *object);

void posture_questionnaire_index (PostureQuestionnaire *self);
void posture_questionnaire_read (PostureQuestionnaire  *self,
                                 PostureCheck          *check,
                                 const PostureJsonNode *root);

G_END_DECLS
