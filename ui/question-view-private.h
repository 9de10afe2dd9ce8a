/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/answer-input.h"
#include "ui/note-editor.h"
#include "ui/question-offer.h"
#include "ui/question-tips.h"
#include "ui/question-view.h"
#include "ui/special-input.h"

G_BEGIN_DECLS

struct _PostureQuestionView
{
  AdwBin parent_instance;

  PostureDraft *draft;
  PostureSettings *settings;
  PostureQuestionnaire *asked; /* holds the question */
  PostureQuestion *question;
  PostureAnswerInput *input;
  PostureAnswerInput *target;
  gboolean refreshing;

  GtkLabel *section;
  GtkLabel *title;
  GtkLabel *hint;
  GtkWidget *required;
  PostureQuestionOffer *offer;
  AdwBin *input_slot;
  PostureSpecialInput *special;
  GtkWidget *clear;
  GtkWidget *target_box;
  AdwBin *target_slot;
  PostureQuestionTips *tips;
  AdwExpanderRow *why;
  GtkLabel *why_text;
  AdwExpanderRow *done;
  GtkLabel *done_text;
  PostureNoteEditor *note;
  GtkSwitch *flag;
};

/* question-view-answering.c: what a person does with the question */
const char *posture_question_view_get_key (PostureQuestionView *self);
PostureAnswer *posture_question_view_get_answer (PostureQuestionView *self);
void posture_question_view_answered_cb (PostureQuestionView *self,
                                        const char *text);
void posture_question_view_target_answered_cb (PostureQuestionView *self,
                                               const char *text);
void posture_question_view_clear_cb (PostureQuestionView *self);
void posture_question_view_offer_taken_cb (PostureQuestionView *self);
void posture_question_view_note_written_cb (PostureQuestionView *self,
                                            const char *note);
void posture_question_view_flag_cb (PostureQuestionView *self);

G_END_DECLS
