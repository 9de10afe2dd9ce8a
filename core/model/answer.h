/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json/json-writer.h"
#include "model/question.h"

G_BEGIN_DECLS

/**
 * PostureAnswerKind:
 * @POSTURE_ANSWER_VALUE: a value
 * @POSTURE_ANSWER_UNKNOWN: I don't know
 * @POSTURE_ANSWER_NOT_APPLICABLE: not applicable, with a reason
 * @POSTURE_ANSWER_TARGET: not answered yet; there is a target alone
 *
 * How a question was answered. Unanswered is the absence of an answer, or a
 * target alone.
 */
typedef enum
{
  POSTURE_ANSWER_VALUE,
  POSTURE_ANSWER_UNKNOWN,
  POSTURE_ANSWER_NOT_APPLICABLE,
  POSTURE_ANSWER_TARGET,
} PostureAnswerKind;

/* In bytes of canonical JSON, in characters, and in bytes. */
#define POSTURE_ANSWER_MAX_VALUE 4096
#define POSTURE_ANSWER_MAX_REASON 2000
#define POSTURE_ANSWER_MAX_NOTE 8192

typedef struct _PostureAnswer PostureAnswer;

PostureAnswer         *posture_answer_new_from_node  (const PostureJsonNode *node,
                                                      PostureQuestion       *question,
                                                      GError               **error);
PostureAnswer         *posture_answer_new_from_text  (const char            *text,
                                                      PostureQuestion       *question,
                                                      GError               **error);
PostureAnswer         *posture_answer_new_with_target (PostureAnswer    *self,
                                                      const char            *target,
                                                      PostureQuestion       *question,
                                                      GError               **error);
PostureAnswer         *posture_answer_new_with_note  (PostureAnswer         *self,
                                                      const char            *note,
                                                      GError               **error);
PostureAnswer         *posture_answer_ref            (PostureAnswer         *self);
void                   posture_answer_unref          (PostureAnswer         *self);
PostureAnswerKind      posture_answer_get_kind       (PostureAnswer         *self);
const PostureJsonNode *posture_answer_get_value      (PostureAnswer         *self);
const char            *posture_answer_get_value_text (PostureAnswer         *self);
const PostureJsonNode *posture_answer_get_target     (PostureAnswer         *self);
const char            *posture_answer_get_target_text (PostureAnswer        *self);
const char            *posture_answer_get_reason     (PostureAnswer         *self);
const char            *posture_answer_get_note       (PostureAnswer         *self);
gboolean               posture_answer_equal          (PostureAnswer         *self,
                                                      PostureAnswer         *other);
void                   posture_answer_write          (PostureAnswer         *self,
                                                      PostureJsonWriter     *writer,
                                                      gboolean               with_note);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureAnswer, posture_answer_unref)

G_END_DECLS
