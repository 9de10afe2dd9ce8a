/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include <string.h>

#define RATED "'section': 's', 'weight': 1, 'severity': 'low', 'effort': 'low'"

static const char questions[] =
  "{'id': '1.A', " RATED ", 'kind': 'choice', 'options': [{'id': 'n', 'credit': 0}, {'id': 'y',"
  " 'credit': 1}]},"
  "{'id': 'm', " RATED ", 'kind': 'choices', 'options': [{'id': 'none', 'credit': 0,"
  " 'exclusive': true},"
  " {'id': 'a', 'credit': 0.5}, {'id': 'b', 'credit': 0.5}]},"
  "{'id': 'y', " RATED ", 'kind': 'yes-no'},"
  "{'id': 'l', " RATED ", 'kind': 'level', 'minimum': -1, 'maximum': 3},"
  "{'id': 'w', 'section': 's', 'kind': 'number', 'minimum': 0, 'maximum': 10},"
  "{'id': 'd', 'section': 's', 'kind': 'number', 'minimum': -1.25, 'places': 2},"
  "{'id': 'x', 'section': 's', 'kind': 'number', 'places': 6},"
  "{'id': 't', 'section': 's', 'kind': 'text', 'max_length': 3},"
  "{'id': 'long', 'section': 's', 'kind': 'text', 'max_length': 4000},"
  "{'id': 'day', 'section': 's', 'kind': 'date'}";

typedef struct
{
  const char *question;
  const char *answer;
  const char *canonical; /* or NULL */
  const char *error;
} Case;

static const Case cases[] = {
  { "1.A", "'y'", "'y'", NULL },
  { "1.A", "{'value': 'y'}", "'y'", NULL },
  { "1.A", "{'value': 'y', 'note': 'n'}", "{'note':'n','value':'y'}", NULL },
  { "1.A", "{'value': 'y', 'note': ''}", "'y'", NULL },
  { "1.A", "{'unknown': true}", "{'unknown':true}", NULL },
  { "1.A", "{'unknown': true, 'note': 'n'}", "{'note':'n','unknown':true}", NULL },
  { "1.A", "{'not_applicable': 'why'}", "{'not_applicable':'why'}", NULL },
  { "1.A", "'z'", NULL, "“z” is no option of this question" },
  { "1.A", "0.3", NULL, "“0.3” is no option of this question" },
  { "1.A", "true", NULL, "must be a text" },
  { "1.A", "['y']", NULL, "must be a text" },
  { "1.A", "null", NULL, "must be a value; leave out what is not answered" },
  { "1.A", "{'value': null}", NULL, "value: must be a value; leave out what is not answered" },
  { "1.A", "{'value': {}}", NULL, "value: must be a value; leave out what is not answered" },
  { "1.A", "{'value': 'z', 'note': 1, 'flag': 2}", NULL,
    "value: “z” is no option of this question\nnote: must be a text\nflag: is not known here" },
  { "1.A", "{}", NULL, "needs one of value, unknown, not_applicable" },
  { "1.A", "{'note': 'n'}", NULL, "needs one of value, unknown, not_applicable" },
  { "1.A", "{'value': 'y', 'unknown': true}", NULL, "needs one of value, unknown, not_applicable" },
  { "1.A", "{'unknown': false}", NULL, "unknown: must be true" },
  { "1.A", "{'unknown': 1}", NULL, "unknown: must be true or false" },
  { "1.A", "{'not_applicable': ' '}", NULL, "not_applicable: must not be empty" },
  { "1.A", "{'not_applicable': true}", NULL, "not_applicable: must be a text" },
  { "m", "['b', 'a']", "['a','b']", NULL },
  { "m", "['none']", "['none']", NULL },
  { "m", "[]", NULL, "needs at least one option" },
  { "m", "'a'", NULL, "must be a list" },
  { "m", "['a', 1, 'z', 'a']", NULL,
    "[1]: “1” is no option of this question\n[2]: “z” is no option of this question\n[3]: is there twice" },
  { "m", "['a', 'none']", NULL, "“none” cannot be chosen beside another option" },
  { "y", "true", "true", NULL },
  { "y", "false", "false", NULL },
  { "y", "'yes'", NULL, "must be true or false" },
  { "l", "-1", "-1", NULL },
  { "l", "3.0", "3", NULL },
  { "l", "4", NULL, "must be at most 3" },
  { "l", "-2", NULL, "must be at least -1" },
  { "l", "1.5", NULL, "must be a whole number" },
  { "l", "'1'", NULL, "must be a number" },
  { "w", "10", "10", NULL },
  { "w", "-0", "0", NULL },
  { "w", "1e1", NULL, "must be a whole number" },
  { "w", "11", NULL, "must be at most 10" },
  { "d", "1.50", "1.5", NULL },
  { "d", "1.500", "1.5", NULL },
  { "d", "-1.25", "-1.25", NULL },
  { "d", "1.505", NULL, "must be a number with at most 2 decimal places" },
  { "d", "-1.26", NULL, "must be at least -1.25" },
  { "d", "1000000000", "1000000000", NULL },
  { "d", "1000000000.01", NULL, "must be at most 1000000000" },
  { "d", "99999999999999999999", NULL, "must be a number with at most 2 decimal places" },
  { "x", "0.000001", "0.000001", NULL },
  { "x", "-999999999.999999", "-999999999.999999", NULL },
  { "x", "-1000000001", NULL, "must be at least -1000000000" },
  { "t", "'äöü'", "'äöü'", NULL },
  { "t", "'abcd'", NULL, "must have at most 3 characters" },
  { "t", "''", NULL, "must not be empty" },
  { "t", "1", NULL, "must be a text" },
  { "day", "'2024-02-29'", "'2024-02-29'", NULL },
  { "day", "'2023-02-29'", NULL, "must be a day that exists, as YYYY-MM-DD" },
  { "day", "20240229", NULL, "must be a text" },
};

