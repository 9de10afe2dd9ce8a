/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"
#include "random-answers.h"

#include "rating/explain.h"
#include "rating/what-if.h"

/* Points add up, exactly, from the questions to the score that is shown. */

#define N_SETS 60

/* Sums of the leaves, found without the sums that the tree itself keeps. */
typedef struct
{
  gint64 worst;
  gint64 best;
  gint64 reachable;
  guint questions;
  guint applicable;
} Sums;

static void
add_leaves (const PostureExplanationNode *node,
            Sums                         *sums)
{
  if (node->question != NULL)
    {
      g_assert_cmpuint (node->children->len, ==, 0);
      sums->worst += node->worst;
      sums->best += node->best;
      sums->reachable += node->reachable;
      sums->questions++;
      sums->applicable += !g_str_equal (node->question->rule, "not-applicable");
    }
  for (guint i = 0; i < node->children->len; i++)
    add_leaves (g_ptr_array_index (node->children, i), sums);
}

/* @times × @part / @whole rounded half up to a multiple of @step. */
static gint64
rounded (gint64 part,
         gint64 whole,
         gint64 times,
         gint64 step)
{
  __int128 doubled = (__int128) 2 * times * part + (__int128) whole * step;
  __int128 divisor = (__int128) 2 * whole * step;
  __int128 steps = doubled / divisor;

  if (doubled % divisor < 0)
    steps--;
  return (gint64) steps * step;
}

static void
check_score (const PostureExplanationTree *tree,
             const PostureScore           *score,
             const Sums                   *sums,
             gint64                        unit,
             gint64                        base)
{
  const char *method = tree->report->method->id;
  gint64 one = POSTURE_DECIMAL_ONE;

  if (!score->has_worst)
    return;
  if (g_str_equal (method, "weighted"))
    {
      g_assert_cmpint (score->worst, ==, rounded (sums->worst, sums->reachable, 100 * one, one / 10));
      g_assert_cmpint (score->best, ==, rounded (sums->best, sums->reachable, 100 * one, one / 10));
    }
  else if (g_str_equal (method, "deduction"))
    {
      g_assert_cmpint (score->worst, ==, base + sums->worst);
      g_assert_cmpint (score->best, ==, base + sums->best);
    }
  else if (g_str_equal (method, "maturity"))
    {
      g_assert_cmpint (score->worst, ==, rounded (sums->worst, unit, 1, 1));
      g_assert_cmpint (score->best, ==, rounded (sums->best, unit, 1, 1));
    }
}

/* @unit is a whole of the section's own score. */
static void
check_node (const PostureExplanationTree *tree,
            const PostureExplanationNode *node,
            gint64                        unit)
{
  gboolean means = g_str_equal (tree->report->method->id, "maturity");
  guint n_sections = 0;
  Sums sums = { 0 };

  add_leaves (node, &sums);
  g_assert_cmpint (node->worst, ==, sums.worst);
  g_assert_cmpint (node->best, ==, sums.best);
  g_assert_cmpint (node->reachable, ==, sums.reachable);
  g_assert_cmpuint (node->n_questions, ==, sums.questions);
  if (node->section != NULL)
    {
      const PostureProfileScore *profile = node->section->profile;

      check_score (tree, node->section->score, &sums, unit, -sums.reachable);
      if (profile != NULL && profile->current->has_worst)
        g_assert_cmpint (profile->current->worst, ==, rounded (sums.worst, sums.applicable, 1, 1));
      if (profile != NULL)
        g_assert_cmpint (profile->questions, ==, sums.applicable);
    }
  for (guint i = 0; i < node->children->len; i++)
    n_sections += ((const PostureExplanationNode *) g_ptr_array_index (node->children, i))->section
                  != NULL;
  for (guint i = 0; i < node->children->len; i++)
    {
      const PostureExplanationNode *child = g_ptr_array_index (node->children, i);

      if (child->question == NULL)
        check_node (tree, child, means ? unit / n_sections : unit);
    }
}

static void
test_random (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (index);
  g_autoptr (GRand) rand = g_rand_new_with_seed (index + 11);

  for (guint i = 0; i < N_SETS; i++)
    {
      g_autoptr (PostureAnswers) answers = draw_answers (rand, questionnaire);
      g_autoptr (PostureReport) report = posture_rate_unsubmitted (questionnaire, answers, NULL);
      g_autoptr (PostureExplanationTree) tree = posture_report_explain (report);
      Sums sums = { 0 };

      add_leaves (tree->whole, &sums);
      g_assert_cmpuint (sums.questions, ==, report->explanation->len);
      check_score (tree, report->score, &sums, tree->unit, tree->base);
      check_node (tree, tree->whole, tree->unit);
    }
}

static void
test_sources (void)
{
  g_assert_cmpstr (posture_rule_get_source ("deduction", "partial"), ==,
                   "NIST SP 800-171 DoD Assessment Methodology 1.2.1, 5(e)");
  g_assert_null (posture_rule_get_source ("deduction", "unknown"));
  g_assert_null (posture_rule_get_source ("weighted", "option"));
  g_assert_nonnull (posture_rule_get_source ("maturity", "option"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain/sources", test_sources);
  for (guint i = 0; i < N_SAMPLE_QUESTIONNAIRES; i++)
    {
      g_autofree char *name = g_strdup_printf ("/explain/adds-up/%u", i);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_random);
    }
  return g_test_run ();
}
