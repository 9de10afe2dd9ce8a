/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/answer-private.h"
#include "model/instances-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PostureAnswer
{
  gatomicrefcount references;
  PostureAnswerKind kind;
  PostureJsonDocument *value;
  char *value_text; /* canonical */
  PostureJsonDocument *target;
  char *target_text; /* canonical */
  PostureJsonDocument *reason; /* as conditions see it: an object with `not_applicable` */
  char *note;
  GHashTable *names; /* (nullable): id of an instance -> its name; kept where notes are */
};

/* The answer that has no value, as conditions see it. */
static PostureJsonDocument *
make_reason (const char *reason)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();
  g_autoptr (GBytes) bytes = NULL;

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "not_applicable", reason);
  posture_json_writer_end_object (writer);
  bytes = posture_json_writer_finish (writer);
  return posture_json_document_new (bytes, NULL /* limits */, NULL /* error */);
}

static const PostureJsonNode *
get_unknown_event (void)
{
  static PostureJsonDocument *event;

  if (g_once_init_enter (&event))
    g_once_init_leave (&event, posture_json_document_new_text ("{\"unknown\":true}", NULL));
  return posture_json_document_get_root (event);
}

/* Reads a value or a target at the present place into canonical form. */
static gboolean
take_value (PostureCheck          *check,
            const PostureJsonNode *node,
            PostureQuestion       *question,
            PostureJsonDocument  **ret_value,
            char                 **ret_text)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  if (!posture_answer_read_value (check, node, question, writer))
    return FALSE;
  *ret_text = posture_json_writer_finish_text (writer);
  if (strlen (*ret_text) > POSTURE_ANSWER_MAX_VALUE)
    {
      posture_check_fault (check, node, _("must have at most %d bytes"), POSTURE_ANSWER_MAX_VALUE);
      return FALSE;
    }
  *ret_value = posture_json_document_new_text (*ret_text, NULL);
  return TRUE;
}

/* Reads a target at the present place. */
static void
take_target (PostureCheck          *check,
             const PostureJsonNode *node,
             PostureQuestion       *question,
             PostureAnswer         *self)
{
  if (question != NULL && !posture_question_takes_target (question))
    posture_check_fault (check, node, _("this question takes no target"));
  else
    take_value (check, node, question, &self->target, &self->target_text);
}

static void
read_note (PostureCheck          *check,
           const PostureJsonNode *node,
           PostureAnswer         *self)
{
  const PostureJsonNode *note = posture_check_member (check, node, "note", POSTURE_JSON_STRING,
                                                      FALSE);
  const char *text = posture_json_node_get_string (note);

  if (text == NULL || *text == '\0')
    return;
  if (strlen (text) > POSTURE_ANSWER_MAX_NOTE)
    posture_check_fault_in (check, node, "note", _("must have at most %d bytes"),
                            POSTURE_ANSWER_MAX_NOTE);
  self->note = g_strdup (text);
}

/* What the instances are called. */
static void
read_names (PostureCheck          *check,
            const PostureJsonNode *node,
            PostureQuestion       *question,
            PostureAnswer         *self)
{
  const PostureJsonNode *names = posture_check_member (check, node, "names", POSTURE_JSON_OBJECT,
                                                       FALSE);
  gsize outer;

  if (names == NULL)
    return;
  outer = posture_check_enter (check, "names");
  if (question != NULL && posture_question_get_kind (question) != POSTURE_QUESTION_INSTANCES)
    posture_check_fault (check, names, _("belongs to the kind instances only"));
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < posture_json_node_get_length (names); i++)
    {
      const char *id = posture_json_node_get_key (names, i);
      const PostureJsonNode *name = posture_json_node_get_element (names, i);
      gsize place = posture_check_enter_key (check, id);

      if (!posture_answer_has_instance (self, id))
        posture_check_fault (check, name, _("is none of the instances"));
      if (posture_check_kind (check, name, POSTURE_JSON_STRING)
          && posture_instance_check_name (check, name))
        g_hash_table_insert (self->names, g_strdup (id),
                             g_strdup (posture_json_node_get_string (name)));
      posture_check_leave (check, place);
    }
  posture_check_leave (check, outer);
}

