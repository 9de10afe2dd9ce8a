/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/words.h"

#include <string.h>

/* Where faults are told: each of them stands behind, or around, parts that are right, so that a reader which does not
 * come back from one of those to where it was tells a wrong place. */

#define RATED "'section': 't', 'weight': 1, 'severity': 'low', 'effort': 'low', "
#define CREDITS "[{'id': 'n', 'credit': 0}, {'id': 'y', 'credit': 1}]"
#define WHEN(id) "{'not': {'pattern': {'" id "': [true]}}}"

/* All that a weighted questionnaire can have. */
static const char weighted[] =
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'review': {'months': 12},"
  " 'references': {'cat': 'C', 'd g': 'D', 'e': 1},"
  " 'method': {'id': 'weighted', 'levels': [{'id': 'a', 'from': 0}, {'id': 'b', 'from': 50}, {'id': 'b', 'from':"
  " 60}]},"
  " 'option_sets': {'used': " CREDITS ", 'bad': [{'id': 'n', 'credit': 0}, {'id': 'y', 'credit': 1, 'x': 1}],"
  "   'list': {}, 'idle': " CREDITS ", 'late': " CREDITS "},"
  " 'sections': [{'id': 's', 'sections': [{'id': 's1', 'sections': [{'id': 's2'}]}, {'id': 's1'}], 'x': 1},"
  "   {'id': 't'}, {'id': 't'}],"
  " 'questions': ["
  "{'id': 'q0', " RATED "'kind': 'yes-no', 'credit': {'yes': 1, 'no': 0}, 'references': ['cat:1', 'cat:2', 'cat:1'],"
  "  'review': {'days': 3}, 'required': 1},"
  "{'id': 'q1', " RATED "'kind': 'choice', 'options': 'used', 'evidence': 1,"
  "  'condition': {'and': [" WHEN ("q0") ", {'or': [" WHEN ("q0") ", {'not': {'x': 1}}]}, 1]}},"
  "{'id': 'q2', " RATED "'kind': 'choice', 'options': 'bad', 'condition': " WHEN ("q0") ", 'required': 1},"
  "{'id': 'q3', " RATED "'kind': 'choices', 'options': [{'id': 'n', 'credit': 0}, {'id': 'y', 'credit': 1}, {'id':"
  " 'y',"
  "  'credit': 1}], 'required': 1},"
  "{'id': 'q4', " RATED "'kind': 'number', 'bands': [{'from': 0, 'credit': 0}, {'from': 5, 'credit': 0.5},"
  "  {'from': 5, 'credit': 1}], 'review': {'days': 1, 'x': 1}, 'required': 1},"
  "{'id': 'q5', " RATED "'kind': 'yes-no', 'tips': [{'id': 't1', 'when': " WHEN ("q0") "}, {'id': 't2'}, {'id':"
  " 't2'}],"
  "  'recommendations': [{'id': 'r1', 'when': " WHEN ("q0") ", 'effort': 'low', 'impact': 'high'},"
  "   {'id': 'r2', 'when': {'and': [" WHEN ("q0") ", {}]}, 'impact': 'x'}], 'required': 1},"
  "{'id': 'q6', " RATED "'kind': 'yes-no', 'recommendations': [{'id': 'r1', 'when': " WHEN ("q0") "}, {'id': 'r2'},"
  "  {'id': 'r3'}, {'id': 'r4'}], 'required': 1},"
  "{'id': 'q7', 'section': 't', 'kind': 'text', 'max_length': 5, 'condition': {'regex': {'question': 'q0',"
  "  'expression': 'x'}}, 'evidence': 1},"
  "{'id': 'q8', 'section': 't', 'kind': 'instances', 'most': 2, 'condition': {'or': [{'regex': {'question': 'q7',"
  "  'expression': 'x'}}, {'regex': {'question': 'q7', 'expression': '(', 'x': 1}}, {'regex': {}}]}, 'evidence': 1},"
  "1, {'id': 'q0', " RATED "'kind': 'yes-no'}]}";

