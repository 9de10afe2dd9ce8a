/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"
#include "requirements.h"

#include "rating/rating.h"

#include <string.h>

/* The method deduction: what the published methodology gives, point for point. */

#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
#define NONE G_MAXINT

static const PostureRatingContext context = {
  "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
};

typedef struct
{
  const char *name;    /* and the paragraph it rests on */
  const char *answers; /* id=answer, an id with * at its end is a family; the rest is met */
  int score;           /* NONE: no number */
  int worst;
  int best;
  const char *reason;
} Case;

/* NIST SP 800-171 DoD Assessment Methodology 1.2.1: sections 5 and Annex A. */
static const Case cases[] = {
  { "all met, 5(b)", "", 110, 110, 110, NULL },
  { "nothing met, Annex A", "*=not-met 3.12.4=met", -203, -203, -203, NULL },
  { "no system security plan, 5(g)(i)", "3.12.4=not-met", NONE, NONE, NONE, "required-not-met" },
  { "a plan that does not apply is none", "3.12.4=na", NONE, NONE, NONE, "required-not-met" },
  { "nor is one that lapsed", "3.12.4=temporary-deficiency", NONE, NONE, NONE,
    "required-not-met" },
  { "not applicable with a reason", "3.12.4=reason", NONE, NONE, NONE, "required-not-met" },
  { "the plan is unknown", "3.12.4=unknown", NONE, NONE, 110, "required-open" },
  { "the plan is unanswered", "3.12.4=none 3.1.1=not-met", NONE, NONE, 105, "required-open" },
  { "the plan and more are open", "3.12.4=none 3.1.1=unknown", NONE, NONE, 110, "required-open" },
  { "multifactor in part, 5(e)(i)", "3.5.3=partial", 107, 107, 107, NULL },
  { "encryption not validated, 5(e)(ii)", "3.13.11=partial", 107, 107, 107, NULL },
  { "neither, 5(e)", "3.5.3=not-met 3.13.11=not-met", 100, 100, 100, NULL },
  { "one of each value, 5(d)", "3.1.1=not-met 3.1.5=not-met 3.5.5=not-met", 101, 101, 101, NULL },
  { "begun with a plan of action, 5(g)(ii)", "3.5.3=not-met", 105, 105, 105, NULL },
  { "temporary deficiency, 5(h)(i)", "3.13.11=temporary-deficiency", 110, 110, 110, NULL },
  { "enduring exception, 5(h)(ii)", "3.4.6=enduring-exception", 110, 110, 110, NULL },
  { "remote access not permitted, 5(i)(i)", "3.1.12=na 3.1.13=reason", 110, 110, 110, NULL },
  { "adjudicated as not applicable, 5(j)", "3.8.3=na", 110, 110, 110, NULL },
  { "AC, Annex A", "3.1.*=not-met", 56, 56, 56, NULL },
  { "AU, Annex A", "3.3.*=not-met", 91, 91, 91, NULL },
  { "IA, Annex A", "3.5.*=not-met", 83, 83, 83, NULL },
  { "MA, Annex A", "3.7.*=not-met", 92, 92, 92, NULL },
  { "PS, Annex A", "3.9.*=not-met", 102, 102, 102, NULL },
  { "RA, Annex A", "3.11.*=not-met", 101, 101, 101, NULL },
  { "unknown is not a no", "3.5.3=unknown 3.1.1=none 3.1.5=not-met", NONE, 97, 107, NULL },
  { "only the plan is known", "*=none 3.12.4=met", NONE, -203, 110, NULL },
};

static void
append_answer (GString    *map,
               const char *id,
               const char *answer)
{
  if (g_str_equal (answer, "none"))
    return;
  g_string_append_printf (map, "%s'%s': ", map->len > 1 ? ", " : "", id);
  if (g_str_equal (answer, "unknown"))
    g_string_append (map, "{'unknown': true}");
  else if (g_str_equal (answer, "reason"))
    g_string_append (map, "{'not_applicable': 'r'}");
  else
    g_string_append_printf (map, "'%s'", answer);
}

/* The answers of a case; a later word overrides an earlier one. */
static char *
answers_of (const char *text)
{
  g_autoptr (GString) map = g_string_new ("{");
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; i < N_REQUIREMENTS; i++)
    {
      const char *answer = "met";

      for (guint j = 0; words[j] != NULL; j++)
        {
          const char *sign = strchr (words[j], '=');
          g_autofree char *name = sign != NULL ? g_strndup (words[j], (gsize) (sign - words[j]))
                                               : g_strdup ("");

          if (g_pattern_match_simple (name, requirements[i].id))
            answer = sign + 1;
        }
      append_answer (map, requirements[i].id, answer);
    }
  g_string_append_c (map, '}');
  return g_string_free (g_steal_pointer (&map), FALSE);
}

