/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports as the user service keeps them, waiting for one, and deleting. */

#include "user-fixture.h"

#include "json/json-writer.h"
#include "rating/rating.h"
#include "store/store-error.h"

#include <glib/gstdio.h>

#define NOW USER_START

static char *
report_to_text (const PostureReport *report)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_report_write (writer, report);
  return posture_json_writer_finish_text (writer);
}

/* The detail of the last ReportEvent. */
static char *
dup_report_detail (UserFixture *self)
{
  return user_query (self, "SELECT json_extract(envelope, '$.detail') FROM bus_event"
                           " WHERE json_extract(envelope, '$.\"detail-type\"') = 'ReportEvent'"
                           " ORDER BY sequence DESC LIMIT 1");
}

static void
put_report_event (UserFixture *self,
                  const char  *detail)
{
  g_autoptr (GError) error = NULL;
  PostureBusEntry entry = { .source = "posture.security-service.rating", .detail_type = "ReportEvent",
                            .detail = detail };
  g_autoptr (GPtrArray) results = posture_bus_put (self->bus, &entry, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (((PostureBusResult *) g_ptr_array_index (results, 0))->event_id);
  user_settle (self);
}

/* The report that is read back is what rating the answers gives, byte for byte. */
static void
test_read_back (UserFixture  *self,
                gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  g_autofree char *revision = NULL;
  g_autofree char *report_id = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *stored = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (PostureReport) rated = NULL;
  g_autoptr (PostureAssessmentItem) item = NULL;
  g_autoptr (GError) error = NULL;

  user_answer (self, id, "lock", "true");
  user_answer (self, id, "how", "{\"unknown\":true}");
  user_answer (self, id, "who", "{\"note\":\"n\",\"value\":\"The baker\"}");
  revision = user_submit (self, id);
  report_id = user_wait_report (self, revision);
  report = posture_user_service_dup_report (self->user, report_id, &error);
  g_assert_no_error (error);
  answers = posture_user_service_dup_answers (self->user, id, &error);
  rated = posture_rate (questionnaire, answers,
                        &(PostureRatingContext) { id, revision, "2026-10-26T07:33:20.000Z" }, &error);
  g_assert_no_error (error);
  text = report_to_text (report);
  expected = report_to_text (rated);
  g_assert_cmpstr (text, ==, expected);
  stored = user_query (self, "SELECT report FROM user_report");
  g_assert_cmpstr (stored, ==, expected);
  item = posture_user_service_dup_assessment (self->user, id, NULL);
  g_assert_cmpstr (posture_assessment_item_get_last_report (item), ==, report_id);
}

/* One row for one report, however often it is told. */
static void
test_twice (UserFixture  *self,
            gconstpointer data)
{
  g_autofree char *id = user_make_report (self, "Main office", NULL);
  g_autofree char *detail = dup_report_detail (self);
  gint64 changes = user_query_int (self, "SELECT count(*) FROM user_change");

  put_report_event (self, detail);
  put_report_event (self, detail);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_report"), ==, 1);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_change"), ==, changes);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_delivery"), ==, 0);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_dead_letter"), ==, 0);
}

/* A report of what was deleted goes nowhere, and holds nothing up. */
static void
test_of_deleted (UserFixture  *self,
                 gconstpointer data)
{
  g_autofree char *id = user_make_report (self, "Main office", NULL);
  g_autofree char *detail = dup_report_detail (self);

  user_apply (self, posture_operation_new_delete (NOW, id));
  put_report_event (self, detail);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_report"), ==, 0);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_delivery"), ==, 0);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_dead_letter"), ==, 0);
}

/* A report that says another assessment than its revision's goes nowhere, and holds nothing up. */
static void
test_of_other (UserFixture  *self,
               gconstpointer data)
{
  g_autofree char *id = user_make_report (self, "Main office", NULL);
  g_autofree char *detail = dup_report_detail (self);
  g_autoptr (GString) other = g_string_new (detail);
  g_autofree char *second = NULL;

  user_execute (self, "DELETE FROM user_report");
  g_string_replace (other, id, "01900000-0000-7000-8000-00000000abcd", 0);
  put_report_event (self, other->str);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_report"), ==, 0);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_delivery"), ==, 0);
  second = user_make_report (self, "Workshop", NULL);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_report"), ==, 1);
}

