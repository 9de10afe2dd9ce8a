/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The change stream, submissions, and the events that they become. */

#include "user-fixture.h"

#include "config.h"
#include "json/json-digest.h"
#include "store/failpoint.h"

#include <string.h>

#define NOW USER_START

static void
assert_rows (UserFixture *self,
             const char  *sql,
             const char  *expected)
{
  g_autofree char *rows = user_query (self, sql);

  g_assert_cmpstr (rows, ==, expected);
}

/* The details of the events of a source, one a line. */
static char *
list_details (UserFixture *self,
              const char  *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = posture_bus_list_events (self->bus, 0, 1000, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++)
    {
      const PostureJournalEntry *entry = g_ptr_array_index (events, i);
      g_autofree char *detail = NULL;

      if (!g_str_equal (posture_event_get_source (entry->event), source))
        continue;
      detail = posture_json_node_to_text (posture_event_get_detail (entry->event));
      g_assert_no_error (error);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", detail);
    }
  return g_string_free (text, FALSE);
}

/* One record for one change, with the old and the new image. */
static void
test_records (UserFixture  *self,
              gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  const char *digest = posture_questionnaire_get_digest (questionnaire);
  g_autofree char *expected = NULL;

  user_apply (self, posture_operation_new_rename (NOW, id, "Workshop"));
  user_answer (self, id, "lock", "true");
  user_answer (self, id, "lock", "{\"value\":false,\"note\":\"n\"}");
  user_answer (self, id, "lock", NULL);
  expected = g_strdup_printf (
    "INSERT|assessment|%s|-|{\"archived\":false,\"digest\":\"%s\",\"name\":\"Main office\",\"questionnaire\":\"small\"}\n"
    "MODIFY|assessment|%s|{\"archived\":false,\"digest\":\"%s\",\"name\":\"Main office\",\"questionnaire\":\"small\"}|"
    "{\"archived\":false,\"digest\":\"%s\",\"name\":\"Workshop\",\"questionnaire\":\"small\"}\n"
    "INSERT|answer|lock|-|{\"answer\":true,\"flagged\":false}\n"
    "MODIFY|answer|lock|{\"answer\":true,\"flagged\":false}|{\"answer\":{\"note\":\"n\",\"value\":false},\"flagged\":false}\n"
    "MODIFY|answer|lock|{\"answer\":{\"note\":\"n\",\"value\":false},\"flagged\":false}|{\"answer\":null,\"flagged\":false}",
    id, digest, id, digest, digest);
  assert_rows (self, "SELECT event, row, key, old_image, new_image FROM user_change ORDER BY sequence", expected);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_change WHERE assessment <> (SELECT id FROM user_assessment)"),
                   ==, 0);
}

/* A write that changes nothing has no record. */
static void
test_no_record (UserFixture  *self,
                gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  gint64 before;

  user_answer (self, id, "lock", "true");
  before = user_query_int (self, "SELECT count(*) FROM user_change");
  user_answer (self, id, "lock", "true");
  user_answer (self, id, "lock", "{\"value\":true}");
  user_apply (self, posture_operation_new_rename (NOW, id, "Main office"));
  user_apply (self, posture_operation_new_archive (NOW, id, FALSE));
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_change"), ==, before);
}

/* The numbers grow, also after the newest record was deleted, and the cursor is at the end. */
static void
test_sequence (UserFixture  *self,
               gconstpointer data)
{
  g_autofree char *first = user_create (self, "Main office");
  g_autofree char *second = NULL;
  gint64 last;

  user_answer (self, first, "lock", "true");
  last = user_query_int (self, "SELECT max(sequence) FROM user_change");
  g_assert_cmpint (user_query_int (self, "SELECT sequence FROM user_cursor WHERE reader = 'answer-events'"), ==, last);
  user_apply (self, posture_operation_new_delete (NOW, first));
  second = user_create (self, "Workshop");
  g_assert_cmpint (user_query_int (self, "SELECT min(sequence) FROM user_change"), >, last);
  g_assert_cmpint (user_query_int (self, "SELECT sequence - (SELECT max(sequence) FROM user_change) FROM user_cursor"),
                   ==, 0);
}

