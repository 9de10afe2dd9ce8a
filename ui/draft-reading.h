/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "user/user-service.h"

G_BEGIN_DECLS

/**
 * PostureDraftReading:
 * @item: the assessment
 * @answers: its answers
 * @flags: (element-type utf8): keys of the questions to come back to
 *
 * An assessment as it is on disk.
 */
typedef struct
{
  PostureAssessmentItem *item;
  PostureAnswers *answers;
  GHashTable *flags;
} PostureDraftReading;

void                 posture_draft_read_async   (PostureUserService  *user,
                                                 const char          *assessment,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
PostureDraftReading *posture_draft_read_finish  (GAsyncResult        *result,
                                                 GError             **error);
void                 posture_draft_reading_free (PostureDraftReading *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureDraftReading, posture_draft_reading_free)

G_END_DECLS
