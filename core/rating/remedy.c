/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/way.h"

/* The answer, as JSON, that gives the most credit; of several the first. */
static void
write_best_option (PostureJsonWriter *writer,
                   PostureQuestion   *question)
{
  const PostureOption *best = posture_question_get_option (question, 0);

  for (guint i = 1; i < posture_question_get_n_options (question); i++)
    {
      const PostureOption *option = posture_question_get_option (question, i);

      if (option->credit > best->credit)
        best = option;
    }
  posture_json_writer_string (writer, best->id);
}

/* All options that give credit and can stand together, or one that stands alone and gives more. */
static void
write_best_options (PostureJsonWriter *writer,
                    PostureQuestion   *question)
{
  const PostureOption *alone = NULL;
  int together = 0;

  for (guint i = 0; i < posture_question_get_n_options (question); i++)
    {
      const PostureOption *option = posture_question_get_option (question, i);

      if (!option->exclusive)
        together += option->credit;
      else if (alone == NULL || option->credit > alone->credit)
        alone = option;
    }
  posture_json_writer_begin_array (writer);
  if (alone != NULL && alone->credit > together)
    posture_json_writer_string (writer, alone->id);
  else
    for (guint i = 0; i < posture_question_get_n_options (question); i++)
      {
        const PostureOption *option = posture_question_get_option (question, i);

        if (!option->exclusive && option->credit > 0)
          posture_json_writer_string (writer, option->id);
      }
  posture_json_writer_end_array (writer);
}

/* The least number of the band that gives the most. */
static void
write_best_number (PostureJsonWriter *writer,
                   PostureQuestion   *question)
{
  const PostureBand *best = NULL;
  gint64 number, minimum = 0;

  if (posture_question_get_kind (question) == POSTURE_QUESTION_LEVEL)
    {
      posture_question_get_maximum (question, &number);
      posture_json_writer_decimal (writer, number, POSTURE_NUMBER_PLACES);
      return;
    }
  for (guint i = 0; i < posture_question_get_n_bands (question); i++)
    {
      const PostureBand *band = posture_question_get_band (question, i);

      if (best == NULL || band->credit > best->credit)
        best = band;
    }
  number = best->from;
  if (posture_question_get_minimum (question, &minimum))
    number = MAX (number, minimum);
  posture_json_writer_decimal (writer, number, POSTURE_NUMBER_PLACES);
}

static void
write_best (PostureJsonWriter    *writer,
            PostureQuestionnaire *questionnaire,
            PostureQuestion      *question)
{
  if (g_str_equal (posture_questionnaire_get_method (questionnaire), "deduction"))
    {
      posture_json_writer_string (writer, "met");
      return;
    }
  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_CHOICE:
      write_best_option (writer, question);
      break;
    case POSTURE_QUESTION_CHOICES:
      write_best_options (writer, question);
      break;
    case POSTURE_QUESTION_YES_NO:
      posture_json_writer_boolean (writer, posture_question_get_yes_credit (question, TRUE)
                                             >= posture_question_get_yes_credit (question, FALSE));
      break;
    case POSTURE_QUESTION_LEVEL:
    case POSTURE_QUESTION_NUMBER:
      write_best_number (writer, question);
      break;
    case POSTURE_QUESTION_TEXT:
    case POSTURE_QUESTION_DATE:
    case POSTURE_QUESTION_INSTANCES:
    default:
      posture_json_writer_null (writer);
    }
}

/**
 * posture_find_remedy:
 * @questionnaire: a questionnaire
 * @answers: answers to it
 * @question: a rated question of it, or of it expanded
 *
 * What a question is answered with once it is put right: its target, if it has
 * one, else the answer that gives the most; of several the first. The target
 * stays in it.
 *
 * Returns: (transfer full) (nullable): the answer; %NULL if it is not rated
 */
PostureAnswer *
posture_find_remedy (PostureQuestionnaire *questionnaire,
                     PostureAnswers       *answers,
                     PostureQuestion      *question)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  PostureAnswer *old = posture_answers_get (answers, posture_question_get_key (question));
  const char *target = old != NULL ? posture_answer_get_target_text (old) : NULL;
  g_autofree char *text = NULL;

  if (!posture_question_is_rated (question))
    return NULL;
  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "value");
  if (target != NULL)
    posture_json_writer_canonical (writer, target);
  else
    write_best (writer, questionnaire, question);
  if (target != NULL)
    {
      posture_json_writer_key (writer, "target");
      posture_json_writer_canonical (writer, target);
    }
  posture_json_writer_end_object (writer);
  text = posture_json_writer_finish_text (writer);
  return posture_answer_new_from_text (text, question, /* error = */ NULL);
}
