/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-targets"

#include "config.h"

#include "targets/webhook-target.h"

#include "bus/bus-error.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <libsoup/soup.h>
#include <string.h>

#define TOO_MANY_REQUESTS 429 /* RFC 6585 */

/* Posts what it is given to a server. */
struct _PostureWebhookTarget
{
  GObject parent_instance;

  char *name;
  GUri *uri;
  char *secret_header; /* (nullable) */
  char *secret;        /* (nullable): as soon as it is known */
  gboolean given;      /* by somebody else than the keyring */
  guint timeout;       /* in seconds, for all of an attempt */
  SoupSession *session;
};

static void posture_webhook_target_target_init (PostureTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PostureWebhookTarget, posture_webhook_target, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET, posture_webhook_target_target_init))

static const SecretSchema schema = {
  "io.github.posture_app.Posture.Webhook",
  SECRET_SCHEMA_NONE,
  { { "target", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* One attempt. */
typedef struct
{
  char *input;
  char *key; /* of the event and its replay */
  GCancellable *cancellable; /* of the request: whoever cancels first */
  GCancellable *outer;
  gulong outer_id;
  guint timeout_id;
  gboolean late;
  gboolean renewed; /* the secret was looked up, and is no older than the attempt */
  SoupMessage *message;
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_clear_handle_id (&attempt->timeout_id, g_source_remove);
  if (attempt->outer != NULL)
    g_cancellable_disconnect (attempt->outer, attempt->outer_id);
  g_clear_object (&attempt->outer);
  g_clear_object (&attempt->cancellable);
  g_clear_object (&attempt->message);
  g_free (attempt->input);
  g_free (attempt->key);
  g_free (attempt);
}

static gboolean
late_cb (gpointer data)
{
  Attempt *attempt = data;

  attempt->timeout_id = 0;
  attempt->late = TRUE;
  g_cancellable_cancel (attempt->cancellable);
  return G_SOURCE_REMOVE;
}

static void
outer_cb (GCancellable *outer,
          gpointer      cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* What a status means: taken, try again, or never. */
static GError *
judge (guint status)
{
  gboolean again = status == TOO_MANY_REQUESTS || status >= 500;

  if (status >= 200 && status < 300)
    return NULL;
  return g_error_new (POSTURE_BUS_ERROR, again ? POSTURE_BUS_ERROR_FAILED : POSTURE_BUS_ERROR_PERMANENT,
                      _("The server answered with status %u."), status);
}

static void look_up (GTask *task);

/* Whether a server may refuse only because the secret is not what it was when it was read. */
static gboolean
may_be_outdated (PostureWebhookTarget *self,
                 Attempt              *attempt)
{
  guint status = soup_message_get_status (attempt->message);

  return (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN) && self->secret != NULL &&
         !self->given && !attempt->renewed;
}

/* The status is all that counts; what the server says besides is not read. */
static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  Attempt *attempt = g_task_get_task_data (task);
  PostureWebhookTarget *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GInputStream) body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  g_autofree char *reason = NULL;

  g_clear_handle_id (&attempt->timeout_id, g_source_remove);
  if (body != NULL && may_be_outdated (self, attempt))
    {
      look_up (task);
      return;
    }
  if (body != NULL)
    {
      error = judge (soup_message_get_status (attempt->message));
      if (error == NULL)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, error);
      return;
    }
  reason = attempt->late ? g_strdup_printf (_("no answer within %u seconds"), self->timeout) : g_strdup (error->message);
  g_error_free (error);
  g_task_return_new_error (task, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED, _("%s cannot be reached: %s"),
                           g_uri_get_host (self->uri), reason);
}

static void
send (GTask *task)
{
  PostureWebhookTarget *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = g_bytes_new (attempt->input, strlen (attempt->input));
  SoupMessageHeaders *headers;
  gboolean json = strchr ("{[\"", attempt->input[0]) != NULL;

  g_clear_object (&attempt->message);
  attempt->message = soup_message_new_from_uri (SOUP_METHOD_POST, self->uri);
  soup_message_add_flags (attempt->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (attempt->message,
                                            json ? "application/json" : "text/plain; charset=utf-8", bytes);
  headers = soup_message_get_request_headers (attempt->message);
  soup_message_headers_replace (headers, "Idempotency-Key", attempt->key);
  if (self->secret != NULL)
    soup_message_headers_replace (headers, self->secret_header, self->secret);
  attempt->timeout_id = g_timeout_add_seconds (self->timeout, late_cb, attempt);
  soup_session_send_async (self->session, attempt->message, G_PRIORITY_DEFAULT, attempt->cancellable, sent_cb,
                           g_object_ref (task));
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;
  Attempt *attempt = g_task_get_task_data (task);
  PostureWebhookTarget *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (secret == NULL)
    g_task_return_new_error (task, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED,
                             _("The secret of “%s” cannot be read from the keyring: %s"), self->name,
                             error != NULL ? error->message : _("there is none"));
  else if (attempt->message != NULL && g_strcmp0 (secret, self->secret) == 0)
    g_task_return_error (task, judge (soup_message_get_status (attempt->message)));
  else
    {
      attempt->renewed = TRUE;
      posture_webhook_target_take_secret (self, g_strdup (secret));
      self->given = FALSE;
      send (task);
    }
  secret_password_free (secret);
}

static void
look_up (GTask *task)
{
  PostureWebhookTarget *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);

  secret_password_lookup (&schema, attempt->cancellable, looked_up_cb, g_object_ref (task), "target", self->name, NULL);
}

static void
posture_webhook_target_send_async (PostureTarget      *target,
                                   PostureEvent       *event,
                                   const char         *input,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  PostureWebhookTarget *self = POSTURE_WEBHOOK_TARGET (target);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Attempt *attempt = g_new0 (Attempt, 1);
  const char *replay = posture_event_get_replay_name (event);

  g_task_set_source_tag (task, posture_webhook_target_send_async);
  g_task_set_check_cancellable (task, FALSE);
  attempt->input = g_strdup (input);
  attempt->key = replay != NULL ? g_strdup_printf ("%s/%s", posture_event_get_id (event), replay)
                                : g_strdup (posture_event_get_id (event));
  attempt->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      attempt->outer = g_object_ref (cancellable);
      attempt->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cb),
                                                 g_object_ref (attempt->cancellable), g_object_unref);
    }
  g_task_set_task_data (task, attempt, attempt_free);
  if (self->secret_header != NULL && self->secret == NULL)
    look_up (task);
  else
    send (task);
}

