/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-targets"

#include "config.h"

#include "targets/targets.h"

#include "bus/target-settings.h"
#include "json/json-document.h"
#include "targets/file-target.h"
#include "targets/webhook-target.h"

#include <glib/gi18n-lib.h>

#define FILE_SIZE (10 * 1024 * 1024)
#define FILE_COPIES 5
#define TIMEOUT 30

/* Gives the bus the targets that were set up, and follows as they change. */
struct _PostureTargets
{
  GObject parent_instance;

  PostureBus *bus;
  GHashTable *known; /* name -> settings */
  GCancellable *cancellable;
  gboolean reading;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (PostureTargets, posture_targets, G_TYPE_OBJECT)

static const char *
get_text (const PostureJsonNode *node,
          const char            *name)
{
  const PostureJsonNode *member = posture_json_node_get_member (node, name);

  return member != NULL && posture_json_node_get_kind (member) == POSTURE_JSON_STRING
           ? posture_json_node_get_string (member)
           : NULL;
}

/* What the desktop program shows as notifications it sets up itself. */
static gboolean
is_of_program (const char            *name,
               const PostureJsonNode *root)
{
  return g_str_equal (name, POSTURE_TARGETS_NOTIFICATION) ||
         posture_json_node_get_member (root, POSTURE_TARGETS_NOTIFICATION) != NULL ||
         g_strcmp0 (get_text (root, "type"), POSTURE_TARGETS_NOTIFICATION) == 0;
}

/* Whether all members are known, so that one that is spelled otherwise does not make a target that sends more, or to
 * somewhere else, than it was meant to. */
static gboolean
check_members (const PostureJsonNode *root,
               GError               **error)
{
  gboolean hook = posture_json_node_get_member (root, "webhook") != NULL;
  const char *const texts[] = { hook ? "webhook" : "file", hook ? "secret-header" : NULL, NULL };
  const char *const others[] = { "input", "retry", NULL };

  for (guint i = 0; i < posture_json_node_get_length (root); i++)
    {
      const char *key = posture_json_node_get_key (root, i);

      if (g_strv_contains (others, key) || (g_strv_contains (texts, key) && get_text (root, key) != NULL))
        continue;
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                   _("“%s” cannot stand here. A target has the text “webhook”, and perhaps “secret-header”, or the text “file”; and perhaps “input” and “retry”."),
                   key);
      return FALSE;
    }
  return TRUE;
}

static PostureTarget *
make_target (const char            *name,
             const PostureJsonNode *root,
             GError               **error)
{
  const char *url = get_text (root, "webhook"), *path = get_text (root, "file");

  if (is_of_program (name, root))
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                   _("Notifications are shown by the desktop program and need not be set up: name the target “%s” in a rule."),
                   POSTURE_TARGETS_NOTIFICATION);
      return NULL;
    }
  if (!check_members (root, error))
    return NULL;
  if (url != NULL)
    return posture_webhook_target_new (name, url, get_text (root, "secret-header"), TIMEOUT, error);
  if (path != NULL && g_path_is_absolute (path))
    return posture_file_target_new (path, FILE_SIZE, FILE_COPIES);
  g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                       _("A target has the address of a webhook, or the absolute path of a file."));
  return NULL;
}

/* A number of a policy; what is not given stays as it is. */
static gboolean
take_number (const PostureJsonNode *retry,
             const char            *name,
             gint64                 least,
             gint64                 most,
             gint64                *ret_number,
             GError               **error)
{
  const PostureJsonNode *member = posture_json_node_get_member (retry, name);
  double number;

  if (member == NULL)
    return TRUE;
  number = posture_json_node_get_kind (member) == POSTURE_JSON_NUMBER ? posture_json_node_get_double (member) : -1;
  if (number < (double) least || number > (double) most || number != (double) (gint64) number)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                   _("“retry”: “%s” is a whole number from %lld to %lld."), name, (long long) least, (long long) most);
      return FALSE;
    }
  *ret_number = (gint64) number;
  return TRUE;
}

/* The bounds of age and attempts are those of Amazon EventBridge. */
static gboolean
read_policy (const PostureJsonNode *retry,
             PostureRetryPolicy    *policy,
             GError               **error)
{
  static const char *const names[] = { "attempts", "maximum-age", "first-pause", "longest-pause", NULL };
  gint64 attempts = policy->max_attempts, age = policy->max_age / 1000;
  gint64 first = policy->base_delay / 1000, longest = policy->max_delay / 1000;
  gboolean good = posture_json_node_get_kind (retry) == POSTURE_JSON_OBJECT;

  for (guint i = 0; good && i < posture_json_node_get_length (retry); i++)
    good = g_strv_contains (names, posture_json_node_get_key (retry, i));
  if (!good)
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION,
                           _("“retry” is an object with “attempts”, “maximum-age”, “first-pause” and “longest-pause”, and nothing else."));
      return FALSE;
    }
  if (!take_number (retry, "attempts", 1, 186, &attempts, error) ||
      !take_number (retry, "maximum-age", 60, 86400, &age, error) ||
      !take_number (retry, "first-pause", 1, 3600, &first, error) ||
      !take_number (retry, "longest-pause", first, 3600, &longest, error))
    return FALSE;
  policy->max_attempts = (guint) attempts;
  policy->max_age = age * 1000;
  policy->base_delay = first * 1000;
  policy->max_delay = MAX (longest, first) * 1000;
  return TRUE;
}

