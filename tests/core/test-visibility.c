/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/visibility.h"

#include <string.h>

/* Visibility that is kept while answers change, against finding it anew each time. */

#define MAX_QUESTIONS 12
#define N_QUESTIONNAIRES 200
#define N_CHANGES 50

static const char *const spellings[] = {
  "true", "false", "{\"unknown\":true}", "{\"not_applicable\":\"r\"}", NULL,
};

/* A condition on one to three earlier questions. */
static void
append_condition (GRand   *rand,
                  GString *text,
                  guint    earlier)
{
  static const char *const leaves[] = {
    "{'pattern': {'q.%u': [true]}}", "{'pattern': {'q.%u': [{'exists': true}]}}",
    "{'not': {'pattern': {'q.%u': [true]}}}", "{'pattern': {'q.%u': {'unknown': [true]}}}",
  };
  guint n = (guint) g_rand_int_range (rand, 1, 4);

  g_string_append (text, g_rand_boolean (rand) ? ", 'condition': {'or': ["
                                               : ", 'condition': {'and': [");
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) parts = g_strsplit (leaves[g_rand_int_range (rand, 0, 4)], "%u", 2);

      g_string_append_printf (text, "%s%s%d%s", i > 0 ? ", " : "", parts[0],
                              g_rand_int_range (rand, 0, (int) earlier), parts[1]);
    }
  if (earlier > 1 && g_rand_boolean (rand))
    g_string_append_printf (text, ", {'pattern': {'q.0': [true], 'q.%u': [false]}}", earlier - 1);
  g_string_append (text, "]}");
}

static PostureQuestionnaire *
draw (GRand *rand,
      guint  length)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    {
      g_string_append_printf (text, "%s{'id': 'q.%u', 'section': 's', 'kind': 'yes-no',"
                              " 'weight': 1, 'severity': 'low', 'effort': 'low'",
                              i > 0 ? ", " : "", i);
      if (i > 0 && g_rand_int_range (rand, 0, 3) > 0)
        append_condition (rand, text, i);
      g_string_append_c (text, '}');
    }
  return with_questions (text->str);
}

static void
change (GRand                *rand,
        PostureQuestionnaire *questionnaire,
        PostureAnswers       *answers,
        guint                 index)
{
  PostureQuestion *question = posture_questionnaire_get_question (questionnaire, index);
  const char *spelling = spellings[g_rand_int_range (rand, 0, G_N_ELEMENTS (spellings))];
  g_autoptr (PostureAnswer) answer = NULL;

  if (spelling != NULL)
    answer = posture_answer_new_from_text (spelling, question, NULL);
  posture_answers_set (answers, posture_question_get_id (question), answer);
}

/* What is told as changed is the difference, and afterwards all is as if found anew. */
static void
check (PostureVisibility *kept,
       GArray            *before,
       GArray            *after,
       GArray            *changed)
{
  guint n = 0;

  for (guint i = 0; i < after->len; i++)
    {
      gboolean now = g_array_index (after, gboolean, i);

      g_assert_cmpint (posture_visibility_get (kept, i), ==, now);
      if (now != g_array_index (before, gboolean, i))
        g_assert_cmpuint (g_array_index (changed, guint, n++), ==, i);
    }
  g_assert_cmpuint (changed->len, ==, n);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  guint n_changed = 0;

  for (guint n = 0; n < N_QUESTIONNAIRES; n++)
    {
      guint length = (guint) g_rand_int_range (rand, 1, MAX_QUESTIONS + 1);
      g_autoptr (PostureQuestionnaire) questionnaire = draw (rand, length);
      g_autoptr (PostureAnswers) answers = posture_answers_new ();
      g_autoptr (PostureVisibility) kept = posture_visibility_new (questionnaire, answers);
      g_autoptr (GArray) before = posture_questionnaire_find_visible (questionnaire, answers);

      for (guint k = 0; k < N_CHANGES; k++)
        {
          guint index = (guint) g_rand_int_range (rand, 0, (int) length);
          g_autoptr (GArray) changed = NULL;
          GArray *after;

          change (rand, questionnaire, answers, index);
          changed = posture_visibility_update (
            kept, answers,
            posture_question_get_id (posture_questionnaire_get_question (questionnaire, index)));
          after = posture_questionnaire_find_visible (questionnaire, answers);
          check (kept, before, after, changed);
          n_changed += changed->len;
          g_array_unref (before);
          before = after;
        }
    }
  /* the questionnaires are worth the while */
  g_assert_cmpuint (n_changed, >, N_QUESTIONNAIRES);
}

static void
test_stranger (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (PostureQuestionnaire) questionnaire = draw (rand, 3);
  g_autoptr (PostureAnswers) answers = posture_answers_new ();
  g_autoptr (PostureVisibility) kept = posture_visibility_new (questionnaire, answers);
  g_autoptr (GArray) changed = posture_visibility_update (kept, answers, "nobody");

  g_assert_cmpuint (changed->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visibility/random", test_random);
  g_test_add_func ("/visibility/stranger", test_stranger);
  return g_test_run ();
}
