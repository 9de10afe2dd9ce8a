/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/explanation-list.h"

#include "model/report-words.h"

#include <glib/gi18n-lib.h>

/* What stands behind the score of a top section. */
typedef struct
{
  PostureTelling *telling;
  const PostureSectionScore *section;
} Part;

static void
part_free (gpointer data,
           GClosure *closure)
{
  posture_telling_unref (((Part *) data)->telling);
  g_free (data);
}

/* Whether a question's section is this one, or one in it. */
static gboolean
holds (const PostureSectionScore *section,
       const PostureExplanation  *explanation)
{
  if (g_str_equal (section->id, explanation->section)
      && g_strcmp0 (section->instance, explanation->instance) == 0)
    return TRUE;
  for (guint i = 0; i < section->sections->len; i++)
    if (holds (g_ptr_array_index (section->sections, i), explanation))
      return TRUE;
  return FALSE;
}

/* Points gained of those that can be gained; both ends where it is open. */
static char *
make_points (PostureTelling           *telling,
             const PostureExplanation *explanation)
{
  g_autofree char *worst = posture_points_to_words (explanation->worst);
  g_autofree char *best = posture_points_to_words (explanation->best);
  g_autofree char *reachable = posture_points_to_words (explanation->reachable);
  g_autofree char *gained = explanation->worst == explanation->best ? g_steal_pointer (&worst)
                                                                   : g_strdup_printf (_("%s to %s"), worst, best);

  if (posture_telling_has_method (telling, "profile") && explanation->has_target)
    {
      g_autofree char *target = posture_points_to_words (explanation->target);

      /* Translators: the level of a question and its target */
      return g_strdup_printf (_("%s, target %s"), gained, target);
    }
  if (explanation->reachable == 0)
    return g_strdup ("–");
  /* Translators: points gained and points that can be gained */
  return g_strdup_printf (_("%s of %s"), gained, reachable);
}

static GtkWidget *
make_row (PostureTelling           *telling,
          const PostureExplanation *explanation)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *answer = posture_telling_dup_answer (telling, explanation);
  g_autofree char *points = make_points (telling, explanation);
  GtkWidget *label = gtk_label_new (points);

  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 posture_telling_get_question (telling, explanation->question));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), answer);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

/* The rows of a section are made when it is opened. */
static void
expanded_cb (AdwExpanderRow *row,
             GParamSpec     *pspec,
             gpointer        data)
{
  const Part *part = data;
  GPtrArray *explanations = posture_telling_get_report (part->telling)->explanation;

  for (guint i = 0; i < explanations->len; i++)
    {
      const PostureExplanation *explanation = g_ptr_array_index (explanations, i);

      if (holds (part->section, explanation))
        adw_expander_row_add_row (row, make_row (part->telling, explanation));
    }
  g_signal_handlers_disconnect_by_func (row, expanded_cb, data);
}

static char *
make_summary (const PostureSectionScore *section)
{
  g_autofree char *current = NULL;

  if (section->profile == NULL)
    return posture_score_to_words (section->score);
  current = posture_score_range_to_words (section->profile->current);
  /* Translators: mean level, then how many questions are below their targets of how many that have one */
  return g_strdup_printf (_("Level %s · %d of %d below target"), current, section->profile->below,
                          section->profile->targets);
}

static GtkWidget *
make_section (PostureTelling            *telling,
              const PostureSectionScore *section)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *title = posture_telling_dup_section (telling, section->id, section->instance);
  g_autofree char *summary = make_summary (section);
  Part *part = g_new (Part, 1);

  part->telling = posture_telling_ref (telling);
  part->section = section;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), summary);
  g_signal_connect_data (row, "notify::expanded", G_CALLBACK (expanded_cb), part, part_free, 0);
  return row;
}

static const char *
get_description (PostureTelling *telling)
{
  if (posture_telling_has_method (telling, "weighted"))
    return _("Each answer gains points, more where a measure matters more. The score is what was gained of all that "
             "could be, in per cent. What does not apply does not count.");
  if (posture_telling_has_method (telling, "deduction"))
    return _("The score begins with the most there is. Each requirement that is not met takes its points off.");
  if (posture_telling_has_method (telling, "maturity"))
    return _("Each answer gains up to one point. Three make a stream; practices, areas and the score are means of "
             "what they hold. What does not apply counts as not performed.");
  if (posture_telling_has_method (telling, "profile"))
    return _("Each part shows the mean of its answers beside the mean of its targets. A gap is counted question by "
             "question, so more in one place fills none in another.");
  return _("Each answer has its part in it.");
}

/**
 * posture_explanation_list_new:
 * @telling: a report
 *
 * Returns: (transfer floating): how the score came about, section by section
 */
GtkWidget *
posture_explanation_list_new (PostureTelling *telling)
{
  GPtrArray *sections = posture_telling_get_report (telling)->sections;
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   posture_telling_has_method (telling, "profile")
                                     ? _("How the picture comes about") : _("How the score comes about"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), get_description (telling));
  for (guint i = 0; i < sections->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_section (telling, g_ptr_array_index (sections, i)));
  return group;
}