static const char weighted_faults[] =
  "references.d g: is no id\n"
  "references.e: must be a text\n"
  "method.levels[2].id: “b” is there twice\n"
  "option_sets[\"bad\"][1].x: is not known here\n"
  "option_sets[\"list\"]: must be a list\n"
  "option_sets[\"list\"]: is used by no question\n"
  "option_sets[\"idle\"]: is used by no question\n"
  "option_sets[\"late\"]: is used by no question\n"
  "sections[0].sections[1].id: “s1” is there twice\n"
  "sections[0].x: is not known here\n"
  "sections[2].id: “t” is there twice\n"
  "questions[0].references[2]: is there twice\n"
  "questions[0].required: must be true or false\n"
  "questions[1].evidence: must be true or false\n"
  "questions[1].condition.and[1].or[1].not: must be an object with one of and, or, not, pattern, regex\n"
  "questions[1].condition.and[2]: must be an object with one of and, or, not, pattern, regex\n"
  "questions[2].required: must be true or false\n"
  "questions[3].options[2].id: “y” is there twice\n"
  "questions[3].required: must be true or false\n"
  "questions[4].bands[2].from: must be more than that of the band before\n"
  "questions[4].review.x: is not known here\n"
  "questions[4].required: must be true or false\n"
  "questions[5].tips[2].id: “t2” is there twice\n"
  "questions[5].recommendations[1].when.and[1]: must be an object with one of and, or, not, pattern, regex\n"
  "questions[5].recommendations[1].impact: must be one of low, medium, high\n"
  "questions[5].required: must be true or false\n"
  "questions[6].recommendations[2]: is never reached: the one before it always applies\n"
  "questions[6].required: must be true or false\n"
  "questions[7].condition.regex.question: must be a question of the kind text\n"
  "questions[7].evidence: must be true or false\n"
  "questions[8].condition.or[1].regex.expression: is no regular expression\n"
  "questions[8].condition.or[1].regex.x: is not known here\n"
  "questions[8].condition.or[2].regex.expression: is missing\n"
  "questions[8].condition.or[2].regex.question: is missing\n"
  "questions[8].evidence: must be true or false\n"
  "questions[9]: must be an object\n"
  "questions[10].id: “q0” is there twice";

static const char repeated[] =
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'weighted', 'levels': [{'id': 'a', 'from': 0}]},"
  " 'sections': [{'id': 't'}, {'id': 'r', 'for_each': 'i'}, {'id': 'e', 'for_each': 'i'}],"
  " 'questions': [{'id': 'i', 'section': 't', 'kind': 'instances'},"
  "{'id': 'a', 'section': 'r', 'kind': 'text'}, {'id': 'b', 'section': 't', 'kind': 'text'},"
  "{'id': 'c', 'section': 'r', 'kind': 'text'},"
  "{'id': 'd', 'section': 't', 'kind': 'text', 'condition': {'pattern': {'b': ['x']}}},"
  "{'id': 'f', 'section': 't', 'kind': 'text', 'condition': {'pattern': {'a': ['x'], 'c': ['x']}}},"
  "{'id': 'g', " RATED "'kind': 'yes-no', 'tips': [{'id': 't', 'when': {'pattern': {'a': ['x']}}}],"
  "  'recommendations': [{'id': 'u', 'when': {'pattern': {'c': ['x']}}}]}]}";

static const char repeated_faults[] =
  "sections: “e” is repeated and has no questions\n"
  "questions[3].section: the questions of “r”, which is repeated, must stand together\n"
  "questions[5].condition: names “a”, which is asked once for each instance of “r”; nothing outside can tell which"
  " is meant\n"
  "questions[5].condition: names “c”, which is asked once for each instance of “r”; nothing outside can tell which"
  " is meant\n"
  "questions[6].tips: names “a”, which is asked once for each instance of “r”; nothing outside can tell which is"
  " meant\n"
  "questions[6].recommendations: names “c”, which is asked once for each instance of “r”; nothing outside can tell"
  " which is meant";

#define M(id, section, maturity) \
  "{'id': '" id "', 'section': '" section "', 'severity': 'low', 'effort': 'low', 'kind': 'choice', 'maturity': " \
  maturity ", 'options': " CREDITS "}"

