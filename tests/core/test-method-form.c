/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/words.h"

#include <string.h>

/* What each method wants of a questionnaire, sets of options, and labels. */

#define FRAME(method, sets, questions) \
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': " method ", " sets \
  "'sections': [{'id': 's'}], 'questions': [" questions "]}"
#define HEAD(id) "'id': '" id "', 'section': 's', 'severity': 'low', 'effort': 'low', "
#define DEDUCTION(minimum) "{'id': 'deduction', 'start': 10, 'minimum': " minimum "}"
#define STATUSES "[{'id': 'met'}, {'id': 'not-met'}]"
#define THREE "[{'id': 'met'}, {'id': 'partial'}, {'id': 'not-met'}]"
#define D(minimum, more) FRAME (DEDUCTION (minimum), "", "{" HEAD ("a") "'kind': 'choice', " more "}")
#define SETS(sets) "'option_sets': {" sets "}, "
#define CREDITS "[{'id': 'n', 'credit': 0}, {'id': 'y', 'credit': 1}]"
#define M(id, maturity) \
  "{" HEAD (id) "'kind': 'choice', 'maturity': " maturity ", 'options': " CREDITS "}"
#define MATURITY(questions) FRAME ("{'id': 'maturity'}", "", questions)
#define PROFILE(questions) FRAME ("{'id': 'profile'}", "", questions)
#define LEVEL(id, maximum) \
  "{" HEAD (id) "'kind': 'level', 'minimum': 0, 'maximum': " maximum "}"
#define WEIGHTED "{'id': 'weighted', 'levels': [{'id': 'low', 'from': 0}]}"
#define W(sets, more) FRAME (WEIGHTED, sets, "{" HEAD ("a") "'weight': 1, " more "}")

typedef struct
{
  const char *text;
  const char *faults;
} Case;

