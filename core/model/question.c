/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/question-private.h"

#include "model/option-private.h"

/**
 * posture_question_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): how a questionnaire spells it
 */
const char *
posture_question_kind_to_string (PostureQuestionKind kind)
{
  static const char *const kinds[] = {
    [POSTURE_QUESTION_CHOICE] = "choice", [POSTURE_QUESTION_CHOICES] = "choices",
    [POSTURE_QUESTION_YES_NO] = "yes-no", [POSTURE_QUESTION_LEVEL] = "level",
    [POSTURE_QUESTION_NUMBER] = "number", [POSTURE_QUESTION_TEXT] = "text",
    [POSTURE_QUESTION_DATE] = "date", [POSTURE_QUESTION_INSTANCES] = "instances",
  };

  return kinds[kind];
}

/* Frees one that was expanded; of others there is nothing to free. */
void
posture_question_free_expanded (PostureQuestion *self)
{
  g_free (self->key);
  g_free (self->instance);
  g_free (self);
}

/**
 * posture_question_get_id:
 * @self: a question
 *
 * Returns: (transfer none): its id, unique in the structure; words and reports
 *   name it so
 */
const char *
posture_question_get_id (PostureQuestion *self)
{
  return self->id;
}

/**
 * posture_question_get_key:
 * @self: a question
 *
 * Returns: (transfer none): what its answer is kept under: the id, and for one
 *   of several instances `id@instance`
 */
const char *
posture_question_get_key (PostureQuestion *self)
{
  return self->key != NULL ? self->key : self->id;
}

/**
 * posture_question_get_instance:
 * @self: a question
 *
 * Returns: (transfer none) (nullable): the instance that it asks about, as in
 *   the answer to the question that lists them; %NULL outside of repeated
 *   sections and before there are instances
 */
const char *
posture_question_get_instance (PostureQuestion *self)
{
  return self->instance;
}

/**
 * posture_question_is_repeated:
 * @self: a question
 *
 * Returns: whether it stands in a repeated section; without an instance it
 *   cannot be answered yet
 */
gboolean
posture_question_is_repeated (PostureQuestion *self)
{
  return self->repeated;
}

/**
 * posture_question_get_number:
 * @self: a question
 *
 * Returns: its place in the questionnaire, from 0
 */
guint
posture_question_get_number (PostureQuestion *self)
{
  return self->number;
}

/**
 * posture_question_get_kind:
 * @self: a question
 *
 * Returns: what answers it takes
 */
PostureQuestionKind
posture_question_get_kind (PostureQuestion *self)
{
  return self->kind;
}

/**
 * posture_question_get_section:
 * @self: a question
 *
 * Returns: (transfer none): id of the section it stands in
 */
const char *
posture_question_get_section (PostureQuestion *self)
{
  return self->section;
}

/**
 * posture_question_get_section_number:
 * @self: a question
 *
 * Returns: the place of its section in the questionnaire, from 0
 */
guint
posture_question_get_section_number (PostureQuestion *self)
{
  return self->section_number;
}

/**
 * posture_question_is_rated:
 * @self: a question
 *
 * Returns: whether its answer counts: it has weight, severity and effort
 */
gboolean
posture_question_is_rated (PostureQuestion *self)
{
  return self->rated;
}

/**
 * posture_question_get_weight:
 * @self: a question
 *
 * Returns: its weight, 1 to 1000; 0 if it is not rated
 */
int
posture_question_get_weight (PostureQuestion *self)
{
  return self->weight;
}

/**
 * posture_question_get_severity:
 * @self: a rated question
 *
 * Returns: how bad it is if what it asks for is missing
 */
PostureSeverity
posture_question_get_severity (PostureQuestion *self)
{
  return self->severity;
}

/**
 * posture_question_get_effort:
 * @self: a rated question
 *
 * Returns: how much work it is to put in place
 */
PostureEffort
posture_question_get_effort (PostureQuestion *self)
{
  return self->effort;
}

/**
 * posture_question_get_references:
 * @self: a question
 *
 * Returns: (transfer none): published controls, each as `catalogue:control`;
 *   %NULL-terminated, may be empty
 */
const char *const *
posture_question_get_references (PostureQuestion *self)
{
  return (const char *const *) self->references;
}

/**
 * posture_question_get_condition:
 * @self: a question
 *
 * Returns: (transfer none) (nullable): when it is asked; %NULL for always
 */
PostureCondition *
posture_question_get_condition (PostureQuestion *self)
{
  return self->condition;
}

/**
 * posture_question_get_n_options:
 * @self: a question
 *
 * Returns: how many options it has; 0 unless its kind is choice or choices
 */
