/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The platform: the wiring, several processes at one profile, and a whole run with what the program
 * brings. The program starts itself again as the other process. */

#include "user-fixture.h"

#include "bus/archive.h"
#include "bus/replay.h"
#include "rating/rating.h"
#include "security/security-service.h"
#include "store/store-error.h"
#include "test-folder.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW USER_START

static const char *program;

/* The other process: opens the profile of the folder and does what its role is. */
static int
run_child (const char *role,
           const char *folder)
{
  UserFixture other = { .folder = (char *) folder, .clock = manual_clock_new (NOW + 1000),
                        .library = user_library_new (1) };
  g_autofree char *report = NULL;
  g_autofree char *id = NULL;

  user_fixture_open (&other);
  printf ("%s\n", posture_platform_is_dispatching (other.platform) ? "dispatching" : "waiting");
  fflush (stdout);
  if (g_str_equal (role, "hold")) /* never looks at its main context: it does not dispatch */
    while (TRUE)
      pause ();
  id = user_make_report (&other, "From elsewhere", &report);
  printf ("%s\n%s\n", id, report);
  user_fixture_close (&other);
  posture_library_unref (other.library);
  g_object_unref (other.clock);
  return 0;
}

/* The other process whose built-in questionnaires are not what the program brings: says what is wrong. */
static int
load_child (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureLibrary) library = posture_platform_load_library (/* folder = */ NULL, &error);

  g_assert_cmpint (library != NULL, ==, error == NULL);
  printf ("%s\n", error != NULL ? error->message : "loaded");
  return 0;
}

static GSubprocess *
start_child (UserFixture *self,
             const char  *role)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--child", role,
                                         self->folder, NULL);

  g_assert_no_error (error);
  return child;
}

static void
take_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

/* Runs the main context until the other process has ended; gives its lines. */
static char **
end_child (GSubprocess *child)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_subprocess_communicate_utf8_async (child, NULL, NULL, take_result_cb, &result);
  user_until (result != NULL);
  g_assert_true (g_subprocess_communicate_utf8_finish (child, result, &text, NULL, &error));
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static void
assert_line (GSubprocess *child,
             const char  *expected)
{
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autofree char *line = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (stream), FALSE);
  line = g_data_input_stream_read_line_utf8 (stream, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, expected);
}

/* The rules are put once, however often a profile is opened. */
static void
test_rules (UserFixture  *self,
            gconstpointer data)
{
  g_autofree char *rules = user_query (self, "SELECT name, targets FROM bus_rule ORDER BY name");
  gint64 version = user_query_int (self, "SELECT rules_version FROM bus_state");

  g_assert_cmpstr (rules, ==, "answer-rule|[\"security-rating\"]\nreport-rule|[\"user-reports\"]\n"
                              "review-schedule|[\"user-review\"]");
  user_fixture_close (self);
  user_fixture_open (self);
  g_assert_cmpint (user_query_int (self, "SELECT rules_version FROM bus_state"), ==, version);
}

#define QUESTIONNAIRES "/io/github/posture_app/Posture/questionnaires/"

/* What the program brings is damaged: it says which file, and does not go on with half of it. */
static void
test_damaged_resources (void)
{
  static const struct
  {
    const char *file;
    const char *contents;
    const char *said;
  } cases[] = {
    { "essentials.json", "{", "essentials.json: line 1, column 2: the text ends too early" },
    { "essentials.en.json", "[]", "essentials.en.json: must be an object" },
    { "essentials.de.json", "[]", "essentials.de.json: must be an object" },
  };
  g_autofree char *folder = user_folder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].file, NULL);
      g_autofree char *overlay = g_strconcat (QUESTIONNAIRES, cases[i].file, "=", path, NULL);
      g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
      g_autoptr (GSubprocess) child = NULL;
      g_autofree char *said = NULL;

      g_assert_true (g_file_set_contents (path, cases[i].contents, -1, NULL));
      g_subprocess_launcher_setenv (launcher, "G_RESOURCE_OVERLAYS", overlay, TRUE);
      child = g_subprocess_launcher_spawn (launcher, NULL, program, "--child", "load", folder, NULL);
      g_assert_true (g_subprocess_communicate_utf8 (child, NULL, NULL, &said, NULL, NULL));
      g_assert_true (g_subprocess_get_successful (child));
      g_assert_true (g_str_has_suffix (said, "\n"));
      said[strlen (said) - 1] = '\0';
      g_assert_cmpstr (said, ==, cases[i].said);
    }
  test_folder_remove (folder);
}

