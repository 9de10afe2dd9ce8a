/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/question-view-private.h"

#include "ui/draft-progress.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PostureQuestionView, posture_question_view, ADW_TYPE_BIN)

static const char *
get_text (PostureQuestionView *self,
          PostureWordsPart     part)
{
  return posture_words_get_question (posture_draft_get_words (self->draft),
                                     posture_question_get_id (self->question), part);
}

/* What a person keeps open stays open, with other questions and after the next start. */
static void
expanded_cb (PostureQuestionView *self)
{
  if (self->settings == NULL || self->refreshing)
    return;
  posture_settings_set (self->settings, "expanded-why",
                        adw_expander_row_get_expanded (self->why) ? "yes" : "no");
  posture_settings_set (self->settings, "expanded-done",
                        adw_expander_row_get_expanded (self->done) ? "yes" : "no");
}

static void
refresh_note (PostureQuestionView *self,
              PostureAnswer       *answer)
{
  posture_note_editor_set_note (self->note, answer != NULL ? posture_answer_get_note (answer) : NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->note), answer != NULL);
  if (answer == NULL)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->note), _("Can be written beside an answer"));
  else if (posture_answer_get_note (answer) == NULL)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->note), "");
}

static void
refresh_target (PostureQuestionView *self,
                PostureAnswer       *answer)
{
  const char *text = answer != NULL ? posture_answer_get_target_text (answer) : NULL;
  g_autoptr (PostureAnswer) target = NULL;

  if (self->target == NULL)
    return;
  if (text != NULL)
    target = posture_answer_new_from_text (text, self->question, /* error = */ NULL);
  posture_answer_input_show (self->target, target);
}

static void
posture_question_view_dispose (GObject *object)
{
  PostureQuestionView *self = POSTURE_QUESTION_VIEW (object);

  self->question = NULL;
  self->input = NULL;
  self->target = NULL;
  g_clear_object (&self->draft);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (posture_question_view_parent_class)->dispose (object);
}

static void
posture_question_view_finalize (GObject *object)
{
  g_clear_pointer (&POSTURE_QUESTION_VIEW (object)->asked, posture_questionnaire_unref);
  G_OBJECT_CLASS (posture_question_view_parent_class)->finalize (object);
}

static void
posture_question_view_class_init (PostureQuestionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_question_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_question_view_finalize;

  g_type_ensure (POSTURE_TYPE_NOTE_EDITOR);
  g_type_ensure (POSTURE_TYPE_QUESTION_OFFER);
  g_type_ensure (POSTURE_TYPE_QUESTION_TIPS);
  g_type_ensure (POSTURE_TYPE_SPECIAL_INPUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/posture_app/Posture/ui/question-view.ui");
  gtk_widget_class_set_css_name (widget_class, "question");
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, section);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, title);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, hint);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, required);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, offer);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, input_slot);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, special);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, clear);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, target_box);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, target_slot);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, tips);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, why);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, why_text);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, done);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, done_text);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, note);
  gtk_widget_class_bind_template_child (widget_class, PostureQuestionView, flag);
  gtk_widget_class_bind_template_callback (widget_class, posture_question_view_offer_taken_cb);
  gtk_widget_class_bind_template_callback (widget_class, posture_question_view_answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, posture_question_view_clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
  gtk_widget_class_bind_template_callback (widget_class, posture_question_view_note_written_cb);
  gtk_widget_class_bind_template_callback (widget_class, posture_question_view_flag_cb);
}

