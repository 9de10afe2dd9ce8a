/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answer.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_SPECIAL_INPUT (posture_special_input_get_type ())
G_DECLARE_FINAL_TYPE (PostureSpecialInput, posture_special_input, POSTURE, SPECIAL_INPUT, AdwBin)

void posture_special_input_show   (PostureSpecialInput *self,
                                   PostureAnswer       *answer);
void posture_special_input_clear  (PostureSpecialInput *self);
void posture_special_input_commit (PostureSpecialInput *self);

G_END_DECLS
