/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-model"

#include "config.h"

#include "model/revision.h"

#include "json/json-digest.h"

static char *
finish (PostureJsonWriter *writer)
{
  g_autoptr (GBytes) bytes = NULL;

  posture_json_writer_end_object (writer);
  bytes = posture_json_writer_finish (writer);
  return posture_json_digest (bytes);
}

/**
 * posture_revision_digest:
 * @assessment: the assessment's UUID
 * @parent: (nullable): digest of the revision before it
 * @answers: canonical answers, as of posture_answers_to_canonical()
 *
 * Computes the digest by which a revision is named: SHA-256 of the canonical
 * `{"answers": …, "assessment": …, "parent": …}`. The same answers after the
 * same revision are the same revision, on whatever device they were given.
 *
 * Returns: (transfer full): the digest
 */
char *
posture_revision_digest (const char *assessment,
                         const char *parent,
                         const char *answers)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_key (writer, "answers");
  posture_json_writer_canonical (writer, answers);
  posture_json_writer_member_string (writer, "assessment", assessment);
  posture_json_writer_member_string (writer, "parent", parent);
  return finish (writer);
}

/**
 * posture_report_digest:
 * @revision: digest of the revision that is rated
 * @questionnaire: digest of the questionnaire's structure
 * @method: how it is rated
 * @facts: (nullable): digest of the facts used besides the answers
 *
 * Computes the digest by which a report is named: SHA-256 of the canonical
 * `{"facts": …, "method": {"id": …, "version": …}, "questionnaire": …,
 * "revision": …}`. Thus rating the same twice gives the same report.
 *
 * Returns: (transfer full): the digest
 */
char *
posture_report_digest (const char                 *revision,
                       const char                 *questionnaire,
                       const PostureMethodVersion *method,
                       const char                 *facts)
{
  g_autoptr (PostureJsonWriter) writer = posture_json_writer_new ();

  posture_json_writer_begin_object (writer);
  posture_json_writer_member_string (writer, "facts", facts);
  posture_json_writer_key (writer, "method");
  posture_method_version_write (writer, method);
  posture_json_writer_member_string (writer, "questionnaire", questionnaire);
  posture_json_writer_member_string (writer, "revision", revision);
  return finish (writer);
}