/* An event that is no report is a dead letter with the reason. */
static void
test_malformed (UserFixture  *self,
                gconstpointer data)
{
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (GError) error = NULL;
  const PostureDeadLetter *letter;

  put_report_event (self, "{\"report\":{\"id\":7}}");
  put_report_event (self, "{}");
  letters = posture_bus_list_dead_letters (self->bus, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (letters->len, ==, 2);
  letter = g_ptr_array_index (letters, 0);
  g_assert_cmpstr (letter->target, ==, POSTURE_USER_REPORT_TARGET);
  g_assert_cmpuint (letter->attempts, ==, 1);
  g_assert_nonnull (g_strstr_len (letter->reason, -1, "holds no report"));
}

static void
take_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

/* The report that is there already is found at once. */
static void
test_wait_after (UserFixture  *self,
                 gconstpointer data)
{
  g_autofree char *report = NULL;
  g_autofree char *id = user_make_report (self, "Main office", &report);
  g_autofree char *revision = posture_user_service_dup_revision (self->user, id, NULL);
  g_autofree char *again = user_wait_report (self, revision);

  g_assert_cmpstr (again, ==, report);
}

/* Waiting ends when it is cancelled: before, meanwhile; the service is not kept. */
static void
test_wait_cancelled (UserFixture  *self,
                     gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *revision = NULL;

  posture_bus_stop (self->bus);
  revision = user_submit (self, id);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      posture_user_service_wait_report_async (self->user, revision, cancellable, take_result_cb, &result);
      user_settle_reads (self);
      if (i == 1)
        {
          g_assert_null (result);
          g_cancellable_cancel (cancellable);
        }
      user_until (result != NULL);
      g_assert_null (posture_user_service_wait_report_finish (self->user, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* Waiting ends when what is waited for is deleted, and was never there. */
static void
test_wait_deleted (UserFixture  *self,
                   gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *revision = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  posture_bus_stop (self->bus);
  revision = user_submit (self, id);
  posture_user_service_wait_report_async (self->user, revision, NULL, take_result_cb, &result);
  user_settle_reads (self);
  g_assert_null (result);
  user_apply (self, posture_operation_new_delete (NOW, id));
  user_until (result != NULL);
  g_assert_null (posture_user_service_wait_report_finish (self->user, result, &error));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
}

/* Waiting ends when the profile is closed; nothing is left. */
static void
test_wait_closed (UserFixture  *self,
                  gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *revision = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) other = NULL;
  g_autoptr (PostureUserService) user = g_object_ref (self->user);
  g_autoptr (GError) error = NULL;

  posture_bus_stop (self->bus);
  revision = user_submit (self, id);
  posture_user_service_wait_report_async (self->user, revision, NULL, take_result_cb, &result);
  posture_user_service_wait_report_async (self->user, revision, NULL, take_result_cb, &other);
  posture_platform_close (self->platform);
  user_until (result != NULL && other != NULL);
  g_assert_null (posture_user_service_wait_report_finish (user, result, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CLOSED);
  g_clear_object (&result);
  g_clear_object (&other);
  g_assert_finalize_object (g_steal_pointer (&user));
  g_clear_object (&self->platform);
}

/* A report goes with its event; the assessment and its other reports stay. */
static void
test_delete_report (UserFixture  *self,
                    gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *id = user_make_report (self, "Main office", &first);
  g_autofree char *revision = NULL;
  g_autofree char *second = NULL;
  g_autofree char *left = NULL;
  g_autofree char *content = NULL;
  g_autoptr (PostureAssessmentItem) item = NULL;

  user_answer (self, id, "lock", "false");
  revision = user_submit (self, id);
  second = user_wait_report (self, revision);
  /* the operation keeps the id, but nothing that the report says */
  content = g_strdup_printf ("\"id\":\"%s\"", second);
  g_assert_true (user_folder_holds (self->folder, content));
  user_apply (self, posture_operation_new_delete_report (NOW, second));
  user_settle (self);
  left = user_query (self, "SELECT id FROM user_report");
  g_assert_cmpstr (left, ==, first);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_event"), ==, 3);
  g_assert_false (user_folder_holds (self->folder, content));
  item = posture_user_service_dup_assessment (self->user, id, NULL);
  g_assert_cmpstr (posture_assessment_item_get_last_report (item), ==, first);
}

/* Deleting deletes: nothing of the assessment is in any file of the profile, also not in a copy. */
static void
test_delete (UserFixture  *self,
             gconstpointer data)
{
  static const char *const words[] = { "Confidential-Office", "Private-Rename", "Secret-Baker", "Hushed-Note",
                                       "No-Reason-At-All", "Draft-Text" };
  g_autofree char *kept = user_create (self, "Kept-Name");
  g_autofree char *id = user_create (self, words[0]);
  g_autofree char *copy = g_build_filename (self->folder, "posture.db.before-update", NULL);
  g_autofree char *revision = NULL;
  g_autofree char *report = NULL;
  PostureOperation *answer;

  user_apply (self, posture_operation_new_rename (NOW, id, words[1]));
  user_answer (self, id, "who", "{\"note\":\"Hushed-Note\",\"value\":\"Secret-Baker\"}");
  user_answer (self, id, "size", "{\"not_applicable\":\"No-Reason-At-All\"}");
  revision = user_submit (self, id);
  report = user_wait_report (self, revision);
  answer = posture_operation_new_answer (NOW, id, "who", "\"Draft-Text\"", FALSE);
  user_apply (self, posture_operation_ref (answer));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_true (user_folder_holds (self->folder, words[i]));
  g_assert_true (g_file_set_contents (copy, words[0], -1, NULL));

  user_apply (self, posture_operation_new_delete (NOW, id));
  user_settle (self);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_false (user_folder_holds (self->folder, words[i]));
  g_assert_false (user_folder_holds (self->folder, report));
  g_assert_true (user_folder_holds (self->folder, "Kept-Name"));
  g_assert_nonnull (kept);
  /* what is left of an operation is enough not to do it again, and too little to guess it from */
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_operation WHERE payload IS NULL"
                                         " AND question IS NULL AND payload_hash = ''"), ==, 6);
  user_apply (self, answer);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_answer"), ==, 0);
}

/* The same by the way that does not wait: the copy goes, too. */
static void
test_delete_async (UserFixture  *self,
                   gconstpointer data)
{
  g_autofree char *id = user_create (self, "Confidential-Office");
  g_autofree char *copy = g_build_filename (self->folder, "posture.db.before-update", NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (g_file_set_contents (copy, "Confidential-Office", -1, NULL));
  g_ptr_array_add (list, posture_operation_new_delete (NOW, id));
  posture_user_service_apply_async (self->user, list, NULL, take_result_cb, &result);
  user_until (result != NULL);
  g_assert_true (posture_user_service_apply_finish (self->user, result, NULL));
  user_settle (self);
  g_assert_false (user_folder_holds (self->folder, "Confidential-Office"));
}

/* A questionnaire that was used is kept: read, submitted and rated when the program brings another. */
static void
test_old_questionnaire (UserFixture  *self,
                        gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *id = user_make_report (self, "Main office", &first);
  g_autofree char *other = NULL;
  g_autofree char *revision = NULL;
  g_autofree char *report_id = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureReport) report = NULL;
  g_autoptr (PostureQuestionnaire) current = NULL;

  user_fixture_close (self);
  user_fixture_set_library (self, 2);
  user_fixture_open (self);
  answers = posture_user_service_dup_answers (self->user, id, NULL);
  g_assert_cmpuint (posture_answers_get_length (answers), ==, 1);
  user_answer (self, id, "how", "\"strong\"");
  revision = user_submit (self, id);
  report_id = user_wait_report (self, revision);
  report = posture_user_service_dup_report (self->user, report_id, NULL);
  g_assert_cmpstr (report->questionnaire->version, ==, "1.0.0");
  g_assert_true (report->score->has_value);
  g_assert_cmpint (report->score->value, ==, report->score->max);
  /* new assessments take the new one */
  current = posture_library_dup_current (posture_platform_get_library (self->platform), "small");
  g_assert_cmpstr (posture_questionnaire_get_version (current), ==, "2.0.0");
  other = user_create (self, "Workshop");
  user_answer (self, other, "more", "true");
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_questionnaire"), ==, 2);
}

/* A version that this program cannot read leaves its assessments to look at; a message tells. */
static void
test_unreadable_questionnaire (UserFixture  *self,
                               gconstpointer data)
{
  g_autofree char *id = user_make_report (self, "Main office", NULL);
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureAssessmentItem) item = NULL;
  g_autoptr (GError) error = NULL;

  user_execute (self, "UPDATE user_questionnaire SET structure = CAST('{\"format\": 99}' AS BLOB)");
  user_fixture_close (self);
  user_fixture_set_library (self, 2);
  user_fixture_open (self);
  answers = posture_user_service_dup_answers (self->user, id, &error);
  g_assert_null (answers);
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  error = user_apply_error (self, posture_operation_new_answer (NOW, id, "lock", "false", FALSE));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
  item = posture_user_service_dup_assessment (self->user, id, NULL);
  g_assert_nonnull (item);
  user_apply (self, posture_operation_new_delete (NOW, id));
}

#define ADD(name, function)                                                                  \
  g_test_add (name, UserFixture, NULL, user_fixture_set_up, function, user_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/user/report/read-back", test_read_back);
  ADD ("/user/report/told-twice", test_twice);
  ADD ("/user/report/of-deleted", test_of_deleted);
  ADD ("/user/report/of-other-assessment", test_of_other);
  ADD ("/user/report/malformed", test_malformed);
  ADD ("/user/wait/after", test_wait_after);
  ADD ("/user/wait/cancelled", test_wait_cancelled);
  ADD ("/user/wait/deleted", test_wait_deleted);
  ADD ("/user/wait/closed", test_wait_closed);
  ADD ("/user/delete/report", test_delete_report);
  ADD ("/user/delete/assessment", test_delete);
  ADD ("/user/delete/async", test_delete_async);
  ADD ("/user/questionnaire/old", test_old_questionnaire);
  ADD ("/user/questionnaire/unreadable", test_unreadable_questionnaire);
  return g_test_run ();
}
