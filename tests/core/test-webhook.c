/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus-fixture.h"

#include "bus/target-settings.h"
#include "targets/file-target.h"
#include "targets/targets.h"
#include "targets/webhook-target.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

/* For another host, and signed by nobody; made for this test alone. */
static const char wrong_certificate[] =
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBhzCCAS2gAwIBAgIUaOSChodS4JhZSxWx+KVVo4ZoIR8wCgYIKoZIzj0EAwIw\n"
  "GDEWMBQGA1UEAwwNd3JvbmcuZXhhbXBsZTAgFw0yNjExMjUxNDM2MjNaGA8yMTI2\n"
  "MTEwMTE0MzYyM1owGDEWMBQGA1UEAwwNd3JvbmcuZXhhbXBsZTBZMBMGByqGSM49\n"
  "AgEGCCqGSM49AwEHA0IABJ5kwETjM//RHtSVM7t3/h25E1HPC92nWhhcGIsBjI6/\n"
  "SvaTJJ9vITvvmh+AYRBXSMw+XWWxoCsGhqNjUl/CYxejUzBRMB0GA1UdDgQWBBQF\n"
  "JBHdoa/ZEPTDtWXRS9SGeLQmGjAfBgNVHSMEGDAWgBQFJBHdoa/ZEPTDtWXRS9SG\n"
  "eLQmGjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDPUA3HIqXb\n"
  "NALukRzNeaEIv5sgmBEITFkwV0DjzK7wrQIgEjaMlgyuHdB9Erk3Myq3xv414vDp\n"
  "yLADfdLiMVz6tDU=\n"
  "-----END CERTIFICATE-----\n"
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4P/dYDqanvwZ05Fy\n"
  "p1v62vCfvPvUhOJhLj0/uQUAVqmhRANCAASeZMBE4zP/0R7UlTO7d/4duRNRzwvd\n"
  "p1oYXBiLAYyOv0r2kySfbyE775ofgGEQV0jMPl1lsaArBoajY1JfwmMX\n"
  "-----END PRIVATE KEY-----\n";

/* A proxy for all that is not encrypted, at a port where nobody listens. */
#define TEST_TYPE_PROXY (test_proxy_get_type ())
G_DECLARE_FINAL_TYPE (TestProxy, test_proxy, TEST, PROXY, GObject)

struct _TestProxy
{
  GObject parent_instance;
};

static gboolean
test_proxy_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
test_proxy_lookup (GProxyResolver *resolver,
                   const char     *uri,
                   GCancellable   *cancellable,
                   GError        **error)
{
  const char *const proxies[] = { g_str_has_prefix (uri, "http:") ? "http://127.0.0.1:1" : "direct://", NULL };

  return g_strdupv ((char **) proxies);
}

static void
test_proxy_lookup_async (GProxyResolver     *resolver,
                         const char         *uri,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_pointer (task, test_proxy_lookup (resolver, uri, NULL, NULL), (GDestroyNotify) g_strfreev);
}

static char **
test_proxy_lookup_finish (GProxyResolver *resolver,
                          GAsyncResult   *result,
                          GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_proxy_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = test_proxy_is_supported;
  iface->lookup = test_proxy_lookup;
  iface->lookup_async = test_proxy_lookup_async;
  iface->lookup_finish = test_proxy_lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestProxy, test_proxy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, test_proxy_resolver_init))

static void
test_proxy_class_init (TestProxyClass *klass)
{
}

static void
test_proxy_init (TestProxy *self)
{
}

/* Makes it the resolver of the whole program: what is not encrypted must not be sent to it. */
static void
set_proxy_for_all (void)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "test", TRUE);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_PROXY, "test", 0);
  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (g_proxy_resolver_get_default (), TEST_TYPE_PROXY));
}

#define ALL "{\"source\":[{\"exists\":true}]}"
#define NEVER G_MAXUINT

static const PostureRetryPolicy quick = { .max_attempts = 3, .max_age = 3600000, .base_delay = 1000, .max_delay = 1000 };

