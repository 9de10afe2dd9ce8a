/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-page.h"

#include "ui/compat.h"
#include "ui/draft-progress.h"
#include "ui/question-view.h"
#include "ui/review-view.h"
#include "ui/section-menu.h"
#include "ui/toasts.h"

#include <glib/gi18n-lib.h>

/* Answers one assessment: a question at a time, then what is still open. */
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

G_DEFINE_FINAL_TYPE (PostureAssessmentPage, posture_assessment_page, POSTURE_TYPE_PAGE)

static gboolean
is_ready (PostureAssessmentPage *self)
{
  return self->draft != NULL && posture_draft_get_state (self->draft) == POSTURE_DRAFT_READY;
}

static int
get_place (PostureAssessmentPage *self)
{
  return self->question != NULL ? posture_draft_find_place (self->draft, self->question) : POSTURE_DRAFT_NOWHERE;
}

static void
remember (PostureAssessmentPage *self,
          const char            *key,
          const char            *value)
{
  if (self->settings != NULL)
    posture_settings_set (self->settings, key, value != NULL ? value : "");
}

static void
show_progress (PostureAssessmentPage *self)
{
  PostureProgress progress = posture_draft_count (self->draft, -1);
  int place = get_place (self);
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
static void
show_ways (PostureAssessmentPage *self)
{
  gboolean asking = self->question != NULL;
  int place = asking ? get_place (self)
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

static void
show_review (PostureAssessmentPage *self)
{
  posture_question_view_commit (self->question_view);
  g_clear_pointer (&self->question, g_free);
  remember (self, "last-question", NULL);
  posture_review_view_show (self->review, self->draft);
  gtk_stack_set_visible_child_name (self->states, "review");
  show_progress (self);
  show_ways (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    posture_review_view_focus_submit (self->review);
  show_top (self->review_scroller);
}

static void
show_question (PostureAssessmentPage *self,
               int                    place)
{
  PostureQuestion *question;

  if (place == POSTURE_DRAFT_NOWHERE)
    {
      show_review (self);
      return;
    }
  posture_question_view_commit (self->question_view);
  question = posture_questionnaire_get_question (posture_draft_get_asked (self->draft), (guint) place);
  g_free (self->question);
  self->question = g_strdup (posture_question_get_key (question));
  remember (self, "last-question", self->question);
  posture_question_view_show (self->question_view, self->draft, (guint) place);
  gtk_stack_set_visible_child_name (self->states, "question");
  show_progress (self);
  show_ways (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    posture_question_view_focus_first (self->question_view);
  show_top (self->question_scroller);
}

static void
go_cb (PostureAssessmentPage *self,
       int                    place)
{
  if (is_ready (self))
    show_question (self, place);
}

static void
review_cb (PostureAssessmentPage *self)
{
  if (is_ready (self))
    show_review (self);
}

/* Back to where the person was, else on to what is open. */
static void
begin (PostureAssessmentPage *self)
{
  PostureProgress progress = posture_draft_count (self->draft, -1);
  int place = get_place (self);

  if (place == POSTURE_DRAFT_NOWHERE && progress.n_answered < progress.n_asked)
    place = posture_draft_find_open (self->draft, -1);
  show_question (self, place);
}

/* It was deleted, here or by another program, or belongs to another profile. */
static void
leave_gone (PostureAssessmentPage *self)
{
  g_autofree char *id = g_strdup (posture_draft_get_assessment (self->draft));

  if (posture_draft_get_name (self->draft) != NULL)
    posture_toasts_add (self, adw_toast_new (_("The assessment was deleted")));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.close-assessment", "s", id);
}

static void
state_cb (PostureAssessmentPage *self)
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
      begin (self);
      break;
    case POSTURE_DRAFT_FAILED:
      /* not in the template: an icon is loaded whether it is seen or not */
      adw_status_page_set_icon_name (self->failure, "dialog-warning-symbolic");
      adw_status_page_set_description (self->failure, posture_draft_get_error (self->draft)->message);
      gtk_stack_set_visible_child_name (self->states, "failed");
      break;
    case POSTURE_DRAFT_LOADING:
    default:
      gtk_stack_set_visible_child_name (self->states, "loading");
    }
}

static void
saving_cb (PostureAssessmentPage *self)
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
static void
unsaved_cb (PostureAssessmentPage *self,
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

static void
name_cb (PostureAssessmentPage *self)
{
  posture_page_set_title (POSTURE_PAGE (self), posture_draft_get_name (self->draft));
}

/* An answer can hide the question that is shown, if another process gave it. */
static void
changed_cb (PostureAssessmentPage *self,
            const char            *key)
{
  int place;

  if (!is_ready (self))
    return;
  place = get_place (self);
  if (self->question == NULL)
    posture_review_view_show (self->review, self->draft);
  else if (place == POSTURE_DRAFT_NOWHERE)
    {
      begin (self);
      return;
    }
  else if (key == NULL || g_str_equal (key, self->question))
    posture_question_view_refresh (self->question_view);
  show_progress (self);
  show_ways (self);
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

static void
submit_cb (PostureAssessmentPage *self)
{
  if (self->submitting != NULL)
    return;
  self->submitting = g_cancellable_new ();
  posture_review_view_set_busy (self->review, TRUE);
  posture_draft_submit_async (self->draft, self->submitting, submitted_cb, g_object_ref (self));
}

static void
next_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PostureAssessmentPage *self = POSTURE_ASSESSMENT_PAGE (widget);

  if (!is_ready (self) || self->question == NULL)
    return;
  /* what was typed may be what the next question depends on */
  posture_question_view_commit (self->question_view);
  show_question (self, posture_draft_find_next (self->draft, get_place (self), 1));
}

static void
previous_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  posture_assessment_page_step_back (POSTURE_ASSESSMENT_PAGE (widget));
}

static void
review_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  review_cb (POSTURE_ASSESSMENT_PAGE (widget));
}

static void
retry_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  PostureAssessmentPage *self = POSTURE_ASSESSMENT_PAGE (widget);

  if (self->draft == NULL)
    return;
  if (posture_draft_get_state (self->draft) == POSTURE_DRAFT_FAILED)
    posture_draft_load (self->draft);
  else
    posture_draft_retry (self->draft);
}

