/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"

G_BEGIN_DECLS

/**
 * PostureProposalSource:
 * @id: what the source is called by, such as an assessment's id
 * @name: (nullable): what people call it
 * @asked: its questionnaire, as it is asked
 * @answers: its answers
 * @times: (element-type utf8 gint64): from key to a pointer to when that answer
 *   was given or last confirmed, in milliseconds since 1970
 *
 * Answers that were given elsewhere.
 */
typedef struct
{
  const char *id;
  const char *name;
  PostureQuestionnaire *asked;
  PostureAnswers *answers;
  GHashTable *times;
} PostureProposalSource;

/**
 * PostureProposal:
 * @key: what it would answer
 * @answer: the answer, in the form that its question takes
 * @reference: the published control that both questions ask about
 * @source: id of the source that it comes from
 * @source_name: (nullable): what people call the source
 * @source_digest: digest of the source's questionnaire, whose words tell the question
 * @source_key: which answer there
 * @time: when that was given or last confirmed, in milliseconds since 1970
 *
 * An answer that was given elsewhere to a question about the same control. It is
 * for a person to confirm; nothing takes it by itself.
 */
typedef struct
{
  char *key;
  PostureAnswer *answer;
  char *reference;
  char *source;
  char *source_name;
  char *source_digest;
  char *source_key;
  gint64 time;
} PostureProposal;

void       posture_proposal_free  (PostureProposal             *self);
GPtrArray *posture_find_proposals (PostureQuestionnaire        *asked,
                                   PostureAnswers              *answers,
                                   const PostureProposalSource *sources,
                                   guint                        n_sources);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureProposal, posture_proposal_free)

G_END_DECLS