/**
 * posture_targets_make:
 * @name: the target's name
 * @settings: a JSON object with `webhook` (an address) and perhaps
 *   `secret-header`, or with `file` (an absolute path); perhaps `input`, as
 *   posture_input_new() reads it; and perhaps `retry` with `attempts` (1 to
 *   186), and `maximum-age`, `first-pause` and `longest-pause` in seconds;
 *   notifications are refused, since the desktop program has them
 * @ret_input: (out) (nullable) (transfer full): what it is to be given
 * @ret_policy: (out caller-allocates): how it is retried
 * @error: return location for an error of [error@BusError] or [error@JsonError]
 *
 * Makes a target of its settings, which checks them, too.
 *
 * Returns: (transfer full) (nullable): the target, or %NULL on error
 */
PostureTarget *
posture_targets_make (const char         *name,
                      const char         *settings,
                      PostureInput      **ret_input,
                      PostureRetryPolicy *ret_policy,
                      GError            **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (settings, error);
  g_autoptr (PostureTarget) target = NULL;
  const PostureJsonNode *root, *input, *retry;

  *ret_input = NULL;
  *ret_policy = posture_retry_policy_default;
  if (document == NULL)
    return NULL;
  root = posture_json_document_get_root (document);
  if (posture_json_node_get_kind (root) != POSTURE_JSON_OBJECT)
    {
      g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION, _("A target's settings are a JSON object."));
      return NULL;
    }
  retry = posture_json_node_get_member (root, "retry");
  if (retry != NULL && !read_policy (retry, ret_policy, error))
    return NULL;
  target = make_target (name, root, error);
  input = posture_json_node_get_member (root, "input");
  if (target != NULL && input != NULL)
    {
      g_autofree char *text = posture_json_node_to_text (input);

      *ret_input = posture_input_new (text, error);
      if (*ret_input == NULL)
        return NULL;
    }
  return g_steal_pointer (&target);
}

static void
add (PostureTargets              *self,
     const PostureTargetSettings *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostureInput) input = NULL;
  PostureRetryPolicy policy;
  g_autoptr (PostureTarget) target = posture_targets_make (settings->name, settings->settings, &input, &policy, &error);

  if (target == NULL)
    {
      g_debug ("The target %s cannot be used: %s", settings->name, error->message);
      return;
    }
  posture_bus_add_target (self->bus, settings->name, target, &policy);
  posture_bus_set_input (self->bus, settings->name, input);
}

/* Adds, changes and removes what differs from what is known. */
static void
take_list (PostureTargets *self,
           GPtrArray      *list)
{
  g_autoptr (GHashTable) now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < list->len; i++)
    {
      const PostureTargetSettings *settings = g_ptr_array_index (list, i);

      if (g_strcmp0 (g_hash_table_lookup (self->known, settings->name), settings->settings) != 0)
        add (self, settings);
      g_hash_table_insert (now, g_strdup (settings->name), g_strdup (settings->settings));
    }
  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (now, name))
      posture_bus_remove_target (self->bus, name);
  g_hash_table_unref (self->known);
  self->known = g_steal_pointer (&now);
}

static void load (PostureTargets *self);

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  PostureTargets *self = data; /* gone, if it was cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = posture_bus_list_target_settings_finish (POSTURE_BUS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->reading = FALSE;
  if (list != NULL)
    take_list (self, list);
  else
    g_debug ("The targets could not be read: %s", error->message);
  if (self->stale)
    load (self);
}

/* Reads the settings anew, without waiting, one time after the other. */
static void
load (PostureTargets *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  posture_bus_list_target_settings_async (self->bus, self->cancellable, listed_cb, self);
}

static void
posture_targets_dispose (GObject *object)
{
  g_cancellable_cancel (POSTURE_TARGETS (object)->cancellable);
  G_OBJECT_CLASS (posture_targets_parent_class)->dispose (object);
}

static void
posture_targets_finalize (GObject *object)
{
  PostureTargets *self = POSTURE_TARGETS (object);

  g_hash_table_unref (self->known);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (posture_targets_parent_class)->finalize (object);
}

static void
posture_targets_class_init (PostureTargetsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_targets_dispose;
  G_OBJECT_CLASS (klass)->finalize = posture_targets_finalize;
}

static void
posture_targets_init (PostureTargets *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
}

/**
 * posture_targets_new:
 * @bus: the bus, which has to live as long
 * @store: the store that it stands in
 *
 * Gives the bus the targets that were set up, now and whenever they change,
 * also by another process. Waits for the disk now, and not later.
 *
 * Returns: (transfer full): a new object
 */
PostureTargets *
posture_targets_new (PostureBus   *bus,
                     PostureStore *store)
{
  PostureTargets *self = g_object_new (POSTURE_TYPE_TARGETS, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = posture_bus_list_target_settings (bus, &error);

  self->bus = bus;
  if (list != NULL)
    take_list (self, list);
  else
    g_debug ("The targets could not be read: %s", error->message);
  g_signal_connect_object (store, "changed::" POSTURE_BUS_TOPIC_TARGETS, G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed-elsewhere", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  return self;
}
