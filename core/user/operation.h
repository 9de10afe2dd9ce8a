/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PostureOperationKind:
 * @POSTURE_OPERATION_CREATE: an assessment is begun
 * @POSTURE_OPERATION_RENAME: an assessment gets another name
 * @POSTURE_OPERATION_ARCHIVE: an assessment is put away, or taken out again
 * @POSTURE_OPERATION_ANSWER: a question is answered, or its answer cleared
 * @POSTURE_OPERATION_SUBMIT: the answers become a revision
 * @POSTURE_OPERATION_DELETE: an assessment goes with all that belongs to it
 * @POSTURE_OPERATION_DELETE_REPORT: a report goes
 * @POSTURE_OPERATION_PLAN: what is planned for a finding
 *
 * What a person can do that can be seen on another device.
 */
typedef enum
{
  POSTURE_OPERATION_CREATE,
  POSTURE_OPERATION_RENAME,
  POSTURE_OPERATION_ARCHIVE,
  POSTURE_OPERATION_ANSWER,
  POSTURE_OPERATION_SUBMIT,
  POSTURE_OPERATION_DELETE,
  POSTURE_OPERATION_DELETE_REPORT,
  POSTURE_OPERATION_PLAN,
} PostureOperationKind;

typedef struct _PostureOperation PostureOperation;

PostureOperation    *posture_operation_new_create        (gint64                now,
                                                          const char           *questionnaire,
                                                          const char           *name);
PostureOperation    *posture_operation_new_rename        (gint64                now,
                                                          const char           *assessment,
                                                          const char           *name);
PostureOperation    *posture_operation_new_archive       (gint64                now,
                                                          const char           *assessment,
                                                          gboolean              archived);
PostureOperation    *posture_operation_new_answer        (gint64                now,
                                                          const char           *assessment,
                                                          const char           *question,
                                                          const char           *answer,
                                                          gboolean              flagged);
PostureOperation    *posture_operation_new_submit        (gint64                now,
                                                          const char           *assessment);
PostureOperation    *posture_operation_new_delete        (gint64                now,
                                                          const char           *assessment);
PostureOperation    *posture_operation_new_delete_report (gint64                now,
                                                          const char           *report);
PostureOperation    *posture_operation_new_plan          (gint64                now,
                                                          const char           *assessment,
                                                          const char           *question,
                                                          const char           *owner,
                                                          const char           *due,
                                                          gboolean              done);
PostureOperation    *posture_operation_ref               (PostureOperation     *self);
void                 posture_operation_unref             (PostureOperation     *self);

PostureOperationKind posture_operation_get_kind          (PostureOperation     *self);
const char          *posture_operation_get_id            (PostureOperation     *self);
const char          *posture_operation_get_assessment    (PostureOperation     *self);
const char          *posture_operation_get_question      (PostureOperation     *self);
const char          *posture_operation_get_payload       (PostureOperation     *self);
gint64               posture_operation_get_time          (PostureOperation     *self);
const char          *posture_operation_get_parent        (PostureOperation     *self);
void                 posture_operation_set_parent        (PostureOperation     *self,
                                                          const char           *parent);

const char          *posture_operation_kind_to_string    (PostureOperationKind  kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureOperation, posture_operation_unref)

G_END_DECLS
