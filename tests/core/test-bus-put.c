/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "json/json-reader.h"
#include "store/store-error.h"

#include <string.h>

#define SOURCE(value) { .source = value, .detail_type = "Test", .detail = "{}" }
#define TYPE(value) { .source = "test.source", .detail_type = value, .detail = "{}" }
#define DETAIL(value) { .source = "test.source", .detail_type = "Test", .detail = value }
#define ENTRY(...) { .source = "test.source", .detail_type = "Test", .detail = "{}", __VA_ARGS__ }

static GPtrArray *
put (BusFixture            *self,
     const PostureBusEntry *entries,
     guint                  n_entries)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *results = posture_bus_put (self->bus, entries, n_entries, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, n_entries);
  return results;
}

/* Puts one entry and says which error code came back, or that it was taken. */
static const char *
put_one (BusFixture           *self,
         const PostureBusEntry entry)
{
  g_autoptr (GPtrArray) results = put (self, &entry, 1);
  PostureBusResult *result = g_ptr_array_index (results, 0);

  g_assert_true ((result->event_id == NULL) == (result->error_code != NULL));
  g_assert_true ((result->error_code == NULL) == (result->error_message == NULL));
  return g_intern_string (result->error_code);
}

/* There is a result for each entry, in their order; what is refused takes nothing else with it. */
static void
test_results (BusFixture   *self,
              gconstpointer data)
{
  const PostureBusEntry entries[] = {
    SOURCE ("a"), SOURCE (NULL), DETAIL ("[]"), SOURCE ("b"),
  };
  g_autoptr (GPtrArray) results = put (self, entries, G_N_ELEMENTS (entries));
  g_autoptr (GPtrArray) events = posture_bus_list_events (self->bus, 0, 10, NULL);
  PostureBusResult **result = (PostureBusResult **) results->pdata;

  g_assert_cmpstr (result[1]->error_code, ==, "InvalidArgument");
  g_assert_cmpstr (result[1]->error_message, ==, "The event has no Source.");
  g_assert_cmpstr (result[2]->error_code, ==, "MalformedDetail");
  g_assert_cmpuint (events->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      PostureJournalEntry *entry = g_ptr_array_index (events, i);

      g_assert_cmpstr (posture_event_get_id (entry->event), ==, result[3 * i]->event_id);
      g_assert_cmpstr (posture_event_get_source (entry->event), ==, i == 0 ? "a" : "b");
    }
}

/* An entry without what it needs, or with what is no text, is refused. */
static void
test_arguments (BusFixture   *self,
                gconstpointer data)
{
  static const char *const good[] = { "one", "two", NULL };
  static const char *const bad[] = { "one", "\xff", NULL };
  g_autoptr (GString) longest = g_string_new (NULL);
  g_autofree char *too_long = NULL;

  for (guint i = 0; i < 128; i++)
    g_string_append (longest, "ä");
  too_long = g_strconcat (longest->str, "x", NULL);
  g_assert_cmpstr (put_one (self, (PostureBusEntry) ENTRY ()), ==, NULL);
  g_assert_cmpstr (put_one (self, (PostureBusEntry) ENTRY (.resources = good)), ==, NULL);
  g_assert_cmpstr (put_one (self, (PostureBusEntry) SOURCE ("")), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) TYPE (NULL)), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) DETAIL (NULL)), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) ENTRY (.account = "")), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) SOURCE ("\xff")), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) SOURCE ("aws.events")), ==, "NotAuthorizedForSourceException");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) TYPE (longest->str)), ==, NULL);
  g_assert_cmpstr (put_one (self, (PostureBusEntry) TYPE (too_long)), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) TYPE ("\xc0")), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) ENTRY (.account = "\xff")), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) ENTRY (.resources = bad)), ==, "InvalidArgument");
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 3);
}