static void
notify_cb (guint *n_notified)
{
  ++*n_notified;
}

/* The parts are the platform's, and closing tells that it dispatches no more. */
static void
test_parts (UserFixture  *self,
            gconstpointer data)
{
  guint n_notified = 0;
  gboolean dispatching;

  g_assert_true (posture_platform_get_library (self->platform) == self->library);
  g_object_get (self->platform, "dispatching", &dispatching, NULL);
  g_assert_true (dispatching);
  g_assert_true (posture_bus_is_running (self->bus));
  g_signal_connect_swapped (self->platform, "notify::dispatching", G_CALLBACK (notify_cb), &n_notified);
  posture_platform_close (self->platform);
  posture_platform_close (self->platform);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_false (posture_platform_is_dispatching (self->platform));
  g_clear_object (&self->platform);
}

static void
test_data_folder (void)
{
  g_autofree char *own = NULL;
  g_autofree char *usual = NULL;
  g_autofree char *expected = g_build_filename (g_get_user_data_dir (), "posture", NULL);

  g_setenv ("POSTURE_DATA_DIR", "/somewhere/else", TRUE);
  own = posture_platform_dup_data_folder ();
  g_assert_cmpstr (own, ==, "/somewhere/else");
  g_setenv ("POSTURE_DATA_DIR", "", TRUE);
  usual = posture_platform_dup_data_folder ();
  g_assert_cmpstr (usual, ==, expected);
  g_unsetenv ("POSTURE_DATA_DIR");
}

/* A profile that cannot be opened says why, and nothing of it is left. */
static void
test_cannot_open (void)
{
  g_autofree char *folder = user_folder_new ();
  g_autofree char *file = g_build_filename (folder, "posture.db", NULL);
  g_autofree char *below = g_build_filename (file, "deeper", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (PostureLibrary) library = user_library_new (1);
  PostureClock *clock = posture_clock_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "This is no database but a letter to the bank, long enough to "
                                            "be taken for the header of a file that is damaged.", -1, NULL));
  g_assert_null (posture_platform_open (folder, clock, library, NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "This is no database"));
  g_assert_null (posture_platform_open (below, clock, library, NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN);
  g_assert_finalize_object (clock);
  test_folder_remove (folder);
}

