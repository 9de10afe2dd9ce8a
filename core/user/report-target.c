/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-private.h"

#include "json/json-reader.h"
#include "json/json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

/* Goes on until the value of a member of the object that has begun. */
static gboolean
find_member (PostureJsonReader *reader,
             const char        *name)
{
  guint depth = 0;
  PostureJsonToken token;
  const char *key;
  gsize length;

  while ((token = posture_json_reader_next (reader, /* error = */ NULL)) != POSTURE_JSON_TOKEN_ERROR &&
         token != POSTURE_JSON_TOKEN_END)
    {
      if (token == POSTURE_JSON_TOKEN_KEY && depth == 0)
        {
          key = posture_json_reader_get_text (reader, &length);
          if (length == strlen (name) && memcmp (key, name, length) == 0)
            return posture_json_reader_next (reader, NULL) == POSTURE_JSON_TOKEN_BEGIN_OBJECT;
        }
      depth += token == POSTURE_JSON_TOKEN_BEGIN_OBJECT || token == POSTURE_JSON_TOKEN_BEGIN_ARRAY;
      depth -= token == POSTURE_JSON_TOKEN_END_OBJECT || token == POSTURE_JSON_TOKEN_END_ARRAY;
    }
  return FALSE;
}

/* The report as the event, which was read before, spells it: much less work than writing it anew. */
static char *
dup_report_text (PostureEvent *event)
{
  const char *body = posture_event_get_body (event);
  const char *text = body != NULL ? body : posture_event_get_text (event);
  g_autoptr (PostureJsonReader) reader = posture_json_reader_new (text, strlen (text),
                                                                  &posture_json_limits_default);
  guint depth = 1;
  gsize start;

  posture_json_reader_next (reader, NULL);
  if ((body == NULL && !find_member (reader, "detail")) || !find_member (reader, "report"))
    return NULL;
  start = posture_json_reader_get_offset (reader);
  while (depth > 0)
    {
      PostureJsonToken token = posture_json_reader_next (reader, NULL);

      if (token == POSTURE_JSON_TOKEN_ERROR || token == POSTURE_JSON_TOKEN_END)
        return NULL;
      depth += token == POSTURE_JSON_TOKEN_BEGIN_OBJECT || token == POSTURE_JSON_TOKEN_BEGIN_ARRAY;
      depth -= token == POSTURE_JSON_TOKEN_END_OBJECT || token == POSTURE_JSON_TOKEN_END_ARRAY;
    }
  return g_strndup (text + start, posture_json_reader_get_offset (reader) + 1 - start);
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
  const PostureJsonNode *detail = posture_event_get_detail (event);
  g_autoptr (PostureReportEvent) read = posture_report_event_read (detail, &reason);
  g_autofree char *text = NULL;

  if (read == NULL)
    {
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_PERMANENT,
                   _("The event holds no report: %s"), reason->message);
      return FALSE;
    }
  text = dup_report_text (event);
  if (text == NULL)
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
