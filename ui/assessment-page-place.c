/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-page-private.h"

#include "ui/draft-progress.h"

#include <glib/gi18n-lib.h>

/* Where a person is on the page: at a question, or at the review. */

gboolean
posture_assessment_page_is_ready (PostureAssessmentPage *self)
{
  return self->draft != NULL && posture_draft_get_state (self->draft) == POSTURE_DRAFT_READY;
}

int
posture_assessment_page_get_place (PostureAssessmentPage *self)
{
  return self->question != NULL ? posture_draft_find_place (self->draft, self->question) : POSTURE_DRAFT_NOWHERE;
}

void
posture_assessment_page_remember (PostureAssessmentPage *self,
                                  const char            *key,
                                  const char            *value)
{
  if (self->settings != NULL)
    posture_settings_set (self->settings, key, value != NULL ? value : "");
}

void
posture_assessment_page_show_progress (PostureAssessmentPage *self)
{
  PostureProgress progress = posture_draft_count (self->draft, -1);
  int place = posture_assessment_page_get_place (self);
  g_autofree char *subtitle = NULL;

  gtk_progress_bar_set_fraction (self->progress, progress.n_asked > 0
                                                   ? (double) progress.n_answered / progress.n_asked : 0);
  if (place >= 0)
    subtitle = g_strdup_printf (_("Question %u of %u"), posture_draft_get_number (self->draft, (guint) place),
                                progress.n_asked);
  else
    subtitle = g_strdup_printf (_("%u of %u answered"), progress.n_answered, progress.n_asked);
  posture_page_set_subtitle (POSTURE_PAGE (self), subtitle);
}

/* What the keys and buttons at the bottom can do. */
void
posture_assessment_page_show_ways (PostureAssessmentPage *self)
{
  gboolean asking = self->question != NULL;
  int place = asking ? posture_assessment_page_get_place (self)
                     : (int) posture_questionnaire_get_n_questions (posture_draft_get_asked (self->draft));
  gboolean last = asking && posture_draft_find_next (self->draft, place, 1) == POSTURE_DRAFT_NOWHERE;

  gtk_button_set_label (self->next, last ? _("_Review") : _("_Next"));
  gtk_widget_set_visible (GTK_WIDGET (self->next), asking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "question.previous",
                                 posture_draft_find_next (self->draft, place, -1) != POSTURE_DRAFT_NOWHERE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "question.next", asking);
}

static void
show_top (GtkScrolledWindow *scroller)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_lower (adjustment));
}

void
posture_assessment_page_show_review (PostureAssessmentPage *self)
{
  posture_question_view_commit (self->question_view);
  g_clear_pointer (&self->question, g_free);
  posture_assessment_page_remember (self, "last-question", NULL);
  posture_review_view_show (self->review, self->draft);
  posture_section_menu_set_section (self->sections, POSTURE_SECTION_MENU_REVIEW);
  gtk_stack_set_visible_child_name (self->states, "review");
  posture_assessment_page_show_progress (self);
  posture_assessment_page_show_ways (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    posture_review_view_focus_submit (self->review);
  show_top (self->review_scroller);
}

void
posture_assessment_page_show_place (PostureAssessmentPage *self,
                                    int                    place)
{
  PostureQuestion *question;

  if (place == POSTURE_DRAFT_NOWHERE)
    {
      posture_assessment_page_show_review (self);
      return;
    }
  posture_question_view_commit (self->question_view);
  question = posture_questionnaire_get_question (posture_draft_get_asked (self->draft), (guint) place);
  g_free (self->question);
  self->question = g_strdup (posture_question_get_key (question));
  posture_assessment_page_remember (self, "last-question", self->question);
  posture_question_view_show (self->question_view, self->draft, (guint) place);
  posture_section_menu_set_section (self->sections, (int) posture_question_get_section_number (question));
  gtk_stack_set_visible_child_name (self->states, "question");
  posture_assessment_page_show_progress (self);
  posture_assessment_page_show_ways (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    posture_question_view_focus_first (self->question_view);
  show_top (self->question_scroller);
}

/* Back to where the person was, else on to what is open. */
void
posture_assessment_page_begin (PostureAssessmentPage *self)
{
  PostureProgress progress = posture_draft_count (self->draft, -1);
  int place = posture_assessment_page_get_place (self);

  if (place == POSTURE_DRAFT_NOWHERE && progress.n_answered < progress.n_asked)
    place = posture_draft_find_open (self->draft, -1);
  posture_assessment_page_show_place (self, place);
}

/**
 * posture_assessment_page_step_back:
 * @self: a page
 *
 * Goes to the question before.
 *
 * Returns: whether there is one
 */
gboolean
posture_assessment_page_step_back (PostureAssessmentPage *self)
{
  int place;

  if (!posture_assessment_page_is_ready (self))
    return FALSE;
  place = self->question != NULL
            ? posture_assessment_page_get_place (self)
            : (int) posture_questionnaire_get_n_questions (posture_draft_get_asked (self->draft));
  place = posture_draft_find_next (self->draft, place, -1);
  if (place != POSTURE_DRAFT_NOWHERE)
    posture_assessment_page_show_place (self, place);
  return place != POSTURE_DRAFT_NOWHERE;
}
