/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTURE_TYPE_QUESTION_OFFER (posture_question_offer_get_type ())
G_DECLARE_FINAL_TYPE (PostureQuestionOffer, posture_question_offer, POSTURE, QUESTION_OFFER, AdwBin)

void posture_question_offer_show (PostureQuestionOffer *self,
                                  PostureDraft         *draft,
                                  PostureQuestion      *question);

G_END_DECLS
