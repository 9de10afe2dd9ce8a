/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/pass-private.h"

#include "model/answer-private.h"
#include "model/question-private.h"

void
posture_pass_init (PosturePass          *self,
                   PostureQuestionnaire *questionnaire,
                   PostureAnswers       *answers,
                   GArray               *visible)
{
  *self = (PosturePass) { questionnaire, answers, visible, NULL, NULL, NULL };
  self->events = g_hash_table_new_full (NULL, NULL, NULL,
                                        (GDestroyNotify) posture_json_document_unref);
}

void
posture_pass_clear (PosturePass *self)
{
  g_hash_table_unref (self->events);
  g_clear_pointer (&self->last, posture_json_document_unref);
}

/* The event that a leaf sees. It looks at nothing but the questions it names, so these are all that
 * is put in: the work grows with the length of the conditions, not with that of the questionnaire
 * times their number. Members are named by id; of an instance they are its own. */
static PostureJsonDocument *
make_event (PosturePass     *self,
            const GPtrArray *questions)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GBytes) bytes = NULL;

  posture_json_writer_begin_object (writer);
  for (guint i = 0; i < questions->len; i++)
    {
      const char *id = g_ptr_array_index (questions, i);
      PostureQuestion *question = posture_questionnaire_find_near (self->questionnaire, id,
                                                                   self->instance);
      PostureAnswer *answer = posture_answers_get (self->answers,
                                                   posture_question_get_key (question));

      if (answer == NULL || posture_answer_get_kind (answer) == POSTURE_ANSWER_TARGET
          || !g_array_index (self->visible, gboolean, question->number))
        continue;
      posture_json_writer_key (writer, id);
      posture_answer_write_plain (answer, writer);
    }
  posture_json_writer_end_object (writer);
  bytes = posture_json_writer_finish (writer);
  return posture_json_document_new (bytes, NULL /* limits */, NULL /* error */);
}

static const PostureJsonNode *
find_event (const GPtrArray *questions,
            gpointer         data)
{
  PosturePass *self = data;
  PostureJsonDocument *event;
  gpointer key;

  if (questions->len != 1)
    {
      g_clear_pointer (&self->last, posture_json_document_unref);
      self->last = make_event (self, questions);
      return posture_json_document_get_root (self->last);
    }
  key = GUINT_TO_POINTER (posture_questionnaire_find_near (self->questionnaire,
                                                           g_ptr_array_index (questions, 0),
                                                           self->instance)->number);
  event = g_hash_table_lookup (self->events, key);
  if (event == NULL)
    {
      event = make_event (self, questions);
      g_hash_table_insert (self->events, key, event);
    }
  return posture_json_document_get_root (event);
}

/* Whether a condition of something that stands in @instance holds; the questions it names have been
 * gone by. */
gboolean
posture_pass_holds (PosturePass      *self,
                    PostureCondition *condition,
                    const char       *instance)
{
  self->instance = instance;
  return posture_condition_holds (condition, find_event, self);
}