/* A server that answers as a test says. */
typedef struct
{
  BusFixture *fixture;
  SoupServer *server;
  GSocketService *raw; /* one that does not speak HTTP */
  const char *raw_answer;
  const char *wanted; /* the secret; NULL: any */
  guint status; /* NEVER: no answer */
  guint requests;
  char *body;
  char *secret;
  char *key;
  char *url;
} Hook;

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  Hook *hook = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  hook->requests++;
  g_assert_cmpstr (soup_server_message_get_method (message), ==, "POST");
  g_free (hook->body);
  hook->body = g_strndup (body->data, (gsize) body->length);
  g_free (hook->secret);
  hook->secret = g_strdup (soup_message_headers_get_one (headers, "X-Secret"));
  g_free (hook->key);
  hook->key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  if (hook->status == NEVER)
    {
      G_GNUC_BEGIN_IGNORE_DEPRECATIONS
      soup_server_pause_message (server, message);
      G_GNUC_END_IGNORE_DEPRECATIONS
      return;
    }
  soup_server_message_set_status (message, hook->wanted != NULL && g_strcmp0 (hook->secret, hook->wanted) != 0 ? 401
                                                                                                               : hook->status,
                                  NULL);
  if (hook->status == 301)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", hook->url);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           data)
{
  Hook *hook = data;

  hook->requests++;
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), hook->raw_answer,
                             strlen (hook->raw_answer), NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

static void
hook_start (Hook       *self,
            BusFixture *fixture,
            guint       status,
            gboolean    tls)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  *self = (Hook) { .fixture = fixture, .status = status };
  self->server = soup_server_new (NULL, NULL);
  if (tls)
    {
      g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (wrong_certificate, -1, &error);

      g_assert_no_error (error);
      soup_server_set_tls_certificate (self->server, certificate);
    }
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | (tls ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
hook_stop (Hook *self)
{
  posture_bus_stop (self->fixture->bus);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  if (self->raw != NULL)
    g_socket_service_stop (self->raw);
  g_clear_object (&self->raw);
  g_free (self->body);
  g_free (self->secret);
  g_free (self->key);
  g_free (self->url);
}

static PostureBusFigures
figures (BusFixture *self)
{
  PostureBusFigures result;

  g_assert_true (posture_bus_get_figures (self->bus, &result, NULL));
  return result;
}

static PostureTarget *
start (Hook       *hook,
       const char *secret_header,
       guint       timeout)
{
  BusFixture *self = hook->fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureTarget) target = posture_webhook_target_new ("chat", hook->url, secret_header, timeout, &error);

  g_assert_no_error (error);
  posture_bus_add_target (self->bus, "chat", target, &quick);
  bus_fixture_rule (self, "rule", ALL, "chat");
  posture_bus_start (self->bus);
  return target;
}

/* Puts one event, and turns the clock until it has arrived or was given up. Meanwhile another target of
 * the same bus gets what it should: a server never holds up the bus. */