/* A time that has no spelling is refused; the first and the last that have one are not. */
static void
test_time (BusFixture   *self,
           gconstpointer data)
{
  const gint64 first = -62135596800 * G_GINT64_CONSTANT (1000);
  const gint64 last = 253402300799 * G_GINT64_CONSTANT (1000) + 999;
  g_autoptr (GPtrArray) events = NULL;
  PostureJournalEntry *entry;

  g_assert_cmpstr (put_one (self, (PostureBusEntry) ENTRY (.time = G_MAXINT64)), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) ENTRY (.time = last + 1)), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) ENTRY (.time = first - 1)), ==, "InvalidArgument");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) ENTRY (.time = first)), ==, NULL);
  g_assert_cmpstr (put_one (self, (PostureBusEntry) ENTRY (.time = last)), ==, NULL);
  events = posture_bus_list_events (self->bus, 0, 10, NULL);
  entry = g_ptr_array_index (events, 0);
  g_assert_cmpint (posture_event_get_time (entry->event), ==, first);
  entry = g_ptr_array_index (events, 1);
  g_assert_cmpint (posture_event_get_time (entry->event), ==, last);
}

/* A detail is one JSON object and nothing else. What would bring members of its own into the envelope,
 * or close it early, is none. */
static void
test_detail (BusFixture   *self,
             gconstpointer data)
{
  static const char *const details[] = {
    "", " ", "x", "{", "}", "{}}", "{} {}", "[]", "1", "\"a\"", "null", "{\"a\":01}", "{\"a\":1,}",
    "{\"a\":1,\"a\":2}", "{\"o\":{\"a\":1,\"a\":2}}", "{\"a\":1,\"\\u0061\":2}", "{\"a\":1,\"o\":{},\"a\":2}",
    "{\"a\":\"\xff\"}", "\xff", "{\"a\":\"\\u0000\"}",
    "{}},\"x\":{\"a\":1", "{},\"x\":{\"a\":1}", "{},\"x\":1", "{},\"id\":\"mine\"",
    "{},\"account\":\"other\"", "{},\"account\":\"a\",\"detail\":{}", "[],\"detail\":{}",
    "{},\"detail-type\":\"a\",\"id\":\"b\",\"x\":{\"y\":1", "{\"a\":1", "{}//", "{}/*", "{}\\",
  };

  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    {
      g_autofree char *shown = g_strescape (details[i], NULL);

      g_test_message ("%s", shown);
      g_assert_cmpstr (put_one (self, (PostureBusEntry) DETAIL (details[i])), ==,
                       details[i][0] == '\0' ? "InvalidArgument" : "MalformedDetail");
    }
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 0);
  g_assert_cmpstr (put_one (self, (PostureBusEntry) DETAIL (" {\"a\":\n1} ")), ==, NULL);
}

/* The same holds when there are rules, for which the event is read in another way. */
static void
test_detail_with_rules (BusFixture   *self,
                        gconstpointer data)
{
  bus_fixture_rule (self, "r", "{\"source\":[\"other\"]}", "target");
  test_detail (self, data);
}

/* Names may stand twice in different objects, be many, and be escaped. */
static void
test_names (BusFixture   *self,
            gconstpointer data)
{
  static const char *const details[] = {
    "{\"a\":{\"a\":[{\"a\":1},{\"a\":2}],\"b\":1},\"b\":{\"a\":1}}", "{\"a\":1,\"ab\":2,\"\\u0062\":3}",
  };
  g_autoptr (GString) many = g_string_new ("{\"first\":0");

  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    g_assert_cmpstr (put_one (self, (PostureBusEntry) DETAIL (details[i])), ==, NULL);
  for (guint i = 0; i < 200; i++)
    g_string_append_printf (many, ",\"n%u\":0", i);
  g_string_append_c (many, '}');
  g_assert_cmpstr (put_one (self, (PostureBusEntry) DETAIL (many->str)), ==, NULL);
  g_string_truncate (many, many->len - 1);
  g_string_append (many, ",\"first\":1}");
  g_assert_cmpstr (put_one (self, (PostureBusEntry) DETAIL (many->str)), ==, "MalformedDetail");
}

/* The message tells the place in the detail, not in the envelope around it. */
static void
test_detail_message (BusFixture   *self,
                     gconstpointer data)
{
  const PostureBusEntry entry = DETAIL ("{\n x}");
  g_autoptr (GPtrArray) results = put (self, &entry, 1);
  PostureBusResult *result = g_ptr_array_index (results, 0);

  g_assert_nonnull (strstr (result->error_message, "line 2, column 2"));
}

