/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/explanation-list.h"

#include "model/report-words.h"
#include "rating/explain.h"

#include <glib/gi18n-lib.h>

/* The tree that explains the report; every row that can be opened keeps it. */
typedef struct
{
  gatomicrefcount references;
  PostureTelling *telling;
  PostureExplanationTree *tree;
} Story;

/* A section of it, whose rows are made when it is opened. */
typedef struct
{
  Story *story;
  const PostureExplanationNode *node;
} Part;

static void
story_unref (Story *story)
{
  if (!g_atomic_ref_count_dec (&story->references))
    return;
  posture_explanation_tree_free (story->tree);
  posture_telling_unref (story->telling);
  g_free (story);
}

static void
part_free (gpointer data,
           GClosure *closure)
{
  story_unref (((Part *) data)->story);
  g_free (data);
}

static char *
make_range (gint64 worst,
            gint64 best)
{
  g_autofree char *low = posture_points_to_words (worst);
  g_autofree char *high = posture_points_to_words (best);

  return worst == best ? g_steal_pointer (&low) : g_strdup_printf (_("%s to %s"), low, high);
}

/* Points gained of those that can be gained; both ends where it is open. */
static char *
make_points (PostureTelling           *telling,
             const PostureExplanation *explanation)
{
  g_autofree char *gained = make_range (explanation->worst, explanation->best);
  g_autofree char *reachable = posture_points_to_words (explanation->reachable);

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

/* By which rule an answer counts, and where the rule is published. */
static char *
make_rule (PostureTelling           *telling,
           const PostureExplanation *explanation)
{
  const char *rule = posture_rule_to_name (explanation->rule);
  const char *source = posture_rule_get_source (posture_telling_get_report (telling)->method->id, explanation->rule);

  if (source != NULL)
    /* Translators: by which rule an answer counts, and where that is published */
    return g_strdup_printf (_("Rule: %s (%s)"), rule, source);
  /* Translators: by which rule an answer counts */
  return g_strdup_printf (_("Rule: %s"), rule);
}

static GtkWidget *
make_question (PostureTelling           *telling,
               const PostureExplanation *explanation)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *answer = posture_telling_dup_answer (telling, explanation);
  g_autofree char *moment = posture_telling_dup_moment (telling, explanation);
  g_autofree char *rule = make_rule (telling, explanation);
  g_autofree char *points = make_points (telling, explanation);
  g_autofree char *key = posture_telling_dup_key (explanation->question, explanation->instance);
  g_autofree char *subtitle = moment != NULL ? g_strdup_printf ("%s\n%s\n%s", answer, moment, rule)
                                             : g_strdup_printf ("%s\n%s", answer, rule);
  GtkWidget *label = gtk_label_new (points);

  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 posture_telling_get_question (telling, explanation->question));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-question");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", posture_telling_get_report (telling)->assessment,
                                    key);
  return row;
}

/* Units of the tree as points, in millionths. */
static gint64
to_points (const Story *story,
           gint64       units)
{
  return (units + story->tree->unit / 2) / story->tree->unit;
}

static char *
make_summary (const Story                  *story,
              const PostureExplanationNode *node)
{
  const PostureSectionScore *section = node->section;
  g_autofree char *gained = make_range (to_points (story, node->worst), to_points (story, node->best));
  g_autofree char *reachable = posture_points_to_words (to_points (story, node->reachable));
  g_autofree char *score = NULL;

  if (section->profile != NULL)
    {
      score = posture_score_range_to_words (section->profile->current);
      if (section->profile->targets == 0)
        /* Translators: mean level of questions none of which has a target */
        return g_strdup_printf (_("Level %s"), score);
      /* Translators: mean level, then how many questions are below their targets of how many that have one */
      return g_strdup_printf (_("Level %s · %d of %d below target"), score, section->profile->below,
                              section->profile->targets);
    }
  score = posture_score_to_words (section->score);
  if (posture_telling_has_method (story->telling, "maturity"))
    /* Translators: the score of a part, then how much of the score of the whole comes from it */
    return g_strdup_printf (_("%s · brings %s of %s"), score, gained, reachable);
  /* Translators: the score of a part, then points gained and points that can be gained; the number can have
     decimals, and one is just 1 */
  return g_strdup_printf (ngettext ("%s · %s of %s point", "%s · %s of %s points",
                                    to_points (story, node->reachable) == POSTURE_DECIMAL_ONE ? 1 : 2),
                          score, gained, reachable);
}