static char *
deliver (BusFixture *self)
{
  g_autofree char *id = NULL;

  bus_fixture_add (self, "other", 0, 0, NULL);
  bus_fixture_rule (self, "beside", ALL, "other");
  id = bus_fixture_put (self, "a", "{\"n\":1}");
  bus_fixture_wait_until (bus_fixture_effects (self) == 1);
  while (figures (self).pending > 0)
    {
      if (bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery WHERE attempts > 0 AND due > 0") > 0)
        bus_fixture_advance (self, 1000);
      bus_fixture_tick ();
    }
  return g_steal_pointer (&id);
}

static void
assert_dead (BusFixture *self,
             guint       attempts,
             const char *reason)
{
  g_autoptr (GPtrArray) letters = posture_bus_list_dead_letters (self->bus, 0, 10, NULL);
  const PostureDeadLetter *letter;

  g_assert_cmpuint (letters->len, ==, 1);
  letter = g_ptr_array_index (letters, 0);
  g_test_message ("%s", letter->reason);
  g_assert_cmpuint (letter->attempts, ==, attempts);
  g_assert_nonnull (strstr (letter->reason, reason));
}

/* 2xx is a delivery; 429 and 5xx are tried again; anything else is a dead letter at once, also a
 * redirection, which is not followed. */
static void
test_statuses (BusFixture   *self,
               gconstpointer data)
{
  const guint status = GPOINTER_TO_UINT (data);
  const gboolean again = status == 429 || status >= 500;
  g_autofree char *reason = g_strdup_printf ("%u", status);
  g_autofree char *id = NULL;
  Hook hook;

  hook_start (&hook, self, status, FALSE);
  start (&hook, NULL, 30);
  id = deliver (self);
  g_assert_cmpstr (hook.key, ==, id);
  g_assert_nonnull (strstr (hook.body, "\"detail\":{\"n\":1}"));
  if (status == 200)
    g_assert_cmpint (figures (self).dead, ==, 0);
  else
    assert_dead (self, again ? 3 : 1, reason);
  g_assert_cmpuint (hook.requests, ==, again ? 3 : 1);
  hook_stop (&hook);
}

static void
test_slow (BusFixture   *self,
           gconstpointer data)
{
  g_autofree char *id = NULL;
  Hook hook;

  hook_start (&hook, self, NEVER, FALSE);
  start (&hook, NULL, 1);
  id = deliver (self);
  assert_dead (self, 3, "no answer within 1");
  hook_stop (&hook);
}

/* More than the bus looks at in order. */
#define MANY 1200

/* As many events as one likes wait for a server that does not answer: another target gets those that were put after
 * them all the same, and the server is called four times at once. */
static void
test_slow_many (BusFixture   *self,
                gconstpointer data)
{
  PostureTarget *other = bus_fixture_add (self, "other", 0, 0, NULL);
  Hook hook;

  hook_start (&hook, self, NEVER, FALSE);
  start (&hook, NULL, 30);
  bus_fixture_rule (self, "beside", "{\"source\":[\"b\"]}", "other");
  for (guint i = 0; i < MANY; i++)
    g_free (bus_fixture_put (self, "a", "{}"));
  for (guint i = 0; i < 20; i++)
    g_free (bus_fixture_put (self, "b", "{}"));
  bus_fixture_wait_until (bus_fixture_effects (self) == 20 && hook.requests == 4);
  bus_fixture_settle (self);
  g_assert_cmpint (figures (self).retried, ==, 0);
  g_assert_cmpint (figures (self).pending, ==, MANY + 20);
  g_assert_cmpuint (hook.requests, ==, 4);
  g_assert_cmpuint (bus_test_target_get_commits (other), ==, 20);
  hook_stop (&hook);
}

static void
test_wrong_certificate (BusFixture   *self,
                        gconstpointer data)
{
  g_autofree char *id = NULL;
  Hook hook;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("no TLS");
      return;
    }
  hook_start (&hook, self, 200, TRUE);
  start (&hook, NULL, 30);
  id = deliver (self);
  assert_dead (self, 3, "certificate");
  g_assert_cmpuint (hook.requests, ==, 0);
  hook_stop (&hook);
}

/* What is cut off before there is a status, and what is no HTTP, is tried again. */
static void
test_raw (BusFixture   *self,
          gconstpointer data)
{
  g_autofree char *id = NULL;
  Hook hook = { .fixture = self, .raw_answer = data };
  guint16 port;

  hook.raw = g_socket_service_new ();
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (hook.raw), NULL, NULL);
  g_signal_connect (hook.raw, "incoming", G_CALLBACK (incoming_cb), &hook);
  g_socket_service_start (hook.raw);
  hook.url = g_strdup_printf ("http://127.0.0.1:%u/", port);
  start (&hook, NULL, 30);
  id = deliver (self);
  assert_dead (self, 3, "127.0.0.1 cannot be reached");
  g_assert_cmpuint (hook.requests, >=, 3);
  hook_stop (&hook);
}

/* The input is sent, the secret stands in its header. */
static void
test_input_and_secret (BusFixture   *self,
                       gconstpointer data)
{
  g_autoptr (PostureInput) input = posture_input_new (
    "{\"InputTransformer\":{\"InputPathsMap\":{\"n\":\"$.detail.n\"},"
    "\"InputTemplate\":\"{\\\"text\\\":\\\"<aws.events.rule-name>: <n>\\\"}\"}}", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureTarget) target = NULL;
  g_autofree char *id = NULL;
  Hook hook;

  hook_start (&hook, self, 204, FALSE);
  target = posture_webhook_target_new ("chat", hook.url, "X-Secret", 30, &error);
  g_assert_no_error (error);
  posture_webhook_target_take_secret (POSTURE_WEBHOOK_TARGET (target), g_strdup ("token"));
  posture_bus_add_target (self->bus, "chat", target, &quick);
  posture_bus_set_input (self->bus, "chat", input);
  bus_fixture_rule (self, "rule", ALL, "chat");
  posture_bus_start (self->bus);
  id = deliver (self);
  g_assert_cmpint (figures (self).dead, ==, 0);
  g_assert_cmpstr (hook.body, ==, "{\"text\":\"rule: 1\"}");
  g_assert_cmpstr (hook.secret, ==, "token");
  hook_stop (&hook);
}

