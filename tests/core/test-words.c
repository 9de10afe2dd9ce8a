/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/words.h"

#include <string.h>

#define STRUCTURE \
  "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'weighted', 'levels':" \
  " [{'id': 'low', 'from': 0}]}, 'sections': [{'id': 's'}], 'questions': [" \
  "{'id': '1.A', 'section': 's', 'kind': 'choice', 'weight': 1, 'severity': 'low'," \
  " 'effort': 'low'," \
  " 'options': [{'id': 'n', 'credit': 0}, {'id': 'y', 'credit': 1}]}," \
  "{'id': 'l', 'section': 's', 'kind': 'level', 'weight': 1, 'severity': 'low', 'effort': 'low'," \
  " 'minimum': 0, 'maximum': 2}," \
  "{'id': 't', 'section': 's', 'kind': 'text'}]}"
#define HEAD "'format': 1, 'questionnaire': 'q', 'language': 'en', 'version': '1', "
#define TITLES "'title': 'T', 'summary': 'S', "
#define LEVELS "'levels': {'low': {'title': 'Low', 'summary': 'Low.'}}, "
#define SECTIONS "'sections': {'s': {'title': 'Sec', 'summary': 'Sec.'}}, "
#define Q_A \
  "'1.A': {'question': 'Q?', 'why': 'W', 'done': 'D', 'next': 'N'," \
  " 'options': {'n': 'No', 'y': 'Yes'}}"
#define Q_L "'l': {'question': 'L?', 'why': 'W', 'done': 'D', 'next': 'N', 'options': {'1': 'one'}}"
#define Q_T "'t': {'question': 'T?'}"
#define QUESTIONS "'questions': {" Q_A ", " Q_L ", " Q_T "}"
#define ENGLISH "{" HEAD TITLES LEVELS SECTIONS QUESTIONS "}"

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

  g_assert_true ((words == NULL) == (posture_faults_get_length (faults) > 0));
  *ret_faults = posture_faults_to_text (faults);
  return words;
}

typedef struct
{
  const char *text;
  const char *faults;
} Case;

static const Case cases[] = {
  { ENGLISH, "" },
  { "1", "must be an object" },
  { "{'language': 'en'}",
    "format: is missing\nquestionnaire: is missing\nversion: is missing\ntitle: is missing\n"
    "summary: is missing\nlevels: is missing\nsections: is missing\nquestions: is missing" },
  { "{'format': 2, 'questionnaire': 'r', 'language': 'English', 'version': '1', 'x': 1}",
    "format: must be a whole number from 1 to 1\nquestionnaire: must be “q”\n"
    "language: must be a language such as en or pt-BR\nx: is not known here" },
  { "{" HEAD "'title': '', 'summary': 1, " LEVELS SECTIONS QUESTIONS "}",
    "title: must not be empty\nsummary: must be a text" },
  { "{" HEAD TITLES "'levels': {'high': {}}, " SECTIONS QUESTIONS "}",
    "levels[\"low\"]: is missing\nlevels[\"high\"]: is not in the questionnaire" },
  { "{" HEAD TITLES "'levels': {'low': {'title': 'x'}}, " SECTIONS QUESTIONS "}",
    "levels[\"low\"].summary: is missing" },
  { "{" HEAD TITLES LEVELS "'sections': {'s': {'name': 'x', 'summary': 'x'}, 'z': 1},"
    " " QUESTIONS "}",
    "sections[\"s\"].title: is missing\nsections[\"s\"].name: is not known here\n"
    "sections[\"z\"]: is not in the questionnaire" },
  { "{" HEAD TITLES LEVELS SECTIONS "'questions': {" Q_A ", " Q_L "}}",
    "questions[\"t\"]: is missing" },
  { "{" HEAD TITLES LEVELS SECTIONS "'questions': {" Q_A ", " Q_L ", 't': 1, 'u': {}}}",
    "questions[\"t\"]: must be an object\nquestions[\"u\"]: is not in the questionnaire" },
  { "{" HEAD TITLES LEVELS SECTIONS "'questions': {'1.A': {'question': 'x'}, " Q_L ", " Q_T "}}",
    "questions[\"1.A\"].why: is missing\nquestions[\"1.A\"].done: is missing\n"
    "questions[\"1.A\"].next: is missing\nquestions[\"1.A\"].options: is missing" },
  { "{" HEAD TITLES LEVELS SECTIONS "'questions': {'1.A': {'question': 'x', 'why': 'x',"
    " 'done': 'x',"
    " 'next': 'x', 'hint': 'x', 'options': {'n': 1, 'z': 'x'}}, " Q_L ", " Q_T "}}",
    "questions[\"1.A\"].hint: is not known here\nquestions[\"1.A\"].options[\"y\"]: is missing\n"
    "questions[\"1.A\"].options[\"n\"]: must be a text\n"
    "questions[\"1.A\"].options[\"z\"]: is not in the questionnaire" },
  { "{" HEAD TITLES LEVELS SECTIONS "'questions': {" Q_A ", " Q_T ", 'l': {'question': 'L?',"
    " 'why': 'W',"
    " 'done': 'D', 'next': 'N', 'options': {'0': 'x', '3': 'x', 'two': 'x'}}}}",
    "questions[\"l\"].options[\"3\"]: is not in the questionnaire\n"
    "questions[\"l\"].options[\"two\"]: is not in the questionnaire" },
  { "{" HEAD TITLES LEVELS SECTIONS "'questions': {" Q_A ", " Q_L ", 't': {'question': 'T?',"
    " 'options': {'x': 'y'}}}}", "questions[\"t\"].options[\"x\"]: is not in the questionnaire" },
  /* another language can have gaps, not strangers */
  { "{'format': 1, 'questionnaire': 'q', 'language': 'de', 'version': '1'}", "" },
  { "{'format': 1, 'questionnaire': 'q', 'language': 'de', 'version': '1', 'questions': {'1.A':"
    " {'options': {'y': 'Ja'}}, 'u': {}}}", "questions[\"u\"]: is not in the questionnaire" },
};

