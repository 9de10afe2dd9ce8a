/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-rating"

#include "config.h"

#include "rating/way.h"

#include "model/expansion.h"
#include "rating/cover-private.h"
#include "rating/explain.h"
#include "rating/what-if.h"

#include <glib/gi18n-lib.h>

#define ONE POSTURE_DECIMAL_ONE
#define TENTHS_PER_ONE 10

static const int cost_of_effort[] = {
  [POSTURE_EFFORT_LOW] = 1,
  [POSTURE_EFFORT_MEDIUM] = 3,
  [POSTURE_EFFORT_HIGH] = 9,
};

/* The search for the cheapest way. Which questions are asked depends on few of them, the switches:
 * those that a condition names. Each is decided one way and the other; then the questions asked stay
 * the same, every other finding gives its points whatever else is done, and what is left is to cover
 * the missing points at the least effort, which is exact. */
typedef struct
{
  PostureQuestionnaire *questionnaire;
  gint64 goal;
  GHashTable *switches; /* id of a question that a condition names */
  GHashTable *left;     /* key of a switch that is left as it is */
  GPtrArray *steps;     /* (element-type PostureWayStep): switches that are put right */
  gint64 effort;        /* of those */
  guint n_ratings;
  gboolean gave_up;
  GPtrArray *best;      /* the steps of the cheapest way so far; NULL for none */
  gint64 best_effort;
  GError *error;
} Search;

static void
step_free (gpointer data)
{
  PostureWayStep *step = data;

  g_free (step->question);
  g_free (step->instance);
  g_clear_pointer (&step->answer, posture_answer_unref);
  g_free (step);
}

static PostureWayStep *
step_copy (const PostureWayStep *step)
{
  PostureWayStep *copy = g_new0 (PostureWayStep, 1);

  copy->question = g_strdup (step->question);
  copy->instance = g_strdup (step->instance);
  copy->effort = step->effort;
  copy->answer = posture_answer_ref (step->answer);
  return copy;
}

static gpointer
copy_step (gconstpointer step,
           gpointer      data)
{
  return step_copy (step);
}

static char *
key_of (const PostureFinding *finding)
{
  return finding->instance != NULL ? g_strconcat (finding->question, "@", finding->instance, NULL)
                                   : g_strdup (finding->question);
}

/* What one finding gives, and how it is put right. */
typedef struct
{
  PostureCoverItem item;
  const PostureFinding *finding;
  PostureAnswer *answer;
} Candidate;

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  posture_answer_unref (candidate->answer);
  g_free (candidate);
}

static PostureWayStep *
make_step (const Candidate *candidate)
{
  PostureWayStep *step = g_new0 (PostureWayStep, 1);

  step->question = g_strdup (candidate->finding->question);
  step->instance = g_strdup (candidate->finding->instance);
  step->effort = candidate->finding->effort;
  step->answer = posture_answer_ref (candidate->answer);
  return step;
}

static void
collect_nodes (const PostureExplanationNode *node,
               GHashTable                   *nodes)
{
  if (node->question != NULL)
    g_hash_table_insert (nodes, node->question->instance != NULL
                                  ? g_strconcat (node->question->question, "@",
                                                 node->question->instance, NULL)
                                  : g_strdup (node->question->question),
                         (gpointer) node);
  for (guint i = 0; i < node->children->len; i++)
    collect_nodes (g_ptr_array_index (node->children, i), nodes);
}

/* Points in units of the tree that @answer gives beyond those that are sure now. With weights the best
 * answer need not give full credit. */
static gint64
gain_of (const PostureExplanationNode *node,
         const PostureFinding         *finding,
         PostureQuestion              *question,
         PostureAnswer                *answer)
{
  int credit;

  if (posture_question_get_weight (question) > 0
      && posture_question_find_credit (question, posture_answer_get_value (answer), &credit))
    return node->reachable / POSTURE_CREDIT_ONE * credit - node->worst;
  if (node->question->reachable == 0)
    return 0;
  return finding->points * (node->reachable / node->question->reachable);
}

static GPtrArray *
find_candidates (Search               *search,
                 PostureQuestionnaire *expanded,
                 PostureAnswers       *answers,
                 PostureReport        *report,
                 PostureExplanationTree *tree)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func (candidate_free);
  g_autoptr (GHashTable) nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  collect_nodes (tree->whole, nodes);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const PostureFinding *finding = g_ptr_array_index (report->findings, i);
      g_autofree char *key = key_of (finding);
      PostureQuestion *question = posture_questionnaire_find_question (expanded, key);
      g_autoptr (PostureAnswer) answer = NULL;
      Candidate *candidate;

      if (question == NULL || g_hash_table_contains (search->left, key))
        continue;
      answer = posture_find_remedy (search->questionnaire, answers, question);
      if (answer == NULL)
        continue;
      candidate = g_new0 (Candidate, 1);
      candidate->finding = finding;
      candidate->item.cost = cost_of_effort[finding->effort];
      candidate->item.gain = gain_of (g_hash_table_lookup (nodes, key), finding, question, answer);
      candidate->item.needed = posture_question_is_required (question);
      candidate->answer = g_steal_pointer (&answer);
      g_ptr_array_add (candidates, candidate);
    }
  return candidates;
}

