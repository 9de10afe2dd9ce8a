/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model-fixture.h"

#include "model/proposal.h"
#include "model/words.h"
#include "rating/rating.h"

#include <string.h>

/* What data/ ships and what its README shows, read by the program itself. */

#define DIGEST "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

/* Documents of one questionnaire. */
typedef struct
{
  PostureQuestionnaire *questionnaire;
  PostureWords *english;
  guint n_words;
  guint n_answers;
} Family;

static void
assert_no_faults (PostureFaults *faults)
{
  g_autofree char *text = posture_faults_to_text (faults);

  g_assert_cmpstr (text, ==, "");
}

static void
check_answers (Family     *family,
               GBytes     *bytes,
               const char *name)
{
  const PostureRatingContext context = {
    "01890a5d-ac96-774b-bcce-b302099a8057", DIGEST, "2026-11-23T21:46:44.000Z",
  };
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureAnswers) answers
    = posture_answers_new_from_file_bytes (bytes, name, family->questionnaire, faults);
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (GError) error = NULL;

  assert_no_faults (faults);
  report = posture_rate (family->questionnaire, answers, &context, &error);
  g_assert_no_error (error);
  /* a profile has no grade; anything else has a score */
  if (g_strcmp0 (report->score->reason, "no-grade") != 0)
    g_assert_true (report->score->has_worst);
  family->n_answers++;
}

/* Reads a document for what it is; the structure comes first, then English. */
static void
take_document (Family     *family,
               GBytes     *bytes,
               const char *name)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureJsonDocument) document = posture_json_document_new (bytes, NULL, &error);
  const PostureJsonNode *root;

  g_assert_no_error (error);
  root = posture_json_document_get_root (document);
  if (posture_json_node_get_member (root, "answers") != NULL)
    check_answers (family, bytes, name);
  else if (posture_json_node_get_member (root, "language") != NULL)
    {
      g_autoptr (PostureWords) words
        = posture_words_new (family->questionnaire, bytes, name, family->english, faults);

      assert_no_faults (faults);
      family->n_words++;
      if (family->english == NULL)
        family->english = g_steal_pointer (&words);
    }
  else
    {
      g_clear_pointer (&family->english, posture_words_unref);
      g_clear_pointer (&family->questionnaire, posture_questionnaire_unref);
      family->questionnaire = posture_questionnaire_new (bytes, name, faults);
      assert_no_faults (faults);
    }
}

static void
family_clear (Family *family)
{
  g_clear_pointer (&family->english, posture_words_unref);
  g_clear_pointer (&family->questionnaire, posture_questionnaire_unref);
}

static char *
data_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "..", "data", name, NULL);
}

static void
test_readme (void)
{
  g_autofree char *path = data_path ("README.md");
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GError) error = NULL;
  Family family = { 0 };

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  parts = g_strsplit (text, "\n```json\n", -1);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      const char *end = strstr (parts[i], "\n```");
      g_autofree char *name = g_strdup_printf ("block %u", i);
      g_autoptr (GBytes) bytes = NULL;

      g_assert_nonnull (end);
      bytes = g_bytes_new (parts[i], (gsize) (end - parts[i]));
      take_document (&family, bytes, name);
    }
  g_assert_nonnull (family.questionnaire);
  g_assert_cmpuint (family.n_words, ==, 3);
  g_assert_cmpuint (family.n_answers, ==, 2);
  family_clear (&family);
}

static GPtrArray *
list_files (const char *folder)
{
  g_autofree char *path = data_path (folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (files, g_build_filename (path, name, NULL));
  return files;
}

static GBytes *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

/* Adds every file whose name is @stem or begins with it, as @stem.xx.json does. */
static void
take_files (Family     *family,
            GPtrArray  *files,
            const char *stem,
            gboolean    english)
{
  g_autofree char *prefix = g_strconcat (stem, ".", NULL);
  g_autofree char *english_name = g_strconcat (stem, ".en.json", NULL);

  for (guint i = 0; i < files->len; i++)
    {
      const char *path = g_ptr_array_index (files, i);
      g_autofree char *name = g_path_get_basename (path);
      g_autoptr (GBytes) bytes = NULL;

      if (!g_str_has_prefix (name, prefix) || strchr (name + strlen (prefix), '.') == NULL
          || g_str_equal (name, english_name) != english)
        continue;
      bytes = load (path);
      take_document (family, bytes, name);
    }
}

static void
take_examples (Family    *family,
               GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (GBytes) bytes = load (g_ptr_array_index (files, i));
      g_autoptr (GError) error = NULL;
      g_autofree char *id = posture_answers_peek_questionnaire (bytes, &error);

      g_assert_no_error (error);
      if (g_str_equal (id, posture_questionnaire_get_id (family->questionnaire)))
        check_answers (family, bytes, g_ptr_array_index (files, i));
    }
}

