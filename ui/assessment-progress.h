/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "user/user-service.h"

G_BEGIN_DECLS

/**
 * PostureProgress:
 * @n_asked: questions that are asked
 * @n_answered: those of them that have an answer
 *
 * How far answering is.
 */
typedef struct
{
  guint n_asked;
  guint n_answered;
} PostureProgress;

gboolean posture_progress_is_asked              (PostureQuestionnaire *asked,
                                                 GArray               *visible,
                                                 guint                 place);
gboolean posture_progress_is_answered           (PostureQuestionnaire *asked,
                                                 PostureAnswers       *answers,
                                                 guint                 place);
gboolean posture_progress_depends_on_answers    (PostureQuestionnaire *questionnaire);
void     posture_assessment_count_progress_async  (PostureUserService  *user,
                                                 const char           *assessment,
                                                 PostureQuestionnaire *questionnaire,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean posture_assessment_count_progress_finish (GAsyncResult        *result,
                                                 PostureProgress      *ret_progress,
                                                 GError              **error);

G_END_DECLS
