/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/visibility.h"

#define YES_NO(id) \
  "{'id': '" id "', 'section': 's', 'kind': 'yes-no', 'weight': 1, 'severity': 'low'," \
  " 'effort': 'low'}"
#define TEXT(id) "{'id': '" id "', 'section': 's', 'kind': 'text'}"
#define WITH(id, condition) \
  "{'id': '" id "', 'section': 's', 'kind': 'text', 'condition': " condition "}"
#define NOT_3 "{'not': {'not': {'not': "
#define NOT_15 NOT_3 NOT_3 NOT_3 NOT_3 NOT_3
#define END_3 "}}}"
#define END_15 END_3 END_3 END_3 END_3 END_3
#define OR_4 "{'or': [{'or': [{'or': [{'or': ["
#define END_OR_4 "]}]}]}]}"
#define AT_OR_4 ".or[0].or[0].or[0].or[0]"

typedef struct
{
  const char *condition;
  const char *faults;
} FaultCase;

static const FaultCase fault_cases[] = {
  { "1", ": must be an object with one of and, or, not, pattern, regex" },
  { "{}", ": must be an object with one of and, or, not, pattern, regex" },
  { "{'nor': []}", ": must be an object with one of and, or, not, pattern, regex" },
  { "{'and': [], 'or': []}", ": must be an object with one of and, or, not, pattern, regex" },
  { "{'and': {}}", ".and: must be a list" },
  { "{'or': []}", ".or: needs at least one condition" },
  { "{'and': [{'not': 1}]}", ".and[0].not: must be an object with one of and, or, not, pattern,"
    " regex" },
  { "{'pattern': {'z': [true]}}", ".pattern: names “z”, which is no question that stands earlier" },
  { "{'pattern': {'c': [true]}}", ".pattern: names “c”, which is no question that stands earlier" },
  { "{'pattern': {'1.A': {'value': [true]}}}",
    ".pattern: names “1.A.value”, which is no question that stands earlier" },
  { "{'regex': 1}", ".regex: must be an object" },
  { "{'regex': {'question': 't'}}", ".regex.expression: is missing" },
  { "{'regex': {'expression': 'a'}}", ".regex.question: is missing" },
  { "{'regex': {'question': 't', 'expression': '('}}",
    ".regex.expression: is no regular expression" },
  { "{'regex': {'question': 't', 'expression': 'a', 'flags': 'i'}}",
    ".regex.flags: is not known here" },
  { "{'regex': {'question': 'z', 'expression': 'a'}}",
    ".regex.question: names “z”, which is no question that stands earlier" },
  { "{'regex': {'question': '1.A', 'expression': 'a'}}",
    ".regex.question: must be a question of the kind text" },
  { NOT_15 "{'not': {'pattern': {'1.A': [true]}}}" END_15,
    ".not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not"
    ": conditions nest at most 16 deep" },
  { OR_4 OR_4 OR_4 OR_4 "{'pattern': {'1.A': [true]}}" END_OR_4 END_OR_4 END_OR_4 END_OR_4,
    AT_OR_4 AT_OR_4 AT_OR_4 AT_OR_4 ": conditions nest at most 16 deep" },
};

static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fault_cases); i++)
    {
      g_autofree char *question = g_strdup_printf (WITH ("c", "%s"), fault_cases[i].condition);
      g_autofree char *questions = g_strconcat (YES_NO ("1.A") ", " TEXT ("t") ", ", question,
                                                NULL);
      g_autofree char *text = structure_with (questions);
      g_autofree char *faults = questionnaire_faults (text);
      g_autofree char *expected = g_strconcat ("questions[2].condition", fault_cases[i].faults,
                                               NULL);

      g_assert_cmpstr (faults, ==, expected);
    }
}

/* What the pattern language refuses is told with its own words. */
static void
test_pattern_fault (void)
{
  g_autofree char *text = structure_with (YES_NO ("a") ", " WITH ("b", "{'pattern': {'a': 1}}"));
  g_autofree char *faults = questionnaire_faults (text);

  g_assert_true (g_str_has_prefix (faults, "questions[1].condition.pattern: a: "));
}

static void
test_expression_length (void)
{
  for (int extra = 0; extra <= 1; extra++)
    {
      int length = POSTURE_CONDITION_MAX_EXPRESSION + extra;
      g_autofree char *expression = g_strnfill ((gsize) length, 'a');
      g_autofree char *question = g_strdup_printf (
        TEXT ("t") ", " WITH ("b", "{'regex': {'question': 't', 'expression': '%s'}}"), expression);
      g_autofree char *text = structure_with (question);
      g_autofree char *faults = questionnaire_faults (text);

      g_assert_cmpstr (faults, ==, length <= POSTURE_CONDITION_MAX_EXPRESSION
                                     ? ""
                                     : "questions[1].condition.regex.expression: "
                                       "must have at most 200 characters");
    }
}

