/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an operation does to the rows and to the history, once. */

#include "user-fixture.h"

#define NOW USER_START

static PostureOperation *
answer_new (const char *assessment,
            const char *question,
            const char *answer)
{
  return posture_operation_new_answer (NOW, assessment, question, answer, FALSE);
}

static void
assert_rows (UserFixture *self,
             const char  *sql,
             const char  *expected)
{
  g_autofree char *rows = user_query (self, sql);

  g_assert_cmpstr (rows, ==, expected);
}

static void
assert_refused (UserFixture      *self,
                PostureOperation *operation,
                PostureUserError  code)
{
  g_autofree char *before = user_query (self, "SELECT count(*), (SELECT count(*) FROM user_operation),"
                                              " (SELECT group_concat(coalesce(answer, '-')) FROM user_answer),"
                                              " (SELECT clock_counter FROM user_space) FROM user_change");
  g_autoptr (GError) error = user_apply_error (self, operation);

  g_assert_error (error, POSTURE_USER_ERROR, (int) code);
  g_assert_cmpstr (error->message, !=, "");
  assert_rows (self, "SELECT count(*), (SELECT count(*) FROM user_operation),"
                     " (SELECT group_concat(coalesce(answer, '-')) FROM user_answer),"
                     " (SELECT clock_counter FROM user_space) FROM user_change", before);
}

/* What an item says is what was done. */
static void
test_create (UserFixture  *self,
             gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autoptr (PostureAssessmentItem) item = NULL;
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  g_autoptr (GError) error = NULL;

  item = posture_user_service_dup_assessment (self->user, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (posture_assessment_item_get_id (item), ==, id);
  g_assert_cmpstr (posture_assessment_item_get_name (item), ==, "Main office");
  g_assert_cmpstr (posture_assessment_item_get_questionnaire (item), ==, "small");
  g_assert_cmpstr (posture_assessment_item_get_digest (item), ==,
                   posture_questionnaire_get_digest (questionnaire));
  g_assert_false (posture_assessment_item_get_archived (item));
  g_assert_cmpint (posture_assessment_item_get_created (item), ==, NOW);
  g_assert_cmpint (posture_assessment_item_get_changed (item), ==, NOW);
  g_assert_cmpuint (posture_assessment_item_get_n_answers (item), ==, 0);
  g_assert_null (posture_assessment_item_get_revision (item));
  g_assert_cmpuint (posture_assessment_item_get_revision_number (item), ==, 0);
  g_assert_null (posture_assessment_item_get_last_report (item));
}

/* What there is not cannot be found or changed. */
static void
test_not_found (UserFixture  *self,
                gconstpointer data)
{
  const char *nobody = "01900000-0000-7000-8000-000000000000";
  g_autoptr (GError) error = NULL;

  g_assert_null (posture_user_service_dup_assessment (self->user, nobody, &error));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (posture_user_service_dup_answers (self->user, nobody, &error));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (posture_user_service_dup_revision (self->user, nobody, &error));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (posture_user_service_dup_report (self->user, nobody, &error));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
  assert_refused (self, posture_operation_new_rename (NOW, nobody, "x"), POSTURE_USER_ERROR_NOT_FOUND);
  assert_refused (self, posture_operation_new_archive (NOW, nobody, TRUE), POSTURE_USER_ERROR_NOT_FOUND);
  assert_refused (self, answer_new (nobody, "lock", "true"), POSTURE_USER_ERROR_NOT_FOUND);
  assert_refused (self, posture_operation_new_submit (NOW, nobody), POSTURE_USER_ERROR_NOT_FOUND);
  assert_refused (self, posture_operation_new_delete (NOW, nobody), POSTURE_USER_ERROR_NOT_FOUND);
  assert_refused (self, posture_operation_new_delete_report (NOW, nobody), POSTURE_USER_ERROR_NOT_FOUND);
  assert_refused (self, posture_operation_new_create (NOW, "0123", "x"), POSTURE_USER_ERROR_NOT_FOUND);
}

/* A name is something to read, and not too much of it. */
static void
test_names (UserFixture  *self,
            gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autoptr (GString) longest = g_string_new (NULL);
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);

  assert_refused (self, posture_operation_new_rename (NOW, id, ""), POSTURE_USER_ERROR_INVALID);
  assert_refused (self, posture_operation_new_rename (NOW, id, " \t "), POSTURE_USER_ERROR_INVALID);
  assert_refused (self, posture_operation_new_create (NOW, posture_questionnaire_get_digest (questionnaire),
                                                      " "),
                  POSTURE_USER_ERROR_INVALID);
  for (guint i = 0; i < 200; i++)
    g_string_append (longest, "ü");
  user_apply (self, posture_operation_new_rename (NOW, id, longest->str));
  g_string_append_c (longest, 'x');
  assert_refused (self, posture_operation_new_rename (NOW, id, longest->str), POSTURE_USER_ERROR_INVALID);
}