/* Who has a window opens a profile without waiting for it, and hears why if it cannot be opened. */
static void
test_open_async (void)
{
  g_autofree char *folder = user_folder_new ();
  g_autofree char *file = g_build_filename (folder, "posture.db", NULL);
  g_autofree char *below = g_build_filename (file, "deeper", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureQuestionnaire) essentials = NULL;
  ManualClock *clock = manual_clock_new (NOW);
  PosturePlatform *platform;

  posture_platform_open_async (folder, POSTURE_CLOCK (clock), take_result_cb, &result);
  user_until (result != NULL);
  platform = posture_platform_open_finish (result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_true (posture_platform_is_dispatching (platform));
  essentials = posture_library_dup_current (posture_platform_get_library (platform), "essentials");
  g_assert_nonnull (essentials);
  posture_platform_open_async (below, POSTURE_CLOCK (clock), take_result_cb, &refused);
  user_until (refused != NULL);
  g_assert_null (posture_platform_open_finish (refused, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CANNOT_OPEN);
  g_clear_object (&refused);
  posture_platform_close (platform);
  g_assert_finalize_object (platform);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  /* a thread that has answered may hold it until it ends */
  while (g_atomic_int_get (&G_OBJECT (clock)->ref_count) > 1)
    g_thread_yield ();
  g_assert_finalize_object (clock);
  test_folder_remove (folder);
}

/* Another process writes and gets its report from here; here everything is seen to come. */
static void
test_second_process (UserFixture  *self,
                     gconstpointer data)
{
  g_autofree char *own = user_create (self, "Here");
  PostureUserList *assessments = posture_user_service_list_assessments (self->user, FALSE);
  PostureUserList *reports = posture_user_service_list_reports (self->user, NULL);
  g_autoptr (GSubprocess) child = start_child (self, "work");
  g_auto (GStrv) lines = end_child (child);
  g_autoptr (PostureAssessmentItem) first = NULL;
  g_autoptr (PostureReportItem) report = NULL;
  g_autoptr (PostureAnswers) answers = NULL;

  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpstr (lines[0], ==, "waiting");
  g_assert_true (g_subprocess_get_successful (child));
  user_until (g_list_model_get_n_items (G_LIST_MODEL (assessments)) == 2 &&
              g_list_model_get_n_items (G_LIST_MODEL (reports)) == 1);
  first = g_list_model_get_item (G_LIST_MODEL (assessments), 0);
  g_assert_cmpstr (posture_assessment_item_get_id (first), ==, lines[1]);
  report = g_list_model_get_item (G_LIST_MODEL (reports), 0);
  g_assert_cmpstr (posture_report_item_get_id (report), ==, lines[2]);
  answers = posture_user_service_dup_answers (self->user, lines[1], NULL);
  g_assert_cmpuint (posture_answers_get_length (answers), ==, 1);
  user_settle (self);
  g_assert_finalize_object (assessments);
  g_assert_finalize_object (reports);
}

/* Who dispatched is killed: the other one takes over, and the report that was due comes. */
static void
test_takes_over (UserFixture  *self,
                 gconstpointer data)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char *id = NULL;
  g_autofree char *revision = NULL;
  g_autofree char *report = NULL;
  guint n_notified = 0;

  user_fixture_close (self);
  child = start_child (self, "hold");
  assert_line (child, "dispatching");
  user_fixture_open (self);
  g_signal_connect_swapped (self->platform, "notify::dispatching", G_CALLBACK (notify_cb), &n_notified);
  g_assert_false (posture_platform_is_dispatching (self->platform));
  id = user_create (self, "Main office");
  user_answer (self, id, "lock", "true");
  revision = user_submit (self, id);
  user_settle_reads (self);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_delivery"), ==, 1);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_report"), ==, 0);
  g_subprocess_send_signal (child, SIGKILL);
  report = user_wait_report (self, revision);
  g_assert_true (posture_platform_is_dispatching (self->platform));
  g_assert_cmpuint (n_notified, ==, 1);
  g_signal_handlers_disconnect_by_data (self->platform, &n_notified);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
}

/* A platform that waits for its turn can go, by closing or just dropped. */
static void
test_waiting_goes (UserFixture  *self,
                   gconstpointer data)
{
  g_autoptr (PostureLibrary) library = user_library_new (1);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      PosturePlatform *other = posture_platform_open (self->folder, POSTURE_CLOCK (self->clock), library, NULL,
                                                      &error);

      g_assert_no_error (error);
      g_assert_false (posture_platform_is_dispatching (other));
      if (i == 0)
        posture_platform_close (other);
      g_assert_finalize_object (other);
    }
}

/* Closed at any moment between a submission and its report: it comes when the profile is opened. */
static void
test_close_in_the_middle (UserFixture  *self,
                          gconstpointer data)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = user_create (self, "Main office");
      g_autofree char *revision = user_submit (self, id);
      g_autofree char *report = NULL;

      for (guint turn = 0; turn < i; turn++)
        g_main_context_iteration (NULL, FALSE);
      user_fixture_close (self);
      user_fixture_open (self);
      report = user_wait_report (self, revision);
    }
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_report"), ==, 8);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_event"), ==, 16);
}

/* A replay of everything rates nothing again and stores nothing again, whichever rules there are. */
static void
test_replay (UserFixture  *self,
             gconstpointer data)
{
  static const char *const targets[] = { "security-rating", POSTURE_USER_REPORT_TARGET, NULL };
  static const char *const no_rules[] = { NULL };
  g_autofree char *report = NULL;
  g_autofree char *id = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (posture_bus_set_archive (self->bus, TRUE, NULL, 0, POSTURE_ARCHIVE_DEFAULT_SIZE, NULL));
  id = user_make_report (self, "Main office", &report);
  g_assert_true (posture_bus_put_rule (self->bus, "more", "{\"source\":[{\"prefix\":\"posture.\"}]}", targets, NULL));
  before = user_query (self, "SELECT sequence FROM bus_event");
  g_assert_true (posture_bus_start_replay (self->bus, "again", 0, G_MAXINT64, no_rules, NULL));
  user_until (user_query_int (self, "SELECT count(*) FROM bus_replay WHERE state = 'completed'") == 1);
  user_settle (self);
  after = user_query (self, "SELECT sequence FROM bus_event");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (user_query_int (self, "SELECT events FROM bus_replay"), ==, 2);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_report"), ==, 1);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_dead_letter"), ==, 0);
}