static GtkWidget *
make_section (Story                        *story,
              const PostureExplanationNode *node,
              GCallback                     expanded)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *title = posture_telling_dup_section (story->telling, node->section->id, node->section->instance);
  g_autofree char *summary = make_summary (story, node);
  Part *part = g_new (Part, 1);

  g_atomic_ref_count_inc (&story->references);
  *part = (Part) { story, node };
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), summary);
  g_signal_connect_data (row, "notify::expanded", expanded, part, part_free, 0);
  return row;
}

/* The rows of a section are made when it is opened. */
static void
expanded_cb (AdwExpanderRow *row,
             GParamSpec     *pspec,
             gpointer        data)
{
  const Part *part = data;

  for (guint i = 0; i < part->node->children->len; i++)
    {
      const PostureExplanationNode *child = g_ptr_array_index (part->node->children, i);

      adw_expander_row_add_row (row, child->question != NULL ? make_question (part->story->telling, child->question)
                                                             : make_section (part->story, child, G_CALLBACK (expanded_cb)));
    }
  g_signal_handlers_disconnect_by_func (row, expanded_cb, data);
}

/* How the score follows from the points of the whole; %NULL where there is no score. */
static char *
make_sum (const Story *story)
{
  const PostureExplanationNode *whole = story->tree->whole;
  const PostureScore *score = story->tree->report->score;
  g_autofree char *gained = make_range (to_points (story, whole->worst), to_points (story, whole->best));
  g_autofree char *reachable = posture_points_to_words (to_points (story, whole->reachable));
  g_autofree char *result = posture_score_range_to_words (score);

  if (!score->has_value && !posture_score_is_range (score))
    return NULL;
  if (posture_telling_has_method (story->telling, "weighted"))
    /* Translators: points gained, points that can be gained, and the score */
    return g_strdup_printf (_("100 × %s points of %s = %s"), gained, reachable, result);
  if (posture_telling_has_method (story->telling, "deduction"))
    {
      g_autofree char *base = posture_points_to_words (to_points (story, story->tree->base));

      /* Translators: the score without anything in place, points kept, points that can be kept, and the score */
      return g_strdup_printf (_("%s with nothing in place, and %s points kept of %s = %s"), base, gained, reachable,
                              result);
    }
  /* Translators: what the parts bring, and the most they can bring */
  return g_strdup_printf (_("The parts bring %s of %s"), result, reachable);
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
 * Traces the score down by sections to questions: what was answered and when, what it counts, by which
 * rule and where that is published. A question leads to its answer.
 *
 * Returns: (transfer floating): how the score came about, section by section
 */
GtkWidget *
posture_explanation_list_new (PostureTelling *telling)
{
  GtkWidget *group = adw_preferences_group_new ();
  Story *story = g_new (Story, 1);
  g_autofree char *sum = NULL;

  g_atomic_ref_count_init (&story->references);
  story->telling = posture_telling_ref (telling);
  story->tree = posture_report_explain (posture_telling_get_report (telling));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   posture_telling_has_method (telling, "profile")
                                     ? _("How the picture comes about") : _("How the score comes about"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), get_description (telling));
  sum = make_sum (story);
  if (sum != NULL)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sum);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  for (guint i = 0; i < story->tree->whole->children->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_section (story, g_ptr_array_index (story->tree->whole->children, i),
                                             G_CALLBACK (expanded_cb)));
  story_unref (story);
  return group;
}