/* Put away and taken out again; the name stays. */
static void
test_rename_and_archive (UserFixture  *self,
                         gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");

  user_turn_clock (self, 1000);
  user_apply (self, posture_operation_new_rename (NOW + 1000, id, "Workshop"));
  assert_rows (self, "SELECT name, archived, changed - created FROM user_assessment", "Workshop|0|1000");
  user_turn_clock (self, 1000);
  user_apply (self, posture_operation_new_archive (NOW + 2000, id, TRUE));
  assert_rows (self, "SELECT name, archived, changed - created FROM user_assessment", "Workshop|1|2000");
  user_turn_clock (self, 1000);
  user_apply (self, posture_operation_new_archive (NOW + 3000, id, TRUE));
  assert_rows (self, "SELECT name, archived, changed - created FROM user_assessment", "Workshop|1|2000");
  user_apply (self, posture_operation_new_archive (NOW + 3000, id, FALSE));
  assert_rows (self, "SELECT name, archived, changed - created FROM user_assessment", "Workshop|0|3000");
}

static void
assert_newer (UserFixture *self,
              const char  *id,
              gboolean     expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureAssessmentItem) item = posture_user_service_dup_assessment (self->user, id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (posture_assessment_item_has_newer_answers (item), ==, expected);
}

/* What was submitted is told from what came later by the order in which it was applied: the time that a submission
 * names is that at which it was thought of, and a name is no answer. */
static void
test_newer_answers (UserFixture  *self,
                    gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autoptr (PostureOperation) submission = posture_operation_new_submit (NOW, id);

  assert_newer (self, id, FALSE);
  user_turn_clock (self, 1000);
  user_apply (self, answer_new (id, "lock", "true"));
  assert_newer (self, id, FALSE);
  user_apply (self, posture_operation_ref (submission));
  assert_newer (self, id, FALSE);
  user_turn_clock (self, 1000);
  user_apply (self, posture_operation_new_rename (NOW + 2000, id, "Workshop"));
  assert_newer (self, id, FALSE);
  user_apply (self, answer_new (id, "lock", "false"));
  assert_newer (self, id, TRUE);
  user_apply (self, posture_operation_new_submit (NOW + 2000, id));
  assert_newer (self, id, FALSE);
  user_apply (self, answer_new (id, "lock", NULL));
  assert_newer (self, id, TRUE);
}

/* Each kind applied a second time has no effect. */
static void
test_twice (UserFixture  *self,
            gconstpointer data)
{
  g_autofree char *report = NULL;
  g_autofree char *id = user_make_report (self, "Main office", &report);
  PostureOperation *operations[] = {
    posture_operation_new_rename (NOW, id, "Workshop"),
    posture_operation_new_archive (NOW, id, TRUE),
    answer_new (id, "size", "12"),
    posture_operation_new_submit (NOW, id),
    posture_operation_new_delete_report (NOW, report),
    posture_operation_new_delete (NOW, id),
  };

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      const char *all = "SELECT (SELECT count(*) FROM user_change), (SELECT count(*) FROM user_operation),"
                        " (SELECT count(*) FROM bus_event), clock_ms, clock_counter FROM user_space";
      g_autofree char *after = NULL;

      user_apply (self, posture_operation_ref (operations[i]));
      user_settle (self);
      after = user_query (self, all);
      user_turn_clock (self, 5);
      user_apply (self, operations[i]);
      user_settle (self);
      assert_rows (self, all, after);
    }
}

/* An id stands for one thing; what was in place stays. */
static void
test_reused (UserFixture  *self,
             gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  PostureOperation *rename = posture_operation_new_rename (NOW, id, "Workshop");
  g_autofree char *steal = NULL;

  steal = g_strdup_printf ("UPDATE user_operation SET op_id = '%s' WHERE kind = 'create'",
                           posture_operation_get_id (rename));
  user_execute (self, steal);
  assert_refused (self, rename, POSTURE_USER_ERROR_OPERATION_REUSED);
  assert_rows (self, "SELECT name FROM user_assessment", "Main office");
}

