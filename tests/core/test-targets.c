/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/visibility.h"

#include <string.h>

/* What is to be reached, beside an answer or alone; and options that are numbers. */

#define PROFILE \
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'profile'}," \
  " 'sections': [{'id': 's'}], 'questions': [" \
  "{'id': 'a.1', 'section': 's', 'kind': 'level', 'minimum': 0, 'maximum': 4," \
  " 'severity': 'low', 'effort': 'low'}," \
  "{'id': 'b', 'section': 's', 'kind': 'text', 'condition': {'pattern': {'a.1':" \
  " [{'exists': true}]}}}]}"
#define ACTIVITY(id, maturity) \
  "{'id': '" id "', 'section': 's', 'kind': 'choice', 'severity': 'low', 'effort': 'low'," \
  " 'maturity': " maturity ", 'options': [{'id': '0', 'credit': 0}, {'id': '0.25'," \
  " 'credit': 0.25}, {'id': '1', 'credit': 1}]}"
#define MATURITY \
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'maturity'}," \
  " 'sections': [{'id': 's'}], 'questions': [" ACTIVITY ("a.1", "1") ", " ACTIVITY ("b", "2") \
  ", " ACTIVITY ("c", "3") "]}"

typedef struct
{
  const char *answer;
  const char *canonical; /* or NULL */
  const char *error;
} Case;

static const Case level_cases[] = {
  { "{'value': 1, 'target': 3}", "{'target':3,'value':1}", NULL },
  { "{'unknown': true, 'target': 3.0, 'note': 'n'}", "{'note':'n','target':3,'unknown':true}",
    NULL },
  { "{'not_applicable': 'r', 'target': 0}", "{'not_applicable':'r','target':0}", NULL },
  { "{'target': 4}", "{'target':4}", NULL },
  { "{'target': 5}", NULL, "target: must be at most 4" },
  { "{'target': null}", NULL, "target: must be a value; leave out what is not answered" },
  { "{'target': {'value': 1}}", NULL,
    "target: must be a value; leave out what is not answered" },
  { "{'value': 'x', 'target': 'y'}", NULL, "value: must be a number\ntarget: must be a number" },
  { "{'value': 1, 'unknown': true, 'target': 1}", NULL,
    "needs one of value, unknown, not_applicable" },
};

/* A number is taken for the option that is spelled so. */
static const Case choice_cases[] = {
  { "0.25", "'0.25'", NULL },
  { "0.250", "'0.25'", NULL },
  { "1.0", "'1'", NULL },
  { "-0", "'0'", NULL },
  { "'0.25'", "'0.25'", NULL },
  { "0.3", NULL, "“0.3” is no option of this question" },
  { "'1.0'", NULL, "“1.0” is no option of this question" },
  { "{'value': 0, 'target': 1}", "{'target':'1','value':'0'}", NULL },
};

static void
check_cases (const char *structure,
             const Case *cases,
             guint       length)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (structure);
  PostureQuestion *question = posture_questionnaire_find_question (questionnaire, "a.1");

  g_assert_true (posture_question_takes_target (question));
  for (guint i = 0; i < length; i++)
    {
      g_autofree char *json = quoted (cases[i].answer);
      g_autofree char *expected = cases[i].canonical != NULL ? quoted (cases[i].canonical) : NULL;
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (PostureAnswer) answer = posture_answer_new_from_text (json, question, &error);

      g_test_message ("case %u: %s", i, cases[i].answer);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].error);
      g_assert_true ((answer != NULL) == (expected != NULL));
      if (answer == NULL)
        continue;
      posture_answer_write (answer, writer, TRUE /* with_note */);
      text = posture_json_writer_finish_text (writer);
      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_answers (void)
{
  check_cases (PROFILE, level_cases, G_N_ELEMENTS (level_cases));
  check_cases (MATURITY, choice_cases, G_N_ELEMENTS (choice_cases));
}