static void
read_reason (PostureCheck          *check,
             const PostureJsonNode *node,
             PostureAnswer         *self)
{
  const char *reason = posture_check_text (check, node, "not_applicable", TRUE);

  self->kind = POSTURE_ANSWER_NOT_APPLICABLE;
  if (reason != NULL && g_utf8_strlen (reason, -1) > POSTURE_ANSWER_MAX_REASON)
    posture_check_fault_in (check, node, "not_applicable", _("must have at most %d characters"),
                            POSTURE_ANSWER_MAX_REASON);
  else if (reason != NULL)
    self->reason = make_reason (reason);
}

static void
read_unknown (PostureCheck          *check,
              const PostureJsonNode *node,
              PostureAnswer         *self)
{
  self->kind = POSTURE_ANSWER_UNKNOWN;
  if (posture_check_member (check, node, "unknown", POSTURE_JSON_BOOLEAN, TRUE) != NULL
      && !posture_check_boolean (check, node, "unknown"))
    posture_check_fault_in (check, node, "unknown", _("must be true"));
}

static void
read_object (PostureCheck          *check,
             const PostureJsonNode *node,
             PostureQuestion       *question,
             PostureAnswer         *self)
{
  static const char *const members[] = { "value", "unknown", "not_applicable", "note", "target",
                                         "names", NULL };
  const PostureJsonNode *value = posture_json_node_get_member (node, "value");
  gboolean unknown = posture_json_node_get_member (node, "unknown") != NULL;
  gboolean not_applicable = posture_json_node_get_member (node, "not_applicable") != NULL;
  const PostureJsonNode *target = posture_json_node_get_member (node, "target");
  int n_answers = (value != NULL) + unknown + not_applicable;
  gsize place;

  posture_check_members (check, node, members);
  read_note (check, node, self);
  if (target != NULL)
    {
      place = posture_check_enter (check, "target");
      take_target (check, target, question, self);
      posture_check_leave (check, place);
      self->kind = POSTURE_ANSWER_TARGET;
    }
  if (n_answers > 1 || (n_answers == 0 && target == NULL))
    {
      posture_check_fault (check, node, _("needs one of value, unknown, not_applicable"));
      return;
    }
  if (unknown)
    read_unknown (check, node, self);
  else if (not_applicable)
    read_reason (check, node, self);
  else if (value != NULL)
    {
      place = posture_check_enter (check, "value");
      take_value (check, value, question, &self->value, &self->value_text);
      posture_check_leave (check, place);
      self->kind = POSTURE_ANSWER_VALUE;
    }
  read_names (check, node, question, self);
}

/* Reads an answer at the present place; %NULL if there are faults. Without @question only the form
 * is checked. */
PostureAnswer *
posture_answer_read (PostureCheck          *check,
                     const PostureJsonNode *node,
                     PostureQuestion       *question)
{
  g_autoptr (PostureAnswer) self = g_new0 (PostureAnswer, 1);
  guint before = check->found;

  g_atomic_ref_count_init (&self->references);
  if (posture_json_node_get_kind (node) == POSTURE_JSON_OBJECT)
    read_object (check, node, question, self);
  else
    take_value (check, node, question, &self->value, &self->value_text);
  return check->found == before ? g_steal_pointer (&self) : NULL;
}

/**
 * posture_answer_new_from_node:
 * @node: a bare value, or an object with one of `value`, `unknown: true` and
 *   `not_applicable: "reason"`, and perhaps a `note`
 * @question: (nullable): the question it answers; without it only the form is
 *   checked
 * @error: return location for a #PostureModelError
 *
 * Reads an answer. The value is kept in canonical form: numbers in their
 * shortest spelling, choices in the order of the question's options.
 *
 * An answer cannot be changed; threads can share it.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL on error
 */