static void
test_shipped (void)
{
  g_autoptr (GPtrArray) files = list_files ("questionnaires");
  g_autoptr (GPtrArray) examples = list_files ("examples");
  guint n_answers = 0;

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *name = g_path_get_basename (g_ptr_array_index (files, i));
      g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".json"));
      g_autoptr (GBytes) bytes = NULL;
      Family family = { 0 };

      if (strchr (stem, '.') != NULL)
        continue;
      bytes = load (g_ptr_array_index (files, i));
      take_document (&family, bytes, name);
      g_assert_cmpstr (posture_questionnaire_get_id (family.questionnaire), ==, stem);
      take_files (&family, files, stem, TRUE);
      g_assert_nonnull (family.english);
      take_files (&family, files, stem, FALSE);
      take_examples (&family, examples);
      n_answers += family.n_answers;
      family_clear (&family);
    }
  /* no example is of a questionnaire that is not shipped */
  g_assert_cmpuint (n_answers, ==, examples->len);
}

static PostureQuestionnaire *
load_shipped (const char *id)
{
  g_autofree char *name = g_strconcat ("questionnaires/", id, ".json", NULL);
  g_autofree char *path = data_path (name);
  g_autoptr (GBytes) bytes = load (path);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  PostureQuestionnaire *questionnaire = posture_questionnaire_new (bytes, NULL, faults);

  assert_no_faults (faults);
  return questionnaire;
}

/* How many answers are proposed for @to by answering all of @from that can be answered with @answer. */
static guint
count_proposals (const char *from,
                 const char *answer,
                 const char *to)
{
  g_autoptr (PostureQuestionnaire) source = load_shipped (from);
  g_autoptr (PostureQuestionnaire) asked = load_shipped (to);
  g_autoptr (PostureAnswers) given = posture_answers_new ();
  g_autoptr (PostureAnswers) none = posture_answers_new ();
  const PostureProposalSource elsewhere = { "elsewhere", NULL, source, given, NULL };
  g_autoptr (GPtrArray) proposals = NULL;

  for (guint i = 0; i < posture_questionnaire_get_n_questions (source); i++)
    {
      PostureQuestion *question = posture_questionnaire_get_question (source, i);
      g_autoptr (PostureAnswer) all = posture_answer_new_from_text (answer, question, NULL);

      if (all != NULL)
        posture_answers_set (given, posture_question_get_key (question), all);
    }
  proposals = posture_find_proposals (asked, none, &elsewhere, 1);
  return proposals->len;
}

/* Who has answered one of the shipped questionnaires need not answer all of the next. */
static void
test_answer_once (void)
{
  g_assert_cmpuint (count_proposals ("nist-csf-2", "4", "nist-800-171"), ==, 9);
  g_assert_cmpuint (count_proposals ("nist-csf-2", "4", "essentials"), >=, 10);
  g_assert_cmpuint (count_proposals ("nist-800-171", "\"met\"", "essentials"), >=, 9);
  g_assert_cmpuint (count_proposals ("essentials", "\"in-place\"", "nist-800-171"), >=, 9);
  g_assert_cmpuint (count_proposals ("essentials", "\"not-started\"", "nist-csf-2"), >=, 8);
  /* half of it may be there, and the top of a scale asks for more */
  g_assert_cmpuint (count_proposals ("nist-800-171", "\"not-met\"", "essentials"), ==, 0);
  g_assert_cmpuint (count_proposals ("nist-800-171", "\"met\"", "nist-csf-2"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model-data/readme", test_readme);
  g_test_add_func ("/model-data/shipped", test_shipped);
  g_test_add_func ("/model-data/answer-once", test_answer_once);
  return g_test_run ();
}
