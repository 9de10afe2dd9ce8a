/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/answers.h"
#include "model/expansion.h"
#include "model/visibility.h"
#include "pattern/pattern.h"

#include <string.h>

/* Conditions as they are compiled against the simplest reading of what they say: for each of them one event
 * with all that is visible and answered, each pattern read anew and asked about its bytes. Random questionnaires
 * of all kinds of questions, with a repeated section, random conditions and random answers. */

#define N_QUESTIONNAIRES 600
#define N_ANSWERS 6
#define N_OUTSIDE 8
#define N_INSIDE 4

/* A question, and how its answers are spelled; with texts that conditions compare with. */
typedef struct
{
  const char *form;
  const char *answers[5];
  const char *tests[8];
} Kind;

static const Kind kinds[] = {
  { "'kind': 'yes-no', 'weight': 1, 'severity': 'low', 'effort': 'low'", { "true", "false" },
    { "true", "false", "null", "{'exists': true}", "{'exists': false}", "{'anything-but': ['x']}" } },
  { "'kind': 'choice', 'weight': 1, 'severity': 'low', 'effort': 'low', 'options':"
    " [{'id': 'no', 'credit': 0}, {'id': 'part', 'credit': 0.5}, {'id': 'yes', 'credit': 1}]",
    { "'no'", "'part'", "'yes'" },
    { "'no'", "'yes'", "{'prefix': 'p'}", "{'anything-but': 'no'}", "{'wildcard': '*e*'}",
      "{'equals-ignore-case': 'YES'}", "{'exists': false}" } },
  { "'kind': 'choices', 'weight': 1, 'severity': 'low', 'effort': 'low', 'options':"
    " [{'id': 'a', 'credit': 0.5}, {'id': 'b', 'credit': 0.5}, {'id': 'c', 'credit': 0}]",
    { "['a']", "['a', 'b']", "['c']", "['b', 'c']" },
    { "'a'", "'b'", "{'anything-but': ['a', 'c']}", "{'exists': true}", "{'suffix': 'c'}" } },
  { "'kind': 'number', 'places': 2", { "1", "2.5", "-3", "100" },
    { "1", "2.50", "2.5", "{'numeric': ['>', 1]}", "{'numeric': ['>=', -3, '<', 2.5]}",
      "{'anything-but': [1]}" } },
  { "'kind': 'text'", { "'router'", "'a camera'", "'10.0.0.7'" },
    { "'router'", "{'prefix': 'a'}", "{'cidr': '10.0.0.0/24'}", "{'anything-but': {'prefix': 'r'}}" } },
  { "'kind': 'date'", { "'2024-02-29'", "'2025-12-31'" },
    { "'2024-02-29'", "{'prefix': '2025'}", "{'exists': false}" } },
};

static const char *const expressions[] = { "cam", "^r", "[0-9]+$", "." };
static const char *const plain_answers[] = { "{'unknown': true}", "{'not_applicable': 'r'}" };

static const char *
pick (GRand             *rand,
      const char *const *texts,
      guint              size)
{
  guint length = 0;

  while (length < size && texts[length] != NULL)
    length++;
  return texts[g_rand_int_range (rand, 0, (int) length)];
}

static const Kind *
kind_of (guint number)
{
  return &kinds[number % G_N_ELEMENTS (kinds)];
}

/* A question that the one with @number may look at: one before it, or itself. */
static guint
draw_named (GRand *rand,
            guint  number)
{
  return (guint) g_rand_int_range (rand, 0, (int) number);
}

/* What the answer to a question may be, or how it has none. */
static void
append_field (GRand   *rand,
              GString *text,
              guint    named)
{
  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      g_string_append_printf (text, "'q.%u': {'unknown': [%s]}", named,
                              g_rand_boolean (rand) ? "true" : "{'exists': false}");
      break;
    case 1:
      g_string_append_printf (text, "'q.%u.not_applicable': [{'exists': %s}]", named,
                              g_rand_boolean (rand) ? "true" : "false");
      break;
    default:
      g_string_append_printf (text, "'q.%u': [%s, %s]", named,
                              pick (rand, kind_of (named)->tests, G_N_ELEMENTS (kinds[0].tests)),
                              pick (rand, kind_of (named)->tests, G_N_ELEMENTS (kinds[0].tests)));
    }
}

