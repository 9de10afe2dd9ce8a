/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/next-level.h"

#include "model/finding-words.h"
#include "model/report-words.h"
#include "rating/way.h"
#include "ui/answer-text.h"
#include "ui/what-if-view.h"
#include "ui/compat.h"

#include <glib/gi18n-lib.h>

/* The way that is being looked for, and then what is shown of it. */
typedef struct
{
  PostureTelling *telling;
  GtkWidget *row;
  PostureWay *way;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  posture_telling_unref (search->telling);
  g_clear_pointer (&search->way, posture_way_free);
  g_free (search);
}

static void
try_cb (Search *search)
{
  GtkWidget *view = posture_what_if_view_new (search->telling);

  for (guint i = 0; i < search->way->steps->len; i++)
    {
      const PostureWayStep *step = g_ptr_array_index (search->way->steps, i);
      g_autofree char *key = posture_telling_dup_key (step->question, step->instance);

      posture_what_if_view_set (POSTURE_WHAT_IF_VIEW (view), key, step->answer);
    }
  posture_compat_present_sheet (search->row, _("What if?"), view);
}

static GtkWidget *
make_step (PostureTelling       *telling,
           const PostureWayStep *step)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *key = posture_telling_dup_key (step->question, step->instance);
  PostureQuestion *question = posture_questionnaire_find_question (posture_telling_get_questionnaire (telling),
                                                                   step->question);
  g_autofree char *answer = posture_answer_dup_text (step->answer, question, posture_telling_get_words (telling));
  g_autofree char *subtitle = g_strdup_printf ("→ %s · %s", answer, posture_effort_to_words (step->effort));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), posture_telling_get_question (telling, step->question));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-question");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", posture_telling_get_report (telling)->assessment,
                                    key);
  return row;
}

static GtkWidget *
make_try (Search *search)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Try it out"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_swapped (row, "activated", G_CALLBACK (try_cb), search);
  return row;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GtkWidget) row = data;
  Search *search = g_object_get_data (G_OBJECT (row), "search");
  g_autoptr (GError) error = NULL;
  g_autofree char *subtitle = NULL;
  guint n_steps;

  search->way = posture_find_way_finish (result, &error);
  if (search->way == NULL)
    {
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), error != NULL ? error->message
                                       : _("No way leads there, not with everything put right that is found."));
      return;
    }
  n_steps = search->way->steps->len;
  subtitle = g_strdup_printf (search->way->exact
                                ? ngettext ("%u step is the cheapest way there", "%u steps are the cheapest way there", n_steps)
                                : ngettext ("%u step leads there; there may be a cheaper way",
                                            "%u steps lead there; there may be a cheaper way", n_steps),
                              n_steps);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  for (guint i = 0; i < n_steps; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              make_step (search->telling, g_ptr_array_index (search->way->steps, i)));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_try (search));
}

static char *
make_title (PostureTelling *telling,
            gint64          goal,
            const char     *level)
{
  g_autofree char *number = posture_score_number_to_words (posture_telling_get_report (telling)->score, goal);
  const char *title = level != NULL ? posture_words_get_level_title (posture_telling_get_words (telling), level) : NULL;

  /* Translators: the name of a level, and the score it begins at */
  return title != NULL ? g_strdup_printf (_("%s, from %s"), title, number)
                       : g_strdup_printf (_("Score %s"), number);
}

/**
 * posture_next_level_new:
 * @telling: a report
 *
 * Returns: (transfer floating) (nullable): what comes next, and the cheapest way there, which is
 *   looked for meanwhile; %NULL where nothing comes
 */
GtkWidget *
posture_next_level_new (PostureTelling *telling)
{
  PostureQuestionnaire *questionnaire = posture_telling_get_questionnaire (telling);
  PostureAnswers *answers = posture_telling_get_submitted (telling);
  GtkWidget *group, *row;
  g_autofree char *title = NULL;
  const char *level = NULL;
  gint64 goal = 0;
  Search *search;

  if (questionnaire == NULL || answers == NULL
      || !posture_find_next_goal (questionnaire, posture_telling_get_report (telling), &goal, &level))
    return NULL;
  group = adw_preferences_group_new ();
  row = adw_expander_row_new ();
  search = g_new0 (Search, 1);
  search->telling = posture_telling_ref (telling);
  search->row = row;
  g_object_set_data_full (G_OBJECT (row), "search", search, search_free);
  title = make_title (telling, goal, level);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), _("Looking for the cheapest way"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("The next level"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  posture_find_way_async (questionnaire, answers, goal, /* cancellable = */ NULL, found_cb, g_object_ref (row));
  return group;
}
