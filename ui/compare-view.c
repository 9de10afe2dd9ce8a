/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/compare-view.h"

#include "model/report-words.h"
#include "rating/compare.h"
#include "ui/moment.h"

#include <glib/gi18n-lib.h>

struct _PostureCompareView
{
  AdwBin parent_instance;

  PostureContext *context;
  PostureTelling *telling;
  GCancellable *cancellable;
  GListModel *reports;  /* (element-type PostureReportItem): all that are loaded */
  GPtrArray *earlier;   /* (element-type PostureReportItem): those to choose from, the newest first */
  gint64 submitted;

  GtkWidget *choice;
  GtkWidget *groups;
};

G_DEFINE_FINAL_TYPE (PostureCompareView, posture_compare_view, ADW_TYPE_BIN)

static void
add_row (GtkWidget  *group,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
add_group (PostureCompareView *self,
           const char         *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (self->groups), group);
  return group;
}

static char *
make_arrow (char *before,
            char *after)
{
  char *text = g_strdup_printf ("%s → %s", before, after);

  g_free (before);
  g_free (after);
  return text;
}

static void
add_scores (PostureCompareView      *self,
            const PostureComparison *comparison)
{
  GtkWidget *group = add_group (self, _("Result"));
  g_autofree char *text = make_arrow (posture_score_to_words (comparison->before->score),
                                      posture_score_to_words (comparison->after->score));

  add_row (group, text, NULL);
  if (!comparison->same_questionnaire)
    adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group), _("The two answer different versions of the questionnaire; what is new or gone can be "
                                       "due to that."));
  if (!comparison->same_scale)
    adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group), _("They are rated on different scales: the scores cannot be compared."));
}

/* How a section stands; with the method profile it has a mean instead of a score. */
static char *
dup_standing (const PostureSectionScore *section)
{
  if (section == NULL)
    return g_strdup ("–");
  return posture_score_range_to_words (section->profile != NULL ? section->profile->current : section->score);
}

static void
add_sections (PostureCompareView      *self,
              const PostureComparison *comparison)
{
  GtkWidget *group = comparison->sections->len > 0 ? add_group (self, _("Sections")) : NULL;

  for (guint i = 0; i < comparison->sections->len; i++)
    {
      const PostureSectionChange *change = g_ptr_array_index (comparison->sections, i);
      g_autofree char *title = posture_telling_dup_section (self->telling, change->id, change->instance);
      g_autofree char *text = make_arrow (dup_standing (change->before), dup_standing (change->after));

      add_row (group, title, text);
    }
}

static char *
dup_answer (PostureCompareView       *self,
            const PostureExplanation *explanation)
{
  return explanation != NULL ? posture_telling_dup_answer (self->telling, explanation) : g_strdup (_("not asked"));
}

static void
add_answers (PostureCompareView      *self,
             const PostureComparison *comparison)
{
  GtkWidget *group = comparison->answers->len > 0 ? add_group (self, _("Answers")) : NULL;

  for (guint i = 0; i < comparison->answers->len; i++)
    {
      const PostureAnswerChange *change = g_ptr_array_index (comparison->answers, i);
      g_autofree char *text = make_arrow (dup_answer (self, change->before), dup_answer (self, change->after));

      add_row (group, posture_telling_get_question (self->telling, change->question), text);
    }
}

static void
add_findings (PostureCompareView *self,
              const char         *title,
              GPtrArray          *findings)
{
  GtkWidget *group = findings->len > 0 ? add_group (self, title) : NULL;

  for (guint i = 0; i < findings->len; i++)
    add_row (group, posture_telling_get_question (self->telling,
                                                  ((PostureFinding *) g_ptr_array_index (findings, i))->question), NULL);
}

static void
clear (PostureCompareView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), child);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PostureCompareView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) before = posture_user_service_load_report_finish (POSTURE_USER_SERVICE (source), result,
                                                                              &error);
  g_autoptr (PostureComparison) comparison = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  clear (self);
  if (before == NULL)
    {
      add_row (add_group (self, _("The report cannot be read")), error->message, NULL);
      return;
    }
  comparison = posture_reports_compare (before, posture_telling_get_report (self->telling));
  add_scores (self, comparison);
  if (posture_comparison_same (comparison))
    add_row (add_group (self, _("Answers")), _("Nothing changed."), NULL);
  add_answers (self, comparison);
  add_findings (self, _("Put right"), comparison->gone);
  add_findings (self, _("New findings"), comparison->fresh);
  add_findings (self, _("Findings that weigh otherwise"), comparison->moved);
  add_sections (self, comparison);
}

