/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/assessment-progress.h"
#include "ui/draft.h"

G_BEGIN_DECLS

#define POSTURE_DRAFT_NOWHERE -1

gboolean             posture_draft_is_asked          (PostureDraft    *self,
                                                      guint            place);
gboolean             posture_draft_is_open           (PostureDraft    *self,
                                                      guint            place);
int                  posture_draft_find_place        (PostureDraft    *self,
                                                      const char      *key);
int                  posture_draft_find_next         (PostureDraft    *self,
                                                      int              from,
                                                      int              step);
int                  posture_draft_find_open         (PostureDraft    *self,
                                                      int              section);
PostureProgress      posture_draft_count             (PostureDraft    *self,
                                                      int              section);
guint                posture_draft_get_number        (PostureDraft    *self,
                                                      guint            place);
char                *posture_draft_dup_section_title (PostureDraft    *self,
                                                      PostureQuestion *question);
char                *posture_draft_dup_question_text (PostureDraft    *self,
                                                      PostureQuestion *question);

G_END_DECLS