PostureAnswer *
posture_answer_new_from_node (const PostureJsonNode *node,
                              PostureQuestion       *question,
                              GError               **error)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  PostureAnswer *self;
  PostureCheck check;

  posture_check_init (&check, faults, NULL /* file */, node);
  self = posture_answer_read (&check, node, question);
  if (!posture_check_finish (&check))
    g_propagate_error (error, posture_faults_to_error (faults));
  return self;
}

/**
 * posture_answer_new_from_text:
 * @text: JSON
 * @question: (nullable): the question it answers
 * @error: return location for a #PostureModelError
 *
 * Like posture_answer_new_from_node(), from a text.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL on error
 */
PostureAnswer *
posture_answer_new_from_text (const char      *text,
                              PostureQuestion *question,
                              GError         **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (PostureJsonDocument) document
    = posture_check_document (bytes, NULL /* file */, faults);

  if (document != NULL)
    return posture_answer_new_from_node (posture_json_document_get_root (document), question,
                                         error);
  g_propagate_error (error, posture_faults_to_error (faults));
  return NULL;
}

static PostureAnswer *
copy_answer (PostureAnswer *other)
{
  PostureAnswer *self = g_new0 (PostureAnswer, 1);

  g_atomic_ref_count_init (&self->references);
  self->kind = other->kind;
  self->value = other->value != NULL ? posture_json_document_ref (other->value) : NULL;
  self->value_text = g_strdup (other->value_text);
  self->target = other->target != NULL ? posture_json_document_ref (other->target) : NULL;
  self->target_text = g_strdup (other->target_text);
  self->reason = other->reason != NULL ? posture_json_document_ref (other->reason) : NULL;
  self->note = g_strdup (other->note);
  self->names = other->names != NULL ? g_hash_table_ref (other->names) : NULL;
  return self;
}

/* A copy of an answer of the kind instances, with other names. Takes a reference to @names, which
 * are not changed any more. */
PostureAnswer *
posture_answer_new_with_names (PostureAnswer *self,
                               GHashTable    *names)
{
  PostureAnswer *copy = copy_answer (self);

  g_clear_pointer (&copy->names, g_hash_table_unref);
  copy->names = g_hash_table_ref (names);
  return copy;
}

/**
 * posture_answer_new_with_note:
 * @self: an answer
 * @note: (nullable): the note in place of the one it has; empty is none
 * @error: return location for a #PostureModelError
 *
 * Makes an answer that is the same but for the note.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL if the note is too
 *   long or no text
 */
PostureAnswer *
posture_answer_new_with_note (PostureAnswer *self,
                              const char    *note,
                              GError       **error)
{
  PostureAnswer *copy;

  if (note != NULL && (strlen (note) > POSTURE_ANSWER_MAX_NOTE || !g_utf8_validate (note, -1, NULL)))
    {
      g_set_error (error, POSTURE_MODEL_ERROR, POSTURE_MODEL_ERROR_INVALID,
                   _("A note is a text of at most %d bytes."), POSTURE_ANSWER_MAX_NOTE);
      return NULL;
    }
  copy = copy_answer (self);
  g_free (copy->note);
  copy->note = note != NULL && *note != '\0' ? g_strdup (note) : NULL;
  return copy;
}

/* Reads @node as the target of a copy of @other, or of an answer of its own. */
PostureAnswer *
posture_answer_read_target (PostureCheck          *check,
                            const PostureJsonNode *node,
                            PostureQuestion       *question,
                            PostureAnswer         *other)
{
  g_autoptr (PostureAnswer) self = other != NULL ? copy_answer (other) : g_new0 (PostureAnswer, 1);
  guint before = check->found;

  if (other == NULL)
    {
      g_atomic_ref_count_init (&self->references);
      self->kind = POSTURE_ANSWER_TARGET;
    }
  g_clear_pointer (&self->target, posture_json_document_unref);
  g_clear_pointer (&self->target_text, g_free);
  if (node != NULL)
    take_target (check, node, question, self);
  return check->found == before ? g_steal_pointer (&self) : NULL;
}

/**
 * posture_answer_new_with_target:
 * @self: (nullable): an answer, %NULL for none
 * @target: (nullable): the value to reach, as JSON; %NULL for none
 * @question: the question
 * @error: return location for a #PostureModelError
 *
 * Makes an answer that is the same but for the target. Without an answer and
 * without a target nothing is left, which is no error.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL if nothing is left or on
 *   error
 */
