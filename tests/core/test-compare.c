/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"
#include "random-answers.h"

#include "rating/compare.h"
#include "rating/what-if.h"

/* What changed from one report to another. */

#define N_PAIRS 120

static PostureReport *
rate_text (PostureQuestionnaire *questionnaire,
           const char           *map)
{
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, map);
  g_autoptr (GError) error = NULL;
  PostureReport *report = posture_rate_unsubmitted (questionnaire, answers, &error);

  g_assert_no_error (error);
  return report;
}

static char *
names (GPtrArray *findings)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((const PostureFinding *) g_ptr_array_index (findings, i))->question);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
answers_text (PostureComparison *comparison)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < comparison->answers->len; i++)
    {
      const PostureAnswerChange *change = g_ptr_array_index (comparison->answers, i);
      const char *before = change->before == NULL ? "-" : change->before->value != NULL
                             ? change->before->value : change->before->rule;
      const char *after = change->after == NULL ? "-" : change->after->value != NULL
                            ? change->after->value : change->after->rule;

      g_string_append_printf (text, "%s%s:%s:%s", i > 0 ? " " : "", change->question, before, after);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_parts (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (4);
  g_autoptr (PostureReport) before = rate_text (questionnaire, "{'a': true, 'b': 'z', 'c': 2,"
                                                " 'd': 10, 'e': ['p', 'q']}");
  g_autoptr (PostureReport) after = rate_text (questionnaire, "{'a': true, 'b': 'y', 'c': 2,"
                                               " 'd': 60, 'e': ['p']}");
  g_autoptr (PostureComparison) forth = posture_reports_compare (before, after);
  g_autoptr (PostureComparison) back = posture_reports_compare (after, before);
  g_autofree char *gone = names (forth->gone), *fresh = names (forth->fresh);
  g_autofree char *moved = names (forth->moved), *answers = answers_text (forth);
  g_autofree char *gone_back = names (back->gone), *fresh_back = names (back->fresh);
  const PostureSectionChange *first = g_ptr_array_index (forth->sections, 0);

  g_assert_cmpstr (gone, ==, "c");
  g_assert_cmpstr (fresh, ==, "b e");
  g_assert_cmpstr (moved, ==, "d");
  g_assert_cmpstr (answers, ==, "b:\"z\":\"y\" d:10:60 e:[\"p\",\"q\"]:[\"p\"] c:2:-");
  g_assert_cmpstr (gone_back, ==, "b e");
  g_assert_cmpstr (fresh_back, ==, "c");
  g_assert_true (forth->same_questionnaire);
  g_assert_true (forth->same_scale);
  /* all four sections stand otherwise: s, s.1, s.2, t */
  g_assert_cmpuint (forth->sections->len, ==, 4);
  g_assert_cmpstr (first->id, ==, "s");
  g_assert_cmpint (first->before->score->worst, !=, first->after->score->worst);
  g_assert_false (posture_comparison_same (forth));
}

/* Two methods have no scale in common, and a report is like itself. */
static void
test_ends (void)
{
  for (guint i = 0; i < N_SAMPLE_QUESTIONNAIRES; i++)
    {
      g_autoptr (PostureQuestionnaire) questionnaire = sample_questionnaire (i);
      g_autoptr (PostureQuestionnaire) other = sample_questionnaire ((i + 1) % 4);
      g_autoptr (PostureReport) one = rate_text (questionnaire, "{}");
      g_autoptr (PostureReport) two = rate_text (other, "{}");
      g_autoptr (PostureComparison) same = posture_reports_compare (one, one);
      g_autoptr (PostureComparison) far = posture_reports_compare (one, two);

      g_assert_true (posture_comparison_same (same));
      g_assert_false (posture_comparison_same (far));
      g_assert_false (far->same_questionnaire);
      g_assert_false (far->same_scale);
      g_assert_cmpuint (far->gone->len, ==, one->findings->len);
    }
}

/* Taking what changed out of the one report and into the other leads from one to the other. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < N_PAIRS; i++)
    {
      g_autoptr (PostureQuestionnaire) questionnaire
        = sample_questionnaire (i % N_SAMPLE_QUESTIONNAIRES);
      g_autoptr (PostureAnswers) first = draw_answers (rand, questionnaire);
      g_autoptr (PostureAnswers) second = draw_answers (rand, questionnaire);
      g_autoptr (PostureReport) before = posture_rate_unsubmitted (questionnaire, first, NULL);
      g_autoptr (PostureReport) after = posture_rate_unsubmitted (questionnaire, second, NULL);
      g_autoptr (PostureComparison) forth = posture_reports_compare (before, after);
      g_autoptr (PostureComparison) back = posture_reports_compare (after, before);
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
      g_autofree char *text = NULL;
      g_autoptr (PostureJsonDocument) document = NULL;

      g_assert_cmpuint (before->findings->len - forth->gone->len + forth->fresh->len, ==,
                        after->findings->len);
      g_assert_cmpuint (forth->gone->len, ==, back->fresh->len);
      g_assert_cmpuint (forth->moved->len, ==, back->moved->len);
      g_assert_cmpuint (forth->answers->len, ==, back->answers->len);
      g_assert_cmpuint (forth->sections->len, ==, back->sections->len);
      posture_comparison_write (forth, writer);
      text = posture_json_writer_finish_text (writer);
      document = posture_json_document_new_text (text, NULL);
      g_assert_nonnull (document);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/parts", test_parts);
  g_test_add_func ("/compare/ends", test_ends);
  g_test_add_func ("/compare/random", test_random);
  return g_test_run ();
}
