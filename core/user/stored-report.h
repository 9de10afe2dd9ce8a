/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "user/user-service.h"

G_BEGIN_DECLS

/**
 * PostureStoredReport:
 * @number: its place among the reports, which grows
 * @id: the id it is stored under
 * @report: its text, byte for byte
 * @revision: the revision that it rates
 *
 * A report as it is stored, with what it was made of.
 */
typedef struct
{
  gint64 number;
  char *id;
  char *report;
  PostureAnswerRecord *revision;
} PostureStoredReport;

void                 posture_stored_report_free               (PostureStoredReport *self);
PostureStoredReport *posture_user_service_dup_stored_report   (PostureUserService  *self,
                                                               const char          *id,
                                                               GError             **error);
void                 posture_user_service_load_stored_report_async (PostureUserService *self,
                                                               const char          *id,
                                                               GCancellable        *cancellable,
                                                               GAsyncReadyCallback  callback,
                                                               gpointer             user_data);
PostureStoredReport *posture_user_service_load_stored_report_finish (PostureUserService *self,
                                                               GAsyncResult        *result,
                                                               GError             **error);
GPtrArray           *posture_user_service_dup_stored_reports  (PostureUserService  *self,
                                                               gint64               after,
                                                               guint                limit,
                                                               GError             **error);
GHashTable          *posture_user_service_dup_answer_times    (PostureUserService  *self,
                                                               const char          *assessment,
                                                               gint64               until,
                                                               GError             **error);
void                 posture_user_service_load_answer_times_async (PostureUserService *self,
                                                               const char          *assessment,
                                                               gint64               until,
                                                               GCancellable        *cancellable,
                                                               GAsyncReadyCallback  callback,
                                                               gpointer             user_data);
GHashTable          *posture_user_service_load_answer_times_finish (PostureUserService *self,
                                                               GAsyncResult        *result,
                                                               GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostureStoredReport, posture_stored_report_free)

G_END_DECLS
