/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Published numbers, through the shipped questionnaires: the tables their values come from, and
 * answers with the scores that belong to them.
 *
 * Usage: rating-conformance QUESTIONNAIRES
 * POSTURE_RATING_FACTS names a folder with nist-800-171r2-dod-weights.csv, owasp-samm-2-structure.csv,
 * vectors-dod-800-171.json and vectors-owasp-samm.json. */

#include "config.h"

#include "rating/rating.h"

#include <stdlib.h>
#include <string.h>

/* What the automated tests' framework takes for “skipped”. */
#define EXIT_SKIPPED 77
#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

static guint passed, failed;

static void
count (gboolean    good,
       const char *name,
       const char *what)
{
  if (good)
    passed++;
  else
    {
      failed++;
      g_print ("differs: %s: %s\n", name, what);
    }
}

static char *
load (const char *folder,
      const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static PostureQuestionnaire *
load_questionnaire (const char *folder,
                    const char *name)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autofree char *text = load (folder, name);
  g_autoptr (GBytes) bytes = NULL;
  PostureQuestionnaire *questionnaire;

  if (text == NULL)
    {
      g_print ("not here: %s\n", name);
      return NULL;
    }
  bytes = g_bytes_new (text, strlen (text));
  questionnaire = posture_questionnaire_new (bytes, name, faults);
  count (questionnaire != NULL, name, "has faults");
  return questionnaire;
}

static PostureReport *
rate (PostureQuestionnaire  *questionnaire,
      const PostureJsonNode *map,
      const char            *rest)
{
  const PostureRatingContext context = {
    "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
  };
  g_autoptr (PostureAnswers) answers = posture_answers_new ();

  for (guint i = 0; i < posture_questionnaire_get_n_questions (questionnaire); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (questionnaire, i);
      const char *id = posture_question_get_id (question);
      const PostureJsonNode *node = posture_json_node_get_member (map, id);
      g_autofree char *text = node != NULL ? posture_json_node_to_text (node) : g_strdup (rest);
      g_autoptr (PostureAnswer) answer = NULL;

      if (text == NULL)
        continue;
      answer = posture_answer_new_from_text (text, question, NULL);
      count (answer != NULL, id, text);
      posture_answers_set (answers, id, answer);
    }
  return posture_rate (questionnaire, answers, &context, NULL);
}

/* Each row of a table with a question's id in its first column belongs to the question of that
 * place. */
static void
check_table (PostureQuestionnaire *questionnaire,
             const char           *table,
             gboolean              check_row (PostureQuestion *, char **))
{
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  guint length = posture_questionnaire_get_n_questions (questionnaire);
  guint n = 0;

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) row = g_strsplit (g_strchomp (lines[i]), ",", -1);
      PostureQuestion *question = posture_questionnaire_find_question (questionnaire, row[0]);

      count (question != NULL && posture_question_get_number (question) == n
               && check_row (question, row), row[0], "is not as in the table");
      n++;
    }
  count (n == length, posture_questionnaire_get_id (questionnaire), "has another length");
}

static gboolean
check_requirement (PostureQuestion *question,
                   char           **row)
{
  /* full, partial, (another), condition, plan of action, counted from the end: titles have commas */
  guint end = g_strv_length (row);
  const char *condition = posture_question_get_no_deduction_if (question);
  PosturePlanOfAction plan = posture_question_get_plan_of_action (question);

  return end >= 10 && posture_question_get_deduction (question, FALSE) == (int) strtol (row[end - 5],
                                                                                       NULL, 10)
         && posture_question_get_deduction (question, TRUE) == (int) strtol (row[end - 4], NULL, 10)
         && posture_question_is_required (question) == (*row[end - 5] == '\0')
         && g_strcmp0 (condition != NULL ? condition : "", row[end - 2]) == 0
         && plan != (g_str_equal (row[end - 1], "no") ? POSTURE_PLAN_YES : POSTURE_PLAN_NO);
}

static gboolean
check_activity (PostureQuestion *question,
                char           **row)
{
  g_autofree char *stream = g_strconcat (row[2], "-", row[3], NULL);

  return posture_question_get_maturity (question) == (int) strtol (row[4], NULL, 10)
         && g_str_equal (posture_question_get_section (question), stream);
}

