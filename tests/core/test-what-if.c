/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"
#include "random-answers.h"

#include "rating/what-if.h"

/* What would be against what is after the answers were really changed. */

/* The sanitizers look at each step, which takes twenty times as long. */
#ifdef __SANITIZE_ADDRESS__
#define N_CASES 500
#else
#define N_CASES 10000
#endif
#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

static const PostureRatingContext context = {
  "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
};

static char *
report_text (PostureReport *report)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_report_write (writer, report);
  return posture_json_writer_finish_text (writer);
}

/* All but where the two say that their answers come from. */
static void
assert_same (PostureReport *guess,
             PostureReport *report)
{
  g_autofree char *one = NULL, *two = NULL;

  /* what was rated owns none of its texts */
  guess->id = report->id;
  guess->assessment = report->assessment;
  guess->revision = report->revision;
  guess->submitted = report->submitted;
  one = report_text (guess);
  two = report_text (report);
  g_assert_cmpstr (one, ==, two);
}

/* A report needs nobody to keep what it was made of, whatever the method. */
static void
test_life (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_SAMPLE_QUESTIONNAIRES; i++)
    {
      PostureQuestionnaire *questionnaire = sample_questionnaire (i);
      PostureAnswers *answers = draw_answers (rand, questionnaire);
      g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
      g_autofree char *text = report_text (report), *later = NULL;

      posture_answers_unref (answers);
      posture_questionnaire_unref (questionnaire);
      later = report_text (report);
      g_assert_cmpstr (later, ==, text);
    }
}

typedef struct
{
  GString *before;
  GString *fixed;
  GString *after;
} Maps;

/* Draws answers, and some that are to be fixed: those replace the ones there, whose targets stay. */
static void
draw_maps (GRand                *rand,
           PostureQuestionnaire *questionnaire,
           Maps                 *maps)
{
  int share = g_rand_int_range (rand, 1, 8);

  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);
      gboolean is_fixed = g_rand_int_range (rand, 0, share) == 0;
      g_autofree char *body = draw_body (rand, question);
      g_autofree char *target = draw_target (rand, question);
      g_autofree char *fixed = is_fixed ? draw_body (rand, question) : NULL;
      g_autofree char *aim = is_fixed && g_rand_boolean (rand) ? draw_target (rand, question) : NULL;
      gboolean replaced = fixed != NULL || aim != NULL;

      append_answer (maps->before, question, body, target);
      append_answer (maps->fixed, question, fixed, aim);
      append_answer (maps->after, question, replaced ? fixed : body, aim != NULL ? aim : target);
    }
  g_string_append_c (maps->before, '}');
  g_string_append_c (maps->fixed, '}');
  g_string_append_c (maps->after, '}');
}

static void
check_case (PostureQuestionnaire *questionnaire,
            const Maps           *maps)
{
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, maps->before->str);
  g_autoptr (PostureAnswers) fixed = make_answers (questionnaire, maps->fixed->str);
  g_autoptr (PostureAnswers) changed = make_answers (questionnaire, maps->after->str);
  g_autofree char *before = posture_answers_to_canonical (answers);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) guess = posture_what_if (questionnaire, answers, fixed, &error);
  g_autoptr (PostureReport) report = NULL;

  g_assert_no_error (error);
  report = posture_rate (questionnaire, changed, &context, &error);
  g_assert_no_error (error);
  assert_same (guess, report);
  after = posture_answers_to_canonical (answers);
  g_assert_cmpstr (before, ==, after);
}

static void
test_random (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (index);
  g_autoptr (GRand) rand = g_rand_new_with_seed (index + 1);

  for (guint i = 0; i < N_CASES / N_SAMPLE_QUESTIONNAIRES + 1; i++)
    {
      Maps maps = { g_string_new ("{"), g_string_new ("{"), g_string_new ("{") };

      draw_maps (rand, questionnaire, &maps);
      check_case (questionnaire, &maps);
      g_string_free (maps.before, TRUE);
      g_string_free (maps.fixed, TRUE);
      g_string_free (maps.after, TRUE);
    }
}

/* Nothing is fixed: nothing changes. What shows further questions shows them. */
static void
test_plain (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (4);
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, "{'a': false, 'd': 95}");
  g_autoptr (PostureAnswers) nothing = posture_answers_new ();
  g_autoptr (PostureAnswers) yes = make_answers (questionnaire, "{'a': true}");
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) now = posture_rate_unsubmitted (questionnaire, answers, &error);
  g_autoptr (PostureReport) same = posture_what_if (questionnaire, answers, nothing, &error);
  g_autoptr (PostureReport) then = posture_what_if (questionnaire, answers, yes, &error);
  g_autofree char *one = report_text (now);
  g_autofree char *two = report_text (same);

  g_assert_no_error (error);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpuint (now->explanation->len, ==, 3);
  g_assert_cmpuint (then->explanation->len, ==, 4);
  g_assert_cmpstr (then->assessment, ==, "00000000-0000-0000-0000-000000000000");
  g_assert_cmpstr (then->submitted, ==, "1970-01-01T00:00:00.000Z");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/what-if/life", test_life);
  g_test_add_func ("/what-if/plain", test_plain);
  for (guint i = 0; i < N_SAMPLE_QUESTIONNAIRES; i++)
    {
      g_autofree char *name = g_strdup_printf ("/what-if/random/%u", i);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_random);
    }
  return g_test_run ();
}
