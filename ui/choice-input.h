/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/answer-input.h"

G_BEGIN_DECLS

/* Takes one or any of some options: choices, yes and no, levels. */
#define POSTURE_TYPE_CHOICE_INPUT (posture_choice_input_get_type ())
G_DECLARE_FINAL_TYPE (PostureChoiceInput, posture_choice_input, POSTURE, CHOICE_INPUT, PostureAnswerInput)

G_END_DECLS