static void
test_answers (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (questions);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = quoted (cases[i].answer);
      g_autofree char *expected = cases[i].canonical != NULL ? quoted (cases[i].canonical) : NULL;
      g_autofree char *text = NULL;
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
      g_autoptr (GError) error = NULL;
      PostureQuestion *question = posture_questionnaire_find_question (questionnaire,
                                                                       cases[i].question);
      g_autoptr (PostureAnswer) answer = posture_answer_new_from_text (json, question, &error);

      g_test_message ("case %u: %s %s", i, cases[i].question, cases[i].answer);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].error);
      g_assert_true ((answer != NULL) == (expected != NULL));
      if (answer == NULL)
        continue;
      posture_answer_write (answer, writer, TRUE);
      text = posture_json_writer_finish_text (writer);
      g_assert_cmpstr (text, ==, expected);
    }
}

/* The longest that goes, and one more. */
static void
check_length (const char *form,
              const char *question,
              gsize       length,
              gboolean    good)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (questions);
  g_autofree char *filler = g_strnfill (length, 'x');
  g_auto (GStrv) parts = g_strsplit (form, "*", 2);
  g_autofree char *text = g_strconcat (parts[0], filler, parts[1], NULL);
  g_autofree char *json = quoted (text);
  g_autoptr (PostureAnswer) answer = posture_answer_new_from_text (
    json, posture_questionnaire_find_question (questionnaire, question), NULL);

  g_assert_true ((answer != NULL) == good);
}

static void
test_bounds (void)
{
  check_length ("{'unknown': true, 'note': '*'}", "y", POSTURE_ANSWER_MAX_NOTE, TRUE);
  check_length ("{'unknown': true, 'note': '*'}", "y", POSTURE_ANSWER_MAX_NOTE + 1, FALSE);
  check_length ("{'not_applicable': '*'}", "y", POSTURE_ANSWER_MAX_REASON, TRUE);
  check_length ("{'not_applicable': '*'}", "y", POSTURE_ANSWER_MAX_REASON + 1, FALSE);
  check_length ("'*'", "long", 4000, TRUE);
  check_length ("'*'", "long", 4001, FALSE);
}

/* 4,000 characters can be more bytes than a value may have. */
static void
test_bytes (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (questions);
  PostureQuestion *question = posture_questionnaire_find_question (questionnaire, "long");

  for (guint extra = 0; extra < 2; extra++)
    {
      g_autofree char *filler = g_strnfill (POSTURE_ANSWER_MAX_VALUE - 2 - 2 * 1000 + extra, 'x');
      g_autoptr (GString) text = g_string_new ("\"");
      g_autoptr (GError) error = NULL;
      g_autoptr (PostureAnswer) answer = NULL;

      for (guint i = 0; i < 1000; i++)
        g_string_append (text, "ä");
      g_string_append_printf (text, "%s\"", filler);
      answer = posture_answer_new_from_text (text->str, question, &error);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==,
                       extra == 0 ? NULL : "must have at most 4096 bytes");
      g_assert_true ((answer == NULL) == (extra > 0));
    }
}

