/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus/bus-error.h"
#include "bus/event.h"

#include <string.h>

#define TIME G_GINT64_CONSTANT (1767225600123)

static PostureEvent *
make_event (const char *detail,
            GError    **error)
{
  static const char *const resources[] = { "answer/1", "space \"2\"", NULL };

  return posture_event_new ("id-1", "test.source", "Test", "space", TIME, resources, detail, error);
}

/* The envelope has the members of Amazon EventBridge, in a fixed order, and the detail as it is spelled. */
static void
test_envelope (void)
{
  g_autoptr (PostureEvent) event = make_event ("{\"b\": 1.50, \"a\":1e2}", NULL);

  g_assert_cmpstr (posture_event_get_text (event), ==,
                   "{\"account\":\"space\",\"detail\":{\"b\": 1.50, \"a\":1e2},\"detail-type\":\"Test\","
                   "\"id\":\"id-1\",\"region\":\"local\",\"resources\":[\"answer/1\",\"space \\\"2\\\"\"],"
                   "\"source\":\"test.source\",\"time\":\"2026-01-01T00:00:00.123Z\",\"version\":\"0\"}");
  g_assert_cmpstr (posture_event_get_id (event), ==, "id-1");
  g_assert_cmpstr (posture_event_get_source (event), ==, "test.source");
  g_assert_cmpstr (posture_event_get_detail_type (event), ==, "Test");
  g_assert_cmpstr (posture_event_get_account (event), ==, "space");
  g_assert_cmpint (posture_event_get_time (event), ==, TIME);
}

/* What was written reads back as the same event, text included. */
static void
test_round_trip (void)
{
  g_autoptr (PostureEvent) event = make_event ("{\"n\":0.10}", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureEvent) copy = posture_event_new_from_text (posture_event_get_text (event), &error);
  const PostureJsonNode *detail;

  g_assert_no_error (error);
  g_assert_cmpstr (posture_event_get_text (copy), ==, posture_event_get_text (event));
  g_assert_cmpstr (posture_event_get_id (copy), ==, "id-1");
  g_assert_cmpstr (posture_event_get_source (copy), ==, "test.source");
  g_assert_cmpstr (posture_event_get_detail_type (copy), ==, "Test");
  g_assert_cmpstr (posture_event_get_account (copy), ==, "space");
  g_assert_cmpint (posture_event_get_time (copy), ==, TIME);
  g_assert_cmpuint (g_strv_length ((char **) posture_event_get_resources (copy)), ==, 2);
  g_assert_cmpstr (posture_event_get_resources (copy)[1], ==, "space \"2\"");
  detail = posture_event_get_detail (copy);
  g_assert_cmpstr (posture_json_node_get_string (posture_json_node_get_member (detail, "n")), ==, "0.10");
}

/* The detail of an event that was just made can be read, also by a second owner. */
static void
test_detail (void)
{
  g_autoptr (PostureEvent) event = make_event ("{\"n\":12345678901234567890}", NULL);
  g_autoptr (PostureEvent) other = posture_event_ref (event);
  const PostureJsonNode *detail;

  g_clear_pointer (&event, posture_event_unref);
  detail = posture_event_get_detail (other);
  g_assert_cmpstr (posture_json_node_get_string (posture_json_node_get_member (detail, "n")), ==,
                   "12345678901234567890");
}

static gpointer
detail_thread (gpointer event)
{
  return (gpointer) posture_event_get_detail (event);
}

/* Several threads ask for the detail at once, for the first time: it is the same one for all. */
static void
test_detail_at_once (void)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (PostureEvent) event = make_event ("{\"n\":1,\"list\":[{},[2]]}", NULL);
      GThread *threads[4];
      const PostureJsonNode *detail;

      for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
        threads[t] = g_thread_new ("detail", detail_thread, event);
      detail = posture_event_get_detail (event);
      g_assert_cmpuint (posture_json_node_get_length (posture_json_node_get_member (detail, "list")), ==, 2);
      for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
        g_assert_true (g_thread_join (threads[t]) == detail);
    }
}

static char *
nested (guint depth)
{
  g_autofree char *begin = g_strnfill (depth - 1, '[');
  g_autofree char *end = g_strnfill (depth - 1, ']');

  return g_strdup_printf ("{\"a\":%s%s}", begin, end);
}

