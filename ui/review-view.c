/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/review-view.h"

#include "model/gaps.h"
#include "ui/draft-progress.h"

#include <glib/gi18n-lib.h>

/* A spinner that is there for a moment only is noise. */
#define PATIENCE 400 /* milliseconds */

struct _PostureReviewView
{
  AdwBin parent_instance;

  PostureDraft *draft;
  GPtrArray *rows; /* (element-type GtkWidget): each in one of the groups */
  guint spinner_id;

  GtkLabel *title;
  GtkLabel *meaning;
  GtkWidget *submit;
  GtkSpinner *spinner;
  AdwPreferencesGroup *required;
  AdwPreferencesGroup *open;
  AdwPreferencesGroup *flagged;
  AdwPreferencesGroup *due;
  AdwPreferencesGroup *evidence;
  AdwPreferencesGroup *unknown;
  AdwPreferencesGroup *sections;
};

G_DEFINE_FINAL_TYPE (PostureReviewView, posture_review_view, ADW_TYPE_BIN)

enum
{
  GO,
  SUBMIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
submit_cb (PostureReviewView *self)
{
  g_signal_emit (self, signals[SUBMIT], 0);
}

static void
row_activated_cb (PostureReviewView *self,
                  AdwActionRow      *row)
{
  g_signal_emit (self, signals[GO], 0, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "place")));
}

/* A row that leads to a question. */
static GtkWidget *
add_way (PostureReviewView   *self,
         AdwPreferencesGroup *group,
         const char          *title,
         int                  place)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "place", GINT_TO_POINTER (place));
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
add_row (PostureReviewView   *self,
         AdwPreferencesGroup *group,
         guint                place)
{
  PostureQuestion *question = posture_questionnaire_get_question (posture_draft_get_asked (self->draft), place);
  g_autofree char *text = posture_draft_dup_question_text (self->draft, question);

  add_way (self, group, text, (int) place);
}

/* How far a section is; it leads to what is open there, else to its beginning. */
static void
add_section (PostureReviewView *self,
             guint              section)
{
  PostureProgress progress = posture_draft_count (self->draft, (int) section);
  int place = posture_draft_find_open (self->draft, (int) section);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  if (place == POSTURE_DRAFT_NOWHERE)
    return;
  title = posture_draft_dup_section_title (
    self->draft, posture_questionnaire_get_question (posture_draft_get_asked (self->draft), (guint) place));
  subtitle = g_strdup_printf (_("%u of %u answered"), progress.n_answered, progress.n_asked);
  row = add_way (self, self->sections, title, place);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

static gboolean
is_unknown (PostureReviewView *self,
            const char        *key)
{
  PostureAnswer *answer = posture_draft_get_answer (self->draft, key);

  return answer != NULL && posture_answer_get_kind (answer) == POSTURE_ANSWER_UNKNOWN;
}

static void
clear_rows (PostureReviewView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (
        ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->required), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->open), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->flagged), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->due), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->evidence), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->unknown), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->sections), FALSE);
}

static gboolean
is_required (PostureQuestion *question)
{
  return posture_question_must_be_answered (question) || posture_question_is_required (question);
}

static void
add_rows (PostureReviewView *self)
{
  PostureQuestionnaire *asked = posture_draft_get_asked (self->draft);
  g_autoptr (GArray) gaps = posture_questionnaire_find_gaps (asked, posture_draft_get_answers (self->draft),
                                                             posture_draft_peek_visible (self->draft));

  for (guint i = 0; i < posture_questionnaire_get_n_questions (asked); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (asked, i);
      const char *key = posture_question_get_key (question);

      if (posture_draft_is_open (self->draft, i))
        add_row (self, is_required (question) ? self->required : self->open, i);
      if (posture_draft_is_asked (self->draft, i) && posture_draft_is_flagged (self->draft, key))
        add_row (self, self->flagged, i);
      if (posture_draft_is_asked (self->draft, i) && posture_draft_find_due (self->draft, key) != NULL)
        add_row (self, self->due, i);
      if (posture_draft_is_asked (self->draft, i) && is_unknown (self, key))
        add_row (self, self->unknown, i);
    }
  for (guint i = 0; i < gaps->len; i++)
    {
      const PostureGap *gap = &g_array_index (gaps, PostureGap, i);

      if (gap->kind == POSTURE_GAP_EVIDENCE)
        add_row (self, self->evidence, gap->question);
    }
  for (guint i = 0; i < posture_questionnaire_get_n_sections (asked); i++)
    add_section (self, i);
}