static const char maturity[] =
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'maturity'}, 'sections': [{'id': 's', 'sections':"
  " [{'id': 's1'}]}, {'id': 't'}], 'profiles': [{'id': 'p', 'targets': {'a': 'y', 'b': 'x', 'c': 'z'}}, {'id': 'p',"
  " 'targets': {}}, 1, {'x': 1}], 'questions': [" M ("a", "s1", "1") ", " M ("b", "s1", "2") ", "
  M ("c", "s", "3") ", " M ("d", "t", "2") ", " M ("e", "t", "2") "]}";

static const char maturity_faults[] =
  "sections: “s1” needs a question of each maturity from 1 to 3\n"
  "sections: “t” needs a question of each maturity from 1 to 3\n"
  "profiles[0].targets[\"b\"]: “x” is no option of this question\n"
  "profiles[0].targets[\"c\"]: “z” is no option of this question\n"
  "profiles[1].id: “p” is there twice\n"
  "profiles[1].targets: needs at least one\n"
  "profiles[2]: must be an object\n"
  "profiles[3].id: is missing\n"
  "profiles[3].targets: is missing\n"
  "profiles[3].x: is not known here\n"
  "questions[2].section: “s” has sections in it, and so no questions of its own\n"
  "questions[4].maturity: 2 is there twice in “t”";

#define LEVEL(id, maximum) \
  "{'id': '" id "', 'section': 's', 'severity': 'low', 'effort': 'low', 'kind': 'level', 'minimum': 0, 'maximum': " \
  maximum "}"

static const char profile[] =
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'profile'}, 'sections': [{'id': 's'}],"
  " 'profiles': [{'id': 'p', 'targets': {'a': 1, 'b': 9, 'c': 1, 'w': 'x'}}, {'id': 'r', 'targets': 1, 'x': 1}],"
  " 'questions': [" LEVEL ("a", "4") ", " LEVEL ("b", "3") ", {'id': 'w', 'section': 's', 'kind': 'text'}, "
  LEVEL ("c", "4") ", " LEVEL ("d", "5") "]}";

static const char profile_faults[] =
  "profiles[0].targets[\"b\"]: must be at most 3\n"
  "profiles[0].targets[\"w\"]: this question takes no target\n"
  "profiles[1].targets: must be an object\n"
  "profiles[1].x: is not known here\n"
  "questions[1].maximum: must have the scale of the question “a”\n"
  "questions[4].maximum: must have the scale of the question “a”";

static const char deduction[] =
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'deduction', 'start': 10, 'minimum': 0},"
  " 'sections': [{'id': 's'}], 'option_sets': {'x': [{'id': 'met'}, {'id': 'not-met'}], 'y': [{'id': 'met'}, {}]},"
  " 'questions': ["
  "{'id': 'a', 'section': 's', 'severity': 'low', 'effort': 'low', 'kind': 'choice', 'deduction': {'full': 3},"
  "  'options': 'x', 'plan_of_action': 1, 'required': 1},"
  "{'id': 'b', 'section': 's', 'severity': 'low', 'effort': 'low', 'kind': 'choice', 'deduction': {'required': true},"
  "  'options': [{'id': 'met'}, {'id': 'partial'}], 'no_deduction_if': 1, 'required': 1}]}";

static const char deduction_faults[] =
  "method.minimum: must be 7, the start less all full deductions\n"
  "option_sets[\"y\"]: is used by no question\n"
  "option_sets[\"y\"][1].id: is missing\n"
  "questions[0].plan_of_action: must be true or false\n"
  "questions[0].required: must be true or false\n"
  "questions[1].options: needs an option “not-met”\n"
  "questions[1].options: has an option “partial”, for which there is no deduction\n"
  "questions[1].no_deduction_if: must be a text\n"
  "questions[1].required: must be true or false";

static void
test_structures (void)
{
  static const struct
  {
    const char *text;
    const char *faults;
  } cases[] = {
    { weighted, weighted_faults }, { repeated, repeated_faults },   { maturity, maturity_faults },
    { profile, profile_faults },   { deduction, deduction_faults },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *faults = questionnaire_faults (cases[i].text);

      g_assert_cmpstr (faults, ==, cases[i].faults);
    }
}

