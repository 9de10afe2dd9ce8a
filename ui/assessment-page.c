/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-page-private.h"

#include "ui/draft-progress.h"

/* Answers one assessment: a question at a time, then what is still open. The class, and what others ask of it. */
G_DEFINE_FINAL_TYPE (PostureAssessmentPage, posture_assessment_page, POSTURE_TYPE_PAGE)

static void
go_cb (PostureAssessmentPage *self,
       int                    place)
{
  if (posture_assessment_page_is_ready (self))
    posture_assessment_page_show_place (self, place);
}

static void
review_cb (PostureAssessmentPage *self)
{
  if (posture_assessment_page_is_ready (self))
    posture_assessment_page_show_review (self);
}

static void
next_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PostureAssessmentPage *self = POSTURE_ASSESSMENT_PAGE (widget);

  if (!posture_assessment_page_is_ready (self) || self->question == NULL)
    return;
  /* what was typed may be what the next question depends on */
  posture_question_view_commit (self->question_view);
  posture_assessment_page_show_place (
    self, posture_draft_find_next (self->draft, posture_assessment_page_get_place (self), 1));
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
  if (posture_assessment_page_is_ready (self) && self->question != NULL)
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
  gtk_widget_class_bind_template_callback (widget_class, posture_assessment_page_submit_cb);

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
  g_signal_connect_object (self->keeper, "unsaved",
                           G_CALLBACK (posture_assessment_page_unsaved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (posture_assessment_page_key_pressed_cb), self);
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
  posture_assessment_page_remember (self, "last-assessment", id);
  posture_section_menu_set_draft (self->sections, self->draft);
  posture_page_set_title (POSTURE_PAGE (self), "");
  posture_page_set_subtitle (POSTURE_PAGE (self), "");
  g_signal_connect_object (self->draft, "notify::state",
                           G_CALLBACK (posture_assessment_page_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::saving",
                           G_CALLBACK (posture_assessment_page_saving_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::name",
                           G_CALLBACK (posture_assessment_page_name_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "changed",
                           G_CALLBACK (posture_assessment_page_changed_cb), self, G_CONNECT_SWAPPED);
  if (posture_draft_get_state (self->draft) != POSTURE_DRAFT_READY)
    posture_draft_load (self->draft);
  else
    posture_assessment_page_name_cb (self);
  posture_assessment_page_state_cb (self);
  posture_assessment_page_saving_cb (self);
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
  if (posture_assessment_page_is_ready (self))
    posture_assessment_page_begin (self);
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
  posture_assessment_page_remember (self, "last-assessment", NULL);
  gtk_stack_set_visible_child_name (self->states, "loading");
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
  if (posture_assessment_page_is_ready (self))
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
