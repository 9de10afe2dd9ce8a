/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-private.h"

/* A report as a list shows it. A report never changes, the name of its assessment can. */
struct _PostureReportItem
{
  GObject parent_instance;

  gint64 number;
  char *id;
  char *assessment;
  char *assessment_name;
  char *questionnaire;
  char *revision;
  gint64 submitted;
  char *level;
  PostureScore *score;
};

G_DEFINE_FINAL_TYPE (PostureReportItem, posture_report_item, G_TYPE_OBJECT)

static void
posture_report_item_finalize (GObject *object)
{
  PostureReportItem *self = POSTURE_REPORT_ITEM (object);

  g_free (self->id);
  g_free (self->assessment);
  g_free (self->assessment_name);
  g_free (self->questionnaire);
  g_free (self->revision);
  g_free (self->level);
  g_clear_pointer (&self->score, posture_score_unref);
  G_OBJECT_CLASS (posture_report_item_parent_class)->finalize (object);
}

static void
posture_report_item_class_init (PostureReportItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_report_item_finalize;
}

static void
posture_report_item_init (PostureReportItem *self)
{
}

PostureReportItem *
posture_report_item_new_from_row (PostureStatement *row,
                                  GError          **error)
{
  g_autoptr (PostureReportItem) self = g_object_new (POSTURE_TYPE_REPORT_ITEM, NULL);
  g_autoptr (PostureJsonDocument) score = NULL;

  self->number = posture_statement_get_int (row, 0);
  self->id = g_strdup (posture_statement_get_text (row, 1));
  self->assessment = g_strdup (posture_statement_get_text (row, 2));
  self->assessment_name = g_strdup (posture_statement_get_text (row, 3));
  self->questionnaire = g_strdup (posture_statement_get_text (row, 4));
  self->revision = g_strdup (posture_statement_get_text (row, 5));
  self->submitted = posture_statement_get_int (row, 6);
  self->level = g_strdup (posture_statement_get_text (row, 7));
  score = posture_json_document_new_text (posture_statement_get_text (row, 8), error);
  if (score != NULL)
    self->score = posture_score_read (posture_json_document_get_root (score), error);
  return self->score != NULL ? g_steal_pointer (&self) : NULL;
}

/* Where it stands in the list: newer ones have higher numbers. */
gint64
posture_report_item_get_number (PostureReportItem *self)
{
  return self->number;
}

/**
 * posture_report_item_get_id:
 * @self: a report
 *
 * Returns: (transfer none): its id
 */
const char *
posture_report_item_get_id (PostureReportItem *self)
{
  return self->id;
}

/**
 * posture_report_item_get_assessment:
 * @self: a report
 *
 * Returns: (transfer none): the id of its assessment
 */
const char *
posture_report_item_get_assessment (PostureReportItem *self)
{
  return self->assessment;
}

/**
 * posture_report_item_get_assessment_name:
 * @self: a report
 *
 * Returns: (transfer none): what the person calls the assessment
 */
const char *
posture_report_item_get_assessment_name (PostureReportItem *self)
{
  return self->assessment_name;
}

/**
 * posture_report_item_get_questionnaire:
 * @self: a report
 *
 * Returns: (transfer none): the id of the questionnaire
 */
const char *
posture_report_item_get_questionnaire (PostureReportItem *self)
{
  return self->questionnaire;
}

/**
 * posture_report_item_get_revision:
 * @self: a report
 *
 * Returns: (transfer none): the revision that it is about
 */
const char *
posture_report_item_get_revision (PostureReportItem *self)
{
  return self->revision;
}

/**
 * posture_report_item_get_submitted:
 * @self: a report
 *
 * Returns: when the revision was submitted, in milliseconds since 1970
 */
gint64
posture_report_item_get_submitted (PostureReportItem *self)
{
  return self->submitted;
}

/**
 * posture_report_item_get_level:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): the id of the level that worst and best share
 */
const char *
posture_report_item_get_level (PostureReportItem *self)
{
  return self->level;
}

/**
 * posture_report_item_get_score:
 * @self: a report
 *
 * Returns: (transfer none): its score
 */
const PostureScore *
posture_report_item_get_score (PostureReportItem *self)
{
  return self->score;
}