/* What the words and answers below are of. */
static const char good[] =
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'profile'},"
  " 'option_sets': {'u': [{'id': 'n'}, {'id': 'y'}], 'v': [{'id': 'n'}, {'id': 'y'}]},"
  " 'sections': [{'id': 's'}, {'id': 't'}, {'id': 'r', 'for_each': 'i'}],"
  " 'profiles': [{'id': 'p1', 'targets': {'a': 1}}, {'id': 'p2', 'targets': {'a': 2}}],"
  " 'questions': [{'id': 'z0', 'section': 't', 'kind': 'text'},"
  " {'id': 'a', 'section': 's', 'severity': 'low', 'effort': 'low', 'kind': 'level', 'minimum': 0,"
  "  'maximum': 2, 'labels': 'w', 'evidence': true, 'tips': [{'id': 't1'}, {'id': 't2'}, {'id': 't3'}],"
  "  'recommendations': [{'id': 'r1', 'when': {'not': {'pattern': {'z0': [1]}}}}, {'id': 'r2'}]},"
  " {'id': 'b', 'section': 's', 'severity': 'low', 'effort': 'low', 'kind': 'level', 'minimum': 0, 'maximum': 2},"
  " {'id': 'c', 'section': 's', 'kind': 'choice', 'options': 'u'},"
  " {'id': 'd', 'section': 's', 'kind': 'choice', 'options': 'v'},"
  " {'id': 'e', 'section': 's', 'kind': 'choices', 'options': [{'id': 'n'}, {'id': 'm'}, {'id': 'y'}]},"
  " {'id': 'i', 'section': 's', 'kind': 'instances', 'most': 3},"
  " {'id': 'j', 'section': 's', 'kind': 'instances', 'most': 4}, {'id': 'k', 'section': 'r', 'kind': 'text'},"
  " {'id': 'l', 'section': 's', 'kind': 'text'}]}";

#define TITLED "{'title': 'T', 'summary': 'S'}"
#define ASKED "'question': 'Q', 'why': 'W', 'done': 'D', 'next': 'N'"

static const char words[] =
  "{'format': 1, 'questionnaire': 'q', 'language': 'en', 'version': '1', 'title': 'T', 'summary': 'S',"
  " 'option_sets': {'u': {'n': 'N', 'y': 1}, 'v': {'n': 'N'}, 'w': {'0': '0', '1': '1', '3': '3', '4': '4'}, 'x': {}},"
  " 'sections': {'s': " TITLED ", 't': {'title': '', 'x': 'X'}, 'u': {}, 'v': 1, 'r': " TITLED "},"
  " 'profiles': {'p1': " TITLED ", 'p2': {}, 'p3': {}, 'p4': {}},"
  " 'questions': {'a': {" ASKED ", 'evidence': 'E', 'tips': {'t1': 'T', 't3': 1, 't4': '', 't5': ''},"
  "  'recommendations': {'r1': 'R', 'r3': 1, 'r4': ''}, 'options': {'0': 'O', '1': 1, '2': 2, '3': '3', 'x': ''}},"
  "  'b': {" ASKED ", 'evidence': 'E', 'tips': {}, 'x': 1}, 'd': {'question': '', 'evidence': 1, 'why': 1},"
  "  'e': {'question': 'Q', 'options': {'n': 'N', 'z': 'Z'}}, 'i': 1, 'j': {'question': 'Q'}, 'k': {'question':"
  " 'Q'}, 'l': {},"
  "  'y': {}, 'z': {}}, 'levels': {'a': {}, 'b': {}}}";

static const char words_faults[] =
  "option_sets[\"u\"][\"y\"]: must be a text\n"
  "option_sets[\"v\"][\"y\"]: is missing\n"
  "option_sets[\"w\"][\"2\"]: is missing\n"
  "option_sets[\"w\"][\"3\"]: is not in the questionnaire\n"
  "option_sets[\"w\"][\"4\"]: is not in the questionnaire\n"
  "option_sets[\"x\"]: is not in the questionnaire\n"
  "sections[\"t\"].summary: is missing\n"
  "sections[\"t\"].title: must not be empty\n"
  "sections[\"t\"].x: is not known here\n"
  "sections[\"u\"]: is not in the questionnaire\n"
  "sections[\"v\"]: is not in the questionnaire\n"
  "profiles[\"p2\"].title: is missing\n"
  "profiles[\"p2\"].summary: is missing\n"
  "profiles[\"p3\"]: is not in the questionnaire\n"
  "profiles[\"p4\"]: is not in the questionnaire\n"
  "questions[\"z0\"]: is missing\n"
  "questions[\"c\"]: is missing\n"
  "questions[\"a\"].tips[\"t2\"]: is missing\n"
  "questions[\"a\"].tips[\"t3\"]: must be a text\n"
  "questions[\"a\"].tips[\"t4\"]: is not in the questionnaire\n"
  "questions[\"a\"].tips[\"t5\"]: is not in the questionnaire\n"
  "questions[\"a\"].recommendations[\"r2\"]: is missing\n"
  "questions[\"a\"].recommendations[\"r3\"]: must be a text\n"
  "questions[\"a\"].recommendations[\"r3\"]: is not in the questionnaire\n"
  "questions[\"a\"].recommendations[\"r4\"]: is not in the questionnaire\n"
  "questions[\"a\"].options[\"1\"]: must be a text\n"
  "questions[\"a\"].options[\"2\"]: must be a text\n"
  "questions[\"a\"].options[\"3\"]: is not in the questionnaire\n"
  "questions[\"a\"].options[\"x\"]: is not in the questionnaire\n"
  "questions[\"b\"].evidence: is not in the questionnaire\n"
  "questions[\"b\"].x: is not known here\n"
  "questions[\"d\"].question: must not be empty\n"
  "questions[\"d\"].evidence: must be a text\n"
  "questions[\"d\"].evidence: is not in the questionnaire\n"
  "questions[\"d\"].why: must be a text\n"
  "questions[\"e\"].options[\"m\"]: is missing\n"
  "questions[\"e\"].options[\"y\"]: is missing\n"
  "questions[\"e\"].options[\"z\"]: is not in the questionnaire\n"
  "questions[\"i\"]: must be an object\n"
  "questions[\"l\"].question: is missing\n"
  "questions[\"y\"]: is not in the questionnaire\n"
  "questions[\"z\"]: is not in the questionnaire\n"
  "levels[\"a\"]: is not in the questionnaire\n"
  "levels[\"b\"]: is not in the questionnaire";