/* Where targets mean nothing there are none. */
static void
test_refused (void)
{
  g_autoptr (PostureQuestionnaire) weighted = with_questions (
    "{'id': 'y', 'section': 's', 'kind': 'yes-no', 'weight': 1, 'severity': 'low',"
    " 'effort': 'low'}");
  g_autoptr (PostureQuestionnaire) profile = make_questionnaire (PROFILE);
  PostureQuestion *questions[] = {
    posture_questionnaire_find_question (weighted, "y"),
    posture_questionnaire_find_question (profile, "b"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (posture_question_takes_target (questions[i]));
      g_assert_null (posture_answer_new_from_text ("{\"unknown\":true,\"target\":true}",
                                                   questions[i], &error));
      g_assert_cmpstr (error->message, ==, "target: this question takes no target");
    }
}

static void
test_with_target (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (PROFILE);
  PostureQuestion *question = posture_questionnaire_find_question (questionnaire, "a.1");
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAnswer) answer
    = posture_answer_new_from_text ("{\"value\":2,\"note\":\"n\"}", question, NULL);
  g_autoptr (PostureAnswer) both = posture_answer_new_with_target (answer, "3", question, &error);
  g_autoptr (PostureAnswer) alone = posture_answer_new_with_target (NULL, "3", question, &error);
  g_autoptr (PostureAnswer) again = posture_answer_new_with_target (both, NULL, question, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (posture_answer_get_target_text (both), ==, "3");
  g_assert_cmpstr (posture_answer_get_value_text (both), ==, "2");
  g_assert_cmpstr (posture_answer_get_note (both), ==, "n");
  g_assert_cmpfloat (posture_json_node_get_double (posture_answer_get_target (both)), ==, 3);
  g_assert_cmpint (posture_answer_get_kind (both), ==, POSTURE_ANSWER_VALUE);
  g_assert_cmpint (posture_answer_get_kind (alone), ==, POSTURE_ANSWER_TARGET);
  g_assert_null (posture_answer_get_value (alone));
  g_assert_null (posture_answer_get_target (answer));
  g_assert_true (posture_answer_equal (again, answer));
  g_assert_false (posture_answer_equal (both, answer));
  /* nothing is left, which is no error */
  g_assert_null (posture_answer_new_with_target (alone, NULL, question, &error));
  g_assert_null (posture_answer_new_with_target (NULL, NULL, question, &error));
  g_assert_no_error (error);
  g_assert_null (posture_answer_new_with_target (answer, "9", question, &error));
  g_assert_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (posture_answer_new_with_target (answer, "{", question, &error));
  g_assert_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_SYNTAX);
}

static const Case file_cases[] = {
  { "{'questionnaire': 'q', 'answers': {'a.1': 1}, 'targets': {'a.1': 3}}",
    "{'a.1':{'target':3,'value':1}}", "" },
  { "{'questionnaire': 'q', 'answers': {}, 'targets': {'a.1': 3}}", "{'a.1':{'target':3}}", "" },
  { "{'questionnaire': 'q', 'answers': {'a.1': {'value': 1, 'target': 3}}}",
    "{'a.1':{'target':3,'value':1}}", "" },
  { "{'questionnaire': 'q', 'answers': {}, 'targets': []}", NULL, "targets: must be an object" },
  { "{'questionnaire': 'q', 'answers': {'a.1': {'target': 3}}, 'targets': {'a.1': 3, 'b': 'x',"
    " 'c': 1}}", NULL,
    "targets[\"a.1\"]: has a target among the answers already\n"
    "targets[\"b\"]: this question takes no target\n"
    "targets[\"c\"]: is no question of this questionnaire" },
  { "{'questionnaire': 'q', 'answers': {'a.1': 1}, 'targets': {'a.1': {'value': 3}}}", NULL,
    "targets[\"a.1\"]: must be a value; leave out what is not answered" },
};

static void
test_file (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (PROFILE);

  for (guint i = 0; i < G_N_ELEMENTS (file_cases); i++)
    {
      g_autofree char *json = quoted (file_cases[i].answer);
      g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
      g_autoptr (PostureFaults) faults = posture_faults_new ();
      g_autoptr (PostureAnswers) answers
        = posture_answers_new_from_file_bytes (bytes, NULL, questionnaire, faults);
      g_autofree char *told = posture_faults_to_text (faults);
      g_autofree char *expected = NULL, *canonical = NULL;

      g_assert_cmpstr (told, ==, file_cases[i].error);
      if (answers == NULL)
        continue;
      expected = quoted (file_cases[i].canonical);
      canonical = posture_answers_to_canonical (answers);
      g_assert_cmpstr (canonical, ==, expected);
    }
}

/* A target is no answer for what looks at answers. */
static void
test_condition (void)
{
  static const char *const maps[] = {
    "{'a.1': {'target': 3}}", "{'a.1': {'value': 0, 'target': 3}}", "{'a.1': {'unknown': true}}",
  };
  static const gboolean visible[] = { FALSE, TRUE, FALSE };
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (PROFILE);

  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    {
      g_autoptr (PostureAnswers) answers = make_answers (questionnaire, maps[i]);
      g_autoptr (GArray) found = posture_questionnaire_find_visible (questionnaire, answers);

      g_test_message ("%s", maps[i]);
      g_assert_cmpint (g_array_index (found, gboolean, 1), ==, visible[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/targets/answers", test_answers);
  g_test_add_func ("/targets/refused", test_refused);
  g_test_add_func ("/targets/with-target", test_with_target);
  g_test_add_func ("/targets/file", test_file);
  g_test_add_func ("/targets/condition", test_condition);
  return g_test_run ();
}