/* What is not submitted is no event. */
static void
test_drafts (UserFixture  *self,
             gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");

  user_answer (self, id, "lock", "true");
  user_apply (self, posture_operation_new_rename (NOW, id, "Workshop"));
  user_settle (self);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_event"), ==, 0);
  user_apply (self, posture_operation_new_delete (NOW, id));
  user_settle (self);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_event"), ==, 0);
}

/* A revision is named by the digest of assessment, parent and canonical answers, worked out here from
 * the definition. */
static void
test_digest (UserFixture  *self,
             gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text2 = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *digest2 = NULL;

  user_answer (self, id, "who", "{\"note\":\"not to be seen\",\"value\":\"The baker\"}");
  user_answer (self, id, "lock", "false");
  user_answer (self, id, "how", "\"weak\"");
  first = user_submit (self, id);
  text = g_strdup_printf ("{\"answers\":{\"how\":\"weak\",\"lock\":false,\"who\":\"The baker\"},"
                          "\"assessment\":\"%s\",\"parent\":null}", id);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_assert_cmpstr (first, ==, digest);
  user_answer (self, id, "how", NULL);
  second = user_submit (self, id);
  text2 = g_strdup_printf ("{\"answers\":{\"lock\":false,\"who\":\"The baker\"},"
                           "\"assessment\":\"%s\",\"parent\":\"%s\"}", id, first);
  digest2 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text2, -1);
  g_assert_cmpstr (second, ==, digest2);
}

/* Revisions are a chain with numbers; going back to earlier answers is a new one. */
static void
test_chain (UserFixture  *self,
            gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *first = user_submit (self, id);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (PostureAssessmentItem) item = NULL;

  user_answer (self, id, "lock", "true");
  second = user_submit (self, id);
  user_answer (self, id, "lock", NULL);
  user_turn_clock (self, 50);
  third = user_submit (self, id);
  expected = g_strdup_printf ("%s|-|1|0|{}\n%s|%s|2|0|{\"lock\":true}\n%s|%s|3|50|{}", first, second, first,
                              third, second);
  assert_rows (self, "SELECT id, parent, number, submitted - 1793000000000, answers FROM user_revision"
                     " ORDER BY number", expected);
  item = posture_user_service_dup_assessment (self->user, id, NULL);
  g_assert_cmpuint (posture_assessment_item_get_revision_number (item), ==, 3);
  g_assert_cmpstr (posture_assessment_item_get_revision (item), ==, third);
}

/* The same answers again make no revision and no event; a note is no answer. */
static void
test_unchanged (UserFixture  *self,
                gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  user_answer (self, id, "lock", "true");
  first = user_submit (self, id);
  user_settle (self);
  user_answer (self, id, "lock", "{\"note\":\"only a note\",\"value\":true}");
  second = user_submit (self, id);
  user_settle (self);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_revision"), ==, 1);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_event"), ==, 2);
}

/* Submitting does not end editing: what comes after is the draft of the next. */
static void
test_editing_goes_on (UserFixture  *self,
                      gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *first = user_submit (self, id);
  g_autofree char *last = NULL;
  g_autoptr (PostureAnswers) answers = NULL;

  user_answer (self, id, "lock", "true");
  last = posture_user_service_dup_revision (self->user, id, NULL);
  g_assert_cmpstr (last, ==, first);
  assert_rows (self, "SELECT answers FROM user_revision", "{}");
  answers = posture_user_service_dup_answers (self->user, id, NULL);
  g_assert_cmpuint (posture_answers_get_length (answers), ==, 1);
}