static gint64
divide_up (gint64 a,
           gint64 b)
{
  return a >= 0 ? (a + b - 1) / b : -(-a / b);
}

/* Points missing to the goal: the least sum whose score, as it is shown, is not below it. */
static gint64
find_missing (const Search                 *search,
              const PostureExplanationTree *tree)
{
  const PostureExplanationNode *whole = tree->whole;
  const char *method = tree->report->method->id;
  gint64 tenths = divide_up (search->goal * TENTHS_PER_ONE, ONE);

  if (g_str_equal (method, "weighted"))
    /* rounded half up to tenths: 2000 × gained + reachable >= 2 × reachable × tenths */
    return divide_up (2 * whole->reachable * tenths - whole->reachable, 2000) - whole->worst;
  if (g_str_equal (method, "maturity"))
    return divide_up (2 * tree->unit * search->goal - tree->unit, 2) - whole->worst;
  return search->goal - tree->base - whole->worst;
}

/* Nobody knows what nothing to rate comes to. */
static gboolean
can_be_met (const PostureExplanationTree *tree)
{
  return !g_str_equal (tree->report->method->id, "weighted") || tree->whole->reachable > 0;
}

/* All switches are decided: the rest is covered at the least effort. */
static void
finish (Search                       *search,
        const PostureExplanationTree *tree,
        GPtrArray                    *candidates)
{
  g_autofree PostureCoverItem *items = g_new0 (PostureCoverItem, MAX (candidates->len, 1));
  gint64 effort = search->effort;

  for (guint i = 0; i < candidates->len; i++)
    items[i] = ((const Candidate *) g_ptr_array_index (candidates, i))->item;
  if (!can_be_met (tree)
      || !posture_cover (items, candidates->len, find_missing (search, tree)))
    return;
  for (guint i = 0; i < candidates->len; i++)
    effort += items[i].taken ? items[i].cost : 0;
  if (search->best != NULL && effort >= search->best_effort)
    return;
  g_clear_pointer (&search->best, g_ptr_array_unref);
  search->best = g_ptr_array_copy (search->steps, copy_step, NULL);
  g_ptr_array_set_free_func (search->best, step_free);
  search->best_effort = effort;
  for (guint i = 0; i < candidates->len; i++)
    if (items[i].taken)
      g_ptr_array_add (search->best, make_step (g_ptr_array_index (candidates, i)));
}

static const Candidate *
find_switch (Search    *search,
             GPtrArray *candidates)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = g_ptr_array_index (candidates, i);

      if (g_hash_table_contains (search->switches, candidate->finding->question))
        return candidate;
    }
  return NULL;
}

/* Switches that the search has no time for are left as they are. */
static void
leave_switches (Search    *search,
                GPtrArray *candidates)
{
  search->gave_up = TRUE;
  for (guint i = candidates->len; i-- > 0;)
    {
      const Candidate *candidate = g_ptr_array_index (candidates, i);

      if (g_hash_table_contains (search->switches, candidate->finding->question)
          && !candidate->item.needed)
        g_ptr_array_remove_index (candidates, i);
    }
}

static void explore (Search         *search,
                     PostureAnswers *answers);

/* Decides a switch one way and the other. */
static void
decide (Search          *search,
        PostureAnswers  *answers,
        const Candidate *candidate)
{
  g_autofree char *key = key_of (candidate->finding);
  g_autoptr (PostureAnswers) changed = posture_answers_copy (answers);

  posture_answers_set (changed, key, candidate->answer);
  g_ptr_array_add (search->steps, make_step (candidate));
  search->effort += candidate->item.cost;
  explore (search, changed);
  search->effort -= candidate->item.cost;
  g_ptr_array_set_size (search->steps, (int) search->steps->len - 1);
  if (candidate->item.needed)
    return;
  g_hash_table_add (search->left, g_strdup (key));
  explore (search, answers);
  g_hash_table_remove (search->left, key);
}

static void
explore (Search         *search,
         PostureAnswers *answers)
{
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (PostureExplanationTree) tree = NULL;
  g_autoptr (PostureQuestionnaire) expanded = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  const Candidate *open;

  if (search->error != NULL || (search->best != NULL && search->effort >= search->best_effort))
    return;
  report = posture_rate_unsubmitted (search->questionnaire, answers, &search->error);
  if (report == NULL)
    return;
  search->n_ratings++;
  tree = posture_report_explain (report);
  expanded = posture_questionnaire_expand (search->questionnaire, answers);
  candidates = find_candidates (search, expanded, answers, report, tree);
  open = find_switch (search, candidates);
  if (open != NULL && search->n_ratings < POSTURE_WAY_MAX_RATINGS)
    {
      decide (search, answers, open);
      return;
    }
  if (open != NULL)
    leave_switches (search, candidates);
  finish (search, tree, candidates);
}