/* Puts one event and waits until the server has decided about it. */
static void
put_and_wait (BusFixture *self)
{
  g_free (bus_fixture_put (self, "a", "{}"));
  bus_fixture_wait_until (figures (self).pending == 0);
}

/* A secret comes from the keyring. When the server refuses it, it is looked up once more: one that was
 * changed is used at once, one that was not is refused for good. */
static void
test_secret_changes (BusFixture   *self,
                     gconstpointer data)
{
  g_autofree char *keyring = g_build_filename (self->folder, "keyring", NULL);
  Hook hook;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_assert_true (posture_webhook_store_secret ("chat", "first", NULL));
  hook_start (&hook, self, 204, FALSE);
  hook.wanted = "first";
  start (&hook, "X-Secret", 30);
  put_and_wait (self);
  g_assert_cmpstr (hook.secret, ==, "first");
  g_assert_cmpuint (hook.requests, ==, 1);
  hook.wanted = "second";
  g_assert_true (posture_webhook_store_secret ("chat", "second", NULL));
  put_and_wait (self);
  g_assert_cmpstr (hook.secret, ==, "second");
  g_assert_cmpuint (hook.requests, ==, 3);
  g_assert_cmpint (figures (self).dead, ==, 0);
  g_assert_false (posture_webhook_store_secret ("chat", "two\r\nX-Lines: 1", NULL));
  hook.wanted = "third";
  put_and_wait (self);
  g_assert_cmpuint (hook.requests, ==, 4);
  assert_dead (self, 1, "401");
  hook_stop (&hook);
}

/* How a target is retried stands in its settings; numbers out of their bounds are refused. */
static void
test_policy (void)
{
  static const char *const bad[] = { "\"attempts\":0", "\"attempts\":187", "\"attempts\":1.5", "\"attempts\":\"1\"",
                                     "\"maximum-age\":59", "\"maximum-age\":86401", "\"first-pause\":0",
                                     "\"first-pause\":10,\"longest-pause\":9", "\"longest-pause\":3601" };
  g_autoptr (PostureInput) input = NULL;
  PostureRetryPolicy policy;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureTarget) plain = posture_targets_make ("t", "{\"file\":\"/x\"}", &input, &policy, &error);
  g_autoptr (PostureTarget) target = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (policy.max_attempts, ==, 185);
  g_assert_cmpint (policy.max_age, ==, 86400000);
  target = posture_targets_make ("t", "{\"file\":\"/x\",\"retry\":{\"attempts\":3,\"maximum-age\":60,"
                                      "\"first-pause\":2,\"longest-pause\":20}}", &input, &policy, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (policy.max_attempts, ==, 3);
  g_assert_cmpint (policy.max_age, ==, 60000);
  g_assert_cmpint (policy.base_delay, ==, 2000);
  g_assert_cmpint (policy.max_delay, ==, 20000);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *settings = g_strdup_printf ("{\"file\":\"/x\",\"retry\":{%s}}", bad[i]);
      g_autoptr (GError) refused = NULL;

      g_assert_null (posture_targets_make ("t", settings, &input, &policy, &refused));
      g_assert_error (refused, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION);
    }
}

static gint64
attempts (BusFixture *self)
{
  return bus_fixture_ask (self, "SELECT coalesce(max(attempts), 0) FROM bus_dead_letter");
}

