/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-row.h"

#include "model/report-words.h"
#include "ui/assessment-progress.h"

#include <glib/gi18n-lib.h>

struct _PostureAssessmentRow
{
  AdwBin parent_instance;

  PostureContext *context;
  PostureAssessmentItem *item;
  PostureWords *words; /* (nullable): of its questionnaire */
  GCancellable *counting;

  GtkLabel *name;
  GtkLabel *questionnaire;
  GtkProgressBar *progress;
  GtkLabel *state;
  GtkMenuButton *menu;
};

G_DEFINE_FINAL_TYPE (PostureAssessmentRow, posture_assessment_row, ADW_TYPE_BIN)

static void
add_item (GMenu      *menu,
          const char *label,
          const char *action,
          const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (PostureAssessmentItem *item)
{
  const char *id = posture_assessment_item_get_id (item);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) way = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();

  if (posture_assessment_item_get_last_report (item) != NULL)
    add_item (way, _("_Show last report"), "win.show-report", posture_assessment_item_get_last_report (item));
  add_item (way, _("_Rename…"), "assessments.rename", id);
  add_item (way, _("_Duplicate with answers"), "assessments.duplicate", id);
  if (posture_assessment_item_get_archived (item))
    add_item (way, _("_Take out of the archive"), "assessments.restore", id);
  else
    add_item (way, _("_Archive"), "assessments.archive", id);
  add_item (end, _("D_elete"), "assessments.delete", id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (way));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* The number or the range as the report says it, so that both agree. */
static char *
make_score (PostureAssessmentRow *self)
{
  const PostureScore *score = posture_assessment_item_get_score (self->item);
  const char *level = posture_assessment_item_get_level (self->item);
  const char *title = self->words != NULL && level != NULL ? posture_words_get_level_title (self->words, level) : NULL;
  g_autofree char *range = NULL;

  if (score == NULL || !(score->has_value || posture_score_is_range (score)))
    return NULL;
  range = posture_score_range_to_words (score);
  if (!score->has_value)
    return g_steal_pointer (&range);
  return title != NULL ? g_strdup_printf ("%s · %s", range, title) : g_strdup_printf (_("Score %s"), range);
}

/* Progress as far as it is known: which questions are asked can depend on the answers, which are read meanwhile. */
static char *
make_progress (PostureAssessmentRow  *self,
               const PostureProgress *progress)
{
  guint n_answers = posture_assessment_item_get_n_answers (self->item);

  if (progress == NULL)
    return g_strdup_printf (ngettext ("%u answer", "%u answers", n_answers), n_answers);
  return g_strdup_printf (_("%u of %u answered"), progress->n_answered, progress->n_asked);
}

static void
show_state (PostureAssessmentRow  *self,
            const PostureProgress *progress)
{
  gint64 submitted = posture_assessment_item_get_submitted (self->item);
  g_autofree char *score = make_score (self);
  g_autofree char *text = score == NULL || submitted == 0 ? make_progress (self, progress) : NULL;
  g_autofree char *state = NULL;

  if (submitted == 0)
    state = g_strdup_printf (_("Draft · %s"), text);
  else if (posture_assessment_item_has_newer_answers (self->item))
    state = g_strdup_printf (_("Changed since · %s"), score != NULL ? score : text);
  else
    state = g_strdup_printf (_("Submitted · %s"), score != NULL ? score : text);
  gtk_label_set_label (self->state, state);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), submitted == 0 && progress != NULL && progress->n_asked > 0);
  if (progress != NULL && progress->n_asked > 0)
    gtk_progress_bar_set_fraction (self->progress, (double) progress->n_answered / progress->n_asked);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (PostureAssessmentRow) self = data;
  PostureProgress progress;
  g_autoptr (GError) error = NULL;

  /* the number of answers stands there if they cannot be read; the page says why */
  if (posture_assessment_count_progress_finish (result, &progress, &error))
    show_state (self, &progress);
}

