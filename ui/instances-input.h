/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/answer-input.h"

G_BEGIN_DECLS

/* Takes the list of what sections are repeated for. */
#define POSTURE_TYPE_INSTANCES_INPUT (posture_instances_input_get_type ())
G_DECLARE_FINAL_TYPE (PostureInstancesInput, posture_instances_input, POSTURE, INSTANCES_INPUT, PostureAnswerInput)

G_END_DECLS
