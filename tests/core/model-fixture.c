/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include <string.h>

char *
quoted (const char *text)
{
  char *copy = g_strdup (text);

  return g_strdelimit (copy, "'", '"');
}

/* A whole structure around some questions. */
char *
structure_with (const char *questions)
{
  g_autofree char *text = g_strdup_printf (
    "{'format': 1, 'id': 'q', 'version': '1.0.0', 'references': {'cat': 'A catalogue'},"
    " 'method': {'id': 'weighted', 'levels': [{'id': 'low', 'from': 0}, {'id': 'mid', 'from': 40},"
    "   {'id': 'top', 'from': 79.5}]},"
    " 'sections': [{'id': 's', 'sections': [{'id': 's.1'}, {'id': 's.2'}]}, {'id': 't'}],"
    " 'questions': [%s]}", questions);

  return quoted (text);
}

static PostureQuestionnaire *
read_text (const char    *text,
           PostureFaults *faults)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return posture_questionnaire_new (bytes, NULL, faults);
}

PostureQuestionnaire *
make_questionnaire (const char *text)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autofree char *json = quoted (text);
  PostureQuestionnaire *questionnaire = read_text (json, faults);
  g_autofree char *told = posture_faults_to_text (faults);

  g_assert_cmpstr (told, ==, "");
  g_assert_nonnull (questionnaire);
  return questionnaire;
}

PostureQuestionnaire *
with_questions (const char *questions)
{
  g_autofree char *text = structure_with (questions);

  return make_questionnaire (text);
}

/* The faults of a text, one a line. */
char *
questionnaire_faults (const char *text)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autofree char *json = quoted (text);
  g_autoptr (PostureQuestionnaire) questionnaire = read_text (json, faults);

  g_assert_true ((questionnaire == NULL) == (posture_faults_get_length (faults) > 0));
  return posture_faults_to_text (faults);
}

PostureAnswers *
make_answers (PostureQuestionnaire *questionnaire,
              const char           *map)
{
  g_autofree char *json = quoted (map);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (json, &error);
  PostureAnswers *answers;

  g_assert_no_error (error);
  answers = posture_answers_new_from_node (posture_json_document_get_root (document), questionnaire,
                                           &error);
  g_assert_no_error (error);
  return answers;
}
