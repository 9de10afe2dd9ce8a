/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-row.h"

#include "model/report-words.h"
#include "ui/moment.h"

#include <glib/gi18n-lib.h>

/* A report in the list. */
struct _PostureReportRow
{
  GtkWidget parent_instance;

  PostureReportItem *item;

  GtkLabel *name;
  GtkWidget *dot;
  GtkLabel *score;
  GtkLabel *details;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (PostureReportRow, posture_report_row, GTK_TYPE_WIDGET)

/* Menus hold on to what their actions are about. */
static GMenuModel *
make_menu (PostureReportItem *item)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) open = g_menu_item_new (_("_Open"), NULL);
  g_autoptr (GMenuItem) delete = g_menu_item_new (_("_Delete…"), NULL);

  g_menu_item_set_action_and_target (open, "win.show-report", "s", posture_report_item_get_id (item));
  g_menu_item_set_action_and_target (delete, "win.delete-report", "s", posture_report_item_get_id (item));
  g_menu_append_item (menu, open);
  g_menu_append_item (menu, delete);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static char *
make_details (PostureContext    *context,
              PostureReportItem *item)
{
  g_autofree char *moment = posture_moment_to_words (posture_report_item_get_submitted (item),
                                                     posture_context_get_now (context));
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureWords) words = NULL;
  const char *level = posture_report_item_get_level (item), *title = NULL;

  /* levels keep their ids from one version to the next, so the newest words do */
  questionnaire = posture_library_dup_current (posture_context_get_library (context),
                                               posture_report_item_get_questionnaire (item));
  if (questionnaire != NULL && level != NULL)
    words = posture_context_dup_words (context, posture_questionnaire_get_digest (questionnaire));
  if (words != NULL)
    title = posture_words_get_level_title (words, level);
  return title != NULL ? g_strdup_printf ("%s · %s", moment, title) : g_steal_pointer (&moment);
}

static void
posture_report_row_dispose (GObject *object)
{
  PostureReportRow *self = POSTURE_REPORT_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->item);
  gtk_widget_dispose_template (GTK_WIDGET (self), POSTURE_TYPE_REPORT_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (posture_report_row_parent_class)->dispose (object);
}

static void
posture_report_row_class_init (PostureReportRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = posture_report_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/posture_app/Posture/ui/report-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PostureReportRow, name);
  gtk_widget_class_bind_template_child (widget_class, PostureReportRow, dot);
  gtk_widget_class_bind_template_child (widget_class, PostureReportRow, score);
  gtk_widget_class_bind_template_child (widget_class, PostureReportRow, details);
  gtk_widget_class_bind_template_child (widget_class, PostureReportRow, menu_button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "reportrow");
}

static void
posture_report_row_init (PostureReportRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * posture_report_row_show:
 * @self: a row
 * @context: a context that is ready
 * @item: (nullable): the report it is to show, %NULL for none any more
 *
 * Shows a report.
 */
void
posture_report_row_show (PostureReportRow  *self,
                         PostureContext    *context,
                         PostureReportItem *item)
{
  g_autoptr (GMenuModel) menu = NULL;
  g_autofree char *score = NULL;
  g_autofree char *details = NULL;

  g_set_object (&self->item, item);
  if (item == NULL)
    {
      gtk_menu_button_set_menu_model (self->menu_button, NULL);
      return;
    }
  score = posture_score_to_words (posture_report_item_get_score (item));
  details = make_details (context, item);
  menu = make_menu (item);
  gtk_label_set_text (self->name, posture_report_item_get_assessment_name (item));
  gtk_label_set_text (self->score, score);
  gtk_label_set_text (self->details, details);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
}

/**
 * posture_report_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the report it shows
 */
PostureReportItem *
posture_report_row_get_item (PostureReportRow *self)
{
  return self->item;
}

/**
 * posture_report_row_set_new:
 * @self: a row
 * @is_new: whether nobody has opened the report yet
 *
 * Marks the report, or takes the mark away.
 */
void
posture_report_row_set_new (PostureReportRow *self,
                            gboolean          is_new)
{
  gtk_widget_set_visible (self->dot, is_new);
  if (is_new)
    gtk_widget_add_css_class (GTK_WIDGET (self->name), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name), "heading");
}

/**
 * posture_report_row_popup:
 * @self: a row
 *
 * Opens the row's menu.
 */
void
posture_report_row_popup (PostureReportRow *self)
{
  gtk_menu_button_popup (self->menu_button);
}