static PostureReport *
rate (PostureQuestionnaire *questionnaire,
      const char           *text)
{
  g_autofree char *map = answers_of (text);
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, map);
  g_autoptr (GError) error = NULL;
  PostureReport *report = posture_rate (questionnaire, answers, &context, &error);

  g_assert_no_error (error);
  return report;
}

static void
assert_number (gboolean has,
               gint64   value,
               int      expected)
{
  g_assert_cmpint (has, ==, expected != NONE);
  if (has)
    g_assert_cmpint (value, ==, (gint64) expected * POSTURE_DECIMAL_ONE);
}

static void
test_published (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_requirements ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PostureReport) report = rate (questionnaire, cases[i].answers);

      g_test_message ("%s", cases[i].name);
      assert_number (report->score->has_value, report->score->value, cases[i].score);
      assert_number (report->score->has_worst, report->score->worst, cases[i].worst);
      assert_number (report->score->has_best, report->score->best, cases[i].best);
      g_assert_cmpstr (report->score->reason, ==, cases[i].reason);
      g_assert_cmpint (report->score->min, ==, -203 * POSTURE_DECIMAL_ONE);
      g_assert_cmpint (report->score->max, ==, 110 * POSTURE_DECIMAL_ONE);
      g_assert_null (report->level);
    }
}

/* What a family takes off; the sum of all is what is missing to the start. */
static void
test_sections (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_requirements ();
  g_autoptr (PostureReport) report = rate (questionnaire,
                                           "3.5.3=partial 3.5.1=not-met 3.9.1=unknown");
  const PostureSectionScore *family = g_ptr_array_index (report->sections, 4);
  gint64 sum = 0;

  g_assert_cmpstr (family->id, ==, "3.5");
  g_assert_cmpint (family->score->value, ==, -8 * POSTURE_DECIMAL_ONE);
  g_assert_cmpint (family->score->min, ==, -27 * POSTURE_DECIMAL_ONE);
  g_assert_cmpint (family->score->max, ==, 0);
  family = g_ptr_array_index (report->sections, 8);
  g_assert_false (family->score->has_value);
  for (guint i = 0; i < report->sections->len; i++)
    sum += ((PostureSectionScore *) g_ptr_array_index (report->sections, i))->score->worst;
  g_assert_cmpint (110 * POSTURE_DECIMAL_ONE + sum, ==, report->score->worst);
}

/* Each point is told: the minimum and what every requirement keeps make the score. */
static void
test_explanation (void)
{
  static const struct
  {
    const char *id;
    const char *rule;
    int worst;
    int best;
  } expected[] = {
    { "3.1.1", "not-met", 0, 0 }, { "3.1.2", "met", 5, 5 }, { "3.1.3", "unknown", 0, 1 },
    { "3.1.4", "unanswered", 0, 1 }, { "3.1.5", "not-applicable", 3, 3 },
    { "3.1.6", "not-applicable", 1, 1 }, { "3.1.7", "temporary-deficiency", 1, 1 },
    { "3.1.8", "enduring-exception", 1, 1 }, { "3.5.3", "partial", 2, 2 },
  };
  g_autoptr (PostureQuestionnaire) questionnaire = make_requirements ();
  g_autoptr (PostureReport) report = rate (
    questionnaire, "3.1.1=not-met 3.1.3=unknown 3.1.4=none 3.1.5=na 3.1.6=reason"
    " 3.1.7=temporary-deficiency 3.1.8=enduring-exception 3.5.3=partial");
  gint64 worst = report->score->min, best = report->score->min;

  g_assert_cmpuint (report->explanation->len, ==, N_REQUIREMENTS);
  for (guint i = 0; i < N_REQUIREMENTS; i++)
    {
      const PostureExplanation *entry = g_ptr_array_index (report->explanation, i);

      worst += entry->worst;
      best += entry->best;
      for (guint j = 0; j < G_N_ELEMENTS (expected); j++)
        if (g_str_equal (entry->question, expected[j].id))
          {
            g_assert_cmpstr (entry->rule, ==, expected[j].rule);
            g_assert_cmpint (entry->worst, ==, expected[j].worst * POSTURE_DECIMAL_ONE);
            g_assert_cmpint (entry->best, ==, expected[j].best * POSTURE_DECIMAL_ONE);
          }
    }
  g_assert_cmpint (worst, ==, report->score->worst);
  g_assert_cmpint (best, ==, report->score->best);
}

