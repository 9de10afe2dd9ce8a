/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/answer-input.h"

G_BEGIN_DECLS

/* Takes what is typed: numbers, words, days. */
#define POSTURE_TYPE_ENTRY_INPUT (posture_entry_input_get_type ())
G_DECLARE_FINAL_TYPE (PostureEntryInput, posture_entry_input, POSTURE, ENTRY_INPUT, PostureAnswerInput)

G_END_DECLS
