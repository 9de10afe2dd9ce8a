/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a test has in its profile: assessments, answers, reports. */

#include "config.h"

#include "tests/ui/ui-fixture.h"

#include <sqlite3.h>
#include <string.h>

static GBytes *
read_file (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "app", "trial", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

/* Adds one of the questionnaires that are made for tests: `trial` has a question of each kind, `shops` a section
 * that is asked for each shop. */
void
ui_add_questionnaire (UiFixture  *fixture,
                      const char *id)
{
  PostureLibrary *library = posture_platform_get_library (fixture->platform);
  g_autofree char *structure_name = g_strconcat (id, ".json", NULL);
  g_autofree char *words_name = g_strconcat (id, ".en.json", NULL);
  g_autoptr (GBytes) structure = read_file (structure_name);
  g_autoptr (GBytes) words = read_file (words_name);
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureQuestionnaire) questionnaire
    = posture_library_add (library, structure, structure_name, /* current = */ TRUE, faults);

  g_assert_nonnull (questionnaire);
  g_assert_true (posture_library_add_words (library, questionnaire, words, words_name, faults));
}

static PostureOperation *
make_answer (PostureUserService *user,
             PostureAnswers     *answers,
             const char         *assessment,
             const char         *question)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autofree char *text = NULL;

  posture_answer_write (posture_answers_get (answers, question), writer, /* with_note = */ TRUE);
  text = posture_json_writer_finish_text (writer);
  return posture_operation_new_answer (posture_user_service_get_now (user), assessment, question, text,
                                       /* flagged = */ FALSE);
}

static PostureAnswers *
read_answers (PostureQuestionnaire *questionnaire,
              const char           *path)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PostureAnswers *answers;
  char *text;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_no_error (error);
  bytes = g_bytes_new_take (text, length);
  answers = posture_answers_new_from_file_bytes (bytes, path, questionnaire, faults);
  g_assert_nonnull (answers);
  return answers;
}

/**
 * ui_add_assessment:
 * @fixture: a fixture whose profile is open
 * @questionnaire: a questionnaire's id
 * @name: a name
 * @answers: (nullable): an answers file, below data/examples
 *
 * Returns: (transfer full): the id of a new assessment with these answers
 */
char *
ui_add_assessment (UiFixture  *fixture,
                   const char *questionnaire,
                   const char *name,
                   const char *answers)
{
  PostureUserService *user = posture_platform_get_user (fixture->platform);
  g_autoptr (PostureQuestionnaire) structure =
    posture_library_dup_current (posture_platform_get_library (fixture->platform), questionnaire);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;
  PostureOperation *create;

  g_assert_nonnull (structure);
  create = posture_operation_new_create (posture_user_service_get_now (user),
                                         posture_questionnaire_get_digest (structure), name);
  g_ptr_array_add (operations, create);
  if (answers != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("POSTURE_EXAMPLES"), answers, NULL);
      g_autoptr (PostureAnswers) read = read_answers (structure, path);
      g_auto (GStrv) questions = posture_answers_dup_questions (read);

      for (guint i = 0; questions[i] != NULL; i++)
        g_ptr_array_add (operations, make_answer (user, read, posture_operation_get_assessment (create),
                                                  questions[i]));
    }
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
  return g_strdup (posture_operation_get_assessment (create));
}

typedef struct
{
  char *report;
  gboolean done;
} Wait;

static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Wait *wait = data;
  g_autoptr (GError) error = NULL;

  wait->report = posture_user_service_wait_report_finish (POSTURE_USER_SERVICE (source), result, &error);
  g_assert_no_error (error);
  wait->done = TRUE;
}

static gboolean
is_reported (gpointer data)
{
  return ((Wait *) data)->done;
}

/* Submits an assessment; gives the id of the report. */
char *
ui_submit (UiFixture  *fixture,
           const char *assessment)
{
  PostureUserService *user = posture_platform_get_user (fixture->platform);
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autofree char *revision = NULL;
  g_autoptr (GError) error = NULL;
  Wait wait = { NULL };

  g_ptr_array_add (operations, posture_operation_new_submit (posture_user_service_get_now (user), assessment));
  posture_user_service_apply (user, operations, &error);
  g_assert_no_error (error);
  revision = posture_user_service_dup_revision (user, assessment, &error);
  g_assert_no_error (error);
  posture_user_service_wait_report_async (user, revision, /* cancellable = */ NULL, waited_cb, &wait);
  ui_wait (is_reported, &wait);
  return wait.report;
}

/* A new assessment with these answers, submitted; gives the id of the report. */
char *
ui_add_report (UiFixture  *fixture,
               const char *questionnaire,
               const char *name,
               const char *answers)
{
  g_autofree char *assessment = ui_add_assessment (fixture, questionnaire, name, answers);

  return ui_submit (fixture, assessment);
}

/* The answers of an assessment as they are stored, to be compared. */
char *
ui_dup_answers (UiFixture  *fixture,
                const char *assessment)
{
  g_autoptr (PostureAnswers) answers = posture_user_service_dup_answers (
    posture_platform_get_user (fixture->platform), assessment, NULL);
  g_auto (GStrv) questions = posture_answers_dup_questions (answers);
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_array (writer);
  for (guint i = 0; questions[i] != NULL; i++)
    posture_answer_write (posture_answers_get (answers, questions[i]), writer, /* with_note = */ TRUE);
  posture_json_writer_end_array (writer);
  return posture_json_writer_finish_text (writer);
}

/* Makes a report one that cannot be read, as a disk does that has aged, or puts it right again. */
void
ui_damage_report (UiFixture  *fixture,
                  const char *report,
                  gboolean    damaged)
{
  g_autofree char *path = g_build_filename (fixture->folder, "posture.db", NULL);
  g_autofree char *sql = g_strdup_printf (
    damaged ? "UPDATE user_report SET report = '#' || report WHERE id = '%s'"
            : "UPDATE user_report SET report = substr (report, 2) WHERE id = '%s'", report);
  sqlite3 *connection = NULL;

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_busy_timeout (connection, 10000), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (connection, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (connection), ==, 1);
  g_assert_cmpint (sqlite3_close (connection), ==, SQLITE_OK);
}