static const char answers[] =
  "{'questionnaire': 'q', 'answers': {'a': {'value': 1, 'target': 2, 'note': 'n'}, 'b': {'value': 1, 'target': 7,"
  "  'x': 1}, 'c': {'value': 'n', 'target': 'y', 'names': {}}, 'd': {'value': 'n', 'note': 1}, 'e': ['n', 'y', 'n',"
  " 'z'],"
  "  'i': {'value': ['one', 'two'], 'names': {'one': 'One', 'six': '6', 'two': 1}, 'x': 1},"
  "  'j': ['one', 'two', 'one', 'a b', 'four'],"
  "  'k@one': {'not_applicable': 'r', 'x': 1}, 'k@two': {'unknown': false}, 'k': 'x', 'l@one': 'x', 'z@one': 'x',"
  "  'y': 1}, 'targets': {'b': 1, 'c': 'y', 'a': 0, 'z': 1}, 'x': 1}";

static const char answers_faults[] =
  "answers[\"b\"].target: must be at most 2\n"
  "answers[\"b\"].x: is not known here\n"
  "answers[\"c\"].target: this question takes no target\n"
  "answers[\"c\"].names: belongs to the kind instances only\n"
  "answers[\"d\"].note: must be a text\n"
  "answers[\"e\"][2]: is there twice\n"
  "answers[\"e\"][3]: “z” is no option of this question\n"
  "answers[\"i\"].names[\"six\"]: is none of the instances\n"
  "answers[\"i\"].names[\"two\"]: must be a text\n"
  "answers[\"i\"].x: is not known here\n"
  "answers[\"j\"]: must have at most 4 entries\n"
  "answers[\"j\"][2]: is there twice\n"
  "answers[\"j\"][3]: must be 1 to 64 letters, digits, “.”, “_” or “-”, a letter or digit first\n"
  "answers[\"k@one\"].x: is not known here\n"
  "answers[\"k@two\"].unknown: must be true\n"
  "answers[\"k\"]: is asked for each instance: “k@” and the instance's id\n"
  "answers[\"l@one\"]: is asked once, not for an instance\n"
  "answers[\"z@one\"]: is no question of this questionnaire\n"
  "answers[\"y\"]: is no question of this questionnaire\n"
  "targets[\"c\"]: this question takes no target\n"
  "targets[\"a\"]: has a target among the answers already\n"
  "targets[\"z\"]: is no question of this questionnaire\n"
  "x: is not known here";

static void
test_words (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (good);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autofree char *json = quoted (words);
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autofree char *text = NULL;

  g_assert_null (posture_words_new (questionnaire, bytes, NULL, NULL, faults));
  text = posture_faults_to_text (faults);
  g_assert_cmpstr (text, ==, words_faults);
}

static void
test_answers (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (good);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autofree char *json = quoted (answers);
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autofree char *text = NULL;

  g_assert_null (posture_answers_new_from_file_bytes (bytes, NULL, questionnaire, faults));
  text = posture_faults_to_text (faults);
  g_assert_cmpstr (text, ==, answers_faults);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fault-places/structures", test_structures);
  g_test_add_func ("/fault-places/words", test_words);
  g_test_add_func ("/fault-places/answers", test_answers);
  return g_test_run ();
}