static void
append_pattern (GRand   *rand,
                GString *text,
                guint    number)
{
  guint first = draw_named (rand, number), second = draw_named (rand, number);

  g_string_append (text, "{'pattern': {");
  append_field (rand, text, first);
  if (second != first && g_rand_boolean (rand))
    {
      g_string_append (text, ", ");
      append_field (rand, text, second);
    }
  else if (g_rand_int_range (rand, 0, 6) == 0)
    {
      g_string_append (text, ", '$or': [{");
      append_field (rand, text, draw_named (rand, number));
      g_string_append (text, "}, {");
      append_field (rand, text, draw_named (rand, number));
      g_string_append (text, "}]");
    }
  g_string_append (text, "}}");
}

static void
append_condition (GRand   *rand,
                  GString *text,
                  guint    number,
                  guint    depth)
{
  static const char *const both[] = { "and", "or" };
  int form = g_rand_int_range (rand, 0, depth < 3 ? 7 : 4);
  guint named = draw_named (rand, number);

  if (form == 0 && kind_of (named) == &kinds[4])
    g_string_append_printf (text, "{'regex': {'question': 'q.%u', 'expression': '%s'}}", named,
                            expressions[g_rand_int_range (rand, 0, G_N_ELEMENTS (expressions))]);
  else if (form < 4)
    append_pattern (rand, text, number);
  else if (form == 4)
    {
      g_string_append (text, "{'not': ");
      append_condition (rand, text, number, depth + 1);
      g_string_append_c (text, '}');
    }
  else
    {
      g_string_append_printf (text, "{'%s': [", both[form - 5]);
      append_condition (rand, text, number, depth + 1);
      g_string_append (text, ", ");
      append_condition (rand, text, number, depth + 1);
      g_string_append (text, "]}");
    }
}

static void
append_question (GRand      *rand,
                 GString    *text,
                 guint       number,
                 const char *section)
{
  g_string_append_printf (text, ", {'id': 'q.%u', 'section': '%s', %s", number, section,
                          kind_of (number)->form);
  if (number > 0 && g_rand_int_range (rand, 0, 4) > 0)
    {
      g_string_append (text, ", 'condition': ");
      append_condition (rand, text, number, 0);
    }
  g_string_append_c (text, '}');
}

static char *
draw_structure (GRand *rand)
{
  g_autoptr (GString) text = g_string_new (
    "{'format': 1, 'id': 'q', 'version': '1.0.0', 'method': {'id': 'weighted', 'levels':"
    " [{'id': 'any', 'from': 0}]}, 'sections': [{'id': 'us'}, {'id': 'site', 'for_each': 'sites'}],"
    " 'questions': [{'id': 'sites', 'section': 'us', 'kind': 'instances'}");

  for (guint i = 0; i < N_OUTSIDE; i++)
    append_question (rand, text, i, "us");
  for (guint i = 0; i < N_INSIDE; i++)
    append_question (rand, text, N_OUTSIDE + i, "site");
  g_string_append (text, "]}");
  return quoted (text->str);
}

static void
draw_answer (GRand           *rand,
             PostureQuestion *question,
             PostureAnswers  *answers)
{
  const char *id = posture_question_get_id (question);
  const char *spelled = g_str_equal (id, "sites") ? "['x', 'y']" : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAnswer) answer = NULL;
  g_autofree char *json = NULL;

  if (spelled == NULL && g_rand_int_range (rand, 0, 6) == 0)
    return;
  if (spelled == NULL && g_rand_int_range (rand, 0, 5) == 0)
    spelled = plain_answers[g_rand_int_range (rand, 0, 2)];
  if (spelled == NULL)
    spelled = pick (rand, kind_of ((guint) g_ascii_strtoull (id + 2, NULL, 10))->answers, 5);
  json = quoted (spelled);
  answer = posture_answer_new_from_text (json, question, &error);
  g_assert_no_error (error);
  posture_answers_set (answers, posture_question_get_key (question), answer);
}

/* The event that a question's condition sees: everything before it that is visible and answered, named by id,
 * of the question's own instance or outside. */
static char *
write_event (PostureQuestionnaire *asked,
             PostureQuestion      *question,
             PostureAnswers       *answers,
             const gboolean       *visible)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  for (guint i = 0; i < posture_question_get_number (question); i++)
    {
      PostureQuestion *other = posture_questionnaire_get_question (asked, i);
      PostureAnswer *answer = posture_answers_get (answers, posture_question_get_key (other));
      const char *instance = posture_question_get_instance (other);

      if (answer == NULL || !visible[i]
          || (instance != NULL
              && g_strcmp0 (instance, posture_question_get_instance (question)) != 0))
        continue;
      posture_json_writer_key (writer, posture_question_get_id (other));
      posture_answer_write (answer, writer, FALSE /* with_note */);
    }
  posture_json_writer_end_object (writer);
  return posture_json_writer_finish_text (writer);
}