/* Answers an assessment from a file as a person would. */
static char *
fill_in (UserFixture          *self,
         PostureQuestionnaire *questionnaire,
         PostureAnswers       *answers)
{
  PostureOperation *create = posture_operation_new_create (NOW, posture_questionnaire_get_digest (questionnaire),
                                                           "Example");
  char *id = g_strdup (posture_operation_get_assessment (create));
  g_auto (GStrv) questions = posture_answers_dup_questions (answers);

  user_apply (self, create);
  for (guint i = 0; questions[i] != NULL; i++)
    {
      g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
      g_autofree char *text = NULL;

      posture_answer_write (posture_answers_get (answers, questions[i]), writer, /* with_note = */ TRUE);
      text = posture_json_writer_finish_text (writer);
      user_answer (self, id, questions[i], text);
    }
  return id;
}

/* The questionnaire that the program brings, with the examples that go with it. */
static void
test_essentials (UserFixture  *self,
                 gconstpointer data)
{
  const char *examples[] = { "essentials.json", "essentials-unknown.json" };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureWords) german = NULL;

  user_fixture_close (self);
  posture_library_unref (self->library);
  self->library = posture_platform_load_library (/* folder = */ NULL, &error);
  g_assert_no_error (error);
  questionnaire = posture_library_dup_current (self->library, "essentials");
  g_assert_nonnull (questionnaire);
  german = posture_library_dup_words (self->library, posture_questionnaire_get_digest (questionnaire),
                                      (const char *const[]) { "de_DE", "de", "en", NULL });
  g_assert_cmpstr (posture_words_get_language (german), ==, "de");
  user_fixture_open (self);
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "examples", examples[i],
                                                     NULL);
      g_autofree char *contents = NULL;
      g_autofree char *id = NULL;
      g_autofree char *revision = NULL;
      g_autofree char *report_id = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (PostureFaults) faults = posture_faults_new ();
      g_autoptr (PostureAnswers) answers = NULL;
      g_autoptr (PostureReport) report = NULL;
      g_autoptr (PostureReport) rated = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      bytes = g_bytes_new (contents, size);
      answers = posture_answers_new_from_file_bytes (bytes, examples[i], questionnaire, faults);
      g_assert_nonnull (answers);
      id = fill_in (self, questionnaire, answers);
      revision = user_submit (self, id);
      report_id = user_wait_report (self, revision);
      report = posture_user_service_dup_report (self->user, report_id, &error);
      g_assert_no_error (error);
      rated = posture_rate (questionnaire, answers,
                            &(PostureRatingContext) { id, revision, "2026-10-26T07:33:20.000Z" }, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (report->id, ==, rated->id);
      g_assert_cmpint (report->score->worst, ==, rated->score->worst);
      g_assert_cmpint (report->score->best, ==, rated->score->best);
      g_assert_cmpuint (report->findings->len, ==, rated->findings->len);
      g_assert_cmpuint (report->findings->len, >, 0);
    }
}

#define ADD(name, function)                                                                  \
  g_test_add (name, UserFixture, NULL, user_fixture_set_up, function, user_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return g_str_equal (argv[2], "load") ? load_child () : run_child (argv[2], argv[3]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/data-folder", test_data_folder);
  g_test_add_func ("/platform/cannot-open", test_cannot_open);
  g_test_add_func ("/platform/open-async", test_open_async);
  g_test_add_func ("/platform/damaged-resources", test_damaged_resources);
  ADD ("/platform/rules-once", test_rules);
  ADD ("/platform/parts", test_parts);
  ADD ("/platform/second-process", test_second_process);
  ADD ("/platform/takes-over", test_takes_over);
  ADD ("/platform/waiting-goes", test_waiting_goes);
  ADD ("/platform/close-in-the-middle", test_close_in_the_middle);
  ADD ("/platform/replay", test_replay);
  ADD ("/platform/essentials", test_essentials);
  return g_test_run ();
}
