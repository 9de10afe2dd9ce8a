/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/answers.h"

G_BEGIN_DECLS

/**
 * PostureDue:
 * @question: place of the question in the questionnaire as it is asked
 * @confirmed: when its answer was given or last confirmed, in milliseconds since
 *   1970
 * @due: when it is, or was, to be looked at again
 *
 * An answer with its age.
 */
typedef struct
{
  guint question;
  gint64 confirmed;
  gint64 due;
} PostureDue;

gint64  posture_interval_add             (const PostureInterval *interval,
                                          gint64                 time);
GArray *posture_questionnaire_find_due   (PostureQuestionnaire  *self,
                                          PostureAnswers        *answers,
                                          GHashTable            *times,
                                          gint64                 now);

G_END_DECLS
