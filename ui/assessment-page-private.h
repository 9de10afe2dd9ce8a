/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/assessment-page.h"
#include "ui/question-view.h"
#include "ui/review-view.h"
#include "ui/section-menu.h"

G_BEGIN_DECLS

struct _PostureAssessmentPage
{
  PosturePage parent_instance;

  PostureSettings *settings;
  PostureDraftKeeper *keeper;
  PostureDraft *draft;
  GCancellable *submitting;
  char *question; /* its key; NULL at the review */

  GtkWidget *sections_button;
  PostureSectionMenu *sections;
  GtkProgressBar *progress;
  GtkRevealer *problem_revealer;
  GtkLabel *problem;
  GtkStack *states;
  AdwStatusPage *failure;
  GtkScrolledWindow *question_scroller;
  PostureQuestionView *question_view;
  GtkScrolledWindow *review_scroller;
  PostureReviewView *review;
  GtkWidget *bar;
  GtkWidget *saved;
  GtkButton *next;
};

/* assessment-page-place.c: where the person is */
gboolean posture_assessment_page_is_ready (PostureAssessmentPage *self);
int posture_assessment_page_get_place (PostureAssessmentPage *self);
void posture_assessment_page_remember (PostureAssessmentPage *self,
                                       const char *key,
                                       const char *value);
void posture_assessment_page_show_progress (PostureAssessmentPage *self);
void posture_assessment_page_show_ways (PostureAssessmentPage *self);
void posture_assessment_page_show_review (PostureAssessmentPage *self);
void posture_assessment_page_show_place (PostureAssessmentPage *self,
                                         int place);
void posture_assessment_page_begin (PostureAssessmentPage *self);

/* assessment-page-draft.c: what comes of the draft */
void posture_assessment_page_state_cb (PostureAssessmentPage *self);
void posture_assessment_page_saving_cb (PostureAssessmentPage *self);
void posture_assessment_page_unsaved_cb (PostureAssessmentPage *self,
                                         PostureDraft *draft);
void posture_assessment_page_name_cb (PostureAssessmentPage *self);
void posture_assessment_page_changed_cb (PostureAssessmentPage *self,
                                         const char *key);
void posture_assessment_page_submit_cb (PostureAssessmentPage *self);

/* assessment-page-keys.c */
gboolean posture_assessment_page_key_pressed_cb (PostureAssessmentPage *self,
                                                 guint key,
                                                 guint code,
                                                 GdkModifierType modifiers);

G_END_DECLS
