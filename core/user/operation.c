/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/operation.h"

#include "json/json-writer.h"
#include "store/clock.h"

/* What a person did, once, at one moment. Its id is made then and never again, so that it can be told
 * to anybody any number of times and has one effect. */
struct _PostureOperation
{
  gatomicrefcount references;
  PostureOperationKind kind;
  char *id;
  char *assessment; /* of a deleted report: the report */
  char *question;   /* of an answer or a plan */
  char *payload;    /* canonical JSON */
  char *parent;     /* the operation that the person saw */
  gint64 time;
};

static PostureOperation *
operation_new (PostureOperationKind kind,
               gint64               now,
               const char          *assessment,
               PostureJsonWriter   *payload)
{
  PostureOperation *self = g_new0 (PostureOperation, 1);

  g_atomic_ref_count_init (&self->references);
  self->kind = kind;
  self->id = posture_uuid_new (now);
  self->assessment = assessment != NULL ? g_strdup (assessment) : posture_uuid_new (now);
  self->time = now;
  if (payload != NULL)
    {
      posture_json_writer_end_object (payload);
      self->payload = posture_json_writer_finish_text (payload);
    }
  else
    self->payload = g_strdup ("{}");
  return self;
}

static PostureJsonWriter *
payload_new (void)
{
  PostureJsonWriter *payload = posture_json_writer_new ();

  posture_json_writer_begin_object (payload);
  return payload;
}

/**
 * posture_operation_new_create:
 * @now: milliseconds since 1970
 * @questionnaire: the digest of the questionnaire
 * @name: what the assessment is called
 *
 * Begins an assessment; posture_operation_get_assessment() gives its new id.
 *
 * Returns: (transfer full): the operation
 */
PostureOperation *
posture_operation_new_create (gint64      now,
                              const char *questionnaire,
                              const char *name)
{
  g_autoptr (PostureJsonWriter) payload = payload_new ();

  posture_json_writer_member_string (payload, "name", name);
  posture_json_writer_member_string (payload, "questionnaire", questionnaire);
  return operation_new (POSTURE_OPERATION_CREATE, now, /* assessment = */ NULL, payload);
}

/**
 * posture_operation_new_rename:
 * @now: milliseconds since 1970
 * @assessment: an assessment's id
 * @name: its new name
 *
 * Returns: (transfer full): the operation
 */
PostureOperation *
posture_operation_new_rename (gint64      now,
                              const char *assessment,
                              const char *name)
{
  g_autoptr (PostureJsonWriter) payload = payload_new ();

  posture_json_writer_member_string (payload, "name", name);
  return operation_new (POSTURE_OPERATION_RENAME, now, assessment, payload);
}

/**
 * posture_operation_new_archive:
 * @now: milliseconds since 1970
 * @assessment: an assessment's id
 * @archived: whether it is put away
 *
 * Returns: (transfer full): the operation
 */
PostureOperation *
posture_operation_new_archive (gint64      now,
                               const char *assessment,
                               gboolean    archived)
{
  g_autoptr (PostureJsonWriter) payload = payload_new ();

  posture_json_writer_key (payload, "archived");
  posture_json_writer_boolean (payload, archived);
  return operation_new (POSTURE_OPERATION_ARCHIVE, now, assessment, payload);
}

/**
 * posture_operation_new_answer:
 * @now: milliseconds since 1970
 * @assessment: an assessment's id
 * @question: a question's id
 * @answer: (nullable): the answer as canonical JSON in the form of an answers
 *   file, with its note; %NULL clears it
 * @flagged: whether the person wants to come back to it
 *
 * Returns: (transfer full): the operation
 */
PostureOperation *
posture_operation_new_answer (gint64      now,
                              const char *assessment,
                              const char *question,
                              const char *answer,
                              gboolean    flagged)
{
  g_autoptr (PostureJsonWriter) payload = payload_new ();
  PostureOperation *self;

  posture_json_writer_key (payload, "answer");
  if (answer != NULL)
    posture_json_writer_canonical (payload, answer);
  else
    posture_json_writer_null (payload);
  posture_json_writer_key (payload, "flagged");
  posture_json_writer_boolean (payload, flagged);
  posture_json_writer_member_string (payload, "question", question);
  self = operation_new (POSTURE_OPERATION_ANSWER, now, assessment, payload);
  self->question = g_strdup (question);
  return self;
}

/**
 * posture_operation_new_submit:
 * @now: milliseconds since 1970
 * @assessment: an assessment's id
 *
 * Returns: (transfer full): the operation
 */
PostureOperation *
posture_operation_new_submit (gint64      now,
                              const char *assessment)
{
  return operation_new (POSTURE_OPERATION_SUBMIT, now, assessment, /* payload = */ NULL);
}