/* A list is one thing: if its last operation is refused, the first has no effect either. */
static void
test_all_or_none (UserFixture  *self,
                  gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (list, posture_operation_new_rename (NOW, id, "Workshop"));
  g_ptr_array_add (list, answer_new (id, "lock", "true"));
  g_ptr_array_add (list, answer_new (id, "nonsense", "true"));
  g_assert_false (posture_user_service_apply (self->user, list, &error));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID);
  assert_rows (self, "SELECT name, (SELECT count(*) FROM user_answer),"
                     " (SELECT count(*) FROM user_operation) FROM user_assessment", "Main office|0|1");
  g_ptr_array_remove_index (list, 2);
  g_clear_error (&error);
  g_assert_true (posture_user_service_apply (self->user, list, &error));
  g_assert_no_error (error);
  assert_rows (self, "SELECT name, (SELECT count(*) FROM user_answer) FROM user_assessment", "Workshop|1");
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

/* The way without waiting: success, refusal, and taken back before it began. */
static void
test_async (UserFixture  *self,
            gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      gboolean applied;

      g_ptr_array_add (list, answer_new (id, i == 1 ? "nonsense" : "lock", i == 2 ? "false" : "true"));
      if (i == 2)
        g_cancellable_cancel (cancellable);
      posture_user_service_apply_async (self->user, list, cancellable, applied_cb, &result);
      user_until (result != NULL);
      applied = posture_user_service_apply_finish (self->user, result, &error);
      g_assert_cmpint (applied, ==, i == 0);
      if (i == 1)
        g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID);
      if (i == 2)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  assert_rows (self, "SELECT answer FROM user_answer", "true");
}

/* The history tells which operation the person saw: what was said, or what the row held. */
static void
test_parents (UserFixture  *self,
              gconstpointer data)
{
  PostureOperation *first, *second, *third;
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *created = user_query (self, "SELECT op_id FROM user_operation");
  g_autofree char *expected = NULL;
  const char *seen = "01900000-0000-7000-8000-00000000abcd";

  first = answer_new (id, "lock", "true");
  second = answer_new (id, "lock", "false");
  third = answer_new (id, "lock", "true");
  posture_operation_set_parent (third, seen);
  g_assert_cmpstr (posture_operation_get_parent (third), ==, seen);
  expected = g_strdup_printf ("create|-\nanswer|-\nanswer|%s\nanswer|%s\nrename|%s",
                              posture_operation_get_id (first), seen, created);
  user_apply (self, first);
  user_apply (self, second);
  user_apply (self, third);
  user_apply (self, posture_operation_new_rename (NOW, id, "Workshop"));
  assert_rows (self, "SELECT kind, parent_op FROM user_operation ORDER BY sequence", expected);
}

/* A submission follows the last one; archiving and deleting what was done to the row before. */
static void
test_parents_of_submissions (UserFixture  *self,
                             gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *created = user_query (self, "SELECT op_id FROM user_operation");
  PostureOperation *archive = posture_operation_new_archive (NOW, id, TRUE);
  PostureOperation *submit = posture_operation_new_submit (NOW, id);
  g_autofree char *expected = g_strdup_printf ("archive|%s\nsubmit|-\nsubmit|%s\ndelete|%s", created,
                                               posture_operation_get_id (submit),
                                               posture_operation_get_id (archive));

  user_apply (self, archive);
  user_apply (self, submit);
  user_answer (self, id, "lock", "true");
  user_apply (self, posture_operation_new_submit (NOW, id));
  user_apply (self, posture_operation_new_delete (NOW, id));
  assert_rows (self, "SELECT kind, parent_op FROM user_operation WHERE kind NOT IN ('create', 'answer')"
                     " ORDER BY sequence", expected);
}

/* The clock of operations grows whatever the system's clock does. */
static void
test_clock (UserFixture  *self,
            gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *stamps = NULL;

  user_answer (self, id, "lock", "true");
  user_turn_clock (self, -3600000);
  user_answer (self, id, "lock", "false");
  user_fixture_close (self);
  user_fixture_open (self);
  user_answer (self, id, "lock", "true");
  user_turn_clock (self, 3600001);
  user_answer (self, id, "lock", "false");
  stamps = user_query (self, "SELECT group_concat((clock_ms - 1793000000000) || '.' || clock_counter, ' ')"
                             " FROM (SELECT * FROM user_operation ORDER BY sequence)");
  g_assert_cmpstr (stamps, ==, "0.1 0.2 0.3 0.4 1.0");
  g_assert_cmpint (user_query_int (self, "SELECT max(clock_ms) FROM user_answer"), ==, NOW + 1);
}

