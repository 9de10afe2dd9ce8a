/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/finding-row.h"

#include "model/finding-words.h"
#include "model/report-words.h"
#include "ui/plan-rows.h"

#include <glib/gi18n-lib.h>

#define DETAILS "details"

/* What is shown once a row is opened. */
typedef struct
{
  PostureTelling *telling;
  PostureFinding *finding;
} Details;

static void
details_free (gpointer data)
{
  Details *details = data;

  posture_telling_unref (details->telling);
  posture_finding_unref (details->finding);
  g_free (details);
}

static void
add_detail (AdwExpanderRow *row,
            const char     *title,
            const char     *text)
{
  GtkWidget *detail = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (detail), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (detail), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (detail), text);
  adw_expander_row_add_row (row, detail);
}

static void
add_answer (AdwExpanderRow *row,
            const Details  *details)
{
  const PostureExplanation *explanation = posture_telling_find_explanation (
    details->telling, details->finding->question, details->finding->instance);
  g_autofree char *answer = NULL;
  g_autofree char *target = NULL;
  g_autofree char *both = NULL;

  if (explanation == NULL)
    return;
  answer = posture_telling_dup_answer (details->telling, explanation);
  add_detail (row, _("Your answer"), answer);
  if (!explanation->has_target)
    return;
  target = posture_points_to_words (explanation->target);
  add_detail (row, _("Your target"), target);
}

static void
add_references (AdwExpanderRow *row,
                const Details  *details)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < details->finding->references->len; i++)
    {
      g_autofree char *reference = posture_telling_dup_reference (
        details->telling, g_ptr_array_index (details->finding->references, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", reference);
    }
  if (text->len > 0)
    add_detail (row, _("Published sources"), text->str);
}

static void
add_link (AdwExpanderRow *row,
          const Details  *details)
{
  const PostureReport *report = posture_telling_get_report (details->telling);
  GtkWidget *link = adw_action_row_new ();
  g_autofree char *key = posture_telling_dup_key (details->finding->question, details->finding->instance);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (link), _("Go to the question"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (link), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (link), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (link), "win.show-question");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (link), "(ss)", report->assessment, key);
  adw_expander_row_add_row (row, link);
}

/* What a row holds is made when it is opened: most never are. */
static void
expanded_cb (AdwExpanderRow *row,
             GParamSpec     *pspec,
             gpointer        data)
{
  const Details *details = data;
  PostureWords *words = posture_telling_get_words (details->telling);
  const char *next = NULL;

  if (words != NULL)
    next = posture_words_get_recommendation (words, details->finding->question, details->finding->recommendation);
  add_answer (row, details);
  if (next != NULL)
    add_detail (row, _("What to do next"), next);
  add_references (row, details);
  posture_plan_rows_add (row, details->telling, details->finding);
  add_link (row, details);
  g_signal_handlers_disconnect_by_func (row, expanded_cb, data);
}

static char *
make_subtitle (PostureTelling       *telling,
               const PostureFinding *finding)
{
  g_autofree char *facts = posture_finding_to_words (finding, posture_telling_has_method (telling, "profile"));
  g_autofree char *key = posture_telling_dup_key (finding->question, finding->instance);
  g_autofree char *plan = posture_telling_get_plan (telling) != NULL
                            ? posture_report_plan_dup_text (posture_telling_get_plan (telling), key) : NULL;

  return plan != NULL ? g_strconcat (facts, "\n", plan, NULL) : g_steal_pointer (&facts);
}

static void
planned_cb (PostureReportPlan *plan,
            AdwExpanderRow    *row)
{
  const Details *details = g_object_get_data (G_OBJECT (row), DETAILS);
  g_autofree char *subtitle = make_subtitle (details->telling, details->finding);

  adw_expander_row_set_subtitle (row, subtitle);
}

static GtkWidget *
make_rank (const PostureFinding *finding)
{
  g_autofree char *rank = g_strdup_printf ("%d", finding->rank);
  GtkWidget *label = gtk_label_new (rank);

  gtk_label_set_width_chars (GTK_LABEL (label), 2);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

/**
 * posture_finding_row_new:
 * @telling: a report
 * @finding: one of its findings
 *
 * Returns: (transfer floating): a row with the finding, which opens to what was answered and what
 *   to do next
 */
GtkWidget *
posture_finding_row_new (PostureTelling       *telling,
                         const PostureFinding *finding)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *subtitle = make_subtitle (telling, finding);
  g_autofree char *title = g_strdup (posture_telling_get_question (telling, finding->question));
  Details *details = g_new (Details, 1);

  if (finding->instance != NULL)
    {
      g_autofree char *section = posture_telling_dup_section (telling, finding->section, finding->instance);

      g_free (title);
      title = g_strdup_printf ("%s (%s)", posture_telling_get_question (telling, finding->question), section);
    }
  details->telling = posture_telling_ref (telling);
  details->finding = posture_finding_ref ((PostureFinding *) finding);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), make_rank (finding));
  g_object_set_data_full (G_OBJECT (row), DETAILS, details, details_free);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (expanded_cb), details);
  if (posture_telling_get_plan (telling) != NULL)
    {
      g_autofree char *key = posture_telling_dup_key (finding->question, finding->instance);
      g_autofree char *signal = g_strconcat ("changed::", key, NULL);

      g_signal_connect_object (posture_telling_get_plan (telling), signal, G_CALLBACK (planned_cb), row, 0);
    }
  return row;
}