static gboolean
posture_webhook_target_prepare_finish (PostureTarget *target,
                                       GAsyncResult  *result,
                                       gpointer      *ret_outcome,
                                       GError       **error)
{
  *ret_outcome = NULL;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
posture_webhook_target_target_init (PostureTargetInterface *iface)
{
  iface->send_async = posture_webhook_target_send_async;
  iface->prepare_finish = posture_webhook_target_prepare_finish;
}

static void
posture_webhook_target_finalize (GObject *object)
{
  PostureWebhookTarget *self = POSTURE_WEBHOOK_TARGET (object);

  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_object (&self->session);
  posture_webhook_target_take_secret (self, NULL);
  g_free (self->secret_header);
  g_free (self->name);
  G_OBJECT_CLASS (posture_webhook_target_parent_class)->finalize (object);
}

static void
posture_webhook_target_class_init (PostureWebhookTargetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_webhook_target_finalize;
}

static void
posture_webhook_target_init (PostureWebhookTarget *self)
{
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* HTTPS, or HTTP to this machine. */
static GUri *
read_url (const char *url,
          GError    **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host != NULL && host[0] != '\0' && g_uri_get_userinfo (uri) == NULL &&
      (g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && is_loopback (host))))
    return g_steal_pointer (&uri);
  g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
               _("“%s” cannot be used: a webhook has an address with https://, without a name or a password in it; http:// only leads to this machine."),
               url);
  return NULL;
}

