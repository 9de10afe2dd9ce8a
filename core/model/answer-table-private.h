/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answer.h"

G_BEGIN_DECLS

/* Answers by key, side by side: a pass through a questionnaire looks for one after another, and with each
 * in memory of its own it would mostly wait for that memory. */
typedef struct
{
  char *key;
  PostureAnswer *answer; /* %NULL: it was taken back; the key stays for the next one */
  guint hash;
} PostureAnswerEntry;

typedef struct
{
  PostureAnswerEntry *entries;
  guint n_entries;
  guint size;
  guint n_answers;
  guint32 *places; /* by hash: which entry, counted from 1; always some are 0 */
  guint n_bits;    /* of their number */
  GStringChunk *keys;
} PostureAnswerTable;

guint          posture_answer_key_hash    (const char               *key);

void           posture_answer_table_init  (PostureAnswerTable       *self);
void           posture_answer_table_clear (PostureAnswerTable       *self);
PostureAnswer *posture_answer_table_find  (const PostureAnswerTable *self,
                                           const char               *key,
                                           guint                     hash);
void           posture_answer_table_take  (PostureAnswerTable       *self,
                                           const char               *key,
                                           PostureAnswer            *answer);

G_END_DECLS