/* Everything of an operation that another device needs is in the history. */
static void
test_history (UserFixture  *self,
              gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *expected = NULL;

  user_turn_clock (self, 7);
  user_apply (self, posture_operation_new_answer (NOW + 7, id, "lock", "true", TRUE));
  expected = g_strdup_printf (
    "answer|%s|lock|7|7|0|{\"answer\":true,\"flagged\":true,\"question\":\"lock\"}|APPLIED|%s|%s|64", id,
    posture_user_service_get_space (self->user), posture_user_service_get_device (self->user));
  assert_rows (self, "SELECT kind, assessment, question, time - 1793000000000, clock_ms - 1793000000000,"
                     " clock_counter, payload, outcome, space, clock_device, length(payload_hash)"
                     " FROM user_operation WHERE kind = 'answer'", expected);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_operation AS o JOIN user_answer AS a"
                                         " ON a.op_id = o.op_id AND a.time = o.time AND a.author = o.space"),
                   ==, 1);
}

/* An answer is checked against its question, whoever sends it, and nothing is written. */
static void
test_answers_are_checked (UserFixture  *self,
                          gconstpointer data)
{
  static const char *const wrong[][2] = {
    { "nonsense", "true" },       { "lock", "1" },        { "lock", "\"true\"" },
    { "lock", "{}" },             { "size", "0" },        { "size", "501" },
    { "size", "\"12\"" },         { "size", "1.5" },      { "since", "\"2026-02-30\"" },
    { "since", "\"yesterday\"" }, { "since", "20260228" }, { "how", "\"medium\"" },
    { "how", "[\"weak\"]" },      { "who", "7" },         { "lock", "{\"unknown\":false}" },
    { "lock", "{\"other\":1,\"value\":true}" },
  };
  g_autofree char *id = user_create (self, "Main office");

  user_answer (self, id, "lock", "true");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (self, answer_new (id, wrong[i][0], wrong[i][1]), POSTURE_USER_ERROR_INVALID);
}

/* All kinds of answers come back as they were given. */
static void
test_answers (UserFixture  *self,
              gconstpointer data)
{
  static const char *const given[][2] = {
    { "how", "\"strong\"" },
    { "lock", "{\"unknown\":true}" },
    { "since", "\"2026-02-28\"" },
    { "size", "{\"not_applicable\":\"We are two.\"}" },
    { "who", "{\"note\":\"Ask again\",\"value\":\"The baker\"}" },
  };
  g_autofree char *id = user_create (self, "Main office");
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureAssessmentItem) item = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) questions = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    user_answer (self, id, given[i][0], given[i][1]);
  answers = posture_user_service_dup_answers (self->user, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (posture_answers_get_length (answers), ==, G_N_ELEMENTS (given));
  g_assert_cmpint (posture_answer_get_kind (posture_answers_get (answers, "lock")), ==, POSTURE_ANSWER_UNKNOWN);
  g_assert_cmpstr (posture_answer_get_reason (posture_answers_get (answers, "size")), ==, "We are two.");
  g_assert_cmpstr (posture_answer_get_note (posture_answers_get (answers, "who")), ==, "Ask again");
  g_assert_cmpstr (posture_answer_get_value_text (posture_answers_get (answers, "since")), ==,
                   "\"2026-02-28\"");
  item = posture_user_service_dup_assessment (self->user, id, &error);
  g_assert_cmpuint (posture_assessment_item_get_n_answers (item), ==, G_N_ELEMENTS (given));
}

/* A cleared answer counts no more; that it was cleared is kept for other devices. */
static void
test_clearing (UserFixture  *self,
               gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autoptr (PostureAnswers) answers = NULL;
  g_autoptr (PostureAssessmentItem) item = NULL;

  user_answer (self, id, "lock", "true");
  user_answer (self, id, "lock", NULL);
  answers = posture_user_service_dup_answers (self->user, id, NULL);
  g_assert_cmpuint (posture_answers_get_length (answers), ==, 0);
  item = posture_user_service_dup_assessment (self->user, id, NULL);
  g_assert_cmpuint (posture_assessment_item_get_n_answers (item), ==, 0);
  assert_rows (self, "SELECT question, answer FROM user_answer", "lock|-");
}