static char *
nest (guint levels)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i < levels; i++)
    g_string_append (text, "{\"a\":");
  g_string_append (text, "{}");
  for (guint i = 1; i < levels; i++)
    g_string_append_c (text, '}');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whatever is taken can be read back: the envelope around a detail has one level more. */
static void
test_depth (BusFixture   *self,
            gconstpointer data)
{
  g_autofree char *deepest = nest (posture_json_limits_default.max_depth - 1);
  g_autofree char *deeper = nest (posture_json_limits_default.max_depth);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (put_one (self, (PostureBusEntry) DETAIL (deepest)), ==, NULL);
  g_assert_cmpstr (put_one (self, (PostureBusEntry) DETAIL (deeper)), ==, "MalformedDetail");
  events = posture_bus_list_events (self->bus, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);
}

/* The spelling of numbers and the order of members survive put, journal and reading. */
static void
test_spelling (BusFixture   *self,
               gconstpointer data)
{
  static const char detail[] = "{\"z\":1.50,\"a\":1E+2,\"big\":123456789012345678901234567890}";
  g_autofree char *id = bus_fixture_put (self, "a", detail);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureEvent) event = posture_bus_dup_event (self->bus, id, &error);
  const PostureJsonNode *read;

  g_assert_no_error (error);
  g_assert_nonnull (strstr (posture_event_get_text (event), detail));
  read = posture_event_get_detail (event);
  g_assert_cmpstr (posture_json_node_get_string (posture_json_node_get_member (read, "big")), ==,
                   "123456789012345678901234567890");
}

/* The envelope says who, what, when and about what; time and account have their defaults. */
static void
test_envelope (BusFixture   *self,
               gconstpointer data)
{
  static const char *const resources[] = { "r1", "r1", "r2", NULL };
  const PostureBusEntry entries[] = {
    ENTRY (.account = "space", .resources = resources, .time = 1000), ENTRY (),
  };
  g_autoptr (GPtrArray) results = put (self, entries, 2);
  g_autoptr (GPtrArray) events = posture_bus_list_events (self->bus, 0, 10, NULL);
  PostureEvent *event = ((PostureJournalEntry *) g_ptr_array_index (events, 0))->event;

  g_assert_cmpstr (posture_event_get_account (event), ==, "space");
  g_assert_cmpint (posture_event_get_time (event), ==, 1000);
  g_assert_cmpuint (g_strv_length ((char **) posture_event_get_resources (event)), ==, 3);
  g_assert_cmpint (posture_uuid_get_time (posture_event_get_id (event)), >=, BUS_TEST_START);
  event = ((PostureJournalEntry *) g_ptr_array_index (events, 1))->event;
  g_assert_cmpstr (posture_event_get_account (event), ==, "");
  g_assert_cmpint (posture_event_get_time (event), ==, BUS_TEST_START);
}

static void
refuse (BusFixture            *self,
        const PostureBusEntry *entries,
        guint                  n_entries)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (posture_bus_put (self->bus, entries, n_entries, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION);
}

/* A put has 1 to 10 entries, else it is refused as a whole. */
static void
test_count (BusFixture   *self,
            gconstpointer data)
{
  PostureBusEntry entries[11];
  g_autoptr (GPtrArray) results = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    entries[i] = (PostureBusEntry) ENTRY ();
  refuse (self, entries, 0);
  refuse (self, entries, 11);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 0);
  results = put (self, entries, 10);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 10);
}

/* Source, detail type, detail, resources and account count, and a time that is given counts 14 bytes:
 * exactly the limit is taken, one more byte is not. */
