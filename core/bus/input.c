/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-bus"

#include "config.h"

#include "bus/input.h"

#include "bus/input-path-private.h"
#include "bus/input-template-private.h"
#include "json/json-writer.h"
#include "store/clock.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PostureInput
{
  gatomicrefcount references;
  PostureInputPath *path;    /* InputPath, or */
  char *constant;            /* Input, or */
  PostureTemplate *template; /* InputTransformer with */
  GHashTable *variables;     /* name -> PostureInputPath */
};

static gboolean
refuse (const char *message,
        GError    **error)
{
  g_set_error_literal (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_VALIDATION, message);
  return FALSE;
}

static const char *
get_text (const PostureJsonNode *node)
{
  return node != NULL && posture_json_node_get_kind (node) == POSTURE_JSON_STRING
           ? posture_json_node_get_string (node)
           : NULL;
}

static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  for (const char *at = name; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '_' && *at != '-')
      return FALSE;
  return length > 0 && length <= POSTURE_INPUT_MAX_NAME && g_ascii_strncasecmp (name, "aws.", 4) != 0;
}

static gboolean
read_variables (PostureInput          *self,
                const PostureJsonNode *map,
                GError               **error)
{
  if (map == NULL)
    return TRUE;
  if (posture_json_node_get_kind (map) != POSTURE_JSON_OBJECT)
    return refuse (_("InputPathsMap has to be an object of names and paths."), error);
  if (posture_json_node_get_length (map) > POSTURE_INPUT_MAX_VARIABLES)
    return refuse (_("InputPathsMap can hold 100 variables at most."), error);
  for (guint i = 0; i < posture_json_node_get_length (map); i++)
    {
      const char *name = posture_json_node_get_key (map, i);
      const char *text = get_text (posture_json_node_get_element (map, i));
      PostureInputPath *path;

      if (!is_name (name))
        return refuse (_("A variable's name has 1 to 256 letters, digits, “-” or “_”."), error);
      if (text == NULL)
        return refuse (_("InputPathsMap has to be an object of names and paths."), error);
      path = posture_input_path_new (text, error);
      if (path == NULL)
        return FALSE;
      g_hash_table_insert (self->variables, g_strdup (name), path);
    }
  return TRUE;
}

static gboolean
read_transformer (PostureInput          *self,
                  const PostureJsonNode *node,
                  GError               **error)
{
  const char *text;

  if (posture_json_node_get_kind (node) != POSTURE_JSON_OBJECT)
    return refuse (_("InputTransformer has to be an object."), error);
  text = get_text (posture_json_node_get_member (node, "InputTemplate"));
  if (text == NULL)
    return refuse (_("An InputTransformer has to have an InputTemplate, which is a text."), error);
  if (strlen (text) < 1 || strlen (text) > POSTURE_INPUT_MAX_TEMPLATE)
    return refuse (_("An InputTemplate has 1 to 8192 bytes."), error);
  if (!read_variables (self, posture_json_node_get_member (node, "InputPathsMap"), error))
    return FALSE;
  self->template = posture_template_new (text, self->variables, error);
  return self->template != NULL;
}

static gboolean
read_constant (PostureInput *self,
               const char   *text,
               GError      **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, error);

  if (document == NULL)
    {
      g_prefix_error (error, "%s ", _("The constant input has to be JSON."));
      return FALSE;
    }
  self->constant = g_strdup (text);
  return TRUE;
}

static gboolean
read_settings (PostureInput          *self,
               const PostureJsonNode *root,
               GError               **error)
{
  const PostureJsonNode *transformer;
  const char *path, *constant;

  if (posture_json_node_get_kind (root) != POSTURE_JSON_OBJECT || posture_json_node_get_length (root) != 1)
    return refuse (_("An input has one of InputPath, Input and InputTransformer."), error);
  path = get_text (posture_json_node_get_member (root, "InputPath"));
  constant = get_text (posture_json_node_get_member (root, "Input"));
  transformer = posture_json_node_get_member (root, "InputTransformer");
  if (path != NULL)
    {
      self->path = posture_input_path_new (path, error);
      return self->path != NULL;
    }
  if (constant != NULL)
    return read_constant (self, constant, error);
  if (transformer != NULL)
    return read_transformer (self, transformer, error);
  return refuse (_("An input has one of InputPath, Input and InputTransformer."), error);
}

/**
 * posture_input_new:
 * @settings: JSON in the words of Amazon EventBridge's PutTargets: an object
 *   with `InputPath`, `Input` or `InputTransformer`
 * @error: return location for an error of [error@BusError] or [error@JsonError]
 *
 * Reads what a target is to be given instead of the whole event.
 *
 * Returns: (transfer full) (nullable): the input, or %NULL on error
 */