/* An event carries exactly the canonical answers, hidden ones too, and no notes. */
static void
test_event (UserFixture  *self,
            gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  const char *digest = posture_questionnaire_get_digest (questionnaire);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *details = NULL;
  g_autofree char *account = NULL;

  user_answer (self, id, "lock", "false");
  user_answer (self, id, "how", "{\"note\":\"hidden note\",\"value\":\"strong\"}");
  user_answer (self, id, "size", "12.0");
  first = user_submit (self, id);
  user_answer (self, id, "how", NULL);
  user_answer (self, id, "size", NULL);
  user_turn_clock (self, 1);
  second = user_submit (self, id);
  details = list_details (self, POSTURE_USER_SOURCE);
  expected = g_strdup_printf (
    "{\"answer\":{\"answers\":{\"how\":\"strong\",\"lock\":false,\"size\":12},\"assessment\":\"%s\",\"digest\":\"%s\","
    "\"parent\":null,\"questionnaire\":\"small\",\"revision\":\"%s\",\"submitted\":\"2026-10-26T07:33:20.000Z\","
    "\"version\":\"1.0.0\"},\"state\":\"new\"}\n"
    "{\"answer\":{\"answers\":{\"lock\":false},\"assessment\":\"%s\",\"digest\":\"%s\",\"parent\":\"%s\","
    "\"questionnaire\":\"small\",\"revision\":\"%s\",\"submitted\":\"2026-10-26T07:33:20.001Z\","
    "\"version\":\"1.0.0\"},\"state\":\"changed\"}",
    id, digest, first, id, digest, first, second);
  g_assert_cmpstr (details, ==, expected);
  account = user_query (self, "SELECT DISTINCT json_extract(envelope, '$.account') FROM bus_event");
  g_assert_cmpstr (account, ==, posture_user_service_get_space (self->user));
}

/* The removed event names the last revision and tells no answers. */
static void
test_removed (UserFixture  *self,
              gconstpointer data)
{
  g_autofree char *report = NULL;
  g_autofree char *id = user_make_report (self, "Main office", &report);
  g_autofree char *revision = posture_user_service_dup_revision (self->user, id, NULL);
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  g_autofree char *expected = NULL;
  g_autofree char *details = NULL;
  g_autofree char *reports = NULL;

  user_turn_clock (self, 2);
  user_apply (self, posture_operation_new_delete (NOW + 2, id));
  user_settle (self);
  details = list_details (self, POSTURE_USER_SOURCE);
  expected = g_strdup_printf (
    "{\"answer\":{\"answers\":{},\"assessment\":\"%s\",\"digest\":\"%s\",\"parent\":null,\"questionnaire\":\"small\","
    "\"revision\":\"%s\",\"submitted\":\"2026-10-26T07:33:20.002Z\",\"version\":\"1.0.0\"},\"state\":\"removed\"}",
    id, posture_questionnaire_get_digest (questionnaire), revision);
  g_assert_cmpstr (details, ==, expected);
  reports = list_details (self, "posture.security-service.rating");
  g_assert_cmpstr (reports, ==, "");
}

/* Answers that no event can carry are refused with a reason; shortened, they can be submitted. */
static void
test_long (UserFixture  *self,
           gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *revision = NULL;
  g_autofree char *report = NULL;
  g_autofree char *next = NULL;
  g_autoptr (GString) text = g_string_new ("\"");

  for (guint i = 0; i < 2000; i++)
    g_string_append (text, "ü");
  g_string_append_c (text, '"');
  user_fixture_close (self);
  user_fixture_set_library (self, 3);
  user_fixture_open (self);
  id = user_create (self, "Main office");
  for (guint i = 0; i < 70; i++)
    {
      g_autofree char *question = g_strdup_printf ("text%u", i);

      user_answer (self, id, question, text->str);
    }
  g_string_assign (text, "\"a word that nobody may read afterwards\"");
  user_answer (self, id, "who", text->str);
  revision = user_submit (self, id);
  report = user_wait_report (self, revision);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_detail WHERE length(CAST (body AS BLOB)) > 250000"), ==, 1);
  g_assert_cmpint (user_query_int (self, "SELECT max(length(envelope)) FROM bus_event"), <, 10000);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_event WHERE envelope LIKE '%\"digest\":%'"
                                         " AND envelope LIKE '%\"size\":%'"), ==, 1);

  /* short again, it stands in the envelope */
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *question = g_strdup_printf ("text%u", i);

      user_answer (self, id, question, NULL);
    }
  next = user_submit (self, id);
  g_free (user_wait_report (self, next));
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_detail"), ==, 1);

  user_apply (self, posture_operation_new_delete (NOW, id));
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_detail"), ==, 0);
  user_fixture_close (self);
  g_assert_false (user_folder_holds (self->folder, "a word that nobody may read afterwards"));
}

