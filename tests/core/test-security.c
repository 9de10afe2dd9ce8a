/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The security service on the bus: an AnswerEvent in, a ReportEvent out. */

#include "user-fixture.h"

#include "security/security-service.h"

#include <string.h>

#define DIGEST "0000000000000000000000000000000000000000000000000000000000000000"

static char *
answer_detail (const char *state,
               const char *digest,
               const char *answers)
{
  return g_strdup_printf (
    "{\"answer\": {\"assessment\": \"01900000-0000-7000-8000-00000000abcd\", \"revision\": \"" DIGEST "\","
    " \"parent\": null, \"questionnaire\": \"small\", \"version\": \"1.0.0\", \"digest\": \"%s\","
    " \"submitted\": \"2026-10-26T07:33:20.000Z\", \"answers\": %s}, \"state\": \"%s\"}",
    digest, answers, state);
}

/* Puts what could be from anybody: the rule looks at source and kind only. */
static void
put (UserFixture *self,
     const char  *detail,
     const char  *account)
{
  g_autoptr (GError) error = NULL;
  PostureBusEntry entry = { .source = POSTURE_USER_SOURCE, .detail_type = POSTURE_USER_DETAIL_TYPE,
                            .detail = detail, .account = account };
  g_autoptr (GPtrArray) results = posture_bus_put (self->bus, &entry, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (((PostureBusResult *) g_ptr_array_index (results, 0))->event_id);
  user_settle (self);
}

static void
put_answers (UserFixture *self,
             const char  *state,
             const char  *answers)
{
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  g_autofree char *detail = answer_detail (state, posture_questionnaire_get_digest (questionnaire), answers);

  put (self, detail, "the-space");
}

/* The ReportEvents' details, one a line. */
static char *
list_reports (UserFixture *self)
{
  return user_query (self, "SELECT json_extract(envelope, '$.detail') FROM bus_event"
                           " WHERE json_extract(envelope, '$.source') = 'posture.security-service.rating'"
                           " ORDER BY sequence");
}

static PostureBusFigures
get_figures (UserFixture *self)
{
  g_autoptr (GError) error = NULL;
  PostureBusFigures figures = { 0 };

  g_assert_true (posture_bus_get_figures (self->bus, &figures, &error));
  g_assert_no_error (error);
  return figures;
}

/* new and changed lead to one report each, in the space of the event, about both ids. */
static void
test_rates (UserFixture  *self,
            gconstpointer data)
{
  g_autofree char *reports = NULL;
  g_autofree char *rest = NULL;
  g_auto (GStrv) lines = NULL;

  put_answers (self, "new", "{\"lock\": true, \"how\": \"strong\"}");
  put_answers (self, "changed", "{\"lock\": false}");
  reports = list_reports (self);
  lines = g_strsplit (reports, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_nonnull (strstr (lines[0], "\"value\":100"));
  g_assert_nonnull (strstr (lines[1], "\"value\":0"));
  rest = user_query (self, "SELECT DISTINCT json_extract(envelope, '$.account') || ' ' ||"
                           " json_extract(envelope, '$.resources[0]') || ' ' ||"
                           " (json_extract(envelope, '$.resources[1]') = json_extract(envelope, '$.detail.report.id'))"
                           " FROM bus_event WHERE json_extract(envelope, '$.\"detail-type\"') = 'ReportEvent'");
  g_assert_cmpstr (rest, ==, "the-space 01900000-0000-7000-8000-00000000abcd 1");
  g_assert_cmpint (get_figures (self).pending, ==, 0);
  g_assert_cmpint (get_figures (self).dead, ==, 0);
}

/* The same event gives the same report, byte for byte. */
static void
test_same (UserFixture  *self,
           gconstpointer data)
{
  g_autofree char *reports = NULL;
  g_auto (GStrv) lines = NULL;

  put_answers (self, "new", "{\"lock\": true, \"how\": {\"unknown\": true}}");
  user_turn_clock (self, 86400000);
  put_answers (self, "new", "{\"how\": {\"unknown\": true}, \"lock\": true}");
  reports = list_reports (self);
  lines = g_strsplit (reports, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_cmpstr (lines[0], ==, lines[1]);
}

/* A removed assessment has no report. */
static void
test_removed (UserFixture  *self,
              gconstpointer data)
{
  put_answers (self, "removed", "{}");
  g_assert_cmpint (get_figures (self).events, ==, 1);
  g_assert_cmpint (get_figures (self).pending, ==, 0);
  g_assert_cmpint (get_figures (self).dead, ==, 0);
}

/* An event without a space is rated as well. */
static void
test_no_account (UserFixture  *self,
                 gconstpointer data)
{
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  g_autofree char *detail = answer_detail ("new", posture_questionnaire_get_digest (questionnaire), "{}");

  put (self, detail, /* account = */ NULL);
  g_assert_cmpint (get_figures (self).events, ==, 2);
  g_assert_cmpint (get_figures (self).dead, ==, 0);
}

/* What is wrong stays wrong: a dead letter at once, with the reason. */
static void
test_dead_letters (UserFixture  *self,
                   gconstpointer data)
{
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
  const char *digest = posture_questionnaire_get_digest (questionnaire);
  g_autofree char *state = answer_detail ("burnt", digest, "{}");
  g_autofree char *unknown = answer_detail ("new", digest, "{\"nonsense\": true}");
  g_autofree char *misfit = answer_detail ("new", digest, "{\"how\": \"medium\"}");
  const char *details[] = { "{}", "{\"answer\": 7, \"state\": \"new\"}", state, unknown, misfit };
  g_autoptr (GPtrArray) letters = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    put (self, details[i], "the-space");
  letters = posture_bus_list_dead_letters (self->bus, 0, 100, NULL);
  g_assert_cmpuint (letters->len, ==, G_N_ELEMENTS (details));
  for (guint i = 0; i < letters->len; i++)
    {
      const PostureDeadLetter *letter = g_ptr_array_index (letters, i);

      g_assert_cmpstr (letter->target, ==, "security-rating");
      g_assert_cmpuint (letter->attempts, ==, 1);
      g_assert_true (g_str_has_prefix (letter->reason, "The answers cannot be rated: "));
      g_assert_cmpuint (strlen (letter->reason), >, strlen ("The answers cannot be rated: "));
    }
  g_assert_cmpint (get_figures (self).pending, ==, 0);
}

/* A questionnaire that is not here is waited for, and the event is rated once it has come. */
static void
test_unknown_questionnaire (UserFixture  *self,
                            gconstpointer data)
{
  g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (2);
  g_autofree char *detail = answer_detail ("new", posture_questionnaire_get_digest (questionnaire), "{}");
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureQuestionnaire) added = NULL;

  put (self, detail, "the-space");
  for (guint i = 0; i < 4; i++)
    {
      user_turn_clock (self, 300000);
      user_settle (self);
    }
  g_assert_cmpint (get_figures (self).events, ==, 1);
  g_assert_cmpint (get_figures (self).retrying, ==, 1);
  g_assert_cmpint (get_figures (self).dead, ==, 0);
  added = posture_library_add (self->library, posture_questionnaire_get_canonical (questionnaire), "small.json",
                               FALSE, faults);
  g_assert_nonnull (added);
  user_turn_clock (self, 300000);
  user_settle (self);
  g_assert_cmpint (get_figures (self).pending, ==, 0);
  g_assert_cmpint (get_figures (self).events, ==, 2);
}

/* One report for one event, although the program stops in the middle again and again. */
static void
test_exactly_once (UserFixture  *self,
                   gconstpointer data)
{
  g_autofree char *reports = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (PostureQuestionnaire) questionnaire = user_questionnaire (1);
      g_autofree char *detail = answer_detail ("new", posture_questionnaire_get_digest (questionnaire), "{}");
      PostureBusEntry entry = { .source = POSTURE_USER_SOURCE, .detail_type = POSTURE_USER_DETAIL_TYPE,
                                .detail = detail };
      g_autoptr (GPtrArray) results = posture_bus_put (self->bus, &entry, 1, NULL);

      g_assert_nonnull (results);
      for (guint turn = 0; turn < i; turn++)
        g_main_context_iteration (NULL, FALSE);
      posture_bus_stop (self->bus);
      user_settle_reads (self);
      posture_bus_start (self->bus);
    }
  user_settle (self);
  reports = list_reports (self);
  lines = g_strsplit (reports, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_cmpint (get_figures (self).dead, ==, 0);
}

/* The service keeps nothing and goes without a trace. */
static void
test_alone (UserFixture  *self,
            gconstpointer data)
{
  PostureSecurityService *service = posture_security_service_new (self->bus, self->library);

  g_assert_false (posture_target_is_direct (POSTURE_TARGET (service)));
  g_assert_finalize_object (service);
}

#define ADD(name, function)                                                                  \
  g_test_add (name, UserFixture, NULL, user_fixture_set_up, function, user_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/security/rates", test_rates);
  ADD ("/security/same-event-same-report", test_same);
  ADD ("/security/removed", test_removed);
  ADD ("/security/no-account", test_no_account);
  ADD ("/security/dead-letters", test_dead_letters);
  ADD ("/security/unknown-questionnaire", test_unknown_questionnaire);
  ADD ("/security/exactly-once", test_exactly_once);
  ADD ("/security/alone", test_alone);
  return g_test_run ();
}