PostureInput *
posture_input_new (const char *settings,
                   GError    **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (settings, error);
  g_autoptr (PostureInput) self = NULL;

  if (document == NULL)
    return NULL;
  self = g_new0 (PostureInput, 1);
  g_atomic_ref_count_init (&self->references);
  self->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) posture_input_path_free);
  if (!read_settings (self, posture_json_document_get_root (document), error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * posture_input_ref:
 * @self: an input
 *
 * Returns: (transfer full): @self. Can be called from any thread.
 */
PostureInput *
posture_input_ref (PostureInput *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_input_unref:
 * @self: (transfer full): an input
 *
 * Drops a reference.
 */
void
posture_input_unref (PostureInput *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->path, posture_input_path_free);
  g_clear_pointer (&self->template, posture_template_free);
  g_hash_table_unref (self->variables);
  g_free (self->constant);
  g_free (self);
}

/**
 * posture_rule_dup_arn:
 * @account: (nullable): the space of an event
 * @rule: a rule's name
 *
 * Returns: (transfer full): how a rule is named where Amazon EventBridge has
 *   its ARN
 */
char *
posture_rule_dup_arn (const char *account,
                      const char *rule)
{
  return g_strdup_printf ("arn:posture:events:local:%s:rule/%s", account != NULL ? account : "", rule);
}

/* The members of an event but its detail. */
static char *
dup_without_detail (PostureJsonDocument *envelope)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  const PostureJsonNode *root = posture_json_document_get_root (envelope);

  posture_json_writer_begin_object (writer);
  for (guint i = 0; i < posture_json_node_get_length (root); i++)
    if (!g_str_equal (posture_json_node_get_key (root, i), "detail"))
      {
        posture_json_writer_key (writer, posture_json_node_get_key (root, i));
        posture_json_writer_node (writer, posture_json_node_get_element (root, i));
      }
  posture_json_writer_end_object (writer);
  return posture_json_writer_finish_text (writer);
}

/* What the variables of a template stand for in one event. */
typedef struct
{
  PostureInput *input;
  PostureEvent *event;
  PostureJsonDocument *envelope;
  const char *rule;
  gint64 put;
} Scope;

static char *
look_up (const char *name,
         gboolean   *ret_is_string,
         gpointer    data,
         GError    **error)
{
  Scope *scope = data;
  const PostureInputPath *path = g_hash_table_lookup (scope->input->variables, name);

  if (path != NULL)
    return posture_input_path_dup (path, scope->envelope, scope->event, ret_is_string, error);
  *ret_is_string = TRUE;
  if (g_str_equal (name, "aws.events.rule-name"))
    return g_strdup (scope->rule);
  if (g_str_equal (name, "aws.events.rule-arn"))
    return posture_rule_dup_arn (posture_event_get_account (scope->event), scope->rule);
  if (g_str_equal (name, "aws.events.event.ingestion-time"))
    return posture_time_to_text (scope->put);
  *ret_is_string = FALSE;
  if (g_str_equal (name, "aws.events.event.json"))
    return g_strdup (posture_event_get_text (scope->event));
  return dup_without_detail (scope->envelope);
}

/**
 * posture_input_apply:
 * @self: an input
 * @event: an event
 * @rule: the rule that it matched
 * @put: when it was put, in milliseconds since 1970
 * @error: return location for an error of [error@BusError] or [error@JsonError]
 *
 * Makes what a target is given. Can be called from any thread.
 *
 * Returns: (transfer full) (nullable): the text: JSON, unless the template is
 *   a plain text; %NULL on error
 */
char *
posture_input_apply (PostureInput *self,
                     PostureEvent *event,
                     const char   *rule,
                     gint64        put,
                     GError      **error)
{
  g_autoptr (PostureJsonDocument) envelope = NULL;
  Scope scope = { self, event, NULL, rule, put };
  g_autoptr (GString) text = NULL;
  g_autofree char *value = NULL;
  gboolean is_string;
  GError *failure = NULL;

  if (self->constant != NULL)
    return g_strdup (self->constant);
  envelope = posture_json_document_new_text (posture_event_get_text (event), error);
  if (envelope == NULL)
    return NULL;
  scope.envelope = envelope;
  if (self->template != NULL)
    return posture_template_render (self->template, look_up, &scope, error);
  value = posture_input_path_dup (self->path, envelope, event, &is_string, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  if (value == NULL)
    return g_strdup ("null");
  if (!is_string)
    return g_steal_pointer (&value);
  text = g_string_new (NULL);
  posture_json_append_text (text, value);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