/* What is too long even so is refused with a message, and the answers stay. */
static void
test_too_long (UserFixture  *self,
               gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("\"");
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_operation_unref);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append (text, "ü");
  g_string_append_c (text, '"');
  user_fixture_close (self);
  user_fixture_set_library (self, 4);
  user_fixture_open (self);
  id = user_create (self, "Main office");
  for (guint i = 0; i < 2200; i++)
    {
      g_autofree char *question = g_strdup_printf ("text%u", i);

      g_ptr_array_add (operations, posture_operation_new_answer (NOW, id, question, text->str, FALSE));
    }
  g_assert_true (posture_user_service_apply (self->user, operations, NULL));
  error = user_apply_error (self, posture_operation_new_submit (NOW, id));
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "8 MiB"));
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_revision"), ==, 0);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_answer"), ==, 2200);
}

/* Records go when they are old, and when there are too many; the newest stay. */
static void
test_pruning (UserFixture  *self,
              gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  gint64 last;

  for (guint i = 0; i < 150; i++)
    user_answer (self, id, "size", i % 2 == 0 ? "1" : "2");
  last = user_query_int (self, "SELECT max(sequence) FROM user_change");
  user_turn_clock (self, 7 * 24 * G_GINT64_CONSTANT (3600000) + 1);
  /* not at each change */
  user_answer (self, id, "size", "3");
  g_assert_cmpint (user_query_int (self, "SELECT min(sequence) FROM user_change"), ==, 1);
  for (guint i = 1; i < 60; i++)
    user_answer (self, id, "size", i % 2 == 0 ? "1" : "2");
  g_assert_cmpint (user_query_int (self, "SELECT min(sequence) FROM user_change"), ==, last + 1);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_change"), ==, 60);
  user_execute (self, "UPDATE user_cursor SET sequence = sequence + 100000");
  user_execute (self, "UPDATE sqlite_sequence SET seq = seq + 100000 WHERE name = 'user_change'");
  for (guint i = 0; i < 200; i++)
    user_answer (self, id, "size", i % 2 == 0 ? "3" : "4");
  g_assert_cmpint (user_query_int (self, "SELECT min(sequence) FROM user_change"), >, 100000);
}

#define DAY (24 * G_GINT64_CONSTANT (3600000))

static void
answer_often (UserFixture *self,
              const char  *id,
              guint        times)
{
  for (guint i = 0; i < times; i++)
    user_answer (self, id, "size", i % 2 == 0 ? "7" : "8");
}

static gint64
count_old (UserFixture *self,
           const char  *kind,
           gint64       last)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count(*) FROM user_operation WHERE sequence <= %" G_GINT64_FORMAT " AND kind = '%s'", last, kind);

  return user_query_int (self, sql);
}

/* Operations go when they are old or too many, but never what a row still shows. */
static void
test_history_pruning (UserFixture  *self,
                      gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *gone = user_create (self, "Elsewhere");
  gint64 last;

  user_answer (self, id, "lock", "true");
  for (guint i = 0; i < 3; i++)
    user_apply (self, posture_operation_new_rename (NOW, id, i == 2 ? "Second" : "First"));
  user_apply (self, posture_operation_new_archive (NOW, id, TRUE));
  user_apply (self, posture_operation_new_delete (NOW, gone));
  answer_often (self, id, 150);
  g_free (user_submit (self, id));
  last = user_query_int (self, "SELECT max(sequence) FROM user_operation");

  user_turn_clock (self, 90 * DAY - 10000);
  answer_often (self, id, 201);
  g_assert_cmpint (count_old (self, "answer", last), ==, 151);
  g_assert_cmpint (count_old (self, "delete", last), ==, 1);
  user_turn_clock (self, 20000);
  answer_often (self, id, 401);
  g_assert_cmpint (count_old (self, "answer", last), ==, 1);
  g_assert_cmpint (count_old (self, "create", last), ==, 1);
  g_assert_cmpint (count_old (self, "rename", last), ==, 1);
  g_assert_cmpint (count_old (self, "archive", last), ==, 1);
  g_assert_cmpint (count_old (self, "submit", last), ==, 1);
  g_assert_cmpint (count_old (self, "delete", last), ==, 0);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_answer JOIN user_operation USING (op_id)"),
                   ==, 2);

  user_execute (self, "UPDATE sqlite_sequence SET seq = seq + 100000 WHERE name = 'user_operation'");
  last = user_query_int (self, "SELECT max(sequence) FROM user_operation");
  answer_often (self, id, 801);
  g_assert_cmpint (count_old (self, "answer", last), ==, 1);
}