static void
show_summary (PostureReviewView *self)
{
  PostureProgress progress = posture_draft_count (self->draft, -1);
  guint n_open = progress.n_asked - progress.n_answered;
  g_autofree char *title = NULL;

  if (n_open == 0)
    title = g_strdup (_("Every question is answered"));
  else
    title = g_strdup_printf (ngettext ("%u question is open", "%u questions are open", n_open), n_open);
  gtk_label_set_label (self->title, title);
  if (progress.n_answered == 0)
    gtk_label_set_label (self->meaning, _("Answer at least one question; then you can submit."));
  else if (n_open > 0)
    gtk_label_set_label (self->meaning, _("You can submit all the same. What is open counts neither as in place "
                                          "nor as missing: the report shows a range from worst to best. You can "
                                          "go on answering and submit again at any time."));
  else
    gtk_label_set_label (self->meaning, _("Submit your answers to see the report. You can change them and submit "
                                          "again at any time."));
  gtk_widget_set_sensitive (self->submit, progress.n_answered > 0 && self->spinner_id == 0
                                            && !gtk_widget_get_visible (GTK_WIDGET (self->spinner)));
}

static gboolean
spinner_cb (gpointer data)
{
  PostureReviewView *self = data;

  self->spinner_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
posture_review_view_dispose (GObject *object)
{
  PostureReviewView *self = POSTURE_REVIEW_VIEW (object);

  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (posture_review_view_parent_class)->dispose (object);
}

static void
posture_review_view_finalize (GObject *object)
{
  g_ptr_array_unref (POSTURE_REVIEW_VIEW (object)->rows);
  G_OBJECT_CLASS (posture_review_view_parent_class)->finalize (object);
}

static void
posture_review_view_class_init (PostureReviewViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_review_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_review_view_finalize;

  /**
   * PostureReviewView::go:
   * @place: a question's place
   *
   * The person wants to go to a question.
   */
  signals[GO] = g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * PostureReviewView::submit:
   *
   * The person wants the report.
   */
  signals[SUBMIT] = g_signal_new ("submit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/posture_app/Posture/ui/review-view.ui");
  gtk_widget_class_set_css_name (widget_class, "review");
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, title);
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, meaning);
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, submit);
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, spinner);
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, required);
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, open);
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, flagged);
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, due);
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, evidence);
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, unknown);
  gtk_widget_class_bind_template_child (widget_class, PostureReviewView, sections);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
posture_review_view_init (PostureReviewView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * posture_review_view_show:
 * @self: a view
 * @draft: a draft that is ready
 *
 * Shows what is open as it is now.
 */
void
posture_review_view_show (PostureReviewView *self,
                          PostureDraft      *draft)
{
  g_set_object (&self->draft, draft);
  clear_rows (self);
  add_rows (self);
  show_summary (self);
}

/**
 * posture_review_view_set_busy:
 * @self: a view that shows a draft
 * @busy: whether the report is being made
 *
 * Keeps the button from being pressed twice; shows that it works if that takes
 * longer than one notices.
 */
void
posture_review_view_set_busy (PostureReviewView *self,
                              gboolean           busy)
{
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  if (busy)
    self->spinner_id = g_timeout_add (PATIENCE, spinner_cb, self);
  show_summary (self);
}

/**
 * posture_review_view_focus_submit:
 * @self: a view that shows a draft
 *
 * Moves the focus to the button.
 */
void
posture_review_view_focus_submit (PostureReviewView *self)
{
  gtk_widget_grab_focus (self->submit);
}
