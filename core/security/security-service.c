/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-security"

#include "config.h"

#include "security/security-service.h"

#include "json/json-writer.h"
#include "model/answers.h"
#include "model/posture-types.h"
#include "rating/rating.h"

#include <glib/gi18n-lib.h>

/* An AnswerEvent in, a ReportEvent out. It keeps nothing: what it says depends on the event, the
 * questionnaire that the event names and the method alone. */
struct _PostureSecurityService
{
  GObject parent_instance;

  PostureBus *bus; /* (unowned): it owns us as a target */
  PostureLibrary *library;
};

static void posture_security_service_target_init (PostureTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PostureSecurityService, posture_security_service, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET,
                                                      posture_security_service_target_init))

/* What a rated event leads to: the ReportEvent to put, or nothing. */
typedef struct
{
  char *detail;
  char *account;
  char *assessment;
  char *report;
} Outcome;

static void
posture_security_service_free_outcome (gpointer data)
{
  Outcome *outcome = data;

  g_free (outcome->detail);
  g_free (outcome->account);
  g_free (outcome->assessment);
  g_free (outcome->report);
  g_free (outcome);
}

/* What is wrong with an event stays wrong, however often it is tried. */
static void
make_permanent (GError **error)
{
  g_autoptr (GError) reason = g_steal_pointer (error);

  g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_PERMANENT,
               _("The answers cannot be rated: %s"), reason->message);
}

static PostureReport *
rate_record (PostureSecurityService    *self,
             const PostureAnswerRecord *record,
             const PostureJsonNode     *given,
             GError                   **error)
{
  PostureRatingContext context = { record->assessment, record->revision, record->submitted };
  g_autoptr (PostureQuestionnaire) questionnaire = NULL;
  g_autoptr (PostureAnswers) answers = NULL;
  PostureReport *report = NULL;

  questionnaire = posture_library_dup_by_digest (self->library, record->digest);
  if (questionnaire == NULL)
    {
      /* It may still come, with an update or from another device. */
      g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED,
                   _("The questionnaire %s %s (%.12s) is not here."), record->questionnaire,
                   record->version, record->digest);
      return NULL;
    }
  answers = posture_answers_new_from_node (given, questionnaire, error);
  if (answers != NULL)
    report = posture_rate (questionnaire, answers, &context, error);
  if (report == NULL)
    make_permanent (error);
  return report;
}

static char *
write_detail (PostureReport *report)
{
  g_autoptr (PostureReportEvent) detail = posture_report_event_new ();
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  detail->report = posture_report_ref (report);
  posture_report_event_write (writer, detail);
  return posture_json_writer_finish_text (writer);
}

/* The same event with the same questionnaire leads to the same, on any thread and whenever. */
static gpointer
posture_security_service_compute (PostureTarget *target,
                                  PostureEvent  *event,
                                  GError       **error)
{
  PostureSecurityService *self = POSTURE_SECURITY_SERVICE (target);
  const PostureJsonNode *detail = posture_event_get_detail (event);
  g_autoptr (PostureAnswerEvent) answer = posture_answer_event_read (detail, error);
  g_autoptr (PostureReport) report = NULL;
  const PostureJsonNode *given;
  Outcome *outcome;

  if (answer == NULL)
    {
      make_permanent (error);
      return NULL;
    }
  outcome = g_new0 (Outcome, 1);
  if (answer->state == POSTURE_ANSWER_STATE_REMOVED)
    return outcome;
  given = posture_json_node_get_member (posture_json_node_get_member (detail, "answer"), "answers");
  report = rate_record (self, answer->answer, given, error);
  if (report == NULL)
    {
      posture_security_service_free_outcome (outcome);
      return NULL;
    }
  outcome->detail = write_detail (report);
  /* "" is no account, and would be refused as one */
  if (posture_event_get_account (event)[0] != '\0')
    outcome->account = g_strdup (posture_event_get_account (event));
  outcome->assessment = g_strdup (answer->answer->assessment);
  outcome->report = g_strdup (report->id);
  return outcome;
}

static gboolean
posture_security_service_commit (PostureTarget      *target,
                                 PostureTransaction *transaction,
                                 PostureEvent       *event,
                                 gpointer            data,
                                 GError            **error)
{
  PostureSecurityService *self = POSTURE_SECURITY_SERVICE (target);
  const Outcome *outcome = data;
  g_autoptr (GPtrArray) results = NULL;
  const PostureBusResult *result;

  if (outcome->detail != NULL)
    {
      const char *resources[] = { outcome->assessment, outcome->report, NULL };
      PostureBusEntry entry = {
        .source = POSTURE_SECURITY_SOURCE,
        .detail_type = POSTURE_SECURITY_DETAIL_TYPE,
        .detail = outcome->detail,
        .account = outcome->account,
        .resources = resources,
        .group = outcome->assessment,
        .by_digest = TRUE,
      };

      results = posture_bus_put_in (self->bus, transaction, &entry, 1, error);
      if (results == NULL)
        return FALSE;
      result = g_ptr_array_index (results, 0);
      if (result->error_code != NULL)
        {
          g_set_error (error, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_PERMANENT, "%s", result->error_message);
          return FALSE;
        }
    }
  return TRUE;
}

static void
posture_security_service_target_init (PostureTargetInterface *iface)
{
  iface->compute = posture_security_service_compute;
  iface->free_outcome = posture_security_service_free_outcome;
  iface->commit = posture_security_service_commit;
}

static void
posture_security_service_finalize (GObject *object)
{
  PostureSecurityService *self = POSTURE_SECURITY_SERVICE (object);

  posture_library_unref (self->library);
  G_OBJECT_CLASS (posture_security_service_parent_class)->finalize (object);
}

static void
posture_security_service_class_init (PostureSecurityServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_security_service_finalize;
}

static void
posture_security_service_init (PostureSecurityService *self)
{
}

/**
 * posture_security_service_new:
 * @bus: where ReportEvents are put; it must outlive the service
 * @library: where questionnaires are found by their digest
 *
 * Makes the security service: a target that takes AnswerEvents, rates them on
 * a thread of the pool, and puts the ReportEvent in the transaction in which
 * the AnswerEvent is acknowledged. An event that is none, or whose answers do
 * not fit their questionnaire, is refused for good; a questionnaire that is
 * not here is waited for.
 *
 * Returns: (transfer full): a new service
 */
PostureSecurityService *
posture_security_service_new (PostureBus     *bus,
                              PostureLibrary *library)
{
  PostureSecurityService *self = g_object_new (POSTURE_TYPE_SECURITY_SERVICE, NULL);

  self->bus = bus;
  self->library = posture_library_ref (library);
  return self;
}