/* The visible questions as a text of + and -. */
static char *
visible (PostureQuestionnaire *questionnaire,
         const char           *map)
{
  g_autoptr (PostureAnswers) answers = make_answers (questionnaire, map);
  g_autoptr (GArray) array = posture_questionnaire_find_visible (questionnaire, answers);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (array->len, ==, posture_questionnaire_get_n_questions (questionnaire));
  for (guint i = 0; i < array->len; i++)
    g_string_append_c (text, g_array_index (array, gboolean, i) ? '+' : '-');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  const char *questions;
  const char *answers;
  const char *visible;
} Case;

#define CHOICES(id) \
  "{'id': '" id "', 'section': 's', 'kind': 'choices', 'weight': 1, 'severity': 'low'," \
  " 'effort': 'low'," \
  " 'options': [{'id': 'none', 'credit': 0, 'exclusive': true}, {'id': 'x', 'credit': 0.5}," \
  " {'id': 'y', 'credit': 0.5}]}"
/* b is asked after a yes, c after b's yes, d unless c said stop */
#define CHAIN \
  YES_NO ("a") ", {'id': 'b', 'section': 's', 'kind': 'yes-no', 'weight': 1, 'severity': 'low'," \
  " 'effort': 'low', 'condition': {'pattern': {'a': [true]}}}, " \
  WITH ("c", "{'pattern': {'b': [true]}}") ", " \
  WITH ("d", "{'not': {'regex': {'question': 'c', 'expression': '^stop$'}}}")

static const Case cases[] = {
  { CHAIN, "{}", "+--+" },
  { CHAIN, "{'a': true}", "++-+" },
  { CHAIN, "{'a': true, 'b': true}", "++++" },
  { CHAIN, "{'a': true, 'b': true, 'c': 'stop'}", "+++-" },
  { CHAIN, "{'a': true, 'b': true, 'c': 'stopped'}", "++++" },
  /* a hidden answer is kept, and counts for nothing behind it */
  { CHAIN, "{'a': false, 'b': true, 'c': 'stop'}", "+--+" },
  { CHAIN, "{'b': true, 'c': 'stop'}", "+--+" },
  { CHAIN, "{'a': true, 'b': false, 'c': 'stop'}", "++-+" },
  /* a dotted id is one path, either way */
  { YES_NO ("1.A") ", " WITH ("b", "{'pattern': {'1.A': [true]}}"), "{'1.A': true}", "++" },
  { YES_NO ("1.A") ", " WITH ("b", "{'pattern': {'1': {'A': [true]}}}"), "{'1.A': true}", "++" },
  { YES_NO ("1.A") ", " WITH ("b", "{'pattern': {'1.A': [true]}}"), "{'1.A': false}", "+-" },
  { YES_NO ("1") ", " YES_NO ("1.A") ", " WITH ("b", "{'pattern': {'1.A': [true]}}"),
    "{'1': {'unknown': true}, '1.A': true}", "+++" },
  /* what has no value */
  { YES_NO ("a") ", " WITH ("b", "{'pattern': {'a': [{'exists': true}]}}"), "{'a': false}", "++" },
  { YES_NO ("a") ", " WITH ("b", "{'pattern': {'a': [{'exists': true}]}}"),
    "{'a': {'unknown': true}}", "+-" },
  { YES_NO ("a") ", " WITH ("b", "{'pattern': {'a': {'unknown': [true]}}}"),
    "{'a': {'unknown': true}}", "++" },
  { YES_NO ("a") ", " WITH ("b", "{'pattern': {'a': {'unknown': [true]}}}"), "{'a': true}", "+-" },
  { YES_NO ("a") ", " WITH ("b", "{'pattern': {'a.not_applicable': [{'exists': true}]}}"),
    "{'a': {'not_applicable': 'we have none'}}", "++" },
  { YES_NO ("a") ", " WITH ("b", "{'pattern': {'a': [{'exists': false}]}}"), "{}", "++" },
  { YES_NO ("a") ", " WITH ("b", "{'pattern': {'a': [true]}}"),
    "{'a': {'value': true, 'note': 'n'}}", "++" },
  /* choices' values are lists */
  { CHOICES ("a") ", " WITH ("b", "{'pattern': {'a': ['y']}}"), "{'a': ['x', 'y']}", "++" },
  { CHOICES ("a") ", " WITH ("b", "{'pattern': {'a': ['y']}}"), "{'a': ['x']}", "+-" },
  /* and, or, not */
  { YES_NO ("a") ", " YES_NO ("b") ", " WITH ("c",
                                              "{'and': [{'pattern': {'a': [true]}},"
                                              " {'pattern': {'b': [true]}}]}"),
    "{'a': true, 'b': true}", "+++" },
  { YES_NO ("a") ", " YES_NO ("b") ", " WITH ("c",
                                              "{'and': [{'pattern': {'a': [true]}},"
                                              " {'pattern': {'b': [true]}}]}"),
    "{'a': true, 'b': false}", "++-" },
  { YES_NO ("a") ", " YES_NO ("b") ", " WITH ("c",
                                              "{'or': [{'pattern': {'a': [true]}},"
                                              " {'pattern': {'b': [true]}}]}"),
    "{'a': false, 'b': true}", "+++" },
  { YES_NO ("a") ", " YES_NO ("b") ", " WITH ("c",
                                              "{'or': [{'pattern': {'a': [true]}},"
                                              " {'pattern': {'b': [true]}}]}"),
    "{'a': false, 'b': false}", "++-" },
  { YES_NO ("a") ", " WITH ("b", NOT_15 "{'pattern': {'a': [true]}}" END_15), "{'a': true}", "+-" },
  { YES_NO ("a") ", " WITH ("b", NOT_15 "{'pattern': {'a': [true]}}" END_15), "{'a': false}",
    "++" },
  /* a regular expression looks at values only, anywhere in them */
  { TEXT ("t") ", " WITH ("b", "{'regex': {'question': 't', 'expression': 'o{2}'}}"),
    "{'t': 'food'}", "++" },
  { TEXT ("t") ", " WITH ("b", "{'regex': {'question': 't', 'expression': '.'}}"),
    "{'t': {'unknown': true}}", "+-" },
  { TEXT ("t") ", " WITH ("b", "{'regex': {'question': 't', 'expression': '^.$'}}"), "{'t': 'ß'}",
    "++" },
};