static const Case cases[] = {
  /* deduction */
  { D ("5", "'deduction': {'full': 5}, 'options': " STATUSES), "" },
  { D ("5", "'deduction': {'full': 5, 'partial': 3}, 'options': " THREE), "" },
  { D ("10", "'deduction': {'required': true}, 'options': " STATUSES), "" },
  { FRAME ("{'id': 'deduction'}", "", "{" HEAD ("a") "'kind': 'choice', 'deduction':"
           " {'full': 5}, 'options': " STATUSES "}"),
    "method.start: is missing\nmethod.minimum: is missing" },
  { FRAME ("{'id': 'deduction', 'start': -1, 'minimum': 0.5, 'levels': []}", "", "{" HEAD ("a")
           "'kind': 'choice', 'deduction': {'full': 5}, 'options': " STATUSES "}"),
    "method.start: must be a whole number from 0 to 1000000\n"
    "method.minimum: must be a whole number from -1000000 to 1000000\n"
    "method.levels: is not known here" },
  { FRAME ("{'id': 'deduction', 'start': 0, 'minimum': -1000}", "", "{" HEAD ("a") "'kind': 'choice', 'deduction':"
           " {'full': 1000, 'partial': 999}, 'options': " THREE "}"), "" },
  { FRAME ("{'id': 'deduction', 'start': 1000000, 'minimum': 999999}", "", "{" HEAD ("a") "'kind': 'choice',"
           " 'deduction': {'full': 1}, 'options': " STATUSES "}"), "" },
  { FRAME ("{'id': 'deduction', 'start': 1000001, 'minimum': 1000001}", "", "{" HEAD ("a") "'kind': 'choice',"
           " 'deduction': {'full': 1001}, 'options': " STATUSES "}"),
    "method.start: must be a whole number from 0 to 1000000\n"
    "method.minimum: must be a whole number from -1000000 to 1000000\n"
    "questions[0].deduction.full: must be a whole number from 1 to 1000" },
  { D ("6", "'deduction': {'full': 5}, 'options': " STATUSES),
    "method.minimum: must be 5, the start less all full deductions" },
  /* what has nothing to do with the sum does not hide it; a deduction that is not known does */
  { FRAME (DEDUCTION ("6"), "", "{'id': 'a', 'section': 'x', 'kind': 'choice', 'severity': 'dire', 'effort':"
           " 'low', 'weight': 1, 'deduction': {'full': 5}, 'options': [{'id': 'met'}, {'id': 'not-met'},"
           " {'id': 'perhaps'}]}"),
    "method.minimum: must be 5, the start less all full deductions\n"
    "questions[0].section: “x” is not among the sections\n"
    "questions[0].severity: must be one of low, medium, high, critical\n"
    "questions[0].weight: has no effect with the method deduction\n"
    "questions[0].options: “perhaps” is none of met, not-met, partial, na, temporary-deficiency,"
    " enduring-exception" },
  { D ("6", "'deduction': {'full': 5}, 'options': [{}, {'id': 'perhaps'}]"),
    "method.minimum: must be 5, the start less all full deductions\n"
    "questions[0].options: “perhaps” is none of met, not-met, partial, na, temporary-deficiency,"
    " enduring-exception\n"
    "questions[0].options[0].id: is missing" },
  { D ("6", "'deduction': {'full': 5000}, 'options': " STATUSES),
    "questions[0].deduction.full: must be a whole number from 1 to 1000" },
  { D ("10", "'options': " STATUSES), "questions[0].deduction: is missing" },
  { D ("10", "'deduction': 5, 'options': " STATUSES),
    "questions[0].deduction: must be an object" },
  { D ("10", "'deduction': {}, 'options': " STATUSES),
    "questions[0].deduction: needs one of full and required" },
  { D ("5", "'deduction': {'full': 5, 'required': true}, 'options': " STATUSES),
    "questions[0].deduction: needs one of full and required" },
  { D ("5", "'deduction': {'full': 0, 'partial': 0, 'x': 1}, 'options': " THREE),
    "questions[0].deduction.full: must be a whole number from 1 to 1000\n"
    "questions[0].deduction.partial: must be a whole number from 1 to 999\n"
    "questions[0].deduction.x: is not known here" },
  { D ("5", "'deduction': {'full': 5, 'partial': 5}, 'options': " THREE),
    "questions[0].deduction.partial: must be a whole number from 1 to 4" },
  { D ("5", "'deduction': {'full': 5}, 'options': " THREE),
    "questions[0].options: has an option “partial”, for which there is no deduction" },
  { D ("5", "'deduction': {'full': 5, 'partial': 1}, 'options': " STATUSES),
    "questions[0].options: needs an option “partial”" },
  { D ("5", "'deduction': {'full': 5}, 'options': [{'id': 'met'}, {'id': 'perhaps'}]"),
    "questions[0].options: “perhaps” is none of met, not-met, partial, na, temporary-deficiency,"
    " enduring-exception\nquestions[0].options: needs an option “not-met”" },
  { D ("5", "'deduction': {'full': 5}, 'weight': 2, 'options': [{'id': 'met', 'credit': 1},"
       " {'id': 'not-met'}]"),
    "questions[0].weight: has no effect with the method deduction\n"
    "questions[0].options[0].credit: has no effect with the method deduction" },
  { D ("5", "'deduction': {'full': 5}, 'maturity': 1, 'no_deduction_if': 'a b',"
       " 'plan_of_action': 1, 'options': " STATUSES),
    "questions[0].maturity: belongs to another method\n"
    "questions[0].no_deduction_if: must be 1 to 64 letters, digits, “.”, “_” or “-”, a letter or "
    "digit first\nquestions[0].plan_of_action: must be true or false" },
  { FRAME (DEDUCTION ("10"), "", "{'id': 'a', 'section': 's', 'kind': 'yes-no', 'deduction': {},"
           " 'credit': {'yes': 1, 'no': 0}, 'effort': 'low'}, {'id': 'b', 'section': 's',"
           " 'kind': 'number', 'bands': [{'from': 0, 'credit': 0}, {'from': 1, 'credit': 1}]}"),
    "questions[0].deduction: belongs to rated questions only\n"
    "questions[0].credit: has no effect with the method deduction\n"
    "questions[0].effort: belongs to rated questions only\n"
    "questions[1].bands: has no effect with the method deduction" },
  /* other methods' members */
  { W ("", "'kind': 'yes-no', 'deduction': {'full': 1}, 'maturity': 1, 'plan_of_action': true,"
       " 'no_deduction_if': 'x'"),
    "questions[0].deduction: belongs to another method\n"
    "questions[0].maturity: belongs to another method\n"
    "questions[0].plan_of_action: belongs to another method\n"
    "questions[0].no_deduction_if: belongs to another method" },
  /* maturity */
  { MATURITY (M ("a", "1") ", " M ("b", "3") ", " M ("c", "2")), "" },
  { MATURITY (M ("a", "1") ", " M ("b", "4") ", " M ("c", "2")),
    "questions[1].maturity: must be a whole number from 1 to 3" },
  /* other faults hide nothing of the streams; what can be meant by them is not told */
  { MATURITY (M ("a", "1") ", " M ("b", "2") ", " M ("c", "2") ", " M ("c", "7")),
    "questions[2].maturity: 2 is there twice in “s”\n"
    "questions[3].id: “c” is there twice\n"
    "questions[3].maturity: must be a whole number from 1 to 3" },
  { MATURITY (M ("a", "1") ", " M ("b", "2") ", {'id': 'c', 'section': 'x', 'kind': 'choice', 'maturity': 2,"
              " 'severity': 'low', 'effort': 'low', 'options': " CREDITS "}"),
    "sections: “s” needs a question of each maturity from 1 to 3\n"
    "questions[2].section: “x” is not among the sections" },
  { MATURITY (M ("a", "1") ", " M ("b", "2") ", {'id': 'c', 'section': 'x', 'kind': 'choice', 'maturity': 3,"
              " 'severity': 'low', 'effort': 'low', 'options': " CREDITS "}"),
    "questions[2].section: “x” is not among the sections" },
  { FRAME ("{'id': 'maturity', 'levels': []}", "", M ("a", "1") ", " M ("b", "2")),
    "method.levels: is not known here\nsections: “s” needs a question of each maturity from 1 to 3" },
  { MATURITY (M ("a", "1") ", " M ("b", "2") ", " M ("c", "2")),
    "sections: “s” needs a question of each maturity from 1 to 3\n"
    "questions[2].maturity: 2 is there twice in “s”" },
  { MATURITY ("{" HEAD ("a") "'kind': 'choice', 'options': " CREDITS "}"),
    "questions[0].maturity: is missing" },
  { MATURITY ("{" HEAD ("a") "'kind': 'choice', 'maturity': 1, 'options': [{'id': 'n'},"
              " {'id': 'y', 'credit': 0.5}]}"),
    "sections: “s” needs a question of each maturity from 1 to 3\n"
    "questions[0].options[0].credit: is missing" },
  { MATURITY ("{" HEAD ("a") "'kind': 'choice', 'maturity': 1, 'options': [{'id': 'n',"
              " 'credit': 0}, {'id': 'y', 'credit': 0.5}]}"),
    "sections: “s” needs a question of each maturity from 1 to 3\n"
    "questions[0].options: needs an option with credit 1" },
  { "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'maturity', 'levels': []},"
    " 'sections': [{'id': 's', 'sections': [{'id': 't'}]}], 'questions': [" M ("a", "1") "]}",
    "method.levels: is not known here\nsections: “t” needs a question of each maturity from 1 to 3\n"
    "questions[0].section: “s” has sections in it, and so no questions of its own" },
  { "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'maturity'},"
    " 'sections': [{'id': 's', 'sections': [{'id': 't'}]}], 'questions': [" M ("a", "1") "]}",
    "sections: “t” needs a question of each maturity from 1 to 3\n"
    "questions[0].section: “s” has sections in it, and so no questions of its own" },
  /* profile */
  { PROFILE (LEVEL ("a", "4") ", " LEVEL ("b", "4")), "" },
  { PROFILE (LEVEL ("a", "4") ", " LEVEL ("b", "3")),
    "questions[1].maximum: must have the scale of the question “a”" },
  { PROFILE (LEVEL ("a", "4") ", " LEVEL ("a", "3") ", " LEVEL ("b", "-1")),
    "questions[1].id: “a” is there twice\n"
    "questions[1].maximum: must have the scale of the question “a”\n"
    "questions[2].maximum: must be more than the minimum" },
  /* nobody knows what a method that is not known wants */
  { FRAME ("{'id': 'samm'}", SETS ("'x': [{'id': 'n', 'credit': 2}, {'id': 'y'}]"),
           "{'id': 'a', 'section': 's', 'kind': 'yes-no'}, {'id': 'b', 'section': 's', 'kind': 'choice',"
           " 'maturity': 1, 'options': 'x'}, {'id': 'c', 'section': 's', 'kind': 'level'}"),
    "method.id: “samm” is no method that this version knows; it must be one of weighted, deduction, maturity,"
    " profile\n"
    "questions[2].minimum: is missing\nquestions[2].maximum: is missing" },
  { PROFILE ("{'id': 'a', 'section': 's', 'kind': 'text'}"),
    "questions: needs at least one of the kind level" },
  { PROFILE ("{" HEAD ("a") "'kind': 'level', 'minimum': 0, 'maximum': 4, 'weight': 1,"
             " 'labels': 'a b'}"),
    "questions[0].weight: has no effect with the method profile\n"
    "questions[0].labels: must be 1 to 64 letters, digits, “.”, “_” or “-”, a letter or digit "
    "first" },
  /* sets of options */
  { W (SETS ("'x': " CREDITS), "'kind': 'choice', 'options': 'x'"), "" },
  { W (SETS ("'x': " CREDITS), "'kind': 'choices', 'options': 'x'"), "" },
  { W ("'option_sets': [], ", "'kind': 'yes-no'"), "option_sets: must be an object" },
  { W (SETS ("'x y': 1, 'z': [{'id': 'n', 'credit': 0}]"), "'kind': 'yes-no'"),
    "option_sets[\"x y\"]: is no id\noption_sets[\"x y\"]: must be a list\n"
    "option_sets[\"x y\"]: is used by no question\noption_sets[\"z\"]: needs at least two\n"
    "option_sets[\"z\"]: is used by no question" },
  { W (SETS ("'x': [{'id': 'n'}, {'id': 'n', 'credit': 2}]"), "'kind': 'choice',"
       " 'options': 'x'"),
    "option_sets[\"x\"][0].credit: is missing\noption_sets[\"x\"][1].id: “n” is there twice\n"
    "option_sets[\"x\"][1].credit: must be a number from 0 to 1 with at most 4 decimal places" },
  { W (SETS ("'x': " CREDITS), "'kind': 'choice', 'options': 'y'"),
    "questions[0].options: “y” is not among the option sets" },
  { W (SETS ("'x': [{'id': 'n', 'credit': 0, 'exclusive': true}, {'id': 'y', 'credit': 1}]"),
       "'kind': 'choice', 'options': 'x'"),
    "questions[0].options: has an exclusive option, which belongs to the kind choices only" },
  { W (SETS ("'x': [{'id': 'n', 'credit': 0}, {'id': 'y', 'credit': 0.5}]"),
       "'kind': 'choice', 'options': 'x'"),
    "questions[0].options: needs an option with credit 1" },
  { W ("", "'kind': 'choice', 'options': 1"), "questions[0].options: must be a list" },
};

