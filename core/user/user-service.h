/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"
#include "model/answers.h"
#include "model/library.h"
#include "model/proposal.h"
#include "user/assessment-item.h"
#include "user/operation.h"
#include "user/due-answer.h"
#include "user/report-item.h"
#include "user/user-error.h"
#include "user/user-list.h"

G_BEGIN_DECLS

/* The names that rules and targets of the platform use. */
#define POSTURE_USER_SOURCE "posture.user-service.stream"
#define POSTURE_USER_DETAIL_TYPE "AnswerEvent"
#define POSTURE_USER_REPORT_TARGET "user-reports"
#define POSTURE_USER_REVIEW_TARGET "user-review"
#define POSTURE_USER_REVIEW_SOURCE "posture.user-service.review"
#define POSTURE_USER_REVIEW_DETAIL_TYPE "ReviewEvent"

extern const PostureStoreModule posture_user_store_module;

#define POSTURE_TYPE_USER_SERVICE (posture_user_service_get_type ())
G_DECLARE_FINAL_TYPE (PostureUserService, posture_user_service, POSTURE, USER_SERVICE, GObject)

PostureUserService    *posture_user_service_new                (PostureStore        *store,
                                                                PostureBus          *bus,
                                                                PostureClock        *clock,
                                                                PostureLibrary      *library,
                                                                GError             **error);
const char            *posture_user_service_get_space          (PostureUserService  *self);
const char            *posture_user_service_get_device         (PostureUserService  *self);
gint64                 posture_user_service_get_now            (PostureUserService  *self);

void                   posture_user_service_apply_async        (PostureUserService  *self,
                                                                GPtrArray           *operations,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
gboolean               posture_user_service_apply_finish       (PostureUserService  *self,
                                                                GAsyncResult        *result,
                                                                GError             **error);
gboolean               posture_user_service_apply              (PostureUserService  *self,
                                                                GPtrArray           *operations,
                                                                GError             **error);

PostureAssessmentItem *posture_user_service_dup_assessment     (PostureUserService  *self,
                                                                const char          *id,
                                                                GError             **error);
PostureAnswers        *posture_user_service_dup_answers        (PostureUserService  *self,
                                                                const char          *assessment,
                                                                GError             **error);
PostureReport         *posture_user_service_dup_report         (PostureUserService  *self,
                                                                const char          *id,
                                                                GError             **error);
PostureAnswers        *posture_user_service_dup_submitted_answers (PostureUserService *self,
                                                                const char          *revision,
                                                                GError             **error);
void                   posture_user_service_load_submitted_answers_async (PostureUserService *self,
                                                                const char          *revision,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
PostureAnswers        *posture_user_service_load_submitted_answers_finish (PostureUserService *self,
                                                                GAsyncResult        *result,
                                                                GError             **error);
char                  *posture_user_service_dup_revision       (PostureUserService  *self,
                                                                const char          *assessment,
                                                                GError             **error);
void                   posture_user_service_load_assessment_async (PostureUserService *self,
                                                                const char          *id,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
PostureAssessmentItem * posture_user_service_load_assessment_finish (PostureUserService *self,
                                                                GAsyncResult        *result,
                                                                GError             **error);
void                   posture_user_service_load_answers_async (PostureUserService *self,
                                                                const char          *id,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
PostureAnswers *       posture_user_service_load_answers_finish (PostureUserService *self,
                                                                GAsyncResult        *result,
                                                                GError             **error);
void                   posture_user_service_load_flags_async (PostureUserService *self,
                                                                const char          *id,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
GHashTable *           posture_user_service_load_flags_finish (PostureUserService *self,
                                                                GAsyncResult        *result,
                                                                GError             **error);
void                   posture_user_service_load_report_async (PostureUserService *self,
                                                                const char          *id,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
PostureReport *        posture_user_service_load_report_finish (PostureUserService *self,
                                                                GAsyncResult        *result,
                                                                GError             **error);

void                   posture_user_service_find_due_async     (PostureUserService  *self,
                                                                const char          *assessment,
                                                                gint64               now,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
GPtrArray             *posture_user_service_find_due_finish    (PostureUserService  *self,
                                                                GAsyncResult        *result,
                                                                GError             **error);
GPtrArray             *posture_user_service_dup_due            (PostureUserService  *self,
                                                                const char          *assessment,
                                                                gint64               now,
                                                                GError             **error);
void                   posture_user_service_find_proposals_async (PostureUserService *self,
                                                                const char          *digest,
                                                                const char          *assessment,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
GPtrArray             *posture_user_service_find_proposals_finish (PostureUserService *self,
                                                                GAsyncResult        *result,
                                                                GError             **error);
GPtrArray             *posture_user_service_dup_proposals      (PostureUserService  *self,
                                                                const char          *digest,
                                                                const char          *assessment,
                                                                GError             **error);

PostureUserList       *posture_user_service_list_assessments   (PostureUserService  *self,
                                                                gboolean             archived);
PostureUserList       *posture_user_service_list_reports       (PostureUserService  *self,
                                                                const char          *assessment);

void                   posture_user_service_wait_report_async  (PostureUserService  *self,
                                                                const char          *revision,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
char                  *posture_user_service_wait_report_finish (PostureUserService  *self,
                                                                GAsyncResult        *result,
                                                                GError             **error);
void                   posture_user_service_stop               (PostureUserService  *self);

G_END_DECLS
