/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "user/user-service.h"

G_BEGIN_DECLS

/* In characters. */
#define POSTURE_PLAN_MAX_OWNER 200

/**
 * PosturePlanItem:
 * @assessment: the assessment
 * @question: the key of the question whose finding is planned for
 * @owner: (nullable): who puts it right
 * @due: (nullable): until when, as `2026-11-23`
 * @done: whether it is put right
 * @time: when that was said, in milliseconds since 1970
 *
 * What is planned for a finding. It goes on from report to report, as long as
 * its assessment is there.
 */
typedef struct
{
  char *assessment;
  char *question;
  char *owner;
  char *due;
  gboolean done;
  gint64 time;
} PosturePlanItem;

void       posture_plan_item_free        (PosturePlanItem    *self);
GPtrArray *posture_user_service_dup_plan (PostureUserService *self,
                                          const char         *assessment,
                                          GError            **error);
void       posture_user_service_load_plan_async  (PostureUserService *self,
                                          const char         *assessment,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
GPtrArray *posture_user_service_load_plan_finish (PostureUserService *self,
                                          GAsyncResult       *result,
                                          GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosturePlanItem, posture_plan_item_free)

G_END_DECLS
