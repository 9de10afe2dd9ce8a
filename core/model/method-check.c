/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/method-form-private.h"

#include <glib/gi18n-lib.h>

/* What a method wants of a questionnaire as a whole: sums, streams, scales. Each is looked at as soon as
 * the parts that it depends on have no faults, whatever else has. */

#define ALL_MATURITY_LEVELS 7 /* a bit for each */
#define MAX_UNIT 1000000

/* Whether it is known what a question takes off, which can be nothing. */
static gboolean
has_deduction (PostureQuestion *question)
{
  if (!question->rated)
    return (question->faulty & POSTURE_QUESTION_FORM) == 0;
  return question->required == (question->full_deduction == 0);
}

/* Can be said as soon as every deduction and the method's own numbers were read. */
static void
check_minimum (PostureCheck          *check,
               const PostureJsonNode *root,
               PostureQuestionnaire  *questionnaire)
{
  int minimum = questionnaire->start_score;
  gsize place;

  if ((questionnaire->faulty & POSTURE_PART_METHOD) != 0)
    return;
  for (guint i = 0; i < questionnaire->questions->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);

      if (!has_deduction (question))
        return;
      minimum -= question->full_deduction;
    }
  if (minimum == questionnaire->minimum_score)
    return;
  place = posture_check_enter (check, "method");
  posture_check_fault_in (check, posture_json_node_get_member (root, "method"), "minimum",
                          _("must be %d, the start less all full deductions"), minimum);
  posture_check_leave (check, place);
}

/* The unit in which the mean of the sections in the range is a whole number: the least common
 * multiple of theirs times their number; more than MAX_UNIT if it is too large. */
static gint64
find_unit (PostureQuestionnaire *questionnaire,
           guint                 start,
           guint                 end)
{
  gint64 unit = 1, count = 0;

  for (guint i = start; i < end;)
    {
      guint inner_end = posture_questionnaire_get_section (questionnaire, i)->end;
      gint64 inner = inner_end > i + 1 ? find_unit (questionnaire, i + 1, inner_end) : 1;
      gint64 a = unit, b = inner;

      while (b != 0)
        {
          gint64 rest = a % b;

          a = b;
          b = rest;
        }
      unit = MIN (unit / a * inner, MAX_UNIT + 1);
      count++;
      i = inner_end;
    }
  return MIN (unit * count, MAX_UNIT + 1);
}

/* The bit of the level of maturity that a question is of; 0 if it is of none, or does not say it. */
static guint
find_level (PostureQuestion *question)
{
  return question->rated && question->maturity > 0 ? 1u << (question->maturity - 1) : 0;
}

/* The levels that it can be meant for. */
static guint
find_meant (PostureQuestion *question)
{
  guint faulty = question->faulty & (POSTURE_QUESTION_FORM | POSTURE_QUESTION_METHOD);
  guint level = find_level (question);

  return level == 0 && faulty != 0 ? ALL_MATURITY_LEVELS : level;
}

/* The levels of maturity of questions whose section is not known. */
static guint
find_homeless (PostureQuestionnaire *questionnaire)
{
  guint homeless = 0;

  for (guint i = 0; i < questionnaire->questions->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);

      if (question->section == NULL
          || posture_questionnaire_find_section (questionnaire, question->section) < 0)
        homeless |= find_meant (question);
    }
  return homeless;
}

/* Notes which levels of maturity each section has or may have, and tells questions that stand in the wrong
 * place. */
static void
find_levels (PostureCheck          *check,
             const PostureJsonNode *list,
             PostureQuestionnaire  *questionnaire,
             guint                 *meant)
{
  gsize outer = posture_check_enter (check, "questions");
  g_autofree guint *found = g_new0 (guint, questionnaire->sections->len);

  for (guint i = 0; i < questionnaire->questions->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);
      int number = question->section != NULL
                     ? posture_questionnaire_find_section (questionnaire, question->section) : -1;
      gsize place = posture_check_enter_at (check, i);
      const PostureJsonNode *node = posture_json_node_get_element (list, i);

      if (number >= 0
          && posture_questionnaire_get_section (questionnaire, (guint) number)->end
               != (guint) number + 1)
        posture_check_fault_in (check, node, "section",
                                _("“%s” has sections in it, and so no questions of its own"),
                                question->section);
      else if (number >= 0 && (found[number] & find_level (question)) != 0)
        posture_check_fault_in (check, node, "maturity", _("%d is there twice in “%s”"),
                                question->maturity, question->section);
      if (number >= 0)
        {
          found[number] |= find_level (question);
          meant[number] |= find_meant (question);
        }
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
}

/* A stream is a section without others in it, with one activity for each level of maturity. */
static void
check_streams (PostureCheck          *check,
               const PostureJsonNode *root,
               const PostureJsonNode *list,
               PostureQuestionnaire  *questionnaire)
{
  guint n_sections = questionnaire->sections->len;
  guint homeless = find_homeless (questionnaire);
  g_autofree guint *meant = g_new0 (guint, n_sections);

  find_levels (check, list, questionnaire, meant);
  for (guint i = 0; i < n_sections; i++)
    {
      const PostureSection *section = posture_questionnaire_get_section (questionnaire, i);

      if (section->end == i + 1 && (meant[i] | homeless) != ALL_MATURITY_LEVELS
          && section->id != NULL
          && posture_questionnaire_find_section (questionnaire, section->id) == (int) i)
        posture_check_fault_in (check, root, "sections",
                                _("“%s” needs a question of each maturity from 1 to 3"),
                                section->id);
    }
  if (find_unit (questionnaire, 0, n_sections) > MAX_UNIT)
    posture_check_fault_in (check, root, "sections",
                            _("are divided too unevenly for exact means"));
}

/* Means need one scale. */
static void
check_scale (PostureCheck          *check,
             const PostureJsonNode *list,
             PostureQuestionnaire  *questionnaire)
{
  gsize outer = posture_check_enter (check, "questions");
  PostureQuestion *first = NULL;

  for (guint i = 0; i < questionnaire->questions->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);
      gsize place = posture_check_enter_at (check, i);

      gboolean has_scale = question->rated && (question->faulty & POSTURE_QUESTION_FORM) == 0;

      first = first == NULL && has_scale ? question : first;
      if (has_scale && (question->minimum != first->minimum
                              || question->maximum != first->maximum))
        posture_check_fault_in (check, posture_json_node_get_element (list, i), "maximum",
                                _("must have the scale of the question “%s”"), first->id);
      posture_check_leave (check, place);
    }
  if (first == NULL && list != NULL
      && (questionnaire->faulty_questions & POSTURE_QUESTION_FORM) == 0)
    posture_check_fault (check, list, _("needs at least one of the kind level"));
  posture_check_leave (check, outer);
}

/* Checks what the method wants of the whole, as far as the parts that it looks at have no faults. */
void
posture_method_check (PostureCheck            *check,
                      const PostureJsonNode   *root,
                      const PostureMethodForm *self,
                      PostureQuestionnaire    *questionnaire)
{
  const PostureJsonNode *list = posture_json_node_get_member (root, "questions");

  if (g_strcmp0 (self->id, "deduction") == 0)
    check_minimum (check, root, questionnaire);
  else if (g_strcmp0 (self->id, "maturity") == 0)
    check_streams (check, root, list, questionnaire);
  else if (g_strcmp0 (self->id, "profile") == 0)
    check_scale (check, list, questionnaire);
}