static void
test_size (BusFixture   *self,
           gconstpointer data)
{
  static const char *const resources[] = { "123", "45", NULL };
  g_autofree char *detail = g_strnfill (POSTURE_BUS_MAX_PUT_SIZE, ' ');
  PostureBusEntry entries[] = {
    { .source = "12", .detail_type = "345", .detail = detail, .account = "6", .resources = resources,
      .time = 1 },
    { .source = "1", .detail_type = "2", .detail = "{}" },
  };
  const gsize others = 2 + 3 + 1 + 5 + 14 + 4;
  g_autoptr (GPtrArray) results = NULL;

  detail[0] = '{';
  detail[1] = '}';
  detail[POSTURE_BUS_MAX_PUT_SIZE - others + 1] = '\0';
  refuse (self, entries, 2);
  detail[POSTURE_BUS_MAX_PUT_SIZE - others] = '\0';
  results = put (self, entries, 2);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 2);
}

/* A detail that is too long for an envelope can travel by its digest: who reads the event sees the
 * detail itself, and it goes with the event. */
static void
test_by_digest (BusFixture   *self,
                gconstpointer data)
{
  static const char *const resources[] = { "thing", NULL };
  g_autofree char *filler = g_strnfill (POSTURE_BUS_MAX_PUT_SIZE, 'x');
  g_autofree char *detail = g_strdup_printf ("{\"text\":\"%s\"}", filler);
  g_autofree char *list = g_strdup_printf ("[\"%s\"]", filler);
  const PostureBusEntry entry = { .source = "test.source", .detail_type = "Test", .detail = detail,
                                  .resources = resources, .by_digest = TRUE };
  const PostureBusEntry plain = DETAIL (detail);
  const PostureBusEntry listed = { .source = "test.source", .detail_type = "Test", .detail = list,
                                   .by_digest = TRUE };
  const PostureBusEntry small = ENTRY (.by_digest = TRUE);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (PostureEvent) event = NULL;
  g_autoptr (GError) error = NULL;
  const char *id;

  refuse (self, &plain, 1);
  g_assert_cmpstr (put_one (self, listed), ==, "MalformedDetail");
  list[0] = '{';
  g_assert_cmpstr (put_one (self, listed), ==, "MalformedDetail");
  g_assert_null (put_one (self, small));
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_detail"), ==, 0);

  results = put (self, &entry, 1);
  id = ((PostureBusResult *) g_ptr_array_index (results, 0))->event_id;
  event = posture_bus_dup_event (self->bus, id, &error);
  g_assert_no_error (error);
  g_assert_true (g_strcmp0 (posture_event_get_body (event), detail) == 0);
  g_assert_cmpuint (strlen (posture_event_get_text (event)), <, 1000);
  g_assert_nonnull (strstr (posture_event_get_text (event), "\"size\":262155"));
  g_assert_cmpstr (posture_json_node_get_string (
                     posture_json_node_get_member (posture_event_get_detail (event), "text")),
                   ==, filler);
  g_clear_pointer (&event, posture_event_unref);

  /* another one in its place is not taken for it */
  bus_fixture_run (self, "UPDATE bus_detail SET body = '{}'");
  g_assert_null (posture_bus_dup_event (self->bus, id, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_INVALID_EVENT);
  g_assert_true (posture_store_write (self->store, bus_fixture_forget_func, self->bus, NULL, NULL));
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_detail"), ==, 0);
}

typedef struct
{
  BusFixture *fixture;
  gboolean fails;
  gboolean refused;
} PutIn;

static gboolean
put_in_func (PostureTransaction *transaction,
             gpointer            data,
             GError            **error)
{
  PutIn *put_in = data;
  const PostureBusEntry entry = ENTRY ();
  g_autoptr (GPtrArray) results = posture_bus_put_in (put_in->fixture->bus, transaction, &entry,
                                                      put_in->refused ? 0 : 1, error);

  if (results == NULL)
    return FALSE;
  g_assert_nonnull (((PostureBusResult *) g_ptr_array_index (results, 0))->event_id);
  if (put_in->fails)
    g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED, "the rest failed");
  return !put_in->fails;
}

/* What is put within a transaction is there if and when the rest is: nothing is put or delivered if the
 * rest fails. */
