/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model/report-words.h"

#define ONE ((gint64) POSTURE_DECIMAL_ONE)

static PostureScore *
make_score (gint64      min,
            gint64      max,
            gint64      worst,
            gint64      best,
            const char *reason)
{
  PostureScore *score = posture_score_new ();

  score->min = min;
  score->max = max;
  score->worst = worst;
  score->best = best;
  score->has_worst = score->has_best = reason == NULL;
  score->has_value = reason == NULL && worst == best;
  score->value = worst;
  score->reason = g_strdup (reason);
  return score;
}

static void
assert_words (PostureScore *score,
              const char   *expected)
{
  g_autofree char *words = posture_score_to_words (score);

  g_assert_cmpstr (words, ==, expected);
  posture_score_unref (score);
}

static void
test_scores (void)
{
  g_test_summary ("A score is told with its scale, rounded as finely as the scale asks for");

  assert_words (make_score (0, 100 * ONE, 67600000, 67600000, NULL), "67.6 of 100");
  assert_words (make_score (0, 100 * ONE, 55 * ONE, 80050000, NULL), "55 to 80.1 of 100");
  assert_words (make_score (-203 * ONE, 110 * ONE, -12 * ONE, -12 * ONE, NULL),
                "\u221212 on a scale from \u2212203 to 110");
  assert_words (make_score (0, 3 * ONE, 1333333, 1333333, NULL), "1.33 of 3");
  /* what rounds to nothing has no sign */
  assert_words (make_score (-3 * ONE, 0, -1000, -1000, NULL), "0 on a scale from \u22123 to 0");
}

static void
test_reasons (void)
{
  g_test_summary ("Why there is no number is told, also for a reason of a newer version");

  assert_words (make_score (0, ONE, 0, 0, "nothing-to-rate"), "no score, since there is nothing to rate");
  assert_words (make_score (0, ONE, 0, 0, "no-grade"), "no score, since this questionnaire gives none");
  assert_words (make_score (0, ONE, 0, 0, "of-tomorrow"), "no score");
  g_assert_cmpstr (posture_finding_reason_to_words ("unknown"), ==, "you did not know");
  g_assert_null (posture_finding_reason_to_words ("not-in-place"));
  g_assert_null (posture_rule_to_words ("option"));
  g_assert_cmpstr (posture_severity_to_words (POSTURE_SEVERITY_CRITICAL), ==, "critical risk");
  g_assert_cmpstr (posture_effort_to_words (POSTURE_EFFORT_HIGH), ==, "high effort");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-words/scores", test_scores);
  g_test_add_func ("/report-words/reasons", test_reasons);
  return g_test_run ();
}
