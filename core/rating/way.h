/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rating/rating.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * POSTURE_WAY_MAX_RATINGS:
 *
 * How often the answers are rated, at most, in the search for the cheapest way.
 */
#define POSTURE_WAY_MAX_RATINGS 4000

/**
 * PostureWayStep:
 * @question: the question's id
 * @instance: (nullable): the instance it is about
 * @effort: how much work it is to put right
 * @answer: the answer that it then has
 *
 * A finding to put right.
 */
typedef struct
{
  char *question;
  char *instance;
  PostureEffort effort;
  PostureAnswer *answer;
} PostureWayStep;

/**
 * PostureWay:
 * @steps: (element-type PostureWayStep): what to put right
 * @effort: what that takes: low effort counts 1, medium 3, high 9
 * @exact: whether it is sure that there is no cheaper way
 * @report: the report there would be then; see posture_rate_unsubmitted()
 *
 * A way to a score.
 */
typedef struct
{
  GPtrArray *steps;
  gint64 effort;
  gboolean exact;
  PostureReport *report;
} PostureWay;

gboolean    posture_find_next_goal (PostureQuestionnaire *questionnaire,
                                    PostureReport        *report,
                                    gint64               *ret_goal,
                                    const char          **ret_level);
PostureWay *posture_find_way       (PostureQuestionnaire *questionnaire,
                                    PostureAnswers       *answers,
                                    gint64                goal,
                                    GError              **error);
void        posture_find_way_async (PostureQuestionnaire *questionnaire,
                                    PostureAnswers       *answers,
                                    gint64                goal,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
PostureWay *posture_find_way_finish (GAsyncResult        *result,
                                    GError              **error);
void        posture_way_free       (PostureWay           *self);
PostureAnswer *posture_find_remedy (PostureQuestionnaire *questionnaire,
                                    PostureAnswers       *answers,
                                    PostureQuestion      *question);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureWay, posture_way_free)

G_END_DECLS
