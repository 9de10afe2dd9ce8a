/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-private.h"

#include "json/json-writer.h"

#include <glib/gi18n-lib.h>

/* A ReportEvent becomes a row, in the transaction in which it was put. */
#define POSTURE_TYPE_REPORT_TARGET (posture_report_target_get_type ())
G_DECLARE_FINAL_TYPE (PostureReportTarget, posture_report_target, POSTURE, REPORT_TARGET, GObject)

struct _PostureReportTarget
{
  GObject parent_instance;

  PostureUserContext *context; /* (unowned): the service's, which outlives its target */
};

static void posture_report_target_target_init (PostureTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PostureReportTarget, posture_report_target, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET,
                                                      posture_report_target_target_init))

static char *
write_score (const PostureScore *score)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_score_write (writer, score);
  return posture_json_writer_finish_text (writer);
}

static gboolean
insert_report (PostureUserContext  *context,
               PostureTransaction  *transaction,
               const PostureReport *report,
               const char          *text,
               GError             **error)
{
  g_autofree char *score = write_score (report->score);
  gint64 submitted = 0;

  posture_time_from_text (report->submitted, &submitted);
  if (!posture_transaction_execute (transaction, error, posture_user_sql_insert_report, "ttttittt",
                                    report->id, report->assessment, report->revision,
                                    report->questionnaire->id, submitted, score, report->level, text))
    return FALSE;
  if (posture_transaction_get_changes (transaction) == 0)
    return TRUE; /* it is there already, or its assessment is gone */
  posture_transaction_notify (transaction, POSTURE_USER_TOPIC_REPORT, report->id);
  posture_transaction_notify (transaction, POSTURE_USER_TOPIC_ASSESSMENT, report->assessment);
  return posture_user_stream_write (context, transaction, POSTURE_USER_ROW_REPORT, report->assessment,
                                    report->id, /* old_image = */ NULL, "{}", error);
}

static gboolean
posture_report_target_commit (PostureTarget      *target,
                              PostureTransaction *transaction,
                              PostureEvent       *event,
                              gpointer            outcome,
                              GError            **error)
{
  PostureReportTarget *self = POSTURE_REPORT_TARGET (target);
  g_autoptr (GError) reason = NULL;
  const PostureJsonNode *detail = posture_event_get_detail (event, &reason);
  g_autoptr (PostureReportEvent) read = detail != NULL ? posture_report_event_read (detail, &reason) : NULL;
  g_autofree char *text = NULL;

  if (read == NULL)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_PERMANENT,
                   _("The event holds no report: %s"), reason->message);
      return FALSE;
    }
  text = posture_json_node_to_text (posture_json_node_get_member (detail, "report"));
  return insert_report (self->context, transaction, read->report, text, error);
}

static void
posture_report_target_target_init (PostureTargetInterface *iface)
{
  iface->commit = posture_report_target_commit;
}

static void
posture_report_target_class_init (PostureReportTargetClass *klass)
{
}

static void
posture_report_target_init (PostureReportTarget *self)
{
}

PostureTarget *
posture_user_report_target_new (PostureUserContext *context)
{
  PostureReportTarget *self = g_object_new (POSTURE_TYPE_REPORT_TARGET, NULL);

  self->context = context;
  return POSTURE_TARGET (self);
}
