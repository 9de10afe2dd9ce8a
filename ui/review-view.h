/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is still open, and the way to the report. */
#define POSTURE_TYPE_REVIEW_VIEW (posture_review_view_get_type ())
G_DECLARE_FINAL_TYPE (PostureReviewView, posture_review_view, POSTURE, REVIEW_VIEW, AdwBin)

void posture_review_view_show         (PostureReviewView *self,
                                       PostureDraft      *draft);
void posture_review_view_set_busy     (PostureReviewView *self,
                                       gboolean           busy);
void posture_review_view_focus_submit (PostureReviewView *self);

G_END_DECLS