/* A question can be marked without an answer, and unmarked. */
static void
test_flag (UserFixture  *self,
           gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");

  user_apply (self, posture_operation_new_answer (NOW, id, "lock", /* answer = */ NULL, TRUE));
  assert_rows (self, "SELECT answer, flagged FROM user_answer", "-|1");
  user_apply (self, posture_operation_new_answer (NOW, id, "lock", "true", TRUE));
  assert_rows (self, "SELECT answer, flagged FROM user_answer", "true|1");
  user_apply (self, posture_operation_new_answer (NOW, id, "lock", "true", FALSE));
  assert_rows (self, "SELECT answer, flagged FROM user_answer", "true|0");
}

/* The same answer again is an operation, but does not make the assessment look changed. */
static void
test_same_answer (UserFixture  *self,
                  gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");

  user_turn_clock (self, 10);
  user_answer (self, id, "lock", "true");
  user_turn_clock (self, 10);
  user_answer (self, id, "lock", "true");
  user_apply (self, posture_operation_new_rename (NOW, id, "Main office"));
  assert_rows (self, "SELECT changed - created, (SELECT count(*) FROM user_operation) FROM user_assessment",
               "10|4");
}

/* An operation tells what it was made of, and can be shared. */
static void
test_operation (void)
{
  g_autoptr (PostureOperation) operation = posture_operation_new_answer (NOW, "a", "q", "true", TRUE);
  PostureOperation *same = posture_operation_ref (operation);

  g_assert_true (same == operation);
  posture_operation_unref (same);
  g_assert_cmpint (posture_operation_get_kind (operation), ==, POSTURE_OPERATION_ANSWER);
  g_assert_cmpstr (posture_operation_get_assessment (operation), ==, "a");
  g_assert_cmpstr (posture_operation_get_question (operation), ==, "q");
  g_assert_cmpint (posture_operation_get_time (operation), ==, NOW);
  g_assert_cmpint (posture_uuid_get_time (posture_operation_get_id (operation)), ==, NOW);
  g_assert_null (posture_operation_get_parent (operation));
  g_assert_cmpstr (posture_operation_kind_to_string (POSTURE_OPERATION_DELETE_REPORT), ==, "delete-report");
}

/* The space and the device are made once. */
static void
test_space (UserFixture  *self,
            gconstpointer data)
{
  g_autofree char *space = g_strdup (posture_user_service_get_space (self->user));
  g_autofree char *device = g_strdup (posture_user_service_get_device (self->user));

  g_assert_cmpint (posture_uuid_get_time (space), ==, NOW);
  g_assert_cmpstr (space, !=, device);
  user_fixture_close (self);
  user_turn_clock (self, 1000);
  user_fixture_open (self);
  g_assert_cmpstr (posture_user_service_get_space (self->user), ==, space);
  g_assert_cmpstr (posture_user_service_get_device (self->user), ==, device);
}

#define ADD(name, function)                                                                  \
  g_test_add (name, UserFixture, NULL, user_fixture_set_up, function, user_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/user/operation/what-it-says", test_operation);
  ADD ("/user/operation/space-is-made-once", test_space);
  ADD ("/user/operation/create", test_create);
  ADD ("/user/operation/not-found", test_not_found);
  ADD ("/user/operation/names", test_names);
  ADD ("/user/operation/rename-and-archive", test_rename_and_archive);
  ADD ("/user/operation/newer-answers", test_newer_answers);
  ADD ("/user/operation/twice-has-no-effect", test_twice);
  ADD ("/user/operation/id-with-other-content", test_reused);
  ADD ("/user/operation/all-or-none", test_all_or_none);
  ADD ("/user/operation/async", test_async);
  ADD ("/user/operation/parents", test_parents);
  ADD ("/user/operation/parents-of-submissions", test_parents_of_submissions);
  ADD ("/user/operation/clock-never-goes-back", test_clock);
  ADD ("/user/operation/history", test_history);
  ADD ("/user/operation/answers-are-checked", test_answers_are_checked);
  ADD ("/user/operation/answers", test_answers);
  ADD ("/user/operation/clearing", test_clearing);
  ADD ("/user/operation/flag", test_flag);
  ADD ("/user/operation/same-answer", test_same_answer);
  return g_test_run ();
}