static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *faults = questionnaire_faults (cases[i].text);

      g_test_message ("case %u: %s", i, cases[i].text);
      g_assert_cmpstr (faults, ==, cases[i].faults);
    }
}

/* 1 + 2 + … sections beside each other make a unit that no mean should have. */
static void
test_uneven (void)
{
  static const guint widths[] = { 7, 11, 13, 17, 19, 23 };
  g_autoptr (GString) sections = g_string_new (NULL);
  g_autoptr (GString) questions = g_string_new (NULL);
  g_autofree char *text = NULL, *faults = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_string_append_printf (sections, "%s{'id': 'w%u', 'sections': [", i > 0 ? ", " : "", i);
      for (guint j = 0; j < widths[i]; j++)
        {
          g_string_append_printf (sections, "%s{'id': 'w%u.%u'}", j > 0 ? ", " : "", i, j);
          for (guint k = 1; k <= 3; k++)
            g_string_append_printf (
              questions, "%s{'id': '%u.%u.%u', 'section': 'w%u.%u', 'kind': 'choice',"
              " 'severity': 'low', 'effort': 'low', 'maturity': %u, 'options': " CREDITS "}",
              questions->len > 0 ? ", " : "", i, j, k, i, j, k);
        }
      g_string_append (sections, "]}");
    }
  text = g_strdup_printf ("{'format': 1, 'id': 'q', 'version': '1.0.0', 'method':"
                          " {'id': 'maturity'}, 'sections': [%s], 'questions': [%s]}",
                          sections->str, questions->str);
  faults = questionnaire_faults (text);
  g_assert_cmpstr (faults, ==, "sections: are divided too unevenly for exact means");
}

