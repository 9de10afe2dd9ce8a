/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/check-private.h"
#include "model/advice.h"
#include "model/condition-private.h"
#include "model/question.h"

G_BEGIN_DECLS

#define POSTURE_NUMBER_ONE 1000000
/* In whole numbers. Thus a number has at most 15 digits, which JSON's doubles keep as they are. */
#define POSTURE_NUMBER_LIMIT G_GINT64_CONSTANT (1000000000)
#define POSTURE_TEXT_DEFAULT_LENGTH 2000
/* The ids of all must fit into one answer. */
#define POSTURE_INSTANCES_MAX 50

typedef struct _PostureMethodForm PostureMethodForm;

typedef struct
{
  PostureOption *items;
  guint length;
} PostureOptions;

typedef struct
{
  PostureAdvice *items;
  guint length;
} PostureAdviceList;

/* The parts of a question that can have faults of their own. What was read without any can be relied on
 * when something else is judged by it. */
enum
{
  POSTURE_QUESTION_PLACE = 1 << 0,      /* id and section */
  POSTURE_QUESTION_REFERENCES = 1 << 1,
  POSTURE_QUESTION_FORM = 1 << 2,       /* the kind, and the answers it takes */
  POSTURE_QUESTION_METHOD = 1 << 3,     /* what the method wants of it */
  POSTURE_QUESTION_REST = 1 << 4,       /* advice, evidence and the like */
};

/* What is in it lies in the questionnaire's arena, but for the key and the instance of one that was
 * expanded. What every rating looks at stands first and together: of each of thousands of questions only that
 * comes through the cache. */
struct _PostureQuestion
{
  PostureQuestion *origin; /* of a question that was expanded: whose members these are, but for the
                              five that follow */
  char *key;
  char *instance;
  guint key_hash;
  guint section_number;
  guint number;
  PostureQuestionKind kind;
  char *id;
  char *section;
  gboolean rated;
  int weight; /* 0: none */
  PostureSeverity severity;
  PostureEffort effort;
  PostureOptions options; /* perhaps shared */
  PostureAdviceList recommendations;
  char **references;
  /* the rest is not needed for that */
  PostureCondition *condition;
  gboolean repeated;
  char *option_set;   /* whose words its options or levels have */
  int yes_credit;
  int no_credit;
  gboolean has_minimum;
  gboolean has_maximum;
  gint64 minimum; /* millionths */
  gint64 maximum; /* millionths */
  guint places;
  guint n_bands;
  PostureBand *bands;
  guint max_length;
  /* of the method deduction */
  int full_deduction;
  int partial_deduction; /* 0: none */
  gboolean required;
  char *no_deduction_if;
  PosturePlanOfAction plan_of_action;
  /* of the method maturity */
  int maturity; /* 0: none */
  gboolean takes_target;
  guint most; /* instances */
  gboolean must_be_answered;
  gboolean asks_evidence;
  PostureInterval review;
  PostureAdviceList tips;
  guint faulty; /* the parts that were read with faults */
};

#define POSTURE_OPTION_LISTS 4

/* What a question can refer to. */
typedef struct
{
  GHashTable *catalogues; /* id */
  GHashTable *sections;   /* id */
  const PostureConditionSetting *conditions;
  GHashTable *option_sets; /* name -> PostureOptions */
  GHashTable *option_lists[POSTURE_OPTION_LISTS]; /* PostureJsonNode, compared by its spelling ->
                                                     PostureOptions; by whether they have credits, times 2,
                                                     and whether one alone can be chosen */
  const PostureMethodForm *method;
} PostureQuestionSetting;

/* Whether its answers are statuses, such as `met`, and no options. */
static inline gboolean
posture_question_has_statuses (const PostureQuestion *self)
{
  return self->full_deduction > 0 || self->required;
}

void posture_question_read          (PostureCheck                 *check,
                                     const PostureJsonNode        *node,
                                     const PostureQuestionSetting *setting,
                                     PostureQuestion              *self);
void posture_question_free_expanded (PostureQuestion              *self);

G_END_DECLS