static void
check_deductions (PostureQuestionnaire  *questionnaire,
                  const PostureJsonNode *root)
{
  const PostureJsonNode *vectors = posture_json_node_get_member (root, "vectors");

  for (guint i = 0; i < posture_json_node_get_length (vectors); i++)
    {
      const PostureJsonNode *vector = posture_json_node_get_element (vectors, i);
      g_autofree char *rest = posture_json_node_to_text (
        posture_json_node_get_member (vector, "default"));
      g_autoptr (PostureReport) report = rate (questionnaire, posture_json_node_get_member (
                                                                vector, "answers"), rest);
      const PostureJsonNode *score = posture_json_node_get_member (vector, "score");
      gint64 expected = 0;
      gboolean has = posture_json_node_get_decimal (score, POSTURE_DECIMAL_PLACES, &expected);

      count (report->score->has_value == has && (!has || report->score->value == expected)
               && (has || report->score->reason != NULL),
             posture_json_node_get_string (posture_json_node_get_member (vector, "id")), "score");
    }
}

static const PostureScore *
find_score (GPtrArray  *sections,
            const char *id)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const PostureSectionScore *section = g_ptr_array_index (sections, i);
      const PostureScore *inner = find_score (section->sections, id);

      if (inner != NULL || g_str_equal (section->id, id))
        return inner != NULL ? inner : section->score;
    }
  return NULL;
}

static void
check_scores (const char            *name,
              const PostureReport   *report,
              const PostureJsonNode *scores)
{
  for (guint i = 0; i < posture_json_node_get_length (scores); i++)
    {
      const char *id = posture_json_node_get_key (scores, i);
      const PostureScore *score = find_score (report->sections, id);
      gint64 expected;

      count (posture_json_node_get_decimal (posture_json_node_get_element (scores, i),
                                            POSTURE_DECIMAL_PLACES, &expected)
               && score != NULL && score->worst == expected, name, id);
    }
}

/* What a vector does not answer counts as not performed: the worst case, and the same if said. */
static void
check_maturity (PostureQuestionnaire  *questionnaire,
                const PostureJsonNode *root)
{
  static const char *const rests[] = { NULL, "0" };
  const PostureJsonNode *vectors = posture_json_node_get_member (root, "vectors");

  for (guint i = 0; i < 2 * posture_json_node_get_length (vectors); i++)
    {
      const PostureJsonNode *vector = posture_json_node_get_element (vectors, i / 2);
      const char *name = posture_json_node_get_string (posture_json_node_get_member (vector, "id"));
      g_autoptr (PostureReport) report = rate (
        questionnaire, posture_json_node_get_member (vector, "answers"), rests[i % 2]);
      gint64 expected;

      check_scores (name, report, posture_json_node_get_member (vector, "practices"));
      check_scores (name, report, posture_json_node_get_member (vector, "functions"));
      count (posture_json_node_get_decimal (posture_json_node_get_member (vector, "overall"),
                                            POSTURE_DECIMAL_PLACES, &expected)
               && report->score->worst == expected
               && (i % 2 == 0 || report->score->value == expected), name, "overall");
    }
}

static gboolean
check_file (const char *facts,
            const char *questionnaires,
            const char *name,
            const char *table,
            const char *vectors,
            gboolean    check_row (PostureQuestion *, char **),
            void        check_vectors (PostureQuestionnaire *, const PostureJsonNode *))
{
  g_autoptr (PostureQuestionnaire) questionnaire = load_questionnaire (questionnaires, name);
  g_autofree char *rows = load (facts, table);
  g_autofree char *text = load (facts, vectors);
  g_autoptr (PostureJsonDocument) document = text != NULL
                                               ? posture_json_document_new_text (text, NULL) : NULL;

  if (questionnaire == NULL)
    return FALSE;
  count (rows != NULL, table, "is not in the folder");
  count (document != NULL, vectors, "cannot be read");
  if (rows != NULL)
    check_table (questionnaire, rows, check_row);
  if (document != NULL)
    check_vectors (questionnaire, posture_json_document_get_root (document));
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  const char *facts = g_getenv ("POSTURE_RATING_FACTS");
  gboolean any;

  if (facts == NULL || argc < 2)
    {
      g_print ("skipped: POSTURE_RATING_FACTS names no folder of published numbers\n");
      return EXIT_SKIPPED;
    }
  any = check_file (facts, argv[1], "nist-800-171.json", "nist-800-171r2-dod-weights.csv",
                    "vectors-dod-800-171.json", check_requirement, check_deductions);
  any = check_file (facts, argv[1], "owasp-samm.json", "owasp-samm-2-structure.csv",
                    "vectors-owasp-samm.json", check_activity, check_maturity) || any;
  if (!any)
    {
      g_print ("skipped: no such questionnaire is here\n");
      return EXIT_SKIPPED;
    }
  g_print ("rating-conformance: %u as published, %u differ\n", passed, failed);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