/* Two questions share the set n and y; a third has its own options; a level has labels. */
#define SHARED \
  FRAME (WEIGHTED, SETS ("'x': " CREDITS), \
         "{" HEAD ("a") "'weight': 1, 'kind': 'choice', 'options': 'x'}, " \
         "{" HEAD ("b") "'weight': 1, 'kind': 'choice', 'options': 'x'}, " \
         "{" HEAD ("c") "'weight': 1, 'kind': 'choice', 'options': " CREDITS "}, " \
         "{" HEAD ("l") "'weight': 1, 'kind': 'level', 'minimum': 0, 'maximum': 1," \
         " 'labels': 'y'}, " \
         "{" HEAD ("m") "'weight': 1, 'kind': 'level', 'minimum': 1, 'maximum': 2," \
         " 'labels': 'y'}")
#define WORDS(language, sets, options) \
  "{'format': 1, 'questionnaire': 'q', 'language': '" language "', 'version': '1'," \
  " 'title': 'T', 'summary': 'S', 'levels': {'low': {'title': 'L', 'summary': 'L'}}," \
  " 'sections': {'s': {'title': 'S', 'summary': 'S'}}, " sets "'questions': {" \
  "'a': {" TEXTS "}, 'b': {" TEXTS ", 'options': {'y': 'B yes'}}, " \
  "'c': {" TEXTS ", 'options': {" options "}}, 'l': {" TEXTS "}, 'm': {" TEXTS "}}}"