static gboolean
regex_holds (const PostureJsonNode *leaf,
             const char            *event)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (event, NULL);
  const char *question = posture_json_node_get_string (posture_json_node_get_member (leaf, "question"));
  const char *expression
    = posture_json_node_get_string (posture_json_node_get_member (leaf, "expression"));
  const PostureJsonNode *text
    = posture_json_node_get_member (posture_json_document_get_root (document), question);

  return text != NULL && posture_json_node_get_kind (text) == POSTURE_JSON_STRING
         && g_regex_match_simple (expression, posture_json_node_get_string (text), 0, 0);
}

static gboolean
simply_holds (const PostureJsonNode *condition,
              const char            *event)
{
  const char *kind = posture_json_node_get_key (condition, 0);
  const PostureJsonNode *inner = posture_json_node_get_element (condition, 0);
  gboolean all = g_str_equal (kind, "and");

  if (g_str_equal (kind, "regex"))
    return regex_holds (inner, event);
  if (g_str_equal (kind, "not"))
    return !simply_holds (inner, event);
  if (g_str_equal (kind, "pattern"))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PosturePattern) pattern = posture_pattern_new_from_node (inner, &error);
      gboolean matches = FALSE;

      g_assert_no_error (error);
      posture_pattern_matches (pattern, event, strlen (event), &matches, &error);
      g_assert_no_error (error);
      return matches;
    }
  for (guint i = 0; i < posture_json_node_get_length (inner); i++)
    if (simply_holds (posture_json_node_get_element (inner, i), event) != all)
      return !all;
  return all;
}

/* Counts what is visible, so that the test can tell that its questionnaires are worth the while. */
static guint
compare (PostureQuestionnaire  *questionnaire,
         const PostureJsonNode *root,
         PostureAnswers        *answers)
{
  g_autoptr (PostureQuestionnaire) asked = posture_questionnaire_expand (questionnaire, answers);
  g_autoptr (GArray) visible = posture_questionnaire_find_visible (asked, answers);
  const PostureJsonNode *list = posture_json_node_get_member (root, "questions");
  guint n_visible = 0;

  g_assert_cmpuint (visible->len, ==, 1 + N_OUTSIDE + 2 * N_INSIDE);
  for (guint i = 0; i < visible->len; i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (asked, i);
      guint number = posture_question_get_number (
        posture_questionnaire_find_question (questionnaire, posture_question_get_id (question)));
      const PostureJsonNode *condition = posture_json_node_get_member (
        posture_json_node_get_element (list, number), "condition");
      g_autofree char *event = write_event (asked, question, answers, (const gboolean *) visible->data);
      gboolean expected = condition == NULL || simply_holds (condition, event);

      if (g_array_index (visible, gboolean, i) != expected)
        g_test_message ("%s: %s", posture_question_get_key (question), event);
      g_assert_cmpint (g_array_index (visible, gboolean, i), ==, expected);
      n_visible += expected ? 1 : 0;
    }
  return n_visible;
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);
  guint n_all = 0, n_visible = 0;

  for (guint n = 0; n < N_QUESTIONNAIRES; n++)
    {
      g_autofree char *text = draw_structure (rand);
      g_autoptr (PostureQuestionnaire) questionnaire = make_questionnaire (text);
      g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, NULL);

      for (guint k = 0; k < N_ANSWERS; k++)
        {
          g_autoptr (PostureAnswers) answers = posture_answers_new ();
          g_autoptr (PostureQuestionnaire) asked = NULL;

          draw_answer (rand, posture_questionnaire_get_question (questionnaire, 0), answers);
          asked = posture_questionnaire_expand (questionnaire, answers);
          for (guint i = 1; i < posture_questionnaire_get_n_questions (asked); i++)
            draw_answer (rand, posture_questionnaire_get_question (asked, i), answers);
          n_visible += compare (questionnaire, posture_json_document_get_root (document), answers);
          n_all += posture_questionnaire_get_n_questions (asked);
        }
    }
  g_assert_cmpuint (n_visible, >, n_all / 4);
  g_assert_cmpuint (n_visible, <, n_all / 4 * 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/condition-property/random", test_random);
  return g_test_run ();
}
