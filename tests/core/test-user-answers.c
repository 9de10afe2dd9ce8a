/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "user-fixture.h"

/* What is found in the answers of several assessments. */

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
/* A year after the clock's first moment. */
#define LOCK_DUE "2027-10-26T07:33:20.000Z"

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
assert_due (UserFixture *self,
            const char  *assessment,
            gint64       now,
            const char  *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waited = posture_user_service_dup_due (self->user, assessment, now, &error);
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  posture_user_service_find_due_async (self->user, assessment, now, NULL, keep_result, &result);
  user_until (result != NULL);
  due = posture_user_service_find_due_finish (self->user, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (due->len, ==, waited->len);
  for (guint i = 0; i < due->len; i++)
    {
      const PostureDueAnswer *answer = g_ptr_array_index (due, i);

      g_assert_cmpint (answer->confirmed, <, answer->due);
      g_assert_cmpint (answer->due, <=, now);
      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", answer->name, answer->key);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

/* Answers are due after a year; giving one again as it is begins its age anew, and changes nothing. */
static void
test_due (UserFixture  *self,
          gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");
  g_autofree char *shop = NULL;
  gint64 now;

  user_answer (self, home, "lock", "true");
  user_answer (self, home, "who", "\"Jo\"");
  user_turn_clock (self, 100 * DAY);
  shop = user_create (self, "Shop");
  user_answer (self, shop, "size", "{\"note\":\"n\",\"value\":5}");
  now = USER_START + 370 * DAY;
  assert_due (self, NULL, USER_START + 360 * DAY, "");
  assert_due (self, NULL, now, "Home lock, Home who");
  assert_due (self, shop, now, "");
  assert_due (self, NULL, now + 100 * DAY, "Shop size, Home lock, Home who");
  user_turn_clock (self, 270 * DAY);
  {
    g_autofree char *changes = user_query (self, "SELECT count(*) FROM user_change");
    g_autofree char *after = NULL;

    user_answer (self, home, "lock", "true");
    after = user_query (self, "SELECT count(*) FROM user_change");
    g_assert_cmpstr (changes, ==, after);
  }
  assert_due (self, NULL, now, "Home who");
  user_apply (self, posture_operation_new_answer (now, home, "who", NULL, FALSE));
  assert_due (self, NULL, now, "");
  user_apply (self, posture_operation_new_archive (now, shop, TRUE));
  assert_due (self, NULL, now + 370 * DAY, "Home lock");
}

/* An answer to a hidden question is kept, and is not due. */
static void
test_due_hidden (UserFixture  *self,
                 gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");

  user_answer (self, home, "lock", "true");
  user_answer (self, home, "how", "\"weak\"");
  user_answer (self, home, "lock", "false");
  assert_due (self, NULL, USER_START + 400 * DAY, "Home lock");
}

/* Days pass, and what was said last is so: how many on which day. */
static void
assert_reminder (UserFixture *self,
                 gint64       days,
                 const char  *expected)
{
  g_autofree char *said = NULL;

  /* The schedule wakes on the way, but its work is done now; it looks again at the new time. */
  user_turn_clock (self, days * DAY);
  user_settle_reads (self);
  user_turn_clock (self, 1);
  user_settle (self);
  said = user_query (self, "SELECT json_extract (envelope, '$.detail.review.due') || ' since ' ||"
                           " json_extract (envelope, '$.detail.review.since') || ' on day ' ||"
                           " ((put - 1793000000000) / 86400000) FROM bus_event"
                           " WHERE json_extract (envelope, '$.detail-type') = 'ReviewEvent'"
                           " ORDER BY sequence DESC LIMIT 1");
  g_assert_cmpstr (said, ==, expected);
}

/* Once a day the schedule looks. A person is told when an answer falls due, not every day, again when
 * another one does, and after a month; nothing of an assessment that is put away. */
static void
test_reminder (UserFixture  *self,
               gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");

  user_answer (self, home, "lock", "true");
  user_turn_clock (self, 10 * DAY);
  user_answer (self, home, "who", "\"Jo\"");
  assert_reminder (self, 353, "");
  assert_reminder (self, 4, "1 since " LOCK_DUE " on day 367");
  assert_reminder (self, 5, "1 since " LOCK_DUE " on day 367");
  assert_reminder (self, 6, "2 since " LOCK_DUE " on day 378");
  assert_reminder (self, 20, "2 since " LOCK_DUE " on day 378");
  assert_reminder (self, 11, "2 since " LOCK_DUE " on day 409");
  user_apply (self, posture_operation_new_archive (USER_START + 410 * DAY, home, TRUE));
  assert_reminder (self, 29, "2 since " LOCK_DUE " on day 409");
  assert_reminder (self, 10, "");
}

/* A reminder that the bus refuses is no reminder that was said: it is given up with the bus's reason. */
static void
test_reminder_refused (UserFixture  *self,
                       gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");
  g_autofree char *why = NULL;

  user_answer (self, home, "lock", "true");
  user_settle (self);
  user_fixture_close (self);
  user_fixture_open (self);
  user_execute (self, "UPDATE user_space SET space = ''");
  user_fixture_close (self);
  user_fixture_open (self);
  assert_reminder (self, 367, "");
  why = user_query (self, "SELECT target, reason FROM bus_dead_letter");
  g_assert_cmpstr (why, ==, POSTURE_USER_REVIEW_TARGET "|The event has no Account.");
  g_assert_cmpint (user_query_int (self, "SELECT count(*) FROM user_reminder"), ==, 0);
}

static void
test_proposals (UserFixture  *self,
                gconstpointer data)
{
  g_autofree char *home = user_create (self, "Home");
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  const char *digest = posture_questionnaire_get_digest (questionnaire);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) nothing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) none = NULL;

  user_answer (self, home, "lock", "true");
  posture_user_service_find_proposals_async (self->user, digest, NULL, NULL, keep_result, &result);
  posture_user_service_find_proposals_async (self->user, digest, "01890a5d-ac96-774b-bcce-b302099a8057",
                                             NULL, keep_result, &nothing);
  user_until (result != NULL && nothing != NULL);
  found = posture_user_service_find_proposals_finish (self->user, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found);
  none = posture_user_service_find_proposals_finish (self->user, nothing, &error);
  g_assert_null (none);
  g_assert_error (error, POSTURE_USER_ERROR, POSTURE_USER_ERROR_NOT_FOUND);
}

#define ADD(name, func) \
  g_test_add (name, UserFixture, NULL, user_fixture_set_up, func, user_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/user-answers/due", test_due);
  ADD ("/user-answers/due/hidden", test_due_hidden);
  ADD ("/user-answers/reminder", test_reminder);
  ADD ("/user-answers/reminder/refused", test_reminder_refused);
  ADD ("/user-answers/proposals", test_proposals);
  return g_test_run ();
}
