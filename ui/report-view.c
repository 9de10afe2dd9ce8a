/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-view.h"

#include "ui/chart-box.h"
#include "ui/explanation-list.h"
#include "ui/findings-list.h"
#include "ui/next-level.h"
#include "ui/report-charts.h"
#include "ui/score-card.h"

#include <glib/gi18n-lib.h>

#define MAX_WIDTH 760

static const char *
get_chart_description (PostureTelling *telling)
{
  if (posture_telling_has_method (telling, "deduction"))
    return _("How many points each section takes off. A full bar takes off none.");
  if (posture_telling_has_targets (telling))
    return _("In detail, what is missing to the target stands in brackets.");
  return NULL;
}

static void
detail_cb (GtkExpander *expander,
           GParamSpec  *pspec,
           gpointer     data)
{
  g_autoptr (PostureChart) chart = NULL;

  if (gtk_expander_get_child (expander) != NULL)
    return;
  chart = posture_report_chart_sections (data, /* max_depth = */ 1);
  gtk_expander_set_child (expander, posture_chart_box_new (chart));
  gtk_widget_set_margin_top (gtk_expander_get_child (expander), 12);
}

/* A map of the parts, where there are enough parts with one scale to make one; their parts behind it. */
static GtkWidget *
make_charts (PostureTelling *telling)
{
  GtkWidget *group = adw_preferences_group_new ();
  gboolean nested = posture_report_has_subsections (telling);
  gboolean as_radar = posture_telling_has_method (telling, "maturity")
                      || posture_telling_has_method (telling, "profile");
  g_autoptr (PostureChart) chart = as_radar ? posture_report_chart_radar (telling)
                                            : posture_report_chart_sections (telling, /* max_depth = */ 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("By section"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), get_chart_description (telling));
  gtk_box_append (GTK_BOX (box), posture_chart_box_new (chart));
  if (nested)
    {
      GtkWidget *expander = gtk_expander_new (_("In detail"));

      g_signal_connect_data (expander, "notify::expanded", G_CALLBACK (detail_cb), posture_telling_ref (telling),
                             (GClosureNotify) (void (*) (void)) posture_telling_unref, 0);
      gtk_box_append (GTK_BOX (box), expander);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), box);
  return group;
}

static void
add_door (GtkWidget  *group,
          const char *title,
          const char *subtitle,
          const char *action)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* What a report can be asked besides. */
static GtkWidget *
make_doors (void)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Ask further"));
  add_door (group, _("What if?"), _("Try other answers; yours stay as they are"), "report.what-if");
  add_door (group, _("What changed?"), _("Compare with an earlier report"), "report.compare");
  add_door (group, _("Is it right?"), _("Rate the same answers again and compare, byte for byte"), "report.verify");
  return group;
}

/**
 * posture_report_view_new:
 * @telling: a report
 *
 * Returns: (transfer floating): all there is to say about the report, below each other
 */
GtkWidget *
posture_report_view_new (PostureTelling *telling)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *next = posture_next_level_new (telling);
  const PostureReport *report = posture_telling_get_report (telling);
  /* empty bars would say nothing */
  gboolean has_sections = report->sections->len > 0 && g_strcmp0 (report->score->reason, "nothing-to-rate") != 0;

  gtk_box_append (GTK_BOX (box), posture_score_card_new (telling));
  if (has_sections)
    gtk_box_append (GTK_BOX (box), make_charts (telling));
  gtk_box_append (GTK_BOX (box), posture_findings_list_new (telling));
  if (next != NULL)
    gtk_box_append (GTK_BOX (box), next);
  if (posture_telling_get_submitted (telling) != NULL && posture_telling_get_words (telling) != NULL)
    gtk_box_append (GTK_BOX (box), make_doors ());
  if (has_sections)
    gtk_box_append (GTK_BOX (box), posture_explanation_list_new (telling));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}