static void
test_getters (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAnswer) value = posture_answer_new_from_text ("{\"value\":[1, 2],"
                                                                  "\"note\":\"n\"}", NULL, &error);
  g_autoptr (PostureAnswer) same = posture_answer_ref (value);
  g_autoptr (PostureAnswer) bare = posture_answer_new_from_text ("[1,2]", NULL, &error);
  g_autoptr (PostureAnswer) unknown = posture_answer_new_from_text ("{\"unknown\":true}", NULL,
                                                                    &error);
  g_autoptr (PostureAnswer) reason = posture_answer_new_from_text ("{\"not_applicable\":\"r\"}",
                                                                   NULL, &error);
  PostureAnswer *broken;

  g_assert_no_error (error);
  g_assert_cmpint (posture_answer_get_kind (value), ==, POSTURE_ANSWER_VALUE);
  g_assert_cmpint (posture_answer_get_kind (unknown), ==, POSTURE_ANSWER_UNKNOWN);
  g_assert_cmpint (posture_answer_get_kind (reason), ==, POSTURE_ANSWER_NOT_APPLICABLE);
  g_assert_cmpuint (posture_json_node_get_length (posture_answer_get_value (value)), ==, 2);
  g_assert_cmpstr (posture_answer_get_value_text (value), ==, "[1,2]");
  g_assert_null (posture_answer_get_value (unknown));
  g_assert_cmpstr (posture_answer_get_note (value), ==, "n");
  g_assert_cmpstr (posture_answer_get_reason (reason), ==, "r");
  g_assert_true (posture_answer_equal (value, same));
  g_assert_false (posture_answer_equal (value, bare));
  g_assert_false (posture_answer_equal (unknown, reason));
  g_assert_false (posture_answer_equal (NULL, reason));
  g_assert_true (posture_answer_equal (NULL, NULL));
  broken = posture_answer_new_from_text ("{", NULL, &error);
  g_assert_null (broken);
  g_assert_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_SYNTAX);
}

typedef struct
{
  const char *text;
  const char *faults;
} FileCase;

static const FileCase file_cases[] = {
  { "{'questionnaire': 'q', 'answers': {}}", "" },
  { "[]", "a.json: must be an object" },
  { "{}", "a.json: questionnaire: is missing\na.json: answers: is missing" },
  { "{'questionnaire': 'r', 'answers': [], 'by': 1}",
    "a.json: questionnaire: must be “q”\na.json: answers: must be an object\n"
    "a.json: by: is not known here" },
  { "{'questionnaire': 'q', 'answers': {'1.A': 'z', 'nope': 1, 'm': ['a', 'z'],"
    " 'y': {'value': 1}}}",
    "a.json: answers[\"1.A\"]: “z” is no option of this question\n"
    "a.json: answers[\"nope\"]: is no question of this questionnaire\n"
    "a.json: answers[\"m\"][1]: “z” is no option of this question\n"
    "a.json: answers[\"y\"].value: must be true or false" },
};

static void
test_file_faults (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (questions);

  for (guint i = 0; i < G_N_ELEMENTS (file_cases); i++)
    {
      g_autofree char *json = quoted (file_cases[i].text);
      g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
      g_autoptr (PostureFaults) faults = posture_faults_new ();
      g_autoptr (PostureAnswers) answers
        = posture_answers_new_from_file_bytes (bytes, "a.json", questionnaire, faults);
      g_autofree char *text = posture_faults_to_text (faults);

      g_assert_cmpstr (text, ==, file_cases[i].faults);
      g_assert_true ((answers == NULL) == (*text != '\0'));
    }
}

#define FILE_TEXT \
  "{\"answers\":{\"1.A\":{\"note\":\"n\",\"value\":\"y\"},\"m\":[\"a\",\"b\"]," \
  "\"t\":{\"unknown\":true}," \
  "\"y\":{\"not_applicable\":\"r\",\"note\":\"m\"}},\"questionnaire\":\"q\"}"

