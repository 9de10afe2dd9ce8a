/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-output.h"
#include "app/ctl-report.h"

#include <glib/gi18n.h>

#define PATIENCE (30 * 1000) /* milliseconds */
#define N_FINDINGS 5

/* Waiting for the report of a revision. */
typedef struct
{
  GCancellable *cancellable;
  gboolean done;
  guint timeout_id;
  char *report;
  GError *error;
} Waiting;

static gboolean
timeout_cb (gpointer data)
{
  Waiting *waiting = data;

  waiting->timeout_id = 0;
  g_cancellable_cancel (waiting->cancellable);
  return G_SOURCE_REMOVE;
}

static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Waiting *waiting = data;

  waiting->report = posture_user_service_wait_report_finish (POSTURE_USER_SERVICE (source), result,
                                                             &waiting->error);
  waiting->done = TRUE;
}

/* A revision whose report was deleted gets no second one: nothing is on its way. */
static gboolean
is_report_deleted (Ctl        *ctl,
                   const char *assessment,
                   const char *revision)
{
  g_autoptr (PostureUserList) list = posture_user_service_list_reports (ctl_get_user (ctl),
                                                                        assessment);
  GListModel *model = G_LIST_MODEL (list);
  PostureBusFigures figures;

  if (!posture_bus_get_figures (posture_platform_get_bus (ctl->platform), &figures, NULL) ||
      figures.pending > 0 || ctl_load_list (model) != CTL_OK)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (PostureReportItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (posture_report_item_get_revision (item), revision))
        return FALSE;
    }
  return TRUE;
}

static CtlStatus
wait_for_report (Ctl        *ctl,
                 const char *revision)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiting waiting = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  waiting.timeout_id = g_timeout_add (PATIENCE, timeout_cb, &waiting);
  posture_user_service_wait_report_async (ctl_get_user (ctl), revision, cancellable, waited_cb,
                                          &waiting);
  while (!waiting.done)
    g_main_context_iteration (NULL, /* may_block = */ TRUE);
  g_clear_handle_id (&waiting.timeout_id, g_source_remove);
  report = waiting.report;
  error = waiting.error;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return ctl_error (CTL_FAILED,
                      _("The answers are submitted and stored, but no report came within %d "
                        "seconds. Another Posture that has this profile open may be busy or "
                        "stopped; the report will appear in “posturectl reports list”."),
                      PATIENCE / 1000);
  return report != NULL ? ctl_show_report (ctl, report, N_FINDINGS) : ctl_fail (error);
}

/**
 * ctl_submit:
 * @ctl: a run whose profile is open
 * @assessment: an assessment's id
 * @operations: (nullable) (element-type PostureOperation): what is to become
 *   true together with the submission
 *
 * Submits an assessment, waits for its report and prints it.
 *
 * Returns: %CTL_OK, or what to end with; the reason was printed
 */
CtlStatus
ctl_submit (Ctl        *ctl,
            const char *assessment,
            GPtrArray  *operations)
{
  g_autoptr (GPtrArray) all = operations != NULL ? g_ptr_array_ref (operations)
                                                 : g_ptr_array_new_with_free_func (
                                                     (GDestroyNotify) posture_operation_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *revision = NULL;
  CtlStatus status;

  if (operations == NULL)
    before = posture_user_service_dup_revision (ctl_get_user (ctl), assessment, &error);
  if (error != NULL)
    return ctl_fail (error);
  g_ptr_array_add (all, posture_operation_new_submit (ctl_get_now (ctl), assessment));
  status = ctl_apply (ctl, all);
  if (status != CTL_OK)
    return status;
  revision = posture_user_service_dup_revision (ctl_get_user (ctl), assessment, &error);
  if (revision == NULL)
    return error != NULL
               ? ctl_fail (error)
               : ctl_error (CTL_FAILED, _("The assessment %s was not submitted."), assessment);
  if (g_strcmp0 (before, revision) == 0 && is_report_deleted (ctl, assessment, revision))
    return ctl_error (CTL_FAILED,
                      _("The answers are the ones submitted before, and their report was "
                        "deleted. Change an answer to get a new one."));
  return wait_for_report (ctl, revision);
}
