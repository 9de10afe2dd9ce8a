/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "rating/way.h"

/* What a question is answered with once it is put right. */

#define HEAD "'id': 'a', 'section': 's', 'weight': 1, 'severity': 'low', 'effort': 'low', 'kind': "
#define GAP "'id': 'a', 'section': 's', 'severity': 'low', 'effort': 'low', 'kind': "
#define WEIGHTED "{'id': 'weighted', 'levels': [{'id': 'low', 'from': 0}]}"
#define PROFILE "{'id': 'profile'}"
#define DEDUCTION "{'id': 'deduction', 'start': 10, 'minimum': 5}"
#define OPTION(id, credit) "{'id': '" id "', 'credit': " credit "}"
#define ALONE(id, credit) "{'id': '" id "', 'credit': " credit ", 'exclusive': true}"
#define BAND(from, credit) "{'from': " from ", 'credit': " credit "}"

typedef struct
{
  const char *method;
  const char *question;
  const char *answers;
  const char *value;
} Case;

static const Case cases[] = {
  /* the option that gives the most, and of several the first */
  { WEIGHTED, HEAD "'choice', 'options': [" OPTION ("x", "0") "," OPTION ("y", "1") "," OPTION ("z", "1") "]", "{}",
    "'y'" },
  { WEIGHTED, HEAD "'choice', 'options': [" OPTION ("x", "1") "," OPTION ("y", "0") "]", "{}", "'x'" },
  /* all that give credit together, or the one that stands alone and gives more than they do */
  { WEIGHTED, HEAD "'choices', 'options': [" OPTION ("x", "0.25") "," OPTION ("y", "0") "," OPTION ("z", "0.75") "]",
    "{}", "['x','z']" },
  { WEIGHTED,
    HEAD "'choices', 'options': [" OPTION ("w", "0") "," OPTION ("x", "0.25") "," ALONE ("y", "0.5") ","
      ALONE ("z", "1") "]",
    "{}", "['z']" },
  { WEIGHTED,
    HEAD "'choices', 'options': [" OPTION ("w", "0") "," OPTION ("x", "0.5") "," OPTION ("y", "0.5") ","
      ALONE ("z", "1") "]",
    "{}", "['x','y']" },
  { WEIGHTED, HEAD "'yes-no'", "{}", "true" },
  { WEIGHTED, HEAD "'yes-no', 'credit': {'yes': 0, 'no': 1}", "{}", "false" },
  { WEIGHTED, HEAD "'level', 'minimum': 1, 'maximum': 4", "{}", "4" },
  /* the least number of the best band, which the question must take */
  { WEIGHTED, HEAD "'number', 'bands': [" BAND ("0", "0.5") "," BAND ("7", "1") "," BAND ("9", "0") "]", "{}",
    "7" },
  { WEIGHTED, HEAD "'number', 'minimum': 3, 'bands': [" BAND ("-1", "1") "," BAND ("5", "0") "]", "{}",
    "3" },
  { WEIGHTED, HEAD "'number', 'places': 1, 'bands': [" BAND ("2.5", "1") "," BAND ("5", "1") "]", "{}",
    "2.5" },
  /* a target of one's own goes before the best, and stays */
  { PROFILE, GAP "'level', 'minimum': 0, 'maximum': 4", "{'a': {'value': 1, 'target': 3}}", "3" },
  { PROFILE, GAP "'level', 'minimum': 0, 'maximum': 4", "{'a': {'value': 1}}", "4" },
  /* by this method a requirement is met, whatever stands first */
  { DEDUCTION, GAP "'choice', 'deduction': {'full': 5},"
    " 'options': [{'id': 'not-met'}, {'id': 'met'}]", "{}", "'met'" },
  /* what is not rated has none */
  { WEIGHTED, "'id': 'a', 'section': 's', 'kind': 'text'", "{}", NULL },
};

static void
test_remedies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': %s, 'sections': [{'id': 's'}],"
        " 'questions': [{%s}]}", cases[i].method, cases[i].question);
      g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (text);
      g_autoptr (PostureAnswers) answers = make_answers (questionnaire, cases[i].answers);
      g_autoptr (PostureAnswer) remedy = NULL;
      g_autofree char *expected = cases[i].value != NULL ? quoted (cases[i].value) : NULL;
      PostureAnswer *answer = posture_answers_get (answers, "a");

      remedy = posture_find_remedy (questionnaire, answers,
                                    posture_questionnaire_find_question (questionnaire, "a"));
      g_assert_cmpstr (remedy != NULL ? posture_answer_get_value_text (remedy) : NULL, ==, expected);
      g_assert_cmpstr (remedy != NULL ? posture_answer_get_target_text (remedy) : NULL, ==,
                       answer != NULL ? posture_answer_get_target_text (answer) : NULL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remedy/cases", test_remedies);
  return g_test_run ();
}