static void
posture_question_view_init (PostureQuestionView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * posture_question_view_refresh:
 * @self: a view that shows a question
 *
 * Shows the answer and what goes with it as they are now.
 */
void
posture_question_view_refresh (PostureQuestionView *self)
{
  PostureAnswer *answer = posture_question_view_get_answer (self);

  self->refreshing = TRUE;
  posture_answer_input_show (self->input, answer);
  posture_special_input_show (self->special, answer);
  posture_question_offer_show (self->offer, self->draft, self->question);
  refresh_target (self, answer);
  posture_question_tips_show (self->tips, self->draft, self->question);
  refresh_note (self, answer);
  gtk_widget_set_visible (self->clear, answer != NULL && posture_answer_get_kind (answer) != POSTURE_ANSWER_TARGET);
  gtk_switch_set_active (self->flag, posture_draft_is_flagged (self->draft, posture_question_view_get_key (self)));
  self->refreshing = FALSE;
}

static void
show_words (PostureQuestionView *self)
{
  g_autofree char *section = posture_draft_dup_section_title (self->draft, self->question);
  const char *why = get_text (self, POSTURE_WORDS_WHY);
  const char *done = get_text (self, POSTURE_WORDS_DONE);
  const char *title = get_text (self, POSTURE_WORDS_QUESTION);
  gboolean several = posture_question_get_kind (self->question) == POSTURE_QUESTION_CHOICES;
  gboolean required = posture_question_must_be_answered (self->question)
                      || posture_question_is_required (self->question);

  gtk_label_set_label (self->section, section);
  gtk_label_set_label (self->title, title != NULL ? title : posture_question_get_id (self->question));
  gtk_label_set_label (self->hint, _("Choose all that apply."));
  gtk_widget_set_visible (GTK_WIDGET (self->hint), several);
  gtk_widget_set_visible (self->required, required);
  gtk_label_set_label (self->why_text, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL);
  gtk_label_set_label (self->done_text, done != NULL ? done : "");
  gtk_widget_set_visible (GTK_WIDGET (self->done), done != NULL);
}

static PostureAnswerInput *
put_input (PostureQuestionView *self,
           AdwBin              *slot,
           GCallback            callback)
{
  PostureAnswerInput *input = posture_answer_input_new (self->question, posture_draft_get_words (self->draft));

  g_signal_connect_object (input, "answered", callback, self, G_CONNECT_SWAPPED);
  adw_bin_set_child (slot, GTK_WIDGET (input));
  return input;
}

/**
 * posture_question_view_show:
 * @self: a view
 * @draft: a draft that is ready
 * @place: a question's place in what is asked
 *
 * Shows a question. What was typed for the one before is taken first.
 */
void
posture_question_view_show (PostureQuestionView *self,
                            PostureDraft        *draft,
                            guint                place)
{
  PostureQuestionnaire *asked = posture_questionnaire_ref (posture_draft_get_asked (draft));

  posture_question_view_commit (self);
  self->question = NULL;
  adw_bin_set_child (self->input_slot, NULL);
  adw_bin_set_child (self->target_slot, NULL);
  g_set_object (&self->draft, draft);
  g_clear_pointer (&self->asked, posture_questionnaire_unref);
  self->asked = asked;
  self->question = posture_questionnaire_get_question (asked, place);
  self->refreshing = TRUE;
  self->input = put_input (self, self->input_slot, G_CALLBACK (posture_question_view_answered_cb));
  self->target = NULL;
  gtk_widget_set_visible (self->target_box, posture_question_takes_target (self->question));
  if (posture_question_takes_target (self->question))
    self->target = put_input (self, self->target_slot, G_CALLBACK (posture_question_view_target_answered_cb));
  posture_special_input_clear (self->special);
  posture_note_editor_set_note (self->note, NULL);
  show_words (self);
  posture_question_view_refresh (self);
}

/**
 * posture_question_view_set_settings:
 * @self: a view
 * @settings: what is remembered
 *
 * Has the view remember what a person keeps open.
 */
void
posture_question_view_set_settings (PostureQuestionView *self,
                                    PostureSettings     *settings)
{
  g_autofree char *why = posture_settings_dup (settings, "expanded-why");
  g_autofree char *done = posture_settings_dup (settings, "expanded-done");

  adw_expander_row_set_expanded (self->why, g_str_equal (why, "yes"));
  adw_expander_row_set_expanded (self->done, g_str_equal (done, "yes"));
  g_set_object (&self->settings, settings);
}

/**
 * posture_question_view_commit:
 * @self: a view
 *
 * Takes what was typed and not taken yet.
 */
void
posture_question_view_commit (PostureQuestionView *self)
{
  if (self->question == NULL)
    return;
  posture_answer_input_commit (self->input);
  posture_special_input_commit (self->special);
  posture_note_editor_commit (self->note);
}

/**
 * posture_question_view_pick:
 * @self: a view
 * @place: from 0
 *
 * Chooses the option there, as a digit key does.
 *
 * Returns: whether there is one
 */
gboolean
posture_question_view_pick (PostureQuestionView *self,
                            guint                place)
{
  return self->question != NULL && posture_answer_input_pick (self->input, place);
}

/**
 * posture_question_view_focus_first:
 * @self: a view
 *
 * Moves the focus to what the question is answered with.
 */
void
posture_question_view_focus_first (PostureQuestionView *self)
{
  if (self->input != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->input), GTK_DIR_TAB_FORWARD);
}