static void
test_faults (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (STRUCTURE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *faults = NULL;
      g_autoptr (PostureWords) words = read_words (questionnaire, cases[i].text, NULL, &faults);

      g_test_message ("case %u", i);
      g_assert_cmpstr (faults, ==, cases[i].faults);
      g_assert_true ((words == NULL) == (*faults != '\0'));
    }
}

static void
test_no_json (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (STRUCTURE);
  g_autofree char *faults = NULL;

  g_assert_null (read_words (questionnaire, "{", NULL, &faults));
  g_assert_true (g_str_has_prefix (faults, "line 1, "));
}

static void
test_english (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (STRUCTURE);
  g_autofree char *faults = NULL;
  g_autoptr (PostureWords) words = read_words (questionnaire, ENGLISH, NULL, &faults);

  g_assert_cmpstr (posture_words_get_language (words), ==, "en");
  g_assert_cmpstr (posture_words_get_version (words), ==, "1");
  g_assert_cmpstr (posture_words_get_title (words), ==, "T");
  g_assert_cmpstr (posture_words_get_summary (words), ==, "S");
  g_assert_cmpstr (posture_words_get_level_title (words, "low"), ==, "Low");
  g_assert_cmpstr (posture_words_get_level_summary (words, "low"), ==, "Low.");
  g_assert_cmpstr (posture_words_get_section_title (words, "s"), ==, "Sec");
  g_assert_cmpstr (posture_words_get_section_summary (words, "s"), ==, "Sec.");
  g_assert_cmpstr (posture_words_get_question (words, "1.A", POSTURE_WORDS_QUESTION), ==, "Q?");
  g_assert_cmpstr (posture_words_get_question (words, "1.A", POSTURE_WORDS_WHY), ==, "W");
  g_assert_cmpstr (posture_words_get_question (words, "1.A", POSTURE_WORDS_DONE), ==, "D");
  g_assert_cmpstr (posture_words_get_question (words, "1.A", POSTURE_WORDS_NEXT), ==, "N");
  g_assert_cmpstr (posture_words_get_option (words, "1.A", "y"), ==, "Yes");
  g_assert_cmpstr (posture_words_get_option (words, "l", "1"), ==, "one");
  g_assert_null (posture_words_get_option (words, "l", "2"));
  g_assert_null (posture_words_get_question (words, "t", POSTURE_WORDS_NEXT));
}

/* Each gap is filled by the next language of the chain. */
static void
test_fallback (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (STRUCTURE);
  g_autofree char *faults = NULL, *faults_de = NULL, *faults_at = NULL;
  g_autoptr (PostureWords) english = read_words (questionnaire, ENGLISH, NULL, &faults);
  g_autoptr (PostureWords) german = read_words (
    questionnaire,
    "{'format': 1, 'questionnaire': 'q', 'language': 'de', 'version': '7', 'title': 'Titel',"
    " 'questions': {'1.A': {'question': 'Frage?', 'options': {'y': 'Ja'}}}}", english, &faults_de);
  g_autoptr (PostureWords) austrian = read_words (
    questionnaire, "{'format': 1, 'questionnaire': 'q', 'language': 'de-AT', 'version': '2',"
    " 'questions': {'1.A': {'options': {'y': 'Jo'}}}}", german, &faults_at);

  g_assert_cmpstr (posture_words_get_language (austrian), ==, "de-AT");
  g_assert_cmpstr (posture_words_get_version (austrian), ==, "2");
  g_assert_cmpstr (posture_words_get_option (austrian, "1.A", "y"), ==, "Jo");
  g_assert_cmpstr (posture_words_get_option (german, "1.A", "y"), ==, "Ja");
  g_assert_cmpstr (posture_words_get_question (austrian, "1.A", POSTURE_WORDS_QUESTION), ==,
                   "Frage?");
  g_assert_cmpstr (posture_words_get_title (austrian), ==, "Titel");
  g_assert_cmpstr (posture_words_get_option (austrian, "1.A", "n"), ==, "No");
  g_assert_cmpstr (posture_words_get_level_title (austrian, "low"), ==, "Low");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/faults", test_faults);
  g_test_add_func ("/words/no-json", test_no_json);
  g_test_add_func ("/words/english", test_english);
  g_test_add_func ("/words/fallback", test_fallback);
  return g_test_run ();
}