#define TEXTS "'question': 'Q', 'why': 'W', 'done': 'D', 'next': 'N'"
#define GOOD_SETS SETS ("'x': {'n': 'No', 'y': 'Yes'}, 'y': {'0': '-', '1': '+', '2': '++'}")

static PostureWords *
read_words (PostureQuestionnaire  *questionnaire,
            const char            *text,
            PostureWords          *fallback,
            char                 **ret_faults)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autofree char *json = quoted (text);
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  PostureWords *words = posture_words_new (questionnaire, bytes, NULL, fallback, faults);

  *ret_faults = posture_faults_to_text (faults);
  return words;
}

static const Case words_cases[] = {
  { WORDS ("en", GOOD_SETS, "'n': 'n', 'y': 'y'"), "" },
  { WORDS ("en", GOOD_SETS, "'n': 'n'"), "questions[\"c\"].options[\"y\"]: is missing" },
  { WORDS ("en", "", "'n': 'n', 'y': 'y'"), "option_sets: is missing" },
  { WORDS ("en", SETS ("'x': {'n': 1, 'z': 'z'}, 'w': {}"), "'n': 'n', 'y': 'y'"),
    "option_sets[\"y\"]: is missing\noption_sets[\"x\"][\"y\"]: is missing\n"
    "option_sets[\"x\"][\"n\"]: must be a text\n"
    "option_sets[\"x\"][\"z\"]: is not in the questionnaire\n"
    "option_sets[\"w\"]: is not in the questionnaire" },
  { WORDS ("en", SETS ("'x': {'n': 'No', 'y': 'Yes'}, 'y': {'0': '-', '1': '+', '3': '?'}"),
           "'n': 'n', 'y': 'y'"),
    "option_sets[\"y\"][\"2\"]: is missing\n"
    "option_sets[\"y\"][\"3\"]: is not in the questionnaire" },
  { "{'format': 1, 'questionnaire': 'q', 'language': 'de', 'version': '1',"
    " 'option_sets': {'x': {}, 'y': {'0': 'null'}}}", "" },
};

