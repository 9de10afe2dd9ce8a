/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answer.h"
#include "model/words.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What numbers of questions are counted in. */
#define POSTURE_LEVEL_ONE 1000000

#define POSTURE_TYPE_ANSWER_INPUT (posture_answer_input_get_type ())
G_DECLARE_DERIVABLE_TYPE (PostureAnswerInput, posture_answer_input, POSTURE, ANSWER_INPUT, AdwBin)

/**
 * PostureAnswerInputClass:
 * @show: shows an answer, or that there is none
 * @pick: chooses what stands at a place, from 0
 * @commit: takes what was typed and not taken yet
 *
 * What takes the value of an answer.
 */
struct _PostureAnswerInputClass
{
  AdwBinClass parent_class;

  void     (*show)   (PostureAnswerInput *self,
                      PostureAnswer      *answer);
  gboolean (*pick)   (PostureAnswerInput *self,
                      guint               place);
  void     (*commit) (PostureAnswerInput *self);
};

PostureAnswerInput *posture_answer_input_new          (PostureQuestion    *question,
                                                       PostureWords       *words);
PostureQuestion    *posture_answer_input_get_question (PostureAnswerInput *self);
PostureWords       *posture_answer_input_get_words    (PostureAnswerInput *self);
void                posture_answer_input_set_content  (PostureAnswerInput *self,
                                                       GtkWidget          *content);
void                posture_answer_input_show         (PostureAnswerInput *self,
                                                       PostureAnswer      *answer);
gboolean            posture_answer_input_pick         (PostureAnswerInput *self,
                                                       guint               place);
void                posture_answer_input_commit       (PostureAnswerInput *self);
void                posture_answer_input_set_problem  (PostureAnswerInput *self,
                                                       const char         *problem);
void                posture_answer_input_answered     (PostureAnswerInput *self,
                                                       const char         *answer);

G_END_DECLS