/* Letters and digits are keys only where nobody writes. */
static gboolean
is_writing (PostureAssessmentPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus));
}

static gboolean
take_key (PostureAssessmentPage *self,
          guint                  key)
{
  gboolean asking = self->question != NULL;

  if (asking && key >= GDK_KEY_1 && key <= GDK_KEY_9)
    return posture_question_view_pick (self->question_view, key - GDK_KEY_1);
  if (asking && key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_9)
    return posture_question_view_pick (self->question_view, key - GDK_KEY_KP_1);
  switch (gdk_keyval_to_lower (key))
    {
    case GDK_KEY_u:
      if (asking)
        posture_question_view_set_unknown (self->question_view);
      return asking;
    case GDK_KEY_n:
      return gtk_widget_activate_action (GTK_WIDGET (self), "question.next", NULL);
    case GDK_KEY_p:
      return gtk_widget_activate_action (GTK_WIDGET (self), "question.previous", NULL);
    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (PostureAssessmentPage *self,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers)
{
  GdkModifierType held = modifiers & gtk_accelerator_get_default_mod_mask ();

  if (!is_ready (self))
    return GDK_EVENT_PROPAGATE;
  if (held == GDK_ALT_MASK && (key == GDK_KEY_Right || key == GDK_KEY_KP_Right))
    return gtk_widget_activate_action (GTK_WIDGET (self), "question.next", NULL);
  if (held == 0 && key == GDK_KEY_Escape)
    return gtk_widget_activate_action (GTK_WIDGET (self),
                                       self->question != NULL ? "win.back" : "question.previous", NULL);
  if ((held & ~GDK_SHIFT_MASK) != 0 || is_writing (self))
    return GDK_EVENT_PROPAGATE;
  return take_key (self, key);
}

static void
leave_draft (PostureAssessmentPage *self)
{
  if (self->draft == NULL)
    return;
  posture_page_drop_focus (POSTURE_PAGE (self), GTK_WIDGET (self->states));
  posture_question_view_commit (self->question_view);
  g_cancellable_cancel (self->submitting);
  g_clear_object (&self->submitting);
  posture_section_menu_set_draft (self->sections, NULL);
  g_signal_handlers_disconnect_by_data (self->draft, self);
  posture_draft_keeper_leave (self->keeper, self->draft);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->question, g_free);
}

/* Nothing that was typed stays behind, whether another page comes or the window goes. */
static void
posture_assessment_page_unmap (GtkWidget *widget)
{
  posture_assessment_page_commit (POSTURE_ASSESSMENT_PAGE (widget));
  GTK_WIDGET_CLASS (posture_assessment_page_parent_class)->unmap (widget);
}

static void
posture_assessment_page_map (GtkWidget *widget)
{
  PostureAssessmentPage *self = POSTURE_ASSESSMENT_PAGE (widget);

  GTK_WIDGET_CLASS (posture_assessment_page_parent_class)->map (widget);
  if (is_ready (self) && self->question != NULL)
    posture_question_view_focus_first (self->question_view);
}

static void
posture_assessment_page_dispose (GObject *object)
{
  PostureAssessmentPage *self = POSTURE_ASSESSMENT_PAGE (object);

  if (self->draft != NULL)
    {
      g_cancellable_cancel (self->submitting);
      g_clear_object (&self->submitting);
      g_signal_handlers_disconnect_by_data (self->draft, self);
      g_clear_object (&self->draft);
    }
  g_clear_object (&self->keeper);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (posture_assessment_page_parent_class)->dispose (object);
}

static void
posture_assessment_page_finalize (GObject *object)
{
  g_free (POSTURE_ASSESSMENT_PAGE (object)->question);
  G_OBJECT_CLASS (posture_assessment_page_parent_class)->finalize (object);
}

static void
posture_assessment_page_class_init (PostureAssessmentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_assessment_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_assessment_page_finalize;
  widget_class->map = posture_assessment_page_map;
  widget_class->unmap = posture_assessment_page_unmap;

  g_type_ensure (POSTURE_TYPE_QUESTION_VIEW);
  g_type_ensure (POSTURE_TYPE_REVIEW_VIEW);
  g_type_ensure (POSTURE_TYPE_SECTION_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/posture_app/Posture/ui/assessment-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, sections_button);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, sections);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, progress);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, problem);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, states);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, failure);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, question_scroller);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, question_view);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, review_scroller);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, review);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, bar);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, saved);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentPage, next);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_bind_template_callback (widget_class, review_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);

  gtk_widget_class_install_action (widget_class, "question.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "question.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "question.review", NULL, review_action);
  gtk_widget_class_install_action (widget_class, "question.retry", NULL, retry_action);
}

