/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"
#include "random-answers.h"

#include "rating/way.h"
#include "rating/what-if.h"

/* The cheapest way to a score against trying everything. */

#define N_QUESTIONNAIRES 120
#define SETS_EACH 3
#define MAX_QUESTIONS 8
#define N_LARGE 6000

static const int costs[] = { 1, 3, 9 };

/* Tries every set of findings to put right, and those that appear when that is done. */
static void
exhaust (PostureQuestionnaire *questionnaire,
         PostureAnswers       *answers,
         gint64                goal,
         gint64                effort,
         gint64               *best)
{
  g_autoptr (PostureReport) report = posture_rate_unsubmitted (questionnaire, answers, NULL);

  if (report->score->has_worst && report->score->worst >= goal && (*best < 0 || effort < *best))
    *best = effort;
  if (*best >= 0 && effort >= *best)
    return;
  for (guint i = 0; i < report->findings->len; i++)
    {
      const PostureFinding *finding = g_ptr_array_index (report->findings, i);
      g_autoptr (PostureAnswers) changed = posture_answers_copy (answers);
      PostureQuestion *question = posture_questionnaire_find_question (questionnaire,
                                                                       finding->question);
      g_autoptr (PostureAnswer) remedy = posture_find_remedy (questionnaire, answers, question);

      posture_answers_set (changed, finding->question, remedy);
      exhaust (questionnaire, changed, goal, effort + costs[finding->effort], best);
    }
}

static void
check_way (PostureQuestionnaire *questionnaire,
           PostureAnswers       *answers,
           gint64                goal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureWay) way = posture_find_way (questionnaire, answers, goal, &error);
  gint64 best = -1, effort = 0;

  g_assert_no_error (error);
  exhaust (questionnaire, answers, goal, 0, &best);
  g_assert_cmpint (way != NULL, ==, best >= 0);
  if (way == NULL)
    return;
  g_assert_true (way->exact);
  g_assert_cmpint (way->effort, ==, best);
  g_assert_true (way->report->score->has_worst);
  g_assert_cmpint (way->report->score->worst, >=, goal);
  for (guint i = 0; i < way->steps->len; i++)
    effort += costs[((const PostureWayStep *) g_ptr_array_index (way->steps, i))->effort];
  g_assert_cmpint (way->effort, ==, effort);
}

/* Questions in a row, many of which are asked only after others are answered well. */
static PostureQuestionnaire *
draw_questionnaire (GRand *rand,
                    guint  length)
{
  static const char *const efforts[] = { "low", "medium", "high" };
  static const char *const sections[] = { "s", "s.1", "s.2", "t" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    {
      g_string_append_printf (text, "%s{'id': 'q%u', 'section': '%s', 'kind': 'choice',"
                              " 'weight': %d, 'severity': 'low', 'effort': '%s', 'options':"
                              " [{'id': 'x', 'credit': 0}, {'id': 'y', 'credit': 0.%d},"
                              " {'id': 'z', 'credit': 1}]",
                              i > 0 ? ", " : "", i, sections[g_rand_int_range (rand, 0, 4)],
                              g_rand_int_range (rand, 1, 20), efforts[g_rand_int_range (rand, 0, 3)],
                              g_rand_int_range (rand, 1, 9));
      if (i > 0 && g_rand_int_range (rand, 0, 3) == 0)
        g_string_append_printf (text, ", 'condition': {'pattern': {'q%d': ['%s']}}",
                                g_rand_int_range (rand, 0, (int) i),
                                g_rand_boolean (rand) ? "z" : "x");
      g_string_append_c (text, '}');
    }
  return with_questions (text->str);
}

static void
test_weighted (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < N_QUESTIONNAIRES; i++)
    {
      guint length = (guint) g_rand_int_range (rand, 1, MAX_QUESTIONS);
      g_autoptr (PostureQuestionnaire) questionnaire = draw_questionnaire (rand, length);

      for (guint j = 0; j < SETS_EACH; j++)
        {
          g_autoptr (PostureAnswers) answers = draw_answers (rand, questionnaire);

          check_way (questionnaire, answers,
                     (gint64) g_rand_int_range (rand, 0, 1001) * (POSTURE_DECIMAL_ONE / 10));
        }
    }
}

/* All kinds of questions. */
static void
test_kinds (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (4);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (PostureAnswers) answers = draw_answers (rand, questionnaire);

      check_way (questionnaire, answers,
                 (gint64) g_rand_int_range (rand, 0, 1001) * (POSTURE_DECIMAL_ONE / 10));
    }
}

