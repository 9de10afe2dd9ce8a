/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-page-private.h"

#include "ui/compat.h"
#include "ui/draft-progress.h"
#include "ui/failure.h"
#include "ui/toasts.h"

#include <glib/gi18n-lib.h>

/* What comes of the draft that is shown: it is read, changed, stored, submitted, or gone. */

/* It was deleted, here or by another program, or belongs to another profile. */
static void
leave_gone (PostureAssessmentPage *self)
{
  g_autofree char *id = g_strdup (posture_draft_get_assessment (self->draft));

  if (posture_draft_get_name (self->draft) != NULL)
    posture_toasts_add (self, adw_toast_new (_("The assessment was deleted")));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.close-assessment", "s", id);
}

void
posture_assessment_page_state_cb (PostureAssessmentPage *self)
{
  PostureDraftState state = posture_draft_get_state (self->draft);

  if (state == POSTURE_DRAFT_FAILED
      && g_error_matches (posture_draft_get_error (self->draft), POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND))
    {
      leave_gone (self);
      return;
    }

  gtk_widget_set_visible (self->sections_button, state == POSTURE_DRAFT_READY);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == POSTURE_DRAFT_READY);
  gtk_widget_set_visible (self->bar, state == POSTURE_DRAFT_READY);
  switch (state)
    {
    case POSTURE_DRAFT_READY:
      posture_assessment_page_begin (self);
      break;
    case POSTURE_DRAFT_FAILED:
      posture_failure_show (self->failure, posture_draft_get_error (self->draft)->message);
      gtk_stack_set_visible_child_name (self->states, "failed");
      break;
    case POSTURE_DRAFT_LOADING:
    default:
      gtk_stack_set_visible_child_name (self->states, "loading");
    }
}

void
posture_assessment_page_saving_cb (PostureAssessmentPage *self)
{
  PostureDraftSaving saving = posture_draft_get_saving (self->draft);
  const GError *error = posture_draft_get_error (self->draft);

  gtk_widget_set_visible (self->saved, saving == POSTURE_DRAFT_SAVED);
  if (saving == POSTURE_DRAFT_SAVED)
    posture_compat_announce (GTK_WIDGET (self), _("Saved"));
  if (saving == POSTURE_DRAFT_UNSAVED && error != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("Your last answers are not saved yet. %s"), error->message);

      gtk_label_set_label (self->problem, text);
      posture_compat_announce (GTK_WIDGET (self), text);
    }
  gtk_revealer_set_reveal_child (self->problem_revealer, saving == POSTURE_DRAFT_UNSAVED);
}

/* The page shows something else by now. */
void
posture_assessment_page_unsaved_cb (PostureAssessmentPage *self,
                                    PostureDraft          *draft)
{
  g_autofree char *text = g_strdup_printf (_("Your last answers in “%s” are not saved yet"),
                                           posture_draft_get_name (draft));
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_action_name (toast, "win.show-assessment");
  adw_toast_set_action_target (toast, "s", posture_draft_get_assessment (draft));
  adw_toast_set_timeout (toast, 0);
  posture_toasts_add (self, toast);
}

void
posture_assessment_page_name_cb (PostureAssessmentPage *self)
{
  posture_page_set_title (POSTURE_PAGE (self), posture_draft_get_name (self->draft));
}

/* An answer can hide the question that is shown, if another process gave it. */
void
posture_assessment_page_changed_cb (PostureAssessmentPage *self,
                                    const char            *key)
{
  int place;

  if (!posture_assessment_page_is_ready (self))
    return;
  place = posture_assessment_page_get_place (self);
  if (self->question == NULL)
    posture_review_view_show (self->review, self->draft);
  else if (place == POSTURE_DRAFT_NOWHERE)
    {
      posture_assessment_page_begin (self);
      return;
    }
  else if (key == NULL || g_str_equal (key, self->question))
    posture_question_view_refresh (self->question_view);
  posture_assessment_page_show_progress (self);
  posture_assessment_page_show_ways (self);
}

/* Whether a draft is (still) the one on the page. */
static gboolean
is_shown (PostureAssessmentPage *self,
          gpointer               draft)
{
  return self->draft == draft;
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (PostureAssessmentPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *report = posture_draft_submit_finish (POSTURE_DRAFT (source), result, &error);

  if (is_shown (self, source))
    {
      g_clear_object (&self->submitting);
      posture_review_view_set_busy (self->review, FALSE);
    }
  if (report != NULL && is_shown (self, source))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-report", "s", report);
  else if (report == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    posture_compat_tell (self, _("The report could not be made"), error->message);
}

void
posture_assessment_page_submit_cb (PostureAssessmentPage *self)
{
  if (self->submitting != NULL)
    return;
  self->submitting = g_cancellable_new ();
  posture_review_view_set_busy (self->review, TRUE);
  posture_draft_submit_async (self->draft, self->submitting, submitted_cb, g_object_ref (self));
}
