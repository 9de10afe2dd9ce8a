/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture"

#include "config.h"

#include "app/notification-target.h"

#include "model/posture-types.h"
#include "model/report-words.h"
#include "targets/targets.h"

#include <glib/gi18n.h>

/* Tells the person about an event, also when the window is closed. What is worth that, rules say. */
struct _PostureNotificationTarget
{
  GObject parent_instance;

  GApplication *application; /* (nullable): unowned, until it goes */
};

static void posture_notification_target_target_init (PostureTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PostureNotificationTarget, posture_notification_target, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTURE_TYPE_TARGET, posture_notification_target_target_init))

static void
put_report (const PostureReportEvent *event,
            char                    **ret_title,
            char                    **ret_body)
{
  g_autofree char *score = posture_score_to_words (event->report->score);

  *ret_title = g_strdup (_("A report that you want to hear of"));
  /* Translators: %s is a score, such as “58 of 100”. */
  *ret_body = g_strdup_printf (_("Score: %s"), score);
}

static void
put_review (const PostureReviewEvent *event,
            char                    **ret_title,
            char                    **ret_body)
{
  *ret_title = g_strdup (_("Time to look at your answers again"));
  *ret_body = g_strdup_printf (ngettext ("%d answer is due for review.", "%d answers are due for review.",
                                         (gulong) event->review->due),
                               (int) event->review->due);
}

/**
 * posture_notification_target_get_words:
 * @event: an event
 * @ret_title: (out) (transfer full): what it is about
 * @ret_body: (out) (transfer full): what there is to say of it
 *
 * Puts an event into words: a report with its score, a reminder with how many
 * answers are due, anything else with who says it.
 */
void
posture_notification_target_get_words (PostureEvent *event,
                                       char        **ret_title,
                                       char        **ret_body)
{
  const PostureJsonNode *detail = posture_event_get_detail (event);
  g_autoptr (PostureReportEvent) report = NULL;
  g_autoptr (PostureReviewEvent) review = NULL;

  if (detail != NULL)
    {
      report = posture_report_event_read (detail, /* error = */ NULL);
      review = posture_review_event_read (detail, /* error = */ NULL);
    }
  if (report != NULL)
    put_report (report, ret_title, ret_body);
  else if (review != NULL)
    put_review (review, ret_title, ret_body);
  else
    {
      *ret_title = g_strdup (posture_event_get_detail_type (event));
      *ret_body = g_strdup (posture_event_get_source (event));
    }
}

/* The same event is one notification, however often it is delivered. */
static void
posture_notification_target_prepare_async (PostureTarget      *target,
                                           PostureEvent       *event,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data)
{
  PostureNotificationTarget *self = POSTURE_NOTIFICATION_TARGET (target);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  g_task_set_source_tag (task, posture_notification_target_prepare_async);
  if (self->application == NULL)
    {
      g_task_return_new_error (task, POSTURE_BUS_ERROR, POSTURE_BUS_ERROR_FAILED, _("Posture is being closed."));
      return;
    }
  posture_notification_target_get_words (event, &title, &body);
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_default_action (notification, "app.show-reports");
  g_application_send_notification (self->application, posture_event_get_id (event), notification);
  g_task_return_boolean (task, TRUE);
}

static gboolean
posture_notification_target_prepare_finish (PostureTarget *target,
                                            GAsyncResult  *result,
                                            gpointer      *ret_outcome,
                                            GError       **error)
{
  *ret_outcome = NULL;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
posture_notification_target_target_init (PostureTargetInterface *iface)
{
  iface->prepare_async = posture_notification_target_prepare_async;
  iface->prepare_finish = posture_notification_target_prepare_finish;
}

static void
posture_notification_target_finalize (GObject *object)
{
  g_clear_weak_pointer (&POSTURE_NOTIFICATION_TARGET (object)->application);
  G_OBJECT_CLASS (posture_notification_target_parent_class)->finalize (object);
}

static void
posture_notification_target_class_init (PostureNotificationTargetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_notification_target_finalize;
}

static void
posture_notification_target_init (PostureNotificationTarget *self)
{
}

/**
 * posture_notification_target_add:
 * @application: the application, which may go first
 * @bus: the bus of the profile
 *
 * Adds the target `notification`, which shows a notification on the desktop for
 * each event.
 */
void
posture_notification_target_add (GApplication *application,
                                 PostureBus   *bus)
{
  g_autoptr (PostureNotificationTarget) self = g_object_new (POSTURE_TYPE_NOTIFICATION_TARGET, NULL);

  g_set_weak_pointer (&self->application, application);
  posture_bus_add_target (bus, POSTURE_TARGETS_NOTIFICATION, POSTURE_TARGET (self), /* policy = */ NULL);
}