PostureAnswer *
posture_answer_new_with_target (PostureAnswer   *self,
                                const char      *target,
                                PostureQuestion *question,
                                GError         **error)
{
  g_autoptr (PostureFaults) faults = posture_faults_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (target != NULL ? target : "0",
                                          target != NULL ? strlen (target) : 1);
  g_autoptr (PostureJsonDocument) document
    = posture_check_document (bytes, NULL /* file */, faults);
  PostureAnswer *made = NULL;
  PostureCheck check;

  if (target == NULL && (self == NULL || self->kind == POSTURE_ANSWER_TARGET))
    return NULL;
  if (document != NULL)
    {
      const PostureJsonNode *root = posture_json_document_get_root (document);

      posture_check_init (&check, faults, NULL /* file */, root);
      made = posture_answer_read_target (&check, target != NULL ? root : NULL, question, self);
      posture_check_finish (&check);
    }
  if (made == NULL)
    g_propagate_error (error, posture_faults_to_error (faults));
  return made;
}

/**
 * posture_answer_ref:
 * @self: an answer
 *
 * Returns: (transfer full): @self with one more reference
 */
PostureAnswer *
posture_answer_ref (PostureAnswer *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_answer_unref:
 * @self: (transfer full): an answer
 *
 * Gives a reference back.
 */
void
posture_answer_unref (PostureAnswer *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->value, posture_json_document_unref);
  g_free (self->value_text);
  g_clear_pointer (&self->target, posture_json_document_unref);
  g_free (self->target_text);
  g_clear_pointer (&self->reason, posture_json_document_unref);
  g_free (self->note);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self);
}

/**
 * posture_answer_get_kind:
 * @self: an answer
 *
 * Returns: what kind of answer it is
 */
PostureAnswerKind
posture_answer_get_kind (PostureAnswer *self)
{
  return self->kind;
}

/**
 * posture_answer_get_value:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): its value, if it has one
 */
const PostureJsonNode *
posture_answer_get_value (PostureAnswer *self)
{
  return self->value != NULL ? posture_json_document_get_root (self->value) : NULL;
}

/**
 * posture_answer_get_value_text:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): its value as canonical JSON, if it has one
 */
const char *
posture_answer_get_value_text (PostureAnswer *self)
{
  return self->value_text;
}

/**
 * posture_answer_get_target:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): the value that the person wants to reach,
 *   of the same form as the answer; %NULL if there is none
 */
const PostureJsonNode *
posture_answer_get_target (PostureAnswer *self)
{
  return self->target != NULL ? posture_json_document_get_root (self->target) : NULL;
}

/**
 * posture_answer_get_target_text:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): its target as canonical JSON
 */
const char *
posture_answer_get_target_text (PostureAnswer *self)
{
  return self->target_text;
}

/**
 * posture_answer_get_reason:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): why the question is not applicable
 */
const char *
posture_answer_get_reason (PostureAnswer *self)
{
  if (self->reason == NULL)
    return NULL;
  return posture_json_node_get_string (
    posture_json_node_get_element (posture_json_document_get_root (self->reason), 0));
}

/**
 * posture_answer_get_note:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): the note beside it, never empty
 */
const char *
posture_answer_get_note (PostureAnswer *self)
{
  return self->note;
}

static guint
count_names (PostureAnswer *self)
{
  return self->names != NULL ? g_hash_table_size (self->names) : 0;
}

static gboolean
equal_names (PostureAnswer *self,
             PostureAnswer *other)
{
  GHashTableIter iter;
  gpointer id, name;

  if (count_names (self) != count_names (other))
    return FALSE;
  if (count_names (self) == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &id, &name))
    if (g_strcmp0 (name, g_hash_table_lookup (other->names, id)) != 0)
      return FALSE;
  return TRUE;
}

/**
 * posture_answer_get_instance_name:
 * @self: an answer of the kind instances
 * @id: an instance's id
 *
 * Returns: (transfer none) (nullable): what it is called; %NULL if it has no name
 */
