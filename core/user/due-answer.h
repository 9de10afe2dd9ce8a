/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PostureDueAnswer:
 * @assessment: an assessment's id
 * @name: its name
 * @digest: digest of its questionnaire, whose words tell the question
 * @key: what the answer is kept under
 * @confirmed: when it was given or last confirmed, in milliseconds since 1970
 * @due: since when it is to be looked at again
 *
 * An answer that is to be reviewed.
 */
typedef struct
{
  char *assessment;
  char *name;
  char *digest;
  char *key;
  gint64 confirmed;
  gint64 due;
} PostureDueAnswer;

void posture_due_answer_free (PostureDueAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureDueAnswer, posture_due_answer_free)

G_END_DECLS