/* Whether the secret can stand in a header: not in one that says how the message is sent, or which one it is. */
static gboolean
check_header (const char *name,
              GError    **error)
{
  static const char *const taken[] = {
    "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "expect", "host",
    "idempotency-key", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    "user-agent", NULL,
  };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (name[0] == '\0' || name[strspn (name, G_CSET_a_2_z G_CSET_A_2_Z "0123456789-_")] != '\0')
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION, _("“%s” is no name of a header."), name);
      return FALSE;
    }
  if (!g_strv_contains (taken, lower))
    return TRUE;
  g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
               _("The header “%s” is needed for sending. Choose another one for the secret, such as Authorization."),
               name);
  return FALSE;
}

/**
 * posture_webhook_target_new:
 * @name: the target's name, by which the keyring knows its secret
 * @url: where to post
 * @secret_header: (nullable): the header that carries the secret
 * @timeout: how long an attempt may take, in seconds
 * @error: return location for a #GError of %POSTURE_BUS_ERROR_VALIDATION
 *
 * Makes a target that posts to a server, in the caller's main context. A
 * status of 2xx is a delivery; 429, 5xx and failures are tried again; any
 * other status is a refusal. Redirections are not followed.
 *
 * Returns: (transfer full) (nullable): a new target, or %NULL on error
 */
PostureTarget *
posture_webhook_target_new (const char *name,
                            const char *url,
                            const char *secret_header,
                            guint       timeout,
                            GError    **error)
{
  g_autoptr (GUri) uri = read_url (url, error);
  PostureWebhookTarget *self;

  if (uri == NULL || (secret_header != NULL && !check_header (secret_header, error)))
    return NULL;
  self = g_object_new (POSTURE_TYPE_WEBHOOK_TARGET, NULL);
  self->name = g_strdup (name);
  self->uri = g_steal_pointer (&uri);
  self->secret_header = g_strdup (secret_header);
  self->timeout = timeout;
  self->session = soup_session_new_with_options ("user-agent", "Posture/" POSTURE_VERSION, "max-conns", 4,
                                                 "max-conns-per-host", 4, NULL);
  /* what is not encrypted stays on this machine, also where a proxy is set for all */
  if (g_strcmp0 (g_uri_get_scheme (self->uri), "http") == 0)
    soup_session_set_proxy_resolver (self->session, NULL);
  return POSTURE_TARGET (self);
}

/**
 * posture_webhook_target_take_secret:
 * @self: a webhook
 * @secret: (transfer full) (nullable): its secret; %NULL to ask the keyring
 *
 * Sets the secret, for who has it already.
 */
void
posture_webhook_target_take_secret (PostureWebhookTarget *self,
                                    char                 *secret)
{
  if (self->secret != NULL)
    memset (self->secret, 0, strlen (self->secret));
  g_free (self->secret);
  self->secret = secret;
  self->given = secret != NULL;
}

/**
 * posture_webhook_store_secret:
 * @name: the target's name
 * @secret: its secret
 * @error: return location for a #GError
 *
 * Puts a webhook's secret into the keyring, and waits for that. What cannot
 * stand in a header is refused.
 *
 * Returns: %TRUE on success
 */
gboolean
posture_webhook_store_secret (const char *name,
                              const char *secret,
                              GError    **error)
{
  g_autofree char *label = g_strdup_printf (_("Posture: secret of the webhook “%s”"), name);

  if (secret[0] == '\0' || strpbrk (secret, "\r\n") != NULL)
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                           _("A secret is one line that is not empty."));
      return FALSE;
    }
  return secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, secret, /* cancellable = */ NULL,
                                     error, "target", name, NULL);
}