/* With an account, what its service was not yet told of stays, however old it is. */
static void
test_history_unpushed (UserFixture  *self,
                       gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  gint64 last;

  answer_often (self, id, 50);
  last = user_query_int (self, "SELECT max(sequence) FROM user_operation");
  user_execute (self, "UPDATE user_space SET pushed = 11");
  user_turn_clock (self, 91 * DAY);
  answer_often (self, id, 401);
  g_assert_cmpint (count_old (self, "answer", last), ==, 40);
  user_execute (self, "UPDATE user_space SET pushed = 1000000");
  answer_often (self, id, 400);
  g_assert_cmpint (count_old (self, "answer", last), ==, 0);
}

#if POSTURE_FAILPOINTS
/* An event that could not be put is put later, once, though nothing else changes. */
static void
test_put_later (UserFixture  *self,
                gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *revision = NULL;
  g_autofree char *report = NULL;

  user_answer (self, id, "lock", "true");
  posture_failpoint_arm ("sql.insert.bus_event=error");
  user_apply (self, posture_operation_new_submit (NOW, id));
  posture_failpoint_arm (NULL);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_revision"), ==, 1);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_event"), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  user_turn_clock (self, 1000);
  revision = posture_user_service_dup_revision (self->user, id, NULL);
  report = user_wait_report (self, revision);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_event"), ==, 2);
}

/* It fails, is tried later, fails again, and is found by the next process. */
static void
test_put_at_start (UserFixture  *self,
                   gconstpointer data)
{
  g_autofree char *id = user_create (self, "Main office");
  g_autofree char *revision = NULL;
  g_autofree char *report = NULL;

  posture_failpoint_arm ("sql.insert.bus_event=error");
  user_apply (self, posture_operation_new_submit (NOW, id));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  posture_failpoint_arm ("sql.insert.bus_event=error");
  user_turn_clock (self, 1000);
  user_settle (self);
  user_fixture_close (self);
  posture_failpoint_arm (NULL);
  user_fixture_open (self);
  revision = posture_user_service_dup_revision (self->user, id, NULL);
  report = user_wait_report (self, revision);
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM bus_event"), ==, 2);
}
#endif

#define ADD(name, function)                                                                  \
  g_test_add (name, UserFixture, NULL, user_fixture_set_up, function, user_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/user/stream/records", test_records);
  ADD ("/user/stream/no-change-no-record", test_no_record);
  ADD ("/user/stream/sequence-and-cursor", test_sequence);
  ADD ("/user/stream/drafts-are-no-events", test_drafts);
  ADD ("/user/stream/pruning", test_pruning);
  ADD ("/user/history/pruning", test_history_pruning);
  ADD ("/user/history/unpushed", test_history_unpushed);
  ADD ("/user/submit/digest", test_digest);
  ADD ("/user/submit/chain", test_chain);
  ADD ("/user/submit/unchanged-makes-none", test_unchanged);
  ADD ("/user/submit/editing-goes-on", test_editing_goes_on);
  ADD ("/user/submit/long", test_long);
  ADD ("/user/submit/too-long", test_too_long);
  ADD ("/user/submit/event", test_event);
  ADD ("/user/submit/removed-event", test_removed);
#if POSTURE_FAILPOINTS
  ADD ("/user/stream/put-later", test_put_later);
  ADD ("/user/stream/put-at-start", test_put_at_start);
#endif
  return g_test_run ();
}
