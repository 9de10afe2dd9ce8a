/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/draft-progress.h"

#include "model/instances.h"

/* Where a person is among the questions, and what is still open. Places are those of the questionnaire
 * as it is asked. */

static guint
get_length (PostureDraft *self)
{
  return posture_questionnaire_get_n_questions (posture_draft_get_asked (self));
}

static PostureQuestion *
get_question (PostureDraft *self,
              guint         place)
{
  return posture_questionnaire_get_question (posture_draft_get_asked (self), place);
}

/**
 * posture_draft_is_asked:
 * @self: a draft that is ready
 * @place: a question's place
 *
 * Returns: whether the question can be answered now
 */
gboolean
posture_draft_is_asked (PostureDraft *self,
                        guint         place)
{
  return posture_progress_is_asked (posture_draft_get_asked (self), posture_draft_peek_visible (self), place);
}

/**
 * posture_draft_is_open:
 * @self: a draft that is ready
 * @place: a question's place
 *
 * Returns: whether it is asked and has no answer yet; a target alone is none
 */
gboolean
posture_draft_is_open (PostureDraft *self,
                       guint         place)
{
  return posture_draft_is_asked (self, place)
         && !posture_progress_is_answered (posture_draft_get_asked (self), posture_draft_get_answers (self), place);
}

/**
 * posture_draft_find_place:
 * @self: a draft that is ready
 * @key: a question's key
 *
 * Returns: its place, %POSTURE_DRAFT_NOWHERE if it is not asked
 */
int
posture_draft_find_place (PostureDraft *self,
                          const char   *key)
{
  PostureQuestion *question = posture_questionnaire_find_question (posture_draft_get_asked (self), key);

  if (question == NULL || !posture_draft_is_asked (self, posture_question_get_number (question)))
    return POSTURE_DRAFT_NOWHERE;
  return (int) posture_question_get_number (question);
}

/**
 * posture_draft_find_next:
 * @self: a draft that is ready
 * @from: a place; -1 and the number of questions stand before and behind all
 * @step: 1 for what comes behind, -1 for what comes before
 *
 * Returns: the next place where a question is asked, %POSTURE_DRAFT_NOWHERE if there
 *   is none
 */
int
posture_draft_find_next (PostureDraft *self,
                         int           from,
                         int           step)
{
  int length = (int) get_length (self);

  for (int place = from + step; place >= 0 && place < length; place += step)
    if (posture_draft_is_asked (self, (guint) place))
      return place;
  return POSTURE_DRAFT_NOWHERE;
}

static gboolean
is_in (PostureDraft *self,
       guint         place,
       int           section)
{
  return section < 0 || posture_question_get_section_number (get_question (self, place)) == (guint) section;
}

/**
 * posture_draft_find_open:
 * @self: a draft that is ready
 * @section: number of a section, -1 for any
 *
 * Returns: the first place there where a question is open, else where one is
 *   asked, else %POSTURE_DRAFT_NOWHERE
 */
int
posture_draft_find_open (PostureDraft *self,
                         int           section)
{
  int first = POSTURE_DRAFT_NOWHERE;

  for (guint place = 0; place < get_length (self); place++)
    {
      if (!is_in (self, place, section) || !posture_draft_is_asked (self, place))
        continue;
      if (posture_draft_is_open (self, place))
        return (int) place;
      if (first == POSTURE_DRAFT_NOWHERE)
        first = (int) place;
    }
  return first;
}

/**
 * posture_draft_count:
 * @self: a draft that is ready
 * @section: number of a section, -1 for all
 *
 * Returns: how far answering is
 */
PostureProgress
posture_draft_count (PostureDraft *self,
                     int           section)
{
  PostureProgress progress = { 0 };

  for (guint place = 0; place < get_length (self); place++)
    if (is_in (self, place, section) && posture_draft_is_asked (self, place))
      {
        progress.n_asked++;
        progress.n_answered += !posture_draft_is_open (self, place);
      }
  return progress;
}

/**
 * posture_draft_get_number:
 * @self: a draft that is ready
 * @place: a question's place
 *
 * Returns: which of the questions that are asked it is, from 1
 */
guint
posture_draft_get_number (PostureDraft *self,
                          guint         place)
{
  guint number = 1;

  for (guint i = 0; i < place; i++)
    number += posture_draft_is_asked (self, i);
  return number;
}

/* What the thing is called that a section is repeated for. */
static const char *
get_instance_name (PostureDraft    *self,
                   PostureQuestion *question)
{
  PostureQuestionnaire *asked = posture_draft_get_asked (self);
  const char *instance = posture_question_get_instance (question);
  int index = (int) posture_question_get_section_number (question);
  PostureAnswer *list = NULL;
  const char *name = NULL;

  if (instance == NULL)
    return NULL;
  while (index >= 0 && posture_questionnaire_get_section (asked, (guint) index)->for_each == NULL)
    index = posture_questionnaire_get_section (asked, (guint) index)->parent;
  if (index >= 0)
    list = posture_draft_get_answer (self, posture_questionnaire_get_section (asked, (guint) index)->for_each);
  if (list != NULL)
    name = posture_answer_get_instance_name (list, instance);
  return name != NULL ? name : instance;
}

/**
 * posture_draft_dup_section_title:
 * @self: a draft that is ready
 * @question: a question that is asked
 *
 * Returns: (transfer full): the title of its section, with what that is repeated for
 */
char *
posture_draft_dup_section_title (PostureDraft    *self,
                                 PostureQuestion *question)
{
  const char *section = posture_question_get_section (question);
  const char *title = posture_words_get_section_title (posture_draft_get_words (self), section);
  const char *instance = get_instance_name (self, question);

  if (title == NULL)
    title = section;
  return instance != NULL ? g_strdup_printf ("%s · %s", title, instance) : g_strdup (title);
}

/**
 * posture_draft_dup_question_text:
 * @self: a draft that is ready
 * @question: a question that is asked
 *
 * Returns: (transfer full): the question in words, with what its section is repeated for
 */
char *
posture_draft_dup_question_text (PostureDraft    *self,
                                 PostureQuestion *question)
{
  const char *id = posture_question_get_id (question);
  const char *text = posture_words_get_question (posture_draft_get_words (self), id, POSTURE_WORDS_QUESTION);
  const char *instance = get_instance_name (self, question);

  if (text == NULL)
    text = id;
  return instance != NULL ? g_strdup_printf ("%s: %s", instance, text) : g_strdup (text);
}