static void
test_put_in (BusFixture   *self,
             gconstpointer data)
{
  PutIn put_in = { .fixture = self, .fails = TRUE };
  g_autoptr (GError) error = NULL;

  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_add (self, "prepared", 0, 0, NULL);
  bus_fixture_rule (self, "all", "{\"source\":[{\"prefix\":\"\"}]}", "direct prepared");
  posture_bus_start (self->bus);
  g_assert_false (posture_store_write (self->store, put_in_func, &put_in, NULL, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED);
  g_clear_error (&error);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 0);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery"), ==, 0);
  g_assert_cmpint (bus_fixture_effects (self), ==, 0);

  put_in.refused = TRUE;
  g_assert_false (posture_store_write (self->store, put_in_func, &put_in, NULL, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION);
  put_in = (PutIn) { .fixture = self };
  g_assert_true (posture_store_write (self->store, put_in_func, &put_in, NULL, NULL));
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_effects (self), ==, 2);
}

/* The asynchronous put gives what its twin gives. */
static void
test_async (BusFixture   *self,
            gconstpointer data)
{
  const PostureBusEntry entries[] = { ENTRY (), DETAIL ("1") };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = bus_fixture_put_async (self, entries, 2, /* cancellable = */ NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 2);
  g_assert_nonnull (((PostureBusResult *) g_ptr_array_index (results, 0))->event_id);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 1);

  g_assert_null (bus_fixture_put_async (self, entries, 0, /* cancellable = */ NULL, &error));
  g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION);
}

/* A put that was cancelled before it began puts nothing. */
static void
test_cancel (BusFixture   *self,
             gconstpointer data)
{
  const PostureBusEntry entry = ENTRY ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (bus_fixture_put_async (self, &entry, 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(*) FROM bus_event"), ==, 0);
}

#define N_THREADS 8
#define PUTS_PER_THREAD 50

static gpointer
put_thread (gpointer data)
{
  BusFixture *self = data;

  for (guint i = 0; i < PUTS_PER_THREAD; i++)
    {
      g_autofree char *id = bus_fixture_put (self, "thread", "{\"a\":[1,2,3]}");

      g_assert_nonnull (id);
    }
  return NULL;
}

/* Puts from many threads at once are all there, each once, and each is delivered once. */
static void
test_threads (BusFixture   *self,
              gconstpointer data)
{
  GThread *threads[N_THREADS];

  bus_fixture_add (self, "direct", BUS_TEST_DIRECT, 0, NULL);
  bus_fixture_rule (self, "all", "{\"source\":[\"thread\"]}", "direct");
  posture_bus_start (self->bus);
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("put", put_thread, self);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  bus_fixture_settle (self);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(DISTINCT id) FROM bus_event"), ==,
                   N_THREADS * PUTS_PER_THREAD);
  g_assert_cmpint (bus_fixture_ask (self, "SELECT count(DISTINCT event) FROM bus_test_effect"), ==,
                   N_THREADS * PUTS_PER_THREAD);
  g_assert_cmpint (bus_fixture_effects (self), ==, N_THREADS * PUTS_PER_THREAD);
}

/* Once the store is closed, a put says so. */
static void
test_closed (BusFixture   *self,
             gconstpointer data)
{
  const PostureBusEntry entry = ENTRY ();
  g_autoptr (GError) error = NULL;

  posture_store_close (self->store);
  g_assert_null (posture_bus_put (self->bus, &entry, 1, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CLOSED);
  /* and nothing breaks where a failure has no consequence */
  g_assert_false (posture_bus_remove_rule (self->bus, "none", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/bus/put/" name, BusFixture, NULL, bus_fixture_set_up, func, bus_fixture_tear_down)
  ADD ("results", test_results);
  ADD ("arguments", test_arguments);
  ADD ("time", test_time);
  ADD ("detail", test_detail);
  ADD ("names", test_names);
  ADD ("detail-with-rules", test_detail_with_rules);
  ADD ("detail-message", test_detail_message);
  ADD ("depth", test_depth);
  ADD ("spelling", test_spelling);
  ADD ("envelope", test_envelope);
  ADD ("count", test_count);
  ADD ("size", test_size);
  ADD ("by-digest", test_by_digest);
  ADD ("put-in", test_put_in);
  ADD ("async", test_async);
  ADD ("cancel", test_cancel);
  ADD ("threads", test_threads);
  ADD ("closed", test_closed);
  return g_test_run ();
}