static GHashTable *
find_switches (PostureQuestionnaire *questionnaire)
{
  GHashTable *switches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);
      PostureCondition *condition = posture_question_get_condition (question);
      g_auto (GStrv) named = condition != NULL ? posture_condition_dup_questions (condition) : NULL;

      for (guint j = 0; named != NULL && named[j] != NULL; j++)
        g_hash_table_add (switches, g_strdup (named[j]));
    }
  return switches;
}

static PostureWay *
make_way (Search         *search,
          PostureAnswers *answers,
          GError        **error)
{
  g_autoptr (PostureWay) self = g_new0 (PostureWay, 1);
  g_autoptr (PostureAnswers) changed = posture_answers_copy (answers);

  self->steps = g_steal_pointer (&search->best);
  self->effort = search->best_effort;
  self->exact = !search->gave_up;
  for (guint i = 0; i < self->steps->len; i++)
    {
      const PostureWayStep *step = g_ptr_array_index (self->steps, i);
      g_autofree char *key = step->instance != NULL
                               ? g_strconcat (step->question, "@", step->instance, NULL)
                               : g_strdup (step->question);

      posture_answers_set (changed, key, step->answer);
    }
  self->report = posture_rate_unsubmitted (search->questionnaire, changed, error);
  return self->report != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * posture_find_way:
 * @questionnaire: a questionnaire
 * @answers: answers to it
 * @goal: a score, in millionths
 * @error: return location for a #PostureRatingError; unset if there is no way
 *
 * Finds what to put right so that the score is @goal or more even in the worst
 * case, at the least effort. To put a finding right is to answer it with
 * posture_find_remedy(), at the effort that the finding has; nothing else is
 * changed.
 *
 * Questions that no condition names are covered exactly, whatever their number.
 * Those that conditions name, on which it depends what is asked, are tried one
 * way and the other, each with a rating of its own, until
 * %POSTURE_WAY_MAX_RATINGS; what is open then is left as it is, and the way is
 * not exact. Takes the time of so many ratings; can be called in any thread.
 *
 * Returns: (transfer full) (nullable): the cheapest way, which has no steps if
 *   the goal is reached; %NULL on error, or with @error unset if none was found
 */
PostureWay *
posture_find_way (PostureQuestionnaire *questionnaire,
                  PostureAnswers       *answers,
                  gint64                goal,
                  GError              **error)
{
  g_autoptr (GHashTable) switches = find_switches (questionnaire);
  g_autoptr (GHashTable) left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (step_free);
  Search search = { questionnaire, goal, switches, left, steps };
  PostureWay *way = NULL;

  if (g_str_equal (posture_questionnaire_get_method (questionnaire), "profile"))
    {
      g_set_error_literal (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_METHOD,
                           _("The method of this questionnaire gives no score, so there is none to "
                             "reach."));
      return NULL;
    }
  explore (&search, answers);
  if (search.error != NULL)
    g_propagate_error (error, search.error);
  else if (search.best != NULL)
    way = make_way (&search, answers, error);
  g_clear_pointer (&search.best, g_ptr_array_unref);
  return way;
}

/**
 * posture_find_next_goal:
 * @questionnaire: a questionnaire
 * @report: a report of answers to it
 * @ret_goal: (out): the score that comes next, in millionths
 * @ret_level: (out) (nullable): the level that begins there, if it has a name
 *
 * What comes next: the level above the one that is sure, with the method
 * maturity the next whole number. Other methods have nothing like it.
 *
 * Returns: %FALSE if there is nothing above
 */
gboolean
posture_find_next_goal (PostureQuestionnaire *questionnaire,
                        PostureReport        *report,
                        gint64               *ret_goal,
                        const char          **ret_level)
{
  const PostureScore *score = report->score;

  *ret_level = NULL;
  if (g_str_equal (report->method->id, "maturity") && score->has_worst && score->worst < score->max)
    {
      *ret_goal = (score->worst / ONE + 1) * ONE;
      return TRUE;
    }
  for (guint i = 0; i < posture_questionnaire_get_n_levels (questionnaire); i++)
    {
      const PostureLevel *level = posture_questionnaire_get_level (questionnaire, i);

      if (!score->has_worst || level->from <= score->worst)
        continue;
      *ret_goal = level->from;
      *ret_level = level->id;
      return TRUE;
    }
  return FALSE;
}

/**
 * posture_way_free:
 * @self: (transfer full): a way
 *
 * Frees it.
 */
void
posture_way_free (PostureWay *self)
{
  g_ptr_array_unref (self->steps);
  g_clear_pointer (&self->report, posture_report_unref);
  g_free (self);
}