/* Targets that are set up, changed and removed are followed without waiting, with their own policy. */
static void
test_follows (BusFixture   *self,
              gconstpointer data)
{
  PostureTargets *targets = posture_targets_new (self->bus, self->store);
  g_autofree char *path = g_build_filename (self->folder, "lines", NULL);
  g_autofree char *good = g_strdup_printf ("{\"file\":\"%s\"}", path);
  /* a folder cannot be written */
  g_autofree char *bad = g_strdup_printf ("{\"file\":\"%s/no/where\",\"retry\":{\"attempts\":1}}", self->folder);

  bus_fixture_rule (self, "rule", ALL, "log");
  posture_bus_start (self->bus);
  g_assert_true (posture_bus_put_target_settings (self->bus, "log", bad, NULL));
  g_assert_true (posture_bus_put_target_settings (self->bus, "log", good, NULL));
  bus_fixture_settle (self);
  put_and_wait (self);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (posture_bus_put_target_settings (self->bus, "log", bad, NULL));
  bus_fixture_settle (self);
  put_and_wait (self);
  g_assert_cmpint (attempts (self), ==, 1);
  g_assert_true (posture_bus_put_target_settings (self->bus, "log", good, NULL));
  g_assert_true (posture_bus_remove_target_settings (self->bus, "log", NULL));
  bus_fixture_settle (self);
  /* it is gone, and nothing is written any more: the event waits for a target of that name */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_free (bus_fixture_put (self, "a", "{}"));
  bus_fixture_wait_until (bus_fixture_ask (self, "SELECT count(*) FROM bus_delivery WHERE attempts > 0") == 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (posture_bus_put_target_settings (self->bus, "log", bad, NULL));
  g_object_unref (targets); /* while it reads */
  bus_fixture_settle (self);
}

static void
test_addresses (void)
{
  static const char *const good[] = { "https://example.org/hook", "http://127.0.0.1:8080/", "http://localhost/x",
                                      "http://[::1]:1/" };
  static const char *const bad[] = { "http://example.org/", "http://127.0.0.1.example.org/", "ftp://localhost/", "",
                                     "https://", "https://name:word@example.org/", "http://192.168.0.1/", "localhost" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (PostureTarget) target = posture_webhook_target_new ("t", good[i], NULL, 1, NULL);

      g_assert_nonnull (target);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (posture_webhook_target_new ("t", bad[i], NULL, 1, &error));
      g_assert_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION);
    }
}

/* One line for each event; a file that has grown is put aside, a half line stays alone. */
static void
test_file (BusFixture   *self,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "events.jsonl", NULL);
  g_autofree char *copy = g_strconcat (path, ".1", NULL);
  g_autofree char *text = NULL, *old = NULL;
  g_autoptr (PostureTarget) target = posture_file_target_new (path, 600, 2);
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_set_contents (path, "{\"half\":", -1, NULL));
  posture_bus_add_target (self->bus, "file", target, &quick);
  bus_fixture_rule (self, "rule", ALL, "file");
  posture_bus_start (self->bus);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = bus_fixture_put (self, "a", "{\"text\":\"x\\ny\",\n\"n\":1}");

      bus_fixture_wait_until (figures (self).pending == 0);
    }
  g_assert_cmpint (figures (self).dead, ==, 0);
  g_assert_true (g_file_get_contents (copy, &old, NULL, NULL));
  g_assert_true (g_str_has_prefix (old, "{\"half\":\n{"));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_autoptr (PostureEvent) event = posture_event_new_from_text (lines[i], NULL);

      g_assert_nonnull (event);
    }
  g_assert_true (g_str_has_suffix (text, "}\n"));
}

#define add(path, data, func) \
  g_test_add (path, BusFixture, data, bus_fixture_set_up, func, bus_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  static const guint statuses[] = { 200, 301, 400, 401, 429, 500, 503 };

  g_test_init (&argc, &argv, NULL);
  set_proxy_for_all ();
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/webhook/status/%u", statuses[i]);

      add (path, GUINT_TO_POINTER (statuses[i]), test_statuses);
    }
  add ("/webhook/slow", NULL, test_slow);
  add ("/webhook/slow-many", NULL, test_slow_many);
  add ("/webhook/wrong-certificate", NULL, test_wrong_certificate);
  add ("/webhook/cut-off", "HTTP/1.1 200 O", test_raw);
  add ("/webhook/garbage", "\x01\x02 this is no HTTP\r\n\r\n", test_raw);
  add ("/webhook/input-and-secret", NULL, test_input_and_secret);
  g_test_add_func ("/webhook/addresses", test_addresses);
  g_test_add_func ("/webhook/policy", test_policy);
  add ("/webhook/secret-changes", NULL, test_secret_changes);
  add ("/webhook/follows", NULL, test_follows);
  add ("/file-target/lines", NULL, test_file);
  return g_test_run ();
}
