/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-ui"

#include "config.h"

#include "ui/assessment-list.h"

struct _PostureAssessmentList
{
  AdwBin parent_instance;

  PostureContext *context;
};

G_DEFINE_FINAL_TYPE (PostureAssessmentList, posture_assessment_list, ADW_TYPE_BIN)

static void
posture_assessment_list_dispose (GObject *object)
{
  PostureAssessmentList *self = POSTURE_ASSESSMENT_LIST (object);

  g_clear_object (&self->context);
  G_OBJECT_CLASS (posture_assessment_list_parent_class)->dispose (object);
}

static void
posture_assessment_list_class_init (PostureAssessmentListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = posture_assessment_list_dispose;
}

static void
posture_assessment_list_init (PostureAssessmentList *self)
{
}

/**
 * posture_assessment_list_set_context:
 * @self: a list
 * @context: a context that is ready
 *
 * Shows the assessments of the profile; once.
 */
void
posture_assessment_list_set_context (PostureAssessmentList *self,
                                     PostureContext *context)
{
  self->context = g_object_ref (context);
}