static void
selected_cb (PostureCompareView *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->choice));
  PostureUserService *user = posture_context_get_user (self->context);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (user == NULL || selected >= self->earlier->len)
    return;
  self->cancellable = g_cancellable_new ();
  posture_user_service_load_report_async (
    user, posture_report_item_get_id (g_ptr_array_index (self->earlier, selected)), self->cancellable, loaded_cb,
    g_object_ref (self));
}

static char *
dup_name (PostureCompareView *self,
          PostureReportItem  *item)
{
  g_autofree char *moment = posture_moment_to_words (posture_report_item_get_submitted (item),
                                                     posture_context_get_now (self->context));

  return g_strdup_printf ("%s · %s", posture_report_item_get_assessment_name (item), moment);
}

static gboolean
is_earlier (PostureCompareView *self,
            PostureReportItem  *item)
{
  const PostureReport *report = posture_telling_get_report (self->telling);

  return g_strcmp0 (posture_report_item_get_questionnaire (item), report->questionnaire->id) == 0
         && posture_report_item_get_submitted (item) <= self->submitted
         && !g_str_equal (posture_report_item_get_id (item), report->id);
}

/* Those of the same assessment come first: what changed there is asked most. */
static void
list_earlier (PostureCompareView *self)
{
  const char *assessment = posture_telling_get_report (self->telling)->assessment;

  g_ptr_array_set_size (self->earlier, 0);
  for (guint other = 0; other < 2; other++)
    for (guint i = 0; i < g_list_model_get_n_items (self->reports); i++)
      {
        g_autoptr (PostureReportItem) item = g_list_model_get_item (self->reports, i);

        if (is_earlier (self, item)
            && g_str_equal (posture_report_item_get_assessment (item), assessment) == (other == 0))
          g_ptr_array_add (self->earlier, g_object_ref (item));
      }
}

static void
reports_cb (PostureCompareView *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (posture_context_get_user (self->context) == NULL)
    return;
  list_earlier (self);
  for (guint i = 0; i < self->earlier->len; i++)
    gtk_string_list_take (names, dup_name (self, g_ptr_array_index (self->earlier, i)));
  gtk_widget_set_visible (self->choice, self->earlier->len > 0);
  clear (self);
  if (self->earlier->len == 0)
    add_row (add_group (self, _("Nothing to compare with")),
             _("There is no earlier report on this questionnaire yet."), NULL);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->choice), G_LIST_MODEL (names));
  selected_cb (self);
  if (!posture_paged_list_is_complete (POSTURE_PAGED_LIST (self->reports)))
    posture_paged_list_load_more (POSTURE_PAGED_LIST (self->reports));
}

static void
posture_compare_view_dispose (GObject *object)
{
  PostureCompareView *self = POSTURE_COMPARE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reports);
  g_clear_object (&self->context);
  g_clear_pointer (&self->telling, posture_telling_unref);
  g_ptr_array_set_size (self->earlier, 0);
  G_OBJECT_CLASS (posture_compare_view_parent_class)->dispose (object);
}

static void
posture_compare_view_finalize (GObject *object)
{
  g_ptr_array_unref (POSTURE_COMPARE_VIEW (object)->earlier);
  G_OBJECT_CLASS (posture_compare_view_parent_class)->finalize (object);
}

static void
posture_compare_view_class_init (PostureCompareViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_compare_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_compare_view_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "compare");
}

static void
posture_compare_view_init (PostureCompareView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->earlier = g_ptr_array_new_with_free_func (g_object_unref);
  self->choice = adw_combo_row_new ();
  self->groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->choice), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->choice), _("Since"));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->choice), TRUE);
  adw_combo_row_set_expression (ADW_COMBO_ROW (self->choice), text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->choice);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->groups);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

/**
 * posture_compare_view_new:
 * @context: a context that is ready
 * @telling: a report
 *
 * Returns: (transfer floating): what changed in it since an earlier one on the same questionnaire,
 *   which can be chosen
 */
GtkWidget *
posture_compare_view_new (PostureContext *context,
                          PostureTelling *telling)
{
  PostureCompareView *self = g_object_new (POSTURE_TYPE_COMPARE_VIEW, NULL);

  self->context = g_object_ref (context);
  self->telling = posture_telling_ref (telling);
  posture_time_from_text (posture_telling_get_report (telling)->submitted, &self->submitted);
  self->reports = G_LIST_MODEL (posture_user_service_list_reports (posture_context_get_user (context),
                                                                   /* assessment = */ NULL));
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reports, "items-changed", G_CALLBACK (reports_cb), self, G_CONNECT_SWAPPED);
  reports_cb (self);
  return GTK_WIDGET (self);
}