const char *
posture_answer_get_instance_name (PostureAnswer *self,
                                  const char    *id)
{
  return self->names != NULL ? g_hash_table_lookup (self->names, id) : NULL;
}

/**
 * posture_answer_equal:
 * @self: (nullable): an answer
 * @other: (nullable): another one
 *
 * Returns: whether both say the same, notes and names included; no answer equals
 *   no answer
 */
gboolean
posture_answer_equal (PostureAnswer *self,
                      PostureAnswer *other)
{
  if (self == NULL || other == NULL)
    return self == other;
  return self->kind == other->kind && g_strcmp0 (self->value_text, other->value_text) == 0
         && g_strcmp0 (self->target_text, other->target_text) == 0
         && g_strcmp0 (posture_answer_get_reason (self), posture_answer_get_reason (other)) == 0
         && g_strcmp0 (self->note, other->note) == 0 && equal_names (self, other);
}

static void
write_content (PostureAnswer     *self,
               PostureJsonWriter *writer)
{
  switch (self->kind)
    {
    case POSTURE_ANSWER_UNKNOWN:
      posture_json_writer_key (writer, "unknown");
      posture_json_writer_boolean (writer, TRUE);
      break;
    case POSTURE_ANSWER_NOT_APPLICABLE:
      posture_json_writer_member_string (writer, "not_applicable", posture_answer_get_reason (self));
      break;
    case POSTURE_ANSWER_TARGET:
      break;
    case POSTURE_ANSWER_VALUE:
    default:
      posture_json_writer_key (writer, "value");
      posture_json_writer_canonical (writer, self->value_text);
      break;
    }
}

/* The answer as conditions see it: what was answered, and nothing beside it; %NULL if that is nothing. */
const PostureJsonNode *
posture_answer_get_plain (PostureAnswer *self)
{
  switch (self->kind)
    {
    case POSTURE_ANSWER_VALUE:
      return posture_json_document_get_root (self->value);
    case POSTURE_ANSWER_UNKNOWN:
      return get_unknown_event ();
    case POSTURE_ANSWER_NOT_APPLICABLE:
      return posture_json_document_get_root (self->reason);
    case POSTURE_ANSWER_TARGET:
    default:
      return NULL;
    }
}

/* Writes what was answered, and nothing beside it. */
static void
write_plain (PostureAnswer     *self,
             PostureJsonWriter *writer)
{
  if (self->kind == POSTURE_ANSWER_VALUE)
    {
      posture_json_writer_canonical (writer, self->value_text);
      return;
    }
  posture_json_writer_begin_object (writer);
  write_content (self, writer);
  posture_json_writer_end_object (writer);
}

static void
write_names (PostureAnswer     *self,
             PostureJsonWriter *writer)
{
  GHashTableIter iter;
  gpointer id, name;

  posture_json_writer_key (writer, "names");
  posture_json_writer_begin_object (writer);
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &id, &name))
    posture_json_writer_member_string (writer, id, name);
  posture_json_writer_end_object (writer);
}

/**
 * posture_answer_write:
 * @self: an answer
 * @writer: where to
 * @with_note: whether its note and the names of instances are written; revisions
 *   and events have none
 *
 * Writes the answer in the form it can be read from: a value without a note and
 * a target as it is, anything else as an object.
 */
void
posture_answer_write (PostureAnswer     *self,
                      PostureJsonWriter *writer,
                      gboolean           with_note)
{
  gboolean note = with_note && self->note != NULL;
  gboolean names = with_note && count_names (self) > 0;

  if (!note && !names && self->target_text == NULL)
    {
      write_plain (self, writer);
      return;
    }
  posture_json_writer_begin_object (writer);
  write_content (self, writer);
  if (self->target_text != NULL)
    {
      posture_json_writer_key (writer, "target");
      posture_json_writer_canonical (writer, self->target_text);
    }
  if (note)
    posture_json_writer_member_string (writer, "note", self->note);
  if (names)
    write_names (self, writer);
  posture_json_writer_end_object (writer);
}