/* A detail that an event is made of can be read, at once and from its text, however unusual it is; what could not be
 * read in its envelope makes no event. */
static void
test_unusual_detail (void)
{
  g_autoptr (GString) many = g_string_new ("{");
  g_autofree char *deep = nested (63);
  g_autofree char *too_deep = nested (64);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (many, "%s\"name-%u\":{\"a\":1}", i > 0 ? "," : "", i);
  g_string_append_c (many, '}');
  {
    const char *details[] = { " { } ", "{\"a\\u0062\":1}", "{\"ab\":\"\\ud83d\\ude00\"}", many->str, deep };

    for (guint i = 0; i < G_N_ELEMENTS (details); i++)
      {
        g_autoptr (PostureEvent) event = make_event (details[i], &error);
        g_autoptr (PostureEvent) copy = posture_event_new_from_text (posture_event_get_text (event), &error);
        g_autofree char *text = posture_json_node_to_text (posture_event_get_detail (event));
        g_autofree char *again = posture_json_node_to_text (posture_event_get_detail (copy));

        g_assert_no_error (error);
        g_assert_cmpstr (text, ==, again);
      }
  }
  g_assert_null (make_event (too_deep, &error));
  g_assert_error (error, POSTURE_JSON_ERROR, POSTURE_JSON_ERROR_DEPTH);
  g_clear_error (&error);
  g_assert_null (make_event ("{\"ab\":1,\"a\\u0062\":2}", &error));
  g_assert_error (error, POSTURE_JSON_ERROR, POSTURE_JSON_ERROR_DUPLICATE);
}

/* An event without resources has an empty list, not none. */
static void
test_no_resources (void)
{
  g_autoptr (PostureEvent) event = posture_event_new ("i", "s", "t", "", 0, /* resources = */ NULL, "{}", NULL);

  g_assert_cmpuint (g_strv_length ((char **) posture_event_get_resources (event)), ==, 0);
  g_assert_nonnull (strstr (posture_event_get_text (event), "\"resources\":[]"));
}

/* A detail that is no JSON object, also one that would close the envelope early, makes no event. */
static void
test_bad_detail (void)
{
  static const char *const details[] = { "{", "{},\"more\":{}", "[]", "" };

  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (make_event (details[i], &error));
      g_assert_nonnull (error);
    }
}

/* Texts that are no events are refused with the reason. */
static void
test_refused (void)
{
#define REST "\"account\":\"\",\"detail-type\":\"t\",\"source\":\"s\",\"time\":\"2026-01-01T00:00:00Z\""
  static const char *const texts[] = {
    "[]",
    "{" REST ",\"detail\":{}}",
    "{\"id\":1," REST ",\"detail\":{}}",
    "{\"id\":\"i\"," REST "}",
    "{\"id\":\"i\"," REST ",\"detail\":[]}",
    "{\"id\":\"i\"," REST ",\"detail\":{},\"resources\":[1]}",
    "{\"id\":\"i\"," REST ",\"detail\":{},\"resources\":\"a\"}",
    "{\"id\":\"i\"," REST ",\"detail\":{},\"resources\":{\"a\":\"b\"}}",
    "{\"id\":\"i\",\"account\":\"\",\"detail-type\":\"t\",\"source\":\"s\",\"time\":\"now\",\"detail\":{}}",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureEvent) good = posture_event_new_from_text ("{\"id\":\"i\"," REST ",\"detail\":{}}", &error);

  g_assert_no_error (error);
  g_assert_nonnull (good);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_null (posture_event_new_from_text (texts[i], &error));
      g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT);
      g_clear_error (&error);
    }
  g_assert_null (posture_event_new_from_text ("{", &error));
  g_assert_error (error, POSTURE_JSON_ERROR, POSTURE_JSON_ERROR_SYNTAX);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event/envelope", test_envelope);
  g_test_add_func ("/event/round-trip", test_round_trip);
  g_test_add_func ("/event/detail", test_detail);
  g_test_add_func ("/event/detail-at-once", test_detail_at_once);
  g_test_add_func ("/event/unusual-detail", test_unusual_detail);
  g_test_add_func ("/event/no-resources", test_no_resources);
  g_test_add_func ("/event/bad-detail", test_bad_detail);
  g_test_add_func ("/event/refused", test_refused);
  return g_test_run ();
}
