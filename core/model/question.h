/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-document.h"
#include "model/condition.h"
#include "model/posture-types.h"

G_BEGIN_DECLS

/**
 * POSTURE_CREDIT_ONE:
 *
 * Full credit: credits are whole ten-thousandths.
 */
#define POSTURE_CREDIT_ONE 10000

/**
 * POSTURE_NUMBER_PLACES:
 *
 * Numbers of questions are whole millionths.
 */
#define POSTURE_NUMBER_PLACES 6

/**
 * PostureQuestionKind:
 * @POSTURE_QUESTION_CHOICE: one of some options
 * @POSTURE_QUESTION_CHOICES: any of some options
 * @POSTURE_QUESTION_YES_NO: true or false
 * @POSTURE_QUESTION_LEVEL: a whole number on a scale
 * @POSTURE_QUESTION_NUMBER: a number
 * @POSTURE_QUESTION_TEXT: words
 * @POSTURE_QUESTION_DATE: a day
 * @POSTURE_QUESTION_INSTANCES: a list of things, such as sites, each of which a
 *   section is repeated for
 *
 * What answers a question takes.
 */
typedef enum
{
  POSTURE_QUESTION_CHOICE,
  POSTURE_QUESTION_CHOICES,
  POSTURE_QUESTION_YES_NO,
  POSTURE_QUESTION_LEVEL,
  POSTURE_QUESTION_NUMBER,
  POSTURE_QUESTION_TEXT,
  POSTURE_QUESTION_DATE,
  POSTURE_QUESTION_INSTANCES,
} PostureQuestionKind;

const char *posture_question_kind_to_string (PostureQuestionKind kind);

/**
 * PostureOption:
 * @id: its id, unique in the question
 * @credit: what it is worth, in ten-thousandths
 * @exclusive: whether no other option can be chosen beside it
 *
 * An option of a question of the kinds choice and choices.
 */
typedef struct
{
  char *id;
  int credit;
  gboolean exclusive;
} PostureOption;

/**
 * PostureBand:
 * @from: the least number in the band, in millionths
 * @credit: what such a number is worth, in ten-thousandths
 *
 * Numbers from @from up to the next band.
 */
typedef struct
{
  gint64 from;
  int credit;
} PostureBand;

/**
 * PosturePlanOfAction:
 * @POSTURE_PLAN_UNSAID: the questionnaire does not say
 * @POSTURE_PLAN_NO: it may not wait
 * @POSTURE_PLAN_YES: it may wait in a plan of action
 *
 * Whether an unmet requirement may stand in a plan of action. This makes no
 * difference to the score.
 */
typedef enum
{
  POSTURE_PLAN_UNSAID,
  POSTURE_PLAN_NO,
  POSTURE_PLAN_YES,
} PosturePlanOfAction;

/**
 * PostureInterval:
 * @months: calendar months
 * @days: days; one of the two is 0, both are for no interval
 *
 * How long an answer holds until it is to be looked at again.
 */
typedef struct
{
  int months;
  int days;
} PostureInterval;

typedef struct _PostureQuestion PostureQuestion;

const char          *posture_question_get_id         (PostureQuestion       *self);
const char          *posture_question_get_key        (PostureQuestion       *self);
const char          *posture_question_get_instance   (PostureQuestion       *self);
gboolean             posture_question_is_repeated    (PostureQuestion       *self);
guint                posture_question_get_number     (PostureQuestion       *self);
PostureQuestionKind  posture_question_get_kind       (PostureQuestion       *self);
const char          *posture_question_get_section    (PostureQuestion       *self);
guint                posture_question_get_section_number (PostureQuestion   *self);
gboolean             posture_question_is_rated       (PostureQuestion       *self);
int                  posture_question_get_weight     (PostureQuestion       *self);
PostureSeverity      posture_question_get_severity   (PostureQuestion       *self);
PostureEffort        posture_question_get_effort     (PostureQuestion       *self);
const char *const   *posture_question_get_references (PostureQuestion       *self);
PostureCondition    *posture_question_get_condition  (PostureQuestion       *self);
guint                posture_question_get_n_options  (PostureQuestion       *self);
const PostureOption *posture_question_get_option     (PostureQuestion       *self,
                                                      guint                  index);
const PostureOption *posture_question_find_option    (PostureQuestion       *self,
                                                      const char            *id);
int                  posture_question_get_yes_credit (PostureQuestion       *self,
                                                      gboolean               yes);
gboolean             posture_question_get_minimum    (PostureQuestion       *self,
                                                      gint64                *ret_minimum);
gboolean             posture_question_get_maximum    (PostureQuestion       *self,
                                                      gint64                *ret_maximum);
guint                posture_question_get_places     (PostureQuestion       *self);
guint                posture_question_get_n_bands    (PostureQuestion       *self);
const PostureBand   *posture_question_get_band       (PostureQuestion       *self,
                                                      guint                  index);
guint                posture_question_get_max_length (PostureQuestion       *self);
gboolean             posture_question_find_credit    (PostureQuestion       *self,
                                                      const PostureJsonNode *value,
                                                      int                   *ret_credit);
const char          *posture_question_get_option_set (PostureQuestion       *self);
int                  posture_question_get_deduction  (PostureQuestion       *self,
                                                      gboolean               partial);
gboolean             posture_question_is_required    (PostureQuestion       *self);
const char          *posture_question_get_no_deduction_if (PostureQuestion  *self);
PosturePlanOfAction  posture_question_get_plan_of_action  (PostureQuestion  *self);
int                  posture_question_get_maturity   (PostureQuestion       *self);
gboolean             posture_question_takes_target   (PostureQuestion       *self);
guint                posture_question_get_most       (PostureQuestion       *self);
gboolean             posture_question_must_be_answered (PostureQuestion     *self);
gboolean             posture_question_asks_evidence  (PostureQuestion       *self);

G_END_DECLS
