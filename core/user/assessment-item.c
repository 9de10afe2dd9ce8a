/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-user"

#include "config.h"

#include "user/user-private.h"

/* An assessment as a list shows it. It never changes: a changed assessment is another item. */
struct _PostureAssessmentItem
{
  GObject parent_instance;

  char *id;
  char *name;
  char *questionnaire;
  char *digest;
  gboolean archived;
  gint64 created;
  gint64 changed;
  guint n_answers;
  char *revision;
  guint revision_number;
  gint64 submitted;
  gboolean has_newer_answers;
  char *last_report;
  char *level;
  PostureScore *score;
};

G_DEFINE_FINAL_TYPE (PostureAssessmentItem, posture_assessment_item, G_TYPE_OBJECT)

static void
posture_assessment_item_finalize (GObject *object)
{
  PostureAssessmentItem *self = POSTURE_ASSESSMENT_ITEM (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->questionnaire);
  g_free (self->digest);
  g_free (self->revision);
  g_free (self->last_report);
  g_free (self->level);
  g_clear_pointer (&self->score, posture_score_unref);
  G_OBJECT_CLASS (posture_assessment_item_parent_class)->finalize (object);
}

static void
posture_assessment_item_class_init (PostureAssessmentItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = posture_assessment_item_finalize;
}

static void
posture_assessment_item_init (PostureAssessmentItem *self)
{
}

static PostureScore *
read_score (const char *text,
            GError    **error)
{
  g_autoptr (PostureJsonDocument) document = posture_json_document_new_text (text, error);

  return document != NULL ? posture_score_read (posture_json_document_get_root (document), error) : NULL;
}

PostureAssessmentItem *
posture_assessment_item_new_from_row (PostureStatement *row,
                                      GError          **error)
{
  g_autoptr (PostureAssessmentItem) self = g_object_new (POSTURE_TYPE_ASSESSMENT_ITEM, NULL);

  self->id = g_strdup (posture_statement_get_text (row, 0));
  self->name = g_strdup (posture_statement_get_text (row, 1));
  self->questionnaire = g_strdup (posture_statement_get_text (row, 2));
  self->digest = g_strdup (posture_statement_get_text (row, 3));
  self->archived = posture_statement_get_int (row, 4) != 0;
  self->created = posture_statement_get_int (row, 5);
  self->changed = posture_statement_get_int (row, 6);
  self->n_answers = (guint) posture_statement_get_int (row, 7);
  self->revision = g_strdup (posture_statement_get_text (row, 8));
  self->revision_number = (guint) posture_statement_get_int (row, 9);
  self->last_report = g_strdup (posture_statement_get_text (row, 10));
  self->submitted = posture_statement_get_int (row, 11);
  self->level = g_strdup (posture_statement_get_text (row, 12));
  if (self->last_report != NULL)
    {
      self->score = read_score (posture_statement_get_text (row, 13), error);
      if (self->score == NULL)
        return NULL;
    }
  self->has_newer_answers = posture_statement_get_int (row, 14) != 0;
  return g_steal_pointer (&self);
}

/**
 * posture_assessment_item_get_id:
 * @self: an assessment
 *
 * Returns: (transfer none): its id
 */
const char *
posture_assessment_item_get_id (PostureAssessmentItem *self)
{
  return self->id;
}

/**
 * posture_assessment_item_get_name:
 * @self: an assessment
 *
 * Returns: (transfer none): what the person calls it
 */
const char *
posture_assessment_item_get_name (PostureAssessmentItem *self)
{
  return self->name;
}

/**
 * posture_assessment_item_get_questionnaire:
 * @self: an assessment
 *
 * Returns: (transfer none): the id of its questionnaire
 */
const char *
posture_assessment_item_get_questionnaire (PostureAssessmentItem *self)
{
  return self->questionnaire;
}

/**
 * posture_assessment_item_get_digest:
 * @self: an assessment
 *
 * Returns: (transfer none): the digest of its questionnaire
 */
const char *
posture_assessment_item_get_digest (PostureAssessmentItem *self)
{
  return self->digest;
}

/**
 * posture_assessment_item_get_archived:
 * @self: an assessment
 *
 * Returns: whether it was put away
 */
gboolean
posture_assessment_item_get_archived (PostureAssessmentItem *self)
{
  return self->archived;
}

/**
 * posture_assessment_item_get_created:
 * @self: an assessment
 *
 * Returns: when it was begun, in milliseconds since 1970
 */
gint64
posture_assessment_item_get_created (PostureAssessmentItem *self)
{
  return self->created;
}

/**
 * posture_assessment_item_get_changed:
 * @self: an assessment
 *
 * Returns: when it or an answer in it was changed last, in milliseconds since 1970
 */
gint64
posture_assessment_item_get_changed (PostureAssessmentItem *self)
{
  return self->changed;
}

/**
 * posture_assessment_item_get_n_answers:
 * @self: an assessment
 *
 * Returns: how many questions have an answer, also hidden ones
 */
guint
posture_assessment_item_get_n_answers (PostureAssessmentItem *self)
{
  return self->n_answers;
}

/**
 * posture_assessment_item_get_revision:
 * @self: an assessment
 *
 * Returns: (transfer none) (nullable): its last revision
 */
const char *
posture_assessment_item_get_revision (PostureAssessmentItem *self)
{
  return self->revision;
}

/**
 * posture_assessment_item_get_revision_number:
 * @self: an assessment
 *
 * Returns: the number of its last revision, 0 if it was never submitted
 */
guint
posture_assessment_item_get_revision_number (PostureAssessmentItem *self)
{
  return self->revision_number;
}

/**
 * posture_assessment_item_get_last_report:
 * @self: an assessment
 *
 * Returns: (transfer none) (nullable): the id of its newest report
 */
const char *
posture_assessment_item_get_last_report (PostureAssessmentItem *self)
{
  return self->last_report;
}

/**
 * posture_assessment_item_get_submitted:
 * @self: an assessment
 *
 * Returns: when it was last submitted, in milliseconds since 1970; 0 for never
 */
gint64
posture_assessment_item_get_submitted (PostureAssessmentItem *self)
{
  return self->submitted;
}

/**
 * posture_assessment_item_has_newer_answers:
 * @self: an assessment
 *
 * Returns: whether an answer was given, changed or cleared after it was last submitted; a new name is no answer
 */
gboolean
posture_assessment_item_has_newer_answers (PostureAssessmentItem *self)
{
  return self->has_newer_answers;
}

/**
 * posture_assessment_item_get_level:
 * @self: an assessment
 *
 * Returns: (transfer none) (nullable): id of the level that its last report gives
 */
const char *
posture_assessment_item_get_level (PostureAssessmentItem *self)
{
  return self->level;
}

/**
 * posture_assessment_item_get_score:
 * @self: an assessment
 *
 * Returns: (transfer none) (nullable): the score of its last report
 */
const PostureScore *
posture_assessment_item_get_score (PostureAssessmentItem *self)
{
  return self->score;
}