guint
posture_question_get_n_options (PostureQuestion *self)
{
  return self->options.length;
}

/**
 * posture_question_get_option:
 * @self: a question
 * @index: from 0, below the number of its options
 *
 * Returns: (transfer none): the option there
 */
const PostureOption *
posture_question_get_option (PostureQuestion *self,
                             guint            index)
{
  g_return_val_if_fail (index < self->options.length, NULL);

  return &self->options.items[index];
}

/**
 * posture_question_find_option:
 * @self: a question
 * @id: (nullable): an option's id
 *
 * Returns: (transfer none) (nullable): that option, %NULL if there is none
 */
const PostureOption *
posture_question_find_option (PostureQuestion *self,
                              const char      *id)
{
  return posture_options_find (&self->options, id);
}

/**
 * posture_question_get_yes_credit:
 * @self: a question of the kind yes-no
 * @yes: the answer
 *
 * Returns: what the answer is worth, in ten-thousandths
 */
int
posture_question_get_yes_credit (PostureQuestion *self,
                                 gboolean         yes)
{
  return yes ? self->yes_credit : self->no_credit;
}

/**
 * posture_question_get_minimum:
 * @self: a question
 * @ret_minimum: (out) (optional): the least number it takes, in millionths
 *
 * Returns: whether there is one: always for level, sometimes for number
 */
gboolean
posture_question_get_minimum (PostureQuestion *self,
                              gint64          *ret_minimum)
{
  if (self->has_minimum && ret_minimum != NULL)
    *ret_minimum = self->minimum;
  return self->has_minimum;
}

/**
 * posture_question_get_maximum:
 * @self: a question
 * @ret_maximum: (out) (optional): the largest number it takes, in millionths
 *
 * Returns: whether there is one: always for level, sometimes for number
 */
gboolean
posture_question_get_maximum (PostureQuestion *self,
                              gint64          *ret_maximum)
{
  if (self->has_maximum && ret_maximum != NULL)
    *ret_maximum = self->maximum;
  return self->has_maximum;
}

/**
 * posture_question_get_places:
 * @self: a question
 *
 * Returns: how many decimal places a number may have, 0 to 6
 */
guint
posture_question_get_places (PostureQuestion *self)
{
  return self->places;
}

/**
 * posture_question_get_n_bands:
 * @self: a question
 *
 * Returns: how many bands its numbers fall into; 0 if they are not rated
 */
guint
posture_question_get_n_bands (PostureQuestion *self)
{
  return self->n_bands;
}

/**
 * posture_question_get_band:
 * @self: a question
 * @index: from 0, below the number of its bands
 *
 * Returns: (transfer none): the band there; bands grow
 */
const PostureBand *
posture_question_get_band (PostureQuestion *self,
                           guint            index)
{
  g_return_val_if_fail (index < self->n_bands, NULL);

  return &self->bands[index];
}

/**
 * posture_question_get_max_length:
 * @self: a question of the kind text
 *
 * Returns: how many characters an answer may have
 */
guint
posture_question_get_max_length (PostureQuestion *self)
{
  return self->max_length;
}

static int
credit_of_options (PostureQuestion       *self,
                   const PostureJsonNode *value)
{
  int sum = 0;

  for (guint i = 0; i < posture_json_node_get_length (value); i++)
    {
      const char *id = posture_json_node_get_string (posture_json_node_get_element (value, i));
      const PostureOption *option = posture_question_find_option (self, id);

      sum += option != NULL ? option->credit : 0;
      sum = MIN (sum, POSTURE_CREDIT_ONE);
    }
  return sum;
}

static int
credit_of_band (PostureQuestion *self,
                gint64           number)
{
  int credit = 0;

  for (guint i = 0; i < self->n_bands; i++)
    {
      const PostureBand *band = posture_question_get_band (self, i);

      if (number < band->from)
        break;
      credit = band->credit;
    }
  return credit;
}

/* Linear from minimum to maximum, rounded half up to ten-thousandths. */
static int
credit_of_level (PostureQuestion *self,
                 gint64           number)
{
  gint64 width = (self->maximum - self->minimum) / POSTURE_NUMBER_ONE;
  gint64 level = CLAMP (number, self->minimum, self->maximum);
  gint64 above = (level - self->minimum) / POSTURE_NUMBER_ONE;

  return (int) ((2 * POSTURE_CREDIT_ONE * above + width) / (2 * width));
}

/**
 * posture_question_find_credit:
 * @self: a rated question
 * @value: a value that was checked against @self
 * @ret_credit: (out): what it is worth, in ten-thousandths
 *
 * Computes what a value is worth. Credits of choices add up to one at most; a
 * level's credit grows linearly and is rounded half up to four places.
 *
 * Returns: %TRUE if @value is of the kind that @self takes
 */