/* All but a few are answered well: those can be tried in all ways. */
static void
test_other_methods (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint index = 1; index <= 2; index++)
    {
      g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (index);
      guint length = posture_questionnaire_get_n_questions (questionnaire);

      for (guint set = 0; set < 12; set++)
        {
          g_autoptr (PostureAnswers) answers = draw_answers (rand, questionnaire);
          g_autoptr (PostureReport) report = NULL;
          gint64 points = 0;

          for (guint i = 0; i < length; i++)
            {
              PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);
              g_autoptr (PostureAnswer) remedy = posture_find_remedy (questionnaire, answers,
                                                                      question);

              if (g_rand_int_range (rand, 0, (int) length) > 3 && remedy != NULL)
                posture_answers_set (answers, posture_question_get_id (question), remedy);
            }
          report = posture_rate_unsubmitted (questionnaire, answers, NULL);
          for (guint i = 0; i < report->findings->len; i++)
            points += ((const PostureFinding *) g_ptr_array_index (report->findings, i))->points;
          if (report->findings->len > 5)
            continue;
          check_way (questionnaire, answers,
                     (report->score->has_best ? report->score->best : report->score->max)
                       - (index == 1 ? points / 2 / POSTURE_DECIMAL_ONE * POSTURE_DECIMAL_ONE
                                     : points / 60));
        }
    }
}

static void
test_goals (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (4);
  g_autoptr (PostureQuestionnaire) profile = sample_questionnaire (3);
  g_autoptr (PostureAnswers) none = posture_answers_new ();
  g_autoptr (PostureReport) report = posture_rate_unsubmitted (questionnaire, none, NULL);
  g_autoptr (PostureReport) other = posture_rate_unsubmitted (profile, none, NULL);
  g_autoptr (GError) error = NULL;
  const char *level;
  gint64 goal;

  g_assert_true (posture_find_next_goal (questionnaire, report, &goal, &level));
  g_assert_cmpstr (level, ==, "mid");
  g_assert_cmpint (goal, ==, 40 * POSTURE_DECIMAL_ONE);
  g_assert_false (posture_find_next_goal (profile, other, &goal, &level));
  g_assert_null (posture_find_way (profile, none, 0, &error));
  g_assert_error (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_METHOD);
}

/* Large ones are bounded, also where everything hangs on everything. */
static void
test_large (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autoptr (PostureQuestionnaire) wide = NULL;
  g_autoptr (PostureQuestionnaire) deep = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PostureAnswers) none = posture_answers_new ();
  g_autoptr (PostureWay) way = NULL;
  g_autoptr (PostureWay) way_deep = NULL;

  for (guint i = 0; i < N_LARGE; i++)
    g_string_append_printf (text, "%s{'id': 'q%u', 'section': 't', 'kind': 'yes-no', 'weight': %d,"
                            " 'severity': 'low', 'effort': '%s', 'credit': {'yes': 1, 'no': 0}}",
                            i > 0 ? ", " : "", i, g_rand_int_range (rand, 1, 1000),
                            i % 3 == 0 ? "low" : i % 3 == 1 ? "medium" : "high");
  wide = with_questions (text->str);
  way = posture_find_way (wide, none, 90 * (gint64) POSTURE_DECIMAL_ONE, NULL);
  g_assert_nonnull (way);
  g_assert_true (way->exact);
  g_assert_cmpint (way->report->score->worst, ==, 90 * POSTURE_DECIMAL_ONE);
  g_string_truncate (text, 0);
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "%s{'id': 'q%u', 'section': 't', 'kind': 'yes-no', 'weight': %u,"
                            " 'severity': 'low', 'effort': '%s', 'credit': {'yes': 1, 'no': 0}%s}",
                            i > 0 ? ", " : "", i, i + 1, i % 2 == 0 ? "low" : "high",
                            i < 20 ? "" : ", 'condition': {'not': {'or': ["
                              "{'pattern': {'q1': [7]}}, {'pattern': {'q2': [7]}}]}}");
  deep = with_questions (text->str);
  way_deep = posture_find_way (deep, none, 50 * (gint64) POSTURE_DECIMAL_ONE, NULL);
  g_assert_nonnull (way_deep);
  g_assert_true (way_deep->exact);
}

/* Where each question depends on others that depend on others, not all ways can be tried: what is found leads
 * there, and does not claim to be the cheapest. */
static void
test_gave_up (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PostureAnswers) none = posture_answers_new ();
  g_autoptr (PostureWay) way = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_string_append_printf (text, "%s{'id': 'q%u', 'section': 't', 'kind': 'yes-no', 'weight': %u,"
                              " 'severity': 'low', 'effort': 'low', 'credit': {'yes': 1, 'no': 0}",
                              i > 0 ? ", " : "", i, 100 + i);
      /* asked whatever it says, and hanging on the one before */
      g_string_append_printf (text, i == 0 ? "}" : ", 'condition': {'not': {'pattern': {'q%u': [7]}}}}", i - 1);
    }
  questionnaire = with_questions (text->str);
  way = posture_find_way (questionnaire, none, 50 * (gint64) POSTURE_DECIMAL_ONE, NULL);
  g_assert_nonnull (way);
  g_assert_false (way->exact);
  g_assert_cmpint (way->report->score->worst, >=, 50 * POSTURE_DECIMAL_ONE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/way/weighted", test_weighted);
  g_test_add_func ("/way/kinds", test_kinds);
  g_test_add_func ("/way/other-methods", test_other_methods);
  g_test_add_func ("/way/goals", test_goals);
  g_test_add_func ("/way/large", test_large);
  g_test_add_func ("/way/gave-up", test_gave_up);
  return g_test_run ();
}
