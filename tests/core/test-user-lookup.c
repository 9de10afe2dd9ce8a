/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "user-fixture.h"

/* What is looked up by its id, by who waits and by who goes on. */

#define UNKNOWN "01890a5d-ac96-774b-bcce-b302099a8057"

static void
take_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static void
test_assessment (UserFixture  *self,
                 gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) nothing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAssessmentItem) item = NULL;

  posture_user_service_load_assessment_async (self->user, home, NULL, take_result_cb, &result);
  posture_user_service_load_assessment_async (self->user, UNKNOWN, NULL, take_result_cb, &nothing);
  user_until (result != NULL && nothing != NULL);
  item = posture_user_service_load_assessment_finish (self->user, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (posture_assessment_item_get_id (item), ==, home);
  g_assert_cmpstr (posture_assessment_item_get_name (item), ==, "Home");
  g_assert_null (posture_user_service_load_assessment_finish (self->user, nothing, &error));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
}

static void
test_answers (UserFixture  *self,
              gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) nothing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  g_autofree char *text = NULL;

  user_answer (self, home, "lock", "{\"note\":\"two keys\",\"value\":true}");
  posture_user_service_load_answers_async (self->user, home, NULL, take_result_cb, &result);
  posture_user_service_load_answers_async (self->user, UNKNOWN, NULL, take_result_cb, &nothing);
  user_until (result != NULL && nothing != NULL);
  answers = posture_user_service_load_answers_finish (self->user, result, &error);
  g_assert_no_error (error);
  text = posture_answers_to_canonical (answers);
  g_assert_cmpstr (text, ==, "{\"lock\":true}");
  g_assert_cmpstr (posture_answer_get_note (posture_answers_get (answers, "lock")), ==, "two keys");
  g_assert_null (posture_user_service_load_answers_finish (self->user, nothing, &error));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
}

static void
test_report (UserFixture  *self,
             gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *home = user_make_report (self, "Home", &id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) nothing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureReport) report = NULL;

  posture_user_service_load_report_async (self->user, id, NULL, take_result_cb, &result);
  posture_user_service_load_report_async (self->user, home, NULL, take_result_cb, &nothing);
  user_until (result != NULL && nothing != NULL);
  report = posture_user_service_load_report_finish (self->user, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report->id, ==, id);
  g_assert_cmpstr (report->assessment, ==, home);
  g_assert_null (posture_user_service_load_report_finish (self->user, nothing, &error));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
}

/* What was submitted, without the note, whatever was answered since. */
static void
test_submitted_answers (UserFixture  *self,
                        gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *home = user_make_report (self, "Home", &id);
  g_autoptr (PostureReport) report = posture_user_service_dup_report (self->user, id, NULL);
  g_autoptr (PostureAnswers) submitted = NULL;
  g_autoptr (PostureAnswers) loaded = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) nothing = NULL;
  g_autoptr (GError) error = NULL;

  submitted = posture_user_service_dup_submitted_answers (self->user, report->revision, &error);
  g_assert_no_error (error);
  user_answer (self, home, "lock", "{\"note\":\"two keys\",\"unknown\":true}");
  posture_user_service_load_submitted_answers_async (self->user, report->revision, NULL, take_result_cb, &result);
  posture_user_service_load_submitted_answers_async (self->user, id, NULL, take_result_cb, &nothing);
  user_until (result != NULL && nothing != NULL);
  loaded = posture_user_service_load_submitted_answers_finish (self->user, result, &error);
  g_assert_no_error (error);
  before = posture_answers_to_canonical (submitted);
  after = posture_answers_to_canonical (loaded);
  g_assert_cmpstr (after, ==, before);
  g_assert_null (posture_user_service_load_submitted_answers_finish (self->user, nothing, &error));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
}

/* Who has lost interest gets that for an answer, and what was found is freed. */
static void
test_cancelled (UserFixture  *self,
                gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  posture_user_service_load_answers_async (self->user, home, cancellable, take_result_cb, &result);
  g_cancellable_cancel (cancellable);
  user_until (result != NULL);
  g_assert_null (posture_user_service_load_answers_finish (self->user, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, func) \
  g_test_add (name, UserFixture, NULL, user_fixture_set_up, func, user_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/user-lookup/assessment", test_assessment);
  ADD ("/user-lookup/answers", test_answers);
  ADD ("/user-lookup/report", test_report);
  ADD ("/user-lookup/submitted-answers", test_submitted_answers);
  ADD ("/user-lookup/cancelled", test_cancelled);
  return g_test_run ();
}
