/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-list.h"

struct _PostureReportList
{
  AdwBin parent_instance;

  PostureContext *context;
};

G_DEFINE_FINAL_TYPE (PostureReportList, posture_report_list, ADW_TYPE_BIN)

static void
posture_report_list_dispose (GObject *object)
{
  PostureReportList *self = POSTURE_REPORT_LIST (object);

  g_clear_object (&self->context);
  G_OBJECT_CLASS (posture_report_list_parent_class)->dispose (object);
}

static void
posture_report_list_class_init (PostureReportListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_report_list_dispose;
}

static void
posture_report_list_init (PostureReportList *self)
{
}

/**
 * posture_report_list_set_context:
 * @self: a list
 * @context: a context that is ready
 *
 * Shows the reports of the profile; once.
 */
void
posture_report_list_set_context (PostureReportList *self,
                                 PostureContext *context)
{
  self->context = g_object_ref (context);
}