/* What no score is possible without comes first, then the most points. */
static void
test_findings (void)
{
  static const char *const expected[] = {
    "3.12.4 not-in-place 0", "3.1.1 not-in-place 5", "3.5.3 not-in-place 3", "3.1.3 unknown 1",
  };
  g_autoptr (PostureQuestionnaire) questionnaire = make_requirements ();
  g_autoptr (PostureReport) report = rate (
    questionnaire, "3.1.1=not-met 3.1.3=unknown 3.5.3=partial 3.12.4=not-met 3.1.8=na");

  g_assert_cmpuint (report->findings->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const PostureFinding *finding = g_ptr_array_index (report->findings, i);
      g_autofree char *text = g_strdup_printf ("%s %s %d", finding->question, finding->reason,
                                               (int) (finding->points / POSTURE_DECIMAL_ONE));

      g_assert_cmpstr (text, ==, expected[i]);
      g_assert_cmpint (finding->rank, ==, (int) i + 1);
    }
}

#define Q(id, more) \
  "{'id': '" id "', 'section': 's', 'kind': 'choice', 'severity': 'low', 'effort': 'low'," \
  " 'options': [{'id': 'met'}, {'id': 'not-met'}, {'id': 'na'}]" more "}"

/* The rule of what does not apply says whether the methodology itself has the condition; what is
 * hidden takes nothing off; and other kinds do not count. */
static void
test_conditions (void)
{
  static const char text[] =
    "{'format': 1, 'id': 'q', 'version': '1.0.0',"
    " 'method': {'id': 'deduction', 'start': 10, 'minimum': 2}, 'sections': [{'id': 's'}],"
    " 'questions': [{'id': 't', 'section': 's', 'kind': 'yes-no'}, "
    Q ("a", ", 'deduction': {'full': 3}, 'no_deduction_if': 'wireless-not-permitted',"
            " 'plan_of_action': false") ", "
    Q ("b", ", 'deduction': {'full': 5}, 'plan_of_action': true,"
            " 'condition': {'pattern': {'t': [true]}}") "]}";
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (text);
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, "{'a': 'na', 'b': 'not-met'}");
  g_autoptr (PostureReport) report = posture_rate (questionnaire, answers, &context, NULL);
  PostureQuestion *a = posture_questionnaire_find_question (questionnaire, "a");
  PostureQuestion *b = posture_questionnaire_find_question (questionnaire, "b");

  g_assert_cmpint (report->score->value, ==, 10 * POSTURE_DECIMAL_ONE);
  g_assert_cmpuint (report->explanation->len, ==, 1);
  g_assert_cmpstr (((PostureExplanation *) g_ptr_array_index (report->explanation, 0))->rule, ==,
                   "no-deduction");
  g_assert_cmpint (posture_questionnaire_get_start_score (questionnaire), ==, 10);
  g_assert_cmpint (posture_questionnaire_get_minimum_score (questionnaire), ==, 2);
  g_assert_cmpint (posture_question_get_deduction (b, FALSE), ==, 5);
  g_assert_cmpint (posture_question_get_deduction (b, TRUE), ==, 0);
  g_assert_false (posture_question_is_required (b));
  g_assert_cmpstr (posture_question_get_no_deduction_if (a), ==, "wireless-not-permitted");
  g_assert_cmpint (posture_question_get_plan_of_action (a), ==, POSTURE_PLAN_NO);
  g_assert_cmpint (posture_question_get_plan_of_action (b), ==, POSTURE_PLAN_YES);
  g_assert_cmpint (posture_question_get_plan_of_action (
                     posture_questionnaire_find_question (questionnaire, "t")), ==,
                   POSTURE_PLAN_UNSAID);
}

/* An answer that was checked against something else is refused. */
static void
test_misfit (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_requirements ();
  const char *const misfits[] = { "true", "'partial'", "'perhaps'", "['met']" };

  for (guint i = 0; i < G_N_ELEMENTS (misfits); i++)
    {
      g_autofree char *map = g_strdup_printf ("{'3.1.1': %s}", misfits[i]);
      g_autoptr (PostureAnswers) answers = make_answers (NULL, map);
      g_autoptr (GError) error = NULL;

      g_assert_null (posture_rate (questionnaire, answers, &context, &error));
      g_assert_error (error, POSTURE_RATING_ERROR, POSTURE_RATING_ERROR_ANSWER);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deduction/published", test_published);
  g_test_add_func ("/deduction/sections", test_sections);
  g_test_add_func ("/deduction/explanation", test_explanation);
  g_test_add_func ("/deduction/findings", test_findings);
  g_test_add_func ("/deduction/conditions", test_conditions);
  g_test_add_func ("/deduction/misfit", test_misfit);
  return g_test_run ();
}