/* A row is used again for another assessment. */
static void
stop_counting (PostureAssessmentRow *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

static void
count (PostureAssessmentRow *self,
       PostureQuestionnaire *questionnaire)
{
  const PostureProgress all = { posture_questionnaire_get_n_questions (questionnaire),
                          posture_assessment_item_get_n_answers (self->item) };

  if (!posture_progress_depends_on_answers (questionnaire))
    {
      show_state (self, &all);
      return;
    }
  if (posture_assessment_item_get_submitted (self->item) > 0 && posture_assessment_item_get_score (self->item) != NULL)
    return; /* the score stands there */
  self->counting = g_cancellable_new ();
  posture_assessment_count_progress_async (posture_context_get_user (self->context),
                                           posture_assessment_item_get_id (self->item), questionnaire, self->counting,
                                           counted_cb, g_object_ref (self));
}

/* Said once, where an assessment has the name of its questionnaire, as those have that nobody named. */
static void
show_questionnaire (PostureAssessmentRow *self)
{
  const char *title = self->words != NULL ? posture_words_get_title (self->words)
                                          : posture_assessment_item_get_questionnaire (self->item);

  gtk_label_set_label (self->questionnaire, title);
  gtk_widget_set_visible (GTK_WIDGET (self->questionnaire),
                          !g_str_equal (title, posture_assessment_item_get_name (self->item)));
}

static void
posture_assessment_row_dispose (GObject *object)
{
  PostureAssessmentRow *self = POSTURE_ASSESSMENT_ROW (object);

  stop_counting (self);
  g_clear_object (&self->context);
  g_clear_object (&self->item);
  g_clear_pointer (&self->words, posture_words_unref);
  G_OBJECT_CLASS (posture_assessment_row_parent_class)->dispose (object);
}

static void
posture_assessment_row_class_init (PostureAssessmentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_assessment_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/posture_app/Posture/ui/assessment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentRow, name);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentRow, questionnaire);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentRow, progress);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentRow, state);
  gtk_widget_class_bind_template_child (widget_class, PostureAssessmentRow, menu);
}

static void
posture_assessment_row_init (PostureAssessmentRow *self)
{
  GtkGesture *press = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (posture_assessment_row_popup), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect_swapped (hold, "pressed", G_CALLBACK (posture_assessment_row_popup), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (hold));
}

/**
 * posture_assessment_row_new:
 * @context: a context that is ready
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
posture_assessment_row_new (PostureContext *context)
{
  PostureAssessmentRow *self = g_object_new (POSTURE_TYPE_ASSESSMENT_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

/**
 * posture_assessment_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the assessment it shows
 */
PostureAssessmentItem *
posture_assessment_row_get_item (PostureAssessmentRow *self)
{
  return self->item;
}

/**
 * posture_assessment_row_set_item:
 * @self: a row
 * @item: (nullable): the assessment to show
 *
 * Shows an assessment.
 */
void
posture_assessment_row_set_item (PostureAssessmentRow  *self,
                                 PostureAssessmentItem *item)
{
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (GMenuModel) menu = NULL;
  g_autofree char *more = NULL;
  const char *digest;

  if (!g_set_object (&self->item, item))
    return;
  stop_counting (self);
  if (item == NULL || posture_context_get_library (self->context) == NULL)
    return;
  digest = posture_assessment_item_get_digest (item);
  questionnaire = posture_library_dup_by_digest (posture_context_get_library (self->context), digest);
  g_clear_pointer (&self->words, posture_words_unref);
  self->words = posture_context_dup_words (self->context, digest);
  gtk_label_set_label (self->name, posture_assessment_item_get_name (item));
  show_questionnaire (self);
  show_state (self, /* progress = */ NULL);
  if (questionnaire != NULL)
    count (self, questionnaire);
  menu = make_menu (item);
  gtk_menu_button_set_menu_model (self->menu, menu);
  more = g_strdup_printf (_("More for “%s”"), posture_assessment_item_get_name (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
}

/**
 * posture_assessment_row_popup:
 * @self: a row that shows an assessment
 *
 * Opens its menu.
 */
void
posture_assessment_row_popup (PostureAssessmentRow *self)
{
  gtk_menu_button_popup (self->menu);
}
