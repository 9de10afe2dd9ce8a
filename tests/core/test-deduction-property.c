/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"
#include "requirements.h"

#include "rating/rating.h"

/* Random answers to all 110 requirements, rated by the product and counted here a second time from
 * the published table alone. */

/* The sanitizers look at each step, which takes twenty times as long. */
#ifdef __SANITIZE_ADDRESS__
#define N_SETS 5000
#else
#define N_SETS 100000
#endif
#define N_CHECKED_SETS 2000 /* of them, read from text as a person's file is */
#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

/* How a requirement can be answered: a status, or one of the three others. */
typedef enum
{
  MET,
  NOT_MET,
  NA,
  TEMPORARY,
  ENDURING,
  PARTIAL,
  UNKNOWN,
  UNANSWERED,
  NOT_APPLICABLE,
  N_STATES,
} State;

static const char *const spellings[N_STATES] = {
  "'met'", "'not-met'", "'na'", "'temporary-deficiency'", "'enduring-exception'", "'partial'",
  "{'unknown': true}", NULL, "{'not_applicable': 'r'}",
};

static const PostureRatingContext context = {
  "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
};

/* Mostly met, so that scores spread over the whole scale and the plan is there most of the time. */
static void
draw (GRand *rand,
      State  states[N_REQUIREMENTS])
{
  int good = g_rand_int_range (rand, 0, 101);

  for (guint i = 0; i < N_REQUIREMENTS; i++)
    {
      states[i] = g_rand_int_range (rand, 0, 100) < good ? MET
                                                         : (State) g_rand_int_range (rand, 0,
                                                                                     N_STATES);
      if (states[i] == PARTIAL && requirements[i].partial == 0)
        states[i] = NOT_MET;
      if (requirements[i].full == 0 && g_rand_int_range (rand, 0, 4) > 0)
        states[i] = MET;
    }
}

/* Subtracted one by one from 110, as Annex A has it. */
static int
count (const State states[N_REQUIREMENTS],
       gboolean    open_is_met)
{
  int score = 110;

  for (guint i = 0; i < N_REQUIREMENTS; i++)
    {
      gboolean open = states[i] == UNKNOWN || states[i] == UNANSWERED;

      if (states[i] == PARTIAL)
        score -= requirements[i].partial;
      else if (states[i] == NOT_MET || (open && !open_is_met))
        score -= requirements[i].full;
    }
  return score;
}

static void
check (const PostureScore *score,
       const State         states[N_REQUIREMENTS])
{
  State plan = states[find_requirement ("3.12.4")];
  gboolean open = plan == UNKNOWN || plan == UNANSWERED;
  int worst = count (states, FALSE), best = count (states, TRUE);

  g_assert_cmpint (worst, >=, -203);
  g_assert_cmpint (best, <=, 110);
  g_assert_cmpint (score->has_worst, ==, plan == MET);
  g_assert_cmpint (score->has_best, ==, plan == MET || open);
  g_assert_cmpint (score->has_value, ==, plan == MET && worst == best);
  g_assert_cmpstr (score->reason, ==, plan == MET ? NULL : open ? "required-open"
                                                                : "required-not-met");
  if (score->has_worst)
    g_assert_cmpint (score->worst, ==, worst * POSTURE_DECIMAL_ONE);
  if (score->has_best)
    g_assert_cmpint (score->best, ==, best * POSTURE_DECIMAL_ONE);
  if (score->has_value)
    g_assert_cmpint (score->value, ==, worst * POSTURE_DECIMAL_ONE);
}

static PostureAnswers *
from_text (PostureQuestionnaire *questionnaire,
           const State           states[N_REQUIREMENTS])
{
  g_autoptr (GString) map = g_string_new ("{");

  for (guint i = 0; i < N_REQUIREMENTS; i++)
    if (states[i] != UNANSWERED)
      g_string_append_printf (map, "%s'%s': %s", map->len > 1 ? ", " : "", requirements[i].id,
                              spellings[states[i]]);
  g_string_append_c (map, '}');
  return make_answers (questionnaire, map->str);
}

/* The same from answers that were read once. */
static PostureAnswers *
from_pool (PostureAnswer *const pool[N_STATES],
           const State          states[N_REQUIREMENTS])
{
  PostureAnswers *answers = posture_answers_new ();

  for (guint i = 0; i < N_REQUIREMENTS; i++)
    posture_answers_set (answers, requirements[i].id, pool[states[i]]);
  return answers;
}

static void
test_random (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_requirements ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (800171);
  PostureQuestion *widest = posture_questionnaire_find_question (questionnaire, "3.5.3");
  PostureAnswer *pool[N_STATES] = { NULL };

  for (guint i = 0; i < N_STATES; i++)
    if (spellings[i] != NULL)
      {
        g_autofree char *json = quoted (spellings[i]);

        pool[i] = posture_answer_new_from_text (json, widest, NULL);
        g_assert_nonnull (pool[i]);
      }
  for (guint n = 0; n < N_SETS; n++)
    {
      State states[N_REQUIREMENTS];
      g_autoptr (PostureAnswers) answers = NULL;
      g_autoptr (PostureReport) report = NULL;

      draw (rand, states);
      answers = n < N_CHECKED_SETS ? from_text (questionnaire, states) : from_pool (pool, states);
      report = posture_rate (questionnaire, answers, &context, NULL);
      g_assert_nonnull (report);
      check (report->score, states);
    }
  for (guint i = 0; i < N_STATES; i++)
    g_clear_pointer (&pool[i], posture_answer_unref);
}

/* The table itself: 44 requirements of five points, 14 of three, 51 of one and one of none. */
static void
test_table (void)
{
  int counts[6] = { 0 }, sum = 0;

  for (guint i = 0; i < N_REQUIREMENTS; i++)
    {
      counts[requirements[i].full]++;
      sum += requirements[i].full;
    }
  g_assert_cmpint (counts[5], ==, 44);
  g_assert_cmpint (counts[3], ==, 14);
  g_assert_cmpint (counts[1], ==, 51);
  g_assert_cmpint (counts[0], ==, 1);
  g_assert_cmpint (110 - sum, ==, -203);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deduction-property/table", test_table);
  g_test_add_func ("/deduction-property/random", test_random);
  return g_test_run ();
}