/**
 * posture_operation_new_delete:
 * @now: milliseconds since 1970
 * @assessment: an assessment's id
 *
 * Returns: (transfer full): the operation
 */
PostureOperation *
posture_operation_new_delete (gint64      now,
                              const char *assessment)
{
  return operation_new (POSTURE_OPERATION_DELETE, now, assessment, /* payload = */ NULL);
}

/**
 * posture_operation_new_delete_report:
 * @now: milliseconds since 1970
 * @report: a report's id
 *
 * Returns: (transfer full): the operation
 */
PostureOperation *
posture_operation_new_delete_report (gint64      now,
                                     const char *report)
{
  return operation_new (POSTURE_OPERATION_DELETE_REPORT, now, report, /* payload = */ NULL);
}

/**
 * posture_operation_new_plan:
 * @now: milliseconds since 1970
 * @assessment: an assessment's id
 * @question: the key of the question whose finding is planned for
 * @owner: (nullable): who puts it right
 * @due: (nullable): until when, as `2026-11-23`
 * @done: whether it is put right
 *
 * Says what is planned for a finding, in the place of what was; nothing of all
 * takes the plan back.
 *
 * Returns: (transfer full): the operation
 */
PostureOperation *
posture_operation_new_plan (gint64      now,
                            const char *assessment,
                            const char *question,
                            const char *owner,
                            const char *due,
                            gboolean    done)
{
  g_autoptr (PostureJsonWriter) payload = payload_new ();
  PostureOperation *self;

  posture_json_writer_key (payload, "done");
  posture_json_writer_boolean (payload, done);
  posture_json_writer_member_string (payload, "due", due);
  posture_json_writer_member_string (payload, "owner", owner);
  posture_json_writer_member_string (payload, "question", question);
  self = operation_new (POSTURE_OPERATION_PLAN, now, assessment, payload);
  self->question = g_strdup (question);
  return self;
}

/**
 * posture_operation_ref:
 * @self: an operation
 *
 * Returns: (transfer full): @self with one more reference
 */
PostureOperation *
posture_operation_ref (PostureOperation *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * posture_operation_unref:
 * @self: (transfer full): an operation
 *
 * Gives a reference back.
 */
void
posture_operation_unref (PostureOperation *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->id);
  g_free (self->assessment);
  g_free (self->question);
  g_free (self->payload);
  g_free (self->parent);
  g_free (self);
}

/**
 * posture_operation_get_kind:
 * @self: an operation
 *
 * Returns: what it does
 */
PostureOperationKind
posture_operation_get_kind (PostureOperation *self)
{
  return self->kind;
}

/**
 * posture_operation_get_id:
 * @self: an operation
 *
 * Returns: (transfer none): its id, a UUID of version 7
 */
const char *
posture_operation_get_id (PostureOperation *self)
{
  return self->id;
}

/**
 * posture_operation_get_assessment:
 * @self: an operation
 *
 * Returns: (transfer none): the assessment that it is about; of a deleted
 *   report, the report
 */
const char *
posture_operation_get_assessment (PostureOperation *self)
{
  return self->assessment;
}

/**
 * posture_operation_get_question:
 * @self: an operation
 *
 * Returns: (transfer none) (nullable): the question that is answered or planned for
 */
const char *
posture_operation_get_question (PostureOperation *self)
{
  return self->question;
}

/**
 * posture_operation_get_payload:
 * @self: an operation
 *
 * Returns: (transfer none): what it says besides, as canonical JSON
 */
const char *
posture_operation_get_payload (PostureOperation *self)
{
  return self->payload;
}

/**
 * posture_operation_get_time:
 * @self: an operation
 *
 * Returns: when it was done, in milliseconds since 1970
 */
gint64
posture_operation_get_time (PostureOperation *self)
{
  return self->time;
}

/**
 * posture_operation_get_parent:
 * @self: an operation
 *
 * Returns: (transfer none) (nullable): the operation whose outcome the person
 *   saw; %NULL for what the row holds when this one is applied
 */
const char *
posture_operation_get_parent (PostureOperation *self)
{
  return self->parent;
}

/**
 * posture_operation_set_parent:
 * @self: an operation that nobody else has yet
 * @parent: (nullable): the id of the operation whose outcome the person saw
 *
 * Says what the person saw.
 */
void
posture_operation_set_parent (PostureOperation *self,
                              const char       *parent)
{
  g_free (self->parent);
  self->parent = g_strdup (parent);
}

/**
 * posture_operation_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its name in the history
 */
const char *
posture_operation_kind_to_string (PostureOperationKind kind)
{
  static const char *const names[] = { "create", "rename", "archive", "answer",
                                       "submit", "delete", "delete-report",
                                       "plan" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}
