/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-page.h"

struct _PostureAssessmentPage
{
  PosturePage parent_instance;
};

G_DEFINE_FINAL_TYPE (PostureAssessmentPage, posture_assessment_page, POSTURE_TYPE_PAGE)

static void
posture_assessment_page_class_init (PostureAssessmentPageClass *klass)
{
}

static void
posture_assessment_page_init (PostureAssessmentPage *self)
{
}

/**
 * posture_assessment_page_show:
 * @self: a page that has its context
 * @id: an assessment's id
 *
 * Shows an assessment.
 */
void
posture_assessment_page_show (PostureAssessmentPage *self,
                              const char *id)
{
  posture_page_set_title (POSTURE_PAGE (self), id);
}
