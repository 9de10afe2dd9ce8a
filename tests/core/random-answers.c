/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "random-answers.h"

#include "model-fixture.h"

/* Two that are made up: conditions in a row, and kinds that the shipped ones do not have. */
static const char chained[] =
  "{'id': 'a', 'section': 's', 'kind': 'yes-no', 'weight': 3, 'severity': 'low', 'effort': 'low',"
  " 'credit': {'yes': 1, 'no': 0}},"
  "{'id': 'b', 'section': 's.1', 'kind': 'choice', 'weight': 7, 'severity': 'high',"
  " 'effort': 'medium', 'options': [{'id': 'x', 'credit': 0}, {'id': 'y', 'credit': 0.4},"
  " {'id': 'z', 'credit': 1}], 'condition': {'pattern': {'a': [true]}}},"
  "{'id': 'c', 'section': 's.2', 'kind': 'level', 'minimum': 0, 'maximum': 5, 'weight': 5,"
  " 'severity': 'low', 'effort': 'high', 'condition': {'pattern': {'b': ['z']}}},"
  "{'id': 'd', 'section': 't', 'kind': 'number', 'minimum': 0, 'maximum': 100, 'weight': 4,"
  " 'severity': 'medium', 'effort': 'low', 'bands': [{'from': 0, 'credit': 0},"
  " {'from': 50, 'credit': 0.5}, {'from': 90, 'credit': 1}]},"
  "{'id': 'e', 'section': 't', 'kind': 'choices', 'weight': 2, 'severity': 'low',"
  " 'effort': 'high', 'options': [{'id': 'p', 'credit': 0.5}, {'id': 'q', 'credit': 0.5},"
  " {'id': 'none', 'credit': 0, 'exclusive': true}]}";

static const char *const shipped[] = { "essentials", "nist-800-171", "owasp-samm", "nist-csf-2" };

static PostureQuestionnaire *
load_shipped (const char *id)
{
  g_autofree char *file = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "questionnaires",
                                                 file, NULL);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  PostureQuestionnaire *questionnaire;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (text, length);
  questionnaire = posture_questionnaire_new (bytes, file, faults);
  g_assert_nonnull (questionnaire);
  return questionnaire;
}

/* The questionnaire at @index: first those with one method each, then the made-up ones. */
PostureQuestionnaire *
sample_questionnaire (guint index)
{
  g_autofree char *plain = NULL;

  if (index < G_N_ELEMENTS (shipped))
    return load_shipped (shipped[index]);
  if (index == G_N_ELEMENTS (shipped))
    return with_questions (chained);
  plain = g_strconcat (chained, ", {'id': 'w', 'section': 't', 'kind': 'text'}", NULL);
  return with_questions (plain);
}

static char *
draw_value (GRand           *rand,
            PostureQuestion *question)
{
  guint n_options = posture_question_get_n_options (question);
  gint64 minimum = 0, maximum = 0;
  guint chosen;

  switch (posture_question_get_kind (question))
    {
    case POSTURE_QUESTION_CHOICE:
      chosen = (guint) g_rand_int_range (rand, 0, (int) n_options);
      return g_strdup_printf ("'%s'", posture_question_get_option (question, chosen)->id);
    case POSTURE_QUESTION_CHOICES:
      chosen = (guint) g_rand_int_range (rand, 0, (int) n_options);
      return g_strdup_printf ("['%s']", posture_question_get_option (question, chosen)->id);
    case POSTURE_QUESTION_YES_NO:
      return g_strdup (g_rand_boolean (rand) ? "true" : "false");
    case POSTURE_QUESTION_LEVEL:
    case POSTURE_QUESTION_NUMBER:
      posture_question_get_minimum (question, &minimum);
      posture_question_get_maximum (question, &maximum);
      return g_strdup_printf ("%d", g_rand_int_range (rand, (int) (minimum / 1000000),
                                                      (int) (maximum / 1000000) + 1));
    default:
      return g_strdup ("'words'");
    }
}

/* The members of an answer but for its target, with apostrophes; %NULL for none. */
char *
draw_body (GRand           *rand,
           PostureQuestion *question)
{
  g_autofree char *value = NULL;

  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      return NULL;
    case 1:
      return g_strdup ("'unknown': true");
    case 2:
      return g_strdup ("'not_applicable': 'r'");
    default:
      value = draw_value (rand, question);
      return g_strdup_printf ("'value': %s", value);
    }
}

/* What is to be reached; %NULL for nothing. */
char *
draw_target (GRand           *rand,
             PostureQuestion *question)
{
  return posture_question_takes_target (question) && g_rand_boolean (rand)
           ? draw_value (rand, question) : NULL;
}

/* Adds an answer to an object that is open. */
void
append_answer (GString         *map,
               PostureQuestion *question,
               const char      *body,
               const char      *target)
{
  if (body == NULL && target == NULL)
    return;
  g_string_append_printf (map, "%s'%s': {%s", map->len > 1 ? ", " : "",
                          posture_question_get_key (question), body != NULL ? body : "");
  if (target != NULL)
    g_string_append_printf (map, "%s'target': %s", body != NULL ? ", " : "", target);
  g_string_append_c (map, '}');
}

PostureAnswers *
draw_answers (GRand                *rand,
              PostureQuestionnaire *questionnaire)
{
  g_autoptr (GString) map = g_string_new ("{");

  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);
      g_autofree char *body = draw_body (rand, question);
      g_autofree char *target = draw_target (rand, question);

      append_answer (map, question, body, target);
    }
  g_string_append_c (map, '}');
  return make_answers (questionnaire, map->str);
}
