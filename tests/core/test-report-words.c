/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model/finding-words.h"
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

/* Where it stands, where it is to get, and what is missing: what is open in both is not. */
static void
test_targets (void)
{
  g_autoptr (PostureScore) now = make_score (0, 3 * ONE, ONE, ONE, NULL);
  g_autoptr (PostureScore) open = make_score (0, 3 * ONE, ONE, 3 * ONE / 2, NULL);
  g_autoptr (PostureScore) goal = make_score (0, 3 * ONE, 7 * ONE / 4, 7 * ONE / 4, NULL);
  g_autoptr (PostureScore) open_goal = make_score (0, 3 * ONE, 2 * ONE, 5 * ONE / 2, NULL);
  g_autoptr (PostureSectionScore) section = posture_section_score_new ();
  g_autofree char *alone = posture_target_to_words (open, NULL);
  g_autofree char *sure = posture_target_to_words (now, goal);
  g_autofree char *range = posture_target_to_words (open, goal);
  g_autofree char *both = posture_target_to_words (open, open_goal);
  g_autofree char *passed = posture_target_to_words (goal, now);
  g_autofree char *untargeted = NULL;
  g_autofree char *targeted = NULL;

  g_assert_cmpstr (alone, ==, "1 to 1.5");
  g_assert_cmpstr (sure, ==, "1, target 1.75, gap 0.75");
  g_assert_cmpstr (range, ==, "1 to 1.5, target 1.75, gap 0.25 to 0.75");
  g_assert_cmpstr (both, ==, "1 to 1.5, target 2 to 2.5, gap 1");
  g_assert_cmpstr (passed, ==, "1.75, target 1, gap 0");
  section->profile = posture_profile_score_new ();
  section->profile->current = make_score (0, 4 * ONE, ONE, 2 * ONE, NULL);
  untargeted = posture_section_score_to_words (section);
  section->profile->has_target = TRUE;
  section->profile->target = 3 * ONE;
  section->profile->gap = make_score (0, 4 * ONE, 2 * ONE, ONE, NULL);
  targeted = posture_section_score_to_words (section);
  g_assert_cmpstr (untargeted, ==, "current 1 to 2, no target");
  g_assert_cmpstr (targeted, ==, "current 1 to 2, target 3, gap 1 to 2");
}

static void
test_reasons (void)
{
  g_test_summary ("Why there is no number is told, also for a reason of a newer version");

  assert_words (make_score (0, ONE, 0, 0, "nothing-to-rate"), "no score, since there is nothing to rate");
  assert_words (make_score (0, ONE, 0, 0, "no-grade"), "no score, since this questionnaire gives none");
  assert_words (make_score (0, ONE, 0, 0, "of-tomorrow"), "no score");
  g_assert_null (posture_rule_to_words ("option"));
}

/* The words of a finding are those of the questionnaire's format, whatever it is rated by. */
static void
test_finding (void)
{
  static const struct
  {
    PostureSeverity severity;
    PostureEffort effort;
    gint64 points;
    const char *reason;
    gboolean levels;
    const char *words;
  } cases[] = {
    { POSTURE_SEVERITY_LOW, POSTURE_EFFORT_HIGH, ONE, "not-in-place", FALSE, "low severity · high effort · up to 1 point" },
    { POSTURE_SEVERITY_HIGH, POSTURE_EFFORT_LOW, 5 * ONE / 2, "unknown", FALSE,
      "high severity · low effort · up to 2.5 points · answered “I don’t know”" },
    { POSTURE_SEVERITY_MEDIUM, POSTURE_EFFORT_MEDIUM, 2 * ONE, "unanswered", TRUE,
      "medium severity · medium effort · gap: 2 · not answered" },
    { POSTURE_SEVERITY_CRITICAL, POSTURE_EFFORT_LOW, 0, "of-tomorrow", FALSE,
      "critical severity · low effort · needed for a score" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PostureFinding) finding = posture_finding_new ();
      g_autofree char *words = NULL;

      finding->severity = cases[i].severity;
      finding->effort = cases[i].effort;
      finding->points = cases[i].points;
      finding->reason = g_strdup (cases[i].reason);
      words = posture_finding_to_words (finding, cases[i].levels);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-words/scores", test_scores);
  g_test_add_func ("/report-words/reasons", test_reasons);
  g_test_add_func ("/report-words/finding", test_finding);
  g_test_add_func ("/report-words/targets", test_targets);
  return g_test_run ();
}
