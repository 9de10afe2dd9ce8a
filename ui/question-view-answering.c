/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/question-view-private.h"

#include <string.h>

/* What a person does with a question, into the draft. */

const char *
posture_question_view_get_key (PostureQuestionView *self)
{
  return posture_question_get_key (self->question);
}

PostureAnswer *
posture_question_view_get_answer (PostureQuestionView *self)
{
  return posture_draft_get_answer (self->draft, posture_question_view_get_key (self));
}

/* The answer with what stands beside it: the target and the note that there are. */
static PostureAnswer *
keep_beside (PostureQuestionView *self,
             PostureAnswer       *plain,
             GError             **error)
{
  PostureAnswer *old = posture_question_view_get_answer (self);
  const char *target = old != NULL ? posture_answer_get_target_text (old) : NULL;
  g_autoptr (PostureAnswer) aimed = NULL;

  if (target != NULL)
    aimed = posture_answer_new_with_target (plain, target, self->question, error);
  else if (plain != NULL)
    aimed = posture_answer_ref (plain);
  if (aimed == NULL || old == NULL)
    return g_steal_pointer (&aimed);
  return posture_answer_new_with_note (aimed, posture_answer_get_note (old), error);
}

/* Takes an answer as JSON, or says why it is none. */
static void
take (PostureQuestionView *self,
      const char          *text)
{
  g_autoptr (PostureAnswer) plain = NULL;
  g_autoptr (PostureAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (self->question == NULL || self->refreshing)
    return;
  if (text != NULL)
    plain = posture_answer_new_from_text (text, self->question, &error);
  if (error == NULL)
    answer = keep_beside (self, plain, &error);
  posture_answer_input_set_problem (self->input, error != NULL ? error->message : NULL);
  if (error == NULL)
    posture_draft_set_answer (self->draft, posture_question_view_get_key (self), answer);
}

void
posture_question_view_answered_cb (PostureQuestionView *self,
                                   const char          *text)
{
  take (self, text);
}

void
posture_question_view_target_answered_cb (PostureQuestionView *self,
                                          const char          *text)
{
  PostureAnswer *old = posture_question_view_get_answer (self);
  g_autoptr (PostureAnswer) target = NULL;
  g_autoptr (PostureAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  const char *wanted;

  if (self->refreshing || text == NULL)
    return;
  target = posture_answer_new_from_text (text, self->question, &error);
  wanted = target != NULL ? posture_answer_get_value_text (target) : NULL;
  if (old != NULL && g_strcmp0 (wanted, posture_answer_get_target_text (old)) == 0)
    wanted = NULL; /* pressed once more it is taken back */
  if (error == NULL)
    answer = posture_answer_new_with_target (old, wanted, self->question, &error);
  posture_answer_input_set_problem (self->target, error != NULL ? error->message : NULL);
  if (error == NULL)
    posture_draft_set_answer (self->draft, posture_question_view_get_key (self), answer);
  posture_question_view_refresh (self);
}

void
posture_question_view_clear_cb (PostureQuestionView *self)
{
  posture_special_input_clear (self->special);
  take (self, NULL);
  posture_question_view_focus_first (self);
}

/* What was answered elsewhere holds here, or what was answered long ago. */
void
posture_question_view_offer_taken_cb (PostureQuestionView *self)
{
  const PostureProposal *proposal = posture_draft_find_proposal (self->draft, posture_question_view_get_key (self));
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = NULL;

  if (posture_draft_find_due (self->draft, posture_question_view_get_key (self)) != NULL)
    {
      posture_draft_confirm (self->draft, posture_question_view_get_key (self));
      return;
    }
  if (proposal == NULL)
    return;
  posture_answer_write (proposal->answer, writer, /* with_note = */ TRUE);
  text = posture_json_writer_finish_text (writer);
  take (self, text);
}

void
posture_question_view_note_written_cb (PostureQuestionView *self,
                                       const char          *note)
{
  PostureAnswer *old = self->question != NULL ? posture_question_view_get_answer (self) : NULL;
  g_autoptr (PostureAnswer) answer = NULL;

  if (old != NULL)
    answer = posture_answer_new_with_note (old, note, /* error = */ NULL);
  if (answer != NULL)
    posture_draft_set_answer (self->draft, posture_question_view_get_key (self), answer);
}

void
posture_question_view_flag_cb (PostureQuestionView *self)
{
  if (!self->refreshing && self->question != NULL)
    posture_draft_set_flagged (self->draft, posture_question_view_get_key (self), gtk_switch_get_active (self->flag));
}

/**
 * posture_question_view_set_unknown:
 * @self: a view
 *
 * Answers “I don't know”.
 */
void
posture_question_view_set_unknown (PostureQuestionView *self)
{
  if (self->question != NULL)
    take (self, "{\"unknown\":true}");
}