static void
posture_assessment_page_init (PostureAssessmentPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->keeper = posture_draft_keeper_new ();
  g_signal_connect_object (self->keeper, "unsaved", G_CALLBACK (unsaved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * posture_assessment_page_set_settings:
 * @self: a page
 * @settings: what is remembered
 *
 * Has the page remember where the person was; once.
 */
void
posture_assessment_page_set_settings (PostureAssessmentPage *self,
                                      PostureSettings       *settings)
{
  self->settings = g_object_ref (settings);
  posture_question_view_set_settings (self->question_view, settings);
}

/* The question that was shown last, if it was of this assessment. */
static char *
recall_question (PostureAssessmentPage *self,
                 const char            *id)
{
  g_autofree char *assessment = NULL;
  g_autofree char *question = NULL;

  if (self->settings == NULL)
    return NULL;
  assessment = posture_settings_dup (self->settings, "last-assessment");
  question = posture_settings_dup (self->settings, "last-question");
  return g_str_equal (assessment, id) && *question != '\0' ? g_steal_pointer (&question) : NULL;
}

/**
 * posture_assessment_page_show:
 * @self: a page that has its context
 * @id: an assessment's id
 *
 * Shows an assessment, where the person was the last time or at the first
 * question that is open.
 */
void
posture_assessment_page_show (PostureAssessmentPage *self,
                              const char            *id)
{
  g_autofree char *question = NULL;

  if (self->draft != NULL && g_str_equal (posture_draft_get_assessment (self->draft), id)
      && posture_draft_get_state (self->draft) != POSTURE_DRAFT_FAILED)
    return;
  leave_draft (self);
  question = recall_question (self, id);
  self->draft = posture_draft_keeper_open (self->keeper, posture_page_get_context (POSTURE_PAGE (self)), id);
  self->question = g_steal_pointer (&question);
  remember (self, "last-assessment", id);
  posture_section_menu_set_draft (self->sections, self->draft);
  posture_page_set_title (POSTURE_PAGE (self), "");
  posture_page_set_subtitle (POSTURE_PAGE (self), "");
  g_signal_connect_object (self->draft, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::saving", G_CALLBACK (saving_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::name", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (posture_draft_get_state (self->draft) != POSTURE_DRAFT_READY)
    posture_draft_load (self->draft);
  else
    name_cb (self);
  state_cb (self);
  saving_cb (self);
}

/**
 * posture_assessment_page_show_question:
 * @self: a page that has its context
 * @id: an assessment's id
 * @question: key of a question of it
 *
 * Shows a question of an assessment, if it is asked.
 */
void
posture_assessment_page_show_question (PostureAssessmentPage *self,
                                       const char            *id,
                                       const char            *question)
{
  g_autofree char *key = g_strdup (question);

  posture_assessment_page_show (self, id);
  g_free (self->question);
  self->question = g_steal_pointer (&key);
  if (is_ready (self))
    begin (self);
}

/**
 * posture_assessment_page_close:
 * @self: a page
 *
 * Leaves the assessment that is shown.
 */
void
posture_assessment_page_close (PostureAssessmentPage *self)
{
  leave_draft (self);
  remember (self, "last-assessment", NULL);
  gtk_stack_set_visible_child_name (self->states, "loading");
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

  if (!is_ready (self))
    return FALSE;
  place = self->question != NULL
            ? get_place (self)
            : (int) posture_questionnaire_get_n_questions (posture_draft_get_asked (self->draft));
  place = posture_draft_find_next (self->draft, place, -1);
  if (place != POSTURE_DRAFT_NOWHERE)
    show_question (self, place);
  return place != POSTURE_DRAFT_NOWHERE;
}

/**
 * posture_assessment_page_commit:
 * @self: a page
 *
 * Takes what was typed and not taken yet.
 */
void
posture_assessment_page_commit (PostureAssessmentPage *self)
{
  if (is_ready (self))
    posture_question_view_commit (self->question_view);
}

/**
 * posture_assessment_page_get_keeper:
 * @self: a page
 *
 * Returns: (transfer none): what was answered on the page and may not be on disk yet
 */
PostureDraftKeeper *
posture_assessment_page_get_keeper (PostureAssessmentPage *self)
{
  return self->keeper;
}

/**
 * posture_assessment_page_get_assessment:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): id of the assessment that is shown
 */
const char *
posture_assessment_page_get_assessment (PostureAssessmentPage *self)
{
  return self->draft != NULL ? posture_draft_get_assessment (self->draft) : NULL;
}

/**
 * posture_assessment_page_get_question:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): key of the question that is shown; %NULL at
 *   the review
 */
const char *
posture_assessment_page_get_question (PostureAssessmentPage *self)
{
  return self->question;
}