static void
test_file (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (questions);
  g_autoptr (GBytes) bytes = g_bytes_new_static (FILE_TEXT, strlen (FILE_TEXT));
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureAnswers) answers
    = posture_answers_new_from_file_bytes (bytes, NULL, questionnaire, faults);
  g_autoptr (PostureAnswers) unchecked = posture_answers_new_from_file_bytes (bytes, NULL, NULL,
                                                                              faults);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = posture_answers_peek_questionnaire (bytes, &error);
  g_autofree char *canonical = NULL;
  g_autofree char *same = NULL;
  g_autoptr (GBytes) file = NULL;

  g_assert_cmpuint (posture_faults_get_length (faults), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "q");
  file = posture_answers_to_file_bytes (answers, "q");
  g_assert_cmpmem (g_bytes_get_data (file, NULL), g_bytes_get_size (file), FILE_TEXT,
                   strlen (FILE_TEXT));
  canonical = posture_answers_to_canonical (answers);
  g_assert_cmpstr (canonical, ==, "{\"1.A\":\"y\",\"m\":[\"a\",\"b\"],\"t\":{\"unknown\":true},"
                                  "\"y\":{\"not_applicable\":\"r\"}}");
  same = posture_answers_to_canonical (unchecked);
  g_assert_cmpstr (same, ==, canonical);
}

static void
test_peek_faults (void)
{
  static const char *const texts[] = { "{", "[]", "{\"answers\": {}}",
                                       "{\"questionnaire\": \"a b\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (posture_answers_peek_questionnaire (bytes, &error));
      g_assert_true (error->domain == POSTURE_MODEL_ERROR);
      g_assert_cmpint (error->code, ==,
                       i == 0 ? POSTURE_MODEL_ERROR_SYNTAX : POSTURE_MODEL_ERROR_INVALID);
    }
}

static void
test_node_faults (void)
{
  g_autoptr (PostureJsonDocument) list = posture_json_document_new_text ("[]", NULL);
  g_autoptr (PostureJsonDocument) map = posture_json_document_new_text ("{\"z\":1,\"y\":2}", NULL);
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (questions);
  g_autoptr (GError) error = NULL;

  g_assert_null (posture_answers_new_from_node (posture_json_document_get_root (list), NULL,
                                                &error));
  g_assert_cmpstr (error->message, ==, "must be an object");
  g_clear_error (&error);
  g_assert_null (posture_answers_new_from_node (posture_json_document_get_root (map),
                                                questionnaire, &error));
  g_assert_cmpstr (error->message, ==, "answers[\"z\"]: is no question of this questionnaire\n"
                                       "answers[\"y\"]: must be true or false");
}

static void
test_set (void)
{
  g_autoptr (PostureAnswers) answers = posture_answers_new ();
  g_autoptr (PostureAnswers) same = posture_answers_ref (answers);
  g_autoptr (PostureAnswer) one = posture_answer_new_from_text ("1", NULL, NULL);
  g_autoptr (PostureAnswer) two = posture_answer_new_from_text ("2", NULL, NULL);
  g_autoptr (PostureAnswers) copy = NULL;
  g_auto (GStrv) ids = NULL;
  static const char *const expected[] = { "a", "b.1", NULL };

  posture_answers_set (answers, "b.1", one);
  posture_answers_set (answers, "a", one);
  posture_answers_set (answers, "a", two);
  posture_answers_set (answers, "c", NULL);
  copy = posture_answers_copy (answers);
  ids = posture_answers_dup_questions (copy);
  g_assert_cmpstrv (ids, expected);
  posture_answers_set (answers, "a", NULL);
  g_assert_cmpuint (posture_answers_get_length (same), ==, 1);
  g_assert_null (posture_answers_get (answers, "a"));
  g_assert_true (posture_answers_get (copy, "a") == two);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answers/answers", test_answers);
  g_test_add_func ("/answers/bounds", test_bounds);
  g_test_add_func ("/answers/bytes", test_bytes);
  g_test_add_func ("/answers/getters", test_getters);
  g_test_add_func ("/answers/file-faults", test_file_faults);
  g_test_add_func ("/answers/file", test_file);
  g_test_add_func ("/answers/peek-faults", test_peek_faults);
  g_test_add_func ("/answers/node-faults", test_node_faults);
  g_test_add_func ("/answers/set", test_set);
  return g_test_run ();
}
