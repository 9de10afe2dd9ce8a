/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/report-page.h"

struct _PostureReportPage
{
  PosturePage parent_instance;
};

G_DEFINE_FINAL_TYPE (PostureReportPage, posture_report_page, POSTURE_TYPE_PAGE)

static void
posture_report_page_class_init (PostureReportPageClass *klass)
{
}

static void
posture_report_page_init (PostureReportPage *self)
{
}

/**
 * posture_report_page_show:
 * @self: a page that has its context
 * @id: a report's id
 *
 * Shows a report.
 */
void
posture_report_page_show (PostureReportPage *self,
                          const char *id)
{
  posture_page_set_title (POSTURE_PAGE (self), id);
}