static void
test_words (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (SHARED);

  for (guint i = 0; i < G_N_ELEMENTS (words_cases); i++)
    {
      g_autofree char *faults = NULL;
      g_autoptr (PostureWords) words = read_words (questionnaire, words_cases[i].text, NULL,
                                                   &faults);

      g_test_message ("case %u", i);
      g_assert_cmpstr (faults, ==, words_cases[i].faults);
      g_assert_true ((words == NULL) == (*faults != '\0'));
    }
}

/* A question's own words win, in whatever language they are, since the set's do not fit it. */
static void
test_look_up (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (SHARED);
  g_autofree char *faults = NULL, *german_faults = NULL;
  g_autoptr (PostureWords) english = read_words (questionnaire, words_cases[0].text, NULL, &faults);
  g_autoptr (PostureWords) german = read_words (
    questionnaire, "{'format': 1, 'questionnaire': 'q', 'language': 'de', 'version': '1',"
    " 'option_sets': {'x': {'y': 'Ja'}, 'y': {'2': 'sehr'}}}", english, &german_faults);

  g_assert_cmpstr (posture_words_get_option (english, "a", "y"), ==, "Yes");
  g_assert_cmpstr (posture_words_get_option (english, "b", "y"), ==, "B yes");
  g_assert_cmpstr (posture_words_get_option (english, "b", "n"), ==, "No");
  g_assert_cmpstr (posture_words_get_option (english, "c", "y"), ==, "y");
  g_assert_cmpstr (posture_words_get_option (english, "m", "2"), ==, "++");
  g_assert_cmpstr (posture_words_get_option (german, "a", "y"), ==, "Ja");
  g_assert_cmpstr (posture_words_get_option (german, "a", "n"), ==, "No");
  g_assert_cmpstr (posture_words_get_option (german, "b", "y"), ==, "B yes");
  g_assert_cmpstr (posture_words_get_option (german, "m", "2"), ==, "sehr");
  g_assert_null (posture_words_get_option (german, "none", "2"));
  g_assert_cmpstr (posture_question_get_option_set (
                     posture_questionnaire_find_question (questionnaire, "l")), ==, "y");
  g_assert_null (posture_question_get_option_set (
    posture_questionnaire_find_question (questionnaire, "c")));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/method-form/faults", test_faults);
  g_test_add_func ("/method-form/uneven", test_uneven);
  g_test_add_func ("/method-form/words", test_words);
  g_test_add_func ("/method-form/look-up", test_look_up);
  return g_test_run ();
}