gboolean
posture_question_find_credit (PostureQuestion       *self,
                              const PostureJsonNode *value,
                              int                   *ret_credit)
{
  PostureJsonKind kind = posture_json_node_get_kind (value);
  const PostureOption *option;
  gint64 number;

  switch (self->kind)
    {
    case POSTURE_QUESTION_CHOICE:
      option = kind == POSTURE_JSON_STRING
                 ? posture_question_find_option (self, posture_json_node_get_string (value)) : NULL;
      if (option != NULL)
        *ret_credit = option->credit;
      return option != NULL;
    case POSTURE_QUESTION_CHOICES:
      *ret_credit = credit_of_options (self, value);
      return kind == POSTURE_JSON_ARRAY;
    case POSTURE_QUESTION_YES_NO:
      *ret_credit = posture_question_get_yes_credit (self, posture_json_node_get_boolean (value));
      return kind == POSTURE_JSON_BOOLEAN;
    case POSTURE_QUESTION_LEVEL:
    case POSTURE_QUESTION_NUMBER:
      if (!posture_json_node_get_decimal (value, POSTURE_NUMBER_PLACES, &number))
        return FALSE;
      *ret_credit = self->kind == POSTURE_QUESTION_LEVEL ? credit_of_level (self, number)
                                                         : credit_of_band (self, number);
      return TRUE;
    case POSTURE_QUESTION_TEXT:
    case POSTURE_QUESTION_DATE:
    default:
      return FALSE;
    }
}

/**
 * posture_question_get_option_set:
 * @self: a question
 *
 * Returns: (transfer none) (nullable): the set that its options, or the words
 *   for its levels, are taken from
 */
const char *
posture_question_get_option_set (PostureQuestion *self)
{
  return self->option_set;
}

/**
 * posture_question_get_deduction:
 * @self: a question
 * @partial: whether it is partly in place, rather than not at all
 *
 * Returns: what the method deduction takes off the score then, in whole points;
 *   0 if there is no such deduction
 */
int
posture_question_get_deduction (PostureQuestion *self,
                                gboolean         partial)
{
  return partial ? self->partial_deduction : self->full_deduction;
}

/**
 * posture_question_is_required:
 * @self: a question
 *
 * Returns: whether the method deduction gives no score without it
 */
gboolean
posture_question_is_required (PostureQuestion *self)
{
  return self->required;
}

/**
 * posture_question_get_no_deduction_if:
 * @self: a question
 *
 * Returns: (transfer none) (nullable): the condition under which the method
 *   deduction has it answered with not applicable, such as
 *   `wireless-not-permitted`
 */
const char *
posture_question_get_no_deduction_if (PostureQuestion *self)
{
  return self->no_deduction_if;
}

/**
 * posture_question_get_plan_of_action:
 * @self: a question
 *
 * Returns: whether it may stand in a plan of action while it is not met
 */
PosturePlanOfAction
posture_question_get_plan_of_action (PostureQuestion *self)
{
  return self->plan_of_action;
}

/**
 * posture_question_get_maturity:
 * @self: a question
 *
 * Returns: the level of maturity its activity belongs to, from 1 to 3; 0 if the
 *   method is not maturity
 */
int
posture_question_get_maturity (PostureQuestion *self)
{
  return self->maturity;
}

/**
 * posture_question_takes_target:
 * @self: a question
 *
 * Returns: whether an answer to it can say what is to be reached; so it is with
 *   the rated questions of the methods maturity and profile
 */
gboolean
posture_question_takes_target (PostureQuestion *self)
{
  return self->takes_target;
}

/**
 * posture_question_get_most:
 * @self: a question of the kind instances
 *
 * Returns: how many instances can be named at most
 */
guint
posture_question_get_most (PostureQuestion *self)
{
  return self->most;
}

/**
 * posture_question_must_be_answered:
 * @self: a question
 *
 * Returns: whether its answer is asked for before the answers are submitted; “I
 *   don't know” is an answer. It makes no difference to the score
 */
gboolean
posture_question_must_be_answered (PostureQuestion *self)
{
  return self->must_be_answered;
}

/**
 * posture_question_asks_evidence:
 * @self: a question
 *
 * Returns: whether an answer that claims something is to have a note with its
 *   evidence. Without one it counts the same and is told by
 *   posture_questionnaire_find_gaps()
 */
gboolean
posture_question_asks_evidence (PostureQuestion *self)
{
  return self->asks_evidence;
}