static void
test_visible (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PostureQuestionnaire) questionnaire = with_questions (cases[i].questions);
      g_autofree char *text = visible (questionnaire, cases[i].answers);

      g_test_message ("case %u: %s", i, cases[i].answers);
      g_assert_cmpstr (text, ==, cases[i].visible);
    }
}

/* An expression that would run for years gives up and does not match. */
static void
test_bounded (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (
    TEXT ("t") ", " WITH ("b", "{'regex': {'question': 't',"
                          " 'expression': '^(a|aa|aaa)*(a+)*$'}}") ", "
    WITH ("c", "{'regex': {'question': 't',"
          " 'expression': '(*LIMIT_MATCH=4000000000)^(a|aa|aaa)*(a+)*$'}}"));
  g_autofree char *as = g_strnfill (1000, 'a');
  g_autofree char *map = g_strdup_printf ("{'t': '%s!'}", as);
  g_autofree char *text = visible (questionnaire, map);

  g_assert_cmpstr (text, ==, "+--");
}

/* An expression that comes to an end, after more steps than it is given. */
static void
test_steps (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (
    TEXT ("t") ", " WITH ("b", "{'regex': {'question': 't', 'expression': '^(a|aa)+$|!'}}"));
  g_autofree char *few = visible (questionnaire, "{'t': 'aaa!'}");
  g_autofree char *many = visible (questionnaire, "{'t': 'aaaaaaaaaaaaaaaaaaaaaaaaaaa!'}");

  g_assert_cmpstr (few, ==, "++");
  g_assert_cmpstr (many, ==, "+-");
}

static void
test_questions (void)
{
  g_autoptr (PostureQuestionnaire) questionnaire = with_questions (
    YES_NO ("1.A") ", " TEXT ("t") ", " WITH ("c",
    "{'or': [{'pattern': {'1.A': [true]}}, {'not': {'pattern': {'1': {'A': {'unknown': [true]}}}}},"
    " {'regex': {'question': 't', 'expression': 'x'}}]}"));
  PostureQuestion *question = posture_questionnaire_get_question (questionnaire, 2);
  g_auto (GStrv) ids = posture_condition_dup_questions (posture_question_get_condition (question));
  static const char *const expected[] = { "1.A", "t", NULL };

  g_assert_cmpstrv (ids, expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/condition/faults", test_faults);
  g_test_add_func ("/condition/pattern-fault", test_pattern_fault);
  g_test_add_func ("/condition/expression-length", test_expression_length);
  g_test_add_func ("/condition/visible", test_visible);
  g_test_add_func ("/condition/bounded", test_bounded);
  g_test_add_func ("/condition/steps", test_steps);
  g_test_add_func ("/condition/questions", test_questions);
  return g_test_run ();
}
