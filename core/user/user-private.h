/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "user/user-service.h"

G_BEGIN_DECLS

/* What every piece of work of the service needs; it never changes while the service lives. */
typedef struct
{
  char *space;
  char *device;
  PostureBus *bus;
  PostureClock *clock;
  PostureLibrary *library;
} PostureUserContext;

/* What is said on the store when something that a person can see has changed; the key is its id. */
#define POSTURE_USER_TOPIC_ASSESSMENT "user.assessment"
#define POSTURE_USER_TOPIC_REPORT "user.report"
/* An assessment has another name, which its reports show, too. */
#define POSTURE_USER_TOPIC_NAME "user.name"
/* A change record was written. */
#define POSTURE_USER_TOPIC_CHANGE "user.change"

/* What a change record is about. */
#define POSTURE_USER_ROW_ASSESSMENT "assessment"
#define POSTURE_USER_ROW_ANSWER "answer"
#define POSTURE_USER_ROW_PLAN "plan"
#define POSTURE_USER_ROW_REVISION "revision"
#define POSTURE_USER_ROW_REPORT "report"

/* apply.c: operations become rows. */
gboolean posture_user_apply         (PostureUserContext  *context,
                                     PostureTransaction  *transaction,
                                     PostureOperation    *operation,
                                     GError             **error);

/* submit.c: the answers become a revision. */
gboolean posture_user_submit        (PostureUserContext  *context,
                                     PostureTransaction  *transaction,
                                     PostureOperation    *operation,
                                     char               **ret_parent,
                                     GError             **error);
PostureAnswers *posture_user_read_answers (PostureUserContext  *context,
                                           PostureTransaction  *transaction,
                                           const char          *assessment,
                                           GError             **error);

/* stream.c: the change stream. */
gboolean posture_user_stream_write  (PostureUserContext  *context,
                                     PostureTransaction  *transaction,
                                     const char          *row,
                                     const char          *assessment,
                                     const char          *key,
                                     const char          *old_image,
                                     const char          *new_image,
                                     GError             **error);
gboolean posture_user_stream_pump   (PostureTransaction  *transaction,
                                     gpointer             data,
                                     GError             **error);

/* report-target.c: a ReportEvent becomes a report. */
PostureTarget *posture_user_report_target_new (PostureUserContext *context);

/* review-target.c: a schedule becomes ReviewEvents. */
PostureTarget *posture_user_review_target_new (PostureUserContext *context,
                                               PostureStore       *store);

/* user-answers.c: what is due. */
GPtrArray *posture_user_find_due     (PostureUserContext  *context,
                                      PostureTransaction  *transaction,
                                      const char          *assessment,
                                      gint64               now,
                                      GError             **error);

/* questionnaires.c: every version ever used. */
gboolean posture_user_keep_questionnaire  (PostureUserContext   *context,
                                           PostureTransaction   *transaction,
                                           PostureQuestionnaire *questionnaire,
                                           GError              **error);
gboolean posture_user_load_questionnaires (PostureTransaction   *transaction,
                                           PostureLibrary       *library,
                                           GError              **error);
PostureQuestionnaire *posture_user_find_questionnaire (PostureUserContext  *context,
                                                       PostureTransaction  *transaction,
                                                       const char          *digest,
                                                       GError             **error);

/* assessment-item.c, report-item.c */
PostureAssessmentItem *posture_assessment_item_new_from_row (PostureStatement *row,
                                                             GError          **error);
PostureReportItem     *posture_report_item_new_from_row     (PostureStatement *row,
                                                             GError          **error);
gint64                 posture_report_item_get_number       (PostureReportItem *self);

/* user-list.c */
typedef enum
{
  POSTURE_USER_LIST_ASSESSMENTS,
  POSTURE_USER_LIST_REPORTS,
} PostureUserListKind;

PostureUserList *posture_user_list_new (PostureStore        *store,
                                        PostureUserListKind  kind,
                                        gboolean             archived,
                                        const char          *assessment);

/* sql.c */
extern const char posture_user_sql_space[];
extern const char posture_user_sql_insert_space[];
extern const char posture_user_sql_read_clock[];
extern const char posture_user_sql_tick[];
extern const char posture_user_sql_find_operation[];
extern const char posture_user_sql_insert_operation[];
extern const char posture_user_sql_plan_sweep[];
extern const char posture_user_sql_prune_operations[];
extern const char posture_user_sql_move_sweep[];
extern const char posture_user_sql_assessment[];
extern const char posture_user_sql_insert_assessment[];
extern const char posture_user_sql_rename_assessment[];
extern const char posture_user_sql_archive_assessment[];
extern const char posture_user_sql_touch_assessment[];
extern const char posture_user_sql_answer[];
extern const char posture_user_sql_put_answer[];
extern const char posture_user_sql_answers[];
extern const char posture_user_sql_flags[];
extern const char posture_user_sql_plan_of[];
extern const char posture_user_sql_put_plan[];
extern const char posture_user_sql_plan[];
extern const char posture_user_sql_answers_with_times[];
extern const char posture_user_sql_open_assessments[];
extern const char posture_user_sql_last_revision[];
extern const char posture_user_sql_insert_revision[];
extern const char posture_user_sql_insert_report[];
extern const char posture_user_sql_report[];
extern const char posture_user_sql_stored_report[];
extern const char posture_user_sql_stored_reports[];
extern const char posture_user_sql_answer_times[];
extern const char posture_user_sql_report_of_revision[];
extern const char posture_user_sql_reminder[];
extern const char posture_user_sql_put_reminder[];
extern const char posture_user_sql_insert_change[];
extern const char posture_user_sql_changes[];
extern const char posture_user_sql_cursor[];
extern const char posture_user_sql_move_cursor[];
extern const char posture_user_sql_prune_changes[];
extern const char posture_user_sql_revision[];
extern const char posture_user_sql_insert_questionnaire[];
extern const char posture_user_sql_insert_words[];
extern const char posture_user_sql_questionnaires[];
extern const char posture_user_sql_words[];
extern const char posture_user_sql_delete_report[];
extern const char posture_user_sql_delete_assessment[];
extern const char posture_user_sql_forget_operations[];
extern const char posture_user_sql_forget_changes[];
extern const char posture_user_sql_list_assessments[];
extern const char posture_user_sql_list_assessment[];
extern const char posture_user_sql_list_reports[];
extern const char posture_user_sql_list_reports_of[];
extern const char posture_user_sql_list_report[];

G_END_DECLS
